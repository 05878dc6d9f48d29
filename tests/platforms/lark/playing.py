"""A written conversation, had in Lark: each line is typed or pressed by the hands of a person there."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.approving.leaving import OUTCOME
from bot.core.cards.blocks import Action
from bot.core.case import Case
from bot.core.events import Raw
from bot.core.following.clicks import case_in
from bot.core.words import CaseId, FieldId, PersonId
from bot.engine import tick
from bot.engine.digesting import is_digest
from bot.engine.inbound import Clicked, Commanded, Said
from bot.engine.ports import Ping
from bot.script.performance import Played
from bot.script.table import Moment
from tests.platforms.lark.bot import PATIENCE, Bot, until
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.screen import Element
from tests.platforms.lark.fake.tenant import Chat, Message, Person


class Still(Clock):
    """A clock that stands until it is moved, so that a conversation has the times it was written
    with. What counts by the second is switched off beside it.
    """

    def __call__(self) -> datetime:
        """Now."""
        return self._start


class Hand:
    """Plays one conversation through the bot, as one person."""

    def __init__(
        self,
        bot: Bot,
        played: Played,
        person: Person,
        others: Mapping[PersonId, Person],
        team: Chat,
    ) -> None:
        """`others` are the colleagues of the conversation, by the names it gives them; `team` is
        the project's group.
        """
        self.bot = bot
        self.played = played
        self.person = person
        self.others = others
        self.team = team
        self.cases: dict[CaseId, CaseId] = {}  # the table's name of a case, and the house's

    async def play(self) -> dict[CaseId, Case]:
        """All moments in order; the cases at the end, by the table's names."""
        for moment in self.played.moments:
            self._reach(moment.at)
            await self._do(moment)
            await self.quiet()
            await self._name(moment)
        found = {}
        for name, id_ in self.cases.items():
            filed = await self.bot.store.case(self.bot.tenant, id_)
            assert filed is not None
            found[name] = filed.case
        return found

    async def quiet(self) -> None:
        """Wait until the outcome of what left is written down and all that is to be said is said."""
        async with asyncio.timeout(PATIENCE):
            kinds = {OUTCOME}
            while OUTCOME in kinds:
                kinds = {p.kind for p in await self._reminders()}
                await asyncio.sleep(0.005)
        await self.bot.quiet()

    def _reach(self, at: datetime) -> None:
        ahead = at - self.bot.fake.clock()
        if ahead > timedelta(0):
            self.bot.fake.clock.advance(ahead)

    async def _do(self, moment: Moment) -> None:
        match moment.inbound:
            case None:
                assert moment.case is not None
                await self._ring(self.cases[moment.case])
            case Commanded(words=words, envelope=envelope) if envelope.heard_in:
                line = f"/delay {words}".strip()
                hands = self.bot.fake.hands
                await self.bot.fake.do(hands.say(self.person, line, self.team, mention=True))
            case Commanded(words=words):
                await self.bot.say(self.person, f"/delay {words}".strip())
            case Said(text=line):
                await self.bot.say(self.person, line)
            case Clicked():
                await self._press(moment.inbound)
            case _:
                raise AssertionError(f"no hands for {moment.inbound}")

    async def _reminders(self) -> list[Ping]:
        far = self.bot.fake.clock() + timedelta(days=365)
        return [p for p in await self.bot.store.pings(far) if not is_digest(p)]

    async def _ring(self, case: CaseId) -> None:
        """Let the reminder of a case fall due; when, depends on the case's id."""
        mine = [p for p in await self._reminders() if p.case == case]
        ping = min(mine, key=lambda p: p.due)
        self._reach(ping.due)
        assert await tick.fire(self.bot.house, ping)
        await self.bot.house.meetings.idle()
        await self.bot.house.trackers.idle()
        self.bot.wake()

    async def _name(self, moment: Moment) -> None:
        """Learn what the house calls a case that has begun."""
        if moment.case is None or moment.case in self.cases:
            return
        known = await self.bot.store.person(self.bot.tenant, self.bot.id_of(self.person))
        assert known is not None
        assert known.front is not None
        self.cases[moment.case] = known.front

    async def _press(self, click: Clicked) -> None:
        person = self.others.get(click.envelope.person, self.person)
        action = self._named(click.action)
        case = self.cases[click.case] if click.case else None
        try:
            await until(lambda: self._places(person, action, case, click) != [])
        except TimeoutError:
            raise AssertionError(
                f"no button for {action} of {case} in:\n{self.bot.texts(person)}"
            ) from None
        message, found = self._places(person, action, case, click)[0]
        values = dict(self._filled(found.form, click)) if found.form else {}
        pressed = await self.bot.fake.do(self.bot.fake.hands.use(person, message, found, values))
        assert pressed.code == 0

    def _named(self, action: Action) -> Action:
        people = {str(name): person.open_id for name, person in self.others.items()}
        names = people | {str(name): str(id_) for name, id_ in self.cases.items()}
        parts = [names.get(part, part) for part in action.argument.split("/")]
        return replace(action, argument="/".join(parts))

    def _places(
        self, person: Person, action: Action, case: CaseId | None, click: Clicked
    ) -> list[tuple[Message, screen.Found]]:
        """The buttons that do this, on cards as they stand or stood, the newest first."""
        where = self.team if click.envelope.heard_in else person
        cards = [m for m in reversed(self.bot.fake.sent(where)) if m.kind == "interactive"]
        versions = [(m, m.version(n)) for m in cards for n in range(len(m.versions) - 1, -1, -1)]
        return [
            (message, found)
            for message, card in versions
            for found in screen.walk(card)
            if found.tag == "button" and _does(found, action, case, click)
        ]

    def _filled(self, form: Element, click: Clicked) -> Mapping[str, str | list[str]]:
        """What the person fills in: the form's inputs for each box."""
        names = [str(f.element["name"]) for f in _fields(form)]
        values: dict[str, str | list[str]] = {}
        for field, raw in click.boxes.items():
            values |= _inputs(field, raw, names)
        if click.text:
            values |= _parts("text", click.text, names)
        return values


