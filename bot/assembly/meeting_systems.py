"""The meeting systems, from the settings: what the wiring and the doctor need of them.

Each is imported here, late and by name, so that nothing of it is loaded where it is not configured.
Those of Lark belong to its platform, which hands them over while it runs.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import quote

from pydantic import SecretStr

from bot.assembly import chats
from bot.core.meetings.meeting import ICS
from bot.engine.meetings import Meetings, Provider
from bot.engine.outside import Busy, NotAllowed, OutsideError, SignInRefused, Unreachable
from bot.settings import Settings, SettingsRefused
from bot.settings.meetings import MeetingSettings

_REMEDIES: Mapping[type[OutsideError], str] = {
    SignInRefused: "copy {keys} again",
    NotAllowed: "give it the rights that docs/howto/meetings.md names",
    Unreachable: "look at the way out of this machine",
}
_KEYS: Mapping[str, str] = {
    "lark_event": "CANDOR_LARK_APP_ID and CANDOR_LARK_APP_SECRET",
    "lark_reserve": "CANDOR_LARK_APP_ID and CANDOR_LARK_APP_SECRET",
    "tencent": "CANDOR_TENCENT_SECRET_ID, CANDOR_TENCENT_SECRET_KEY and CANDOR_TENCENT_APP_ID",
    "teams": "CANDOR_TEAMS_TENANT, CANDOR_TEAMS_CLIENT_ID and CANDOR_TEAMS_CLIENT_SECRET",
    "zoom": "CANDOR_ZOOM_ACCOUNT_ID, CANDOR_ZOOM_CLIENT_ID and CANDOR_ZOOM_CLIENT_SECRET",
}
_CHOSEN = "Meetings are booked in {name}, as CANDOR_MEETINGS says."
_USED = "Meetings are booked in {name}; CANDOR_MEETINGS can name another."
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


def meetings(
    settings: Settings, now: Callable[[], datetime], platforms: Iterable[object] = ()
) -> Meetings:
    """Those of the house, with the one that is chosen. Raises SettingsRefused as `systems` does, and
    where the one that is chosen is not configured.

    With an app that is installed by a link, and behind a further app of Lark, only tenants that the
    operator has named book in one.
    """
    found = systems(settings, now, platforms)
    chosen: str = settings.meetings or next(iter(found), ICS)
    if chosen != ICS and chosen not in found:
        raise SettingsRefused(_not_configured(chosen))
    return Meetings(
        found,
        chosen,
        own_only=bool(settings.slack_client_id),
        is_ours=chats.is_of_the_first_app,
    )


def _not_configured(chosen: str) -> str:
    return (
        f"CANDOR_MEETINGS={chosen} names a meeting system that is not configured; set it up by "
        "docs/howto/meetings.md, or leave it out."
    )


def systems(
    settings: Settings, now: Callable[[], datetime], platforms: Iterable[object] = ()
) -> Mapping[str, Provider]:
    """Those that are configured, by name, with those of the platforms. Raises SettingsRefused for
    the half of one, or for a bad address.
    """
    of_platforms = [m for p in platforms if isinstance(p, Booking) for m in p.meetings]
    return {p.name: p for p in (*of_platforms, *_configured(settings, now))}


async def looked_at(
    settings: Settings, now: Callable[[], datetime]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What each meeting system lets us do, a sentence each; and every problem with its remedy."""
    try:
        found = _configured(settings, now)
    except SettingsRefused as error:
        return (), (str(error),)
    seen: list[str] = []
    problems: list[str] = []
    async with _of_lark(settings, now) as of_lark:
        for provider in (*of_lark, *found):
            try:
                seen.append(f"{provider.label.en} {await provider.seen()}.")
            except OutsideError as error:
                problems.append(_problem(provider, error))
            finally:
                await provider.close()
        names = [provider.name for provider in (*of_lark, *found)]
    chosen: str = settings.meetings or next(iter(names), "")
    if chosen in ("", ICS, *names):
        words = _CHOSEN if settings.meetings else _USED
        seen += [words.format(name=chosen)] if names else []
    else:
        problems.append(_not_configured(chosen))
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


