"""A fake Linear: a personal key without Bearer, errors beside data, RATELIMITED as HTTP 400."""

from typing import Any

from bot.sources.linear import QUERIES
from tests.sources.fakes.vendor import Answer, Asked, Body, Clock, Vendor

KEY = "lin_api_a key of Linear"
PROJECT, OLD = "p-1", "p-2"


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
        self.page = 250  # nodes that are given at a time, the most there are
        self.keys = {KEY: "Tram depot"}  # and what the project is called that each of them sees
        self.limited = False
        self.warned = False  # whether errors stand beside good data
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
        query = next((n for n, q in QUERIES.items() if q == asked.body.get("query")), None)
        if query is None:
            return self.refuse_call(asked)
        found = self._asked(query, asked.body.get("variables") or {}, name)
        if found is None:
            return self._error("INPUT_ERROR", 200)
        warned = {"errors": [{"message": "late"}]} if self.warned else {}
        return Answer({"data": found, **warned})

    def _error(self, code: str, status: int) -> Answer:
        error = {"message": "no", "extensions": {"code": code}}
        return Answer({"errors": [error]}, status)

    def _asked(self, query: str, variables: dict[str, Any], name: str) -> dict[str, Any] | None:
        if query == "projects":
            rows: list[dict[str, Any]] = [
                {"id": PROJECT, "name": name, "archivedAt": None},
                {"id": OLD, "name": "Old depot", "archivedAt": "2026-01-01T00:00:00Z"},
            ]
            return {"projects": self._page(rows, variables)}
        if variables.get("id") != PROJECT:
            return None
        if query == "issues":
            return {"project": {"issues": self._page(self.issues, variables)}}
        stone = {"id": "m-1", "name": "Rig stands", "targetDate": "2026-05-20"}
        project = {
            "id": PROJECT,
            "name": name,
            "url": "https://linear.app/trams/project/depot",
            "targetDate": "2026-06-30",
            "archivedAt": None,
            "status": {"name": "In Progress", "type": "started"},
            "lead": {"displayName": "莫怡"},
            "projectMilestones": {"nodes": [stone]},
        }
        return {"project": project}

    def _page(self, rows: list[dict[str, Any]], variables: dict[str, Any]) -> dict[str, Any]:
        start = int(variables.get("after") or 0)
        end = start + self.page
        info = {"hasNextPage": end < len(rows), "endCursor": str(end)}
        return {"nodes": rows[start:end], "pageInfo": info}
