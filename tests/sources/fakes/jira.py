"""A fake Jira: the Cloud without totals and with anonymous answers, Data Center with a context path."""

import base64
import json
import re
from typing import Any

from tests.sources.fakes.vendor import Answer, Asked, Body, Clock, Vendor

EMAIL, TOKEN = "ida@example.com", "a token of Jira"
PROJECT = "TRM"
_CATEGORIES = {"new": "待办", "indeterminate": "进行中", "done": "完成"}


def issue(number: int, category: str, *, due: str | None = None, **more: Body) -> dict[str, Any]:
    """An issue as the product gives it."""
    status = {"name": _CATEGORIES.get(category, category), "statusCategory": {"key": category}}
    return {
        "id": str(10_000 + number),
        "key": f"{PROJECT}-{number}",
        "fields": {
            "summary": f"Item {number}",
            "status": status,
            "duedate": due,
            "assignee": {"accountId": "a1", "displayName": "莫怡"},
            "updated": "2026-01-02T03:04:05.000+0800",
            **more,
        },
    }


class Jira(Vendor):
    """One site."""

    def __init__(self, clock: Clock, *, cloud: bool = True) -> None:
        super().__init__(clock)
        self.cloud = cloud
        self.token = TOKEN
        self.page = 100  # issues that are given at a time, whatever was asked for
        self.root = "/rest/api/3" if cloud else "/jira/rest/api/2"
        late = "2026-04-30"
        self.issues = [
            *(issue(n, "done", due=late) for n in range(1, 6)),
            issue(6, "indeterminate", due=late, assignee=None),
            issue(7, "new", due="2026-04-02"),
            issue(8, "indeterminate", due="2026-05-04"),  # today, so not late
            issue(9, "new"),
            issue(10, "new", due="2026-05-20"),
        ]
        stone = {"id": "7", "name": "Rig stands", "releaseDate": "2026-05-20"}
        status = {"unmapped": 0, "toDo": 3, "inProgress": 1, "done": 2}
        self.versions = [
            {**stone, "released": False, "archived": False, "issuesStatusForFixVersion": status},
            {"id": "8", "name": "Old", "released": True, "archived": True},
            {"id": "9", "name": "Pilot", "released": False, "archived": False},
        ]
        self.projects = [
            {"id": "1", "key": PROJECT, "name": "Tram depot"},
            {"id": "2", "key": "OLD", "name": "Old depot", "archived": True},
        ]

    def answer(self, asked: Asked) -> Answer:
        path = asked.path.removeprefix(self.root)
        if path == asked.path:
            return self.refuse_call(asked)
        if not self._is_signed_in(asked):
            if path == "/myself" or not self.cloud:
                return Answer({"errorMessages": ["Unauthorized"], "errors": {}}, 401)
            return Answer({"values": [], "isLast": True, "total": 0, "issues": []})  # anonymous
        return self._cloud(asked, path) if self.cloud else self._center(asked, path)

    def _is_signed_in(self, asked: Asked) -> bool:
        given = asked.headers.get("authorization", "")
        if not self.cloud:
            return given == f"Bearer {self.token}"
        return given == "Basic " + base64.b64encode(f"{EMAIL}:{self.token}".encode()).decode()

    def _cloud(self, asked: Asked, path: str) -> Answer:
        if path == "/search/jql" and asked.method == "POST" and isinstance(asked.body, dict):
            return self._searched(asked.body)
        if asked.method != "GET":
            return self.refuse_call(asked)
        if path == "/myself":
            return Answer({"accountId": "a1", "displayName": "Ida"})
        if path == "/project/search":
            return self._values(asked, self.projects)
        if path == f"/project/{PROJECT}/version":
            plain = asked.query.get("expand") != "issuesstatus"
            hidden = "issuesStatusForFixVersion" if plain else ""
            return self._values(
                asked, [{k: v for k, v in r.items() if k != hidden} for r in self.versions]
            )
        return self.refuse_call(asked)

    def _values(self, asked: Asked, rows: list[Any]) -> Answer:
        start, most = int(asked.query["startAt"]), int(asked.query["maxResults"])
        shown, is_last = rows[start : start + most], start + most >= len(rows)
        about = {"startAt": start, "maxResults": most, "total": len(rows), "isLast": is_last}
        return Answer({**about, "values": shown})

    def _searched(self, body: dict[str, Any]) -> Answer:
        jql = body.get("jql", "")
        if not re.search(r'project = "[A-Z0-9_]+"', jql):
            return Answer({"errorMessages": ["Unbounded JQL queries are not allowed here."]}, 400)
        found, start = self._matching(jql), int(body.get("nextPageToken", "0"))
        most = min(int(body.get("maxResults", 50)), self.page)
        rows = found[start : start + most]
        wanted = body.get("fields")
        shown = [self._shown(r, wanted) for r in rows]
        more = {"nextPageToken": str(start + most)} if start + most < len(found) else {}
        return Answer({"issues": shown, **more})  # the last page simply lacks the token

    def _shown(self, row: dict[str, Any], wanted: list[str] | None) -> dict[str, Any]:
        if not wanted:
            return {"id": row["id"]}
        return {**row, "fields": {k: v for k, v in row["fields"].items() if k in wanted}}

    def _matching(self, jql: str) -> list[dict[str, Any]]:
        before = re.search(r'duedate < "([0-9-]+)"', jql)
        found = [json.loads(json.dumps(i)) for i in self.issues]
        if before:
            found = [i for i in found if (i["fields"]["duedate"] or "9999") < before[1]]
        if "statusCategory != Done" in jql:
            found = [i for i in found if _category(i) != "done"]
        if "statusCategory = Done" in jql:
            found = [i for i in found if _category(i) == "done"]
        return found

    def _absent(self, asked: Asked, path: str) -> Answer:
        """A version that is not there is a 404; any other call is one that nobody should make."""
        if re.fullmatch(r"/version/[0-9]+/unresolvedIssueCount", path):
            return Answer({"errorMessages": ["no such version"], "errors": {}}, 404)
        return self.refuse_call(asked)

    def _center(self, asked: Asked, path: str) -> Answer:
        if asked.method != "GET":
            return self.refuse_call(asked)
        known: dict[str, Body] = {
            "/myself": {"name": "ida", "displayName": "Ida"},
            "/project": self.projects,
            f"/project/{PROJECT}/versions": [
                {k: v for k, v in r.items() if k != "issuesStatusForFixVersion"}
                for r in self.versions
            ],
            "/version/7/unresolvedIssueCount": {"issuesUnresolvedCount": 4, "issuesCount": 6},
            "/version/9/unresolvedIssueCount": {"issuesUnresolvedCount": 0, "issuesCount": 0},
        }
        if path in known:
            return Answer(known[path])
        if path != "/search":
            return self._absent(asked, path)
        found = self._matching(asked.query["jql"])
        start, most = int(asked.query["startAt"]), int(asked.query["maxResults"])
        about = {"startAt": start, "maxResults": most, "total": len(found)}
        shown = [self._shown(r, asked.query["fields"].split(",")) for r in found]
        return Answer({**about, "issues": shown[start : start + most]})


def _category(row: dict[str, Any]) -> str:
    return str(row["fields"]["status"]["statusCategory"]["key"])
