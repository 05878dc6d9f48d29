"""Whatever a hand changes in a sentence of the draft is shown with the answers it was made of."""

from dataclasses import replace

import pytest

from bot.core.cards.blocks import Hint
from bot.core.cards.draft_card import draft_card
from bot.core.case import ChoiceValue, Edit, TextValue, Variant
from bot.core.message.by_hand import ByHand, by_hand
from bot.core.message.claims import check
from bot.core.message.draft import assemble, key
from bot.core.message.facts import facts
from bot.core.words import LANGUAGES, FieldId, Language
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
    (found,) = by_hand(text, draft).reworded
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
    found = by_hand(f"{draft.text}\n{more}", draft)
    assert (found.reworded, found.left_out, [x.text for x in found.own]) == ((), (), [more])
    assert by_hand(draft.text, draft) == ByHand()


@pytest.mark.parametrize(
    ("language", "name", "value"), [("en", "confidence", "low"), ("zh", "confidence", "low")]
)
def test_another_choice_is_found_in_a_wording_of_before(
    language: Language, name: str, value: str
) -> None:
    """A choice is no figure: it only picks the sentence. The text of before says another one."""
    field, case = FieldId(name), full(language)
    variant = Variant("email", "day_to_day", language)
    old = assemble(PLAYBOOK, case, variant, today=TODAY)
    changed = replace(case.answers[field], value=ChoiceValue(value))
    case = replace(case, answers={**case.answers, field: changed})
    case = replace(case, edits={key(variant): Edit(old.text, old.digest, AT, PM)})
    card = draft_card(PLAYBOOK, case, variant, today=TODAY)
    hints = [b.text.to(language) for b in card.blocks if isinstance(b, Hint)]
    label = PLAYBOOK.fields[field].label.to(language)
    said = {"en": ("Not in the text", "No answer says"), "zh": ("文本里没有", "没有依据")}[language]
    assert any(said[0] in x and label in x for x in hints)
    assert any(said[1] in x for x in hints)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dropped_choice_is_found_in_a_wording_of_before(language: Language) -> None:
    field, case = FieldId("confidence"), full(language)
    variant = Variant("email", "day_to_day", language)
    old = assemble(PLAYBOOK, case, variant, today=TODAY)
    line = next(x for x in old.sentences if field in x.answers)
    answers = {k: v for k, v in case.answers.items() if k != field}
    edits = {key(variant): Edit(old.text, old.digest, AT, PM)}
    card = draft_card(PLAYBOOK, replace(case, answers=answers, edits=edits), variant, today=TODAY)
    hints = [b.text.to(language) for b in card.blocks if isinstance(b, Hint)]
    assert any(line.text in x for x in hints)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_of_another_answer_is_no_new_date(language: Language) -> None:
    """Each date of the text comes from an answer; one stands where another is due."""
    case, variant = full(language), Variant("email", "day_to_day", language)
    draft = assemble(PLAYBOOK, case, variant, today=TODAY)
    news = next(x for x in draft.sentences if x.part == "news").text
    own, other = {
        "en": ("Friday 19 June", "Friday 22 May"), "zh": ("6月12日（周五）", "5月22日（周五）"),
    }[language]  # fmt: skip
    assert own in news
    assert other in draft.text
    text = draft.text.replace(news, news.replace(own, other))
    ledger = check(text, facts(PLAYBOOK, case, today=TODAY), draft=draft)
    assert [(e.verdict, e.answers) for e in ledger.flagged] == [("changed", (FieldId("new_date"),))]
