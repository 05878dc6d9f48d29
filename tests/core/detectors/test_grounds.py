"""The facts as ground for a draft: what they tell, which sentences claim nothing, where a claim stands."""

from datetime import date

import pytest

from bot.core.coaching.context import context_of
from bot.core.coaching.detectors.grounds import (
    LONGEST,
    Grounds,
    claim,
    clauses,
    grounds,
    literally,
    plain_words,
    spared,
)
from bot.core.coaching.detectors.subject import Hit
from tests.core.detectors.hits import Known, subject_of

KNOWN: Known = {
    "today": "2026-06-03", "new_date": "2026-06-18", "cause": "The Seals leaked on 5 May",
    "status": "轿厢和导轨已安装",
}  # fmt: skip


def facts() -> Grounds:
    known = context_of(KNOWN)
    assert known.today
    return grounds(known, known.today)


def test_the_facts_are_read_in_small_letters_with_the_days_that_they_name() -> None:
    assert facts().text == "the seals leaked on 5 may\n轿厢和导轨已安装"
    assert {"seal", "leak", "轿厢", "导轨"} <= facts().words
    assert facts().days == {date(2026, 6, 3), date(2026, 6, 18), date(2026, 5, 5)}
    assert facts().weekdays == {2, 3, 1}


@pytest.mark.parametrize(
    ("rule", "clause", "tells"),
    [
        ("the same characters in another order", "安装导轨", True),
        ("five of nine", "轿厢导轨安雷电风雨", True),
        ("four of nine", "轿厢导轨雷电风雨雪", False),
        ("light characters count for nothing", "我们的轿厢都已经装了", True),
        ("nothing but light characters", "我们的", False),
        ("no chinese character", "the seals leaked", False),
        ("other characters", "围栏", False),
        ("first and last of the script are characters, too", "\u4e00\u9fff", False),
    ],
)
def test_a_fact_tells_a_clause_by_most_of_its_characters(
    rule: str, clause: str, *, tells: bool
) -> None:
    assert facts().tells(clause) is tells, rule


def test_eleven_of_twenty_characters_are_most() -> None:
    known = context_of({"cause": "甲乙丙丁戊己庚辛壬癸子"})
    ground = grounds(known, date(2026, 6, 3))
    assert ground.tells("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午申酉戌")
    assert not ground.tells("甲乙丙丁戊己庚辛壬癸丑寅卯辰巳午申酉戌亥")


def test_characters_of_several_facts_tell_nothing() -> None:
    known = context_of({"cause": "轿厢", "status": "导轨", "impact": "安装"})
    assert not grounds(known, date(2026, 6, 3)).tells("轿厢导轨安装")


@pytest.mark.parametrize(
    ("rule", "clause", "stands"),
    [
        ("another form of a word", "it was leaking", True),
        ("no word of it", "it was blocked", False),
        ("the end of a word", "an eal", False),
        ("chinese characters", "安装导轨", False),
        ("nothing", "", False),
    ],
)
def test_a_clause_has_its_root_in_the_facts_where_one_of_its_words_begins_one_of_theirs(
    rule: str, clause: str, *, stands: bool
) -> None:
    assert facts().roots(clause) is stands, rule


def test_the_clauses_of_a_stretch_lie_between_its_signs() -> None:
    text = "so, we go; you (too) stay.\n好，走"
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == [
        "so", " we go", " you ", "too", " stay", "好", "走",
    ]  # fmt: skip
    assert [text[a:b] for a, b in clauses(text, 4, 9)] == ["we go"]


def test_the_words_of_a_list_are_known_one_by_one() -> None:
    assert plain_words(frozenset({"date plan", "update"})) == {"date", "plan", "update"}


@pytest.mark.parametrize(
    ("words", "stands"),
    [("the seals leaked", True), (" leaked ", True), ("the pump leaked", False)],
)
def test_a_claim_may_stand_in_the_facts_as_it_is(words: str, *, stands: bool) -> None:
    text = f"We saw it: {words}!"
    subject = subject_of(text, "draft", KNOWN)
    start = text.index(words)
    assert literally(subject, (start, start + len(words))) is stands


@pytest.mark.parametrize(
    ("rule", "sentence", "free"),
    [
        ("a claim", "We mounted the doors.", False),
        ("thanks", "Thank you for the doors.", True),
        ("a condition", "If you agree we mount the doors.", True),
        ("a question", "Are the doors up?", True),
        ("regret", "I am sorry for the doors.", True),
        ("如果", "如果您同意，我们装门。", True),
        ("陈述", "我们装了门。", False),
    ],
)
def test_what_asks_thanks_or_depends_claims_nothing(
    rule: str, sentence: str, *, free: bool
) -> None:
    before = "The pump broke. "
    subject = subject_of(f"{before}{sentence} The valve broke.", "draft", KNOWN)
    assert spared(subject, len(before) + 3) is free, rule
    assert not spared(subject, 3)
    assert not spared(subject, len(subject.text) - 3)


def test_a_quoted_word_of_courtesy_spares_nothing() -> None:
    subject = subject_of('The sign says "please wait here for us" and it broke.', "draft", KNOWN)
    assert not spared(subject, 3)


@pytest.mark.parametrize(("length", "free"), [(LONGEST, False), (LONGEST + 1, True)])
def test_a_sentence_without_an_end_is_held_against_nothing(length: int, *, free: bool) -> None:
    subject = subject_of("valve " * (length // 6) + "x" * (length % 6), "draft", KNOWN)
    assert subject.sentences[0][1] - subject.sentences[0][0] == length
    assert spared(subject, 10) is free


@pytest.mark.parametrize(
    "words", ["We mounted it", "  We mounted it", "We mounted it \n", " We mounted it  "]
)
def test_a_claim_is_told_without_the_blanks_around_it(words: str) -> None:
    text = f"So{words}."
    start = 2 + len(words) - len(words.lstrip())
    found = claim(subject_of(text, "draft", KNOWN), (2, 2 + len(words)))
    span = (start, start + len("We mounted it"))
    assert found == Hit("draft.unsupported_fact", span, {"x": "We mounted it"}, worded=True)
