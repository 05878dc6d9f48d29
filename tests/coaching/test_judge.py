"""The judge: a sum over the features of a sentence, which raises and drops what detectors found."""

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from math import isclose, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.coaching import check, default_coaching, load_coaching
from bot.content.documents import BadFile
from bot.content.judges import read_judge
from bot.core.coaching import judge as judges
from bot.core.coaching.coach import Finding, Task, review
from bot.core.coaching.context import context_of
from bot.core.coaching.judge import SCALE, features, heaviest, readable
from bot.core.coaching.rubric import Coaching, Place
from bot.core.reading.numerals import normalise
from bot.core.words import LANGUAGES, Language
from tests.coaching.learning.texts import made_from
from tests.coaching.small_judges import CHECKS, judge_of, with_judge


def found(
    text: str, coaching: Coaching, place: Place = "cause", known: Mapping[str, object] | None = None
) -> dict[str, Finding]:
    """What the coach says of an English text, by check."""
    task = Task(text, place, "en", context_of(known or {}), None)
    return {f.check: f for f in review(task, coaching).findings}


RAISES = with_judge(
    judge_of({"zebra": {"timing.withhold": 90}, "the zebra": {"timing.withhold": 50}},
             raised={"timing.withhold": 5.0})
)  # fmt: skip


def test_a_fault_that_no_detector_knows_is_raised_at_its_words() -> None:
    text = "The pump's seal broke on 4 May. We ride the zebra on Monday."
    finding = found(text, RAISES)["timing.withhold"]
    assert finding.phrase == "the zebra"
    assert text[slice(*finding.span)] == "the zebra"


def test_a_quoted_word_weighs_nothing() -> None:
    assert "timing.withhold" not in found('The seal broke; "the zebra" was said of it.', RAISES)


def test_the_same_word_below_the_bound_is_left() -> None:
    assert "timing.withhold" not in found("We ride a zebra that no animal park has.", with_judge(
        judge_of({"zebra": {"timing.withhold": 9}}, raised={"timing.withhold": 5.0})
    ))  # fmt: skip


SAID = "We keep it from them until the board has met."


def test_what_a_detector_found_is_dropped_below_the_other_bound() -> None:
    quiet = with_judge(
        judge_of({"board": {"timing.withhold": -50}}, dropped={"timing.withhold": 0.0})
    )
    assert "timing.withhold" in found(SAID, replace(default_coaching(), judges={}))
    assert "timing.withhold" not in found(SAID, quiet)


def test_a_secret_of_the_case_is_never_dropped() -> None:
    known = {"internal_only": ["the buffer of ten days"]}
    never = with_judge(
        judge_of({"buffer": {"disclose.confidential": -90}}, dropped={"disclose.confidential": 9})
    )
    text = "We still have the buffer of ten days in hand."
    assert "disclose.confidential" in found(text, never, "status", known)


LATER = {"original_date": "2026-06-01", "new_date": "2026-06-12"}
TWICE = "We keep it from them until the board has met. We keep it from them until they ask."
BOARD = with_judge(judge_of({"board": {"timing.withhold": -50}}, dropped={"timing.withhold": 0.0}))


def test_where_one_place_is_dropped_the_next_one_is_told() -> None:
    assert found(TWICE, BOARD)["timing.withhold"].span[0] > TWICE.index("met.")


def test_a_secret_stays_though_a_wording_before_it_is_dropped() -> None:
    known = {"internal_only": ["the buffer of ten days"]}
    text = "Mike is on sick leave. We still have the buffer of ten days in hand."
    never = with_judge(
        judge_of({"sick": {"disclose.confidential": -90}}, dropped={"disclose.confidential": -1.0})
    )
    assert "disclose.confidential" not in found("Mike is on sick leave.", never, "status")
    assert found(text, never, "status", known)["disclose.confidential"].phrase.startswith(
        "the buff"
    )


