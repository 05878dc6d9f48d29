"""Jira, read only: the Cloud, and Data Center, which speaks an older dialect of the same.

With a wrong token some reads of the Cloud answer as for an anonymous visitor, so that sign-in is tested
by /myself alone, before anything else. A version is a milestone; of the project as a whole only issues
that were counted one by one, or by a total of the server, are counts.
"""

import asyncio
import base64
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts, State, is_late
from bot.core.words import Text, same
from bot.engine.outside import NotFound, SignInRefused, Unreadable
from bot.engine.trackers import Listing
from bot.outside import fields, http
from bot.outside.http import Call, Http, Limits
from bot.sources.gathering import Gathered, Notes, Page, Row, counted, pages

PAGE = 100  # rows
MOST = 200  # items and milestones that are kept
COUNTED = 20  # releases of Data Center that are counted, a call each
LIMITS = Limits(a_minute=300)
LABEL = same("Jira")
_KEY = re.compile(r"[A-Z][A-Z0-9_]{1,30}")
_FIELDS = ("summary", "status", "duedate", "assignee")
_MYSELF = Call("GET", "/myself")
_PROJECTS = Call("GET", "/project/search")
_OLD_PROJECTS = Call("GET", "/project")
_VERSIONS = Call("GET", "/project/{project}/version")
_OLD_VERSIONS = Call("GET", "/project/{project}/versions")
_OPEN_ISSUES = Call("GET", "/version/{version}/unresolvedIssueCount")
_SEARCH = Call("POST", "/search/jql")
_OLD_SEARCH = Call("GET", "/search")
READS = (
    _MYSELF, _PROJECTS, _OLD_PROJECTS, _VERSIONS, _OLD_VERSIONS, _OPEN_ISSUES, _SEARCH, _OLD_SEARCH,
)  # fmt: skip
_STATES: Mapping[str, State] = {"new": "planned", "indeterminate": "active", "done": "done"}
_RELEASES = Text(en="Releases", zh="版本")
_LATE = Text(en="Late items", zh="逾期事务")
_COUNT = Text(en="How much is done", zh="完成数")


@dataclass(frozen=True, slots=True)
class JiraConfig:
    """Where it is, and a token; with an `email` it is the Cloud, without Data Center."""

    base_url: str
    token: str = field(repr=False)
    zone: ZoneInfo
    email: str = ""
    private: Collection[str] = ()


