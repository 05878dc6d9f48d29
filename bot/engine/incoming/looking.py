"""Looks over many cases for one person: follow-ups, lessons, the report of a month."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.core.approving.clicks import BY_APPROVERS
from bot.core.cards import follow_desk
from bot.core.cards.blocks import Card, Paragraph
from bot.core.cards.coming_card import wish_in
from bot.core.case import Case, text_of
from bot.core.desk import Look, Person
from bot.core.following.wording import CASE_FILES, FOLLOW, PAGE
from bot.core.lessons.lesson import best
from bot.core.meetings.meeting import Meeting
from bot.core.pings.rooms import Here
from bot.core.playbook import Playbook
from bot.core.reports import report
from bot.core.words import Text
from bot.engine.house import House
from bot.engine.inbound import Clicked, Inbound, Reply
from bot.engine.incoming import handing, team
from bot.engine.incoming.handing import Looked
from bot.engine.papers import File
from bot.engine.ports import Filed, Turn

WHOLE = "pmo"  # the role whose people see the cases of the whole tenant
Making = Callable[[], File]  # a file takes its time, so it is made when the turn is over
_log = structlog.get_logger(__name__)
FOUND = 5  # lessons that a search shows


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is looked at before a turn is opened, so that nobody waits behind it."""

    here: Here | None = None  # the channel in which a command about it was written
    looked: Looked | None = None  # a file that was sent, as it was read
    file: File | None = None  # that was wished for, once it is made
    why_not: Text | None = None  # why what an approver pressed counts for nothing
    belongs: team.Belonging | None = None  # of who reads what is shared with them; None: not asked


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, when, in which turn."""

    house: House
    turn: Turn
    person: Person
    at: datetime
    platform: str = ""  # where they look


async def ahead(house: House, inbound: Inbound) -> Ahead:
    """What this inbound will need that takes its time: a platform's word."""
    if isinstance(inbound, Clicked) and inbound.action.name in BY_APPROVERS:
        return Ahead(why_not=await team.why_not_heard(house, inbound.envelope))
    looked = await handing.ahead(house, inbound)
    if looked is not None:
        return Ahead(looked=looked)
    return Ahead(await team.look(house, inbound))


async def look(sight: Sight, wish: Look, open_: Sequence[Filed]) -> Reply:
    """What they asked for; `open_` are their own open cases."""
    today = _today(sight)
    if wish.what == "lessons":
        found = best(await sight.turn.lessons(wish.words), wish.words, today=today, limit=FOUND)
        return Reply(cards=(follow_desk.found_lessons(found, wish.words),))
    if wish.what == "followups":
        shelf = sight.house.shelf
        meant, manners = _meant(open_, wish.words), sight.person.manners
        pairs = [(await shelf.version(sight.turn, f.case.digest), f.case) for f in meant]
        made = follow_desk.followups(pairs, today=today, manners=manners, words=wish.words)
        return Reply(cards=(made,))
    month = follow_desk.month_of(wish.words, today)
    if month is None:
        told = FOLLOW.which_month.fill(words=wish.words[:60])
        return Reply(cards=(Card(told, (Paragraph(told),)),))
    labels = cause_labels(sight.house.playbook(sight.person.tenant))
    files = sight.house.make_report is not None and sight.platform in sight.house.takes_files

    def drawn(cases: Sequence[Case]) -> Reply:
        made = report.of_month(cases, month, today=today)
        return Reply(cards=(follow_desk.report_card(made, labels=labels, files=files),))

    return await _over(sight, drawn)


async def report_file(sight: Sight, argument: str) -> Reply | None:
    """The report that a button names, "csv/2026-05", to be taken away; None where there is none."""
    wanted, _, words = argument.partition("/")
    kind = next((k for k in follow_desk.REPORT_KINDS if k == wanted), None)
    today = _today(sight)
    month = follow_desk.month_of(words, today)
    make = sight.house.make_report
    if kind is None or month is None or make is None:
        return None
    labels = cause_labels(sight.house.playbook(sight.person.tenant))
    language = sight.person.language

    def made(cases: Sequence[Case]) -> File:
        found = report.of_month(cases, month, today=today)
        return make(found, kind, labels=labels, language=language)

    if _sees_all(sight):
        return await _over(sight, lambda cases: Reply(file=made(cases)))
    return Reply(making=partial(made, await _own(sight)))


async def case_file(sight: Sight, case: Case, name: str) -> Making | None:
    """What makes a file of a case that was told, or of a meeting; None where there is none of it."""
    meeting = _meeting(case, name)
    if meeting is not None and sight.house.make_meeting_file is not None:
        return partial(sight.house.make_meeting_file, case, meeting.purpose, sight.at)
    is_page = name == PAGE
    kind = next((k for k in CASE_FILES if k == ("retro.md" if is_page else name)), None)
    make = sight.house.make_case_file
    if kind is None or make is None or case.told_at is None:
        return None
    playbook = await sight.house.shelf.version(sight.turn, case.digest)
    making = partial(make, playbook, case, kind, at=sight.at)
    return (lambda: replace(making(), page=True)) if is_page else making


def _meeting(case: Case, name: str) -> Meeting | None:
    """The meeting whose calendar file has this name; None where none was ever booked."""
    found = (m for m in case.meetings.values() if m.booked_at is not None)
    return next((m for m in found if name == f"{m.purpose}.ics"), None)


async def _over(sight: Sight, draw: Callable[[Sequence[Case]], Reply]) -> Reply:
    """What comes of one's own cases; over those of the whole tenant it comes later."""
    if not _sees_all(sight):
        return draw(await _own(sight))
    return Reply(
        toast=FOLLOW.report_coming, later=partial(_of_all, sight.house, sight.person, draw)
    )


async def _of_all(house: House, person: Person, draw: Callable[[Sequence[Case]], Reply]) -> Reply:
    """What comes of all cases of the tenant; thousands are read while others have their turns."""
    try:
        cases = [filed.case for filed in await house.store.cases_of_all(person.tenant)]
        reply = await asyncio.to_thread(draw, cases)
    except Exception as error:  # noqa: BLE001 - the top of it: whoever waits is told
        _log.error("report not made", error=type(error).__name__)
        reply = Reply(toast=FOLLOW.report_failed)
    return replace(reply, language=person.language)


def _meant(cases: Sequence[Filed], words: str) -> Sequence[Filed]:
    """Those whose project or customer the words name, or the one of a button; without any, all."""
    pressed = wish_in(words)
    if pressed is not None and pressed.case is not None:
        return [f for f in cases if f.case.id == pressed.case]
    wish = " ".join(words.split()).casefold()
    found = [f for f in cases if wish and wish in _called(f.case)]
    return found or cases


def _called(case: Case) -> str:
    return f"{text_of(case, 'project')}\n{text_of(case, 'customer')}".casefold()


def _today(sight: Sight) -> date:
    return sight.at.astimezone(ZoneInfo(sight.person.zone)).date()


def cause_labels(playbook: Playbook) -> dict[str, Text]:
    """What the playbook calls each kind of cause."""
    field = next((f for f in playbook.fields.values() if f.id == "cause_kind"), None)
    return {c.id: c.label for c in field.choices} if field else {}


async def _own(sight: Sight) -> Sequence[Case]:
    return [filed.case for filed in await sight.turn.cases(sight.person.id)]


def _sees_all(sight: Sight) -> bool:
    """Whether they look after all cases of the tenant."""
    person = sight.person
    return person.id in sight.house.organisations.of(person.tenant).roles.get(WHOLE, ())
