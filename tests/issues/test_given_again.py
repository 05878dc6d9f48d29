"""The present answer, written over what waits in its box, settles what waits."""

from bot.core.words import FieldId
from tests.core.talk import Talk


def test_the_present_answer_typed_over_a_day_with_two_readings_settles_it() -> None:
    talk = Talk().submit({"original_date": "2026-04-15"}).submit({"original_date": "3/4"})
    assert talk.case.pending
    talk.submit({"original_date": "2026-04-15"})
    assert (dict(talk.case.pending), talk.value("original_date")) == ({}, "2026-04-15")


def test_it_settles_the_answer_of_another_window_that_was_in_sight() -> None:
    talk = Talk().submit({"original_date": "2026-04-15"})
    seen = talk.case.revision
    talk.submit({"original_date": "3/4"}).submit({"original_date": "2026-04-18"}, seen=seen)
    assert talk.case.others
    talk.submit({"original_date": "2026-04-15"})
    assert (dict(talk.case.pending), dict(talk.case.others)) == ({}, {})


def test_an_older_window_does_not_write_over_what_was_given_again() -> None:
    talk = Talk().submit({"original_date": "2026-04-15"}).submit({"original_date": "3/4"})
    seen = talk.case.revision
    talk.submit({"original_date": "2026-04-15"}).submit({"original_date": "2026-04-18"}, seen=seen)
    assert talk.value("original_date") == "2026-04-15"
    assert len(talk.case.others) == 1


def test_a_choice_between_two_windows_takes_nothing_that_came_after_its_card() -> None:
    talk = Talk()
    old = talk.case.revision
    talk.submit({"project": "Wash hall"}, seen=old).submit({"project": "Depot"}, seen=old)
    take = next(a for a in talk.pressable() if a.name == "other" and "/take/" in a.argument)
    talk.submit({"project": "🙂"}, seen=old)
    talk.press(take)
    assert talk.value("project") == "Depot"
    assert talk.case.pending[FieldId("project")].raw == "🙂"
