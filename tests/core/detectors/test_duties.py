"""Duties by the calendar: telling in time, the contract's notice, the customer's own date."""

import pytest

from bot.core.coaching.detectors import duties
from bot.core.coaching.detectors.rewording import reword
from bot.core.coaching.rubric import Place
from bot.core.words import Language, Text
from tests.core.detectors.hits import Found, Known, hits, subject_of

MONDAY = Text(en="Monday 1 June", zh="6月1日（周一）")
AWARE: Known = {"aware_date": "2026-06-01", "today": "2026-06-09"}  # six working days of silence


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "days"),
    [
        ("six days and not a word", "The pump broke.", "cause", {}, 6),
        ("in a draft", "The pump broke.", "draft", {}, 6),
        ("another step", "The pump broke.", "status", {}, None),
        ("five days are in time", "The pump broke.", "cause", {"today": "2026-06-08"}, None),
        ("owned up to", "The pump broke. We should have told you earlier.", "cause", {}, None),
        ("today unknown", "The pump broke.", "cause", {"today": None}, None),
        ("unknown since when", "The pump broke.", "cause", {"aware_date": None}, None),
    ],
)  # fmt: skip
def test_late_telling_is_owned_up_to(
    rule: str, text: str, place: Place, known: Known, days: int | None
) -> None:
    found = hits(duties.late_notice, subject_of(text, place, {**AWARE, **known}))
    slots = [] if days is None else [{"aware_date": MONDAY, "days": days}]
    assert found == [Found("timing.late_notice", "", s) for s in slots], rule


NOTICE: Known = {"aware_date": "2026-06-01", "contract_notice_days": 7, "today": "2026-06-05"}
END = Text(en="Monday 8 June", zh="6月8日（周一）")


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "channel", "fires"),
    [
        ("three days before the end", "The pump broke.", "cause", {}, None, True),
        ("in a draft", "The pump broke.", "draft", {}, "email", True),
        ("four days before the end", "The pump broke.", "cause", {"today": "2026-06-04"}, None, False),
        ("over", "The pump broke.", "cause", {"today": "2026-07-04"}, None, True),
        ("another step", "The pump broke.", "plan", {}, None, False),
        ("today unknown", "The pump broke.", "cause", {"today": None}, None, False),
        ("no period known", "The pump broke.", "cause", {"contract_notice_days": None}, None, False),
        ("unknown since when", "The pump broke.", "cause", {"aware_date": None}, None, False),
        ("notice was served", "We served the formal notice under the contract on 4 June.", "cause", {}, None, False),
        ("notice was served, told in a call", "We served notice under the contract on 4 June.", "draft", {}, "call", False),
        ("a mail may be the notice", "This is our formal notice under the contract.", "draft", {}, "email", False),
        ("a call is none", "This is our formal notice under the contract.", "draft", {}, "call", True),
        ("a meeting is none", "This is our formal notice under the contract.", "draft", {}, "meeting", True),
        ("a chat is none", "This is our formal notice under the contract.", "draft", {}, "chat", True),
    ],
)  # fmt: skip
def test_contract_notice_is_given_in_time(
    rule: str, text: str, place: Place, known: Known, channel: str | None, fires: bool
) -> None:
    subject = subject_of(text, place, {**NOTICE, **known}, channel=channel)
    wanted = [Found("legal.notice_deadline", "", {"date": END})] if fires else []
    assert hits(duties.notice_deadline, subject) == wanted, rule


FAIR: Known = {
    "today": "2026-06-03", "new_date": "2026-06-18", "customer_deadline": "2026-06-11",
    "customer_deadline_what": "spring fair", "project": "hall lighting",
}  # fmt: skip
FAIR_DAY = Text(en="Thursday 11 June", zh="6月11日（周四）")


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "what"),
    [
        ("not a word", "You lose a week.", "impact", {}, ("spring fair", "spring fair")),
        ("in a draft", "You lose a week.", "draft", {}, ("spring fair", "spring fair")),
        ("another step", "You lose a week.", "plan", {}, None),
        ("told by its day", "You lose 11 June.", "impact", {}, None),
        ("told by its name", "The fair is without light.", "impact", {}, None),
        ("no date of theirs", "You lose a week.", "impact", {"customer_deadline": None}, None),
        ("theirs is the new date", "You lose a week.", "impact", {"customer_deadline": "2026-06-18"}, None),
        ("theirs is later", "You lose a week.", "impact", {"customer_deadline": "2026-06-20"}, None),
        ("no new date yet", "You lose a week.", "impact", {"new_date": None}, ("spring fair", "spring fair")),
        ("unnamed", "You lose a week.", "impact", {"customer_deadline_what": None}, ("fixed date", "固定日期")),
        ("words that every date has", "The first day is lost.", "impact", {"customer_deadline_what": "first fair day"}, ("first fair day", "first fair day")),
        ("only such words", "The first is lost.", "impact", {"customer_deadline_what": "first day"}, None),
        ("a date is a date, whichever it is", "The date moves.", "impact", {"customer_deadline_what": "launch date"}, ("launch date", "launch date")),
        ("a word of the project's name", "The hall is dark.", "impact", {"customer_deadline_what": "hall fair"}, ("hall fair", "hall fair")),
        ("called by its number", "You miss 618.", "impact", {"customer_deadline_what": "618大促"}, None),
    ],
)  # fmt: skip
def test_date_of_the_customer_is_not_forgotten(
    rule: str, text: str, place: Place, known: Known, what: tuple[str, str] | None
) -> None:
    found = hits(duties.deadline_ignored, subject_of(text, place, {**FAIR, **known}))
    slots = [] if what is None else [{"what": Text(en=what[0], zh=what[1]), "date": FAIR_DAY}]
    assert found == [Found("impact.deadline_ignored", "", s) for s in slots], rule


