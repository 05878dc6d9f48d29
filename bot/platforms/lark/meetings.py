"""Meetings of Lark and Feishu: an entry of the bot's calendar with its video meeting, or a number alone.

Sources: calendar-v4/calendar-event/{create,get,patch,delete}, calendar-event-attendee/create and
vc-v1/reserve/{apply,update,delete} on open.feishu.cn. Which code says that an entry is gone is not
confirmed, so each that can mean it is taken to.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.core.words import Text
from bot.engine.meetings import Guest, Link
from bot.engine.outside import (
    Busy,
    NotAllowed,
    NotFound,
    OutsideError,
    SignInRefused,
    Unreachable,
    Unreadable,
)
from bot.outside import fields
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import DISABLED, RATES, TOKENS, ApiError, Cut
from bot.platforms.lark.console import Wanted

AHEAD = timedelta(days=30)  # until when a number can be reserved
PAUSE = timedelta(minutes=1)  # where the platform asks for one and does not say how long
SOON = timedelta(seconds=5)  # until a link that was not ready is asked for again
LOOKS = (0.0, 0.5, 1.5)  # seconds before each look at an entry whose link is not ready
REMEMBERED = 1_000  # numbers, by the key that they were reserved for
_PRIMARY = "/open-apis/calendar/v4/calendars/primary"
_EVENTS = "/open-apis/calendar/v4/calendars/{calendar}/events"
_RESERVES = "/open-apis/vc/v1/reserves"
_OPEN_ID = {"user_id_type": "open_id"}
_SIGN_IN = frozenset({10003, 10014, DISABLED, *TOKENS})
_RIGHTS = frozenset({99991672, 121005, 191002, 191004, 193002})
_BUSY = frozenset({*RATES, 190004, 190005, 190010})
_GONE = frozenset({121004, 122002, 193000, 193001, 193003, 195100})

Answered = Mapping[str, Any]
Wait = Callable[[float], Awaitable[None]]


def booked_with(
    api: Api, wanted: Wanted, now: Callable[[], datetime], *, owner: str = ""
) -> "tuple[EventMeetings | Reserves, ...]":
    """The ways to book that are switched on; usable while the `Api` is open."""
    events = (EventMeetings(api),) if wanted.meetings else ()
    return (*events, *((Reserves(api, now, owner=owner),) if wanted.reserves else ()))


class EventMeetings:
    """Entries of the bot's own calendar; whoever is asked finds them in theirs."""

    name = "lark_event"
    label = Text(en="Lark calendar", zh="飞书日程")

    def __init__(self, api: Api, *, wait: Wait = asyncio.sleep) -> None:
        self._api = api
        self._wait = wait
        self._calendar = ""
        self._lock = asyncio.Lock()  # so that nobody is asked twice by two at once

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """The platform knows the key, so that asking again gives the same entry; whoever it
        already asked is not asked twice.
        """
        events = await self._events()
        body = {
            "summary": topic,
            **_times(start, minutes),
            "need_notification": True,
            "vchat": {"vc_type": "vc"},
            "attendee_ability": "can_see_others",
        }
        query = {"idempotency_key": _uuid(key), **_OPEN_ID}
        async with self._lock:
            event = _part(await _called(self._api, "POST", events, body, query), "event")
            ref = _id(fields.name(event.get("event_id")))
            await self._ask(f"{events}/{ref}", people)
        return await self._linked(ref, event)

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """The platform tells those who were asked."""
        path = f"{await self._events()}/{_id(ref)}"
        body = {**_times(start, minutes), "need_notification": True}
        found = await _called(self._api, "PATCH", path, body, _OPEN_ID)
        return await self._linked(ref, _part(found, "event"))

    async def cancel(self, ref: str) -> None:
        events, query = await self._events(), {"need_notification": "true"}
        with suppress(NotFound):
            await _called(self._api, "DELETE", f"{events}/{_id(ref)}", None, query)

    async def seen(self) -> str:
        """What it can see, for the operator; nothing is created."""
        body = await _called(self._api, "POST", _PRIMARY, None, _OPEN_ID)
        name = fields.text(_calendar(body).get("summary"))
        return "can open the bot's calendar" + (f" ({name})" if name else "")

    async def close(self) -> None:
        """The line belongs to the platform."""

    async def _events(self) -> str:
        if not self._calendar:
            found = _calendar(await _called(self._api, "POST", _PRIMARY, None, _OPEN_ID))
            self._calendar = _id(fields.name(found.get("calendar_id")))
        return _EVENTS.format(calendar=self._calendar)

    async def _ask(self, path: str, people: Sequence[Guest]) -> None:
        """Ask everybody who is not asked yet; the platform sends the invitations."""
        rows = (_attendee(guest) for guest in people if guest.person or guest.email)
        wanted = {_who(row): row for row in rows}
        if not wanted:
            return
        query = {"need_attendee": "true", "max_attendee_num": "100", **_OPEN_ID}
        event = _part(await _called(self._api, "GET", path, None, query), "event")
        there = {_who(row) for row in fields.rows(event.get("attendees"))}
        missing = [row for who, row in wanted.items() if who not in there]
        if missing:
            body = {"attendees": missing, "need_notification": True}
            await _called(self._api, "POST", f"{path}/attendees", body, _OPEN_ID)

    async def _linked(self, ref: str, event: Answered) -> Link:
        """With its address, which may come a moment after the entry."""
        path = f"{await self._events()}/{ref}"
        for pause in LOOKS:
            if url := fields.address(_part(event, "vchat", missing_ok=True).get("meeting_url")):
                return Link(url, ref)
            await self._wait(pause)
            event = _part(await _called(self._api, "GET", path, None, _OPEN_ID), "event")
        if url := fields.address(_part(event, "vchat", missing_ok=True).get("meeting_url")):
            return Link(url, ref)
        raise Busy(SOON, "the link of the entry is not ready")


