"""Zoom: an app of the account's own, a named host, and a mark by which a meeting is found again.

Sources: developers.zoom.us/docs/internal-apps/s2s-oauth and docs/api/rest/reference/zoom-api/methods
(meetingCreate, meetings, meeting, meetingUpdate, meetingDelete). The codes for a meeting that is gone
differ by call, so what is not clear is asked for once more.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.core.words import Text
from bot.engine.meetings import Guest, Link
from bot.engine.outside import Busy, NotAllowed, NotFound, Unreadable, begun
from bot.meetings.bearer import Bearer, ways_to
from bot.meetings.claims import Claims, is_same
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Form, Limits
from bot.outside.lines import Lines

PAGES = 10  # of meetings that are looked through
PAGE = 300  # meetings, the most that come at once
TOPIC = 200  # characters
MARK = 16  # characters of what a meeting is known by
_SCHEDULED = 2
_TOKEN = Call("POST", "/oauth/token")
_CREATE = Call("POST", "/users/{host}/meetings")
_LIST = Call("GET", "/users/{host}/meetings")
_ONE = Call("GET", "/meetings/{id}")
_CHANGE = Call("PATCH", "/meetings/{id}")
_CANCEL = Call("DELETE", "/meetings/{id}")
CALLS = (_CREATE, _LIST, _ONE, _CHANGE, _CANCEL)
_GONE = frozenset({"3001", "3007"})  # not there or expired, ended
_RIGHTS = frozenset({"104", "1001", "1010", "3000", "3003", "4700", "4711"})
_UNCLEAR = "300"  # a bad field, a meeting that is gone, or too many in a day
_TOO_MANY = "A maximum of"  # how the words of that begin, in the last case

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ZoomConfig:
    """A server-to-server app of an account, and whose meetings are booked."""

    base_url: str
    sign_in_url: str
    account_id: str
    client_id: str
    client_secret: str = field(repr=False)
    host: str  # the e-mail address of a user of the account


class Zoom:
    """The meetings of one host. Raises ValueError for an address that is never asked."""

    name = "zoom"
    label = Text(en="Zoom", zh="Zoom")

    def __init__(
        self, config: ZoomConfig, now: Callable[[], datetime], *, limits: Limits | None = None
    ) -> None:
        self._config = config
        ways = ways_to(config.base_url, CALLS, config.sign_in_url, _TOKEN, limits)
        self._bearer = Bearer(ways, _TOKEN, self._proof, now)
        self._claims = Claims()
        self._lines = Lines()  # between looking and booking nobody else books the like

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """Looks for the meeting with the mark of the key before it books one. Nobody is invited."""
        del people
        body = {"topic": fields.text(topic)[:TOPIC], **_times(start, minutes)}
        async with self._lines.alone(repr(body)):
            found = await self._found(body, key)
            if found is None:
                whole = {**body, "type": _SCHEDULED, "agenda": f"Candor {_mark(key)}"}
                found = fields.record(await self._called(_CREATE, self._host(), body=whole))
            self._claims.take(_id(found), key)
        with begun():
            return await self._linked(found)

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """The same meeting at another time, with the same link."""
        try:
            await self._called(_CHANGE, _ids(ref), body=_times(start, minutes))
        except Unreadable:
            await self._called(_ONE, _ids(ref))  # where it is gone, that says so
            raise
        with begun():
            return await self._linked({"id": ref})

    async def cancel(self, ref: str) -> None:
        """Take it away; one that is gone already is no error."""
        with suppress(NotFound):
            try:
                await self._called(_CANCEL, _ids(ref))
            except Unreadable:
                await self._called(_ONE, _ids(ref))
                raise

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        """It is looked for as before a booking. Raises Unreadable where what is found only looks like
        it: that may be somebody else's.
        """
        body = {"topic": fields.text(topic)[:TOPIC], **_times(start, minutes)}
        async with self._lines.alone(repr(body)):
            found = await self._found(body, key)
            if found is None:
                return False
            ref = _id(found)
            whole = fields.record(await self._called(_ONE, _ids(ref)))
            if not self._claims.is_of(ref, key) and _mark(key) not in fields.text(
                whole.get("agenda")
            ):
                raise Unreadable("a meeting that looks like it, without its number")
            await self.cancel(ref)
        return True

    async def seen(self) -> str:
        """What it can see, for the operator; nothing is created."""
        query: dict[str, str | int] = {"type": "upcoming", "page_size": PAGE}
        rows, more = _page(await self._called(_LIST, self._host(), query=query))
        count = f"at least {len(rows)}" if more else str(len(rows))
        return f"can see the meetings of {self._config.host}: {count} to come"

    async def close(self) -> None:
        """Hang up."""
        await self._bearer.close()

    async def _found(self, wanted: Mapping[str, object], key: str) -> Row | None:
        """The meeting that an earlier asking with this key made, if any. Raises Unreadable where a
        row cannot be told from it.
        """
        query: dict[str, str | int] = {"type": "upcoming", "page_size": PAGE}
        for _ in range(PAGES):
            rows, more = _page(await self._called(_LIST, self._host(), query=query))
            for row in rows:
                if _is_of(row, wanted, key) and self._claims.may_be(_id(row), key):
                    return row
            if not more:
                return None
            query["next_page_token"] = more
        raise Unreadable("more meetings than can be looked through")

    async def _linked(self, row: Row) -> Link:
        """With the link, which not every answer holds; what opens the meeting as its host is dropped."""
        ref = _id(row)
        if not fields.address(row.get("join_url")):
            row = fields.record(await self._called(_ONE, {"id": ref}))
        url = fields.address(row.get("join_url"))
        if not url:
            raise Unreadable("no join_url in the answer")
        return Link(url, ref, code=ref)

    def _host(self) -> Mapping[str, str]:
        return {"host": self._config.host}

    async def _called(
        self,
        call: Call,
        ids: Mapping[str, str],
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> object:
        answer = await self._bearer.asked(call, ids, query=query, body=body)
        _refuse(answer)
        if not answer.is_json and answer.status != 204:
            raise Unreadable("no JSON in the answer")
        return answer.body

    def _proof(self) -> tuple[Form, Mapping[str, str]]:
        form = {"grant_type": "account_credentials", "account_id": self._config.account_id}
        pair = f"{self._config.client_id}:{self._config.client_secret}".encode()
        return Form(form), {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _refuse(answer: Answer) -> None:
    """Raise what the vendor's code says, before what the status does."""
    if answer.status < 400:
        return
    code = http.code_of(answer.body)
    detail = f"HTTP {answer.status}, code {code}"
    if code in _GONE:
        raise NotFound(detail)
    if code in _RIGHTS:
        raise NotAllowed(detail)
    said = fields.text(fields.record(answer.body).get("message"))
    if code == _UNCLEAR and _TOO_MANY in said:
        raise Busy(http.pause_of(answer), detail)
    if code == _UNCLEAR:
        raise Unreadable(detail)
    http.refuse(answer)


