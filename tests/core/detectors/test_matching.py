"""Guards against false alarms, and how a sentence's signs are told apart."""

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import Context
from bot.core.coaching.detectors import matching
from bot.core.coaching.detectors.matching import matched
from bot.core.coaching.rubric import Coaching, Entry, Side, index_of
from bot.core.words import Language


def coaching_of(*entries: Entry) -> Coaching:
    """A coach that knows nothing but these entries."""
    return Coaching((), entries, (), {}, index_of((), entries, ()))


def side(*frames: str, unless: tuple[str, ...] = (), inside: tuple[str, ...] = ()) -> Side:
    """An entry's English side without its examples."""
    return Side(frames, (), (), unless, inside)


NOT = Entry("negation", negated=True, en=side("not", "never"), zh=side("没", "不"))
SAYS = Entry("reported_speech", negated=True, en=side("they say"))
HOLDS = Entry("protected", negated=True, en=side("gamma ray"))


def read(sentence: str, *entries: Entry) -> dict[str, list[str]]:
    """The words of each entry that stands in a sentence."""
    found = matched(coaching_of(*entries), "draft", sentence)
    return {id_: [sentence[a:b] for a, b in spans] for id_, spans in found}


@pytest.mark.parametrize(
    ("rule", "sentence", "stands"),
    [
        ("bare", "we gamma it", True),
        ("negated", "we do not gamma it", False),
        ("negated shortly before", "not" + " abcd" * 4 + " ab gamma", False),
        ("negated 26 characters before, at most", "not" + " abcd" * 5 + " gamma", False),
        ("negated 27 characters before", "not" + " abcd" * 5 + "  gamma", True),
        ("a pause between", "not here, gamma it", True),
        ("a bracket between", "not (gamma it", True),
        ("negated afterwards", "gamma it not", True),
        ("the second negation counts", "not here, never gamma it", False),
        ("the first one reaches over the second with a pause", "never this not, gamma", True),
    ],
)  # fmt: skip
def test_negation_shortly_before_turns_a_sign(rule: str, sentence: str, stands: bool) -> None:
    assert ("sign" in read(sentence, NOT, Entry("sign", en=side("gamma")))) is stands, rule


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("没甲乙丙丁", False),
        ("没一二三四丁", False),
        ("没一二三四五丁", False),
        ("没一二三四五六丁", True),
        ("没，丁", True),
    ],
)
def test_chinese_negation_reaches_five_characters(sentence: str, stands: bool) -> None:
    sign = Entry("sign", zh=side("丁"))
    assert ("sign" in read(sentence, NOT, sign)) is stands


def test_sign_may_stand_negated_or_hold_its_own_negation() -> None:
    anyway = Entry("sign", negated=True, en=side("gamma"))
    assert "sign" in read("not gamma", NOT, anyway)
    own = Entry("sign", own_negation=True, en=side("gamma", "not delta"))
    assert read("we do not delta", NOT, own)["sign"] == ["not delta"]
    assert "sign" not in read("we do not gamma", NOT, own)


def test_one_of_two_places_is_negated() -> None:
    sign = Entry("sign", en=side("gamma"))
    assert read("not gamma, but gamma", NOT, sign)["sign"] == ["gamma"]
    spans = dict(matched(coaching_of(NOT, sign), "draft", "not gamma, but gamma"))["sign"]
    assert spans == ((15, 20),)


def test_word_that_cancels_takes_the_entry_out_of_the_sentence_wherever_it_stands() -> None:
    sign = Entry("sign", en=side("gamma", unless=("delta",)))
    assert "sign" not in read("gamma delta", sign)
    assert "sign" not in read("delta gamma", sign)
    assert "sign" in read("gamma epsilon", sign)
    both = read("gamma delta zeta", sign, Entry("other", en=side("zeta")))
    assert both == {"other": ["zeta"]}


def test_compound_takes_its_own_words_away_and_no_others() -> None:
    sign = Entry("sign", en=side("gamma", inside=("gamma knife",)))
    assert "sign" not in read("a gamma knife", sign)
    found = dict(matched(coaching_of(sign), "draft", "gamma and a gamma knife and gamma"))
    assert found["sign"] == ((0, 5), (28, 33))
    assert "sign" not in read("gamma knife gamma knife", sign)


@pytest.mark.parametrize(
    ("rule", "compound", "sentence", "stands"),
    [
        ("covers its beginning", "the gamma", "the gamma delta", False),
        ("covers its end", "delta ray", "gamma delta ray", False),
        ("covers its middle", "delta", "gamma delta", False),
        ("begins right behind it", "knife", "gamma delta knife", True),
        ("ends right before it", "the", "the gamma delta", True),
        ("one before and one behind", "zeta", "zeta gamma delta zeta", True),
    ],
)  # fmt: skip
def test_compound_takes_what_it_touches(
    rule: str, compound: str, sentence: str, stands: bool
) -> None:
    sign = Entry("sign", en=side("gamma delta", inside=(compound,)))
    assert ("sign" in read(sentence, sign)) is stands, rule


def test_compound_alone_is_no_sign() -> None:
    sign = Entry("sign", en=side("gamma", inside=("delta",)))
    assert read("delta", sign) == {}


def test_protected_words_are_blanked_and_told() -> None:
    sign = Entry("sign", en=side("gamma"))
    assert read("a gamma ray", HOLDS, sign) == {"protected": ["gamma ray"]}
    assert read("gamma, a gamma ray", HOLDS, sign)["sign"] == ["gamma"]


def test_fault_in_reported_speech_is_not_the_writers_but_a_sign_stands() -> None:
    fault, sign = Entry("fault", check="x", en=side("gamma")), Entry("sign", en=side("gamma"))
    assert set(read("they say gamma", SAYS, fault, sign)) == {"reported_speech", "sign"}
    assert "fault" in read("gamma, they say", SAYS, fault, sign)
    assert "fault" not in read("they say, they say gamma", SAYS, fault)


def test_of_two_places_that_overlap_the_first_and_longest_is_one() -> None:
    sign = Entry("sign", en=side("gamma", "gamma delta", "delta epsilon", "zeta"))
    assert read("gamma delta epsilon zeta", sign)["sign"] == ["gamma delta", "zeta"]


def test_reading_is_kept_for_its_place_and_let_go_when_there_are_many() -> None:
    coaching = coaching_of(Entry("sign", en=side("gamma")))
    first = matched(coaching, "draft", "gamma")
    assert matched(coaching, "draft", "gamma") is first
    assert set(coaching.kept) == {("draft", "gamma")}
    for n in range(matching._MOST_KEPT):
        matched(coaching, "draft", f"delta {n}")
    assert len(coaching.kept) == 1


@pytest.mark.parametrize(
    ("text", "language", "flagged"),
    [
        ("We guarantee 18 June.", "en", True),
        ("We do not guarantee 18 June.", "en", False),
        ("我们保证6月18日。", "zh", True),
        ("我们不保证6月18日。", "zh", False),
    ],
)
def test_promise_that_is_refused_is_none(text: str, language: Language, flagged: bool) -> None:
    found = review(Task(text, "plan", language, Context()), default_coaching())
    assert ("promise.certainty" in found.flags) is flagged
