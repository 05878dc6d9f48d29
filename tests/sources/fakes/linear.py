"""A fake Linear: a personal key without Bearer, errors beside data, RATELIMITED as HTTP 400.

What is asked is parsed, held against the part of Linear's schema that is known, and carried out; a field,
an argument or a variable that is not there fails the test by its name. Source of the schema: the fields
that TRACKERS.md §6 names, with the types of Linear's published SDK as far as they are known. Of what
else it might take, nothing is let through.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)

from tests.sources.fakes.vendor import Answer, Asked, Body, Clock, Vendor

KEY = "lin_api_a key of Linear"
PROJECT, OLD = "p-1", "p-2"
MOST = 250  # nodes of a page
_SCHEMA = """
scalar DateTime
scalar TimelessDate
type Query {
  projects(first: Int, after: String, includeArchived: Boolean): ProjectConnection!
  project(id: String!): Project!
}
type PageInfo { hasNextPage: Boolean! endCursor: String }
type ProjectConnection { nodes: [Project!]! pageInfo: PageInfo! }
type Project {
  id: ID! name: String! url: String! progress: Float! health: String
  targetDate: TimelessDate archivedAt: DateTime
  status: ProjectStatus! lead: User
  projectMilestones(first: Int, after: String): ProjectMilestoneConnection!
  issues(first: Int, after: String, includeArchived: Boolean): IssueConnection!
}
type ProjectStatus { id: ID! name: String! type: ProjectStatusType! }
enum ProjectStatusType { backlog planned started paused completed canceled }
type User { id: ID! displayName: String! }
type ProjectMilestoneConnection { nodes: [ProjectMilestone!]! pageInfo: PageInfo! }
type ProjectMilestone { id: ID! name: String! targetDate: TimelessDate progress: Float! }
type IssueConnection { nodes: [Issue!]! pageInfo: PageInfo! }
type Issue {
  id: ID! identifier: String! title: String! url: String! dueDate: TimelessDate
  state: WorkflowState! assignee: User projectMilestone: ProjectMilestone
}
type WorkflowState { id: ID! name: String! type: String! }
"""


@cache
def schema() -> GraphQLSchema:
    return build_schema(_SCHEMA)


def issue(number: int, kind: str, *, due: str | None = None, **more: Body) -> dict[str, Any]:
    """An issue as the product gives it."""
    return {
        "identifier": f"TRM-{number}",
        "title": f"Item {number}",
        "url": f"https://linear.app/trams/issue/TRM-{number}",
        "dueDate": due,
        "state": {"name": kind.capitalize(), "type": kind},
        "assignee": {"displayName": "莫怡"},
        "projectMilestone": None,
        **more,
    }


class Linear(Vendor):
    """One workspace."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.page = MOST  # nodes that are given at a time
        self.keys = {KEY: "Tram depot"}  # and what the project is called that each of them sees
        self.limited = False
        self.warned = False  # whether errors stand beside good data
        self.cursors: set[str] = set()  # that were given out
        late, stone = "2026-04-30", {"id": "m-1"}
        self.issues = [
            *(issue(n, "completed", due=late) for n in range(1, 6)),
            issue(6, "started", due=late, assignee=None),
            issue(7, "unstarted", due="2026-04-02"),
            issue(8, "started", due="2026-05-04"),  # today, so not late
            issue(9, "backlog", projectMilestone=stone),
            issue(10, "unstarted", due="2026-05-20", projectMilestone=stone),
            issue(11, "canceled", due=late),
        ]

    def answer(self, asked: Asked) -> Answer:
        if (asked.method, asked.path) != ("POST", "/graphql") or not isinstance(asked.body, dict):
            return self.refuse_call(asked)
        name = self.keys.get(asked.headers.get("authorization", ""))
        if name is None:
            return self._error("AUTHENTICATION_ERROR", 400)
        if self.limited:
            return self._error("RATELIMITED", 400)
        try:
            return self._carried_out(asked.body, name)
        except GraphQLError as error:
            self.wrong.append(error.message)
            return self._error("GRAPHQL_VALIDATION_FAILED", 400)

    def _carried_out(self, body: dict[str, Any], name: str) -> Answer:
        """What the query comes to. Raises GraphQLError for what Linear would not understand."""
        document, variables = parse(str(body.get("query"))), body.get("variables") or {}
        for problem in validate(schema(), document):
            raise problem
        operation = get_operation_ast(document)
        if operation is None or body.keys() - {"query", "variables", "operationName"}:
            raise GraphQLError("one named query, and nothing beside it")
        declared = {v.variable.name.value for v in operation.variable_definitions or ()}
        if unknown := variables.keys() - declared:
            raise GraphQLError(f"variables that were not declared: {sorted(unknown)}")
        found = execute_sync(schema(), document, self._roots(name), variable_values=variables)
        codes = [error.extensions for error in found.errors or () if error.extensions]
        if codes:
            return self._error(str(codes[0]["code"]), 200)
        for error in found.errors or ():
            raise error
        warned = {"errors": [{"message": "late"}]} if self.warned else {}
        return Answer({"data": found.data, **warned})

    def _error(self, code: str, status: int) -> Answer:
        error = {"message": "no", "extensions": {"code": code}}
        return Answer({"errors": [error]}, status)

    def _roots(self, name: str) -> dict[str, Any]:
        stone = {"id": "m-1", "name": "Rig stands", "targetDate": "2026-05-20"}
        depot = {
            "id": PROJECT,
            "name": name,
            "url": "https://linear.app/trams/project/depot",
            "targetDate": "2026-06-30",
            "archivedAt": None,
            "status": {"name": "In Progress", "type": "started"},
            "lead": {"displayName": "莫怡"},
            "projectMilestones": self._paged([stone]),
            "issues": self._paged(self.issues),
        }
        old = {**depot, "id": OLD, "name": "Old depot", "archivedAt": "2026-01-01T00:00:00Z"}

        def project(_: GraphQLResolveInfo[None], *, id: str) -> dict[str, Any]:
            if id != PROJECT:
                raise GraphQLError("no such project", extensions={"code": "INPUT_ERROR"})
            return depot

        return {"projects": self._paged([depot, old]), "project": project}

    def _paged(self, rows: Sequence[Body]) -> Callable[..., dict[str, Any]]:
        """A connection: at most 250 nodes a page, from a cursor that was given out."""

        def page(
            _: GraphQLResolveInfo[None],
            *,
            first: int = 50,
            after: str | None = None,
            includeArchived: bool = False,
        ) -> dict[str, Any]:
            del includeArchived  # whoever reads looks for it again
            if not 0 < first <= MOST:
                raise GraphQLError(f"first is at most {MOST}")
            if after is not None and after not in self.cursors:
                raise GraphQLError("a cursor that nobody gave out")
            start = int(after.removeprefix("cursor-")) if after else 0
            end = start + min(first, self.page)
            cursor = f"cursor-{end}"
            self.cursors.add(cursor)
            info = {"hasNextPage": end < len(rows), "endCursor": cursor}
            return {"nodes": rows[start:end], "pageInfo": info}

        return page