@pytest.mark.parametrize(
    ("features", "told"),
    [
        (("keep", "it", "from", "them"), False),
        (("keep", "until", "the", "board", "has", "met"), True),
    ],
    ids=["just these words", "a longer stretch around them"],
)
def test_a_fault_is_not_told_twice_in_just_the_same_words(
    features: tuple[str, ...], told: bool
) -> None:
    one = "cause.speculation"
    said = judge_of({word: {one: 50} for word in features}, raised={one: 1.0})
    findings = found(SAID, with_judge(said))
    assert findings["timing.withhold"].phrase == "keep it from them"
    assert (one in findings) is told


def test_a_fault_for_which_no_word_speaks_is_not_told() -> None:
    mood = with_judge(judge_of({"S:cause": {"timing.withhold": 90}}, raised={"timing.withhold": 1}))
    assert found("The seal broke on 4 May.", mood).keys() == found(
        "The seal broke on 4 May.", replace(default_coaching(), judges={})
    ).keys()  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "said", "shown"),
    [
        ("when they ask, we say little.", " we say little.", "we say little"),
        ("so, you pay in 45 days instead of 14.", "pay in 45 days instead of ",
         "you pay in 45 days instead of 14"),
        ("nine doors in may, we hide the rest until then.", "may, we hide the rest until then",
         "we hide the rest until then"),
        ("we hide the rest of it, and nobody asks", "we hide the rest of it, and", "we hide the rest of it"),
        ("cost: 1.5 days, at most.", "5 days", "1.5 days"),
        ("审计底稿漏了两户，我们站不住，赔就是了。", "户，我们站不住，赔就是了。", "我们站不住，赔就是了"),
        ("我们账上现金只够撑到八月。", "账上现金只够撑到八", "我们账上现金只够撑到八月"),
        ("\x1f\x1f\x1f.", "\x1f\x1f\x1f", None),
        (" ,", ",", None),
    ],
)  # fmt: skip
def test_the_words_shown_make_sense_by_themselves(
    sentence: str, said: str, shown: str | None
) -> None:
    sentence = normalise(sentence)
    start = sentence.index(normalise(said))
    span = readable(sentence, (start, start + len(said)))
    assert (span and sentence[slice(*span)]) == (shown and normalise(shown))


@pytest.mark.parametrize(
    ("one", "place", "text", "known", "spared", "spared_by"),
    [
        ("cause.blame_shift", "cause", "Zebra came late.", {},
         "Zebra came late. We had ordered it late ourselves, that part is ours.", {}),
        ("tone.minimise", "cause", "Zebra, nine days later.",
         {"original_date": "2026-06-01", "new_date": "2026-06-12"},
         "Zebra, one day later.", {"original_date": "2026-06-01", "new_date": "2026-06-02"}),
        ("plan.customer_action_undated", "plan", "Zebra the drawings.", {"new_date": "2026-06-12"},
         "Zebra the drawings. We need that by 3 June 2026.", {"new_date": "2026-06-12"}),
        ("remedy.unauthorised", "remedy", "Zebra for two weeks.", {"remedy_approved": False},
         "Zebra for two weeks.", {"remedy_approved": True}),
        ("tone.minimise", "cause", "Zebra, three days later.",
         {"original_date": "2026-06-01", "new_date": "2026-06-04"},
         "Zebra, two days later.", {"original_date": "2026-06-01", "new_date": "2026-06-03"}),
        ("remedy.unauthorised", "draft", "Zebra for two weeks.", {},
         "Zebra for two weeks.", {"remedy": {"what": "two weeks", "approved": True}}),
        ("remedy.unauthorised", "remedy", "Zebra for two weeks.", {"remedy_approved": False},
         "Zebra for two weeks. My proposal stays inside until finance has decided.",
         {"remedy_approved": False}),
        ("cause.speculation", "cause", "Zebra in the cable.", {},
         "Zebra in the cable. It is on the bench, we know the result on Thursday.", {}),
        ("impact.unfounded_denial", "impact", "Zebra on your side.", {},
         "Zebra on your side. Their planner confirmed on Monday.", {}),
        ("status.contradicts_slip", "status", "Zebra on 4 of 9 doors.", LATER,
         "Zebra on 4 of 9 doors.", {"original_date": "2026-06-01"}),
        ("status.contradicts_slip", "status", "Zebra on 4 of 9 doors.", LATER,
         "Zebra on 4 of 9 doors. We are nine days behind the plan.", LATER),
        ("status.contradicts_slip", "status", "Zebra on 4 of 9 doors.", LATER,
         "Zebra on 4 of 9 doors.", {"original_date": "2026-06-12", "new_date": "2026-06-12"}),
    ],
    ids=["own part", "a day or two", "needed by a day", "approved", "two days", "granted in the facts",
         "kept inside", "known by a day", "asked them", "no later date", "the slip is told", "the same date"],
)  # fmt: skip
def test_the_facts_and_the_rest_of_the_text_come_before_the_judge(
    one: str, place: Place, text: str, known: Mapping[str, object], spared: str,
    spared_by: Mapping[str, object],
) -> None:  # fmt: skip
    raising = with_judge(judge_of({"zebra": {one: 90}}, raised={one: 1.0}))
    assert one in found(text, raising, place, known)
    assert one not in found(spared, raising, place, spared_by)


