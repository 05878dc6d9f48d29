"""Two workspaces of Slack and a tenant of Lark, their people, and what these write and press."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from bot import wiring
from bot.platforms.slack import manifest
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Chat, Person
from tests.platforms.slack.fake.errors import CannotDo
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.fake.workspace import Message
from tests.platforms.slack.served import buttons
from tests.soak.roads import Kept

FIRST, OTHER = "T0CANDOR", "T0OTHER"
PEOPLE = {FIRST: 5, OTHER: 3}
IN_LARK = 3
PAUSE = 1.5  # seconds between two things that somebody does, on the average
PRESSES = 0.3  # how often somebody presses what they see
LETTERS = {FIRST: "a", OTHER: "b", "lark": "c"}  # of marks, so that each tells its tenant
_EXPECTED = ("http_timeout", "connection_failed", "answered 5")  # what a server that dies does
_FINAL = ("danger",)  # what such a button does cannot be gone on from


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that somebody wrote to the bot."""

    mark: str
    tenant: str
    person: str
    begins: bool  # the name of a new project; else the answer to a question


@dataclass(frozen=True, slots=True)
class Standing:
    """One message that the bot wrote, and the key of the row that it was sent for."""

    tenant: str
    key: str
    text: str
    where: str = ""  # its reference, for whoever looks for a fault


