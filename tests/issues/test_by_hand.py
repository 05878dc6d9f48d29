"""Whatever a hand changes in a sentence of the draft is shown with the answers it was made of."""

from dataclasses import replace

import pytest

from bot.core.cards.blocks import Hint
from bot.core.cards.draft_card import draft_card
from bot.core.case import Edit, TextValue, Variant
from bot.core.message.by_hand import reworded_by_hand
from bot.core.message.draft import assemble, key
from bot.core.words import FieldId, Language
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "The pump failed its test at the maker", "The pump passed its test at the maker"),
        ("en", "The part came three weeks too late", "The part came three weeks early"),
        ("en", "The part was not checked by us", "The part was checked by us"),
        ("zh", "泵在供方厂里没有通过测试", "泵在供方厂里通过测试"),
    ],
)
def test_the_smallest_change_of_an_answer_is_shown(
    language: Language, before: str, after: str
) -> None:
    case, name = full(language), FieldId("cause")
    answer = replace(case.answers[name], value=TextValue(before))
    case = replace(case, answers={**case.answers, name: answer})
    draft = assemble(PLAYBOOK, case, Variant("email", "day_to_day", language), today=TODAY)
    place = draft.text.lower().index(before.lower())
    text = draft.text[: place + 1] + after[1:] + draft.text[place + len(before) :]
    (found,) = reworded_by_hand(text, draft)
    assert name in found.answers
    assert text[slice(*found.span)] == found.text
    assert after[1:] in found.text
    edits = {key(draft.variant): Edit(text, draft.digest, AT, PM)}
    card = draft_card(PLAYBOOK, replace(case, edits=edits), draft.variant, today=TODAY)
    label = PLAYBOOK.fields[name].label.en
    hints = [b.text.en for b in card.blocks if isinstance(b, Hint)]
    assert any("by hand" in said and label in said for said in hints)


@pytest.mark.parametrize(("language", "more"), [("en", "Best wishes"), ("zh", "顺祝商祺")])
def test_a_greeting_put_in_changes_no_sentence(language: Language, more: str) -> None:
    draft = assemble(
        PLAYBOOK, full(language), Variant("email", "day_to_day", language), today=TODAY
    )
    assert reworded_by_hand(f"{draft.text}\n{more}", draft) == ()
    assert reworded_by_hand(draft.text, draft) == ()
