"""What a case asks of the house: answered from what is kept here, before the case is saved."""

from typing import assert_never

from bot.core.approving.events import ColleagueFound, HouseTold
from bot.core.case import Case
from bot.core.dialogue import notes, recall
from bot.core.dialogue.scalars import local_day
from bot.core.effects import (
    AskCoach,
    AskCustomer,
    AskHouse,
    FindColleague,
    MakeLink,
    Recall,
    SeekLessons,
)
from bot.core.events import Event
from bot.core.following.events import LessonsFound, LinkMade
from bot.core.lessons.lesson import best
from bot.core.playbook import Playbook
from bot.core.rehearsal import calling
from bot.core.stamp import Stamp
from bot.engine.links import Ticket
from bot.engine.sessions import Session

Question = Recall | AskCoach | AskCustomer | AskHouse | FindColleague | SeekLessons | MakeLink


async def answer(
    session: Session, playbook: Playbook, case: Case, question: Question, stamp: Stamp
) -> Event | None:
    """The event that brings the answer; None where there is nothing to say."""
    event: Event | None
    match question:
        case Recall():
            earlier = await session.turn.cases_with(case.owner, question.customer, but=case.id)
            event = recall.answer(playbook, case, earlier, stamp=stamp)
        case AskCustomer():
            event = _called(session, playbook, case, stamp)
        case AskCoach():
            event = _coached(session, playbook, case, question, stamp)
        case SeekLessons():
            event = await _taught(session, case, question, stamp)
        case AskHouse():
            event = await _housed(session, case, question, stamp)
        case FindColleague():
            found = session.house.organisations.of(case.tenant).named(question.name)
            event = ColleagueFound(stamp, question.number, question.place, question.turn, found)
        case MakeLink():
            event = _linked(session, case, question, stamp)
        case _:
            assert_never(question)
    return event


def _called(session: Session, playbook: Playbook, case: Case, stamp: Stamp) -> Event | None:
    house = session.house
    line = calling.Line(
        house.customers() if house.customers else {},
        house.coaching() if house.coaching else None,
    )
    return calling.answer(playbook, case, line, stamp=stamp, today=local_day(case, stamp.at))


def _coached(
    session: Session, playbook: Playbook, case: Case, question: AskCoach, stamp: Stamp
) -> Event | None:
    coaching, today = session.house.coaching, local_day(case, stamp.at)
    if coaching is None:
        return None
    return notes.answer(playbook, case, question, coaching(), stamp=stamp, today=today)


async def _taught(session: Session, case: Case, wish: SeekLessons, stamp: Stamp) -> LessonsFound:
    found = await session.turn.lessons(wish.words, wish.category)
    today = local_day(case, stamp.at)
    return LessonsFound(stamp, best(found, wish.words, today=today, category=wish.category))


async def _housed(session: Session, case: Case, question: AskHouse, stamp: Stamp) -> HouseTold:
    house, platform = session.house, session.place.platform
    around = house.organisations.of(case.tenant).surroundings(
        question.customer,
        case.owner,
        today=local_day(case, stamp.at),
        can_mail=await house.can_mail(session.turn, case.tenant),
        can_link=house.links is not None,
        takes_files=platform in house.takes_files,
        takes_pages=platform in house.takes_pages,
    )
    return HouseTold(stamp, around)


def _linked(session: Session, case: Case, wish: MakeLink, stamp: Stamp) -> LinkMade:
    links = session.house.links
    ticket = Ticket(case.tenant, case.id, wish.number, wish.until)
    url = links.made(ticket) if links is not None else ""
    return LinkMade(stamp, wish.number, url, wish.until)