@dataclass
class Town:
    """Both fakes and whoever lives there."""

    chance: Random
    slack: FakeSlack = field(default_factory=FakeSlack)
    lark: FakeLark = field(default_factory=lambda: FakeLark(Clock(wiring.now())))
    kept: Kept = field(default_factory=Kept)
    written: list[Written] = field(default_factory=list)
    people: dict[str, list[str]] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)  # where a tenant's customer reads
    presses: int = 0
    _of_lark: dict[str, Person] = field(default_factory=dict)
    _group: Chat | None = None

    def furnish(self) -> None:
        """People, and a place that a customer reads, in each tenant."""
        slack = self.slack
        slack.follow(manifest.read(manifest.shipped()))
        other = slack.add_workspace(OTHER, "Other Works")
        slack.token_of(OTHER).scopes = set(slack.token_of(FIRST).scopes)
        for team, count in PEOPLE.items():
            workspace = slack.realm.workspaces[team]
            self.people[team] = [f"U{LETTERS[team].upper()}{n}" for n in range(count)]
            for name in (*self.people[team], owner_in(team)):
                workspace.add_user(name, name.lower())
            self.rooms[team] = f"C0ROOM{LETTERS[team].upper()}"
            workspace.add_channel(
                self.rooms[team],
                "public",
                (owner_in(team), other.bot.id if team == OTHER else workspace.bot.id),
                is_ext_shared=True,
                shared_team_ids=[team, "T0CUSTOMER"],
            )
        self._furnish_lark()

    def _furnish_lark(self) -> None:
        tenant = self.lark.tenant
        tenant.app.shares_externally = True
        found = [tenant.person(f"Person {n}") for n in range(IN_LARK + 1)]
        self._of_lark = {p.open_id: p for p in found}
        self.people["lark"] = [p.open_id for p in found[:-1]]
        self.lark_owner = found[-1].open_id
        self._group = tenant.group("with a customer", found[-1], external=True)
        self.rooms["lark"] = f"{tenant.key}/{self._group.id}"

    def tenant_of(self, place: str) -> str:
        """As the tables call it."""
        return self.lark.tenant.key if place == "lark" else place

    def owner(self, place: str) -> str:
        """Who owns what is to be sent to a customer, and says nothing."""
        return self.lark_owner if place == "lark" else owner_in(place)

    def mark(self, place: str, person: str, *, begins: bool) -> str:
        """A word that nobody wrote before."""
        mark = f"zq{LETTERS[place]}{len(self.written)}x{self.chance.randrange(10**6)}"
        self.written.append(Written(mark, self.tenant_of(place), person, begins))
        return mark

    async def live(self, ended: asyncio.Event) -> None:
        """Everybody does what they do, until it has ended."""
        async with asyncio.TaskGroup() as together:
            for place, people in self.people.items():
                for person in people:
                    chance = Random(self.chance.random())
                    life = self._in_lark if place == "lark" else self._in_slack
                    together.create_task(life(place, person, chance, ended))

    async def _in_slack(
        self, place: str, person: str, chance: Random, ended: asyncio.Event
    ) -> None:
        while await _pause(chance, ended):
            name = self.mark(place, person, begins=True)
            await self.slack.people.command(person, "/delay", f"new {name}")
            if name not in self.kept.acknowledged:
                continue  # somebody who got no answer types it anew
            for _ in range(2):
                if await _pause(chance, ended):
                    words = self.mark(place, person, begins=False)
                    await self.slack.happenings.say(person, words)
            if chance.random() < PRESSES and await _pause(chance, ended):
                await self._press(person, chance)

    async def _press(self, person: str, chance: Random) -> None:
        """Press something on the newest message that has buttons."""
        seen = [m for m in self.slack.messages(self.slack.dm(person)) if any(buttons(m))][-1:]
        found = [(m, b) for m in seen for b in buttons(m) if b.get("style") not in _FINAL]
        if not found:
            return
        message, button = chance.choice(found)
        try:
            await self.slack.people.press(person, message, button["action_id"])
        except CannotDo:
            return  # it leads out of Slack
        self.presses += 1

    async def _in_lark(self, place: str, person: str, chance: Random, ended: asyncio.Event) -> None:
        hands, who = self.lark.hands, self._of_lark[person]
        while await _pause(chance, ended):
            name = self.mark(place, person, begins=True)
            await self.lark.do(hands.say(who, f"/delay new {name}"))
            if name not in self.kept.acknowledged:
                continue
            for _ in range(2):
                if await _pause(chance, ended):
                    words = self.mark(place, person, begins=False)
                    await self.lark.do(hands.say(who, words))

    def standing(self) -> Iterator[Standing]:
        """All that the bot wrote."""
        for team in (FIRST, OTHER):
            for channel in self.slack.realm.workspaces[team].channels.values():
                for message in self.slack.messages(channel.id):
                    if message.bot_id:
                        yield Standing(
                            team,
                            _key(message),
                            f"{message.text} {message.blocks}",
                            f"{channel.id}/{message.ts}",
                        )
        for sent in self.lark.tenant.messages.values():
            if sent.by == "app":
                yield Standing(self.lark.tenant.key, sent.uuid, " ".join(sent.versions), sent.id)

    def broken_rules(self) -> Iterator[str]:
        """Rules of the platforms that were broken, but by a server that died."""
        for violation in self.slack.violations:
            if not violation.rule.startswith(_EXPECTED):
                yield f"Slack, {violation.where}: {violation.rule}"
        yield from (f"Lark: {rule}" for rule in self.lark.violations)

    def in_rooms(self) -> Iterator[str]:
        """What customers read."""
        for team in (FIRST, OTHER):
            for message in self.slack.messages(self.rooms[team]):
                if message.bot_id:
                    yield f"{message.text} {message.blocks}"
        assert self._group is not None
        for sent in self.lark.sent(self._group):
            yield sent.content


def owner_in(team: str) -> str:
    """Of a workspace."""
    return f"UOWNER{LETTERS[team].upper()}"


def _key(message: Message) -> str:
    told = message.metadata or {}
    return str(told.get("event_payload", {}).get("id", message.ts))


async def _pause(chance: Random, ended: asyncio.Event) -> bool:
    """A moment; False once it has ended."""
    try:
        async with asyncio.timeout(chance.expovariate(1 / PAUSE)):
            await ended.wait()
    except TimeoutError:
        return True
    return False
