"""Candor as it is served, on 127.0.0.1, against the fake Lark: real HTTP both ways."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from copy import copy
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

import uvicorn
from starlette.applications import Starlette

from bot.assembly import connecting
from bot.content import playbooks as content
from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.approving.organisation import Organisation, Organisations
from bot.core.cards.blocks import Action
from bot.core.mirroring.mirrored import Wants
from bot.core.playbook import Playbook
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.deliver import deliver
from bot.engine.errors import StoreUnavailable
from bot.engine.house import House, Shelf
from bot.engine.inbound import Profile
from bot.engine.ports import Channel, Line, Parcel, Store, Waker
from bot.engine.trackers import Trackers
from bot.papers import meetings  # at once: to load it takes long
from bot.platforms.lark.app import PATH
from bot.platforms.lark.client import LarkChannel
from bot.platforms.lark.config import Config
from bot.platforms.lark.further import Kept
from bot.platforms.lark.platform import LarkPlatform
from bot.settings import Settings
from bot.sources.milestones import milestones
from bot.store.memory.store import MemoryStore
from bot.store.memory.turn import MemoryTurn
from bot.wakers.embedded import EmbeddedWaker
from bot.web import app as web
from bot.web.platforms import Site
from tests.approval.scene import made
from tests.loopback import listening
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.answers import Pressed
from tests.platforms.lark.fake.hands import Value
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.screen import Found
from tests.platforms.lark.fake.tenant import Chat, Message, Person

Mode = Literal["http", "socket"]
MODES: tuple[Mode, ...] = ("http", "socket")
KEY, TOKEN = "the encrypt key of the console", "the verification token"
PATIENCE = 10  # seconds for what must come about


@cache
def playbook() -> Playbook:
    """The playbook that ships."""
    return content.load_all()["delivery_delay"]


class Faults(MemoryStore):
    """A store in memory that is down or slow as it is told; `under_way` counts its open turns, and
    `looked_up` the looks for a row of the outbox outside of them.
    """

    down = False
    slow = 0.0  # seconds
    under_way = 0
    looked_up = 0

    async def parcel(self, tenant: TenantId, id_: str) -> Parcel | None:
        """A row of the outbox."""
        self.looked_up += 1
        return await super().parcel(tenant, id_)

    def waits(self) -> bool:
        """Whether something is still to be said."""
        return any(row.look_at is not None for row in self._tables.outbox)

    def state_of(self, slot: str) -> str:
        """What became of the message of a slot, as far as it is written down; empty for none."""
        found = [r.state for r in self._tables.outbox if r.slot == slot and r.kind == "post"]
        return found[-1] if found else ""

    @asynccontextmanager
    async def turn(self, tenant: TenantId) -> AsyncIterator[MemoryTurn]:
        """A turn; raises StoreUnavailable while it is down."""
        if self.down:
            raise StoreUnavailable
        self.under_way += 1
        try:
            await asyncio.sleep(self.slow)
            async with super().turn(tenant) as turn:
                yield turn
        finally:
            self.under_way -= 1


class Sender:
    """A waker that sends and never looks at the clock, for times that a test sets."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tasks: set[asyncio.Task[int]] = set()

    async def start(self) -> None:
        """Nothing is due by itself."""

    def wake(self, line: Line | None = None) -> None:
        """Send what waits."""
        task = asyncio.get_running_loop().create_task(deliver(self._house, line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Let what is being sent end."""
        await asyncio.gather(*self._tasks)


class Bot:
    """A house with Lark alone, served between `async with`."""

    def __init__(
        self,
        fake: FakeLark,
        *,
        mode: Mode = "http",
        store: Store | None = None,
        profile: Profile | None = None,
        secret: str = "",
        connect: bool = True,
        whole: bool = False,
        patience: float = 10,
        operator: str = "",
        organisation: Organisation | None = None,
        documents: bool = False,
        files: bool = False,
        mail: Channel | None = None,
        trackers: Trackers | None = None,
        kept: Kept | None = None,
        copies: Wants | None = None,
        settings: Settings | None = None,
    ) -> None:
        """With `connect`, it begins once the platform has its address or its connection; a `whole`
        house has its coach and its customers to practise with, and no reminder of itself.
        """
        self.fake = fake
        self.faults = Faults()
        self.store: Store = store or self.faults
        self.profile = profile or Profile("en", "Europe/London", "GB")
        app = fake.tenant.app
        config = Config(
            app.id,
            secret or app.secret,
            KEY,
            TOKEN,
            mode,
            fake.url,
            self.profile,
            operator,
            documents,
            patience,
            files,
            copies=copies or Wants(),
        )
        self.platform = LarkPlatform(config, fake.clock, kept)
        self.house = House(
            store=self.store,
            shelf=Shelf([playbook()]),
            clock=fake.clock,
            new_id=lambda: secrets.token_urlsafe(9),
            channels={"lark": self.platform.channel} | ({"mail": mail} if mail else {}),
            about={"lark": self.platform.about},
            profile=self.profile,
            organisations=Organisations((organisation,) if organisation else ()),
            direct=lambda _, tenant, person: f"{tenant}/{person}",
            coaching=default_coaching if whole else None,
            customers=default_customers if whole else None,
            make_file=made if files else None,
            takes_files=frozenset({"lark"} if files else ()),
            takes_pages=frozenset({"lark"} if documents else ()),
            make_case_file=meetings.file,
            read_milestones=milestones,
            fetch={"lark": self.platform.fetch},
            trackers=trackers or Trackers(),
            mirrors={"lark": self.platform.mirror} if self.platform.mirror else {},
            own=connecting.own(settings, fake.clock, self.store.safe) if settings else None,
        )
        self.mode = mode
        self.tenant = TenantId(fake.tenant.key)
        self._connect = connect
        self.url = ""
        real = EmbeddedWaker(self.house, now=lambda: datetime.now(UTC))  # noqa: TID251
        self._waker: Waker = Sender(self.house) if whole else real
        self.house.trackers.wake = self._waker.wake
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Bot":
        door = listening()
        self.url = f"http://127.0.0.1:{door.getsockname()[1]}"
        config = uvicorn.Config(self._app(), log_config=None, log_level="critical")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[door]))
        self._stack.push_async_callback(_ended, server, serving)
        await until(lambda: server.started or serving.done())
        if not self._connect:
            return self
        if self.mode == "http":
            assert await self.fake.subscribe(self.url + PATH, encrypt_key=KEY, token=TOKEN)
        else:
            await until(lambda: bool(self.fake.connections.open))
            assert await self.fake.choose_long_connection()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    @property
    def channel(self) -> LarkChannel:
        """The way out of the first app."""
        return self.platform.stations[0].channel

    def among(self, fake: FakeLark, tenant: TenantId) -> "Bot":
        """The same bot as the people of another fake meet it, whose tenant the house calls so."""
        there = copy(self)
        there.fake, there.tenant = fake, tenant
        return there

    def wake(self) -> None:
        """Look at what is due, as the waker does each minute."""
        self._waker.wake()

    async def quiet(self) -> None:
        """Wait until all that is in the outbox has been said."""
        await until(lambda: not self.faults.waits())

    @staticmethod
    def id_of(person: Person) -> PersonId:
        """What the house calls somebody."""
        return PersonId(person.open_id)

    async def front(self, person: Person) -> CaseId | None:
        """The case that somebody has open."""
        known = await self.store.person(self.tenant, self.id_of(person))
        return known.front if known else None

    async def say(self, person: Person, words: str) -> None:
        """Write to the bot alone."""
        push = await self.fake.do(self.fake.hands.say(person, words))
        assert push.answered

    async def press(
        self, person: Person, label: str, *, on: Message | None = None,
        fill: Mapping[str, Value] | None = None,
    ) -> Pressed:  # fmt: skip
        """Press a button on the newest card that has it, once there is one, as it stood then."""
        seen: list[tuple[Message, int]] = []

        def sees() -> bool:
            seen.extend(self._with_button(person, label))
            return bool(seen)

        await until(sees)
        message, version = (on, -1) if on else seen[0]
        press = self.fake.hands.press(person, message, label, version=version, fill=fill)
        return await self.fake.do(press)

    def _with_button(self, person: Person, label: str) -> Iterator[tuple[Message, int]]:
        """The cards that have this button, the newest first, and how often each was changed."""
        for message in reversed(self.fake.sent(person)):
            version = len(message.versions) - 1
            if message.kind == "interactive" and _has(message.version(version), label, person):
                yield message, version

    def texts(self, person: Person) -> str:
        """All that stands in the person's conversation, as they read it."""
        cards = [m.card for m in self.fake.sent(person) if m.kind == "interactive"]
        read = [t for c in cards for t in screen.texts(c, person.locale)]
        boxes = [str(f.element.get("default_value", "")) for c in cards for f in screen.walk(c)]
        return "\n".join([*read, *filter(None, boxes)])

    def texts_in(self, chat: Chat) -> str:
        """All that the bot said in a group, in English."""
        return "\n".join(t for m in self.fake.sent(chat) for t in screen.texts(m.card))

    async def reads(self, person: Person, words: str) -> None:
        """Wait until these words stand in the person's conversation."""
        try:
            await until(lambda: words in self.texts(person))
        except TimeoutError:
            raise AssertionError(f"{words!r} is not in:\n{self.texts(person)}") from None

    async def reports(self, words: str) -> str:
        """Wait until `ready` says these words; without any, until it has nothing to say."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            said = await self.platform.ready()
            if words in said and (words or not said):
                return said
            await asyncio.sleep(0.005)
        raise TimeoutError

    def _app(self) -> Starlette:
        site = Site(self.house, self._waker.wake, kept_in="memory")

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with self.platform.running(site):
                await self._waker.start()
                yield
                await self._waker.stop()

        async def ready() -> tuple[str, ...]:
            said = await self.platform.ready()
            return (said,) if said else ()

        async def figures() -> bytes:
            return b""

        routes = [*self.platform.routes(site)]
        return web.build(routes, ready=ready, figures=figures, lifespan=lifespan)


def _has(card: Mapping[str, Any], label: str, person: Person) -> bool:
    buttons = (f.element for f in screen.walk(card) if f.tag == "button")
    return any(label in (screen.shown(b["text"], person.locale), b.get("name")) for b in buttons)


async def until(happened: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait for something that another task brings about; raises TimeoutError."""
    end = time.monotonic() + patience
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.005)


async def _ended(server: uvicorn.Server, serving: "asyncio.Task[None]") -> None:
    server.should_exit = True
    await serving


def acts(message: Message) -> list[tuple[Action, Found]]:
    """What can be pressed on a card, by what it does."""
    found = [f for f in screen.walk(message.card) if f.tag == "button" and f.value]
    return [(Action(str(f.value["a"]), str(f.value.get("g", ""))), f) for f in found]
