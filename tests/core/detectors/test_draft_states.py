"""A draft against the facts: what is told as done where the facts have it open, and new deeds."""

import pytest

from bot.core.coaching.detectors.draft_states import (
    new_deed,
    still_open,
    turned_count,
    turned_state,
)
from bot.core.coaching.detectors.grounds import LONGEST
from bot.core.coaching.detectors.registry import Detector
from tests.core.detectors.hits import hits, subject_of
from tests.core.detectors.lifts import FACTS, found, told


@pytest.mark.parametrize(
    ("rule", "status", "open_", "shared"),
    [
        ("by parts", "car and rails are mounted; door drives and fence open", {"door", "driv", "fenc", "open"}, set()),
        ("a part of which one is open", "north gate mounted, south gate open", {"south", "open"}, {"gat"}),
        ("a list takes the state that its end tells", "door, window, fence open", {"door", "window", "fenc", "open"}, set()),
        ("a list that is done", "fence open; door, window mounted", {"fenc", "open"}, set()),
        ("some of it is done", "5 of 9 doors, fence open", {"fenc", "open"}, set()),
        ("nothing is told", "doors and fence", set(), set()),
        ("分段", "轿厢和导轨已安装；围栏未做", {"围栏"}, set()),
    ],
)  # fmt: skip
def test_a_part_is_open_where_its_end_says_so(
    rule: str, status: str, open_: set[str], shared: set[str]
) -> None:
    open_here, shared_here = still_open(status)
    assert open_here == open_, rule
    assert shared_here == shared, rule


@pytest.mark.parametrize(
    ("rule", "sentence", "words"),
    [
        ("as done", "The fence is mounted.", ["The fence is mounted"]),
        ("in the rest of a sentence", "Car and rails are mounted, the fence too.", ["the fence too"]),
        ("behind and", "The rails are mounted and the fence is done.", ["the fence is done"]),
        ("before and", "The fence is done and the rails are mounted.", ["The fence is done"]),
        ("in two clauses", "The fence is done, the drives are fitted.", ["The fence is done", "the drives are fitted"]),
        ("in two sentences", "The fence is done. The drives are fitted.", ["The fence is done", "The drives are fitted"]),
        ("after a sentence of something else", "We wait. The fence is done.", ["The fence is done"]),
        ("after a question", "Have you seen the fence? The fence is done.", ["The fence is done"]),
        ("what is done", "The rails are mounted.", []),
        ("as open", "The fence is not mounted.", []),
        ("as open beside what is done", "The rails are mounted and the fence is open.", []),
        ("some of it", "The fence is mounted on two sides.", []),
        ("asked", "Please tell us whether the fence is mounted.", []),
        ("nothing of a state", "The fence of your yard.", []),
        ("围栏", "围栏装完了。", ["围栏装完了"]),
        ("导轨", "导轨装完了。", []),
    ],
)  # fmt: skip
def test_what_is_open_is_not_told_as_done(rule: str, sentence: str, words: list[str]) -> None:
    assert told(turned_state, sentence) == found(*words), rule


def test_what_names_the_project_is_no_part_of_it() -> None:
    assert told(turned_state, "The fence is mounted.", {"project": "fence of the yard"}) == []
    assert told(turned_state, "The fence is mounted.", {"project": "yard"}) != []


@pytest.mark.parametrize("status", [None, "car and rails are mounted", "fence"])
def test_where_nothing_is_said_to_be_open_anything_may_be_done(status: str | None) -> None:
    assert told(turned_state, "The fence is mounted.", {"status": status}) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Both gates have been mounted.", ["Both gates have been mounted"]),
        ("The gates have all been mounted.", ["The gates have all been mounted"]),
        ("A gate has been mounted.", []),
        ("Both rails have been mounted.", []),
    ],
)
def test_of_several_one_may_be_done_and_not_all(sentence: str, words: list[str]) -> None:
    known = {"status": "north gate mounted, south gate open"}
    assert told(turned_state, sentence, known) == found(*words)
    more = {"status": "north gate mounted, south gate open, fence open"}
    assert told(turned_state, sentence, more) == found(*words)


