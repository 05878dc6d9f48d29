"""Each meeting system beside its fake, for the tests that hold for all of them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.engine.meetings import Guest, Provider
from bot.meetings.google import Account, GoogleConfig, GoogleMeet
from bot.meetings.teams import Teams, TeamsConfig
from bot.meetings.tencent import Tencent, TencentConfig
from bot.meetings.zoom import Zoom, ZoomConfig
from bot.outside.http import Limits
from bot.platforms.lark.api import Api
from bot.platforms.lark.meetings import EventMeetings, Reserves
from tests.meetings.fakes import google, lark, teams, tencent, zoom
from tests.meetings.fakes.booking import DOOR, Bookings
from tests.sources.fakes.vendor import Clock

LONDON = ZoneInfo("Europe/London")
WHEN = datetime(2026, 5, 12, 9, 30, tzinfo=LONDON)  # 08:30 in UTC
LATER = datetime(2026, 5, 13, 16, 0, tzinfo=UTC)
MO = Guest("莫怡", email="Mo@tram.example", person="ou_" + "5" * 32)
ANN = Guest("Ann Reed", email="ann@depot.example")
TOPIC = "Tram depot: the new date · 新日期"
USUAL = Limits(in_flight=2)
HURRIED = Limits(patience=0.2, in_flight=2)  # so that an answer which never comes is over soon


class Seeing(Provider, Protocol):
    """A provider that tells the doctor what it can see."""

    async def seen(self) -> str: ...


@dataclass(slots=True)
class Rig:
    """A meeting system and the fake that it is booked with."""

    provider: Seeing
    fake: Bookings
    clock: Clock
    again: Callable[[str, Limits], Seeing]  # with another secret, or in a hurry
    secret: str
    secrets: tuple[str, ...] = ()  # and nothing of these is told
    invites: bool = True  # whether the product sends invitations by itself


async def _waited(_: float) -> None:
    """Without a wait, so that a link which is late costs a test no time."""


@asynccontextmanager
async def _lark(clock: Clock, made: Callable[[Api], Seeing], *, event: bool) -> AsyncIterator[Rig]:
    fake = lark.Lark(clock)
    fake.spared = ("/tenant_access_token/internal",)
    await fake.start()
    apis: list[Api] = []

    def again(secret: str, limits: Limits) -> Seeing:
        api = Api(fake.base, lark.APP, secret, patience=limits.patience)
        api.open()
        apis.append(api)
        return made(api)

    yield Rig(
        again(lark.SECRET, USUAL), fake, clock, again, lark.SECRET,
        secrets=(lark.SECRET, "t-1", DOOR), invites=event,
    )  # fmt: skip
    for api in apis:
        await api.close()
    await fake.stop()
    assert fake.wrong == []


def lark_event_rig(clock: Clock) -> AbstractAsyncContextManager[Rig]:
    return _lark(clock, lambda api: EventMeetings(api, wait=_waited), event=True)


def lark_reserve_rig(clock: Clock) -> AbstractAsyncContextManager[Rig]:
    return _lark(clock, lambda api: Reserves(api, clock.now, owner=lark.OWNER), event=False)


def tencent_config(base: str, secret: str = tencent.SECRET) -> TencentConfig:
    return TencentConfig(base, tencent.APP, tencent.SECRET_ID, secret, tencent.HOST, tencent.SDK)


@asynccontextmanager
async def tencent_rig(clock: Clock) -> AsyncIterator[Rig]:
    fake = tencent.Tencent(clock)
    await fake.start()

    def again(secret: str, limits: Limits = USUAL) -> Tencent:
        return Tencent(tencent_config(fake.base, secret), clock.now, limits=limits)

    provider = again(tencent.SECRET)
    yield Rig(
        provider, fake, clock, again, tencent.SECRET,
        secrets=(tencent.SECRET, tencent.SECRET_ID, DOOR), invites=False,
    )  # fmt: skip
    await provider.close()
    await fake.stop()
    assert fake.wrong == []


def zoom_config(base: str, secret: str = zoom.SECRET) -> ZoomConfig:
    return ZoomConfig(f"{base}/v2", base, zoom.ACCOUNT, zoom.CLIENT, secret, zoom.HOST)


@asynccontextmanager
async def zoom_rig(clock: Clock) -> AsyncIterator[Rig]:
    fake = zoom.Zoom(clock)
    fake.spared = ("/oauth/token",)
    await fake.start()

    def again(secret: str, limits: Limits = USUAL) -> Zoom:
        return Zoom(zoom_config(fake.base, secret), clock.now, limits=limits)

    provider = again(zoom.SECRET)
    yield Rig(
        provider, fake, clock, again, zoom.SECRET,
        secrets=(zoom.SECRET, zoom.CLIENT, "zoom-key-1", DOOR), invites=False,
    )  # fmt: skip
    await provider.close()
    await fake.stop()
    assert fake.wrong == []


def teams_config(base: str, secret: str = teams.SECRET) -> TeamsConfig:
    sign_in = f"{base}/{teams.TENANT}"
    return TeamsConfig(f"{base}/v1.0", sign_in, teams.CLIENT, secret, teams.HOST)


@asynccontextmanager
async def teams_rig(clock: Clock) -> AsyncIterator[Rig]:
    fake = teams.Teams(clock)
    await fake.start()

    def again(secret: str, limits: Limits = USUAL) -> Teams:
        return Teams(teams_config(fake.base, secret), clock.now, limits=limits, wait=_waited)

    provider = again(teams.SECRET)
    yield Rig(
        provider, fake, clock, again, teams.SECRET,
        secrets=(teams.SECRET, "client_secret", "teams-key-1"),
    )  # fmt: skip
    await provider.close()
    await fake.stop()
    assert fake.wrong == []


def google_config(base: str, key: str = "") -> GoogleConfig:
    account = Account(google.ROBOT, key or google.pem())
    return GoogleConfig(f"{base}/calendar/v3", base, account, google.HOST)


@asynccontextmanager
async def google_rig(clock: Clock) -> AsyncIterator[Rig]:
    fake = google.Google(clock)
    await fake.start()

    def again(secret: str, limits: Limits = USUAL) -> GoogleMeet:
        key = secret if secret == google.pem() else google.pem(1)
        return GoogleMeet(google_config(fake.base, key), clock.now, limits=limits, wait=_waited)

    provider = again(google.pem())
    yield Rig(
        provider, fake, clock, again, google.pem(),
        secrets=(google.pem(), "assertion", "PRIVATE KEY", "google-key-1"),
    )  # fmt: skip
    await provider.close()
    await fake.stop()
    assert fake.wrong == []


RIGS: Mapping[str, Callable[[Clock], AbstractAsyncContextManager[Rig]]] = {
    "google": google_rig,
    "lark_event": lark_event_rig,
    "lark_reserve": lark_reserve_rig,
    "teams": teams_rig,
    "tencent": tencent_rig,
    "zoom": zoom_rig,
}
FORGETFUL = frozenset({"lark_reserve"})  # takes no key and lists nothing
SIGNED = frozenset({"tencent"})  # each call is signed, and no key is fetched
PLATFORM = frozenset({"lark_event", "lark_reserve"})  # goes the way of its platform
LATE = frozenset({"google", "lark_event", "teams"})  # its link may come a moment after the meeting
AT_BASE: tuple[Callable[[str], object], ...] = (  # each at an address of its own
    lambda base: GoogleMeet(google_config(base), Clock().now),
    lambda base: Teams(teams_config(base), Clock().now),
    lambda base: Tencent(tencent_config(base), Clock().now),
    lambda base: Zoom(zoom_config(base), Clock().now),
    lambda base: Zoom(replace(zoom_config("https://api.zoom.us"), sign_in_url=base), Clock().now),
)