@pytest.mark.parametrize(
    ("check", "known", "en", "zh"),
    [
        ("tone.minimise", {"original_date": "2026-06-05", "new_date": "2026-06-08"}, "1 working day later", "晚1个工作日"),
        ("tone.false_cheer", {"original_date": "2026-06-05", "new_date": "2026-06-12"}, "5 working days later", "晚5个工作日"),
        ("promise.certainty", {"new_date": "2026-06-18", "date_basis": "24 welds at six a day"},
         "Thursday 18 June holds if this stays as it is: 24 welds at six a day", "6月18日（周四）成立的前提：24 welds at six a day"),
        ("status.contradicts_slip", {"original_date": "2026-06-05", "new_date": "2026-06-18"},
         "Thursday 18 June instead of Friday 5 June", "由6月5日（周五）改为6月18日（周四）"),
        ("timing.late_notice", {"aware_date": "2026-06-01"},
         "We have known since Monday 1 June and should have told you then.", "6月1日（周一）我们就知道了，没有及时告诉您。"),
        ("impact.deadline_ignored", {"customer_deadline": "2026-06-11", "customer_deadline_what": "fair"},
         "Your fair on Thursday 11 June comes before the new date.", "6月11日（周四）的fair在新日期之前。"),
        ("plan.no_date", {"date_known_by": "2026-06-09"}, "We name the date on Tuesday 9 June.", "6月9日（周二）给出日期。"),
    ],
)  # fmt: skip
def test_rewording_is_made_of_what_is_known(check: str, known: Known, en: str, zh: str) -> None:
    subject = subject_of("Soon.", "draft", {"today": "2026-06-03", **known})
    assert reword(subject, check, (0, 4)) == Text(en=en, zh=zh)


@pytest.mark.parametrize(
    ("check", "known"),
    [
        ("tone.minimise", {"new_date": "2026-06-12"}),
        ("tone.minimise", {"original_date": "2026-06-05", "new_date": "2026-06-05"}),
        ("promise.certainty", {"new_date": "2026-06-18"}),
        ("promise.certainty", {"date_basis": "24 welds"}),
        ("status.contradicts_slip", {"new_date": "2026-06-18"}),
        ("status.contradicts_slip", {"original_date": "2026-06-05"}),
        ("timing.late_notice", {}),
        ("impact.deadline_ignored", {"customer_deadline": "2026-06-11"}),
        ("impact.deadline_ignored", {"customer_deadline_what": "fair"}),
        ("plan.no_date", {}),
        ("plan.date_conflict", {}),
        ("tone.jargon", {"original_date": "2026-06-05", "new_date": "2026-06-12"}),
    ],
)
def test_nothing_is_reworded_without_the_facts_for_it(check: str, known: Known) -> None:
    subject = subject_of("Soon.", "draft", {"today": "2026-06-03", **known})
    assert reword(subject, check, (0, 4)) is None


@pytest.mark.parametrize(
    ("text", "language", "en", "zh"),
    [
        ("Friday 18 June", "en", "Thursday 18 June, or Friday 19 June", "6月18日（周四），或6月19日（周五）"),
        ("Monday 18 June", "en", "Thursday 18 June, or Monday 15 June", "6月18日（周四），或6月15日（周一）"),
        ("Sunday 18 June", "en", "Thursday 18 June, or Sunday 21 June", "6月18日（周四），或6月21日（周日）"),
        ("6月18日（周三）", "zh", "Thursday 18 June, or Wednesday 17 June", "6月18日（周四），或6月17日（周三）"),
    ],
)  # fmt: skip
def test_wrong_weekday_gets_the_nearest_two_right_dates(
    text: str, language: Language, en: str, zh: str
) -> None:
    subject = subject_of(text, "plan", {"today": "2026-06-03"}, language=language)
    assert reword(subject, "plan.date_conflict", (0, len(text))) == Text(en=en, zh=zh)


def test_right_weekday_or_another_place_is_not_reworded() -> None:
    known = {"today": "2026-06-03"}
    right = subject_of("Thursday 18 June", "plan", known)
    assert reword(right, "plan.date_conflict", (0, 16)) is None
    bare = subject_of("18 June", "plan", known)
    assert reword(bare, "plan.date_conflict", (0, 7)) is None
    wrong = subject_of("On Friday 18 June", "plan", known)
    assert reword(wrong, "plan.date_conflict", (0, 17)) is None


@pytest.mark.parametrize(
    ("rule", "text", "what", "forgotten"),
    [
        ("by its last word", "Your sale opens late.", "winter sale", False),
        ("by most of its words", "The trial hair day is lost.", "trial hair appointment", False),
        ("by a word of the trade", "我们渠道忙。", "半年渠道招标", True),
        ("by the feast", "五一那几天靠人工。", "五一假期", False),
    ],
)  # fmt: skip
def test_their_date_is_named_by_what_it_is(
    rule: str, text: str, what: str, *, forgotten: bool
) -> None:
    known = {**FAIR, "customer_deadline_what": what}
    language: Language = "zh" if "们" in text or "五" in text else "en"
    found = hits(duties.deadline_ignored, subject_of(text, "draft", known, language=language))
    assert bool(found) is forgotten, rule
