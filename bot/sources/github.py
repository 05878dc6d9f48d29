"""GitHub, read only: the milestones of the repositories that the operator named, and their issues.

An issue has no day of its own; it is late when its milestone is. Pull requests are counted in a
milestone by GitHub itself, and left out where issues are counted here.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts, State, is_late
from bot.core.words import Text, same
from bot.engine.outside import Busy, NotFound, SignInRefused, Unreadable
from bot.engine.trackers import Listing
from bot.outside import fields, http
from bot.outside.http import LONGEST_PAUSE, Answer, Call, Http, Limits
from bot.sources.gathering import PAGES, Gathered, Notes, Row, counted

PAGE = 100  # rows
MOST = 200  # items and milestones that are kept
LATE = 10  # milestones past their day whose issues are read
LIMITS = Limits(a_minute=80)  # of 5,000 an hour
LABEL = same("GitHub")
_NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,38})/([A-Za-z0-9._-]{1,100})")
_NEXT = re.compile(r'<([^<>]+)>\s*;[^,<]*rel="?next"?')
_REPO = Call("GET", "/repos/{owner}/{repo}")
_MILESTONES = Call("GET", "/repos/{owner}/{repo}/milestones")
_ISSUES = Call("GET", "/repos/{owner}/{repo}/issues")
READS = (_REPO, _MILESTONES, _ISSUES)
_STATES: Mapping[str, State] = {"open": "active", "closed": "done"}
_STONES = Text(en="Milestones", zh="里程碑")
_COUNT = Text(en="How much is done", zh="完成数")
_LATE = Text(en="Late items", zh="逾期事项")
_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


@dataclass(frozen=True, slots=True)
class GitHubConfig:
    """Where it is, a token that may read issues, and the repositories, as owner/name."""

    base_url: str
    token: str = field(repr=False)
    repositories: Collection[str]
    private: Collection[str] = ()


class GitHub:
    """The repositories that were named."""

    name = "github"
    label = LABEL

    def __init__(
        self, config: GitHubConfig, now: Callable[[], datetime], *, limits: Limits = LIMITS
    ) -> None:
        self._config = config
        self._now = now
        self._http = Http(config.base_url, READS, private=config.private, limits=limits)

    async def close(self) -> None:
        """Hang up."""
        await self._http.close()

    async def projects(self) -> Listing:
        """The repositories that are there and not archived."""
        found: list[Listed] = []
        for name in self._config.repositories:
            try:
                row = await self._repository(name)
            except NotFound:
                continue
            if row.get("archived") is not True:
                found.append(Listed(name, fields.text(row.get("name")) or name, name))
        return Listing(tuple(found))

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one repository."""
        if ref not in self._config.repositories:
            raise NotFound("not among the repositories that were named")
        row, notes, at = await self._repository(ref), Notes(), self._now()
        if row.get("archived") is True:
            raise NotFound("the repository is archived")
        today = at.astimezone(UTC).date()
        done, total = await notes.part(_COUNT, self._counted(ref), (None, None))
        called, url = fields.text(row.get("name")) or ref, fields.link(row.get("html_url"))
        whole = Milestone(
            ref, called, "project", done=done, total=total,
            basis="none" if total is None else "items", url=url,
        )  # fmt: skip
        found = await notes.part(
            _STONES, self._list(ref, _MILESTONES, {"state": "all"}), Gathered()
        )
        stones = [_milestone(r) for r in found.rows if fields.text(r.get("title"))]
        late, cut = await notes.part(_LATE, self._late(ref, stones, today), ([], False))
        return ProjectFacts(
            source=self.name,
            key=ref,
            name=called,
            url=url,
            read_at=at,
            milestones=(whole, *stones[:MOST]),
            late_items=tuple(late[:MOST]),
            truncated=cut or found.truncated or len(stones) > MOST or len(late) > MOST,
            notes=tuple(notes.said),
        )

    async def _repository(self, name: str) -> Row:
        answer = await self._read(_REPO, _parts(name), {})
        return fields.record(answer.body)

    async def _counted(self, ref: str) -> tuple[int | None, int | None]:
        """Issue by issue, without those that were closed as not planned."""
        found = await self._list(ref, _ISSUES, {"state": "all"})
        states = [
            _STATES.get(fields.text(r.get("state")), "unknown")
            for r in found.rows
            if _is_issue(r) and r.get("state_reason") != "not_planned"
        ]
        return counted(states, truncated=found.truncated)

    async def _late(
        self, ref: str, stones: Collection[Milestone], today: date
    ) -> tuple[list[Item], bool]:
        """The open issues of milestones that are past their day."""
        late = [m for m in stones if m.ref and is_late(m.due, m.state, today)]
        late.sort(key=lambda m: (m.due or today, m.ref))
        items: list[Item] = []
        cut = len(late) > LATE
        for stone in late[:LATE]:
            found = await self._list(ref, _ISSUES, {"milestone": stone.ref, "state": "open"})
            cut = cut or found.truncated
            rows = (r for r in found.rows if _is_issue(r) and _is_in(r, stone.ref))
            items += [_item(r, stone.due) for r in rows if r.get("state") == "open"]
        return items, cut

    async def _list(self, ref: str, call: Call, query: Mapping[str, str]) -> Gathered:
        """All pages, each found by the link in the one before."""
        asked: Mapping[str, str | int] = {**query, "per_page": PAGE}
        found: list[Row] = []
        for _ in range(PAGES):
            answer = await self._read(call, _parts(ref), asked)
            if not isinstance(answer.body, list):
                raise Unreadable("no list in the answer")
            found += fields.rows(answer.body)
            link = _NEXT.search(answer.headers.get("link", ""))
            if link is None:
                return Gathered(tuple(found))
            asked = dict(parse_qsl(urlsplit(link[1]).query))  # of the address only what it asks
        return Gathered(tuple(found), truncated=True)

    async def _read(
        self, call: Call, ids: Mapping[str, str], query: Mapping[str, str | int]
    ) -> Answer:
        headers = {**_HEADERS, "Authorization": f"Bearer {self._config.token}"}
        answer = await self._http.ask(call, ids, query=query, headers=headers)
        if answer.status in (403, 429) and (pause := self._pause(answer)) is not None:
            raise Busy(pause, f"HTTP {answer.status}")
        if answer.status == 401:
            raise SignInRefused("HTTP 401")
        http.refuse(answer)
        if not answer.is_json:
            raise Unreadable("no JSON in the answer")
        return answer

    def _pause(self, answer: Answer) -> timedelta | None:
        """How long to wait, where the budget of an hour is used up; None for another refusal."""
        if "retry-after" in answer.headers:
            return http.pause_of(answer)
        if answer.headers.get("x-ratelimit-remaining") != "0":
            return None if answer.status == 403 else http.pause_of(answer)
        until = fields.instant(answer.headers.get("x-ratelimit-reset"))
        left = until - self._now() if until is not None else http.PAUSE
        return min(max(left, timedelta(seconds=1)), LONGEST_PAUSE)


