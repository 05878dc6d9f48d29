"""Tencent Meeting (腾讯会议): each call signed, times as texts of seconds, and no key of ours taken.

A meeting is known again by the number behind its place (会议地点), which the product gives back.
Sources: cloud.tencent.com/document/product/1095, pages 42413 (signature), 42417 (create), 42418 (one),
42421 (those of a person), and its list of codes. Whether a list holds links and places, and what a
change must name, is read tolerantly.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.words import Text
from bot.engine.meetings import Guest, Link
from bot.engine.outside import Busy, NotAllowed, NotFound, SignInRefused, Unreadable, begun
from bot.meetings.claims import Claims, is_same
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Exact, Http, Limits
from bot.outside.lines import Lines

PAGES = 20  # of meetings that are looked through
PAGE = 20  # meetings, the most that come at once
TOPIC = 80  # characters of a subject
MARK = 10  # characters of the number that stands for a key
_PLACE = "线上 Online"  # with the number, within the 36 letters that a place may have
_COMPUTER = 1  # instanceid: which kind of device asks
_BOOKED_FOR_LATER = 0
_CREATE = Call("POST", "/v1/meetings")
_LIST = Call("GET", "/v1/meetings")
_ONE = Call("GET", "/v1/meetings/{id}")
_CHANGE = Call("PUT", "/v1/meetings/{id}")
_CANCEL = Call("POST", "/v1/meetings/{id}/cancel")
CALLS = (_CREATE, _LIST, _ONE, _CHANGE, _CANCEL)
_GONE = frozenset({"9002", "9003"})
_BUSY = frozenset({"9008", "9061", "9098"})
_RIGHTS = frozenset({"9042", "9093", "9099", "9100", "9101", "9102", "20001", "20003"})
_SIGNATURE = "2000"  # how the codes begin that turn a signature, an app or a clock away

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TencentConfig:
    """An app of an enterprise, and whose meetings are booked."""

    base_url: str
    app_id: str
    secret_id: str
    secret_key: str = field(repr=False)
    host: str  # userid within the enterprise
    sdk_id: str = ""


class Tencent:
    """The meetings of one host. Raises ValueError for an address that is never asked."""

    name = "tencent"
    label = Text(en="Tencent Meeting", zh="腾讯会议")

    def __init__(
        self, config: TencentConfig, now: Callable[[], datetime], *, limits: Limits | None = None
    ) -> None:
        self._config = config
        self._now = now
        self._http = Http(config.base_url, CALLS, limits=limits, may_change=True)
        self._claims = Claims()
        self._lines = Lines()  # between looking and booking nobody else books the like

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """Looks for the meeting with the number of the key before it books one. Nobody is invited:
        the product invites by accounts of its own alone.
        """
        del people
        body = {"subject": fields.text(topic)[:TOPIC], **_times(start, minutes)}
        async with self._lines.alone(repr(body)):
            found = await self._found(body, key)
            if found is None:
                whole = {
                    **self._who(),
                    "type": _BOOKED_FOR_LATER,
                    **body,
                    "location": f"{_PLACE} {_mark(key)}",
                }
                found = _first(await self._called(_CREATE, body=whole))
            self._claims.take(_id(found), key)
        with begun():
            return await self._linked(found)

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """The same meeting at another time, under the same subject and the same link."""
        row = _first(await self._called(_ONE, _ids(ref), query=self._who()))
        stays = {name: said for name in ("subject", "location") if (said := _said(row, name))}
        body = {**self._who(), **stays, **_times(start, minutes)}
        await self._called(_CHANGE, _ids(ref), body=body)
        with begun():
            return await self._linked(row)

    async def cancel(self, ref: str) -> None:
        """Take it away; one that is gone already is no error."""
        with suppress(NotFound):
            await self._called(_CANCEL, _ids(ref), body={**self._who(), "reason_code": 1})

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        """It is looked for as before a booking. Raises Unreadable where what is found only looks like
        it: that may be somebody else's.
        """
        body = {"subject": fields.text(topic)[:TOPIC], **_times(start, minutes)}
        async with self._lines.alone(repr(body)):
            found = await self._found(body, key)
            if found is None:
                return False
            ref = _id(found)
            whole = _first(await self._called(_ONE, _ids(ref), query=self._who()))
            if not self._claims.is_of(ref, key) and _mark(key) not in _said(whole, "location"):
                raise Unreadable("a meeting that looks like it, without its number")
            await self.cancel(ref)
        return True

    async def seen(self) -> str:
        """What it can see, for the operator; nothing is created."""
        rows, more = _page(await self._called(_LIST, query=self._who()))
        count = f"at least {len(rows)}" if more else str(len(rows))
        return f"can see the meetings of {self._config.host}: {count} to come"

    async def close(self) -> None:
        """Hang up."""
        await self._http.close()

    async def _found(self, wanted: Mapping[str, str], key: str) -> Row | None:
        """The meeting that an earlier asking with this key made, if any. Raises Unreadable where a
        row cannot be told from it, so that nothing is booked twice.
        """
        start, at = int(wanted["start_time"]), {"pos": wanted["start_time"]}
        for _ in range(PAGES):
            rows, more = _page(await self._called(_LIST, query={**self._who(), **at}))
            for row in rows:
                if await self._is_of(row, wanted, key):
                    return row
            last = max((int(_said(row, "start_time") or start) for row in rows), default=start)
            if not more or last > start:
                return None
            if more == at:
                break
            at = more
        raise Unreadable("more meetings at that hour than can be looked through")

    async def _is_of(self, row: Row, wanted: Mapping[str, str], key: str) -> bool:
        """Whether a row is the meeting of a key: by its place, or where the product tells none, by
        all it says and by what this process knows.
        """
        if place := _said(row, "location"):
            return _mark(key) in place
        said = {name: _said(row, name) for name in wanted}
        if not is_same(said, wanted) or not self._claims.may_be(_id(row), key):
            return False
        whole = _first(await self._called(_ONE, {"id": _id(row)}, query=self._who()))
        place = _said(whole, "location")
        return not place or _mark(key) in place

    async def _linked(self, row: Row) -> Link:
        """With the link, which not every answer holds."""
        ref = _id(row)
        if not fields.address(row.get("join_url")):
            row = _first(await self._called(_ONE, {"id": ref}, query=self._who()))
        url = fields.address(row.get("join_url"))
        if not url:
            raise Unreadable("no join_url in the answer")
        return Link(url, ref, code=fields.name(row.get("meeting_code")))

    def _who(self) -> dict[str, str | int]:
        return {"userid": self._config.host, "instanceid": _COMPUTER}

    async def _called(
        self,
        call: Call,
        ids: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> object:
        """The body of a good answer. The very bytes that are signed are sent."""
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        target = self._http.target(call, ids, query)
        headers = self._signed(f"{call.method}\n{{}}\n{target}\n", data)
        sent = Exact(data) if data else None
        answer = await self._http.ask(call, ids, query=query, body=sent, headers=headers)
        _refuse(answer)
        return answer.body

    def _signed(self, text: str, data: bytes) -> dict[str, str]:
        nonce = str(secrets.randbelow(10**15) + 1)
        stamp = str(int(self._now().timestamp()))
        keys = f"X-TC-Key={self._config.secret_id}&X-TC-Nonce={nonce}&X-TC-Timestamp={stamp}"
        headers = {
            "Content-Type": "application/json",
            "X-TC-Key": self._config.secret_id,
            "X-TC-Timestamp": stamp,
            "X-TC-Nonce": nonce,
            "X-TC-Signature": signature(self._config.secret_key, text.format(keys), data),
            "X-TC-Registered": "1",
            "AppId": self._config.app_id,
        }
        return {**headers, "SdkId": self._config.sdk_id} if self._config.sdk_id else headers


def signature(secret_key: str, text: str, data: bytes) -> str:
    """Method, keys and path, a line each, then the body: HMAC-SHA256 in hex, and that in Base64."""
    hexed = hmac.new(secret_key.encode(), text.encode() + data, hashlib.sha256).hexdigest()
    return base64.b64encode(hexed.encode()).decode()


def _refuse(answer: Answer) -> None:
    """Raise what the vendor's code says, before what the status does: it answers 500 to most."""
    code = http.code_of(answer.body)
    detail = f"HTTP {answer.status}, code {code}"
    if answer.status < 400 and not code:
        return
    if len(code) == 6 and code.startswith(_SIGNATURE):
        raise SignInRefused(detail)
    if code in _GONE:
        raise NotFound(detail)
    if code in _BUSY:
        raise Busy(http.pause_of(answer), detail)
    if code in _RIGHTS:
        raise NotAllowed(detail)
    http.refuse(answer)
    raise Unreadable(detail)


