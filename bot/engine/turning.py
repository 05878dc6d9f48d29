"""One event on one case, inside an open turn: reduce, save, log, and what is to be said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from pydantic_core import to_json

from bot.core import flow
from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.effects import (
    AskCoach,
    AskCustomer,
    AskHouse,
    BeginNext,
    Deliver,
    DropPing,
    Effect,
    FindColleague,
    JudgeLesson,
    KeepLesson,
    MakeLink,
    Recall,
    SeekLessons,
    SetPing,
    Show,
    ShowBoard,
    Toast,
)
from bot.core.events import Begun, Event, Stamp
from bot.core.following.wording import FOLLOW
from bot.core.lessons.lesson import voted
from bot.core.mirroring.events import MirrorEvent
from bot.core.mirroring.mirrored import MIRROR
from bot.core.mirroring.wishes import steps, wishes
from bot.core.pings import digests
from bot.core.pings.manners import Schedule
from bot.core.pings.reminder import Board
from bot.core.playbook import Playbook
from bot.core.words import CaseId, EventId, Text
from bot.engine import questions
from bot.engine.letters import outward
from bot.engine.letters.writing import Writing
from bot.engine.mirrors import wants_of
from bot.engine.ports import Entry, Filed, Letter, Ping
from bot.engine.questions import Question
from bot.engine.sessions import Session


@dataclass(frozen=True, slots=True)
class Turned:
    """The case as it stands now, and a word that passes."""

    case: Case
    toast: Text | None = None


async def begin(session: Session, begun: Begun) -> Turned:
    """A new case, pinned to the playbook of today."""
    playbook = session.house.playbook(begun.tenant)
    begun = replace(
        begun,
        trackers=await session.house.origins(session.turn, begun.tenant),
        name=session.house.organisations.of(begun.tenant).name_of(begun.stamp.by),
    )
    await session.turn.keep_playbook(playbook)
    case, effects = flow.begin(playbook, begun)
    return await _Work(session, playbook, begun.stamp).finish(case, effects, was=None, event=begun)


async def react(session: Session, filed: Filed, event: Event) -> Turned:
    """The case after the event; it goes on at this place. Raises Conflict."""
    playbook = await session.house.shelf.version(session.turn, filed.case.digest)
    case, effects = flow.reduce(playbook, filed.case, event)
    work = _Work(session, playbook, event.stamp, filed.case)
    asks = any(isinstance(e, Question) for e in effects)
    if case is filed.case and session.place == filed.place and not asks:
        await work.log(case, event)
        turned = Turned(case, await work.carry_out(case, effects))
    else:
        turned = await work.finish(case, effects, was=filed.case.revision, event=event)
    following = next((e for e in effects if isinstance(e, BeginNext)), None)
    return await _next(session, case, following, event.stamp) if following else turned


async def _next(session: Session, case: Case, wish: BeginNext, stamp: Stamp) -> Turned:
    """The next case of this owner on the same promise, with what the one before knows."""
    begun = Begun(
        Stamp(EventId(f"{stamp.id}:next"), stamp.at, stamp.by),
        case=CaseId(session.house.new_id()),
        tenant=case.tenant,
        language=session.language,
        zone=case.zone,
        calendar=case.calendar,
        project=wish.project,
        found=wish.found,
    )
    turned = await begin(session, begun)
    return Turned(turned.case, FOLLOW.began_next)


@dataclass(frozen=True, slots=True)
class _Work:
    session: Session
    playbook: Playbook
    stamp: Stamp
    before: Case | None = None

    async def finish(
        self, case: Case, effects: Iterable[Effect], *, was: int | None, event: Begun | Event
    ) -> Turned:
        """Answer the case's questions, then save, log, and hand over what it asks for."""
        events: list[tuple[Case, Begun | Event]] = [(case, event)]
        effects = list(effects)
        for question in [e for e in effects if isinstance(e, Question)]:
            answer = await questions.answer(self.session, self.playbook, case, question, self.stamp)
            if answer is not None:
                was_case, (case, more) = case, flow.reduce(self.playbook, case, answer)
                effects += more
                if case is not was_case:
                    events.append((case, answer))
        before = self.before.deliveries if self.before is not None else ()
        await self.session.turn.save(Filed(case, self.session.place), was=was)
        await self._share(case)
        if not isinstance(event, MirrorEvent):
            await self._mirror(case)
        for then, happened in events:
            await self.log(then, happened)
        for delivery in case.deliveries[len(before) :]:
            await self.session.turn.log(outward.record(case, delivery, self.stamp))
        if case.told_at is not None and (self.before is None or self.before.told_at is None):
            await self._lay_digests(case)
        return Turned(case, await self.carry_out(case, effects))

    async def _share(self, case: Case) -> None:
        """Whoever may read it finds it."""
        before = self.before.sharing.viewers if self.before is not None else {}
        if before.keys() != case.sharing.viewers.keys():
            await self.session.turn.share(case.id, tuple(case.sharing.viewers))

    async def _mirror(self, case: Case) -> None:
        """What this turn has changed of the case's copies outside is to be written, soon."""
        house, platform = self.session.house, self.session.place.platform
        mirror = house.mirrors.get(platform)
        if mirror is None:
            return
        wants = wants_of(mirror, case.tenant, house.organisations.of(case.tenant))
        if not wants.any:
            return
        today = local_day(case, self.stamp.at)
        now = wishes(self.playbook, case, wants, today=today)
        was = self.before and wishes(self.playbook, self.before, wants, today=today)
        if now != was and steps(case, now):
            due = max(self.stamp.at, case.mirrored.until or self.stamp.at)
            await self.session.turn.set_ping(Ping(case.tenant, case.id, MIRROR, due))

    async def _lay_digests(self, case: Case) -> None:
        """From the telling on, the owner's digests are due; each sets the one after it."""
        owner = await self.session.turn.person(case.owner)
        schedule = owner.schedule if owner else Schedule(case.zone, case.calendar)
        for digest in self.session.house.playbook(case.tenant).pings.digests:
            due = digests.due(digest, schedule, self.stamp.at, who=case.owner)
            name = digests.name_of(digest)
            await self.session.turn.set_ping(Ping(case.tenant, case.id, name, due))

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

    async def _judge(self, effect: JudgeLesson) -> None:
        lesson = await self.session.turn.lesson(effect.lesson)
        if lesson is not None:
            await self.session.turn.keep_lesson(voted(lesson, helpful=effect.helpful))

    async def carry_out(self, case: Case, effects: Iterable[Effect]) -> Text | None:
        """Write what must be said to the outbox, what must be remembered to the pings."""
        toast: Text | None = None
        writing = Writing(self.session, self.playbook, case, self.stamp)
        shown: dict[str, Show] = {}
        boards: list[Board] = []
        leaving: list[Letter] = []
        for effect in effects:
            match effect:
                case Show():
                    shown[effect.slot] = effect
                case ShowBoard():
                    boards += [effect.board] if effect.board not in boards else []
                case Toast():
                    toast = effect.text
                case SetPing():
                    ping = Ping(case.tenant, case.id, effect.kind, effect.due)
                    await self.session.turn.set_ping(ping)
                case DropPing():
                    await self.session.turn.drop_ping(case.id, effect.kind)
                case Deliver():
                    leaving.append(writing.delivery(effect))
                case (
                    Recall()
                    | AskCoach()
                    | AskCustomer()
                    | AskHouse()
                    | FindColleague()
                    | SeekLessons()
                    | MakeLink()
                ):
                    pass  # answered before the case was saved
                case KeepLesson(lesson=lesson):
                    await self.session.turn.keep_lesson(lesson)
                case JudgeLesson():
                    await self._judge(effect)
                case BeginNext():
                    pass  # begun when this one is saved
                case _:
                    assert_never(effect)
        letters = [await writing.shown(show) for show in shown.values()]
        letters += [await writing.board(board) for board in boards]
        await self.session.turn.put([*letters, *leaving])
        return toast
