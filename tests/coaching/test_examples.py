"""Every entry of the coaching files comes with examples; here they are tests."""

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.context import Context
from bot.core.coaching.detectors.subject import Task, prepare
from bot.core.coaching.rubric import Entry, Place, Side
from bot.core.words import LANGUAGES, Language

SIDES = [
    (entry, language, side)
    for entry in default_coaching().entries
    for language in LANGUAGES
    if (side := entry.side(language)) is not None
]
IDS = [f"{entry.id}-{language}" for entry, language, _ in SIDES]


def place_of(entry: Entry) -> Place:
    """A place where the entry is tried."""
    coaching = default_coaching()
    check = coaching.check_of.get(entry.check or "")
    places: tuple[Place, ...] = entry.places or (check.applies if check else ("draft",))
    return places[-1]


@pytest.mark.parametrize(("entry", "language", "side"), SIDES, ids=IDS)
def test_entry_fires_on_its_examples_and_not_on_the_others(
    entry: Entry, language: Language, side: Side
) -> None:
    def stands(text: str) -> bool:
        task = Task(text, place_of(entry), language, Context())
        return prepare(task, default_coaching()).has(entry.id)

    assert [text for text in side.fires if not stands(text)] == []
    assert [text for text in side.quiet if stands(text)] == []
