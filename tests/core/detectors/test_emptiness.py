"""Empty answers: what is left when the words that say nothing are taken away."""

import pytest

from bot.core.coaching.detectors import emptiness
from bot.core.coaching.detectors.emptiness import content
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of, words

DAYS: Known = {"today": "2026-06-03"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pump valve", 2),
        ("pump pump", 1),
        ("it is so", 0),
        ("泵阀门轴", 2),
        ("泵阀门轴管", 2),
        ("泵", 0),
        ("", 0),
        ("pump 泵阀", 2),
    ],
)
def test_content_counts_words_and_pairs_of_characters(text: str, said: int) -> None:
    assert content(subject_of(text, "cause"), "empty_words") == said


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("circumstances", "Due to unforeseen circumstances.", ["unforeseen circumstances"]),
        ("hardly a word", "Various issues.", ["Various issues"]),
        ("event and mechanism", "The seal of pump 2 tore on 3 May because the rubber was wrong.", []),
        ("open, with the day of the answer", "We do not know the cause yet; we know it on 9 June.", []),
        ("open, without a day", "We do not know the cause yet.", [""]),
        ("原因很多", "由于各种原因。", ["各种原因"]),
        ("有经过", "5月3日密封圈破裂，泵漏水。", []),
    ],
)  # fmt: skip
def test_cause_says_what_happened(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "cause", DAYS, language=language_of(text))
    assert words(emptiness.vague_cause, subject) == expected, rule
    other = subject_of(text, "draft", DAYS, language=language_of(text))
    assert hits(emptiness.vague_cause, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("an empty word", "It moves due to unforeseen circumstances.", {}, ["unforeseen circumstances"]),
        ("an empty word and a mechanism", "The seal tore because the rubber was wrong, in unforeseen circumstances.", {}, []),
        ("the answered cause is told", "Unforeseen circumstances: the seals of pump two leaked.", {"cause": "seals of pump two leaked"}, []),
        ("the answered cause is not told", "It moves due to unforeseen circumstances.", {"cause": "seals of pump two leaked"}, ["unforeseen circumstances"]),
        ("no empty word", "It moves by a week.", {}, []),
        ("由于一些原因", "由于一些原因，日期要改。", {}, ["一些原因"]),
    ],
)  # fmt: skip
def test_only_reason_of_a_draft_is_no_empty_word(
    rule: str, text: str, known: Known, expected: list[str]
) -> None:
    subject = subject_of(text, "draft", known, language=language_of(text))
    assert words(emptiness.vague_cause_draft, subject) == expected, rule
    other = subject_of(text, "cause", known, language=language_of(text))
    assert hits(emptiness.vague_cause_draft, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("a mood", "Almost there.", ["Almost there"]),
        ("hardly a word", "It goes on.", [""]),
        ("a count", "Almost there: 8 of 9.", []),
        ("a count in words", "Almost there: eight doors hang.", []),
        ("a figure of speech is no count", "We go on step by step.", ["step by step"]),
        ("a finished part", "The foundation is finished.", []),
        ("差不多了", "差不多了。", ["差不多"]),
        ("七七八八不是数", "干得七七八八了。", ["七七八八"]),
        ("有数", "9樘装了8樘。", []),
    ],
)  # fmt: skip
def test_status_is_no_mood(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "status", DAYS, language=language_of(text))
    assert words(emptiness.vague_status, subject) == expected, rule
    other = subject_of(text, "draft", DAYS, language=language_of(text))
    assert hits(emptiness.vague_status, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("some impact", "There is some impact.", ["some impact"]),
        ("hardly a word", "It matters.", [""]),
        ("who and what", "Your dispatchers sort parcels by hand until 18 June.", []),
        ("our own trouble", "Our team has to work overtime.", ["Our team"]),
        ("our trouble and theirs", "Our team works overtime, and your staff sorts parcels by hand.", []),
        ("unknown, with its day", "We do not know the impact yet; we ask you on 9 June.", []),
        ("some impact and a figure", "Some impact: 40 parcels.", []),
        ("有一定影响", "有一定影响。", ["影响"]),
        ("谁和什么", "你们的分拣员要手工分拣包裹。", []),
    ],
)  # fmt: skip
def test_impact_says_who_and_what(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "impact", DAYS, language=language_of(text))
    found = hits(emptiness.vague_impact, subject)
    assert found == [Found("impact.vague", w, {}) for w in expected], rule
    other = subject_of(text, "draft", DAYS, language=language_of(text))
    assert hits(emptiness.vague_impact, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("a high percentage", "The wiring is nearly done. 90% done.", ["nearly done"]),
        ("a count beside it", "The wiring is nearly done: 18 of 20 rooms, 90%.", []),
        ("a number of what is left", "Nearly done, 90%; two rooms are left.", []),
        ("a low percentage", "The wiring is nearly done. 40% of all done.", []),
        ("no percentage", "The wiring is nearly done.", []),
        ("no mood", "The wiring is 90% done.", []),
        ("差不多", "布线差不多做完了。完成90%。", ["差不多做完"]),
        ("数得出来", "布线差不多做完了，20间布了18间，完成90%。", []),
        ("尽快", "尽快做好。完成90%。", []),
    ],
)  # fmt: skip
def test_nearly_done_is_no_count(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "status", DAYS, language=language_of(text))
    assert words(emptiness.nearly_done, subject) == expected, rule
    assert hits(emptiness.nearly_done, subject_of(text, "plan", DAYS)) == []
