"""The meeting systems, from the settings: what the wiring and the doctor need of them.

Each is imported here, late and by name, so that nothing of it is loaded where it is not configured.
Those of Lark belong to its platform, which hands them over while it runs.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.engine.meetings import Provider
from bot.engine.outside import Busy, NotAllowed, OutsideError, SignInRefused, Unreachable
from bot.settings import Settings

_REMEDIES: Mapping[type[OutsideError], str] = {
    SignInRefused: "copy {keys} again",
    NotAllowed: "give it the rights that docs/howto/meetings.md names",
    Unreachable: "look at the way out of this machine",
}
_KEYS: Mapping[str, str] = {
    "lark_event": "CANDOR_LARK_APP_ID and CANDOR_LARK_APP_SECRET",
    "lark_reserve": "CANDOR_LARK_APP_ID and CANDOR_LARK_APP_SECRET",
}
_OTHERWISE = "see docs/howto/meetings.md"


class Seeing(Provider, Protocol):
    """A meeting system that can say what it sees, without booking anything."""

    async def seen(self) -> str:
        """What follows its name in a sentence. Raises a class of OutsideError."""
        ...


@runtime_checkable
class Booking(Protocol):
    """A platform in which meetings can be booked while it runs."""

    meetings: Sequence[Seeing]


def systems(
    _settings: Settings, _now: Callable[[], datetime], platforms: Iterable[object] = ()
) -> Mapping[str, Provider]:
    """Those that are configured, by name, with those of the platforms."""
    of_platforms = [m for p in platforms if isinstance(p, Booking) for m in p.meetings]
    return {p.name: p for p in of_platforms}


async def looked_at(
    settings: Settings, now: Callable[[], datetime]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What each meeting system lets us do, a sentence each; and every problem with its remedy."""
    seen: list[str] = []
    problems: list[str] = []
    async with _of_lark(settings, now) as of_lark:
        for provider in of_lark:
            try:
                seen.append(f"{provider.label.en} {await provider.seen()}.")
            except OutsideError as error:
                problems.append(_problem(provider, error))
            finally:
                await provider.close()
    return tuple(seen), tuple(problems)


@asynccontextmanager
async def _of_lark(
    settings: Settings, now: Callable[[], datetime]
) -> AsyncIterator[Sequence[Seeing]]:
    """Lark's own, over a line of their own."""
    wants = settings.lark_meetings or settings.lark_reserves
    if not settings.lark_app_id or settings.lark_app_secret is None or not wants:
        yield ()
        return
    from bot.platforms.lark.api import Api
    from bot.platforms.lark.console import Wanted
    from bot.platforms.lark.meetings import booked_with

    secret = settings.lark_app_secret.get_secret_value().strip()
    api = Api(settings.lark_base_url, settings.lark_app_id, secret)
    api.open()
    try:
        wanted = Wanted(meetings=settings.lark_meetings, reserves=settings.lark_reserves)
        yield booked_with(api, wanted, now, owner=settings.lark_meeting_owner)
    finally:
        await api.close()


def _problem(provider: Provider, error: OutsideError) -> str:
    if isinstance(error, Busy):
        remedy = f"try again in {int(error.retry_after.total_seconds()) + 1} seconds"
    else:
        keys = _KEYS.get(provider.name, "its key")
        remedy = _REMEDIES.get(type(error), _OTHERWISE).format(keys=keys)
    detail = f" ({error.detail})" if error.detail else ""
    why = error.why_unbooked.en
    return f"{provider.label.en} cannot be used: {why}{detail}; {remedy}."