def _times(start: datetime, minutes: int) -> dict[str, str]:
    end = start + timedelta(minutes=minutes)
    return {"start_time": str(int(start.timestamp())), "end_time": str(int(end.timestamp()))}


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:MARK]


def _page(body: object) -> tuple[list[Row], dict[str, str]]:
    """The meetings of a page, and where the next one begins; empty where this is the last. By `pos`
    alone a second page may not be found, says the vendor: what it gives along is given back.
    """
    found = fields.record(body)
    given = found.get("meeting_info_list")
    if not isinstance(given, list) and fields.whole(found.get("meeting_number")) != 0:
        raise Unreadable("no list in the answer")
    rows = list(fields.rows(given))
    remaining = fields.whole(found.get("remaining"))
    is_last = remaining == 0 or (remaining is None and len(rows) < PAGE)
    after = fields.whole_text(found.get("next_pos"))
    if not is_last and not after:
        raise Unreadable("no next_pos in the answer")
    given_along = fields.whole_text(found.get("next_cursory"))
    more = {"pos": after} | ({"cursory": given_along} if given_along not in ("", "0") else {})
    return rows, {} if is_last else more


def _first(body: object) -> Row:
    for row in fields.rows(fields.record(body).get("meeting_info_list")):
        return row
    raise Unreadable("no meeting in the answer")


def _said(row: Row, name: str) -> str:
    """A subject, a place or a time of a row; empty where there is none."""
    found = row.get(name)
    return fields.whole_text(found) if name.endswith("_time") else fields.text(found)


def _id(row: Row) -> str:
    ref = fields.name(row.get("meeting_id"))
    if not ref.isdecimal():
        raise Unreadable("no meeting_id in the answer")
    return ref


def _ids(ref: str) -> Mapping[str, str]:
    if not ref.isdecimal() or not ref.isascii():
        raise NotFound("no such id")
    return {"id": ref}
