"""Meetings of Lark and Feishu: an entry of the bot's calendar with its video meeting, or a number alone.

Source: vc-v1/reserve/{apply,update,delete} on open.feishu.cn; of entries, see calendar.py.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.core.words import Text
from bot.engine.meetings import Guest, Link
from bot.engine.outside import Busy, NotAllowed, NotFound, Unreadable, begun
from bot.outside import fields
from bot.outside.lines import Lines
from bot.platforms.lark.api import Api
from bot.platforms.lark.calendar import (
    OPEN_ID,
    Answered,
    Calendar,
    called,
    checked,
    part,
    seconds,
    times,
)
from bot.platforms.lark.console import Wanted

AHEAD = timedelta(days=30)  # until when a number can be reserved
SOON = timedelta(seconds=5)  # until a link that was not ready is asked for again
LOOKS = (0.0, 0.5, 1.5)  # seconds before each look at an entry whose link is not ready
REMEMBERED = 1_000  # numbers, by the key that they were reserved for
_WITHDRAWN = "Candor: this entry goes at once."  # by which a new one is told from an old one
_RESERVES = "/open-apis/vc/v1/reserves"

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
        self._calendar = Calendar(api)
        self._wait = wait

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """The platform sends the invitations; once for a key, and once to each."""
        body = _entry(topic, start, minutes)
        ref, event = await self._calendar.enter(body, people, key, told=True)
        with begun():
            return await self._linked(ref, event)

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """The platform tells those who were asked."""
        event = await self._calendar.change(ref, times(start, minutes), told=True)
        with begun():
            return await self._linked(ref, event)

    async def cancel(self, ref: str) -> None:
        await self._calendar.remove(ref, told=True)

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        """The platform is asked once more, for it alone knows the key: what it answers with goes,
        an old entry or a new one of the bot's own calendar that nobody was asked to.
        """
        body = {**_entry(topic, start, minutes), "description": _WITHDRAWN}
        ref, event = await self._calendar.enter(body, (), key, told=False)
        await self._calendar.remove(ref, told=True)
        return event.get("description") != _WITHDRAWN

    async def seen(self) -> str:
        """What it can see, for the operator; nothing is created."""
        name = await self._calendar.name()
        return "can open the bot's calendar" + (f" ({name})" if name else "")

    async def close(self) -> None:
        """The line belongs to the platform."""

    async def _linked(self, ref: str, event: Answered) -> Link:
        """With its address, which may come a moment after the entry."""
        for pause in LOOKS:
            if url := fields.address(part(event, "vchat", missing_ok=True).get("meeting_url")):
                return Link(url, ref)
            await self._wait(pause)
            event = await self._calendar.read(ref)
        if url := fields.address(part(event, "vchat", missing_ok=True).get("meeting_url")):
            return Link(url, ref)
        raise Busy(SOON, "the link of the entry is not ready")


def _entry(topic: str, start: datetime, minutes: int) -> Answered:
    return {
        "summary": topic,
        **times(start, minutes),
        "vchat": {"vc_type": "vc"},
        "attendee_ability": "can_see_others",
    }


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
        self._lines = Lines()

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
        async with self._lines.alone(key):
            if key in self._made:
                return self._made[key]
            found = await called(self._api, "POST", f"{_RESERVES}/apply", body, OPEN_ID)
            link = _number(part(found, "reserve"))
            if len(self._made) >= REMEMBERED:
                self._made.pop(next(iter(self._made)))
            self._made[key] = link
            return link

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        body = {"end_time": self._end(start, minutes)}
        path = f"{_RESERVES}/{checked(ref)}"
        found = await called(self._api, "PUT", path, body, OPEN_ID)
        if not fields.record(found.get("reserve")).get("url"):  # not every answer holds it whole
            with begun():
                found = await called(self._api, "GET", path, None, OPEN_ID)
        return _number(part(found, "reserve"))

    async def cancel(self, ref: str) -> None:
        with suppress(NotFound):
            await called(self._api, "DELETE", f"{_RESERVES}/{checked(ref)}", None, {})

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        """Only a number that this process has heard of is known."""
        del topic, start, minutes
        link = self._made.get(key)
        if link is not None:
            await self.cancel(link.ref)
        return link is not None

    async def seen(self) -> str:
        """The same; a number that is none is asked for."""
        with suppress(NotFound):
            await called(self._api, "GET", f"{_RESERVES}/1", None, OPEN_ID)
        return "may reserve video meetings"

    async def close(self) -> None:
        """The line belongs to the platform."""

    def _end(self, start: datetime, minutes: int) -> str:
        end = start + timedelta(minutes=minutes)
        if end > self._now() + AHEAD:
            raise NotAllowed(f"it ends more than {AHEAD.days} days ahead")
        return seconds(end)


def _number(reserve: Answered) -> Link:
    ref, url = fields.name(reserve.get("id")), fields.address(reserve.get("url"))
    if not ref or not url:
        raise Unreadable("no id or no url in the answer")
    return Link(url, ref, code=fields.name(reserve.get("meeting_no")))
