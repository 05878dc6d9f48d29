"""Progress: what is left, figures that do not fit each other, and a plan that is said to hold."""

import pytest

from bot.core.coaching.detectors import progress
from bot.core.coaching.rubric import Place
from bot.core.words import Language
from tests.core.detectors.hits import Found, Known, hits, subject_of, words


def language_of(text: str) -> Language:
    """Chinese where the text has a Chinese character."""
    return "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("done alone", "The walls are painted.", {}, ["The walls are painted."]),
        ("the first sentence", "Walls painted. Doors hung.", {}, ["Walls painted."]),
        ("what is left", "The walls are painted, the doors are still to do.", {}, []),
        ("so many of so many", "Five of nine doors hang.", {}, []),
        ("what comes on a later day", "Walls painted, doors on 9 June.", {"today": "2026-06-03"}, []),
        ("what came on an earlier day", "Walls painted on 1 June 2026.", {"today": "2026-06-03"}, ["Walls painted on 1 June 2026."]),
        ("today unknown", "Walls painted, doors on 9 June.", {}, ["Walls painted, doors on 9 June."]),
        ("a later day without a figure", "Walls painted by Friday.", {"today": "2026-06-03"}, ["Walls painted by Friday."]),
        ("nothing", "", {}, [""]),
        ("只说完成", "墙面已刷完。", {}, ["墙面已刷完。"]),
        ("还剩", "墙面已刷完，还剩门。", {}, []),
        ("几樘里装了几樘", "9樘门装了5樘。", {}, []),
    ],
)  # fmt: skip
def test_status_says_what_is_left(rule: str, text: str, known: Known, expected: list[str]) -> None:
    subject = subject_of(text, "status", known, language=language_of(text))
    assert words(progress.no_remaining, subject) == expected, rule
    other = subject_of(text, "draft", known, language=language_of(text))
    assert hits(progress.no_remaining, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("80 % and five of ten", "80% done, 5 of 10 doors hang.", {}, ("80%", 50)),
        ("65 % and five of ten", "65% done, 5 of 10 doors hang.", {}, None),
        ("66 % and five of ten", "66% done, 5 of 10 doors hang.", {}, ("66%", 50)),
        ("34 % and five of ten", "34% done, 5 of 10 doors hang.", {}, ("34%", 50)),
        ("the typed percentage", "5 of 10 doors hang.", {"percent_done": 80}, ("5 of 10 doors hang.", 50)),
        ("the typed percentage that fits", "5 of 10 doors hang.", {"percent_done": 55}, None),
        ("no percentage", "5 of 10 doors hang.", {}, None),
        ("one of two counts fits", "80% done: 5 of 10 doors and 8 of 10 locks.", {}, None),
        ("half done and nine of ten", "Half of it is done, 9 of 10 doors hang.", {}, ("Half of it is done, 9 of 10 doors hang.", 90)),
        ("two thirds and two of three", "Two thirds are done: 6 of 9.", {}, None),
        ("a third and six of nine", "A third is done: 6 of 9.", {}, ("A third is done: 6 of 9.", 67)),
        ("three quarters and six of nine", "Three quarters are done: 6 of 9.", {}, None),
        ("effort says half", "80% done.", {"spent_days": 10, "remaining_days": 10}, ("80%", 50)),
        ("very little effort says half", "80% done.", {"spent_days": 0.5, "remaining_days": 0.5}, ("80%", 50)),
        ("effort within twenty points", "70% done.", {"spent_days": 10, "remaining_days": 10}, None),
        ("effort beyond twenty points", "71% done.", {"spent_days": 10, "remaining_days": 10}, ("71%", 50)),
        ("effort below by more than twenty", "29% done.", {"spent_days": 10, "remaining_days": 10}, ("29%", 50)),
        ("all effort is left", "30% done.", {"spent_days": 0, "remaining_days": 9}, ("30%", 0)),
        ("no effort at all", "80% done.", {"spent_days": 0, "remaining_days": 0}, None),
        ("spent unknown", "80% done.", {"remaining_days": 90}, None),
        ("left unknown", "80% done.", {"spent_days": 1}, None),
        ("of the ten, two stand", "80% done: of the 10 masts, 2 stand.", {}, ("80%", 20)),
        ("ten, two left", "80% done: 10 doors ordered, 2 left.", {}, None),
        ("ten, eight left", "80% done: 10 doors ordered, 8 left.", {}, ("80%", 20)),
        ("done and to go, with thousands", "75% done: 1,900 done, 600 to go.", {}, None),
        ("done and to go that do not fit", "95% done: 1,900 done, 600 to go.", {}, ("95%", 76)),
        ("done and left in equal parts", "80% done: 5 done, 5 left.", {}, ("80%", 50)),
        ("all done, none left", "99% done: 5 done, 0 left.", {}, None),
        ("nothing done and nothing left", "99% done: 0 done, 0 left.", {}, None),
        ("all of them, in words", "20% done: five of five doors hang.", {}, ("20%", 100)),
        ("ten, none left", "80% done: 10 doors ordered, 0 left.", {}, ("80%", 100)),
        ("ten, all left", "40% done: 10 doors ordered, 10 left.", {}, ("40%", 0)),
        ("ten, eleven left", "40% done: 10 doors ordered, 11 left.", {}, None),
        ("a few left out of ten", "90 percent, a few stands left out of ten.", {}, None),
        ("a smaller part's percentage beside the whole's", "10% painted, 40% of the film: 4 of 10 reels.", {"percent_done": 40}, None),
        ("three left out of ten", "90 percent, three stands left out of ten.", {}, ("90 percent", 70)),
        ("a part's percentage beside the whole's", "90% shot, 40% of the film in all: 4 of 10 reels.", {"percent_done": 40}, None),
        ("two kinds pooled", "50% done: 9 of 10 doors and 1 of 10 locks.", {}, None),
        ("完成八成，十樘装了五樘", "完成80%，10樘门装了5樘。", {}, ("80%", 50)),
        ("焊口合格数", "完成80%，14道焊口合格11道。", {}, None),
        ("焊口合格数不符", "完成30%，14道焊口合格11道。", {}, ("30%", 79)),
        ("还剩", "完成80%，10樘门还剩8樘。", {}, ("80%", 20)),
        ("还有没上电的", "完成80%，18排机柜还有12排没上电。", {}, ("80%", 33)),
        ("同单位的后一道工序", "完成40%：24台车身喷完24台，总装下线9台。", {}, None),
        ("后一道工序都做完了", "完成100%：24台车身喷完9台，总装下线24台。", {}, None),
        ("一件都没有的单位", "完成50%：10台装了5台；椅子0把，凳子0把，另有0把。", {}, None),
        ("别的单位不算后一道工序", "完成40%：10台车身喷完10台，4把椅子装完4把，总装下线9台。", {}, ("40%", 100)),
        ("没有总数的三个工时", "七成左右。用掉45人天，报表要12人天，接口要8人天。", {}, None),
        ("干了一半", "干了一半，10樘门装了9樘。", {}, ("干了一半，10樘门装了9樘。", 90)),
        ("三分之二", "完成三分之二，9樘门装了1樘。", {}, ("完成三分之二，9樘门装了1樘。", 11)),
    ],
)  # fmt: skip
def test_percentage_fits_what_is_counted(
    rule: str, text: str, known: Known, expected: tuple[str, int] | None
) -> None:
    subject = subject_of(text, "status", known, language=language_of(text))
    wanted = [] if expected is None else [(expected[0], {"n": expected[1]})]
    found = hits(progress.mismatch, subject)
    assert found == [Found("status.percent_mismatch", w, s) for w, s in wanted], rule
    assert hits(progress.mismatch, subject_of(text, "draft", known)) == []


