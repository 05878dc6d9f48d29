"""What the engine asks of a meeting system: to book a meeting, to move it, to cancel it.

Only a person's press leads here. Every call ends in an answer or in an OutsideError.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.approving.organisation import Organisation
from bot.core.meetings.meeting import ICS
from bot.core.words import TenantId, Text
from bot.engine.errands import Errands

NOT_SET_UP = Text(en="it is not set up here", zh="这里没有配置它")
OTHER_ACCOUNT = Text(
    en="it was booked with another account than is set up now",
    zh="当时约会议的账号，和现在配置的不是同一个",
)
OF_LARK = ("lark_event", "lark_reserve")  # for people who are on Lark


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is asked to come; an address or an id of the platform is there."""

    name: str
    email: str = ""
    person: str = ""  # for the provider that belongs to the platform


@dataclass(frozen=True, slots=True)
class Link:
    """A meeting that is booked. Nothing in it opens it as the host."""

    join_url: str  # http(s) only; empty where the meeting has no link of its own
    ref: str  # what the provider calls it, for move and cancel
    code: str = ""  # the number that people type, where there is one


class Provider(Protocol):
    """One meeting system. Each call raises a class of OutsideError."""

    @property
    def name(self) -> str:
        """What it is called in settings: lark_event, lark_reserve, tencent, zoom, teams, google, ics."""
        ...

    @property
    def label(self) -> Text:
        """What people call it."""
        ...

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """The meeting at an aware `start`, booked once for a `key` however often this is asked."""
        ...

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """The same meeting at another time."""
        ...

    async def cancel(self, ref: str) -> None:
        """Take the meeting away; one that is gone already is no error."""
        ...

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        """Take away what was scheduled in these words with this key; False where nothing was."""
        ...

    async def close(self) -> None: ...


class ByFile:
    """The provider that is always there: the tenant's own link, and a calendar file to take away."""

    name = ICS
    label = Text(en="a calendar file", zh="日历文件")

    def __init__(self, link: str) -> None:
        self._link = link if link.startswith(("https://", "http://")) else ""

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """Nothing is asked of anybody, so the same key gives the same meeting."""
        del topic, start, minutes, people
        return Link(self._link, key)

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """The same link."""
        del start, minutes
        return Link(self._link, ref)

    async def cancel(self, ref: str) -> None:
        """Nothing is to be done."""

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        """Nothing is kept anywhere."""
        del topic, start, minutes, key
        return False

    async def close(self) -> None:
        """Nothing is open."""


class Meetings(Errands):
    """The meeting systems of a house, and the bookings that are under way.

    `usual` is the one of every tenant that names none of its own; with `own_only`, those have none.
    `is_ours` tells those whom the house itself is for: no other is in it by itself, nor ever in one of
    Lark, which knows the people of one app alone.
    """

    def __init__(
        self,
        found: Mapping[str, Provider] | None = None,
        usual: str = ICS,
        *,
        own_only: bool = False,
        is_ours: Callable[[TenantId], bool] = bool,
    ) -> None:
        super().__init__()
        self._found = found or {}
        self._usual = usual
        self._own_only = own_only
        self._is_ours = is_ours

    def name(self, tenant: TenantId, organisation: Organisation, platform: str) -> str:
        """The one that a tenant books in, for somebody on this platform."""
        is_ours = self._is_ours(tenant)
        usual = self._usual if is_ours and not self._own_only else ICS
        name = organisation.meetings or usual
        return ICS if name in OF_LARK and not (is_ours and platform == "lark") else name

    def named(self, name: str, organisation: Organisation) -> Provider | None:
        """The provider of that name; None where it is not set up, or not any more."""
        return ByFile(organisation.meeting_link) if name == ICS else self._found.get(name)

    async def close(self) -> None:
        """Let bookings end for a few seconds, and hang up."""
        await super().close()
        for provider in self._found.values():
            await provider.close()