class Reserves:
    """Numbers of video meetings, without an entry in a calendar.

    The platform takes no key and lists no reserves: within one process a key has one number, and
    where an answer was cut off, the number that nobody heard of is freed at its end.
    """

    name = "lark_reserve"
    label = Text(en="Lark video meeting", zh="飞书视频会议")

    def __init__(self, api: Api, now: Callable[[], datetime], *, owner: str = "") -> None:
        """`owner`: the open_id that a meeting belongs to where nobody of the tenant is asked."""
        self._api = api
        self._now = now
        self._owner = owner
        self._made: dict[str, Link] = {}
        self._lock = asyncio.Lock()

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """Belongs to the first of the people who is of the tenant; nobody is told of it."""
        owner = next((guest.person for guest in people if guest.person), self._owner)
        if not owner:
            raise NotAllowed("nobody of the tenant to whom the meeting could belong")
        body = {
            "end_time": self._end(start, minutes),
            "owner_id": owner,
            "meeting_settings": {"topic": topic},
        }
        async with self._lock:
            if key in self._made:
                return self._made[key]
            found = await _called(self._api, "POST", f"{_RESERVES}/apply", body, _OPEN_ID)
            link = _number(_part(found, "reserve"))
            if len(self._made) >= REMEMBERED:
                self._made.pop(next(iter(self._made)))
            self._made[key] = link
            return link

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        body = {"end_time": self._end(start, minutes)}
        path = f"{_RESERVES}/{_id(ref)}"
        found = await _called(self._api, "PUT", path, body, _OPEN_ID)
        if not fields.record(found.get("reserve")).get("url"):  # not every answer holds it whole
            found = await _called(self._api, "GET", path, None, _OPEN_ID)
        return _number(_part(found, "reserve"))

    async def cancel(self, ref: str) -> None:
        with suppress(NotFound):
            await _called(self._api, "DELETE", f"{_RESERVES}/{_id(ref)}", None, {})

    async def seen(self) -> str:
        """The same; a number that is none is asked for."""
        with suppress(NotFound):
            await _called(self._api, "GET", f"{_RESERVES}/1", None, _OPEN_ID)
        return "may reserve video meetings"

    async def close(self) -> None:
        """The line belongs to the platform."""

    def _end(self, start: datetime, minutes: int) -> str:
        end = start + timedelta(minutes=minutes)
        if end > self._now() + AHEAD:
            raise NotAllowed(f"it ends more than {AHEAD.days} days ahead")
        return _seconds(end)


async def _called(
    api: Api, method: str, path: str, body: Answered | None, query: Mapping[str, str]
) -> Answered:
    """The data of the answer. Raises one of the closed errors."""
    try:
        return await api.call(method, path, body, query=query)
    except Cut as error:
        raise Unreachable(str(error)) from None
    except ApiError as error:
        raise _class_of(error) from None


def _class_of(error: ApiError) -> OutsideError:
    detail = f"HTTP {error.status}, code {error.code}"
    if error.code in _SIGN_IN:
        return SignInRefused(detail)
    if error.code in _BUSY or error.status == 429:
        return Busy(error.reset or PAUSE, detail)
    if error.code in _RIGHTS:
        return NotAllowed(detail)
    if error.code in _GONE or error.status in (404, 410):
        return NotFound(detail)
    if error.status in (401, 403):
        return NotAllowed(detail)
    return Unreachable(detail) if error.status >= 500 else Unreadable(detail)


def _part(found: Answered, name: str, *, missing_ok: bool = False) -> Answered:
    part = found.get(name)
    if isinstance(part, dict):
        return part
    if missing_ok:
        return {}
    raise Unreadable(f"no {name} in the answer")


def _calendar(found: Answered) -> Answered:
    """The first of the calendars, each of which stands in a record of its own."""
    for row in fields.rows(found.get("calendars")):
        return fields.record(row.get("calendar"))
    raise Unreadable("no calendar in the answer")


def _number(reserve: Answered) -> Link:
    ref, url = fields.name(reserve.get("id")), fields.address(reserve.get("url"))
    if not ref or not url:
        raise Unreadable("no id or no url in the answer")
    return Link(url, ref, code=fields.name(reserve.get("meeting_no")))


def _attendee(guest: Guest) -> Answered:
    if guest.person:
        return {"type": "user", "user_id": guest.person}
    return {"type": "third_party", "third_party_email": guest.email}


def _who(row: Answered) -> str:
    return fields.text(row.get("user_id")) or fields.text(row.get("third_party_email")).lower()


def _times(start: datetime, minutes: int) -> Answered:
    end = start + timedelta(minutes=minutes)
    zone = getattr(start.tzinfo, "key", "") or "UTC"
    times = {"start_time": start, "end_time": end}
    return {name: {"timestamp": _seconds(at), "timezone": zone} for name, at in times.items()}


def _seconds(at: datetime) -> str:
    """Unix seconds, which the platform takes as a text alone."""
    return str(int(at.astimezone(UTC).timestamp()))


def _id(ref: str) -> str:
    """An id that cannot leave its place in a path. Raises NotFound for anything else."""
    if not ref or len(ref) > 200 or not ref.isascii() or set(ref) & set("/?#%\\ ") or ".." in ref:
        raise NotFound("no such id")
    return ref


def _uuid(key: str) -> str:
    return str(UUID(bytes=hashlib.sha256(key.encode()).digest()[:16]))
