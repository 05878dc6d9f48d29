"""The fake's whole state, and what happened to it: the one value that all its parts share."""

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import datetime

from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.errors import CannotDo
from tests.platforms.slack.fake.faults import Faults
from tests.platforms.slack.fake.manifest import Manifest
from tests.platforms.slack.fake.rates import Rates
from tests.platforms.slack.fake.schema import Findings, Payload
from tests.platforms.slack.fake.tokens import Passes, Token
from tests.platforms.slack.fake.workspace import Channel, Message, User, Workspace


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of Slack's that the app broke, and where."""

    where: str  # the method, or what was answered
    rule: str


@dataclass(slots=True)
class Call:
    """A request to the Web API, a response URL or an upload, with what was answered."""

    method: str
    arguments: Payload
    at: datetime
    token: str = ""
    status: int = 0  # 0: no answer was given
    answer: Payload = field(default_factory=dict)


class Realm:
    """All workspaces of the fake, the app in them, and the record of what it did."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.workspaces: dict[str, Workspace] = {}
        self.tokens: dict[str, Token] = {}
        self.passes = Passes()
        self.faults = Faults()
        self.rates = Rates(clock)
        self.manifest = Manifest()
        self.installed: Payload = {}  # the manifest as it was handed over
        self.calls: list[Call] = []
        self.heard = asyncio.Event()  # set with each call
        self.violations: list[Violation] = []
        self.address = ""  # scheme, host and port, once it runs
        self.client_id = "100.200"
        self.client_secret = "the client secret"
        self.codes: dict[str, str] = {}  # of installations that were just agreed to: code to team
        self.rotates = False  # whether the app's tokens end, and are renewed
        self.lives_for: object = 43_200  # seconds that a token does then
        self.renewals: dict[str, str] = {}  # refresh tokens that were not used yet: to team
        self.tickets: set[str] = set()  # of sockets that may be opened
        self.pays_nothing = False  # whether the workspaces are free ones, which have no canvases
        self.refuses: set[str] = set()  # types of blocks that the workspaces do not know yet
        self.doors: list[tuple[int, object]] = []  # what response URLs answer next
        self._last = 0  # the last ts given, in microseconds
        self._count = itertools.count(1)

    def ts(self) -> str:
        """A message's timestamp, later than every one before."""
        self._last = max(self._last + 1, int(self.clock.epoch * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def number(self) -> int:
        return next(self._count)

    def blame(self, where: str, *rules: str) -> None:
        """Record broken rules."""
        self.violations += [Violation(where, rule) for rule in rules]

    def blame_findings(self, where: str, findings: Findings) -> None:
        self.blame(where, *(str(finding) for finding in findings))

    def is_new(self, blocks: object) -> bool:
        """Whether a block is of a type that the workspaces do not know yet."""
        known = blocks if isinstance(blocks, list) else []
        return any(block.get("type") in self.refuses for block in known)

    def user(self, id_: str) -> User:
        for workspace in self.workspaces.values():
            if id_ in workspace.users:
                return workspace.users[id_]
        raise CannotDo(f"nobody is called {id_}")

    def home_of(self, user: str) -> Workspace:
        """The workspace in which a person uses the app: their own, if the app is there."""
        knowing = [w for w in self.workspaces.values() if user in w.users]
        if not knowing:
            raise CannotDo(f"nobody is called {user}")
        return next((w for w in knowing if w.users[user].team == w.team), knowing[0])

    def find_channel(self, id_: str) -> tuple[Workspace, Channel]:
        for workspace in self.workspaces.values():
            if id_ in workspace.channels:
                return workspace, workspace.channels[id_]
        raise CannotDo(f"there is no channel {id_}")

    def find_message(self, channel: str, ts: str) -> Message:
        found = self.find_channel(channel)[1].message(ts)
        if found is None:
            raise CannotDo(f"no message {ts} stands in {channel}")
        return found
