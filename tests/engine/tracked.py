"""A room with a tracker that says what it is told to, and the eyes of whoever sits in it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.core.cards.blocks import Button, Buttons, Card, Fact, Facts, Form, Hint
from bot.core.case import Case
from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts
from bot.core.words import LANGUAGES, CaseId, Language, Text
from bot.engine.deliver import deliver
from bot.engine.tick import tick
from bot.engine.trackers import Listing, Trackers
from bot.platforms.lark.look import look as lark
from bot.platforms.slack.look import look as slack
from tests.engine.room import HERE, Room

MONDAY = datetime(2026, 5, 4, 3, 40, tzinfo=UTC)  # 09:10 in Kolkata
ORIGIN = Text(en="PingCode, Monday 4 May 09:10", zh="PingCode，5月4日（周一）09:10")


@dataclass
class Told:
    """A tracker that says what it is told to, and can be made to wait or to fail."""

    clock: Room
    name: str = "pingcode"
    label: Text = field(default_factory=lambda: Text(en="PingCode", zh="PingCode"))
    done: int = 61
    due: date = date(2026, 5, 20)
    error: BaseException | None = None
    door: asyncio.Event = field(default_factory=asyncio.Event)
    knocked: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)
    many: int = 1  # late items, and milestones that are far away
    as_of: datetime | None = None  # when it read what it tells; None: now

    async def projects(self) -> Listing:
        await self._ask("projects")
        names = ("Wash hall", "Tram depot", *(f"Yard {n}" for n in range(1, 12)))
        return Listing(tuple(Listed(f"p/{n}", name) for n, name in enumerate(names)))

    async def facts(self, ref: str) -> ProjectFacts:
        await self._ask(ref)
        late = Item("TRM-7", "Rig wired", "planned", "待办", date(2026, 4, 2), "莫怡")
        end = date(2026, 6, 30)
        stones = (
            Milestone("p", "Tram depot", "project", end, done=self.done, total=100, basis="items"),
            Milestone("m1", "Rig stands", "milestone", self.due, state="planned", owner="莫怡"),
            Milestone("m2", "Frame", "milestone", date(2026, 6, 10), state="planned", owner="唐"),
        )
        more = tuple(
            Milestone(f"n{n}", f"Stop {n}", "milestone", date(2027, 1, 4))
            for n in range(1, self.many)
        )
        lates = tuple(replace(late, ref=f"TRM-{n}") for n in range(self.many))
        return ProjectFacts(
            "pingcode",
            "TRM",
            "Tram depot",
            None,
            self.as_of or self.clock.clock(),
            (*stones, *more),
            lates,
        )

    async def close(self) -> None:
        self.asked.append("closed")

    async def _ask(self, what: str) -> None:
        self.asked.append(what)
        self.knocked.set()
        await self.door.wait()
        if self.error is not None:
            raise self.error


class Tracked(Room):
    """A room with a tracker, and the eyes of whoever sits in it."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.at = MONDAY
        self.tracker = Told(self)
        self.tracker.door.set()
        self.house = replace(self.house, trackers=Trackers({"pingcode": self.tracker}))

    async def later(self) -> None:
        """What is due is read, and what was written is sent."""
        await tick(self.house)
        await self.house.trackers.idle()
        await deliver(self.house)

    async def case(self, id_: CaseId) -> Case:
        filed = await self.store.case(HERE, id_)
        assert filed is not None
        return filed.case

    async def press(self, id_: CaseId, label: str) -> None:
        """The button with this label on the newest card that has it."""
        await deliver(self.house)
        for message in reversed(self.channel.messages):
            for button in buttons(message.card):
                if button.label.en == label:
                    await self.click(id_, f"{button.action.name}/{button.action.argument}")
                    return
        raise AssertionError(f"no button {label}: {said(self.card())}")

    def card(self) -> Card:
        return self.channel.messages[-1].card

    async def picked(self) -> CaseId:
        """A case that goes by the tram depot."""
        id_ = await self.begin("")
        await self.press(id_, "Take the facts from PingCode")
        await self.later()
        await self.press(id_, "Tram depot")
        await self.later()
        return id_

    async def watched(self) -> CaseId:
        """A watched project that goes by the tram depot."""
        reply = await self.command("watch Tram depot")
        assert reply.case is not None
        await self.press(reply.case, "Take the facts from PingCode")
        await self.later()
        await self.press(reply.case, "Tram depot")
        await self.later()
        return reply.case


@asynccontextmanager
async def tracked_room() -> AsyncIterator[Tracked]:
    """One whose every card Slack and Lark have drawn, and whose tracker was hung up, at its end."""
    made = Tracked()
    yield made
    for card in (m.card for m in made.channel.messages):
        drawn_everywhere(card)
    await made.house.trackers.close()
    assert made.tracker.asked[-1] == "closed"


def drawn_everywhere(card: Card) -> None:
    """Slack and Lark draw each card, with each of its buttons, in both languages."""
    for language in LANGUAGES:
        for look in (slack, lark):
            drawn = json.dumps(look(card, language, "k1").payload, ensure_ascii=False, default=str)
            for button in buttons(card):
                assert json.dumps(button.label.to(language), ensure_ascii=False) in drawn


def buttons(card: Card) -> list[Button]:
    return [b for block in card.blocks if isinstance(block, Buttons) for b in block.buttons]


def said(card: Card, language: Language = "en") -> str:
    """All hints and facts of a card."""
    lines = []
    for block in card.blocks:
        if isinstance(block, Hint):
            lines.append(block.text.to(language))
        if isinstance(block, Facts):
            lines += [_line(f, language) for f in block.rows]
        if isinstance(block, Form):
            lines += [
                f"{b.field}={b.value} [{b.hint.to(language) if b.hint else ''}]"
                for b in block.boxes
            ]
    return "\n".join(lines)


def _line(fact: Fact, language: Language) -> str:
    return f"{fact.label.to(language)}: {fact.value.to(language)}"


def said_in(card: Card) -> str:
    return card.text.en
