"""Candor behind the fake Slack: the real app over real HTTP or a real WebSocket, on real SQLite."""

import itertools
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict, Unpack

from starlette.applications import Starlette

from bot.assembly import connecting
from bot.content import playbooks as content
from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.approving.organisation import Organisation, Organisations
from bot.core.cards.blocks import Action
from bot.core.case import Case
from bot.core.words import PersonId, TenantId
from bot.engine.deliver import deliver
from bot.engine.house import House, Shelf
from bot.engine.inbound import Profile
from bot.engine.incoming.overview import overview
from bot.engine.ports import Channel, Filed, Line, Place, Store
from bot.engine.trackers import Trackers
from bot.papers import meetings  # at once: to load it takes long
from bot.platforms.slack import marks
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.link import Link
from bot.platforms.slack.links import LINKS
from bot.platforms.slack.platform import Credentials, SlackPlatform
from bot.platforms.slack.texts import Payload
from bot.settings import Settings
from bot.sources.milestones import milestones
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from bot.web.platforms import Site
from tests.approval.scene import made, plain
from tests.platforms.slack.fake import loopback
from tests.platforms.slack.fake.filling import Values
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.fake.workspace import Message

PLAYBOOK = content.load(content.home() / "delivery_delay")
MAYA, TEAM = "UMAYA", TenantId("T0CANDOR")


@dataclass
class Served:
    """The app at work, and short ways to see what came of something."""

    slack: FakeSlack
    house: House
    platform: SlackPlatform
    site: Site
    calls: Calls
    woken: list[Line | None] = field(default_factory=list)
    address: str = ""

    async def way(self) -> Channel:
        """The way out to the workspace."""
        found = await self.house.channel("slack", TEAM)
        assert found is not None
        return found

    async def settle(self) -> None:
        """Send what waits, and let what goes after an answer end."""
        await self.platform.settled()
        await deliver(self.house)
        await self.platform.settled()

    def told(self, user: str = MAYA) -> list[Message]:
        """What the bot said in a person's own conversation."""
        messages = self.slack.messages(self.slack.dm(user))
        return [m for m in messages if m.bot_id]

    def live(self, user: str = MAYA) -> Message:
        """The last message there."""
        return self.told(user)[-1]

    async def press(
        self, wanted: str, user: str = MAYA, *, values: Values | None = None, nth: int | None = None
    ) -> None:
        """Press a button of the last message that has it."""
        message = next(m for m in reversed(self.told(user)) if has(m, wanted))
        await self.slack.people.press(user, message, wanted, values=values, nth=nth)
        await self.settle()

    async def press_action(self, action: Action, user: str = MAYA) -> None:
        """Press the button of this action on the last message that has it."""
        for message in reversed(self.told(user)):
            for button in buttons(message):
                press = marks.pressed(button.get("value", ""))
                if press is not None and press.action == action:
                    await self.slack.people.press(user, message, button["action_id"])
                    await self.settle()
                    return
        raise AssertionError(f"there is no button for {action}")

    async def say(self, text: str, user: str = MAYA) -> None:
        """Type a line in the conversation with the bot."""
        await self.slack.happenings.say(user, text)
        await self.settle()

    async def case(self, user: str = MAYA, nth: int = 0) -> Case:
        """One of the person's open cases, the one touched last first."""
        return (await self.cases(user))[nth]

    async def cases(self, user: str = MAYA) -> tuple[Case, ...]:
        """The person's open cases."""
        return (await overview(self.house, TEAM, PersonId(user))).cases


def has(message: Message, wanted: str) -> bool:
    """Whether a message has a button of these words or this action id."""
    return any(
        wanted in (b.get("action_id"), (b.get("text") or {}).get("text")) for b in buttons(message)
    )


def buttons(message: Message) -> Iterator[Payload]:
    """All buttons of a message."""
    for block in message.blocks:
        for element in [*block.get("elements", ()), block.get("accessory", {})]:
            if element.get("type") == "button":
                yield element


