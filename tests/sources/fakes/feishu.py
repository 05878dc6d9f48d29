"""A fake Feishu Project: two envelopes of a token, pages from 1, milliseconds, keys of a space's own."""

import re
from typing import Any

from tests.sources.fakes.vendor import Answer, Asked, Body, Clock, Vendor, seconds

PLUGIN, SECRET, USER = "MII_1", "a secret of Feishu", "7246"
PROJECT, OTHER = "63f1", "63f2"
DUE, STONE = "field_due01", "milestone_type"


def item(number: int, state: str, *, due: int | None = None, **more: Body) -> dict[str, Any]:
    """A work item as the product gives it; its day is in milliseconds."""
    given: list[dict[str, Body]] = [{"field_key": "priority", "field_value": {"value": "1"}}]
    if due is not None:
        given.append({"field_key": DUE, "field_value": due * 1000})
    return {
        "id": number,
        "name": f"Item {number}",
        "work_item_type_key": "story",
        "project_key": PROJECT,
        "simple_name": "depot",
        "deleted_at": 0,
        "fields": given,
        "work_item_status": {
            "state_key": state,
            "is_archived_state": state == "end",
            "is_init_state": state == "start",
        },
        **more,
    }


class Feishu(Vendor):
    """One space that the plugin is installed in, and one that it is not."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.older = False  # whether the other envelopes are spoken
        self.page = 200  # rows that are given at a time
        self.alive: set[str] = set()
        self._made = 0
        late = seconds(2026, 4, 30)
        stretch = {"estimate_start_date": 0, "estimate_end_date": seconds(2026, 4, 2) * 1000}
        self.items = [
            *(item(n, "end", due=late) for n in range(1, 6)),
            item(6, "doing", due=late),
            item(7, "start", fields=[{"field_key": DUE, "field_value": stretch}]),
            item(8, "doing", due=seconds(2026, 5, 4)),  # today, so not late
            item(9, "start"),
            item(10, "start", due=seconds(2026, 5, 20)),
            item(11, "doing", due=late, deleted_at=seconds(2026, 5, 1) * 1000),
            item(12, "doing", due=late, project_key=OTHER, simple_name="old"),
            item(
                13, "start", due=seconds(2026, 5, 20), name="Rig stands", work_item_type_key=STONE
            ),
        ]

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/open_api/authen/plugin_token":
            return self._signed_in(asked)
        found = re.fullmatch(r"/open_api/([^/]+)/work_item/(all-types|filter)", asked.path)
        wanted = {"all-types": "GET", "filter": "POST"}
        if found is None or asked.method != wanted[found[2]]:
            return self.refuse_call(asked)
        if asked.headers.get("x-plugin-token") not in self.alive:
            return Answer({"err_code": 10022, "err_msg": "Check Token Failed"})
        if asked.headers.get("x-user-key") != USER:
            return Answer({"err_code": 10001, "err_msg": "no permission"})
        return self._read(asked, found[1], found[2])

    def _read(self, asked: Asked, project: str, what: str) -> Answer:
        if project != PROJECT:
            return Answer({"err_code": 1000052062, "err_msg": "project key is wrong"})
        if what == "all-types":
            return Answer({"data": [{"type_key": "story", "name": "需求"}], "err_code": 0})
        body = asked.body if isinstance(asked.body, dict) else {}
        number, size = _int(body.get("page_num")), _int(body.get("page_size"))
        if number < 1 or not 1 <= size <= 200 or not body.get("work_item_type_keys"):
            return Answer({"err_code": 20005, "err_msg": "missing param"})
        size, kinds = min(size, self.page), body["work_item_type_keys"]
        rows = [i for i in self.items if i["work_item_type_key"] in kinds]
        shown = rows[(number - 1) * size : number * size]
        about = {"total": len(rows), "page_num": number, "page_size": size}
        data = {"data": shown} if self.older else shown
        return Answer({"data": data, "err_code": 0, "err_msg": "", "pagination": about})

    def _signed_in(self, asked: Asked) -> Answer:
        body = asked.body
        if asked.method != "POST" or not isinstance(body, dict) or body.get("type") != 0:
            return self.refuse_call(asked)
        if (body.get("plugin_id"), body.get("plugin_secret")) != (PLUGIN, SECRET):
            error = {"code": 10211, "msg": "plugin"}
            return Answer({"data": {}, "error": error})
        self._made += 1
        token = f"p-token{self._made}"
        self.alive.add(token)
        if self.older:
            return Answer({"err_code": 0, "data": {"plugin_token": token, "expire_time": 7200}})
        data = {"token": token, "expire_time": 7200}
        return Answer({"data": data, "error": {"code": 0, "msg": "success"}})


def _int(value: Body) -> int:
    """A whole number as it was sent; -1 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
