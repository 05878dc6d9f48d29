"""A written conversation, done by a person in front of the fake Slack: typed, pressed, filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.cards.blocks import Action, Editor, Form
from bot.core.case import Case
from bot.core.desk import Person
from bot.core.events import PingDue, Raw
from bot.core.following import clicks as pings
from bot.core.meetings.events import ByProvider
from bot.core.meetings.meeting import PREFIX
from bot.core.tracking.events import FactsRead, ProjectsListed
from bot.core.tracking.tracked import FACTS, LIST
from bot.core.words import CaseId, FieldId, PersonId
from bot.engine import tick
from bot.engine.inbound import Clicked, Commanded, Said
from bot.platforms.slack import boxes, marks
from bot.script.performance import Played
from bot.script.table import Moment
from tests.platforms.slack.cards import every
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.fake.workspace import Message, View
from tests.platforms.slack.served import PLAYBOOK, TEAM, Served

PM = "UPM"
ROOM = "C0TEAM"  # the project's channel
LATER = timedelta(seconds=12)  # longer than it takes to look for a message whose fate is unknown
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ISO = len("2026-01-01")


@dataclass
class Time:
    """The moment that the conversation has come to."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


def a_slack(played: Played) -> tuple[FakeSlack, Time]:
    """A fake Slack whose clock is the conversation's, with its person in it."""
    time = Time(played.moments[0].at)
    slack = FakeSlack(Clock(time))
    locale = "zh-CN" if played.transcript.script.language == "zh" else "en-GB"
    slack.workspace.add_user(PM, "pm", tz=played.transcript.script.zone, locale=locale)
    slack.workspace.channels[ROOM].members.append(PM)
    return slack, time