def _configured(settings: Settings, now: Callable[[], datetime]) -> list[Seeing]:
    """The systems outside of the platforms."""
    found: list[Seeing] = []
    try:
        if settings.tencent_secret_id:
            found.append(made("tencent", settings, now))
        if settings.zoom_account_id:
            found.append(made("zoom", settings, now))
        if settings.teams_tenant:
            found.append(made("teams", settings, now))
        if settings.google_service_account is not None:
            found.append(_google(settings, settings.google_service_account, now))
    except ValueError as error:
        raise SettingsRefused(f"A meeting system's base URL is off: {error}.") from error
    return found


def made(name: str, settings: MeetingSettings, now: Callable[[], datetime]) -> Seeing:
    """The meeting system of this name, whosever the settings are. Raises SettingsRefused for the half
    of one, ValueError for an address that is never asked.
    """
    return _MAKERS[name](settings, now)


def _tencent(settings: MeetingSettings, now: Callable[[], datetime]) -> Seeing:
    from bot.meetings.tencent import Tencent, TencentConfig

    config = TencentConfig(
        settings.tencent_base_url,
        _named("CANDOR_TENCENT_APP_ID", settings.tencent_app_id),
        settings.tencent_secret_id,
        _secret("CANDOR_TENCENT_SECRET_KEY", settings.tencent_secret_key),
        _named("CANDOR_TENCENT_HOST", settings.tencent_host),
        settings.tencent_sdk_id,
    )
    return Tencent(config, now)


def _zoom(settings: MeetingSettings, now: Callable[[], datetime]) -> Seeing:
    from bot.meetings.zoom import Zoom, ZoomConfig

    config = ZoomConfig(
        settings.zoom_base_url,
        settings.zoom_sign_in_url,
        settings.zoom_account_id,
        _named("CANDOR_ZOOM_CLIENT_ID", settings.zoom_client_id),
        _secret("CANDOR_ZOOM_CLIENT_SECRET", settings.zoom_client_secret),
        _named("CANDOR_ZOOM_HOST", settings.zoom_host),
    )
    return Zoom(config, now)


def _teams(settings: MeetingSettings, now: Callable[[], datetime]) -> Seeing:
    from bot.meetings.teams import Teams, TeamsConfig

    config = TeamsConfig(
        settings.teams_base_url,
        f"{settings.teams_sign_in_url.rstrip('/')}/{quote(settings.teams_tenant.strip(), safe='')}",
        _named("CANDOR_TEAMS_CLIENT_ID", settings.teams_client_id),
        _secret("CANDOR_TEAMS_CLIENT_SECRET", settings.teams_client_secret),
        _named("CANDOR_TEAMS_HOST", settings.teams_host),
    )
    return Teams(config, now)


def _google(settings: Settings, key_file: Path, now: Callable[[], datetime]) -> Seeing:
    from bot.meetings.google import GoogleConfig, GoogleMeet, account

    try:
        found = account(key_file.read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsRefused(
            "CANDOR_GOOGLE_SERVICE_ACCOUNT is no key file that can be read; download one of the service "
            "account, as JSON."
        ) from error
    config = GoogleConfig(
        settings.google_base_url,
        settings.google_sign_in_url,
        found,
        _named("CANDOR_GOOGLE_HOST", settings.google_host),
    )
    return GoogleMeet(config, now)


def _secret(name: str, given: SecretStr | None) -> str:
    return _named(name, given.get_secret_value() if given is not None else "")


def _named(name: str, given: str) -> str:
    if not given.strip():
        raise SettingsRefused(f"{name} is missing; docs/howto/meetings.md says where to find it.")
    return given.strip()


def _problem(provider: Provider, error: OutsideError) -> str:
    if isinstance(error, Busy):
        remedy = f"try again in {int(error.retry_after.total_seconds()) + 1} seconds"
    else:
        remedy = _REMEDIES.get(type(error), _OTHERWISE).format(
            keys=_KEYS.get(provider.name, "its key")
        )
    if isinstance(error, SignInRefused) and provider.name == "google":
        remedy = "delegate the domain to the service account, and look at CANDOR_GOOGLE_HOST"
    detail = f" ({error.detail})" if error.detail else ""
    why = error.why_unbooked.en
    return f"{provider.label.en} cannot be used: {why}{detail}; {remedy}."


_MAKERS: Mapping[str, Callable[[MeetingSettings, Callable[[], datetime]], Seeing]] = {
    "tencent": _tencent,
    "zoom": _zoom,
    "teams": _teams,
}
