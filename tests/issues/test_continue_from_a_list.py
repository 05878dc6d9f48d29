"""A case's id is opaque: its letters may not be folded when a list's button brings it back."""

from datetime import UTC, datetime

from bot.core.commands import Command
from bot.core.desk import Pass, Person, Summary, receive
from bot.core.events import Stamp
from bot.core.words import CaseId, EventId, PersonId, TenantId

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_button_of_the_list_opens_its_case() -> None:
    person = Person(PersonId("maya"), TenantId("t"))
    case = Summary(CaseId("XxR6f6SJsW_C"), "Apollo", "Acme", "collecting", None, False, AT)
    other = Summary(CaseId("2tg1d5nTLKYU"), "Hall 4", "Acme", "collecting", None, False, AT)
    stamp = Stamp(EventId("e1"), AT, person.id)
    desk = receive(person, Command("resume", case.id), [case, other], stamp)
    assert isinstance(desk.act, Pass)
    assert desk.act.case == case.id
