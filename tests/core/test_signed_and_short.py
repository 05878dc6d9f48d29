"""Who signs where nobody was named, and what is said of answers that gave way to a short channel."""

from dataclasses import replace

import pytest

from bot.core.cards.blocks import Buttons, Card, Hint
from bot.core.cards.draft_card import draft_card
from bot.core.case import Case, Variant
from bot.core.message import claims
from bot.core.message.draft import SENDER, assemble
from bot.core.message.facts import facts
from bot.core.words import LANGUAGES, FieldId, Language
from tests.delivery_cases import PLAYBOOK, TODAY, full

LONG: dict[Language, str] = {
    "en": "The belt failed on 12 May " + "and was sent back to its maker to be tested anew " * 12,
    "zh": "5月12日到货的变频器里有11台通讯板版本不对" + "，退回原厂重新检测" * 30,
}


def unsigned(language: Language, name: str) -> Case:
    case = full(language)
    answers = {k: v for k, v in case.answers.items() if k != SENDER}
    return replace(case, answers=answers, owner_name=name)


def hints(card: Card, language: Language) -> list[str]:
    return [b.text.to(language) for b in card.blocks if isinstance(b, Hint)]


@pytest.mark.parametrize("channel", ["email", "letter"])
@pytest.mark.parametrize(("language", "name"), [("en", "Anna Berg"), ("zh", "陈雨")])
def test_its_owner_signs_where_nobody_else_was_named(
    language: Language, name: str, channel: str
) -> None:
    case = unsigned(language, name)
    variant = Variant("letter" if channel == "letter" else "email", "day_to_day", language)
    draft = assemble(PLAYBOOK, case, variant, today=TODAY)
    assert name in draft.text.splitlines()
    known = facts(PLAYBOOK, case, today=TODAY)
    assert claims.check(draft.text, known, draft=draft).flagged == ()


def test_who_was_named_signs_and_not_the_owner() -> None:
    case = replace(full("en"), owner_name="Anna Berg")
    text = assemble(PLAYBOOK, case, Variant("email", "day_to_day", "en"), today=TODAY).text
    assert ("Ida Moreau" in text, "Anna Berg" in text) == (True, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_without_any_name_asks_who_signs(language: Language) -> None:
    variant = Variant("email", "day_to_day", language)
    card = draft_card(PLAYBOOK, unsigned(language, ""), variant, today=TODAY)
    asks = {"en": "No name stands under it yet. Who signs?", "zh": "落款还没有名字，写谁的？"}
    assert asks[language] in hints(card, language)
    pressed = [b.action.argument for x in card.blocks if isinstance(x, Buttons) for b in x.buttons]
    assert PLAYBOOK.step_of[SENDER].id in pressed


@pytest.mark.parametrize("case", [full("en"), unsigned("en", "Anna Berg")])
def test_nobody_is_asked_who_signs_where_a_name_stands(case: Case) -> None:
    card = draft_card(PLAYBOOK, case, Variant("email", "day_to_day", "en"), today=TODAY)
    assert not [said for said in hints(card, "en") if "Who signs" in said]


def test_a_chat_message_has_no_place_for_a_name_and_asks_for_none() -> None:
    card = draft_card(
        PLAYBOOK, unsigned("en", ""), Variant("chat", "day_to_day", "en"), today=TODAY
    )
    assert not [said for said in hints(card, "en") if "Who signs" in said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_gives_way_to_a_short_channel_is_named_first(language: Language) -> None:
    case = full(language, cause=LONG[language])
    variant = Variant("chat", "day_to_day", language)
    gone = assemble(PLAYBOOK, case, variant, today=TODAY).gave_way
    assert {"impact", "recommended"} <= {*gone}
    said = hints(draft_card(PLAYBOOK, case, variant, today=TODAY), language)
    label = PLAYBOOK.fields[FieldId("impact")].label.to(language)
    cut = [x for x in said if label in x]
    assert len(cut) == 1
    assert cut[0].startswith(
        {"en": "Left out to stay within 120 words", "zh": "为了不超过250字"}[language]
    )


def test_where_all_has_room_nothing_is_said_to_give_way() -> None:
    variant = Variant("email", "day_to_day", "en")
    assert assemble(PLAYBOOK, full("en", cause=LONG["en"]), variant, today=TODAY).gave_way == ()
