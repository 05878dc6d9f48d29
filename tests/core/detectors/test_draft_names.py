"""A draft against the facts: names of one word that no answer has."""

import pytest

from bot.core.coaching.detectors.draft_names import lone_name
from tests.core.detectors.hits import Found, Known, hits, subject_of

FACTS: Known = {
    "today": "2026-06-08", "original_date": "2026-06-26", "new_date": "2026-07-17",
    "cause": "the drives came with the wrong flange", "next_update": "every Monday, first on 15 June",
    "sender": "Hanna Lund", "customer": "Mr Osei", "project": "lifts, Harbour House",
}  # fmt: skip
CHECK = "draft.unsupported_fact"


def draft(sentence: str) -> str:
    return f"The lifts move from 26 June to 17 July. {sentence} We thank you for your patience."


@pytest.mark.parametrize(
    ("rule", "sentence", "names"),
    [
        ("a place nobody named", "The drives come from Leipzig now.", ["Leipzig"]),
        ("after a comma", "For the drives, Leipzig works at night.", ["Leipzig"]),
        ("whose it is belongs to it", "We wait for Leipzig's drives.", ["Leipzig's"]),
        ("with a printed apostrophe", "We wait for Leipzig’s drives.", ["Leipzig’s"]),
        ("two of them", "The drives go from Leipzig to Bremen.", ["Leipzig", "Bremen"]),
        ("with a hyphen", "The drives come from Leipzig-Plagwitz now.", ["Leipzig-Plagwitz"]),
        ("in a row of a list", "The drives come from Leipzig;\n", ["Leipzig"]),
        ("called out", "The drives come from Leipzig!", ["Leipzig"]),
        ("the customer", "The drives go to Osei today.", []),
        ("another form of a known name", "The drives go to Harbourside today.", []),
        ("whose a known one is", "We wait for Lund's drives.", []),
        ("with a printed apostrophe, too", "We wait for Lund’s drives.", []),
        ("after a known one", "The drives go from Osei to Leipzig.", ["Leipzig"]),
        ("several of a word that any message has", "We keep Backgrounds in mind.", []),
        ("a word of the trade", "We asked the Engineer for drives.", []),
        ("several of them", "We asked the Engineers for drives.", []),
        ("a word of the trade in it", "We asked the Leipzig-Engineer for drives.", []),
        ("a title", "We asked, Madam, for drives.", []),
        ("at the beginning of a sentence", "Leipzig makes the drives.", []),
        ("two letters", "The drives come from Ry now.", []),
        ("in a question", "Would Leipzig and would Bremen help you?", []),
        ("a line that nothing ends", "Drives from Leipzig\n", []),
        ("in a line on contact", "You can call us in Leipzig, we report to you by phone.", []),
    ],
)
def test_a_name_of_one_word_was_answered(rule: str, sentence: str, names: list[str]) -> None:
    found = hits(lone_name, subject_of(draft(sentence), "draft", FACTS))
    assert found == [Found(CHECK, name, {"x": name}) for name in names], rule


@pytest.mark.parametrize(
    "text",
    [
        "The drives come from Leipzig. The lifts move. We thank you.",
        "The lifts move. We thank you. The drives come from Leipzig.",
        "The drives come from Leipzig.",
    ],
    ids=["the first sentence", "the last", "the only one"],
)
def test_who_is_greeted_and_who_signs_is_let_pass(text: str) -> None:
    assert hits(lone_name, subject_of(text, "draft", FACTS)) == []


def test_an_answer_may_name_anybody_and_so_may_a_draft_without_facts() -> None:
    text = draft("The drives come from Leipzig now.")
    assert hits(lone_name, subject_of(text, "plan", FACTS)) == []
    assert hits(lone_name, subject_of(text, "draft", {"today": "2026-06-08"})) == []


def test_a_name_of_theirs_is_let_pass_beside_few_facts_alone() -> None:
    text = draft("We wait for your Leipzig drives and for some from Bremen.")
    whole = {"status": "rails open", "impact": "the hall is shut", "date_basis": "two lifts a day"}
    few = hits(lone_name, subject_of(text, "draft", FACTS))
    many = hits(lone_name, subject_of(text, "draft", {**FACTS, **whole}))
    assert [found.words for found in few] == ["Bremen"]
    assert [found.words for found in many] == ["Leipzig", "Bremen"]
