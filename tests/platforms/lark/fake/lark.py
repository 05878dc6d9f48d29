"""The whole fake: a tenant behind a real server, and the hands of its people."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from starlette.applications import Starlette
from starlette.routing import BaseRoute, WebSocketRoute

from tests.platforms.lark.fake import connections
from tests.platforms.lark.fake.access import Access
from tests.platforms.lark.fake.answers import Answers
from tests.platforms.lark.fake.calendar import Calendar
from tests.platforms.lark.fake.cards import Cards
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.commands import Commands
from tests.platforms.lark.fake.connections import Connections
from tests.platforms.lark.fake.console import Console
from tests.platforms.lark.fake.documents import Documents
from tests.platforms.lark.fake.envelopes import Envelopes
from tests.platforms.lark.fake.files import Files
from tests.platforms.lark.fake.gate import Call, Gate
from tests.platforms.lark.fake.hands import Hands
from tests.platforms.lark.fake.limits import Limits
from tests.platforms.lark.fake.messages import Messages
from tests.platforms.lark.fake.people import People
from tests.platforms.lark.fake.pushes import Pushes
from tests.platforms.lark.fake.registration import Registration
from tests.platforms.lark.fake.server import Server
from tests.platforms.lark.fake.tables import Tables
from tests.platforms.lark.fake.tasks import Tasks
from tests.platforms.lark.fake.tenant import Chat, Message, Person, Tenant
from tests.platforms.lark.fake.tokens import Tokens
from tests.platforms.lark.fake.updates import Updates
from tests.platforms.lark.fake.webhook import Webhook

T = TypeVar("T")


class FakeLark:
    """A tenant of Lark or Feishu on 127.0.0.1."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.tenant = Tenant(self.clock)
        self.tokens = Tokens(self.clock)
        self.limits = Limits(self.clock)
        self.cards = Cards(self.tenant.people)
        self.gate = Gate(self.tenant, self.tokens, self.limits, self._cut)
        self.messages = Messages(self.tenant, self.limits, self.cards)
        self.updates = Updates(self.tenant, self.messages, self.cards)
        self.commands = Commands(self.tenant)
        self.envelopes = Envelopes(self.tenant)
        self.pushes = Pushes(self.envelopes, self.clock)
        self.hands = Hands(
            self.tenant, self.envelopes, self.pushes, self.updates, Answers(self.cards)
        )
        self.tasks = Tasks(self.tenant)
        self.calendar = Calendar(self.tenant)
        self.tables = Tables(self.tenant)
        self.registration = Registration(self.tenant)
        self.faults = self.gate.faults
        self._webhook: Webhook | None = None
        self._server = Server()
        self.url = f"http://{self._server.address}"
        self.connections = Connections(
            self.tenant, self.clock, self.cards.violations, self._server.address
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Stop; whatever broke a rule of the platform fails the test, unless something else has."""
        self.stop()
        assert kind is not None or self.violations == []

    def start(self) -> None:
        """Serve."""
        self._server.start(self._app())

    def stop(self) -> None:
        """End; every line is cut."""
        if self._webhook is not None:
            self._server.submit(self._webhook.close()).result()
        self._server.stop()

    @property
    def violations(self) -> list[str]:
        """What was off in cards, answers and frames, whether it was refused or not."""
        return self.cards.violations

    def calls(self, endpoint: str = "") -> list[Call]:
        """The calls that came to an endpoint, or to any."""
        return [c for c in list(self.gate.calls) if endpoint in ("", c.endpoint)]

    async def subscribe(self, url: str, *, encrypt_key: str = "", token: str = "") -> bool:
        """Set the request address in the console; False when it does not answer the challenge."""
        if self._webhook is not None:
            await self.do(self._webhook.close())
        self.envelopes.token = token
        self._webhook = Webhook(self.envelopes, self.clock, url, encrypt_key)
        self.pushes.road = self._webhook
        return await self.do(self._webhook.verify())

    async def choose_long_connection(self) -> bool:
        """Choose the long connection in the console; False while the app has not connected."""
        if not self.connections.open:
            return False
        self.pushes.road = self.connections
        return True

    @property
    def webhook(self) -> Webhook:
        """The request address; only after `subscribe`."""
        if self._webhook is None:
            raise RuntimeError("no request address; call subscribe first")
        return self._webhook

    async def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Let people do something: `await fake.do(fake.hands.say(maya, "/delay"))`."""
        return await self._server.do(work)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The same for a caller without a loop."""
        return self._server.submit(work).result()

    async def until(self, happened: Callable[[], bool], within: float = 10.0) -> None:
        """Wait until the tenant looks like this, such as `lambda: fake.sent(maya)`."""
        await self.tenant.watch.until(happened, within)

    async def wait(self, by: timedelta) -> None:
        """Let time pass; what is to be pushed again on the way is pushed again at its time."""
        until = self.clock() + by
        while (at := self.pushes.next_due(until)) is not None:
            self.clock.advance(max(at - self.clock(), timedelta(0)))
            await self.do(self._fire(at))
        self.clock.advance(max(until - self.clock(), timedelta(0)))

    def shown(self, place: Person | Chat) -> list[Message]:
        """What stands in a conversation, oldest first; for a person, in that with the bot."""
        chat = self.tenant.direct(place) if isinstance(place, Person) else place
        return [m for m in self.tenant.in_chat(chat) if not m.recalled]

    def sent(self, place: Person | Chat) -> list[Message]:
        """What the bot wrote there."""
        return [m for m in self.shown(place) if m.sender == self.tenant.app.id]

    async def _fire(self, at: datetime) -> None:
        await self.pushes.fire(at)

    def cut(self) -> None:
        """Break every line to the fake at once."""
        self._server.cut_all()

    def _cut(self, client: tuple[str, int]) -> None:
        self._server.cut(client)

    def _app(self) -> Starlette:
        rooms: tuple[Callable[[], Any], ...] = (
            Access(self.tenant, self.tokens).endpoints,
            self.messages.endpoints,
            self.updates.endpoints,
            self.commands.endpoints,
            People(self.tenant).endpoints,
            Documents(self.tenant, self.limits).endpoints,
            Files(self.tenant).endpoints,
            self.tasks.endpoints,
            self.calendar.endpoints,
            self.tables.endpoints,
            Console(self.tenant, self.pushes).endpoints,
        )
        routes: list[BaseRoute] = [self.gate.route(e) for room in rooms for e in room()]
        routes += [
            self.gate.route(self.connections.endpoint()),
            self.registration.route,
            WebSocketRoute(connections.PATH, self.connections.serve),
        ]
        return Starlette(routes=routes)
