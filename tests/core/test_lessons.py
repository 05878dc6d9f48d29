"""Lessons: found in both languages, the best two first, never an expired one, never a name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.lessons.lesson import Lesson, best, names_in, terms, voted, without

TODAY = date(2026, 6, 1)
CASTING = Lesson("a", "en", "A casting is ordered late", "Ask the foundry for a slot", category="x")
PUMP = Lesson("b", "en", "A pump leaks under load", "Test the pump before ordering", category="y")
ZH = Lesson("c", "zh", "铸件返工", "下单前先做超声检测", category="x")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the foundry has no slot", ["a"]),
        ("PUMP", ["b"]),
        ("超声检测没过", ["c"]),
        ("铸件", ["c"]),
        ("ordering a casting", ["a", "b"]),
        ("", []),
        ("!!!", []),
    ],
)
def test_lessons_are_found_by_their_words_in_both_languages(words: str, found: list[str]) -> None:
    assert [x.id for x in best([CASTING, PUMP, ZH], words, today=TODAY, limit=5)] == found


def test_the_same_kind_of_cause_counts_and_two_at_most_are_shown() -> None:
    more = [replace(CASTING, id=f"m{n}") for n in range(5)]
    assert len(best(more, "", today=TODAY, category="x")) == 2
    assert [x.id for x in best([PUMP, ZH], "", today=TODAY, category="x")] == ["c"]


def test_an_expired_lesson_is_kept_out() -> None:
    old = replace(PUMP, until=date(2026, 5, 31))
    assert best([old], "pump", today=TODAY) == ()
    assert best([replace(old, until=TODAY)], "pump", today=TODAY) != ()


def test_of_two_that_fit_alike_the_one_that_helped_comes_first() -> None:
    helped = voted(replace(PUMP, id="z"), helpful=True)
    assert [x.id for x in best([PUMP, helped], "pump", today=TODAY)] == ["z", "b"]
    assert voted(PUMP, helpful=False).unhelpful == 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ask Marrow Bakeries first", "Ask the customer first"),
        ("ask marrow  bakeries first", "ask the customer first"),
        ("Bakeries know", "the customer know"),
        ("请Marrow Bakeries先看", "请the customer先看"),
        ("Tomorrow", "Tomorrow"),  # no name inside a longer word
    ],
)
def test_a_name_is_taken_out_whole(text: str, plain: str) -> None:
    names = [(n, "the customer") for n in names_in(["Marrow Bakeries"])]
    assert without(text, names) == plain


def test_a_chinese_name_is_taken_out_wherever_it_stands() -> None:
    assert without("请临港码头公司先看", [("临港码头公司", "客户")]) == "请客户先看"


@given(st.text(max_size=60))
def test_any_words_can_be_searched(words: str) -> None:
    assert all(len(t) > 1 or not t.isascii() for t in terms(words))
    assert len(best([CASTING, PUMP, ZH], words, today=TODAY)) <= 2


@given(st.text(alphabet="ab 客户", min_size=2, max_size=8).map(str.strip).filter(lambda n: n[1:]))
def test_a_name_between_chinese_words_is_gone(name: str) -> None:
    spaced = " ".join(name.split())
    assert spaced not in without(f"请{name}先看", [(name, "…")])
