"""A project is watched under its name, once; one that is open already is offered first."""

from datetime import UTC, datetime

import pytest

from bot.core import commands, desk
from bot.core.desk import Begin, Desk, Person, Summary
from bot.core.stamp import Stamp
from bot.core.words import CaseId, EventId, PersonId, TenantId

ANNA = Person(PersonId("anna"), TenantId("t1"))
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


def standing(project: str, *, watch: bool = True) -> Summary:
    return Summary(CaseId(f"of-{project}"), project, "", "collecting", None, False, AT, watch=watch)


def say(line: str, *cases: Summary) -> Desk:
    return desk.receive(ANNA, commands.slash(line), cases, Stamp(EventId("e1"), AT, ANNA.id))


@pytest.mark.parametrize("line", ["watch", "盯"])
def test_without_a_name_nothing_is_begun_and_the_name_is_asked_for(line: str) -> None:
    came = say(line, standing("Rig 7"))
    assert came.act is None
    assert "Which project shall I watch?" in str(came.reply)
    assert "of-Rig 7" in str(came.reply)


@pytest.mark.parametrize("watch", [True, False])
def test_a_project_that_is_open_is_offered_before_a_second_one(*, watch: bool) -> None:
    came = say("watch rig 7", standing("Rig 7", watch=watch))
    assert came.act is None
    assert "is open already" in str(came.reply)
    assert "of-Rig 7" in str(came.reply)


def test_a_second_watch_is_begun_when_it_is_meant() -> None:
    rig = standing("Rig 7")
    meant = commands.Command("watch_anew", "Rig 7")
    came = desk.receive(ANNA, meant, [rig], Stamp(EventId("e1"), AT, ANNA.id))
    assert came.act == Begin("Rig 7", watch=True)


def test_another_project_is_watched_at_once() -> None:
    assert say("watch Rig 8", standing("Rig 7")).act == Begin("Rig 8", watch=True)
