"""Rules of the detectors that no word list shows: arithmetic, calendars, precedence, masks."""

from collections.abc import Mapping

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Review, Task, grade, review
from bot.core.coaching.context import context_of
from bot.core.coaching.rubric import Place
from bot.core.words import Language


def coached(
    text: str,
    place: Place = "plan",
    language: Language = "en",
    more: Mapping[str, object] | None = None,
    **known: object,
) -> Review:
    """The review of one answer."""
    context = context_of({**(more or {}), **known})
    return review(Task(text, place, language, context), default_coaching())


def test_grade_follows_from_the_flags_alone() -> None:
    assert grade([]) == "A"
    assert grade(["minor", "minor"]) == "B"
    assert grade(["minor", "minor", "minor"]) == grade(["major"]) == "C"
    assert grade(["major", "major", "major"]) == grade(["blocker"]) == "D"


@pytest.mark.parametrize(("new", "early"), [("2026-06-12", True), ("2026-06-18", False)])
def test_new_date_before_the_work_can_be_done_is_too_early(new: str, early: bool) -> None:
    day = f"{int(new[-2:])} June"
    found = coached(
        f"{day}; 20 person-days left for two.", today="2026-06-04", new_date=new,
        remaining_days=20, people=2,
    )  # fmt: skip
    assert ("plan.too_early" in found.flags) is early


def test_chinese_make_up_saturday_is_a_working_day() -> None:
    known: Mapping[str, object] = {
        "today": "2026-09-28", "original_date": "2026-09-30", "new_date": "2026-10-10",
    }  # fmt: skip
    text = "10月10日交，剩两天包装，一天3箱。"
    assert (
        "plan.non_working_day" not in coached(text, language="zh", more=known, calendar="CN").flags
    )
    assert "plan.non_working_day" in coached(text, language="zh", more=known).flags


@pytest.mark.parametrize(
    ("text", "gap_is_too_long"),
    [
        ("Mondays and Thursdays.", False),
        ("Mondays.", True),
        ("Every three days.", False),
        ("Every other week.", True),
        ("Daily this week, then Tuesdays and Fridays.", False),
        ("每周一、周四。", False),
        ("每周一。", True),
        ("两周一次。", True),
    ],
)
def test_rhythm_is_measured_by_its_longest_gap(text: str, gap_is_too_long: bool) -> None:
    assert (
        "followup.too_sparse" in coached(text, "followup", severity="high").flags
    ) is gap_is_too_long


def test_weekday_that_does_not_fit_gets_both_right_versions() -> None:
    found = coached(
        "Friday 11 June, five racks at one a day.", today="2026-06-02", new_date="2026-06-11"
    )
    (finding,) = (f for f in found.findings if f.check == "plan.date_conflict")
    assert finding.phrase == "Friday 11 June"
    assert finding.rewording is not None
    assert finding.rewording.en == "Thursday 11 June, or Friday 12 June"


def test_minimiser_is_reworded_to_the_number_of_working_days() -> None:
    found = coached(
        "Just a tiny delay: 26 June, eight tickets at two a day.", today="2026-06-17",
        original_date="2026-06-12", new_date="2026-06-26",
    )  # fmt: skip
    (finding,) = (f for f in found.findings if f.check == "tone.minimise")
    assert finding.rewording is not None
    assert finding.rewording.zh == "晚10个工作日"


def test_small_slip_may_be_called_small() -> None:
    found = coached(
        "Just a tiny delay: 15 June, two tickets left at two a day.", today="2026-06-10",
        original_date="2026-06-12", new_date="2026-06-15",
    )  # fmt: skip
    assert "tone.minimise" not in found.flags


@pytest.mark.parametrize(
    ("text", "place", "winner", "loser"),
    [
        ("Force majeure.", "cause", "cause.force_majeure_bare", "cause.vague"),
        ("They won't even notice.", "impact", "impact.unfounded_denial", "impact.vague"),
        ("Almost there.", "status", "status.vague", "status.no_remaining"),
        ("No alternative.", "contingency", "contingency.too_few", "contingency.no_tradeoff"),
        ("Soon.", "plan", "plan.no_date", "plan.no_evidence"),
    ],
)
def test_one_fault_raises_one_flag(text: str, place: Place, winner: str, loser: str) -> None:
    flags = coached(text, place).flags
    assert winner in flags
    assert loser not in flags


def test_quoted_promise_is_not_the_writers() -> None:
    known = {"today": "2026-06-05", "new_date": "2026-06-18", "calendar": "CN"}
    text = "“保证”两个字我不说。6月18日是按每天15米算出来的，还剩90米，加两天荷载试验。"
    assert coached(text, language="zh", more=known).flags == ()


