"""Linear, read only: GraphQL, and nothing but the three queries below ever leaves.

A milestone's own progress has a scale that nobody states, so that issues are counted. The vendor asks
not to be polled; what was read is kept for half an hour (see `bot/assembly/trackers.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts, State, is_late
from bot.core.words import same
from bot.engine.outside import Busy, NotAllowed, NotFound, SignInRefused, Unreadable
from bot.engine.trackers import Listing
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Http, Limits
from bot.sources.gathering import PAGES, Gathered, Row, counted

MOST = 200  # items and milestones that are kept
LIMITS = Limits(a_minute=60)
LABEL = same("Linear")
_GRAPHQL = Call("POST", "/graphql")
_PROJECTS = """query Projects($after: String) {
  projects(first: 100, after: $after) {
    nodes { id name archivedAt }
    pageInfo { hasNextPage endCursor }
  }
}"""
_PROJECT = """query Project($id: String!) {
  project(id: $id) {
    id name url targetDate archivedAt
    status { name type }
    lead { displayName }
    projectMilestones(first: 100) { nodes { id name targetDate } }
  }
}"""
_ISSUES = """query Issues($id: String!, $after: String) {
  project(id: $id) {
    issues(first: 250, after: $after) {
      nodes {
        identifier title url dueDate
        state { name type }
        assignee { displayName }
        projectMilestone { id }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""
Query = Literal["projects", "project", "issues"]
QUERIES: Mapping[Query, str] = {"projects": _PROJECTS, "project": _PROJECT, "issues": _ISSUES}
_STATES: Mapping[str, State] = {
    "backlog": "planned",
    "triage": "planned",
    "unstarted": "planned",
    "planned": "planned",
    "started": "active",
    "paused": "active",
    "completed": "done",
}
_GONE = ("canceled", "duplicate")  # they leave the total


@dataclass(frozen=True, slots=True)
class LinearConfig:
    """Where it is, and a personal key."""

    base_url: str
    key: str = field(repr=False)


class Linear:
    """One workspace."""

    name = "linear"
    label = LABEL

    def __init__(
        self, config: LinearConfig, now: Callable[[], datetime], *, limits: Limits = LIMITS
    ) -> None:
        self._config = config
        self._now = now
        self._http = Http(config.base_url, (_GRAPHQL,), limits=limits)

    async def close(self) -> None:
        """Hang up."""
        await self._http.close()

    async def projects(self) -> Listing:
        """The projects that are not archived."""
        found = await self._list("projects", {}, ("projects",))
        listed = tuple(
            Listed(ref, fields.text(row.get("name")) or ref)
            for row in found.rows
            if (ref := fields.name(row.get("id"))) and not row.get("archivedAt")
        )
        return Listing(listed, truncated=found.truncated)

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one project."""
        if not ref or len(ref) > 100:
            raise NotFound("no id of a project")
        data = await self._ask("project", {"id": ref})
        project = fields.record(data.get("project"))
        if fields.name(project.get("id")) != ref or project.get("archivedAt"):
            raise NotFound("no such project")
        at = self._now()
        found = await self._list("issues", {"id": ref}, ("project", "issues"))
        rows = [r for r in found.rows if _type(r) not in _GONE]
        stones = [
            _milestone(row, rows, project, truncated=found.truncated)
            for row in fields.rows(fields.record(project.get("projectMilestones")).get("nodes"))
            if fields.text(row.get("name"))
        ]
        today = at.date()
        late = [i for i in map(_item, rows) if is_late(i.due, i.state, today)]
        late.sort(key=lambda i: (i.due is None, i.due, i.ref))
        return ProjectFacts(
            source=self.name,
            key=ref,
            name=fields.text(project.get("name")) or ref,
            url=fields.link(project.get("url")),
            read_at=at,
            milestones=(_whole(project, rows, truncated=found.truncated), *stones[:MOST]),
            late_items=tuple(late[:MOST]),
            truncated=found.truncated or len(stones) > MOST or len(late) > MOST,
        )

    async def _list(
        self, query: Query, variables: Mapping[str, str], path: tuple[str, ...]
    ) -> Gathered:
        rows: list[Row] = []
        after: str | None = None
        for _ in range(PAGES):
            data = await self._ask(query, {**variables, "after": after})
            for name in path:
                data = fields.record(data.get(name))
            if not isinstance(data.get("nodes"), list):
                raise Unreadable("no nodes in the answer")
            rows += fields.rows(data.get("nodes"))
            info = fields.record(data.get("pageInfo"))
            cursor = info.get("endCursor")
            after = cursor if isinstance(cursor, str) else None
            if info.get("hasNextPage") is not True or after is None:
                return Gathered(tuple(rows))
        return Gathered(tuple(rows), truncated=True)

    async def _ask(self, query: Query, variables: Mapping[str, str | None]) -> Row:
        """The data of an answer. A personal key goes in the header as it is, without Bearer."""
        body = {"query": QUERIES[query], "variables": dict(variables)}
        headers = {"Authorization": self._config.key}
        answer = await self._http.ask(_GRAPHQL, body=body, headers=headers)
        found = fields.record(answer.body)
        data = found.get("data")
        _refuse(answer, [*fields.rows(found.get("errors"))], has_data=isinstance(data, dict))
        if not isinstance(data, dict):
            raise Unreadable("no data in the answer")
        return data


def _refuse(answer: Answer, errors: list[Row], *, has_data: bool) -> None:
    """Raise what the errors say; what stands beside good data is let be, but for a refusal."""
    codes = {fields.text(fields.record(e.get("extensions")).get("code")) for e in errors}
    detail = (
        f"HTTP {answer.status} {' '.join(sorted(c for c in codes if c.isidentifier()))}".strip()
    )
    if "RATELIMITED" in codes:
        raise Busy(http.pause_of(answer), detail)
    if codes & {"AUTHENTICATION_ERROR", "UNAUTHENTICATED"}:
        raise SignInRefused(detail)
    if "FORBIDDEN" in codes:
        raise NotAllowed(detail)
    if codes & {"ENTITY_NOT_FOUND", "INPUT_ERROR", "INVALID_INPUT"}:
        raise NotFound(detail)
    http.refuse(answer)
    if not answer.is_json:
        raise Unreadable("no JSON in the answer")
    if errors and not has_data:
        raise Unreadable(detail)


def _type(row: Row) -> str:
    return fields.text(fields.record(row.get("state")).get("type"))


def _state(row: Row) -> State:
    return _STATES.get(_type(row), "unknown")


def _lead(project: Row) -> str | None:
    return fields.text(fields.record(project.get("lead")).get("displayName")) or None


def _whole(project: Row, rows: list[Row], *, truncated: bool) -> Milestone:
    done, total = counted([_state(r) for r in rows], truncated=truncated)
    status = fields.record(project.get("status"))
    return Milestone(
        ref=fields.name(project.get("id")),
        name=fields.text(project.get("name")),
        kind="project",
        due=fields.day(project.get("targetDate")),
        done=done,
        total=total,
        basis="none" if total is None else "items",
        state=_STATES.get(fields.text(status.get("type")), "unknown"),
        state_name=fields.text(status.get("name")),
        owner=_lead(project),
        url=fields.link(project.get("url")),
    )


def _milestone(row: Row, rows: list[Row], project: Row, *, truncated: bool) -> Milestone:
    """A milestone by its issues; it has no state but theirs, and no address but the project's."""
    ref = fields.name(row.get("id"))
    own = [
        r for r in rows if fields.name(fields.record(r.get("projectMilestone")).get("id")) == ref
    ]
    done, total = counted([_state(r) for r in own], truncated=truncated)
    state: State = "unknown"
    if done is not None:
        state = "done" if done == total else "active" if done else "planned"
    return Milestone(
        ref=ref,
        name=fields.text(row.get("name")),
        kind="milestone",
        due=fields.day(row.get("targetDate")),
        done=done,
        total=total,
        basis="none" if total is None else "items",
        state=state,
        owner=_lead(project),
        url=fields.link(project.get("url")),
    )


def _item(row: Row) -> Item:
    ref = fields.text(row.get("identifier"))
    return Item(
        ref=ref,
        title=fields.text(row.get("title")) or ref,
        state=_state(row),
        state_name=fields.text(fields.record(row.get("state")).get("name")),
        due=fields.day(row.get("dueDate")),
        assignee=fields.text(fields.record(row.get("assignee")).get("displayName")) or None,
        url=fields.link(row.get("url")),
    )