@dataclass
class Driven:
    """The person of the conversation, at their Slack."""

    candor: Served
    played: Played
    time: Time
    cases: dict[CaseId, CaseId] = field(default_factory=dict)  # the table's name to the app's
    others: Mapping[PersonId, str] = field(default_factory=dict)  # colleagues, as Slack knows them
    seen: list[Message] = field(default_factory=list)  # every look at every message, oldest first
    theirs: dict[str, list[Message]] = field(default_factory=dict)  # the same of each colleague
    user: str = PM  # whose hands are at work
    is_here: bool = False  # whether they are in the team's channel
    team: list[Message] = field(default_factory=list)  # every look at what stands there
    looks: int = 1  # how often the outbox is looked at after each act, some seconds apart

    async def run(self) -> dict[CaseId, Case]:
        """All moments in order; the cases that stand at the end, by the table's names."""
        script = self.played.transcript.script
        person = Person(PersonId(PM), TEAM, script.language, script.zone, script.calendar)
        async with self.candor.house.store.turn(TEAM) as turn:
            await turn.save_person(person)
        for moment in self.played.moments:
            self.time.at = max(self.time.at, moment.at)
            await self._do(moment)
            await self.candor.settle()
            for _ in range(self.looks - 1):
                self.time.at += LATER
                await self.candor.settle()
            self._look()
            await self._name(moment)
        return {name: await self.case(id_) for name, id_ in self.cases.items()}

    async def copied(self, case: CaseId) -> str:
        """The draft as the person copies it from its window."""
        people, self.user = self.candor.slack.people, PM
        await people.command(PM, "/delay", f"draft {self.cases[case]}")
        await self.candor.settle()
        self._look()
        message, button = next(self._buttons(lambda value: _opens(value, "copy")))
        await people.press(PM, message, button)
        view = self._view()
        text = boxes.read(_state(view))
        await people.submit(PM)
        copied = text[next(iter(text))]
        assert isinstance(copied, str)
        return copied

    async def _do(self, moment: Moment) -> None:
        who = moment.inbound.envelope.person if moment.inbound else None
        self.user = self.others.get(who, PM) if who else PM
        self.is_here = bool(moment.inbound and moment.inbound.envelope.heard_in)
        people, happenings = self.candor.slack.people, self.candor.slack.happenings
        match moment.inbound:
            case None:
                await self._ring(moment)
            case Commanded(words=words):
                where = ROOM if self.is_here else None
                await people.command(self.user, "/delay", words, channel=where)
            case Said(text=text):
                await happenings.say(self.user, text)
            case Clicked(action=Action(name="submit" | "meet_send")) as click:
                await self._submit(click)
            case Clicked(text=text) as click if text:
                await self._edit(click)
            case Clicked() as click:
                await self._press(click)

    async def _ring(self, moment: Moment) -> None:
        assert moment.case is not None
        house, far = self.candor.house, moment.at.replace(year=moment.at.year + 1)
        mine = [p for p in await house.store.pings(far) if p.case == self.cases[moment.case]]
        kinds = {e.kind for e in moment.events if isinstance(e, PingDue)}
        kinds |= {f"{PREFIX}{e.purpose}" for e in moment.events if isinstance(e, ByProvider)}
        kinds |= {FACTS for e in moment.events if isinstance(e, FactsRead)}
        kinds |= {LIST for e in moment.events if isinstance(e, ProjectsListed)}
        ping = min((p for p in mine if p.kind in kinds), key=lambda p: p.due)
        self.time.at = max(self.time.at, ping.due)  # when, depends on the case's id
        assert await tick.fire(house, ping)
        await house.meetings.idle()
        await house.trackers.idle()

    async def _press(self, click: Clicked) -> None:
        action = self._named(click.action)
        case = meant(action, self.cases[click.case] if click.case else None)

        def is_it(value: str) -> bool:
            press = marks.pressed(value)
            if press is None or masked(press.action) != action:
                return False
            return meant(press.action, press.case) == case

        found = next(self._buttons(is_it), None)
        assert found is not None, f"{self.user} never saw a button for {action}"
        await self.candor.slack.people.press(self.user, found[0], found[1])

    def _named(self, action: Action) -> Action:
        """An action with the app's names in the place of the table's."""
        first, slash, rest = action.argument.partition("/")
        id_ = self.cases.get(CaseId(first))
        argument = f"{id_}{slash}{rest}" if id_ else action.argument
        parts = [self.others.get(PersonId(part), part) for part in argument.split("/")]
        return masked(replace(action, argument="/".join(parts)))

    async def _submit(self, click: Clicked) -> None:
        """Send the form that the person had before them, whole."""
        people = self.candor.slack.people
        for message, button, value in self._sends():
            slip = marks.read_slip(value)
            if slip is not None and await self._is_form(slip.opener, slip.case, slip.seen, click):
                values = values_of(message.blocks, click.boxes)
                await people.press(self.user, message, button, values=values)
                return
            opener = marks.opened(value)
            if opener is not None and await self._opens_form(opener, click):
                await people.press(self.user, message, button)
                await self._fill(click.boxes)
                return
        raise AssertionError(f"no form of revision {click.seen} was ever seen")

    async def _fill(self, raw: Mapping[Any, Raw]) -> None:
        people = self.candor.slack.people
        most = max((len(r) for r in raw.values() if _is_rows(r)), default=0)
        while marks.ROWS in _action_ids(self._view()) and most > _rows(self._view()):
            await people.press_in_view(self.user, marks.ROWS)
        await people.submit(self.user, values_of(self._view().content["blocks"], raw))

    async def _edit(self, click: Clicked) -> None:
        people = self.candor.slack.people
        for message, button, value in self._sends():
            opener = marks.opened(value)
            parcel = await self.candor.house.store.parcel(TEAM, opener.key) if opener else None
            block = parcel.card.blocks[opener.block] if parcel and opener else None
            if isinstance(block, Editor) and masked(block.action) == self._named(click.action):
                await people.press(self.user, message, button)
                blocks = self._view().content["blocks"]
                await people.submit(self.user, {blocks[0]["block_id"]: click.text})
                return
        raise AssertionError("the draft could not be edited")

    async def _opens_form(self, opener: marks.Opener, click: Clicked) -> bool:
        if opener.window != "form":
            return False
        parcel = await self.candor.house.store.parcel(TEAM, opener.key)
        block = parcel.card.blocks[opener.block] if parcel else None
        return isinstance(block, Form) and await self._is_form(
            opener, CaseId(block.case), block.seen, click
        )

    async def _is_form(
        self, opener: marks.Opener, case: CaseId | None, seen: int, click: Clicked
    ) -> bool:
        assert click.case is not None
        return (case, seen) == (self.cases[click.case], click.seen) and bool(opener.key)

    def _buttons(self, wanted: Any) -> Iterator[tuple[Message, str]]:
        return ((m, button) for m, button, value in self._sends() if wanted(value))

    def _sends(self) -> Iterator[tuple[Message, str, str]]:
        """All buttons that were ever before the person, the latest first."""
        for message in reversed(self._of(self.user)):
            for block in message.blocks:
                for element in [*block.get("elements", ()), block.get("accessory", {})]:
                    if element.get("type") == "button":
                        yield message, element["action_id"], element.get("value", "")

    def _look(self) -> None:
        slack = self.candor.slack
        for user in (PM, *self.others.values()):
            seen = self._own(user)
            for message in [*slack.messages(slack.dm(user)), *slack.ephemerals(user)]:
                if message.bot_id and not any(_same(message, s) for s in seen):
                    seen.append(message)
        fresh = [m for m in slack.messages(ROOM) if not any(_same(m, s) for s in self.team)]
        self.team += [m for m in fresh if m.bot_id]

    def _of(self, user: str) -> list[Message]:
        return self.team if self.is_here else self._own(user)

    def _own(self, user: str) -> list[Message]:
        return self.seen if user == PM else self.theirs.setdefault(user, [])

    def _view(self) -> View:
        view = self.candor.slack.view(self.user)
        assert view is not None
        return view

    async def _name(self, moment: Moment) -> None:
        if moment.case is None or moment.case in self.cases:
            return
        known = set(self.cases.values())
        fresh = [c.id for c in await self.candor.cases(PM) if c.id not in known]
        assert len(fresh) == 1
        self.cases[moment.case] = fresh[0]

    async def case(self, id_: CaseId) -> Case:
        """A case as the app keeps it."""
        filed = await self.candor.house.store.case(TEAM, id_)
        assert filed is not None
        return filed.case


