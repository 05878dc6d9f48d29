"""A double click on "Begin a new one" begins one conversation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import desk
from bot.core.case import Case
from bot.core.commands import Command
from bot.core.desk import Begin, Desk, Pass, Person
from bot.core.events import Resumed, Stamp
from bot.core.words import EventId, PersonId, TenantId
from tests.core.talk import Talk

ME = Person(PersonId("p"), TenantId("t"))


def pressed(case: Case, *, project: str = "", after: timedelta = timedelta(seconds=1)) -> Desk:
    """What pressing the button comes to, that long after the case was last touched."""
    stamp = Stamp(EventId("again"), case.touched_at + after, ME.id)
    return desk.receive(ME, Command("new", project), [desk.summary(case)], stamp)


def test_a_second_click_begins_nothing_and_says_so() -> None:
    case = Talk().case
    came = pressed(case)
    assert (came.act, came.reply, came.person.front) == (None, None, case.id)
    assert came.toast is not None
    assert came.toast.en.startswith("A new conversation is open already")


def test_a_later_click_brings_the_empty_conversation_down() -> None:
    case = Talk().case
    act = pressed(case, after=timedelta(hours=3)).act
    assert isinstance(act, Pass)
    assert (act.case, type(act.event)) == (case.id, Resumed)


def test_one_that_was_put_aside_is_taken_up() -> None:
    act = pressed(replace(Talk().case, stopped=True)).act
    assert isinstance(act, Pass)


@pytest.mark.parametrize("project", ["Wash hall", ""])
def test_where_something_is_told_already_another_one_begins(project: str) -> None:
    told = Talk().submit({"customer": "Northbay"}).case
    assert pressed(told, project=project).act == Begin(project)


def test_another_project_is_another_conversation() -> None:
    assert pressed(Talk().case, project="Wash hall").act == Begin("Wash hall")
