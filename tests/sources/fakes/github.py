"""A fake GitHub: no User-Agent is a 403, pages only by the Link header, pull requests in the counts."""

import re
from typing import Any

from tests.sources.fakes.vendor import Answer, Asked, Body, Clock, Vendor

TOKEN = "a token of GitHub"
PROJECT, OLD = "trams/depot", "trams/old"
_STONES = {1: "2026-04-02T07:00:00Z", 2: "2026-04-30T07:00:00Z", 3: "2026-05-20T07:00:00Z"}
_PAGES = {"per_page": r"[1-9]\d?|100", "after": r"\d+", "page": r"[1-9]\d*"}
_STATE = r"open|closed|all"
_TAKES = {  # the parameters of each list, and what each may be
    "milestones": {**_PAGES, "state": _STATE, "sort": r"due_on|completeness", "direction": r"asc|desc"},
    "issues": {
        **_PAGES, "state": _STATE, "milestone": r"[1-9]\d*|\*|none",
        "sort": r"created|updated|comments", "direction": r"asc|desc",
        "since": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    },
}  # fmt: skip
_SAYS = {"accept": "application/vnd.github+json", "x-github-api-version": "2022-11-28"}


def issue(number: int, state: str, stone: int | None = None, **more: Body) -> dict[str, Any]:
    """An issue as the product gives it."""
    milestone = {"number": stone, "due_on": _STONES[stone]} if stone else None
    return {
        "number": number,
        "title": f"Item {number}",
        "state": state,
        "state_reason": None,
        "assignee": {"login": "moyi"},
        "milestone": milestone,
        "html_url": f"https://github.com/{PROJECT}/issues/{number}",
        **more,
    }


class GitHub(Vendor):
    """Two repositories."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.page = 100  # rows that are given at a time, whatever was asked for
        self.left: int | None = None  # calls of this hour; None is as many as come
        self.issues = [
            *(issue(n, "closed", 2) for n in range(1, 6)),
            issue(6, "open", 2, assignee=None),
            issue(7, "open", 1),
            issue(8, "open", 3),
            issue(9, "open"),
            issue(10, "open", 3),
            issue(11, "open", 2, pull_request={"url": "https://api.github.com/x"}),
            issue(12, "closed", state_reason="not_planned"),
        ]
        self.milestones = [
            self._stone(1, "Alpha", open_=1, closed=0),
            self._stone(2, "Frame", open_=2, closed=5),
            self._stone(3, "Rig stands", open_=2, closed=0),
            {**self._stone(3, "Empty", open_=0, closed=0), "number": 4, "due_on": None},
        ]

    def _stone(self, number: int, title: str, *, open_: int, closed: int) -> dict[str, Any]:
        return {
            "number": number,
            "title": title,
            "state": "open",
            "open_issues": open_,
            "closed_issues": closed,
            "due_on": _STONES[number],
            "html_url": f"https://github.com/{PROJECT}/milestone/{number}",
        }

    def answer(self, asked: Asked) -> Answer:
        return self._turned_away(asked) or self._misread(asked) or self._routed(asked)

    def _misread(self, asked: Asked) -> Answer | None:
        """Stricter than the product: a parameter or a value that it would pass over is a fault of ours."""
        takes = _TAKES.get(asked.path.rpartition("/")[2], {})
        for name, value in asked.query.items():
            if name not in takes or not re.fullmatch(takes[name], value):
                self.wrong.append(f"{asked.path}: {name}={value}")
                return Answer({"message": "Validation Failed", "errors": [{"field": name}]}, 422)
        for name, value in _SAYS.items():
            if asked.headers.get(name) != value:
                self.wrong.append(f"{asked.path}: {name}: {asked.headers.get(name)}")
                return Answer({"message": "Unsupported"}, 415)
        return None

    def _turned_away(self, asked: Asked) -> Answer | None:
        if not asked.headers.get("user-agent"):
            return Answer({"message": "Request forbidden by administrative rules."}, 403)
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer({"message": "Bad credentials"}, 401)
        if self.left is not None and self.left <= 0:
            reset = str(int(self.clock.seconds()) + 600)
            headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
            return Answer({"message": "API rate limit exceeded"}, 403, headers)
        self.left = None if self.left is None else self.left - 1
        return None

    def _routed(self, asked: Asked) -> Answer:
        found = re.fullmatch(r"/repos/([^/]+/[^/]+)(/milestones|/issues)?", asked.path)
        if found is None or asked.method != "GET":
            return self.refuse_call(asked)
        if found[1] not in (PROJECT, OLD):
            return Answer({"message": "Not Found"}, 404)
        if found[2] is None:
            name = "Tram depot" if found[1] == PROJECT else "Old depot"
            url = f"https://github.com/{found[1]}"
            return Answer({"name": name, "archived": found[1] == OLD, "html_url": url})
        rows = self.milestones if found[2] == "/milestones" else self._issues(asked)
        return self._page(asked, rows)

    def _issues(self, asked: Asked) -> list[dict[str, Any]]:
        state, stone = asked.query.get("state", "open"), asked.query.get("milestone")
        found = [i for i in self.issues if state in ("all", i["state"])]
        return [i for i in found if not stone or str((i["milestone"] or {}).get("number")) == stone]

    def _page(self, asked: Asked, rows: list[dict[str, Any]]) -> Answer:
        size = min(int(asked.query.get("per_page", "30")), self.page)
        after = int(asked.query.get("after", "0"))  # a cursor, so that nobody counts pages
        more = after + size < len(rows)
        kept = "&".join(f"{k}={v}" for k, v in asked.query.items() if k != "after")
        link = f'<{self.base}{asked.path}?{kept}&after={after + size}>; rel="next"'
        return Answer(rows[after : after + size], headers={"Link": link} if more else {})
