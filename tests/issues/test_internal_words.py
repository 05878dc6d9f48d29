"""An internal sentence cannot be copied, and another wording of the end raises no false alarm."""

from dataclasses import replace

import pytest

from bot.core.cards.blocks import Quote
from bot.core.cards.draft_card import draft_card
from bot.core.case import Case, Edit, TextValue, Variant
from bot.core.message.claims import check, facts, missing
from bot.core.message.draft import assemble, key
from bot.core.words import FieldId, Language
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full

SECRETS: dict[Language, str] = {
    "en": "Our buyer simply forgot the order and nobody dared admit it.",
    "zh": "采购员忘记下单，主管一直瞒着没上报。",
}


def edited(language: Language, more: str) -> Case:
    """A case with an internal note, its e-mail changed by hand."""
    case, name = full(language), FieldId("internal_note")
    answer = replace(case.answers[name], value=TextValue(SECRETS[language]))
    variant = Variant("email", "day_to_day", language)
    case = replace(case, answers={**case.answers, name: answer}, variant=variant)
    draft = assemble(PLAYBOOK, case, variant, today=TODAY)
    edit = Edit(f"{draft.text}\n{more}", draft.digest, AT, PM)
    return replace(case, edits={key(variant): edit})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_internal_sentence_holds_the_copy(language: Language) -> None:
    case = edited(language, SECRETS[language])
    assert case.variant is not None
    card = draft_card(PLAYBOOK, case, case.variant, today=TODAY)
    quote = next(b for b in card.blocks if isinstance(b, Quote))
    assert not quote.copy
    base = facts(PLAYBOOK, case, today=TODAY)
    found = check(quote.text.en, base).flagged
    assert {(e.verdict, e.answers) for e in found} == {("internal", ("internal_note",))}


@pytest.mark.parametrize(("language", "more"), [("en", "Best wishes"), ("zh", "顺祝商祺")])
def test_a_greeting_put_in_is_no_fault(language: Language, more: str) -> None:
    case = edited(language, more)
    assert case.variant is not None
    draft = assemble(PLAYBOOK, case, case.variant, today=TODAY)
    base = facts(PLAYBOOK, case, today=TODAY)
    text = f"{draft.text}\n{more}"
    assert missing(text, base, draft) == ()
    assert check(text, base, draft=draft).flagged == ()
    card = draft_card(PLAYBOOK, case, case.variant, today=TODAY)
    assert next(b for b in card.blocks if isinstance(b, Quote)).copy
