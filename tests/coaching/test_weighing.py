"""What the judge adds to the detectors' hits and which it drops, sentence by sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.context import Context, context_of
from bot.core.coaching.detectors.subject import Hit, Subject, Task, prepare
from bot.core.coaching.frames import Span
from bot.core.coaching.judge import Judgement
from bot.core.coaching.rubric import Coaching, Place
from bot.core.coaching.weighing import same_words, weighed
from tests.coaching.small_judges import judge_of, with_judge

TEXT = "The zebra came to us. The lion went home today. The board met on it."
ZEBRA, LION, BOARD = "The zebra came to us.", "The lion went home today.", "The board met on it."
KEPT, SMALL, GUESS = "timing.withhold", "tone.minimise", "cause.speculation"


def subject_of(coaching: Coaching, text: str = TEXT) -> Subject:
    return prepare(Task(text, "cause", "en", Context()), coaching)


def at(words: str, text: str = TEXT) -> Span:
    return text.index(words), text.index(words) + len(words)


def told(coaching: Coaching, hits: Mapping[str, Sequence[Hit]], text: str = TEXT) -> dict[str, str]:
    """What stands once the judge has read the text: the words of each check."""
    found = weighed(subject_of(coaching, text), hits)
    assert all(check == hit.check for check, hit in found.items())
    return {check: text[slice(*hit.span)] for check, hit in found.items()}


def hits(check: str, *places: str, certain: bool = False) -> dict[str, list[Hit]]:
    return {check: [Hit(check, at(words), certain=certain) for words in places]}


NO_JUDGE = replace(default_coaching(), judges={})
NO_LION = with_judge(judge_of({"lion": {SMALL: -50}}, dropped={SMALL: 0.0}))


@pytest.mark.parametrize("text", [TEXT, ""])
def test_without_a_judge_or_a_sentence_the_foremost_place_of_each_check_stands(text: str) -> None:
    places = {SMALL: [Hit(SMALL, (4, 9)), Hit(SMALL, (0, 3))], KEPT: [Hit(KEPT)]}
    coaching = NO_JUDGE if text else NO_LION
    assert weighed(subject_of(coaching, text), places) == {
        SMALL: Hit(SMALL, (4, 9)),
        KEPT: Hit(KEPT),
    }


@pytest.mark.parametrize(
    ("rule", "places", "stands"),
    [
        ("in its sentence there is none of it", ["lion went"], {}),
        ("nor in the whole of its sentence", [LION], {}),
        ("in another sentence it stands", ["zebra came"], {SMALL: "zebra came"}),
        ("in the last one too", ["board met"], {SMALL: "board met"}),
        ("the next place stands", ["lion went", "board met", "zebra"], {SMALL: "board met"}),
        ("the foremost place stands", ["zebra", "lion", "board"], {SMALL: "zebra"}),
        ("what reaches into the next sentence stands", [f"{LION} The"], {SMALL: f"{LION} The"}),
        ("what has no words stands", [""], {SMALL: ""}),
    ],
)
def test_a_hit_is_dropped_where_the_judge_finds_none_in_its_sentence(
    rule: str, places: list[str], stands: dict[str, str]
) -> None:
    assert told(NO_LION, hits(SMALL, *places)) == stands, rule


def test_what_has_no_words_stands_though_its_sentence_holds_none() -> None:
    no_zebra = with_judge(judge_of({"zebra": {SMALL: -50}}, dropped={SMALL: 0.0}))
    assert told(no_zebra, hits(SMALL, "")) == {SMALL: ""}
    assert told(no_zebra, hits(SMALL, "The zebra")) == {}


def test_what_the_facts_prove_stands_whatever_the_judge_says() -> None:
    assert told(NO_LION, hits(SMALL, "lion went", certain=True)) == {SMALL: "lion went"}


def test_what_the_judge_knows_nothing_of_stands() -> None:
    assert told(NO_LION, hits(KEPT, "lion went")) == {KEPT: "lion went"}


LION_KEPT = with_judge(
    judge_of({"lion": {KEPT: 50}, "home": {KEPT: 50}, "met": {KEPT: 90}}, raised={KEPT: 1.0})
)


def test_a_fault_that_only_the_judge_hears_is_told_at_its_words_the_first_time() -> None:
    assert told(LION_KEPT, {}) == {KEPT: "The lion went home today"}
    assert told(LION_KEPT, {}, "Yes. The board met on it.") == {KEPT: "met on it"}


def test_where_a_detector_found_it_the_judge_adds_nothing() -> None:
    assert told(LION_KEPT, hits(KEPT, "zebra")) == {KEPT: "zebra"}


def test_a_fault_that_the_rules_do_not_know_is_not_told() -> None:
    own = with_judge(judge_of({"lion": {"own.part": 90}}, raised={"own.part": 1.0}))
    assert told(own, {}) == {}
    away = with_judge(
        judge_of({"lion": {"impact.unfounded_denial": 90}}, raised={"impact.unfounded_denial": 1.0})
    )
    assert told(away, {}) == {}  # a check of another step


WENT = "The zebra came. Yesterday the lion went home quietly. The board met."
SAID = {
    "lion": {GUESS: 60},
    "went": {GUESS: 60},
    "home": {GUESS: 60},
    "the": {GUESS: -60},
    "quietly": {GUESS: -60},
}
GUESSES = with_judge(judge_of(SAID, raised={GUESS: 1.0}))  # at "lion went home", 14 characters


@pytest.mark.parametrize(
    ("rule", "check", "places", "heard"),
    [
        ("nothing else was found", KEPT, [], True),
        ("just its words", KEPT, ["lion went home"], False),
        ("most of them", KEPT, ["went home"], False),
        ("half of them", KEPT, ["lion we"], True),
        ("they are most of the other's", KEPT, ["the lion went home"], False),
        ("they are a part of the other's", KEPT, ["Yesterday the lion went home quietly"], True),
        ("other words of the sentence", KEPT, ["quietly"], True),
        ("another sentence", KEPT, ["zebra came"], True),
        ("from the sentence before into it", KEPT, ["The zebra came. Yesterday the lion went home"], True),
        ("from its words into the next sentence", KEPT, ["lion went home quietly. Th"], False),
        ("from before its words", KEPT, [". Yesterday the lion went home"], True),
        ("a check that the judge does not know", "cause.vague", ["lion went home"], True),
        ("the foremost of two places", KEPT, ["lion went home", "zebra came"], False),
        ("a further place", KEPT, ["zebra came", "lion went home"], True),
    ],
)  # fmt: skip
def test_in_just_the_words_of_another_fault_the_judge_hears_no_second_one(
    rule: str, check: str, places: list[str], *, heard: bool
) -> None:
    hits = [Hit(check, at(words, WENT)) for words in places]
    found = told(GUESSES, {check: hits} if hits else {}, WENT)
    assert found.get(GUESS) == ("lion went home" if heard else None), rule


def test_a_fault_that_the_judge_dropped_was_still_heard_in_these_words() -> None:
    drops = with_judge(
        judge_of({**SAID, "yesterday": {KEPT: -50}}, raised={GUESS: 1.0}, dropped={KEPT: 0.0})
    )
    assert told(drops, {KEPT: [Hit(KEPT, at("lion went home", WENT))]}, WENT) == {}


def test_the_place_that_stands_in_for_a_dropped_one_counts_too() -> None:
    drops = with_judge(
        judge_of({**SAID, "zebra": {KEPT: -50}}, raised={GUESS: 1.0}, dropped={KEPT: 0.0})
    )
    places = {KEPT: [Hit(KEPT, at("zebra", WENT)), Hit(KEPT, at("lion went home", WENT))]}
    assert told(drops, places, WENT) == {KEPT: "lion went home"}


@pytest.mark.parametrize(
    ("rule", "words", "sure", "bound", "heard"),
    [
        ("the other is likelier", "Yesterday the lion went home quietly", 61, 1.0, False),
        ("it is likelier itself", "Yesterday the lion went home quietly", 59, 1.0, True),
        ("both are as likely", "Yesterday the lion went home quietly", 60, 1.0, True),
        (
            "the other is too unlikely to be told",
            "Yesterday the lion went home quietly",
            200,
            90.0,
            True,
        ),
        ("the likelier one is in other words", "Yesterday the", 61, 1.0, True),
    ],
)
def test_of_two_faults_in_the_same_words_the_likelier_one_stands(
    rule: str, words: str, sure: int, bound: float, *, heard: bool
) -> None:
    weights = {**SAID, "yesterday": {KEPT: sure}}
    hears = with_judge(judge_of(weights, raised={GUESS: 1.0, KEPT: bound}))
    found = told(hears, {KEPT: [Hit(KEPT, at(words, WENT))]}, WENT)
    assert found[KEPT] == words
    assert (GUESS in found) is heard, rule


def test_owning_up_anywhere_takes_blame_away_and_nothing_else() -> None:
    blame = "cause.blame_shift"
    said = {"zebra": {"own.part": 90}, "board": {blame: 90}}
    owns = with_judge(judge_of(said, raised={"own.part": 1.0, blame: 1.0}))
    assert told(owns, {}) == {}
    assert told(owns, {}, BOARD) == {blame: "The board"}
    assert told(owns, {**hits(blame, "board"), **hits(KEPT, "board")}) == {KEPT: "board"}
    assert told(owns, hits(blame, "board", certain=True)) == {blame: "board"}


def test_each_sentence_is_weighed_in_its_own_language() -> None:
    text = "The board met. 这件事先别跟客户说。"
    chinese = judge_of({"先别": {KEPT: 90}, "board": {KEPT: 90}}, raised={KEPT: 1.0})
    silent = judge_of({})
    coaching = replace(default_coaching(), judges={"en": silent, "zh": chinese}, judged={})
    assert told(coaching, {}, text) == {KEPT: "这件事先别"}
    alone = replace(default_coaching(), judges={"zh": chinese}, judged={})
    assert told(alone, {}, text) == {KEPT: "这件事先别"}
    turned = replace(default_coaching(), judges={"en": chinese}, judged={})
    assert told(turned, {}, text) == {KEPT: "The board met"}


@pytest.mark.parametrize(("place", "heard"), [("draft", True), ("cause", False)])
def test_the_step_weighs_and_so_do_the_signs_that_are_read_at_it(
    place: Place, *, heard: bool
) -> None:
    said = "Your officer has signed off the route."
    step = with_judge(judge_of({"route": {KEPT: 1}, "S:draft": {KEPT: 90}}, raised={KEPT: 1.0}))
    sign = with_judge(judge_of({"E:claim_agreed": {KEPT: 90}}, raised={KEPT: 1.0}))
    for coaching in (step, sign):
        subject = prepare(Task(said, place, "en", Context()), coaching)
        assert (KEPT in weighed(subject, {})) is heard


def test_a_judgement_is_remembered_by_its_step_and_sentence_up_to_a_bound() -> None:
    coaching = with_judge(judge_of({}))
    known = (Judgement(KEPT, none=False, words=(4, 9)),)
    sentence = subject_of(coaching, ZEBRA).claimed
    coaching.judged["cause", sentence] = known
    assert told(coaching, {}, ZEBRA) == {KEPT: "zebra"}
    for n in range(4094):
        coaching.judged["plan", str(n)] = ()
    told(coaching, {}, LION)
    assert len(coaching.judged) == 4096
    assert told(coaching, {}, LION) == {}
    assert len(coaching.judged) == 4096
    told(coaching, {}, BOARD)
    assert list(coaching.judged) == [("cause", subject_of(coaching, BOARD).claimed)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((0, 10), (5, 15), False),
        ((0, 10), (4, 14), True),
        ((40, 50), (0, 100), True),
        ((0, 100), (97, 103), False),
        ((0, 100), (96, 102), True),
        ((0, 4), (4, 8), False),
        ((0, 4), (90, 94), False),
    ],
)
def test_the_same_words_are_most_of_the_shorter_place(
    one: Span, other: Span, *, same: bool
) -> None:
    assert same_words(one, other) is same
    assert same_words(other, one) is same


SLIP = {"today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18"}
UNSURE, DENIED, ASKED = (
    "cause.speculation",
    "impact.unfounded_denial",
    "plan.customer_action_undated",
)
GIFT, OFFER, TERMS = "remedy.personal_gift", "remedy.unauthorised", "remedy.contract_change_informal"  # fmt: skip


@pytest.mark.parametrize(
    ("check", "place", "text", "known", "heard"),
    [
        (SMALL, "draft", "A zebra came.", {}, True),
        (SMALL, "draft", "A zebra came.", {**SLIP, "new_date": "2026-06-10"}, True),
        (SMALL, "draft", "A zebra came.", {**SLIP, "new_date": "2026-06-09"}, False),
        ("status.contradicts_slip", "status", "A zebra came.", SLIP, True),
        ("status.contradicts_slip", "status", "A zebra came.", {**SLIP, "new_date": "2026-06-05"}, False),
        ("status.contradicts_slip", "status", "A zebra came.", {}, False),
        ("status.contradicts_slip", "status", "We are behind schedule. A zebra came.", SLIP, False),
        ("status.vague", "status", "A zebra came.", SLIP, True),
        ("status.vague", "status", "A zebra came, 3 of 9.", SLIP, False),
        (OFFER, "remedy", "A zebra for them.", {"remedy_approved": False}, True),
        (OFFER, "remedy", "A zebra for them.", {"remedy_approved": True}, False),
        (OFFER, "remedy", "A zebra for them.", {}, False),
        (OFFER, "remedy", "A zebra for them, only a proposal until finance decides.", {"remedy_approved": False}, False),
        (OFFER, "draft", "A zebra for you.", {}, True),
        (OFFER, "draft", "A zebra for you.", {"remedy": {"what": "a zebra", "approved": False}}, True),
        (OFFER, "draft", "A zebra for you.", {"remedy": {"what": "a zebra", "approved": True}}, False),
        (GIFT, "remedy", "A zebra for him.", {}, True),
        (GIFT, "remedy", "A zebra for him, we refused.", {}, False),
        (GIFT, "remedy", "It was turned down, a zebra.", {}, False),
        (GIFT, "remedy", "A zebra for him. We refused.", {}, False),
        (GIFT, "remedy", "A zebra for him. Fine. We refused.", {}, True),
        (GIFT, "remedy", "We refused. A zebra for him.", {}, True),
        (TERMS, "remedy", "A zebra moves the clause.", {}, True),
        (TERMS, "remedy", "The contract stays as it is, a zebra.", {}, False),
        (TERMS, "remedy", "The contract stays as it is. A zebra.", {}, True),
        ("cause.names_person", "cause", "Mr Osei had a zebra.", {}, True),
        ("cause.names_person", "cause", "A zebra did it.", {}, False),
        ("cause.names_person", "cause", "Mr Osei came. A zebra did it.", {}, False),
        (UNSURE, "cause", "A zebra, who knows.", SLIP, True),
        (UNSURE, "cause", "A zebra. We do not know; we know it on 9 June.", SLIP, False),
        (DENIED, "impact", "A zebra came.", {}, True),
        (DENIED, "impact", "A zebra came. Ms Ode confirmed it.", {}, False),
        (ASKED, "plan", "A zebra, please send it.", SLIP, True),
        (ASKED, "plan", "A zebra, please send it by 9 June.", SLIP, False),
        ("promise.certainty", "plan", "A zebra comes.", SLIP, True),
        ("promise.certainty", "plan", "A zebra, we should have known.", SLIP, False),
        ("promise.certainty", "plan", "We should have known. A zebra comes.", SLIP, True),
        ("cause.blame_shift", "cause", "A zebra did it.", {}, True),
        ("cause.blame_shift", "cause", "A zebra did it. We should have known.", {}, False),
        ("cause.force_majeure_bare", "cause", "A zebra came.", SLIP, True),
        ("cause.force_majeure_bare", "cause", "A zebra came. On 3 May lightning tore the roof.", SLIP, False),
        ("cause.force_majeure_bare", "plan", "A zebra came.", SLIP, False),
    ],
)  # fmt: skip
def test_judge_is_heard_where_the_facts_and_the_rest_of_the_text_leave_room(
    check: str, place: Place, text: str, known: Mapping[str, object], *, heard: bool
) -> None:
    hears = with_judge(judge_of({"zebra": {check: 90}}, raised={check: 1.0}))
    subject = prepare(Task(text, place, "en", context_of(known)), hears)
    assert (check in weighed(subject, {})) is heard