def test_a_check_is_raised_only_where_it_applies() -> None:
    one = "impact.unfounded_denial"
    raising = with_judge(judge_of({"zebra": {one: 90}}, raised={one: 1.0}))
    assert one in found("Zebra the drawings.", raising, "impact")
    assert one not in found("Zebra the drawings.", raising, "cause")


BLAMED = "It is all the vendor's fault."


def test_owning_up_that_the_judge_hears_takes_blame_away() -> None:
    one = "cause.blame_shift"
    weights = {"zebra": {"own.part": 90}, "lion": {one: 90}}
    hears = with_judge(judge_of(weights, raised={"own.part": 1.0, one: 1.0}))
    assert one in found(BLAMED, hears)
    assert one not in found(f"{BLAMED} Zebra on our side.", hears)
    assert one in found("The lion came late.", hears)
    assert one not in found("The lion came late. Zebra on our side.", hears)


def test_what_speaks_against_one_fault_leaves_the_others() -> None:
    quiet = with_judge(judge_of({"board": {"tone.minimise": -50}}, dropped={"tone.minimise": 0.0}))
    assert "timing.withhold" in found(SAID, quiet)


def test_of_two_faults_in_the_same_words_the_likelier_is_told() -> None:
    """The pattern holds a few of the words in which the judge hears another fault too."""
    kept, other = "timing.withhold", "cause.speculation"
    patterns = found(SAID, replace(default_coaching(), judges={}))
    assert (kept in patterns, other in patterns) == (True, False)

    def hears(sure: int, other_sure: int) -> dict[str, Finding]:
        weights = {"keep": {kept: sure, other: other_sure}, "board": {other: other_sure}}
        return found(SAID, with_judge(judge_of(weights, raised={kept: 1.0, other: 1.0})))

    assert other not in hears(90, 30)
    assert other in hears(20, 90)


SENTENCES = st.text(
    st.sampled_from("我们先不说延期的事,。 12.5%\x1f’'abcdefghijklmnop qrstuvwxyz-;é^$_"),
    max_size=80,
)


@given(SENTENCES)
def test_a_sum_side_by_side_is_the_sum_one_by_one(sentence: str) -> None:
    said = {f: {"timing.withhold": 30 - 7 * n, "remedy.unauthorised": 11 * n - 40}
            for n, f in enumerate(["we", "we _ a", "cabcd", "不说", "先不说延", "0", "Q", "S:cause"])}  # fmt: skip
    judge = judge_of(said)
    known = features(sentence, "cause", ())
    met = [said[f] for f in known if f in said]
    for one, score in zip(CHECKS, judge.scores(known), strict=True):
        plain = sum(tenths.get(one, 0) for tenths in met) / 10
        assert isclose(score, SCALE * plain / sqrt(len(known)), abs_tol=1e-6)


