"""What a version of the message does not tell is named on its card, in one quiet line."""

import pytest

from bot.core.cards.blocks import Hint
from bot.core.cards.draft_card import draft_card
from bot.core.case import Variant
from bot.core.message.draft import assemble, left_out
from bot.core.playbook import Channel, Reader
from bot.core.words import LANGUAGES, FieldId, Language
from tests.delivery_cases import PLAYBOOK, TODAY, full


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("channel", "reader", "out", "told"),
    [
        ("chat", "day_to_day", ("done", "date_basis", "effort"), ("cause", "impact", "ask")),
        ("email", "executive", ("effort", "milestones"), ("impact", "done")),
        ("email", "day_to_day", (), ("effort", "milestones")),
        ("letter", "day_to_day", (), ("trigger", "effort", "project", "sender")),
    ],
)
def test_what_another_version_would_tell_is_named(
    language: Language,
    channel: Channel,
    reader: Reader,
    out: tuple[str, ...],
    told: tuple[str, ...],
) -> None:
    case = full(language)
    draft = assemble(PLAYBOOK, case, Variant(channel, reader, language), today=TODAY)
    found = left_out(PLAYBOOK, case, draft)
    assert {*out} <= {*found}
    assert not {*told} & {*found}


def test_the_card_says_it_in_one_quiet_line() -> None:
    card = draft_card(PLAYBOOK, full("en"), Variant("email", "executive", "en"), today=TODAY)
    said = [b for b in card.blocks if isinstance(b, Hint) and "Not in this version" in b.text.en]
    assert [b.tone for b in said] == ["plain"]
    assert PLAYBOOK.fields[FieldId("effort")].label.en in said[0].text.en


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_names_three_and_counts_the_rest(language: Language) -> None:
    case = full(language)
    variant = Variant("chat", "day_to_day", language)
    out = left_out(PLAYBOOK, case, assemble(PLAYBOOK, case, variant, today=TODAY))
    card = draft_card(PLAYBOOK, case, variant, today=TODAY)
    said = next(b.text for b in card.blocks if isinstance(b, Hint) and "这一版" in b.text.zh)
    named = [f for f in out if PLAYBOOK.fields[f].label.zh in said.zh]
    assert (len(named), len(out) > 3) == (3, True)
    assert f"等{len(out)}项" in said.zh
    assert f"and {len(out) - 3} more" in said.en