LATER: Known = {"today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18"}


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "expected"),
    [
        ("on track", "We are on track.", "status", LATER, ["on track"]),
        ("on track in a draft", "We are on track.", "draft", LATER, ["We are on track"]),
        ("another step", "We are on track.", "plan", LATER, []),
        ("the date does not move", "We are on track.", "status", {**LATER, "new_date": "2026-06-05"}, []),
        ("the date comes forward", "We are on track.", "status", {**LATER, "new_date": "2026-06-04"}, []),
        ("new date unknown", "We are on track.", "status", {**LATER, "new_date": None}, []),
        ("agreed date unknown", "We are on track.", "status", {**LATER, "original_date": None}, []),
        ("we fell behind", "We are nine days behind the plan, but on track.", "status", LATER, []),
        ("the other of two claims", "The training is on schedule. We are on track.", "status", LATER, ["on track"]),
        ("a part is on track", "Only the painting is on track.", "status", LATER, []),
        ("on track to the new date", "We are on track for the new date.", "status", LATER, []),
        ("on plan by the revised schedule", "By the revised schedule all is on plan.", "status", LATER, []),
        ("a plan that is kept, with the new date", "We keep pace with what we planned, 18 June.", "status", LATER, ["keep pace"]),
        ("on time, with the new date", "On time, on 18 June.", "status", LATER, ["On time"]),
        ("by the revised schedule", "By the revised schedule we are on plan.", "status", LATER, []),
        ("the claim itself says that nothing moves", "We are on track and nothing moves. Go-live is 18 June.", "status", LATER, ["on track"]),
        ("a part is on plan, another sentence moves the date", "The booklet is on plan. The set is why it moves to 18 June.", "status", LATER, []),
        ("the new date as if it had been agreed", "We are on track. Go-live is 18 June.", "status", LATER, ["on track"]),
        ("the date stays", "The delivery date remains unchanged.", "draft", LATER, ["delivery date remains unchanged"]),
        ("the scope stays and the new date is told", "The date moves to 18 June; the scope stays unchanged.", "draft", LATER, []),
        ("一切按计划", "一切按计划进行。", "status", LATER, ["一切按"]),
        ("日期不变", "交付日期不变。", "draft", LATER, ["交付日期不变"]),
        ("unchanged, said before the date", "Unchanged is the schedule.", "draft", LATER, ["Unchanged is the schedule"]),
        ("unchanged, and the new date is told", "Unchanged is the schedule. It is 18 June.", "draft", LATER, []),
        ("unchanged, far from the date", "The schedule of the hall and its doors is unchanged.", "draft", LATER, []),
        ("steady by the calendar, with the new date", "From a calendar point of view all is fine, 18 June.", "status", LATER, ["From a calendar point of view all is fine"]),
        ("kept, with the new date", "We respect the original schedule: 18 June.", "draft", LATER, ["respect the original schedule"]),
        ("a time in the schedule and the new date", "18 June, and the schedule of the hall is unchanged.", "status", LATER, ["schedule of the hall is unchanged"]),
    ],
)  # fmt: skip
def test_nothing_is_on_plan_while_the_date_moves(
    rule: str, text: str, place: Place, known: Known, expected: list[str]
) -> None:
    subject = subject_of(text, place, known, language=language_of(text))
    assert words(progress.contradicts_slip, subject) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "known", "wrong"),
    [
        ("spent and to go", "Spent 42 days, 28 to go: sixty percent.", {"percent_done": 60}, False),
        ("left of what is left", "42 valves, 28 to go: sixty percent.", {"percent_done": 60}, True),
        ("做完的和剩下的合起来是全部", "屋面过了6个区，剩4个。", {"percent_done": 60}, False),
        ("剩下的占全部", "6个区，剩4个。", {"percent_done": 60}, True),
        ("the scale of the whole", "1.2 of 1.6 million records are across.", {"percent_done": 75}, False),
    ],
)  # fmt: skip
def test_count_of_what_is_done_is_not_the_whole(
    rule: str, text: str, known: Known, *, wrong: bool
) -> None:
    subject = subject_of(text, "status", known, language=language_of(text))
    assert bool(hits(progress.mismatch, subject)) is wrong, rule