def _parts(name: str) -> Mapping[str, str]:
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound("no name of a repository")
    return {"owner": found[1], "repo": found[2]}


def _is_issue(row: Row) -> bool:
    return not row.get("pull_request")


def _is_in(row: Row, number: str) -> bool:
    """Whether an issue is of this milestone, whatever the filter did."""
    return fields.name(fields.record(row.get("milestone")).get("number")) == number


def _milestone(row: Row) -> Milestone:
    done = fields.whole(row.get("closed_issues"))
    left = fields.whole(row.get("open_issues"))
    total = done + left if done is not None and left is not None else None
    state = fields.text(row.get("state"))
    due = fields.moment(row.get("due_on"))
    return Milestone(
        ref=fields.name(row.get("number")),
        name=fields.text(row.get("title")),
        kind="milestone",
        due=due.astimezone(UTC).date() if due is not None else None,  # its time was set by nobody
        done=done if total else None,
        total=total or None,
        basis="items" if total else "none",
        state=_STATES.get(state, "unknown"),
        state_name=state,
        owner=None,
        url=fields.link(row.get("html_url")),
    )


def _item(row: Row, due: date | None) -> Item:
    number = fields.name(row.get("number"))
    return Item(
        ref=f"#{number}",
        title=fields.text(row.get("title")) or f"#{number}",
        state=_STATES.get(fields.text(row.get("state")), "unknown"),
        state_name=fields.text(row.get("state")),
        due=due,
        assignee=fields.text(fields.record(row.get("assignee")).get("login")) or None,
        url=fields.link(row.get("html_url")),
    )