@given(SENTENCES)
def test_every_run_of_a_sentence_has_its_place(sentence: str) -> None:
    signs = (("later", ((0, len(sentence)),)),)
    placed = dict(judges.placed(sentence, signs))
    assert placed.keys() | {"S:plan"} == features(sentence, "plan", signs)
    for start, end in placed.values():
        assert 0 <= start <= end <= len(sentence)


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ([((0, 4), 2.0), ((5, 9), 3.0)], (0, 9)),
        ([((0, 4), 2.0), ((4, 8), -9.0), ((8, 12), 3.0)], (8, 12)),
        ([((2, 6), -1.0)], (0, 0)),
        ([], (0, 0)),
    ],
    ids=["together", "what speaks against lies between", "nothing speaks for it", "nothing"],
)
def test_the_words_shown_are_those_that_weigh_most(
    said: list[tuple[tuple[int, int], float]], span: tuple[int, int]
) -> None:
    assert heaviest(said) == span


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_judge_was_made_from_the_texts_that_are_here(language: Language) -> None:
    """Whoever adds or corrects a labelled text runs `make judge`."""
    path = Path(__file__).parents[2] / "playbooks" / "coaching" / "judge" / f"{language}.json"
    assert json.loads(path.read_text(encoding="utf-8"))["made_from"] == made_from(language)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no", "JSONDecodeError"),
        ("[]", "TypeError"),
        ('{"checks":["a"],"bias":[0],"raised":[1,2],"dropped":[0],"weights":{}}', "ValueError"),
        ('{"checks":["a"],"bias":[0],"raised":[1],"dropped":[0],"weights":{"x":[1,5]}}', "no check"),
        ('{"checks":["a"],"bias":[0],"raised":[1],"dropped":[0],"weights":{"x":[0]}}', "ValueError"),
        ('{"checks":["a"],"bias":[0],"raised":[1],"dropped":[0],"weights":{"x":[0,99999]}}', "too large"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_judge_is_refused_in_one_sentence(
    tmp_path: Path, text: str, why: str
) -> None:
    path = tmp_path / "en.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        read_judge(path)
    (problem,) = refused.value.problems
    assert problem.startswith("coaching/judge/en.json:1: is no judge (")
    assert why in problem
    assert problem.endswith("; make it anew with `make judge`")


def test_rules_of_ones_own_with_a_spoilt_judge_are_refused_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "coaching"
    for part in ("checks", "entries", "words"):
        (folder / part).mkdir(parents=True)
    (folder / "thresholds.yaml").write_text("thresholds: {}\n", encoding="utf-8")
    assert check(tmp_path) == ()
    assert not load_coaching(folder).judges
    (folder / "judge").mkdir()
    (folder / "judge" / "zh.json").write_text("{}", encoding="utf-8")
    assert len(check(tmp_path)) == 1
    with pytest.raises(BadFile):
        load_coaching(folder)


@pytest.mark.parametrize("seed", ["we wait until they ask ", "先别跟客户说等验收完"])
def test_a_sentence_without_an_end_is_weighed_in_time(seed: str) -> None:
    sentence = (seed * 5_000)[:100_000]
    judge = default_coaching().judges["zh" if "客" in seed else "en"]
    begun = time.process_time()
    judge.judge(sentence, "draft", ())
    assert time.process_time() - begun < 3.0


def test_a_draft_that_owns_up_in_words_that_no_sign_knows_has_an_owner() -> None:
    known = {"cause_party": "ours", "original_date": "2026-05-15", "new_date": "2026-05-29"}
    text = "The pumps move to 29 May 2026. The seals failed. Zebra with the test."
    hears = with_judge(judge_of({"zebra": {"own.part": 90}}, raised={"own.part": 1.0}))
    assert "draft.no_ownership" in found(
        text, replace(default_coaching(), judges={}), "draft", known
    )
    assert "draft.no_ownership" not in found(text, hears, "draft", known)


def test_a_gift_that_was_turned_down_in_the_next_sentence_is_none() -> None:
    gift = judge_of({"tickets": {"remedy.personal_gift": 90}}, raised={"remedy.personal_gift": 1.0})
    text = "Their buyer hinted at the tickets."
    assert "remedy.personal_gift" in found(text, with_judge(gift), "remedy")
    assert "remedy.personal_gift" not in found(text + " I said no.", with_judge(gift), "remedy")
