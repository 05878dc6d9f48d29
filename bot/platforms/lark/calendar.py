"""The bot's own calendar in Lark and Feishu: entries made, changed and taken out; whoever is asked finds them in theirs.

Sources: calendar-v4/calendar-event/{create,get,patch,delete} and calendar-event-attendee/create on
open.feishu.cn. Which code says that an entry is gone is not confirmed, so each that can mean it is
taken to.
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.engine.meetings import Guest
from bot.engine.outside import (
    Busy,
    NotAllowed,
    NotFound,
    OutsideError,
    SignInRefused,
    Unreachable,
    Unreadable,
    begun,
)
from bot.outside import fields
from bot.outside.lines import Lines
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import DISABLED, RATES, TOKENS, ApiError, Cut

PAUSE = timedelta(minutes=1)  # where the platform asks for one and does not say how long
OPEN_ID = {"user_id_type": "open_id"}
_PRIMARY = "/open-apis/calendar/v4/calendars/primary"
_EVENTS = "/open-apis/calendar/v4/calendars/{calendar}/events"
_SIGN_IN = frozenset({10003, 10014, DISABLED, *TOKENS})
_RIGHTS = frozenset({99991672, 121005, 191002, 191004, 193002})
_BUSY = frozenset({*RATES, 190004, 190005, 190010})
_GONE = frozenset({121004, 122002, 193000, 193001, 193003, 195100})

Answered = Mapping[str, Any]


class Calendar:
    """Each call raises a class of OutsideError."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._path = ""
        self._lines = Lines()  # so that nobody is asked twice by two at once

    async def enter(
        self, body: Answered, people: Sequence[Guest], key: str, *, told: bool
    ) -> tuple[str, Answered]:
        """A new entry with these people: its id, and what the platform says of it.

        The platform knows the key, so that asking again gives the same entry; whoever it already
        asked is not asked twice. With `told`, it sends them invitations.
        """
        events = await self._events()
        query = {"idempotency_key": _uuid(key), **OPEN_ID}
        async with self._lines.alone(key):
            body = {**body, "need_notification": told}
            event = part(await called(self._api, "POST", events, body, query), "event")
            ref = checked(fields.name(event.get("event_id")))
            with begun():
                await self._ask(f"{events}/{ref}", people, told=told)
        return ref, event

    async def read(self, ref: str) -> Answered:
        """The entry as it stands."""
        path = f"{await self._events()}/{checked(ref)}"
        return part(await called(self._api, "GET", path, None, OPEN_ID), "event")

    async def change(self, ref: str, body: Answered, *, told: bool) -> Answered:
        """The entry with other words or times; with `told`, the platform tells those who were asked."""
        path = f"{await self._events()}/{checked(ref)}"
        body = {**body, "need_notification": told}
        return part(await called(self._api, "PATCH", path, body, OPEN_ID), "event")

    async def remove(self, ref: str, *, told: bool) -> None:
        """Take it out; one that is gone already is no error."""
        events = await self._events()
        query = {"need_notification": "true" if told else "false"}
        with suppress(NotFound):
            path = f"{events}/{checked(ref)}"
            await called(self._api, "DELETE", path, None, query)

    async def name(self) -> str:
        """What the calendar is called."""
        found = await called(self._api, "POST", _PRIMARY, None, OPEN_ID)
        return fields.text(_calendar(found).get("summary"))

    async def _events(self) -> str:
        if not self._path:
            found = _calendar(await called(self._api, "POST", _PRIMARY, None, OPEN_ID))
            self._path = _EVENTS.format(calendar=checked(fields.name(found.get("calendar_id"))))
        return self._path

    async def _ask(self, path: str, people: Sequence[Guest], *, told: bool) -> None:
        """Ask everybody who is not asked yet."""
        rows = (_attendee(guest) for guest in people if guest.person or guest.email)
        wanted = {_who(row): row for row in rows}
        if not wanted:
            return
        query = {"need_attendee": "true", "max_attendee_num": "100", **OPEN_ID}
        event = part(await called(self._api, "GET", path, None, query), "event")
        there = {_who(row) for row in fields.rows(event.get("attendees"))}
        missing = [row for who, row in wanted.items() if who not in there]
        if missing:
            body = {"attendees": missing, "need_notification": told}
            await called(self._api, "POST", f"{path}/attendees", body, OPEN_ID)


async def called(
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


def part(found: Answered, name: str, *, missing_ok: bool = False) -> Answered:
    """A record within an answer. Raises Unreadable where there is none."""
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


def _attendee(guest: Guest) -> Answered:
    if guest.person:
        return {"type": "user", "user_id": guest.person}
    return {"type": "third_party", "third_party_email": guest.email}


def _who(row: Answered) -> str:
    return fields.text(row.get("user_id")) or fields.text(row.get("third_party_email")).lower()


def times(start: datetime, minutes: int) -> Answered:
    """When it begins and ends, in the words of the platform."""
    end = start + timedelta(minutes=minutes)
    zone = getattr(start.tzinfo, "key", "") or "UTC"
    both = {"start_time": start, "end_time": end}
    return {name: {"timestamp": seconds(at), "timezone": zone} for name, at in both.items()}


def seconds(at: datetime) -> str:
    """Unix seconds, which the platform takes as a text alone."""
    return str(int(at.astimezone(UTC).timestamp()))


def checked(ref: str) -> str:
    """An id that cannot leave its place in a path. Raises NotFound for anything else."""
    if not ref or len(ref) > 200 or not ref.isascii() or set(ref) & set("/?#%\\ ") or ".." in ref:
        raise NotFound("no such id")
    return ref


def _uuid(key: str) -> str:
    return str(UUID(bytes=hashlib.sha256(key.encode()).digest()[:16]))
