"""Links for customers: nobody makes one, nobody changes one, and each says what it was made for."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.words import CaseId, TenantId
from bot.engine.links import LONGEST, Links, Ticket

LINKS = Links("https://candor.example", b"k" * 32)
TICKET = Ticket(TenantId("T1"), CaseId("Zx9"), 2, datetime(2026, 6, 1, 12, tzinfo=UTC))


def test_a_link_says_what_it_was_made_for() -> None:
    made = LINKS.made(TICKET)
    assert made.startswith("https://candor.example/feedback/")
    assert LINKS.read(made.rpartition("/")[2]) == TICKET


def test_a_link_of_an_earlier_release_still_opens() -> None:
    token = "WyJUMSIsIlp4OSIsMiwxNzgwMzE1MjAwXQ.cNCGxYZxO1zKe5oe0DRazA"
    assert LINKS.token(TICKET) == token
    assert LINKS.read(token) == TICKET


def test_the_key_of_another_house_opens_nothing() -> None:
    assert Links("https://candor.example", b"x" * 32).read(LINKS.token(TICKET)) is None


@given(st.integers(0, 200), st.sampled_from("aZ09-_."))
def test_a_changed_letter_is_no_link(at: int, letter: str) -> None:
    token = LINKS.token(TICKET)
    at %= len(token)
    changed = token[:at] + letter + token[at + 1 :]
    assert (LINKS.read(changed) == TICKET) is (changed == token)
    if changed != token:
        assert LINKS.read(changed) is None


@given(st.text(max_size=80))
def test_any_text_is_taken_without_an_error(text: str) -> None:
    assert LINKS.read(text) is None


@pytest.mark.parametrize("text", ["", ".", "a" * (LONGEST + 1), "客户.意见", "e30.AAAA"])
def test_odd_texts_are_no_links(text: str) -> None:
    assert LINKS.read(text) is None
