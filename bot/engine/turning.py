"""One event on one case, inside an open turn: reduce, save, log, and what is to be said."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from pydantic_core import to_json

from bot.core import flow
from bot.core.cards import screens
from bot.core.case import Case
from bot.core.dialogue import notes, recall
from bot.core.dialogue.scalars import local_day
from bot.core.effects import (
    AskCoach,
    AskCustomer,
    DropPing,
    Effect,
    Recall,
    Screen,
    SetPing,
    Show,
    Toast,
)
from bot.core.events import Begun, Event, Recalled, Stamp
from bot.core.playbook import Playbook
from bot.core.rehearsal import calling
from bot.core.words import Language, Text
from bot.engine.house import House
from bot.engine.ports import USEFUL, Entry, Filed, Letter, Ping, Place, Turn

Question = Recall | AskCoach | AskCustomer


@dataclass(frozen=True, slots=True)
class Turned:
    """The case as it stands now, and a word that passes."""

    case: Case
    toast: Text | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """An open turn and what stays the same in it: where it happens and in whose language."""

    house: House
    turn: Turn
    place: Place
    language: Language


async def begin(session: Session, begun: Begun) -> Turned:
    """A new case, pinned to the playbook of today."""
    playbook = session.house.shelf.default
    await session.turn.keep_playbook(playbook)
    case, effects = flow.begin(playbook, begun)
    return await _Work(session, playbook, begun.stamp).finish(case, effects, was=None, event=begun)


async def react(session: Session, filed: Filed, event: Event) -> Turned:
    """The case after the event; it goes on at this place. Raises Conflict."""
    playbook = await session.house.shelf.version(session.turn, filed.case.digest)
    case, effects = flow.reduce(playbook, filed.case, event)
    work = _Work(session, playbook, event.stamp)
    if case is filed.case and session.place == filed.place:
        await work.log(case, event)
        return Turned(case, await work.carry_out(case, effects))
    return await work.finish(case, effects, was=filed.case.revision, event=event)


@dataclass(frozen=True, slots=True)
class _Work:
    session: Session
    playbook: Playbook
    stamp: Stamp

    async def finish(
        self, case: Case, effects: Iterable[Effect], *, was: int | None, event: Begun | Event
    ) -> Turned:
        """Answer the case's questions, then save, log, and hand over what it asks for."""
        events: list[tuple[Case, Begun | Event]] = [(case, event)]
        effects = list(effects)
        for question in [e for e in effects if isinstance(e, Question)]:
            answer = await self._answered(case, question)
            if answer is not None:
                was_case, (case, more) = case, flow.reduce(self.playbook, case, answer)
                effects += more
                if case is not was_case:
                    events.append((case, answer))
        await self.session.turn.save(Filed(case, self.session.place), was=was)
        for then, happened in events:
            await self.log(then, happened)
        return Turned(case, await self.carry_out(case, effects))

    async def log(self, case: Case, event: Begun | Event) -> None:
        """Append the event to the log."""
        entry = Entry(
            event=event.stamp.id,
            kind=type(event).__name__,
            at=event.stamp.at,
            by=event.stamp.by,
            body=to_json(event).decode(),
            case=case.id,
            revision=case.revision,
        )
        await self.session.turn.log(entry)

    async def _answered(self, case: Case, question: Question) -> Event | None:
        if isinstance(question, Recall):
            return await self._recalled(case, question)
        if isinstance(question, AskCustomer):
            return self._called(case)
        coaching = self.session.house.coaching
        if coaching is None:
            return None
        today = local_day(case, self.stamp.at)
        return notes.answer(
            self.playbook, case, question, coaching(), stamp=self.stamp, today=today
        )

    def _called(self, case: Case) -> Event | None:
        house = self.session.house
        line = calling.Line(
            house.customers() if house.customers else {},
            house.coaching() if house.coaching else None,
        )
        today = local_day(case, self.stamp.at)
        return calling.answer(self.playbook, case, line, stamp=self.stamp, today=today)

    async def _recalled(self, case: Case, wish: Recall) -> Recalled | None:
        earlier = await self.session.turn.cases_with(case.owner, wish.customer, but=case.id)
        return recall.answer(self.playbook, case, earlier, stamp=self.stamp)

    async def carry_out(self, case: Case, effects: Iterable[Effect]) -> Text | None:
        """Write what must be said to the outbox, what must be remembered to the pings."""
        toast: Text | None = None
        shown: dict[str, Screen] = {}
        for effect in effects:
            match effect:
                case Show():
                    shown[effect.slot] = effect.screen
                case Toast():
                    toast = effect.text
                case SetPing():
                    ping = Ping(case.tenant, case.id, effect.kind, effect.due)
                    await self.session.turn.set_ping(ping)
                case DropPing():
                    await self.session.turn.drop_ping(case.id, effect.kind)
                case Recall() | AskCoach() | AskCustomer():
                    pass  # answered before the case was saved
                case _:
                    assert_never(effect)
        await self.session.turn.put([self._letter(case, slot, shown[slot]) for slot in shown])
        return toast

    def _letter(self, case: Case, slot: str, screen: Screen) -> Letter:
        today = local_day(case, self.stamp.at)
        return Letter(
            id=self.session.house.new_id(),
            case=case.id,
            place=self.session.place,
            slot=slot,
            language=self.session.language,
            card=screens.draw(self.playbook, case, screen, today=today),
            at=self.stamp.at,
            expires_at=self.stamp.at + USEFUL,
        )
