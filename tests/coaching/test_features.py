"""What a sentence is weighed by, where each piece of it stands, and the words that are shown."""

from collections.abc import Mapping

import pytest

from bot.core.coaching.frames import Span
from bot.core.coaching.judge import (
    Judge,
    Judgement,
    Reading,
    features,
    heaviest,
    language_of,
    middle,
    packed,
    placed,
    readable,
)
from bot.core.reading.numerals import normalise
from bot.core.words import Language

NO_SIGN: Reading = ()


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("abcdefg甲", "en"),
        ("abcdef甲", "zh"),
        ("PLC在周三到货", "zh"),
        ("the 阀门 comes on wednesday", "en"),
        ("", "en"),
    ],
)
def test_more_than_one_character_in_eight_makes_a_sentence_chinese(
    sentence: str, language: Language
) -> None:
    assert language_of(sentence) == language


def test_an_english_sentence_is_weighed_by_runs_of_words_pieces_of_words_signs_and_the_step() -> (
    None
):
    signs: Reading = (("later", ((0, 2),)), ("offer", ((3, 8), (0, 2))))
    assert features("we waited.", "cause", signs) == {
        "^", "we", "waited", ".", "$",
        "^ we", "we waited", "waited .", ". $",
        "^ we waited", "we waited .", "waited . $",
        "^ _ waited", "we _ .", "waited _ $",
        "c<we>", "c<wai", "cwait", "caite", "cited", "cted>", "c<wait", "cwaite", "caited", "cited>",
        "E:later", "E:offer", "S:cause",
    }  # fmt: skip


def test_a_chinese_sentence_is_weighed_by_runs_of_up_to_four_characters() -> None:
    assert features("先别说", "plan", NO_SIGN) == {
        "^", "先", "别", "说", "$", "^先", "先别", "别说", "说$", "^先别", "先别说", "别说$",
        "^先别说", "先别说$", "S:plan",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("we lost 5 doors", "we lost 1,250.5 doors"),
        ("at 9:30 we go", "at 10 we go"),
        ("\x1f\x1f\x1f was said", "\x1f was said"),
        ("还差12扇门没装", "还差3.5扇门没装"),
        ("他说\x1f\x1f\x1f", "他说\x1f"),
    ],
    ids=["a number", "an hour", "a quotation", "数字", "引语"],
)
def test_every_number_weighs_alike_and_every_quotation(one: str, other: str) -> None:
    assert features(one, "status", NO_SIGN) == features(other, "status", NO_SIGN)


def test_a_number_and_a_quotation_weigh_otherwise() -> None:
    assert {"0", "Q"} <= features("5 of \x1f\x1f", "status", NO_SIGN)
    assert "Q" not in features("5 of 9", "status", NO_SIGN)
    assert "0" not in features("five of nine", "status", NO_SIGN)


def test_every_feature_stands_where_its_words_are() -> None:
    sentence = "we waited."
    signs: Reading = (("later", ((3, 9), (0, 2))),)
    found = list(placed(sentence, signs))
    assert [span for feature, span in found if feature == "E:later"] == [(3, 9), (0, 2)]
    places = {f: span for f, span in found if f in {
        "^", "we", "waited", "$", "^ we", "we waited", "waited . $", "we _ .", "cwait", "c<we>",
    }}  # fmt: skip
    assert places == {
        "^": (0, 0), "we": (0, 2), "waited": (3, 9), "$": (10, 10), "^ we": (0, 2),
        "we waited": (0, 9), "waited . $": (3, 10), "we _ .": (0, 10), "cwait": (3, 9), "c<we>": (0, 2),
    }  # fmt: skip


def test_every_run_of_characters_stands_where_it_is() -> None:
    every = list(placed("先别说", NO_SIGN))
    assert len(every) == len(set(every))
    found = dict(every)
    assert {run: found[run] for run in ("^先", "别", "别说$", "先别说$", "$")} == {
        "^先": (0, 1), "别": (1, 2), "别说$": (1, 3), "先别说$": (0, 3), "$": (3, 3),
    }  # fmt: skip


