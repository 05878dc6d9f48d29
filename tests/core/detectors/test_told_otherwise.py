"""A fact in other words is told: by its days, or by most of its characters in any order."""

from collections.abc import Mapping

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import context_of
from bot.core.words import Language

CASE: Mapping[str, object] = {
    "today": "2026-11-02", "original_date": "2026-11-20", "new_date": "2026-12-09",
    "cause": "密封条释放酸性气体，我们没有送样", "cause_party": "ours",
}  # fmt: skip
ENGLISH: Mapping[str, object] = {**CASE, "cause": "the seals give off acid; we had sent no sample"}
MOVES = "展柜由11月20日改到12月9日。密封条放酸气，我们没有送样。"
MOVES_EN = "The cases move from 20 November to 9 December. The seals give off acid; we had sent no sample. "


def missing(language: Language, text: str, known: Mapping[str, object]) -> bool:
    """Whether a draft leaves out an answered fact."""
    task = Task(text, "draft", language, context_of(known), "email")
    return "draft.missing_fact" in review(task, default_coaching()).flags


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Dispatch on 29 November, and the letter that says so is of 30 October.", False),
        ("Dispatch on 29 November.", True),
        ("You will have it in time.", True),
    ],
)
def test_a_fact_is_told_by_all_of_its_days(text: str, left_out: bool) -> None:
    basis = "maker wrote on 30 October that the new seals leave on 29 November"
    assert missing("en", MOVES_EN + text, {**ENGLISH, "date_basis": basis}) is left_out


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("东西两个桥台浇完了，支座里东边那个校过、复测过，西边那个接着校。", False),
        ("其他都好。", True),
        ("桥台的图纸另附。", True),
    ],
)
def test_a_fact_is_told_by_most_of_its_characters(text: str, left_out: bool) -> None:
    status = "东侧桥台已浇，东侧支座已校、复测，西侧支座待校"
    assert missing("zh", MOVES + text, {**CASE, "status": status}) is left_out


def test_the_characters_of_other_facts_tell_none() -> None:
    known = {
        **CASE,
        "impact": "现金夜间由押运公司保管",
        "remedy": {"what": "承担押运公司夜间保管费", "approved": True},
    }
    assert missing("zh", MOVES + "现金夜间由押运公司保管。", known)
    assert not missing("zh", MOVES + "现金夜间由押运公司保管，保管费我们承担。", known)
