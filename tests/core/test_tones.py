"""Shorter, warmer, more formal: other words, the same claims, and what changed is shown."""

from dataclasses import replace

import pytest

from bot.core import actions
from bot.core.cards.blocks import Buttons, Quote
from bot.core.cards.draft_card import draft_card
from bot.core.case import Edit, Variant
from bot.core.dialogue.viewing import variant_named
from bot.core.message import claims, draft
from bot.core.message.composing import Draft
from bot.core.message.facts import facts
from bot.core.message.tones import voiced
from bot.core.playbook import Playbook, Reader, Tone
from bot.core.words import LANGUAGES, Language
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, again, full

TONES: tuple[Tone, ...] = ("shorter", "warmer", "formal")


def text(language: Language, tone: Tone) -> Draft:
    variant = Variant("email", "day_to_day", language, tone)
    return draft.assemble(PLAYBOOK, full(language), variant, today=TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", TONES)
def test_a_tone_has_words_of_its_own_and_every_claim_is_traced(
    language: Language, tone: Tone
) -> None:
    plain, found = text(language, "plain"), text(language, tone)
    ledger = claims.check(found.text, facts(PLAYBOOK, full(language), today=TODAY), draft=found)
    assert found.text != plain.text
    assert ledger.flagged == ()
    parts = [line.part for line in found.sentences]
    assert parts.count("greeting") == parts.count("closing") == parts.count("news") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", actions.READERS)
@pytest.mark.parametrize("tone", ["plain", *TONES])
def test_the_new_date_stands_first_also_where_the_date_moved_before(
    language: Language, reader: Reader, tone: Tone
) -> None:
    variant = Variant("email", reader, language, tone)
    found = draft.assemble(PLAYBOOK, again(language), variant, today=TODAY)
    first = next(line for line in found.sentences if line.part == "news")
    assert "new_date" in first.answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_shorter_is_shorter(language: Language) -> None:
    assert text(language, "shorter").words < 0.9 * text(language, "plain").words


@pytest.mark.parametrize("tone", ["plain", *TONES])
def test_a_tone_has_its_own_place_for_wordings(tone: Tone) -> None:
    variant = Variant("email", "executive", "zh", tone)
    assert variant_named(draft.key(variant)) == variant
    wish = actions.draft_action(tone=tone)
    assert [*wish.argument.split("/")][-1] == tone


def test_the_card_shows_what_a_tone_changed() -> None:
    card = draft_card(
        PLAYBOOK, full("en"), Variant("email", "day_to_day", "en", "formal"), today=TODAY
    )
    quotes = [b.text.en for b in card.blocks if isinstance(b, Quote)]
    assert "− Hello Ms Okafor," in quotes[-1]
    assert "+ Dear Ms Okafor," in quotes[-1]
    labels = [x.label.en for b in card.blocks if isinstance(b, Buttons) for x in b.buttons]
    assert {"Plain", "Shorter", "Warmer", "More formal"} <= set(labels)


def test_what_was_changed_by_hand_is_shown_too() -> None:
    variant = Variant("email", "day_to_day", "en")
    made = draft.assemble(PLAYBOOK, full("en"), variant, today=TODAY)
    edit = Edit(made.text.replace("I am sorry for that.", "I regret it."), made.digest, AT, PM)
    case = replace(full("en"), edits={draft.key(variant): edit})
    card = draft_card(PLAYBOOK, case, variant, today=TODAY)
    quotes = [b.text.en for b in card.blocks if isinstance(b, Quote)]
    assert quotes[-1] == "− I am sorry for that.\n+ I regret it."


def test_a_playbook_without_tones_offers_none() -> None:
    bare: Playbook = replace(PLAYBOOK, draft=replace(PLAYBOOK.draft, tones=()))
    card = draft_card(bare, full("en"), Variant("email", "day_to_day", "en"), today=TODAY)
    labels = [x.label.en for b in card.blocks if isinstance(b, Buttons) for x in b.buttons]
    assert "Warmer" not in labels
    assert [s.id for s in voiced(bare, "plain", bare.draft.sentences[:1])]
