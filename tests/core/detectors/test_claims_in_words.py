"""A draft against the facts: approvals, tests, orders, causes and statements told in words alone."""

from collections.abc import Mapping

import pytest

from bot.core.coaching.detectors.draft_claims import (
    foreign_cause,
    novel_statement,
    unsupported_claim,
)
from bot.core.coaching.detectors.grounds import LONGEST
from bot.core.coaching.detectors.registry import Detector
from bot.core.words import Language
from tests.core.detectors import lifts
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of
from tests.core.detectors.lifts import CHECK, found

# So many facts that the case is told whole.
WHOLE: Mapping[Language, Known] = {
    "en": {
        "cause": "the door drives came with the wrong flange; we ordered from an old drawing",
        "date_basis": "maker confirmed in writing: new drives leave on 29 June, two lifts a day",
        "impact": "the lifts", "what_changed": "the drawing",
    },
    "zh": {
        "date_basis": "厂家书面确认新门机6月29日发货，每天装2台",
        "impact": "电梯", "what_changed": "图纸",
    },
}  # fmt: skip
FACTS: Known = {**lifts.FACTS, **WHOLE["en"]}


def told(detector: Detector, sentence: str, known: Known | None = None) -> list[Found]:
    """What a detector tells of a sentence beside facts that tell the case whole."""
    return lifts.told(detector, sentence, {**WHOLE[language_of(sentence)], **(known or {})})


@pytest.mark.parametrize(
    ("rule", "sentence", "words"),
    [
        ("an approval", "Your fire officer has approved the temporary exit.", ["Your fire officer has approved the temporary exit"]),
        ("in its clause alone", "As you know, your board has approved the exit, and it rains.", ["your board has approved the exit"]),
        ("over two clauses", "Your board has approved (by the way) the exit.", ["Your board has approved"]),
        ("two of them", "Your board has approved the exit. The haulier has promised a truck.",
         ["Your board has approved the exit", "The haulier has promised a truck"]),
        ("told by the facts", "The maker has confirmed the new drives in writing.", []),
        ("a few of its words told, of a kind that was answered", "The maker has confirmed it for the whole week in spring.", []),
        ("nothing of it told, of a kind that was answered", "The haulier has confirmed trucks for the whole week in spring.",
         ["The haulier has confirmed trucks for the whole week in spring"]),
        ("too few words", "It has been approved.", []),
        ("asked", "Has your board approved the exit?", []),
        ("thanked for", "Thank you, your board has approved the exit.", []),
        ("in a line on contact", "I call you on Monday to report, your board has approved the exit.", []),
        ("we ourselves promised it", "We have promised the exit to your tenants in spring.", []),
        ("others promised it", "Caterers have promised the exit to your tenants in spring.",
         ["Caterers have promised the exit to your tenants in spring"]),
        ("mostly told", "The drawing is in our spare drives.", []),
        ("numbers are no words of it", "Two spare technicians.", ["Two spare technicians"]),
        ("批准", "贵司消防科已同意临时出口。", ["贵司消防科已同意临时出口"]),
        ("没批准", "贵司消防科没同意临时出口。", []),
        ("厂家确认", "厂家已书面确认新门机发货。", []),
    ],
)  # fmt: skip
def test_a_claim_in_words_was_answered(rule: str, sentence: str, words: list[str]) -> None:
    assert told(unsupported_claim, sentence) == found(*words), rule


@pytest.mark.parametrize(
    ("rule", "before"),
    [
        ("thanks", "Thank you, your board has approved the exit."),
        ("a denial", "Your board has not yet approved the exit: nothing was approved by tenants."),
        ("a claim that was told", "The car and rails were approved by the maker of drives."),
        ("too few words", "This was approved by us."),
    ],
)
def test_a_claim_behind_one_that_may_stand_is_told(rule: str, before: str) -> None:
    claim = "Your insurer has approved the temporary cabin"
    assert told(unsupported_claim, f"{before} {claim}.") == found(claim), rule


def test_a_promise_of_others_behind_our_own_is_told() -> None:
    promise = "Caterers have promised the exit to your tenants"
    sentence = f"We have promised the exit to your tenants. {promise}."
    assert told(unsupported_claim, sentence) == found(promise)


def test_a_meeting_behind_one_of_the_case_is_told() -> None:
    sentence = (
        "The walkthrough with caterers is in town. The demonstration with tenants is in spring."
    )
    known = {"impact": "the walkthrough"}
    assert told(unsupported_claim, sentence, known) == found(
        "The demonstration with tenants is in spring"
    )