def meant(action: Action, case: CaseId | None) -> CaseId | None:
    """The case that a press goes to; a button of a reminder names its own, whatever its card says."""
    return pings.case_in(action) or case


def masked(action: Action) -> Action:
    """An action without the digest of a release, which the names of people and places are part of."""
    return replace(action, argument=_DIGEST.sub("*", action.argument))


def values_of(blocks: list[dict[str, Any]], raw: Mapping[Any, Raw]) -> dict[str, Any]:
    """What to put into the inputs of blocks, by block id, so that they say `raw`."""
    found: dict[str, Any] = {}
    for block in blocks:
        place = marks.read_box(block.get("block_id", ""))
        if place is not None and place[0] in raw:
            given = raw[place[0]]
            if block["element"]["type"] == "static_select" and isinstance(given, str):
                given = _picked(place[0], given)
            found[block["block_id"]] = _value(place[1], given)
    return found


def _picked(field: str, words: str) -> str:
    """The choice that is meant by words which somebody would type rather than pick."""
    choices = PLAYBOOK.fields[FieldId(field)].choices
    meant = (c.id for c in choices if words.casefold() in (c.id, *c.words))
    return next(meant, words)


def _value(role: str, raw: Raw) -> Any:
    if role.startswith("r"):
        number, _, column = role[1:].partition(".")
        row = raw[int(number)] if int(number) < len(raw) else {}
        return (row.get(column) if isinstance(row, dict) else None) or None
    if not isinstance(raw, str):
        return list(raw) or None
    is_day = len(raw) == _ISO and raw[4] == raw[7] == "-"
    if role == "d":
        return raw if is_day else None
    if role == "w":
        return None if is_day else raw or None
    if role.startswith("p"):
        pieces = [piece for piece, _ in boxes.parts(raw)]
        return pieces[int(role[1:].rstrip("n"))] or None
    return raw or None


def _is_rows(raw: Raw) -> bool:
    return not isinstance(raw, str) and any(isinstance(r, dict) for r in raw)


def _rows(view: View) -> int:
    slip = marks.read_slip(view.content["private_metadata"])
    assert slip is not None
    return slip.rows


def _action_ids(view: View) -> set[str]:
    return set(every(view.content["blocks"], "action_id"))


def _opens(value: str, window: str) -> bool:
    opener = marks.opened(value)
    return opener is not None and opener.window == window


def _state(view: View) -> dict[str, dict[str, dict[str, Any]]]:
    inputs = (b for b in view.content["blocks"] if b["type"] == "input")
    return {b["block_id"]: {"box": {"value": b["element"].get("initial_value")}} for b in inputs}


def _same(one: Message, other: Message) -> bool:
    return one.ts == other.ts and one.blocks == other.blocks
