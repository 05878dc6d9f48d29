"""Wording that a step was told of, and that stands in the draft, is told of there again."""

import pytest

from bot.core.cards.blocks import Hint
from bot.core.coaching.events import NoteKept
from bot.core.dialogue import notes
from bot.core.events import DraftOpened
from bot.core.phrases import SAY
from bot.core.words import Language
from tests.core.test_notes import Coached

BLAMED: dict[Language, str] = {
    "en": "On 12 May the belt failed because Jens forgot to chase the supplier.",
    "zh": "都怪接口厂商老李，迟迟不给文档。",
}


def drafted(language: Language, *, kept: bool = False) -> tuple[Coached, str]:
    """The draft of a case whose cause puts the blame on somebody, and under which name it is."""
    talk = Coached(language).answer(cause=BLAMED[language])
    for note in notes.standing_notes(talk.case, "cause") if kept else ():
        talk.tell(NoteKept(talk.stamp(), "cause", note.check, "agreed with them"))
    talk.tell(DraftOpened(talk.stamp()))
    (about,) = [name for name in talk.case.coached if "." in name]
    return talk, about


def blamed(talk: Coached, about: str) -> list[str]:
    return [c for c in talk.checks(about) if c.startswith("cause.")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_blame_that_was_told_of_is_no_clean_draft(language: Language) -> None:
    talk, about = drafted(language)
    assert blamed(talk, about)
    assert talk.case.coached[about].grade not in ("", "A", "B")
    said = [b.text for b in talk.live_card().blocks if isinstance(b, Hint)]
    assert SAY.grade_ready not in said


def test_words_that_were_kept_at_their_step_are_not_told_of_again() -> None:
    told, about = drafted("zh")
    talk, same_about = drafted("zh", kept=True)
    assert about == same_about
    assert len(blamed(talk, about)) < len(blamed(told, about))


def test_a_sentence_is_not_offered_in_place_of_a_few_words() -> None:
    talk = Coached()
    talk.answer(cause="We will definitely be ready on 19 June if the belt holds at 80 degrees.")
    (note,) = [
        n for n in notes.standing_notes(talk.case, "cause") if n.check == "promise.certainty"
    ]
    assert note.phrase
    assert note.rewording == ""
