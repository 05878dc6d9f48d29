"""A count of days from a date is read wherever it stands in a long text."""

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import context_of
from bot.core.words import Language

FAR: dict[Language, str] = {
    "en": "The pumps move from 19 June to 3 July. The seals come on 22 June. ",
    "zh": "给水泵从6月18日推迟到7月3日。轴封6月22日到货。",
}
WRONG: dict[Language, str] = {
    "en": "We deliver on 15 June, 9 days after the last of all the acceptance tests on 29 May.",
    "zh": "我们5月29日之后的 9天，即6月15日交付。",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("before", "after"), [(0, 40), (20, 20), (40, 0)])
def test_a_wrong_count_is_found_among_many_other_dates(
    language: Language, before: int, after: int
) -> None:
    text = FAR[language] * before + WRONG[language] + FAR[language] * after
    known = context_of({"today": "2026-05-08"})
    found = review(Task(text, "draft", language, known, "email"), default_coaching())
    marked = [f.span for f in found.findings if f.check == "plan.date_conflict"]
    assert marked
    assert all(text.index(WRONG[language]) <= a for a, _ in marked)