INSURER = "Your insurer has approved rails for tenants of harbour cabins"
BOTH = "Your insurer has {} rails and {} for tenants of harbour cabins{}"


@pytest.mark.parametrize(
    ("rule", "claim", "impact", "raised"),
    [
        ("a sixth of its words", INSURER, "the hall", True),
        ("a third, where such a thing was answered", INSURER, "the board has approved a fence", False),
        ("a sixth, where such a thing was answered", INSURER.replace("approved", "endorsed"), "the board has approved a fence", True),
        ("three in eight, one of them the claim's own", BOTH.format("approved", "drives", " in spring"), "the approved plan", False),
        ("three in eight, none of them the claim's own", BOTH.format("endorsed", "drives and car", ""), "the approved plan", True),
    ],
)  # fmt: skip
def test_a_claim_is_held_by_a_share_of_its_words(
    rule: str, claim: str, impact: str, *, raised: bool
) -> None:
    assert told(unsupported_claim, f"{claim}.", {"impact": impact}) == found(*[claim][:raised]), (
        rule
    )


def test_three_claims_are_told_at_most() -> None:
    who = ["board", "insurer", "landlord", "inspector"]
    claims = [f"Your {one} has approved the exit" for one in who]
    assert told(unsupported_claim, ". ".join(claims) + ".") == found(*claims[:3])


@pytest.mark.parametrize(
    ("sentence", "approved", "words"),
    [
        ("This is approved by our board.", True, []),
        ("This is approved by our board.", False, ["This is approved by our board"]),
        ("This is approved by our board and insurer.", True, []),
        ("This is approved by our board, insurer and committee.", True, []),
        ("This is approved by our board and insurer and committee.", True, ["This is approved by our board and insurer and committee"]),
        ("Your fire officer has approved the temporary exit.", True, ["Your fire officer has approved the temporary exit"]),
        ("A stand-in technician waits.", True, ["A stand-in technician waits"]),
        ("领导已批准。", True, []),
    ],
)  # fmt: skip
def test_an_approved_remedy_may_be_told_as_approved_in_a_few_words(
    sentence: str, words: list[str], *, approved: bool
) -> None:
    remedy = {"remedy": {"what": "porters", "approved": approved}}
    assert told(unsupported_claim, sentence, remedy) == found(*words)


@pytest.mark.parametrize(
    ("sentence", "known", "raised"),
    [
        ("The walkthrough with caterers is in town.", {"impact": "the walkthrough"}, False),
        ("The walkthrough with caterers is in town.", {"impact": "the hall"}, True),
        (
            "Porters are paid by caterers of a theatre in town over spring.",
            {"impact": "the paid lifts"},
            True,
        ),
    ],
)
def test_a_meeting_or_a_reserve_that_is_a_thing_of_the_case_may_be_told(
    sentence: str, known: Known, *, raised: bool
) -> None:
    assert bool(told(unsupported_claim, sentence, known)) is raised


@pytest.mark.parametrize(
    ("rule", "sentence", "words"),
    [
        ("a cause of its own", "It came late because of a strike of dockers at the port.", ["a strike of dockers at the port"]),
        ("two of them", "It is due to storms and floods over the port; it stems from strikes at the northern border.",
         ["storms and floods over the port", "strikes at the northern border"]),
        ("after one that was told", "It is because of an old drawing; it stems from strikes at the northern border.", ["strikes at the northern border"]),
        ("the cause that was told", "It came late because of an old drawing on our side.", []),
        ("two words are too few", "It came late because of port strikes.", []),
        ("asked", "Is it late because of a strike of dockers at the port?", []),
        ("no cause", "There was a strike of dockers at the port.", []),
        ("台风", "由于盐田码头台风停工，货晚到了。", ["盐田码头台风停工"]),
        ("图纸", "因为旧图纸订货，货晚到了。", []),
    ],
)  # fmt: skip
def test_a_cause_shares_a_word_with_an_answer(rule: str, sentence: str, words: list[str]) -> None:
    causes = [Found(CHECK, one, {"x": one, "name": "cause"}) for one in words]
    assert told(foreign_cause, sentence) == causes, rule


def test_without_a_cause_any_may_be_told() -> None:
    assert (
        told(
            foreign_cause,
            "It came late because of a strike of dockers at the port.",
            {"cause": None},
        )
        == []
    )