def _is_of(row: Row, wanted: Mapping[str, object], key: str) -> bool:
    """Whether a row is the meeting of a key: by its mark, or where none is listed, by all it says."""
    agenda = row.get("agenda")
    if isinstance(agenda, str) and agenda:
        return _mark(key) in agenda
    if row.get("type") not in (None, _SCHEDULED):
        return False
    at = fields.moment(row.get("start_time"))
    said = {
        "topic": fields.text(row.get("topic")),
        "start_time": _written(at) if at is not None else "",
        "duration": fields.name(row.get("duration")),
    }
    return is_same(said, {name: str(wanted[name]) for name in said})


def _page(body: object) -> tuple[list[Row], str]:
    """The meetings of a page, and what the next one is asked for with; empty after the last."""
    found = fields.record(body)
    if not isinstance(found.get("meetings"), list):
        raise Unreadable("no list in the answer")
    return list(fields.rows(found["meetings"])), fields.text(found.get("next_page_token"))


def _times(start: datetime, minutes: int) -> dict[str, object]:
    zone = getattr(start.tzinfo, "key", "") or "UTC"
    return {"start_time": _written(start), "duration": minutes, "timezone": zone}


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:MARK]


def _id(row: Row) -> str:
    ref = fields.name(row.get("id"))
    if not ref.isdecimal():
        raise Unreadable("no id in the answer")
    return ref


def _ids(ref: str) -> Mapping[str, str]:
    if not ref.isdecimal() or not ref.isascii():
        raise NotFound("no such id")
    return {"id": ref}