class Jira:
    """One site."""

    name = "jira"
    label = LABEL

    def __init__(
        self, config: JiraConfig, now: Callable[[], datetime], *, limits: Limits = LIMITS
    ) -> None:
        self._config = config
        self._now = now
        self._site = config.base_url.strip().rstrip("/")
        self._is_cloud = bool(config.email)
        root = f"{self._site}/rest/api/{3 if self._is_cloud else 2}"
        self._http = Http(root, READS, private=config.private, limits=limits)
        self._signing = asyncio.Lock()
        self._is_signed_in = False

    async def close(self) -> None:
        """Hang up."""
        await self._http.close()

    async def projects(self) -> Listing:
        """The projects that are not archived."""
        found = await self._projects()
        listed = tuple(
            Listed(key, fields.text(row.get("name")) or key, key)
            for row in found.rows
            if _KEY.fullmatch(key := fields.text(row.get("key"))) and not row.get("archived")
        )
        return Listing(listed, truncated=found.truncated)

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one project, by its key."""
        listed = (await self.projects()).projects if _KEY.fullmatch(ref) else ()
        project = next((p for p in listed if p.ref == ref), None)
        if project is None:
            raise NotFound("no such project among those shown to this token")
        notes, at = Notes(), self._now()
        today = at.astimezone(self._config.zone).date()
        done, total = await notes.part(_COUNT, self._counted(ref), (None, None))
        whole = Milestone(
            ref, project.name, "project", done=done, total=total,
            basis="none" if total is None else "items", url=self._link(f"/browse/{ref}"),
        )  # fmt: skip
        releases = await notes.part(_RELEASES, self._releases(ref), [])
        nothing = Gathered()
        jql = f'project = "{ref}" AND duedate < "{today}" AND statusCategory != Done'
        found = await notes.part(_LATE, self._search(f"{jql} ORDER BY duedate", _FIELDS), nothing)
        items = [self._item(row) for row in found.rows if _belongs(row, ref)]
        late = [i for i in items if is_late(i.due, i.state, today)]
        late.sort(key=lambda i: (i.due is None, i.due, i.ref))
        return ProjectFacts(
            source=self.name,
            key=ref,
            name=project.name,
            url=whole.url,
            read_at=at,
            milestones=(whole, *releases[:MOST]),
            late_items=tuple(late[:MOST]),
            truncated=found.truncated or len(releases) > MOST or len(late) > MOST,
            notes=tuple(notes.said),
        )

    async def _projects(self) -> Gathered:
        if self._is_cloud:
            return await self._paged(_PROJECTS, {}, {})
        return Gathered(tuple(fields.rows(_bare(await self._read(_OLD_PROJECTS)))))

    async def _releases(self, ref: str) -> list[Milestone]:
        ids = {"project": ref}
        if self._is_cloud:
            found = await self._paged(_VERSIONS, ids, {"expand": "issuesstatus"})
            return [self._release(row, ref, _status(row)) for row in found.rows if _is_kept(row)]
        rows = [r for r in fields.rows(_bare(await self._read(_OLD_VERSIONS, ids))) if _is_kept(r)]
        releases = []
        for number, row in enumerate(rows):
            is_open = row.get("released") is not True
            counts = await self._left(row) if is_open and number < COUNTED else (None, None)
            releases.append(self._release(row, ref, counts))
        return releases

    async def _left(self, row: Row) -> tuple[int | None, int | None]:
        """Of a release in Data Center: its issues but for those that are not resolved."""
        ref = fields.name(row.get("id"))
        if not ref.isdecimal() or not ref.isascii():
            return None, None
        try:
            body = await self._read(_OPEN_ISSUES, {"version": ref})
        except (NotFound, Unreadable):
            return None, None
        counts = fields.record(body)
        left, total = fields.counts(counts.get("issuesUnresolvedCount"), counts.get("issuesCount"))
        return (None, None) if left is None or total is None else (total - left, total)

    def _release(self, row: Row, project: str, counts: tuple[int | None, int | None]) -> Milestone:
        ref = fields.name(row.get("id"))
        done, total = counts
        released = row.get("released")
        state: State = "unknown"
        if isinstance(released, bool):
            state = "done" if released else "planned"
        return Milestone(
            ref=ref,
            name=fields.text(row.get("name")),
            kind="release",
            due=fields.day(row.get("releaseDate")),
            done=done if total else None,
            total=total or None,
            basis="items" if total else "none",
            state=state,
            url=self._link(f"/projects/{project}/versions/{ref}") if ref.isdecimal() else None,
        )

    async def _counted(self, ref: str) -> tuple[int | None, int | None]:
        """Done and total: the totals of Data Center; on the Cloud, which has none, issue by issue."""
        jql = f'project = "{ref}"'
        if self._is_cloud:
            found = await self._search(jql, ("status",))
            states = [_state(row) for row in found.rows]
            return counted(states, truncated=found.truncated)
        asked: dict[str, str | int] = {"startAt": 0, "maxResults": 0, "fields": "status"}
        totals = [
            fields.record(await self._read(_OLD_SEARCH, query={**asked, "jql": one})).get("total")
            for one in (f"{jql} AND statusCategory = Done", jql)
        ]
        return fields.counts(*totals)

    async def _search(self, jql: str, wanted: Collection[str]) -> Gathered:
        token = [""]

        async def cloud(number: int) -> Page:
            body: dict[str, object] = {"jql": jql, "fields": [*wanted], "maxResults": PAGE}
            if number:
                body["nextPageToken"] = token[0]
            found = fields.record(await self._read(_SEARCH, body=body))
            after = found.get("nextPageToken")
            token[0] = after if isinstance(after, str) else ""
            return Page(_issues(found), bool(token[0]) and found.get("isLast") is not True)

        async def center(number: int) -> Page:
            start = number * PAGE
            query: dict[str, str | int] = {"jql": jql, "fields": ",".join(wanted)}
            query |= {"startAt": start, "maxResults": PAGE}
            found = fields.record(await self._read(_OLD_SEARCH, query=query))
            total = fields.whole(found.get("total"))
            rows = _issues(found)
            return Page(rows, len(rows) >= PAGE if total is None else start + len(rows) < total)

        return await pages(cloud if self._is_cloud else center)

    def _item(self, row: Row) -> Item:
        key, found = fields.text(row.get("key")), fields.record(row.get("fields"))
        return Item(
            ref=key,
            title=fields.text(found.get("summary")) or key,
            state=_state(row),
            state_name=fields.text(fields.record(found.get("status")).get("name")),
            due=fields.day(found.get("duedate")),
            assignee=fields.text(fields.record(found.get("assignee")).get("displayName")) or None,
            url=self._link(f"/browse/{key}"),
        )

    def _link(self, path: str) -> str | None:
        """An address that people open; none where the base is the gateway of tokens with scopes."""
        gateway = urlsplit(self._site).hostname == "api.atlassian.com"
        return None if gateway else f"{self._site}{path}"

    async def _paged(
        self, call: Call, ids: Mapping[str, str], query: Mapping[str, str]
    ) -> Gathered:
        async def one(number: int) -> Page:
            asked: dict[str, str | int] = {**query, "startAt": number * PAGE, "maxResults": PAGE}
            found = fields.record(await self._read(call, ids, query=asked))
            if not isinstance(found.get("values"), list):
                raise Unreadable("no list in the answer")
            rows = tuple(fields.rows(found.get("values")))
            last = found.get("isLast")
            return Page(rows, not last if isinstance(last, bool) else len(rows) >= PAGE)

        return await pages(one)

    async def _read(
        self,
        call: Call,
        ids: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        body: object = None,
    ) -> object:
        await self._sign_in()
        return await self._asked(call, ids, query, body)

    async def _sign_in(self) -> None:
        """That the token is taken, asked until it was once."""
        async with self._signing:
            if not self._is_signed_in:
                found = fields.record(await self._asked(_MYSELF, None, None, None))
                if not (found.get("accountId") or found.get("name") or found.get("key")):
                    raise SignInRefused("nobody is signed in with this token")
                self._is_signed_in = True

    async def _asked(
        self,
        call: Call,
        ids: Mapping[str, str] | None,
        query: Mapping[str, str | int] | None,
        body: object,
    ) -> object:
        headers = {"Authorization": self._authorization()}
        answer = await self._http.ask(call, ids, query=query, body=body, headers=headers)
        if answer.status == 401:
            self._is_signed_in = False
        http.refuse(answer)
        if not answer.is_json:
            raise Unreadable("no JSON in the answer")
        return answer.body

    def _authorization(self) -> str:
        token = self._config.token
        if not self._is_cloud:
            return f"Bearer {token}"
        pair = f"{self._config.email}:{token}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"


def _bare(body: object) -> object:
    """A list that stands by itself."""
    if not isinstance(body, list):
        raise Unreadable("no list in the answer")
    return body


def _issues(found: Row) -> tuple[Row, ...]:
    if not isinstance(found.get("issues"), list):
        raise Unreadable("no issues in the answer")
    return tuple(fields.rows(found.get("issues")))


def _is_kept(row: Row) -> bool:
    return row.get("archived") is not True and bool(fields.text(row.get("name")))


def _status(row: Row) -> tuple[int | None, int | None]:
    """Of a release on the Cloud: its four groups, each of which has to be a count."""
    groups = fields.record(row.get("issuesStatusForFixVersion"))
    found = [*_groups(groups)]
    if len(found) < len(_GROUPS):
        return None, None
    return found[-1], sum(found)


_GROUPS = ("unmapped", "toDo", "inProgress", "done")


def _groups(groups: Row) -> Iterator[int]:
    for name in _GROUPS:
        count = fields.whole(groups.get(name))
        if count is not None:
            yield count


def _belongs(row: Row, project: str) -> bool:
    return fields.text(row.get("key")).rpartition("-")[0] == project


def _state(row: Row) -> State:
    status = fields.record(fields.record(row.get("fields")).get("status"))
    category = fields.record(status.get("statusCategory"))
    return _STATES.get(fields.text(category.get("key")), "unknown")