@pytest.mark.parametrize(
    ("rule", "sentence", "words"),
    [
        ("what nobody spoke of", "A storm damaged the crane at the harbour.", ["A storm damaged the crane at the harbour"]),
        ("in its clause alone", "We wait, a storm damaged the crane at the harbour.", ["a storm damaged the crane at the harbour"]),
        ("two of them", "A storm damaged the crane at the harbour. A lorry blocked the tunnel under the hill.",
         ["A storm damaged the crane at the harbour", "A lorry blocked the tunnel under the hill"]),
        ("after one that was told", "The rails are mounted. A storm damaged the crane at the harbour.", ["A storm damaged the crane at the harbour"]),
        ("with a word of the facts", "A storm damaged the drives at the harbour.", []),
        ("what any message says", "The team checked it and planned the session and included everybody.", []),
        ("two new words", "A storm came over the harbour.", []),
        ("asked", "Has a storm damaged the crane at the harbour?", []),
        ("of the reader", "You know the storm, the crane and your harbour.", []),
        ("no statement", "Storm, crane, harbour, lorry, tunnel, hill.", []),
        ("台风", "台风刮坏了盐田码头的岸边吊机。", ["台风刮坏了盐田码头的岸边吊机"]),
        ("说过的话换个次序", "导轨轿厢安装已，门机法兰尺寸旧图纸不对。", []),
    ],
)  # fmt: skip
def test_a_statement_holds_a_word_of_the_facts(rule: str, sentence: str, words: list[str]) -> None:
    assert told(novel_statement, sentence) == found(*words), rule


def test_who_is_greeted_and_who_signs_states_nothing() -> None:
    storm = "A storm damaged the crane at the harbour."
    for text in (f"{storm} We wait. We thank you.", f"We wait. We thank you. {storm}"):
        assert hits(novel_statement, subject_of(text, "draft", FACTS)) == []


@pytest.mark.parametrize("detector", [novel_statement, unsupported_claim])
@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1])
def test_in_a_sentence_without_an_end_nothing_is_held(detector: Detector, length: int) -> None:
    said = "A storm damaged the crane at the harbour, your board has approved the exit, "
    text = f"We wait. {said}{'v' * (length - len(said) - 2)}. We thank you."
    subject = subject_of(text, "draft", FACTS)
    assert subject.sentences[1][1] - subject.sentences[1][0] == length
    assert (hits(detector, subject) == []) is (length > LONGEST)


FEW: Known = {"status": None, "date_basis": None}


@pytest.mark.parametrize(
    ("detector", "sentence", "beside_few"),
    [
        (unsupported_claim, "A stand-in technician waits at your harbour.", False),
        (unsupported_claim, "Your fire officer has approved the temporary exit.", True),
        (unsupported_claim, "Caterers have promised the exit to your tenants.", True),
        (unsupported_claim, "A thicker cable is reserved for your harbour cabins.", False),
        (novel_statement, "A storm damaged the crane at the harbour.", False),
        (novel_statement, "A storm has damaged the crane at the harbour.", True),
    ],
)
def test_beside_few_facts_only_what_is_surely_one_is_held(
    detector: Detector, sentence: str, *, beside_few: bool
) -> None:
    assert told(detector, sentence) == found(sentence.removesuffix("."))
    assert told(detector, sentence, FEW) == found(*[sentence.removesuffix(".")][: int(beside_few)])


def test_behind_an_ordinary_thing_a_claim_beside_few_facts_is_told() -> None:
    sentence = "A thicker cable is reserved. Caterers have promised the exit to your tenants."
    words = "Caterers have promised the exit to your tenants"
    assert told(unsupported_claim, sentence, FEW) == found(words)


@pytest.mark.parametrize(
    ("sentence", "impact", "raised"),
    [
        ("A hoist for your tenants is free of charge.", "porters help free of charge", False),
        ("A hoist for your tenants is free of charge.", "porters help", True),
        ("We will cover the rental of a hoist for tenants.", "porters help free of charge", True),
        ("Your insurer has approved hoists for tenants free of charge.", "porters help free of charge", True),
        ("Your insurer has approved hoists for tenants free of charge.", "porters help", True),
    ],
)  # fmt: skip
def test_what_is_given_free_may_be_told_where_an_answer_gives_it_free(
    sentence: str, impact: str, *, raised: bool
) -> None:
    assert bool(told(unsupported_claim, sentence, {"impact": impact})) is raised