CHECKS = ("timing.withhold", "tone.minimise")
SIXTEEN = "甲乙丙"  # with one sign it has sixteen features, so ten tenths score one
SIGN: Reading = (("later", ()),)


def judge_of(
    weights: Mapping[str, Mapping[int, int]],
    *,
    bias: tuple[float, float] = (0.0, 0.0),
    raised: float = 99.0,
    dropped: float = -99.0,
) -> Judge:
    """A judge of two checks; both have the same bounds."""
    said = {feature: middle(2) + packed(tenths) for feature, tenths in weights.items()}
    return Judge(CHECKS, bias, (raised, raised), (dropped, dropped), said)


def test_at_its_bound_a_fault_is_told_and_below_it_is_not() -> None:
    judge = judge_of({"乙": {0: 10}}, raised=1.0)
    assert judge.judge(SIXTEEN, "cause", SIGN) == (
        Judgement("timing.withhold", none=False, words=(0, 3), score=1.0),
    )
    assert judge_of({"乙": {0: 9}}, raised=1.0).judge(SIXTEEN, "cause", SIGN) == ()


def test_below_the_other_bound_there_is_none_of_a_fault_and_at_it_nothing_is_said() -> None:
    judge = judge_of({"乙": {1: 9}}, dropped=1.0)
    found = judge.judge(SIXTEEN, "cause", SIGN)
    assert [(one.check, one.none, one.words) for one in found] == [
        ("timing.withhold", True, None),
        ("tone.minimise", True, None),
    ]
    at_it = judge_of({"乙": {0: 10, 1: 10}}, dropped=1.0)
    assert at_it.judge(SIXTEEN, "cause", SIGN) == ()


def test_where_both_bounds_are_one_a_fault_at_them_is_told() -> None:
    told, none = judge_of({"乙": {0: 10}}, raised=1.0, dropped=1.0).judge(SIXTEEN, "cause", SIGN)
    assert (told.none, told.words) == (False, (0, 3))
    assert (none.none, none.words) == (True, None)


def test_the_step_weighs_like_a_word() -> None:
    judge = judge_of({"S:cause": {0: 9}, "乙": {0: 1}}, raised=1.0)
    assert [one.words for one in judge.judge(SIXTEEN, "cause", SIGN)] == [(0, 3)]
    assert judge.judge(SIXTEEN, "plan", SIGN) == ()


def test_where_a_check_starts_counts_as_it_stands() -> None:
    judge = judge_of({"乙": {0: 20, 1: -5}}, bias=(0.25, -3.0))
    assert judge.scores(features(SIXTEEN, "cause", SIGN)) == [2.25, -3.5]


def test_the_words_shown_are_those_that_speak_for_the_check_in_question() -> None:
    judge = judge_of({"waited": {0: 41, 1: -41}, "kept": {0: -41, 1: 41}, "silent": {1: 11}})
    sentence = "nobody waited; you kept silent"
    assert judge.words(sentence, NO_SIGN, 0) == (7, 13)
    assert judge.words(sentence, NO_SIGN, 1) == (15, 30)
    assert judge_of({"waited": {0: 1}}).words(sentence, NO_SIGN, 0) == (7, 13)
    assert judge_of({}).words(sentence, NO_SIGN, 0) is None


