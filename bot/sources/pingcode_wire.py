"""PingCode on the wire: its dialects of paths, its key, its codes of errors, its pages."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engine.outside import Busy, NotFound, SignInRefused, Unreachable, Unreadable
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Http, Limits
from bot.outside.token import Fetched, Key, Token
from bot.sources.gathering import Page

PAGE = 100  # rows, the most that are given
LIMITS = Limits(a_minute=180)  # of 200, so that others who use the key have some
TEAM = Call("GET", "/v1/directory/team")
_TOKEN = Call("GET", "/v1/auth/token")
_DURATION = 10**9  # above this, expires_in is an instant
_HOUR = timedelta(hours=1)  # that a key lives where nobody says how long


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one vintage of the API calls its paths."""

    projects: Call
    items: Call
    releases: Call
    sprints: Call
    progress: Call
    types: Call
    search: Call | None
    by_project: str  # the filter that names a project


def _dialect(root: str, items: str, by: str, *, searched: bool) -> Dialect:
    one = f"{root}/projects/{{project}}"
    return Dialect(
        projects=Call("GET", f"{root}/projects"),
        items=Call("GET", f"{root}/{items}"),
        releases=Call("GET", f"{one}/versions"),
        sprints=Call("GET", f"{one}/sprints"),
        progress=Call("GET", f"{one}/progress"),
        types=Call("GET", f"{root}/{items.removesuffix('s')}/types"),
        search=Call("POST", f"{root}/{items}/search") if searched else None,
        by_project=by,
    )


DIALECTS = (
    _dialect("/v1/pjm", "work_items", "project_id", searched=True),
    _dialect("/v1/pjm", "workitems", "project_id", searched=True),
    _dialect("/v1/project", "work_items", "project_ids", searched=False),
)


class Wire:
    """The way to one team, with a key that is fetched when it is needed."""

    def __init__(self, http_: Http, key: Key, now: Callable[[], datetime]) -> None:
        self._http = http_
        self._key = key
        self._now = now
        self._token = Token(self._fetch, now)

    async def close(self) -> None:
        """Hang up."""
        await self._http.close()

    async def read(
        self,
        call: Call,
        ids: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        body: object = None,
    ) -> object:
        """The body of an answer. A key that is refused is fetched anew, and the read done again, once."""

        async def ask(key: str) -> Answer:
            headers = {"Authorization": f"Bearer {key}"}
            return await self._http.ask(call, ids, query=query, body=body, headers=headers)

        return _good(await self._token.used(ask, is_over=lambda answer: answer.status == 401))

    async def _fetch(self) -> Fetched:
        secrets = {
            "grant_type": "client_credentials",
            "client_id": self._key.client_id,
            "client_secret": self._key.client_secret,
        }
        answer = await self._http.ask(_TOKEN, query=secrets)
        if http.code_of(answer.body) == "100024" or answer.status == 403:
            raise SignInRefused(f"HTTP {answer.status}, code {http.code_of(answer.body)}")
        body = fields.record(_good(answer))
        key = body.get("access_token")
        if not isinstance(key, str) or not key.isascii() or not key.isprintable() or not key:
            raise Unreadable("no access_token in the answer")
        return Fetched(key, _life(body.get("expires_in"), self._now()))


def reads() -> Collection[Call]:
    """Every call that is ever made, and no other."""
    calls = {_TOKEN, TEAM}
    for d in DIALECTS:
        calls |= {d.projects, d.items, d.releases, d.sprints, d.progress, d.types}
        calls |= {d.search} if d.search is not None else set()
    return calls


def _life(given: object, now: datetime) -> timedelta:
    """How long a key lives: on the cloud the number is an instant, though its name says otherwise."""
    at = fields.instant(given)
    if at is None:
        return _HOUR
    seconds = at.timestamp()
    return timedelta(seconds=seconds) if seconds <= _DURATION else at - now


def _good(answer: Answer) -> object:
    """The body; raises what the vendor's code says, whatever the status."""
    code = http.code_of(answer.body)
    detail = f"HTTP {answer.status}, code {code}"
    if answer.status >= 400 and code in ("100002", "100317"):
        raise NotFound(detail)
    if answer.status >= 400 and code == "100038":
        raise Busy(http.pause_of(answer), detail)
    if answer.status >= 400 and code == "100000":
        raise Unreachable(detail)
    http.refuse(answer)
    if not answer.is_json:
        raise Unreadable("no JSON in the answer")
    return answer.body


def page(body: object, number: int) -> Page:
    """One page; its own account of how many there are decides whether there is a next one."""
    found = fields.record(body)
    if not isinstance(found.get("values"), list):
        raise Unreadable("no list in the answer")
    rows = tuple(fields.rows(found.get("values")))
    total = fields.whole(found.get("total"))
    more = len(rows) >= PAGE if total is None else (number + 1) * PAGE < total
    return Page(rows, more, total)
