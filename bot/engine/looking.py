"""Looks over many cases for one person: follow-ups, lessons, the report of a month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.core import actions, commands
from bot.core.approving.clicks import BY_APPROVERS
from bot.core.cards import follow_desk
from bot.core.cards.blocks import Card, Paragraph
from bot.core.case import Case
from bot.core.commands import Command
from bot.core.desk import Look, Person
from bot.core.following.wording import CASE_FILES, FOLLOW
from bot.core.lessons.lesson import best
from bot.core.pings.rooms import Here
from bot.core.playbook import Playbook
from bot.core.reports import report
from bot.core.words import PersonId, TenantId, Text
from bot.engine import team
from bot.engine.house import House
from bot.engine.inbound import Clicked, Commanded, Inbound, Said
from bot.engine.papers import File
from bot.engine.ports import Filed, Turn

WHOLE = "pmo"  # the role whose people see the cases of the whole tenant
Making = Callable[[], File]  # a file takes its time, so it is made when the turn is over
FOUND = 5  # lessons that a search shows


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is looked at before a turn is opened, so that nobody waits behind it."""

    here: Here | None = None  # the channel in which a command about it was written
    whole: Sequence[Filed] = ()  # the tenant's cases, for whoever sees them all and wants a report
    file: File | None = None  # that was wished for, once it is made
    why_not: Text | None = None  # why what an approver pressed counts for nothing


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, when, in which turn."""

    house: House
    turn: Turn
    person: Person
    at: datetime
    platform: str = ""  # where they look
    whole: Sequence[Filed] = ()


async def ahead(house: House, inbound: Inbound) -> Ahead:
    """What this inbound will need that takes its time: a platform's word, or thousands of cases."""
    if isinstance(inbound, Clicked) and inbound.action.name in BY_APPROVERS:
        return Ahead(why_not=await team.why_not_heard(house, inbound.envelope))
    here, envelope = await team.look(house, inbound), inbound.envelope
    if not _sees_all(house, envelope.tenant, envelope.person) or not _wants_report(inbound):
        return Ahead(here)
    return Ahead(here, await house.store.cases_of_all(envelope.tenant))


async def look(sight: Sight, wish: Look, open_: Sequence[Filed]) -> Card:
    """What they asked for; `open_` are their own open cases."""
    today = _today(sight)
    if wish.what == "lessons":
        found = best(await sight.turn.lessons(wish.words), wish.words, today=today, limit=FOUND)
        return follow_desk.found_lessons(found, wish.words)
    if wish.what == "followups":
        shelf = sight.house.shelf
        pairs = [(await shelf.version(sight.turn, f.case.digest), f.case) for f in open_]
        return follow_desk.followups(pairs, today=today)
    month = follow_desk.month_of(wish.words, today)
    if month is None:
        told = FOLLOW.which_month.fill(words=wish.words[:60])
        return Card(told, (Paragraph(told),))
    labels = cause_labels(sight.house.shelf.default)
    files = sight.house.make_report is not None and sight.platform in sight.house.takes_files
    made = await _of_month(sight, month, today)
    return follow_desk.report_card(made, labels=labels, files=files)


async def report_file(sight: Sight, argument: str) -> Making | None:
    """What makes the report that a button names, "csv/2026-05"; None where there is none."""
    wanted, _, words = argument.partition("/")
    kind = next((k for k in follow_desk.REPORT_KINDS if k == wanted), None)
    today = _today(sight)
    month = follow_desk.month_of(words, today)
    make = sight.house.make_report
    if kind is None or month is None or make is None:
        return None
    labels = cause_labels(sight.house.shelf.default)
    found = await _of_month(sight, month, today)
    return partial(make, found, kind, labels=labels, language=sight.person.language)


async def case_file(sight: Sight, case: Case, name: str) -> Making | None:
    """What makes a file of a case that was told, by its kind; None where there is none of it."""
    kind = next((k for k in CASE_FILES if k == name), None)
    make = sight.house.make_case_file
    if kind is None or make is None or case.told_at is None:
        return None
    playbook = await sight.house.shelf.version(sight.turn, case.digest)
    return partial(make, playbook, case, kind, at=sight.at)


async def _of_month(sight: Sight, month: date, today: date) -> report.Report:
    cases = [filed.case for filed in await _seen(sight)]
    return report.of_month(cases, month, today=today)


def _today(sight: Sight) -> date:
    return sight.at.astimezone(ZoneInfo(sight.person.zone)).date()


def cause_labels(playbook: Playbook) -> dict[str, Text]:
    """What the playbook calls each kind of cause."""
    field = next((f for f in playbook.fields.values() if f.id == "cause_kind"), None)
    return {c.id: c.label for c in field.choices} if field else {}


async def _seen(sight: Sight) -> Sequence[Filed]:
    """The cases of the tenant for those who look after all of them, else one's own."""
    person = sight.person
    if _sees_all(sight.house, person.tenant, person.id):
        return sight.whole
    return await sight.turn.cases(person.id)


def _sees_all(house: House, tenant: TenantId, person: PersonId) -> bool:
    return person in house.organisations.of(tenant).roles.get(WHOLE, ())


def _wants_report(inbound: Inbound) -> bool:
    match inbound:
        case Said(text=text):
            command = commands.typed(text)
        case Commanded(words=words):
            command = commands.slash(words)
        case Clicked(action=action):
            if action.name == follow_desk.REPORT_FILE:
                return True
            command = actions.command(action)
        case _:
            return False
    return isinstance(command, Command) and command.verb == "report"
