"""What a case wants to stand in other systems, as it is told, followed, looked back on and closed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.core import flow
from bot.core.cards.copied_blocks import copied_hints
from bot.core.cards.follow_desk import followups
from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.effects import MinutesScreen, OfferScreen
from bot.core.events import Abandoned
from bot.core.following.events import Closed, MinutesShared
from bot.core.following.minutes import minutes_for_all, seal_of
from bot.core.mirroring.events import CopyWritten, MirrorBegun, MirrorEnded
from bot.core.mirroring.mirrored import Copy, Wants, is_register
from bot.core.mirroring.wishes import Entry, Line, Page, Task, Wish, digest, steps, wishes
from bot.core.pings.rooms import Room
from bot.core.words import Text
from tests.core.followed import TOLD_AT, Followed
from tests.core.looked_back import nearly
from tests.core.test_later import delivered
from tests.delivery_cases import PLAYBOOK, full

ALL = Wants(tasks=True, entries=True, pages=True, register="app/table")
ROOM = Room("lark", "t/oc_1", "Wind farm", 1)
WHY = Text(en="the app lacks a right.", zh="应用缺少权限。")


def wanted(case: Case, at: datetime = TOLD_AT, wants: Wants = ALL) -> Mapping[str, Wish]:
    return wishes(PLAYBOOK, case, wants, today=local_day(case, at))


def written(told: Followed) -> list[str]:
    """All that is open is written, as a platform would; the keys of what was, in order."""
    keys = []
    while open_ := steps(told.case, wanted(told.case, told.at)):
        step = open_[0]
        ref = f"{step.key}#{step.made}" if step.wish is not None else ""
        told.give(CopyWritten(told.stamp(), step.key, Copy(ref, step.digest, step.made)))
        keys.append(step.key)
    return keys


def test_a_case_nobody_was_told_of_has_a_row_and_nothing_else() -> None:
    assert set(wanted(full("en"))) == {"row"}
    assert wanted(full("en"), wants=Wants(tasks=True, entries=True)) == {}


def test_what_was_told_is_a_task_and_an_entry_each_and_nudges_are_none() -> None:
    told = Followed().tell()
    found = wanted(told.case)
    anchors = {key.split(":")[1].split("/")[0] for key in found if ":" in key}
    assert anchors == {"milestone", "new_date", "next_update", "decision", "remedy_due"}
    assert {k.replace("task:", "entry:") for k in found if k.startswith("task:")} == {
        k for k in found if k.startswith("entry:")
    }
    belt = found["task:milestone/1"]
    assert belt == Task(
        "Milestone “Belt fitted” · Hall 4",
        "From Candor. Please answer there; this follows by itself.",
        date(2026, 6, 11),
    )
    entry = found["entry:milestone/1"]
    assert isinstance(entry, Entry)
    assert entry.begins.isoformat() == "2026-06-11T09:00:00+01:00"
    assert entry.ends - entry.begins == timedelta(minutes=30)


def test_in_chinese_a_task_is_chinese() -> None:
    told = Followed("zh").tell()
    summaries = [w.summary for w in wanted(told.case).values() if isinstance(w, Task)]
    assert "向青河水务同步进展 · 三号泵站改造" in summaries


def test_each_copy_is_made_once_through_the_whole_course_of_a_case() -> None:
    told = Followed().tell()
    made = written(told)
    for day in (22, 25, 29):
        told.until(date(2026, 5, day))
        made += written(told)
    told.press("next_update/0", "done")
    made += written(told)
    told.until(date(2026, 6, 12)).press("milestone_reached/1", "done")
    made += written(told)
    told.until(date(2026, 6, 19)).press("new_date_reached/0", "done")
    made += written(told)
    assert written(told) == []
    assert all(copy.made == 1 for copy in told.case.mirrored.copies.values())
    row = wanted(told.case, told.at)["row"]
    assert isinstance(row, Line)
    assert row.cells["state"] == Text(en="delivered", zh="已交付")


def test_what_is_done_is_a_done_task_and_no_entry() -> None:
    told = Followed().tell()
    written(told)
    told.until(date(2026, 6, 12)).press("milestone_reached/1", "done")
    assert told.reminder("milestone_check/1").state == "lapsed"  # asked before; moot since
    task = wanted(told.case, told.at)["task:milestone/1"]
    assert isinstance(task, Task)
    assert task.done_at == told.at
    assert "entry:milestone/1" not in wanted(told.case, told.at)
    assert "entry:milestone/1" in written(told)  # it is taken out


def test_what_is_at_risk_stays_open() -> None:
    told = Followed().tell().until(date(2026, 6, 12)).press("milestone_reached/1", "at_risk")
    told.press("milestone_check/1", "at_risk")
    task = wanted(told.case, told.at).get("task:milestone/1")
    assert isinstance(task, Task)
    assert task.done_at is None


def test_a_switch_that_comes_late_brings_up_nothing_that_is_over() -> None:
    told = Followed().tell().until(date(2026, 6, 12)).press("milestone_reached/1", "done")
    keys = written(told)
    assert "task:milestone/1" not in keys
    assert "entry:next_update/0" not in keys  # its day is over, and nobody has answered
    assert "task:next_update/0" in keys


def test_what_was_tried_unheard_keeps_its_name_and_ends_as_if_it_stood() -> None:
    told = Followed().tell()
    key, tried = "task:milestone/1", Copy("", "", made=2, tried=True)
    told.give(CopyWritten(told.stamp(), key, tried))
    again = next(s for s in steps(told.case, wanted(told.case)) if s.key == key)
    assert again.made == 2
    told.until(date(2026, 6, 12)).press("milestone_reached/1", "done")
    assert key in {s.key for s in steps(told.case, wanted(told.case, told.at))}
    told.give(Abandoned(told.stamp()))
    ends = [s for s in steps(told.case, wanted(told.case)) if s.wish is None]
    assert [(s.key, s.made) for s in ends] == [(key, 2)]


def test_what_ends_without_an_answer_goes_and_its_row_stays() -> None:
    told = Followed().tell()
    written(told)
    told.give(Closed(told.stamp(), anyway=True))
    written(told)
    standing = {key for key, copy in told.case.mirrored.copies.items() if copy.ref}
    assert standing == {"row"}


def test_what_comes_back_is_made_anew_under_another_name() -> None:
    told = Followed().tell()
    gone = Copy("", "", made=1)
    told.give(CopyWritten(told.stamp(), "task:milestone/1", gone))
    (step,) = [s for s in steps(told.case, wanted(told.case)) if s.key == "task:milestone/1"]
    assert step.made == 2


def test_what_somebody_took_away_there_is_left_alone() -> None:
    told = Followed().tell()
    left = Copy("x", "old", left=True)
    told.give(CopyWritten(told.stamp(), "task:milestone/1", left))
    assert "task:milestone/1" not in [s.key for s in steps(told.case, wanted(told.case))]


def test_a_case_that_was_given_up_keeps_its_row_and_loses_all_else() -> None:
    told = Followed().tell()
    written(told)
    told.give(Abandoned(told.stamp()))
    written(told)
    assert {k for k, c in told.case.mirrored.copies.items() if c.ref} == {"row"}
    never = flow.reduce(PLAYBOOK, full("en"), Abandoned(told.stamp()))[0]
    assert wanted(never) == {}


def test_dates_that_are_only_watched_have_no_row() -> None:
    assert wanted(replace(full("en"), watch=True)) == {}


def test_a_row_counts_days_of_silence_once_they_are_over() -> None:
    before, after = (wanted(case)["row"] for case in (full("en"), Followed().tell().case))
    assert isinstance(before, Line)
    assert isinstance(after, Line)
    assert (before.cells["days_silent"], after.cells["days_silent"]) == (None, 4)
    assert after.cells["cause"] == Text(en="Technical fault", zh="技术缺陷")
    assert after.cells["moved_before"] == Text(en="no", zh="否")


def test_an_unknown_kind_of_cause_keeps_its_name() -> None:
    bare = replace(PLAYBOOK, steps=tuple(s for s in PLAYBOOK.steps if s.id != "cause"))
    row = wishes(bare, full("en"), Wants(register="a/b"), today=TOLD_AT.date())["row"]
    assert isinstance(row, Line)
    assert row.cells["cause"] == Text(en="technical", zh="technical")


def posted(told: Followed) -> MinutesShared:
    """The owner posts the minutes, having looked at these very words."""
    seal = seal_of(minutes_for_all(PLAYBOOK, told.case))
    return MinutesShared(told.stamp(), ROOM.number, seal)


def shared() -> Followed:
    """Minutes are shared in the channel of a case, whose platform makes pages."""
    told = delivered()
    told.case = replace(nearly(), room=ROOM)
    return told.give(posted(told))


def test_minutes_are_wished_for_as_a_page_once_they_are_shared() -> None:
    told = shared()
    assert wanted(told.case, told.at)["page:1"] == Page(ROOM)
    before = told.case.mirrored
    told.give(posted(told))
    assert told.case.mirrored == before
    without = replace(nearly(), room=ROOM, surroundings=None)
    told.case = without
    told.give(posted(told))
    assert told.case.mirrored.pages == ()


def test_a_page_that_stands_is_linked_below_the_minutes_and_never_written_again() -> None:
    told = shared()
    told.give(CopyWritten(told.stamp(), "page:1", Copy("d", "p", url="https://x.example/d")))
    assert told.shows[-1].screen == MinutesScreen(ROOM, "posted")
    told.give(CopyWritten(told.stamp(), "page:1", Copy("d", digest(Page(ROOM)), url="https://x")))
    assert "page:1" not in [s.key for s in steps(told.case, wanted(told.case, told.at))]
    told.case = replace(told.case, room=None)
    shows = len(told.shows)
    told.give(CopyWritten(told.stamp(), "page:1", Copy("d", "p", url="https://x.example/d")))
    assert len(told.shows) == shows


@pytest.mark.parametrize(("files", "offers"), [(True, ("team.docx", "share")), (False, ("share",))])
def test_a_page_that_is_refused_is_said_with_what_can_be_done(
    files: bool, offers: tuple[str, ...]
) -> None:
    told = shared()
    around = told.case.surroundings
    assert around is not None
    told.case = replace(told.case, surroundings=replace(around, takes_files=files))
    told.give(MirrorEnded(told.stamp(), WHY, told.at, "page:1"))
    screen = told.shows[-1].screen
    assert isinstance(screen, OfferScreen)
    assert "Wind farm" in screen.text.en
    assert screen.offers == offers
    assert "page:1" not in wanted(told.case, told.at)


def test_what_fails_is_counted_until_something_is_written() -> None:
    told = Followed().tell()
    told.give(MirrorBegun(told.stamp(), told.at))
    assert told.case.mirrored.until == told.at
    for _ in range(2):
        told.give(MirrorEnded(told.stamp(), WHY, told.at, "row"))
    assert (told.case.mirrored.failed, told.case.mirrored.why) == (2, WHY)
    told.give(CopyWritten(told.stamp(), "row", Copy("r", "d")))
    told.give(MirrorEnded(told.stamp()))
    assert (told.case.mirrored.failed, told.case.mirrored.why) == (0, None)


def test_writing_a_copy_is_no_deed_of_the_owner() -> None:
    told = Followed().tell()
    before = told.case
    told.give(CopyWritten(told.stamp(), "row", Copy("r", "d")))
    assert told.case.touched_at == before.touched_at
    assert told.case.revision == before.revision + 1


def test_the_follow_ups_say_where_else_they_stand_and_when_that_is_behind() -> None:
    told = Followed().tell()
    assert copied_hints([told.case]) == []
    for keys, where in ((("task:a/0",), "your tasks."), (("entry:a/0",), "your calendar.")):
        copies = dict.fromkeys(keys, Copy("x", "d"))
        told.case = replace(told.case, mirrored=replace(told.case.mirrored, copies=copies))
        assert where in str(copied_hints([told.case]))
    both = {"task:a/0": Copy("x", "d"), "entry:a/0": Copy("y", "d")}
    told.case = replace(told.case, mirrored=replace(told.case.mirrored, copies=both, why=WHY))
    card = str(followups([(PLAYBOOK, told.case)], today=TOLD_AT.date()))
    assert "your tasks and calendar." in card
    assert "may be behind: the app lacks a right." in card


def test_an_address_of_a_register_names_a_base_and_a_table() -> None:
    assert is_register("bascnAb1/tblCd2")
    assert not any(
        is_register(a) for a in ("", "bascn", "bascn/", "/tbl", "a/b/c", "a?b/c", "表/tbl")
    )
    assert Wants().any is False