def house_of(
    slack: FakeSlack,
    platform: SlackPlatform,
    store: Store,
    organisation: Organisation,
    *,
    files: bool = False,
    mail: Channel | None = None,
    trackers: Trackers | None = None,
    settings: Settings | None = None,
) -> House:
    """A house whose clock is the fake's."""
    default_coaching(), default_customers()  # read before the first turn, as the wiring does
    numbers = itertools.count(1)
    run = secrets.token_hex(2)
    return House(
        store=store,
        shelf=Shelf([PLAYBOOK]),
        clock=slack.clock,
        new_id=lambda: f"row-{run}-{next(numbers)}",
        channels={"slack": platform.channel} | ({"mail": mail} if mail else {}),
        about={"slack": platform.about},
        outside={"slack": platform.outside},
        profile=Profile("en", "Europe/Berlin", "DE"),
        coaching=default_coaching,
        customers=default_customers,
        organisations=Organisations((organisation,)),
        make_file=made if files else None,
        takes_files=frozenset({"slack"} if files else ()),
        takes_pages=frozenset({"slack"}),
        make_case_file=meetings.file,
        read_milestones=milestones,
        fetch={"slack": platform.fetch} if platform.fetch else {},
        trackers=trackers or Trackers(),
        mirrors={"slack": platform.mirror} if platform.mirror else {},
        own=connecting.own(settings, slack.clock, store.safe) if settings else None,
    )


@asynccontextmanager
async def opened(calls: Calls) -> AsyncIterator[None]:
    """The Web API, for what a test asks by itself."""
    await calls.open()
    yield
    await calls.close()


class Options(TypedDict, total=False):
    """How it is set up, where that is not as usual; see `standing`."""

    mode: str
    pace: float
    patience: float
    organisation: Organisation | None
    files: bool
    mail: Channel | None
    link: Link | None
    trackers: Trackers | None
    settings: Settings | None  # with keys, by which tenants' own systems are sealed


@asynccontextmanager
async def serving(
    slack: FakeSlack, folder: Path, **options: Unpack[Options]
) -> AsyncIterator[Served]:
    """Candor in Slack over a file of its own, until the block ends."""
    migrate(folder / "candor.db", at=slack.clock())
    store = SqlStore(folder / "candor.db")
    async with standing(slack, store, **options) as served:
        yield served
    await store.close()


@asynccontextmanager
async def standing(
    slack: FakeSlack,
    store: Store,
    *,
    mode: str = "http",
    pace: float = 0.0,
    patience: float = 8.0,
    organisation: Organisation | None = None,
    files: bool = False,
    mail: Channel | None = None,
    link: Link | None = None,
    trackers: Trackers | None = None,
    settings: Settings | None = None,
) -> AsyncIterator[Served]:
    """Candor in Slack over a store that stays; with a link, it is still to be installed."""
    credentials = Credentials(
        bot_token="" if link else slack.bot_token,
        signing_secret=slack.signing_secret,
        app_token=slack.app_token,
        mode="socket" if mode == "socket" else "http",
        base_url=slack.base_url.removesuffix("/api/"),
        files=files,
        canvases=True,
        link=link,
    )
    platform = SlackPlatform(credentials, pace=pace, patience=patience)
    house = house_of(
        slack,
        platform,
        store,
        organisation or Organisation(),
        files=files,
        mail=mail,
        trackers=trackers,
        settings=settings,
    )
    woken: list[Line | None] = []
    site = Site(house, woken.append, kept_in="a test")
    calls = Calls(slack.bot_token, slack.base_url)
    served = Served(slack, house, platform, site, calls, woken)
    app = Starlette(routes=list(platform.routes(site)))
    async with platform.running(site), opened(calls), loopback.serving(app) as address:
        served.address = address
        if mode == "socket":
            await slack.connect_sockets(links=LINKS)
        else:
            slack.connect(f"{address}/slack/events")
        yield served


async def make_ready(candor: Served) -> None:
    """A case of Maya's whose answers all stand, its message made ready to send."""
    case = replace(plain(), tenant=TEAM, owner=PersonId(MAYA))
    async with candor.house.store.turn(TEAM) as turn:
        await turn.keep_playbook(PLAYBOOK)
        await turn.save(Filed(case, Place("slack", MAYA)), was=None)
    await candor.slack.people.command(MAYA, "/delay", "draft", channel="C0TEAM")
    await candor.settle()
    await candor.press("Make ready to send")
