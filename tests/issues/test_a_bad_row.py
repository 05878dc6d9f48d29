"""What was wrong with a row of a table stood below a long box, or behind the button that opens it."""

import pytest

from bot.core.cards.blocks import Card, Form, Hint
from bot.core.events import Raw
from tests.core.talk import Talk


def hints(card: Card) -> list[str]:
    """The hints above the form."""
    at = next(n for n, b in enumerate(card.blocks) if isinstance(b, Form))
    return [b.text.en for b in card.blocks[:at] if isinstance(b, Hint)]


def planned(rows: Raw) -> Talk:
    """A plan with these milestones."""
    talk = Talk().fill_all()
    return talk.click("edit", "plan").submit({"milestones": rows})


BAD = (
    {"name": "Seals", "day": "some day", "owner": "Ida"},
    {"name": "Test", "day": "2026-04-14", "owner": "Bo"},
)


def test_a_bad_row_is_told_above_the_boxes() -> None:
    (said,) = hints(planned(BAD).card())
    assert said.startswith("Milestones: Row 1, Day: ")
    assert "some day" in said


@pytest.mark.parametrize("day", ["2026-04-08", "8 April"])
def test_once_it_is_mended_nothing_is_said(day: str) -> None:
    talk = planned(BAD).submit({"milestones": ({**BAD[0], "day": day}, BAD[1])})
    assert talk.case.pending == {}
