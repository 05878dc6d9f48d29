"""A text full of figures is read in time that grows with its length only."""

from collections.abc import Callable
from dataclasses import replace
from time import process_time

import pytest

from bot.content.coaching import default_coaching
from bot.core.cards.draft_card import draft_card
from bot.core.case import Case, Edit, TextValue, Variant
from bot.core.dialogue.notes import on_draft
from bot.core.message.claims import check, facts, missing
from bot.core.message.draft import assemble, key
from bot.core.words import FieldId
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full

EMAIL = Variant("email", "day_to_day", "en")
BOUND = 12  # seconds of the processor; what grew with the square took minutes
ROWS = (
    f"2026-0{1 + i % 9}-{1 + i % 28:02d},Part {i},{i * 7 % 1000},{i % 100}%,EUR {i * 13}"
    for i in range(2_000)
)
TEXTS = {"figures": "12," * 13_000, "table": "\n".join(ROWS), "different": ""}
TEXTS["different"] = " ".join(f"{i} cranes," for i in range(4_000))


def answered(text: str) -> Case:
    """A case with this answer."""
    case, name = full("en"), FieldId("cause")
    answer = replace(case.answers[name], value=TextValue(text))
    return replace(case, answers={**case.answers, name: answer}, variant=EMAIL)


def edited(text: str) -> Case:
    """A case whose e-mail was changed by hand to this text."""
    return replace(full("en"), edits={key(EMAIL): Edit(text, "other", AT, PM)}, variant=EMAIL)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("made", [answered, edited])
def test_many_figures_are_read_in_linear_time(made: Callable[[str], Case], text: str) -> None:
    case = made(TEXTS[text])
    begun = process_time()
    draft = assemble(PLAYBOOK, case, EMAIL, today=TODAY)
    base = facts(PLAYBOOK, case, today=TODAY)
    written = TEXTS[text] if made is edited else draft.text
    ledger = check(written, base, draft=draft)
    lost = missing(written, base, draft)
    card = draft_card(PLAYBOOK, case, EMAIL, today=TODAY)
    on_draft(PLAYBOOK, case, EMAIL, default_coaching(), today=TODAY)
    assert process_time() - begun < BOUND
    assert bool(ledger.flagged) == bool(lost) == (made is edited)
    assert card.blocks