def test_most_severe_finding_comes_first_and_spans_are_exact() -> None:
    text = "It's a disaster, just a tiny delay, and we guarantee it. Let's not tell them."
    found = coached(text, "cause")
    assert found.findings[0].severity == "blocker"
    assert all(f.phrase == text[f.span[0] : f.span[1]] for f in found.findings)


def test_advice_is_never_scored() -> None:
    found = coached("加班加点，6月18日，还剩90米，每天15米。", language="zh", today="2026-06-05")
    assert [f.check for f in found.advice] == ["plan.heroics"]
    assert "plan.heroics" not in found.flags


def test_strength_names_what_is_good() -> None:
    found = coached("The seal tore on 3 May. We did not order the right grade.", "cause")
    assert found.strength is not None
    assert "ours" in found.strength.en


def test_every_check_speaks_both_languages_and_applies_somewhere() -> None:
    checks = default_coaching().checks
    assert sum(not check.advice for check in checks) == 49
    assert sum(check.advice for check in checks) == 8
    assert sum(check.starred for check in checks) == 15
    assert all(check.applies for check in checks)


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("As of 2 May, nine of 14 rooms are handed over.", True),
        ("As of 18 May, nine of 14 rooms are handed over.", False),
        ("Nine of 14 rooms are handed over; door closers came on 2 May.", False),
    ],
)
def test_figures_older_than_a_week_are_asked_for_their_day(text: str, old: bool) -> None:
    found = coached(text, "status", today="2026-05-20")
    assert ("status.stale" in [f.check for f in found.advice]) is old
    assert "status.stale" not in found.flags


@pytest.mark.parametrize(
    ("text", "language", "owned"),
    [
        ("Every Wednesday, first on 10 June.", "en", False),
        ("I write every Wednesday, Tom stands in.", "en", True),
        ("每周三，首次6月10日。", "zh", False),
        ("每周三由小戚发，老郑顶替。", "zh", True),
    ],
)
def test_news_without_a_writer_is_asked_who_writes(
    text: str, language: Language, owned: bool
) -> None:
    found = coached(text, "followup", language, today="2026-06-05")
    assert ("followup.no_owner" in [f.check for f in found.advice]) is not owned


def test_every_advice_check_is_raised_somewhere() -> None:
    letter = Task("Hello. " * 500, "draft", "en", context_of({"sender": "Ida"}), "letter")
    reviews = [
        coached("As of 2 May, nine of 14.", "status", today="2026-05-20"),
        coached("12 June: nights and weekends, 8 frames left."),
        coached("Every Wednesday.", "followup"),
        review(letter, default_coaching()),
        coached("Carlos forgot the crane.", "retrospective"),
        coached("Communicate better.", "retrospective"),
        coached("You were happy with us, right?", "feedback"),
    ]
    raised = {f.check for found in reviews for f in found.advice}
    assert raised == {check.id for check in default_coaching().checks if check.advice}


def _texts_told(status: str) -> Review:
    facts = {
        "today": "2026-06-08", "original_date": "2026-06-19", "new_date": "2026-07-03",
        "status": "5 of 8 pumps installed", "cause": "the seals failed the leak test",
        "cause_party": "ours",
    }  # fmt: skip
    text = (
        "The pumps move from 19 June to 3 July. The seals failed the leak test; we chose the wrong "
        f"rubber. {status} You hear from me every Tuesday, first on 9 June."
    )
    return review(Task(text, "draft", "en", context_of(facts), "email"), default_coaching())


def test_a_fact_in_other_words_is_told_and_one_left_out_is_missed() -> None:
    assert "draft.missing_fact" not in _texts_told("Five of the eight stand.").flags
    assert "draft.missing_fact" in _texts_told("").flags


def test_another_count_of_a_known_whole_is_not_supported() -> None:
    assert "draft.unsupported_fact" in _texts_told("6 of 8 pumps are installed.").flags
    assert "draft.unsupported_fact" not in _texts_told("3 of 8 pumps are left.").flags


def test_a_party_and_what_it_is_accused_of_is_blame_unless_our_part_is_told() -> None:
    accused = "The forwarder never answered and sat on our papers."
    assert coached(accused, "cause").flags == ("cause.blame_shift",)
    assert coached(f"{accused} We had booked a week too late.", "cause").flags == ()


def test_the_same_sentence_is_read_once() -> None:
    coaching = default_coaching()
    coaching.kept.clear()
    first = coached("The seal tore on 3 May.", "cause")
    kept = len(coaching.kept)
    assert kept
    assert coached("The seal tore on 3 May.", "cause") == first
    assert len(coaching.kept) == kept
