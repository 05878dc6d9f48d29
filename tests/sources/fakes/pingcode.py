"""A fake PingCode, as strict as its documents and its callers say, and stricter where they are silent.

Secrets in the query of a GET, absolute ends of keys, ignored filters, foreign rows, codes of errors.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.sources.fakes.vendor import Answer, Asked, Body, Clock, Vendor, seconds

CLIENT, SECRET = "client-1", "a secret of PingCode"
PROJECT, KANBAN, OTHER = "a" * 24, "b" * 24, "c" * 24
MILESTONE = "d" * 24  # the type's id, which differs by tenant
ROOTS = {"underscore": "/v1/pjm", "joined": "/v1/pjm", "old": "/v1/project"}
ITEMS = {"underscore": "work_items", "joined": "workitems", "old": "work_items"}
_FILTERS = {"project_id", "project_ids", "page_index", "page_size", "type_id", "state", "assignee"}
_OPERATORS = {"in", "lt", "gte", "between"}


def item(number: int, state: str, *, end: int | None = None, **more: Body) -> dict[str, Any]:
    """A work item as the product gives it."""
    return {
        "id": f"{number:024x}",
        "identifier": f"TRM-{number}",
        "html_url": f"https://team.pingcode.com/pjm/items/{number}",
        "title": f"Item {number}",
        "type": "story",
        "project": {"id": PROJECT, "url": "/v1/project/projects/1", "identifier": "TRM"},
        "state": {"id": "s", "name": {"completed": "已完成"}.get(state, "进行中"), "type": state},
        "assignee": {"id": "u1", "name": "mo", "display_name": "莫怡"},
        "end_at": end,
        "version": None,
        "versions": [],
        "is_archived": 0,
        "is_deleted": 0,
        **more,
    }


class PingCode(Vendor):
    """One team, in one dialect."""

    def __init__(self, clock: Clock, *, dialect: str = "underscore") -> None:
        super().__init__(clock)
        self.dialect = dialect
        self.absolute = True  # whether expires_in is an instant
        self.no_progress = False  # whether the count of a project is not there
        self.can_search = dialect != "old"
        self.alive: set[str] = set()
        self._made = 0
        self._minute: list[float] = []
        self._until = 0.0
        self.refused = 0  # calls over the limit
        self.projects = [
            self.project(PROJECT, "Tram depot", "hybrid", end_at=seconds(2026, 6, 30, 23, 59, 59)),
            self.project(KANBAN, "Wash hall", "kanban"),
            self.project(OTHER, "Old depot", "scrum", is_archived=1),
        ]
        late, day = seconds(2026, 4, 30, 23, 59, 59), seconds(2026, 5, 4, 23, 59, 59)
        self.items = [
            *(item(n, "completed", end=late) for n in range(1, 6)),
            item(6, "in_progress", end=late, assignee=None),
            item(7, "pending", end=seconds(2026, 4, 2, 10, 30)),
            item(8, "in_progress", end=day),  # today, so not late
            item(9, "pending"),
            item(10, "pending", end=seconds(2026, 5, 20), type=MILESTONE, title="Rig stands"),
            item(11, "pending", end=late, is_archived=1),
            item(12, "pending", end=late, project={"id": OTHER}),
        ]

    def project(self, id_: str, name: str, kind: str, **more: Body) -> dict[str, Any]:
        return {
            "id": id_,
            "identifier": name[:3].upper(),
            "name": name,
            "type": kind,
            "state": {"id": "x", "name": "进行中", "type": "in_progress"},
            "assignee": {"id": "u2", "display_name": "唐"},
            "start_at": seconds(2026, 1, 5),
            "end_at": None,
            "is_archived": 0,
            "is_deleted": 0,
            **more,
        }

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/v1/auth/token":
            return self._signed_in(asked)
        return self._turned_away(asked) or self._routed(asked)

    def _turned_away(self, asked: Asked) -> Answer | None:
        if asked.path == "/v1/myself":
            return Answer({"code": "100027", "message": "user token only"}, 403)
        if asked.headers.get("authorization", "") not in {f"Bearer {k}" for k in self.alive}:
            return Answer({"code": "100401", "message": "bad bearer"}, 401)
        return self._too_many()

    def _routed(self, asked: Asked) -> Answer:
        root, items = ROOTS[self.dialect], ITEMS[self.dialect]
        if asked.path == f"{root}/{items}/search":
            return self._searched(asked)
        if asked.method != "GET":
            return self.refuse_call(asked)
        ours = (f"{root}/projects", f"{root}/{items}", f"{root}/{items[:-1]}/")
        if asked.path == "/v1/directory/team":
            return Answer({"id": "t", "name": "Tram builders", "secondary_domain": "tram"})
        if asked.path.startswith(ours):
            self.unknown_filters += sorted(set(asked.query) - _FILTERS)
            return self._listed(asked, root, items)
        if any(asked.path.startswith(f"{r}/") for r in ROOTS.values()):
            return Answer({"code": "100404", "message": "not here"}, 404)
        return self.refuse_call(asked)

    def _listed(self, asked: Asked, root: str, items: str) -> Answer:
        if asked.path == f"{root}/projects":
            return self._page(asked, self.projects)
        if asked.path == f"{root}/{items}":
            return self._page(asked, self.items)  # the filters are ignored, with a 200
        if asked.path == f"{root}/{items[:-1]}/types":
            if "project_id" not in asked.query:
                return Answer({"code": "100008", "message": "project_id"}, 400)
            kinds = [{"id": "story", "name": "故事"}, {"id": MILESTONE, "name": "里程碑"}]
            return self._page(asked, kinds)
        found = re.fullmatch(rf"{root}/projects/([^/]+)/(\w+)", asked.path)
        return self._of_project(asked, *found.groups()) if found else self.refuse_call(asked)

    def _of_project(self, asked: Asked, id_: str, what: str) -> Answer:
        project = next((p for p in self.projects if p["id"] == id_), None)
        if not re.fullmatch("[0-9a-f]{24}", id_):
            return Answer({"code": "100002", "message": "malformed"}, 404)
        if project is None:
            return Answer({"code": "100317", "message": "no such project"}, 400)
        if what == "progress" and not self.no_progress:
            return self._progress(id_)
        rows = {"versions": self._versions, "sprints": self._sprints}.get(what)
        if rows is None:
            return Answer({"code": "100404", "message": "not here"}, 404)
        return self._page(asked, rows(project))

    def _progress(self, id_: str) -> Answer:
        own = [i for i in self.items if i["project"]["id"] == id_ and not i["is_archived"]]
        done = sum(i["state"]["type"] == "completed" for i in own)
        counts = {"total": len(own), "completed_count": done, "pending_count": 1}
        return Answer({"work_item": {**counts, "in_progress_count": 1}})

    def _versions(self, project: Mapping[str, Any]) -> list[Any]:
        stage = {"name": "进行中", "type": "in_progress"}
        day_end = seconds(2026, 5, 29, 23, 59, 59)
        release = {"id": "v1", "name": "1.0", "end_at": day_end, "stage": stage, "progress": 0.4}
        return [release] if project["id"] == PROJECT else []

    def _sprints(self, project: Mapping[str, Any]) -> list[Any]:
        sprint = {
            "id": "sp1", "name": "Sprint 9", "status": "in_progress",
            "end_at": seconds(2026, 5, 8, 23, 59, 59), "total_story_points": 20,
            "started_story_points": 6, "completed_story_points": 9,
        }  # fmt: skip
        return [] if project["type"] == "kanban" else [sprint]

    def _searched(self, asked: Asked) -> Answer:
        if not self.can_search:
            return Answer({"code": "100404", "message": "not here"}, 404)
        if asked.method != "POST" or not isinstance(asked.body, dict):
            return self.refuse_call(asked)
        payload = asked.body.get("payload", {})
        wrong = self._wrong_search(asked.body, payload)
        if wrong:
            return Answer({"code": wrong, "message": "filter"}, 400)
        before = payload["filter"]["end_at"]["lt"]
        wanted = payload["filter"]["project.id"]["in"]
        found = [
            i
            for i in self.items
            if i["end_at"] and i["end_at"] < before and i["project"]["id"] in wanted
        ]
        index, size = payload["page_index"], payload["page_size"]
        rows = found[index * size : (index + 1) * size]
        about = {"page_size": size, "page_index": index, "total": len(found)}
        return Answer({**about, "values": rows})

    def _wrong_search(self, body: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
        """The code of what is off about a search; empty where nothing is."""
        if body.get("mode") != "query" or payload.get("page_size", 0) > 100:
            return "100003"
        for name, operators in payload.get("filter", {}).items():
            if name not in ("project.id", "end_at", "updated_at"):
                return "100043"
            if len(operators) != 1 or not set(operators) <= _OPERATORS:
                return "100044"
        return "" if isinstance(payload["filter"]["end_at"]["lt"], int) else "100003"

    def _page(self, asked: Asked, rows: list[Any]) -> Answer:
        size, index = asked.query.get("page_size", "30"), asked.query.get("page_index", "0")
        if not size.isdecimal() or not 1 <= int(size) <= 100 or not index.isdecimal():
            return Answer({"code": "100003", "message": "page_size"}, 400)
        start = int(index) * int(size)
        values = rows[start : start + int(size)]
        about = {"page_size": int(size), "page_index": int(index), "total": len(rows)}
        return Answer({**about, "values": values})

    def _signed_in(self, asked: Asked) -> Answer:
        if asked.method != "GET":
            return self.refuse_call(asked)
        given = asked.query
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET):
            return Answer({"code": "100024", "message": "客户端无效"}, 400)
        self._made += 1
        key = f"key{self._made}"
        self.alive.add(key)
        life = int(timedelta(days=30).total_seconds())
        ends = int(self.clock.seconds()) + life if self.absolute else str(life)
        return Answer({"access_token": key, "token_type": "Bearer", "expires_in": ends})

    def _too_many(self) -> Answer | None:
        now = self.clock.seconds()
        self._minute = [t for t in self._minute if t > now - 60]
        if now < self._until or len(self._minute) >= 200:
            self._until = max(self._until, now + 30)
            left = str(int(self._until - now))
            self.refused += 1
            return Answer({"code": "100038", "message": "频率"}, 429, {"x-pc-retry-after": left})
        self._minute.append(now)
        return None