# Of a release: it differs with the names that the platform gives to people and conversations.
_DIGEST = re.compile(r"[0-9a-f]{64}")


def _does(found: screen.Found, action: Action, case: CaseId | None, click: Clicked) -> bool:
    value = found.value
    there = Action(str(value.get("a")), str(value.get("g", "")))
    if (there.name, _DIGEST.sub("*", there.argument)) != (
        action.name,
        _DIGEST.sub("*", action.argument),
    ):
        return False
    if action.name == "submit":
        asked = {str(f.element.get("name")).split("~")[1] for f in _fields(found.form)}
        return (value.get("c"), value.get("r")) == (case, click.seen) and asked >= set(click.boxes)
    # What is due in several cases stands on one card, whose buttons name theirs themselves.
    return case is None or (case_in(there) or value.get("c")) == case


def _fields(form: Element | None) -> list[screen.Found]:
    return [f for f in screen.walk(form or {}) if f.tag in screen.FIELDS]


def _inputs(field: FieldId, raw: Raw, names: list[str]) -> dict[str, str | list[str]]:
    name = f"box~{field}"
    if isinstance(raw, str):
        return {name: raw} if name in names else _parts(name, raw, names)
    if all(isinstance(v, str) for v in raw):
        return {name: [str(v) for v in raw]}
    values: dict[str, str | list[str]] = {}
    for number, row in enumerate(raw):
        assert isinstance(row, Mapping)
        values |= {f"{name}~r{number}~{column}": cell for column, cell in row.items()}
    return values


def _parts(name: str, text: str, names: list[str]) -> dict[str, str | list[str]]:
    """A text in the inputs that there are for it, in the first as much as it takes."""
    there = [n for n in names if n.rsplit("~", 2)[0] == name]
    assert there, f"no input for {name} among {names}"
    values: dict[str, str | list[str]] = dict.fromkeys(there, "")
    for place in there:
        values[place], text = text[:1000], text[1000:]
    assert not text, "the text is longer than its inputs"
    return values
