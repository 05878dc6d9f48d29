"""A good word stood above a note that holds the message back, and sounded hollow."""

from bot.core.cards.blocks import Hint
from bot.core.cards.note_blocks import note_blocks
from bot.core.dialogue import notes
from tests.core.test_notes import Coached


def praised(cause: str) -> list[str]:
    talk = Coached().answer(cause=cause)
    assert notes.standing_notes(talk.case, "cause")
    blocks = note_blocks(talk.case, "cause", edit=None)
    return [b.text.en for b in blocks if isinstance(b, Hint) and b.tone == "good"]


def test_beside_a_note_that_holds_the_message_nothing_is_praised() -> None:
    assert praised("On 12 May the belt failed, we tell nobody until they ask.") == []


def test_beside_a_lesser_note_it_is() -> None:
    assert praised("On 12 May the belt failed. The delay is a tiny hiccup.") != []
