"""A fake Worktile: refusals with HTTP 200, rows now here and now there, properties bare and wrapped.

Where callers disagree, it answers in each way by a switch.
"""

import re
from typing import Any

from tests.sources.fakes.vendor import Answer, Asked, Body, Clock, Vendor, seconds

CLIENT, SECRET = "client-2", "a secret of Worktile"
PROJECT, OTHER = "5e" * 12, "6f" * 12
ROOT = "/open-api"
_DONE, _ACTIVE, _NEW, _CANCELLED = 3, 2, 1, 4


def task(
    number: int, group: int, *, due: int = 0, with_time: int = 0, **more: Body
) -> dict[str, Any]:
    """A task as the product gives it."""
    return {
        "_id": f"{number:024x}",
        "title": f"Task {number}",
        "identifier": f"TRM-{number}",
        "project_id": PROJECT,
        "task_type": {"_id": "t1", "name": "任务"},
        "task_state": {"_id": f"s{group}", "name": "测试中", "type": group},
        "state_type": group,
        "is_archived": 0,
        "parent_id": "",
        "parent_ids": [],
        "derived_ids": [],
        "properties": {"due": {"date": due, "with_time": with_time}, "assignee": "u1"},
        **more,
    }


class Worktile(Vendor):
    """One team."""

    def __init__(self, clock: Clock, *, rows: str = "value", wrapped: bool = False) -> None:
        super().__init__(clock)
        self.rows = rows  # under which name
        self.wrapped = wrapped  # whether a property is {value: …}
        self.new_list = True  # whether the list of 9.0 is there
        self.has_info = True  # whether the overview of 9.32 is
        self.alive: set[str] = set()
        self._made = 0
        self.in_flight = 0
        self.projects = [
            {"_id": PROJECT, "name": "Tram depot", "identifier": "TRM", "is_archived": 0},
            {"_id": OTHER, "name": "Old depot", "identifier": "OLD", "is_archived": 1},
        ]
        late, id_ = seconds(2026, 4, 30), f"{10:024x}"
        stone = task(10, _NEW, due=seconds(2026, 5, 20) * 1000, title="Rig stands")
        stone["task_type"] = {"_id": "t2", "name": "里程碑"}
        stone["derived_ids"] = [f"{1:024x}", f"{2:024x}"]
        self.tasks = [
            *(task(n, _DONE, due=late) for n in range(1, 6)),
            task(6, _ACTIVE, due=late, parent_ids=[id_]),
            task(7, _NEW, due=seconds(2026, 4, 2, 10, 30), with_time=1),
            task(8, _ACTIVE, due=seconds(2026, 5, 4)),  # today, so not late
            task(9, 0),
            stone,
            task(11, _ACTIVE, due=late, is_archived=1),
            task(12, _ACTIVE, due=late, project_id=OTHER),
            task(13, _CANCELLED, due=late),
        ]
        self.tasks[5]["properties"]["assignee"] = "u9"  # whom nobody knows

    def answer(self, asked: Asked) -> Answer:
        path = asked.path.removeprefix(ROOT)
        if path == asked.path:
            return self.refuse_call(asked)
        if path == "/tenant-access-token":
            return self._signed_in(asked)
        if asked.method != "GET":
            return self.refuse_call(asked)
        key = asked.query.get("access_token", "")
        if not key:
            return Answer({"ok": False, "error_code": 1102, "message": "access_token"})
        if key not in self.alive or asked.headers.get("authorization") != f"Bearer {key}":
            return Answer({"ok": False, "error_code": 1103, "message": "expired"})
        return self._read(asked, path)

    def _read(self, asked: Asked, path: str) -> Answer:
        known = {
            "/mission/get-projects-by-page": lambda: self._page(asked, self.projects),
            "/mission/get-project-info": lambda: self._info(asked),
            "/mission/get-project-tasks-by-page": lambda: self._old_list(asked),
            "/mission/get-tasks-by-ids": lambda: self._chosen(asked),
            "/contact/get-members-by-ids": lambda: Answer(
                {self.rows: [{"uid": "u1", "display_name": "莫怡", "status": 1}]}
            ),
        }
        if path in known:
            return known[path]()
        if re.fullmatch(r"/mission/projects/(\w+)/tasks", path) is None:
            return self.refuse_call(asked)
        if not self.new_list:
            return Answer({"code": 404, "message": "since 9.0"}, 404)
        people = [{"uid": "u1", "display_name": "莫怡"}]
        return self._page(asked, [self._shaped(t) for t in self.tasks], people, meta=True)

    def _info(self, asked: Asked) -> Answer:
        if not self.has_info:
            return Answer({"ok": False, "error_code": 404, "message": "since 9.32"})
        due = {"date": seconds(2026, 6, 30), "with_time": 0}
        info = {"_id": asked.query["project_id"], "due": due, "assignee": "u1", "properties": {}}
        return Answer({"data": {"value": info}})

    def _old_list(self, asked: Asked) -> Answer:
        plain = [{k: v for k, v in t.items() if k != "properties"} for t in self.tasks]
        return self._page(asked, plain)

    def _chosen(self, asked: Asked) -> Answer:
        """A bare array, without what was not asked for."""
        ids, wanted = asked.query["task_ids"].split(","), asked.query["fields"].split(",")
        if len(ids) > 50:
            return Answer({"ok": False, "error_code": 1001, "message": "too many"})
        chosen = [t for t in self.tasks if t["_id"] in ids]
        return Answer(
            [{"_id": t["_id"], **{w: t["properties"].get(w) for w in wanted}} for t in chosen]
        )

    def _shaped(self, one: dict[str, Any]) -> dict[str, Any]:
        properties = one["properties"]
        if self.wrapped:
            properties = {k: {"value": v} for k, v in properties.items()}
        return {**one, "properties": properties}

    def _page(
        self, asked: Asked, rows: list[Any], people: Body = None, *, meta: bool = False
    ) -> Answer:
        size, index = int(asked.query["page_size"]), int(asked.query["page_index"])
        if not 1 <= size <= 100:  # stricter than known: no limit is published
            return Answer({"ok": False, "error_code": 1001, "message": "page_size"})
        more = (index + 1) * size < len(rows)
        found: dict[str, Any] = {self.rows: rows[index * size : (index + 1) * size]}
        if people is not None:
            found["references"] = {"users": people}
        return Answer({**found, **({"meta": {"has_more": more}} if meta else {"has_more": more})})

    def _signed_in(self, asked: Asked) -> Answer:
        if asked.method != "POST" or not isinstance(asked.body, dict):
            return self.refuse_call(asked)
        if (asked.body.get("client_id"), asked.body.get("client_secret")) != (CLIENT, SECRET):
            return Answer({"ok": False, "error_code": 1101, "message": "client"})
        self._made += 1
        key = f"key{self._made}"
        self.alive.add(key)
        return Answer({"tenant_access_token": key, "expires_in": 7200})