@pytest.mark.parametrize("detector", [turned_state, new_deed])
@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1])
def test_in_a_sentence_without_an_end_nothing_is_looked_for(
    detector: Detector, length: int
) -> None:
    said = "The fence is mounted, and already greased, "
    text = f"We wait. {said}{'v' * (length - len(said) - 2)}. We thank you."
    subject = subject_of(text, "draft", FACTS)
    assert subject.sentences[1][1] - subject.sentences[1][0] == length
    assert (hits(detector, subject) == []) is (length > LONGEST)


@pytest.mark.parametrize(
    ("rule", "sentence", "words"),
    [
        ("beside what was done", "Car and rails are mounted and already greased.", ["Car and rails are mounted and already greased"]),
        ("to a part", "The rails have also been greased, we saw.", ["The rails have also been greased"]),
        ("two of them", "The rails have also been greased. The car has already been polished.",
         ["The rails have also been greased", "The car has already been polished"]),
        ("a deed of the facts", "The rails have also been mounted.", []),
        ("another form of it", "The drawing has also been retested, and tested.", ["The drawing has also been retested"]),
        ("a deed that any message has", "The rails have also been checked.", []),
        ("as not done", "The rails have not also been greased.", []),
        ("asked", "Please tell us whether the rails have also been greased.", []),
        ("润滑", "轿厢和导轨已安装，润滑也都做过了。", ["润滑也都做过了"]),
        ("做的事没人说过", "导轨也润滑了。", ["导轨也润滑了"]),
        ("说过的事", "导轨也安装了。", []),
        ("没有自己的意思的字", "导轨也好了。", []),
    ],
)  # fmt: skip
def test_a_deed_was_answered(rule: str, sentence: str, words: list[str]) -> None:
    assert told(new_deed, sentence) == found(*words), rule


def test_a_deed_needs_a_status_to_be_held_against() -> None:
    sentence = "The rails have also been greased."
    assert told(new_deed, sentence, {"status": None}) == []


@pytest.mark.parametrize("approved", [True, False])
def test_an_approved_remedy_may_be_told_as_approved(*, approved: bool) -> None:
    remedy = {"remedy": {"what": "两天驻场", "approved": approved}}
    assert bool(told(new_deed, "轿厢已安装，登高车也批了。", remedy)) is not approved
    assert told(new_deed, "轿厢已安装，登高车也漆了。", remedy) == found("登高车也漆了")


def test_who_is_greeted_and_who_signs_did_no_deed() -> None:
    deed = "The rails have also been greased."
    for text in (f"{deed} We wait. We thank you.", f"We wait. We thank you. {deed}"):
        assert hits(new_deed, subject_of(text, "draft", FACTS)) == []


@pytest.mark.parametrize(
    ("rule", "sentence", "words"),
    [
        ("as many as are open", "3 of 5 doors are mounted.", ["3 of 5 doors"]),
        ("in its clause alone", "We wait, 3 of 5 doors are mounted, the fence is open.", ["3 of 5 doors"]),
        ("after a clause that tells it open", "The fence is open, 3 of 5 doors are mounted.", ["3 of 5 doors"]),
        ("after other numbers", "In 4 weeks: 60 percent, and 3 of 5 doors are mounted.", ["3 of 5 doors"]),
        ("in the second sentence", "We wait. 3 of 5 doors are mounted.", ["3 of 5 doors"]),
        ("as many as are done", "2 of 5 doors are mounted.", []),
        ("neither", "4 of 5 doors are mounted.", []),
        ("of another whole", "3 of 7 doors are mounted.", []),
        ("as open", "3 of 5 doors are not mounted.", []),
        ("as open behind what is done", "The rails are mounted, 3 of 5 doors are open.", []),
        ("nothing of a state", "3 of 5 doors of oak.", []),
        ("after as many as are done", "2 of 5 doors are mounted, and in the yard, 3 of 5 doors are mounted.", ["3 of 5 doors"]),
        ("two of them", "3 of 5 doors are mounted, 3 of 5 doors are fitted.", ["3 of 5 doors", "3 of 5 doors"]),
    ],
)  # fmt: skip
def test_what_is_open_of_a_whole_is_not_told_as_done(
    rule: str, sentence: str, words: list[str]
) -> None:
    known = {"status": "2 of 5 doors are mounted; fence open"}
    assert told(turned_count, sentence, known) == found(*words), rule


def test_half_of_a_whole_is_as_much_open_as_done() -> None:
    assert told(turned_count, "2 of 4 doors are mounted.", {"status": "2 of 4 doors hang"}) == []
