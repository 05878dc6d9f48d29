"""Worktile on the wire: its calls, its key, its refusals, and where rows stand in an answer."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from bot.engine.outside import SignInRefused, Unreadable
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Http, Limits
from bot.outside.token import Fetched, Key, Token
from bot.sources.gathering import Row

LIMITS = Limits(in_flight=2)  # three at once went well, eight did not
_DEAD = ("1102", "1103")  # of a key that is malformed or over
_HOUR = timedelta(hours=1)  # that a key lives where nobody says how long
_TOKEN = Call("POST", "/tenant-access-token")
PROJECTS = Call("GET", "/mission/get-projects-by-page")
PROJECT = Call("GET", "/mission/get-project-info")
TASKS = Call("GET", "/mission/projects/{project}/tasks")
OLD_TASKS = Call("GET", "/mission/get-project-tasks-by-page")
CHOSEN = Call("GET", "/mission/get-tasks-by-ids")
PEOPLE = Call("GET", "/contact/get-members-by-ids")
READS = (_TOKEN, PROJECTS, PROJECT, TASKS, OLD_TASKS, CHOSEN, PEOPLE)


class Wire:
    """The way to one team, with a key that is fetched when it is needed."""

    def __init__(self, http_: Http, key: Key, now: Callable[[], datetime]) -> None:
        self._http = http_
        self._key = key
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
    ) -> object:
        """The body of an answer. A key that is over is fetched anew, and the read done again, once.

        The key goes in the query, where the vendor marks it as required, and as Bearer beside it.
        """

        async def ask(key: str) -> Answer:
            headers = {"Authorization": f"Bearer {key}"}
            asked = {**(query or {}), "access_token": key}
            return await self._http.ask(call, ids, query=asked, headers=headers)

        answer = await self._token.used(ask, is_over=_is_over)
        if _is_over(answer):
            raise SignInRefused("a fresh key is refused, too")
        return _good(answer)

    async def _fetch(self) -> Fetched:
        body = {"client_id": self._key.client_id, "client_secret": self._key.client_secret}
        answer = await self._http.ask(_TOKEN, body=body)
        if _refused(answer) or answer.status in (400, 401, 403):
            raise SignInRefused(f"HTTP {answer.status}, code {http.code_of(answer.body)}")
        found = fields.record(_good(answer))
        key = found.get("tenant_access_token") or found.get("access_token")
        if not isinstance(key, str) or not key.isascii() or not key.isprintable():
            raise Unreadable("no tenant_access_token in the answer")
        life = fields.whole(found.get("expires_in"))
        return Fetched(key, timedelta(seconds=life) if life else _HOUR)


def _is_over(answer: Answer) -> bool:
    """Whether it says that the key is."""
    return answer.status == 401 or (_refused(answer) and http.code_of(answer.body) in _DEAD)


def _refused(answer: Answer) -> bool:
    return fields.record(answer.body).get("ok") is False


def _good(answer: Answer) -> object:
    """The body; raises what the status or the vendor's code says."""
    http.refuse(answer)
    if not answer.is_json:
        raise Unreadable("no JSON in the answer")
    if _refused(answer):
        raise Unreadable(f"refused with code {http.code_of(answer.body)}")
    return answer.body


def rows(body: object) -> list[Row]:
    """The rows of a list: bare, or under one of the names that were seen."""
    if isinstance(body, list):
        return list(fields.rows(body))
    found = fields.record(body)
    for name in ("value", "items", "data"):
        inner = found.get(name)
        if isinstance(inner, list):
            return list(fields.rows(inner))
        if isinstance(inner, dict):
            return rows(inner)
    raise Unreadable("no list in the answer")


def beside(body: object, name: str) -> Row:
    """What stands beside the rows."""
    found = fields.record(body)
    return fields.record(found.get(name)) or fields.record(
        fields.record(found.get("data")).get(name)
    )


def said(body: object, name: str) -> object:
    """A word about the list, on it or in its `meta`."""
    found = fields.record(body)
    told = found.get(name)
    return told if told is not None else beside(body, "meta").get(name)


def named(people: Iterable[Row]) -> dict[str, str]:
    """What people are called, by their ids."""
    return {
        uid: called
        for row in people
        if (uid := fields.name(row.get("uid")) or fields.name(row.get("_id")))
        and (called := fields.text(row.get("display_name")) or fields.text(row.get("name")))
    }
