"""One event on one case, inside an open turn: reduce, save, log, and what is to be said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from pydantic_core import to_json

from bot.core import flow
from bot.core.approving.events import ColleagueFound, HouseTold
from bot.core.cards import screens
from bot.core.cards.blocks import Card
from bot.core.case import Case
from bot.core.dialogue import notes, recall
from bot.core.dialogue.scalars import local_day
from bot.core.effects import (
    ApprovalScreen,
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
    Screen,
    SeekLessons,
    SetPing,
    Show,
    ShowBoard,
    Toast,
)
from bot.core.events import Begun, Event, Recalled, Stamp
from bot.core.following.events import LessonsFound, LinkMade
from bot.core.following.wording import FOLLOW
from bot.core.lessons.lesson import best, voted
from bot.core.pings import digests
from bot.core.pings.manners import Schedule
from bot.core.pings.reminder import Board
from bot.core.playbook import Playbook
from bot.core.rehearsal import calling
from bot.core.words import CaseId, EventId, Language, PersonId, TenantId, Text, same
from bot.engine import boards as ping_boards
from bot.engine import outward
from bot.engine.house import House
from bot.engine.links import Ticket
from bot.engine.ports import USEFUL, Entry, Filed, Letter, Ping, Place, Turn

Question = Recall | AskCoach | AskCustomer | AskHouse | FindColleague | SeekLessons | MakeLink
MAIL = "mail"  # the platform of mails


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
            answer = await self._answered(case, question)
            if answer is not None:
                was_case, (case, more) = case, flow.reduce(self.playbook, case, answer)
                effects += more
                if case is not was_case:
                    events.append((case, answer))
        before = self.before.deliveries if self.before is not None else ()
        await self.session.turn.save(Filed(case, self.session.place), was=was)
        for then, happened in events:
            await self.log(then, happened)
        for delivery in case.deliveries[len(before) :]:
            await self.session.turn.log(outward.record(case, delivery, self.stamp))
        if case.told_at is not None and (self.before is None or self.before.told_at is None):
            await self._lay_digests(case)
        return Turned(case, await self.carry_out(case, effects))

    async def _lay_digests(self, case: Case) -> None:
        """From the telling on, the owner's digests are due; each sets the one after it."""
        owner = await self.session.turn.person(case.owner)
        schedule = owner.schedule if owner else Schedule(case.zone, case.calendar)
        for digest in self.session.house.shelf.default.pings.digests:
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

    async def _answered(self, case: Case, question: Question) -> Event | None:
        if isinstance(question, Recall):
            return await self._recalled(case, question)
        if isinstance(question, AskCustomer):
            return self._called(case)
        if isinstance(question, SeekLessons):
            return await self._taught(case, question)
        if isinstance(question, AskHouse | FindColleague | MakeLink):
            return self._looked_up(case, question)
        coaching = self.session.house.coaching
        if coaching is None:
            return None
        today = local_day(case, self.stamp.at)
        return notes.answer(
            self.playbook, case, question, coaching(), stamp=self.stamp, today=today
        )

    async def _taught(self, case: Case, wish: SeekLessons) -> LessonsFound:
        found = await self.session.turn.lessons(wish.words, wish.category)
        today = local_day(case, self.stamp.at)
        fitting = best(found, wish.words, today=today, category=wish.category)
        return LessonsFound(self.stamp, fitting)

    async def _judge(self, effect: JudgeLesson) -> None:
        lesson = await self.session.turn.lesson(effect.lesson)
        if lesson is not None:
            await self.session.turn.keep_lesson(voted(lesson, helpful=effect.helpful))

    def _looked_up(self, case: Case, question: AskHouse | FindColleague | MakeLink) -> Event:
        house = self.session.house
        if isinstance(question, MakeLink):
            return self._linked(case, question)
        organisation = house.organisations.of(case.tenant)
        if isinstance(question, FindColleague):
            found = organisation.named(question.name)
            at = question.number, question.place, question.turn
            return ColleagueFound(self.stamp, *at, found)
        around = organisation.surroundings(
            question.customer,
            case.owner,
            today=local_day(case, self.stamp.at),
            can_mail=MAIL in house.channels,
            can_link=house.links is not None,
            takes_files=self.session.place.platform in house.takes_files,
            takes_pages=self.session.place.platform in house.takes_pages,
        )
        return HouseTold(self.stamp, around)

    def _linked(self, case: Case, wish: MakeLink) -> LinkMade:
        links = self.session.house.links
        ticket = Ticket(case.tenant, case.id, wish.number, wish.until)
        url = links.made(ticket) if links is not None else ""
        return LinkMade(self.stamp, wish.number, url, wish.until)

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
                    leaving.append(outward.letter(self._base(case), case, effect))
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
        letters = [await self._letter(case, show) for show in shown.values()]
        letters += [await self._board(case, board) for board in boards]
        await self.session.turn.put([*letters, *leaving])
        return toast

    async def _letter(self, case: Case, show: Show) -> Letter:
        today = local_day(case, self.stamp.at)
        place, language = self.session.place, self.session.language
        if show.to is not None:
            place, language = await self._reached(case.tenant, show.to)
        elif show.room is not None:
            _, language = await self._reached(case.tenant, case.owner)
            place = Place(show.room.platform, show.room.conversation)
        return replace(
            self._base(case),
            place=place,
            slot=show.slot,
            language=language,
            card=screens.draw(self.playbook, case, await self._screen(show), today=today),
        )

    async def _screen(self, show: Show) -> Screen:
        """The screen, with the clock of the approver who reads it where that is known."""
        if show.to is None or not isinstance(show.screen, ApprovalScreen):
            return show.screen
        known = await self.session.turn.person(show.to)
        zone = known.zone if known is not None and not known.guessed else ""
        return replace(show.screen, zone=zone)

    async def _board(self, case: Case, board: Board) -> Letter:
        home = await self._reached(case.tenant, board.to or case.owner)
        session = self.session
        return await ping_boards.letter(
            session.house, session.turn, board, case, at=self.stamp.at, home=home
        )

    def _base(self, case: Case) -> Letter:
        """A letter of this moment, still to be filled."""
        return Letter(
            id=self.session.house.new_id(),
            case=case.id,
            place=self.session.place,
            slot="",
            language=self.session.language,
            card=Card(same("…")),
            at=self.stamp.at,
            expires_at=self.stamp.at + USEFUL,
        )

    async def _reached(self, tenant: TenantId, person: PersonId) -> tuple[Place, Language]:
        """Where somebody else is told, in their language: where they were last heard, else directly."""
        house = self.session.house
        known = await self.session.turn.person(person)
        if known is not None and known.conversation:
            return Place(known.platform, known.conversation), known.language
        platform = self.session.place.platform
        language = known.language if known else self.session.language
        return Place(platform, house.direct(platform, tenant, person)), language
