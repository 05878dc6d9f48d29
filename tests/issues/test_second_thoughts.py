"""A correction typed into the chat is asked about; it never becomes another question's answer."""

import pytest

from bot.core.cards.blocks import Buttons, Hint
from bot.core.events import SkipAsked
from tests.core.talk import FULL, Talk

SO_FAR = {k: FULL[k] for k in ("project", "customer", "original_date", "first_sign")}
CAUSE = {**SO_FAR, "customer_language": "en", "cause": "Pump 3 leaks.", "party": "theirs"}


@pytest.mark.parametrize(
    "line", ["ours", "Ours.", "actually ours", "no, I meant ours", "不对，应该是ours选"]
)
def test_a_pick_typed_for_a_question_behind_is_asked_about(line: str) -> None:
    talk = Talk().submit(CAUSE).type(line)
    assert (talk.value("party"), talk.value("note"), talk.case.loose) == ("theirs", None, line)
    first = [a.argument.partition("/")[0] for a in talk.pressable() if a.name == "put"][:2]
    assert first == ["party", "note"]
    assert talk.click("put", "party").value("party") == "ours"
    assert talk.case.loose == ""


def test_it_can_still_be_the_answer_of_the_open_question() -> None:
    talk = Talk().submit(CAUSE).type("ours").click("put", "note")
    assert (talk.value("party"), talk.value("note")) == ("theirs", "ours")


def test_it_is_asked_about_also_when_the_next_step_is_open() -> None:
    talk = Talk().submit({**CAUSE, "note": "HR knows."}).type("ours")
    assert talk.case.loose == "ours"
    assert talk.click("put", "party").value("party") == "ours"


def test_a_line_with_more_to_say_is_an_answer() -> None:
    assert Talk().submit(CAUSE).type("ours to check").value("note") == "ours to check"


@pytest.mark.parametrize(
    "line", ["要", "sure", "可以", "No need.", "不要", "算了", "I don't", "好的呀"]
)
def test_a_short_yes_or_no_is_understood(line: str) -> None:
    talk = Talk().submit({k: v for k, v in FULL.items() if k not in ("weekend", "owner")})
    yes = line in ("要", "sure", "可以", "好的呀")
    assert talk.type(line).value("weekend") == ("yes" if yes else "no")


def test_a_refused_answer_to_an_optional_question_says_how_to_pass() -> None:
    talk = Talk().submit({k: v for k, v in FULL.items() if k not in ("weekend", "owner")})
    box = talk.type("perhaps").card()
    said = [p.en for b in box.blocks for f in getattr(b, "boxes", ()) if (p := f.problem)]
    assert said == ["Please answer yes or no. It is optional: “skip” leaves it out."]
    talk.give(SkipAsked(talk.stamp(), typed=True))
    assert (talk.case.pending, talk.value("weekend")) == ({}, None)


def test_the_card_says_that_the_line_could_be_more_than_one_answer() -> None:
    blocks = Talk().submit(CAUSE).type("ours").card().blocks
    assert any(isinstance(b, Hint) and "more than one answer" in b.text.en for b in blocks)
    assert any(isinstance(b, Buttons) for b in blocks)
