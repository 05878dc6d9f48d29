"""Whatever a text or its facts hold: no traceback, no wrong blocker, spans that slice exactly."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.coach.lines import coach_text
from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Review, Task, review
from bot.core.coaching.context import context_of
from bot.core.coaching.rubric import STEPS, Place
from bot.core.words import Language

_FACTS: Mapping[str, object] = {
    "project": "audio guide", "today": "2026-02-16", "original_date": "2026-02-27",
    "new_date": "2026-03-13", "cause": "store review rejected the app on 11 February",
    "cause_party": "ours", "next_update": "every Friday, first on 20 February",
    "sender": "Ida", "customer": "Ruben",
}  # fmt: skip
_GOOD = (
    "Ruben, the audio guide moves from 27 February to 13 March. Store review rejected the app on "
    "11 February, we had not read the rules, our fault. You hear from me every Friday, first on "
    "20 February."
)


def _blockers(found: Review) -> list[str]:
    return [finding.check for finding in found.findings if finding.severity == "blocker"]


def test_clean_draft_is_ready() -> None:
    assert coach_text(_GOOD, "im", "en", _FACTS).flags == ()


@pytest.mark.parametrize(
    "tail",
    [
        "\n\n> You guarantee 27 February.\n> We accept all losses.",
        "\n\n-----Original Message-----\nFrom: Ruben\nWe want 20 percent off.",
        "\n\nOn 12 February 2026 Ruben wrote:\nYou guaranteed it, send us [the money].",
        "\n\n发件人：Ruben\n全部损失你们赔，退款50%。",
        "\n```\nif x: guarantee()  # TODO 99 percent off\n```",
        "\n🙏",
    ],
)
def test_quoted_mail_code_and_emoji_are_not_the_writers_claims(tail: str) -> None:
    assert _blockers(coach_text(_GOOD + tail, "im", "en", _FACTS)) == []


@pytest.mark.parametrize(
    "text",
    [
        "６月１８日，还剩９０米，每天１５米，另留两天试验。",
        "６月１８日，還剩90米，每天15米，另留兩天試驗。",
        "6月18日 holds: 90 metres left, 每天15米, plus two days for the test.",
    ],
)
def test_full_width_traditional_and_mixed_texts_read_like_any_other(text: str) -> None:
    known = context_of({"today": "2026-06-05", "new_date": "2026-06-18", "calendar": "CN"})
    task = Task(text, "plan", "zh", known)
    assert _blockers(review(task, default_coaching())) == []
    assert "plan.no_date" not in review(task, default_coaching()).flags


def test_draft_with_only_a_greeting_lacks_the_facts_and_holds_nothing_false() -> None:
    found = coach_text("Dear Ruben,\n\nI hope you are well.\n\nIda", "email", "en", _FACTS)
    assert "draft.missing_fact" in found.flags
    assert _blockers(found) == []


def test_facts_that_contradict_each_other_hold_no_draft_back() -> None:
    odd = {
        **_FACTS,
        "new_date": "2026-01-01",
        "original_date": "2026-12-31",
        "aware_date": "2027-01-01",
    }
    found = coach_text(_GOOD, "email", "en", odd)
    assert "status.contradicts_slip" not in found.flags
    assert "timing.late_notice" not in found.flags


def test_year_without_calendar_data_counts_weekends_only() -> None:
    fields = {
        "today": "2031-02-24", "original_date": "2031-02-26", "new_date": "2031-03-12",
        "remaining_days": 12, "people": 1, "calendar": "CN",
    }  # fmt: skip
    task = Task("12 March 2031, 12 days of work left.", "plan", "en", context_of(fields))
    assert review(task, default_coaching()).flags == ()


def test_values_of_the_wrong_kind_count_as_missing() -> None:
    odd = {"today": 7, "new_date": "soon", "people": "two", "options": 3, "ask": 5, "remedy": [],
           "internal_only": {"a": 1}, "calendar": "Mars", "previous_slips": True}  # fmt: skip
    assert coach_text(_GOOD, "email", "en", odd).grade in {"A", "B", "C"}


@pytest.mark.parametrize("digits", ["9" * 400, "1" * 20, f"{'9' * 400} of {'8' * 400}"])
def test_a_figure_of_hundreds_of_digits_is_no_figure(digits: str) -> None:
    known = {"today": "2026-05-26", "status": f"{digits} parts are done, 7 are left."}
    found = coach_text(f"{_GOOD} {digits} parts are done.", "email", "en", known)
    assert {*found.flags} <= {*coach_text(_GOOD, "email", "en", known).flags}


_WORDS = st.sampled_from(
    ["guarantee", "we", "not", "6月18日", "保证", "。", "5 of 9", "“", "”", "\n", "> ", "12 June", "全部损失",
     "[", "]", "```", "！", "每周二", "80%", "\u200b", "😀", "１２", "Carlos forgot", "小陈忘了", ", ", ";"]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from([*STEPS, "draft"]), st.sampled_from(["en", "zh"]))
@example("{A}", "draft", "en")  # the text's own brackets may be told back
def test_no_text_raises_and_every_span_slices_to_its_phrase(
    text: str, place: Place, language: Language
) -> None:
    found = review(Task(text, place, language, context_of(_FACTS), "email"), default_coaching())
    for finding in (*found.findings, *found.advice):
        start, end = finding.span
        assert 0 <= start <= end <= len(text)
        assert finding.phrase == text[start:end]
        said = finding.message.en + finding.question.zh
        assert "{" not in (said.replace(finding.phrase, "…") if finding.phrase else said)


@pytest.mark.parametrize(
    ("by", "day"),
    [
        ("2026-07-09", date(2026, 7, 9)),
        ("7月9日", date(2026, 7, 9)),
        ("16日前", date(2026, 7, 16)),
        ("noon on 9 July", date(2026, 7, 9)),
        ("Friday", date(2026, 7, 10)),
        ("9 or 10 July, or later", None),
        ("as you like", None),
        ("9 July " * 1000, None),
    ],
)
def test_a_day_in_the_facts_may_be_written_as_people_write_it(by: str, day: date | None) -> None:
    assert context_of({"today": "2026-07-06", "ask": {"what": "the plan", "by": by}}).ask_by == day


def test_a_day_without_a_year_is_not_guessed_where_no_day_is_known() -> None:
    assert context_of({"ask": {"what": "the plan", "by": "9 July"}}).ask_by is None