@pytest.mark.parametrize(
    ("rule", "said", "span"),
    [
        ("a longer one spreads its weight", [((0, 10), 9.0), ((3, 5), -8.0), ((6, 8), 5.0)], (5, 10)),
        ("of two alike the first", [((0, 2), 3.0), ((2, 4), -9.0), ((4, 6), 3.0)], (0, 2)),
        ("as much against as for it ends a stretch", [((0, 2), 3.0), ((2, 4), -3.0), ((4, 6), 4.0)], (4, 6)),
        ("what weighs nothing is left out", [((0, 2), 0.0), ((2, 4), 1.0), ((4, 6), 0.0)], (2, 4)),
        ("a light stretch alone", [((3, 4), 0.5)], (3, 4)),
        ("what overlaps adds up", [((2, 4), -4.0), ((0, 4), 4.0)], (0, 2)),
        ("nothing wide", [((3, 3), 5.0)], (0, 0)),
    ],
)  # fmt: skip
def test_the_heaviest_stretch_has_the_greatest_sum(
    rule: str, said: list[tuple[Span, float]], span: Span
) -> None:
    assert heaviest(said) == span, rule


@pytest.mark.parametrize(
    ("rule", "sentence", "said", "shown"),
    [
        ("six letters before it are taken in", "maybe we hide it", "we hide it", "maybe we hide it"),
        ("seven are left out", "surely we hide it", "we hide it", "we hide it"),
        ("six letters behind it are taken in", "we hide it today", "we hide it", "we hide it today"),
        ("seven are left out", "we hide it always", "we hide it", "we hide it"),
        ("the last six letters of a clause are left out", "so far nobody, we hide it", "nobody, we hide it", "we hide it"),
        ("the last seven are kept", "so far so good, we hide it", "so good, we hide it", "so good, we hide it"),
        ("the end of a clause of which six letters lack is made whole", "maybe so, we hide it", "so, we hide it", "maybe so, we hide it"),
        ("of which seven lack is left out", "surely so, we hide it", "so, we hide it", "we hide it"),
        ("the first six letters of a clause are left out", "we hide it, nobody ever asks", "we hide it, nobody", "we hide it"),
        ("the first seven are kept", "we hide it, perhaps all of it", "we hide it, perhaps", "we hide it, perhaps"),
        ("the beginning of a clause of which six letters lack is made whole", "we hide it, so maybe", "we hide it, so", "we hide it, so maybe"),
        ("a clause alone is never left out", "it may be that we", "we", "we"),
        ("two remnants of one clause", "we do not say so, no", "say so, no", "no"),
        ("a clause that it only touches is none of it", "we wait; you", "; you", "you"),
        ("nor one in front of it", "you; we wait", "you;", "you"),
        ("nor one before which it ends", "we go; you", "we go; ", "we go"),
        ("nor one after which it begins", "you; we wait", "; we wait", "we wait"),
        ("what lacks is counted from its own clause", "perhaps. maybe so, we hide it", "so, we hide it", "maybe so, we hide it"),
        ("the last of three clauses is left out like that of two", "we go, you stay, he hides it all", "we go, you stay, he", "we go, you stay"),
        ("signs around it are left out", "-- we hide it --", "-- we hide it --", "we hide it"),
        ("signs around a letter", "-a-", "-a-", "a"),
        ("signs alone are no words", "--, we hide it", "--", None),
        ("three characters before it are taken in", "我们先别说", "别说", "我们先别说"),
        ("four are left out", "我们就先别说", "别说", "别说"),
        ("the last three characters of a clause are left out", "到五月份先不提，别跟客户说", "先不提，别跟客户说", "别跟客户说"),
        ("the last four are kept", "到五月份我先不提，别跟客户说", "我先不提，别跟客户说", "我先不提，别跟客户说"),
        ("a point within a number parts nothing", "so 1.5 days", "5 days", "so 1.5 days"),
        ("a point after it does", "we lost them at 1. we hide it", "1. we hide it", "we hide it"),
    ],
)  # fmt: skip
def test_what_is_shown_holds_no_remnant_of_a_clause(
    rule: str, sentence: str, said: str, shown: str | None
) -> None:
    sentence, said = normalise(sentence), normalise(said)
    start = sentence.rindex(said)
    span = readable(sentence, (start, start + len(said)))
    assert (span and sentence[slice(*span)]) == (shown and normalise(shown)), rule
