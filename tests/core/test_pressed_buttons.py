"""A button that has done its work goes, and its card says what was done."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.cards import screens
from bot.core.cards.blocks import Buttons, Card
from bot.core.effects import OfferScreen, Show
from bot.core.words import Language
from tests.core.followed import Followed
from tests.core.test_watching import watched


def offered(one: Followed) -> dict[str, OfferScreen]:
    """What stands on each card that was offered, by its slot, as it was drawn last."""
    return {s.slot: s.screen for s in one.shows if isinstance(s.screen, OfferScreen)}


def drawn(one: Followed, slot: str) -> Card:
    return screens.draw(one.playbook, one.case, offered(one)[slot], today=date(2026, 6, 10))


def labels(card: Card, language: Language = "en") -> list[str]:
    return [b.label.to(language) for x in card.blocks if isinstance(x, Buttons) for b in x.buttons]


def doubtful() -> Followed:
    return watched().until(date(2026, 5, 29)).press("watch_far/1", "at_risk")


def test_a_conversation_that_has_begun_is_not_offered_any_more() -> None:
    one = doubtful()
    (slot,) = offered(one)
    assert labels(drawn(one, slot)) == ["Begin the conversation"]
    one.press("/", "sign")
    card = drawn(one, slot)
    assert labels(card) == []
    assert "The conversation has begun; it goes on below." in str(card)
    assert "Test rig stands" in card.text.en


def test_a_conversation_that_begins_elsewhere_ends_the_offer_as_well() -> None:
    one = doubtful().press("/", "sign").press("/", "sign")
    assert one.toasts == ["That was answered already. Nothing changed."]
    assert one.case.offered == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_delivery_that_was_noted_leaves_what_is_still_missing(language: Language) -> None:
    told = Followed(language).tell().press("/", "close")
    (slot,) = offered(told)
    told.act(
        next(
            b.action for x in drawn(told, slot).blocks if isinstance(x, Buttons) for b in x.buttons
        )
    )
    card = drawn(told, slot)
    assert {"en": "It has been delivered", "zh": "已经交付"}[language] not in labels(card, language)
    assert {"en": "the delivery", "zh": "交付、"}[language] not in card.text.to(language)
    assert {"en": "Close it all the same", "zh": "仍然结束"}[language] in labels(card, language)


def test_a_closed_case_says_so_on_the_card_that_closed_it() -> None:
    told = Followed().tell().press("/", "close")
    (slot,) = offered(told)
    told.press("/", "close_anyway")
    card = drawn(told, slot)
    assert card.text.en == "This case is closed."
    assert "Close it all the same" not in labels(card)


def test_to_ask_twice_what_is_missing_makes_no_second_card() -> None:
    told = Followed().tell().press("/", "close").press("/", "close")
    assert len(offered(told)) == 1


def test_what_is_missing_no_more_can_be_closed_from_the_same_card() -> None:
    told = Followed().tell().press("/", "close")
    (slot,) = offered(told)
    told.until(date(2026, 6, 19)).press("new_date_reached/0", "done")
    assert "the delivery" not in drawn(told, slot).text.en


def test_a_case_remembers_no_more_than_a_few_of_its_cards() -> None:
    one = doubtful()
    many = {f"after:{n}": next(iter(one.case.offered.values())) for n in range(30)}
    one.case = replace(one.case, offered=many)
    one.press("watch_near/1", "stop", "because", "Enough.")
    assert len(one.case.offered) == 8
    assert isinstance(one.shows[-1], Show)
