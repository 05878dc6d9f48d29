"""What a text that left binds us to: each date of ours with what it is, and nobody else's."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core.approving.preparing import prepare
from bot.core.approving.promised import Told, renewed, told
from bot.core.approving.release import Delivery
from bot.core.case import Case, Variant, customer_language
from bot.core.playbook import Channel, Reader, Tone
from tests.delivery_cases import PLAYBOOK, PM, TODAY, again, full

AT = datetime(2026, 5, 18, 10, tzinfo=UTC)
LAST_LINE = {"en": "Kind regards", "zh": "祝好"}


def said(
    case: Case,
    channel: Channel = "email",
    reader: Reader = "day_to_day",
    *,
    instead: tuple[str, str] = ("", ""),
    tone: Tone = "plain",
) -> Told:
    """What is promised by the draft of a case, some words of it changed by hand."""
    variant = Variant(channel, reader, customer_language(case), tone)
    release = prepare(PLAYBOOK, case, variant, today=TODAY).release
    assert instead[0] in release.text
    changed = replace(release, text=release.text.replace(*instead, 1))
    delivery = Delivery(1, changed.digest, changed, PM, AT, "sent")
    return told(PLAYBOOK, case, delivery)


def named(found: Told) -> list[tuple[str, date, str]]:
    return [(p.kind, p.date, p.what) for p in found.promises]


def test_each_date_of_ours_is_named_by_what_it_is() -> None:
    assert named(said(full("en"))) == [
        ("next_update", date(2026, 5, 22), ""),
        ("milestone", date(2026, 6, 11), "Belt fitted"),
        ("milestone", date(2026, 6, 18), "Trial week done"),
        ("new_date", date(2026, 6, 19), "the new bread line"),
        ("remedy_due", date(2026, 6, 30), "a fitter on site until 30 June"),
    ]


def test_it_is_the_same_in_chinese() -> None:
    assert named(said(full("zh"))) == [
        ("next_update", date(2026, 5, 22), ""),
        ("milestone", date(2026, 6, 3), "变频器到齐"),
        ("milestone", date(2026, 6, 10), "联调完成"),
        ("new_date", date(2026, 6, 12), "三号泵站的新控制柜"),
        ("remedy_due", date(2026, 6, 30), "派一名工程师驻站到6月30日"),
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("channel", ["email", "letter", "call", "chat"])
@pytest.mark.parametrize("reader", ["executive", "day_to_day", "technical"])
def test_a_date_of_theirs_or_asked_of_them_is_never_a_promise(
    language: str, channel: Channel, reader: Reader
) -> None:
    case = again("zh" if language == "zh" else "en")
    theirs = {"en": (date(2026, 6, 22), date(2026, 5, 29)), "zh": (date(2026, 5, 26),)}[language]
    found = said(case, channel, reader)
    assert found.promises
    assert not {p.date for p in found.promises} & set(theirs)
    assert all(p.date != date(2026, 6, 10) or p.kind == "milestone" for p in found.promises)


def test_the_day_by_which_they_are_asked_to_decide_stands_apart() -> None:
    assert said(full("en")).answer_by == date(2026, 5, 29)
    assert said(full("en"), instead=(" by Friday 29 May.", ".")).answer_by is None


def test_the_day_on_which_we_would_change_course_is_a_promise() -> None:
    found = [p for p in said(again("en"), "letter").promises if p.kind == "turning_point"]
    assert [(p.date, "belt" in p.what) for p in found] == [(date(2026, 6, 9), True)]


def test_a_new_date_that_was_changed_by_hand_is_the_one_that_counts() -> None:
    text = said(full("en"), instead=("is Friday 19 June,", "is Friday 26 June,"))
    assert ("new_date", date(2026, 6, 26), "the new bread line") in named(text)


def test_a_milestone_that_was_changed_by_hand_keeps_its_name() -> None:
    text = said(
        full("en"), instead=("Belt fitted: Thursday 11 June", "Belt fitted: Friday 12 June")
    )
    assert ("milestone", date(2026, 6, 12), "Belt fitted") in named(text)


def test_a_date_written_in_by_hand_is_ours_when_it_commits_us() -> None:
    ours = said(
        full("en"),
        instead=(LAST_LINE["en"], "We will send the test report by 3 June.\n\nKind regards"),
    )
    theirs = said(
        full("en"), instead=(LAST_LINE["en"], "Your audit is on 3 June, I know.\n\nKind regards")
    )
    assert ("other", date(2026, 6, 3), "We will send the test report by 3 June") in named(ours)
    assert date(2026, 6, 3) not in {p.date for p in theirs.promises}


def test_a_remedy_without_a_day_is_due_with_what_was_promised() -> None:
    found = said(full("en", goodwill_detail="a fitter on site"))
    assert ("remedy_due", date(2026, 6, 19), "a fitter on site") in named(found)


def test_a_remedy_that_the_text_does_not_tell_is_not_promised() -> None:
    found = said(full("en", remedy_approved="not_yet"))
    assert all(p.kind != "remedy_due" for p in found.promises)


def test_what_is_told_anew_takes_the_place_of_what_was_told_before() -> None:
    first = said(full("en")).promises
    later = said(full("en"), instead=("next on Friday 22 May", "next on Monday 25 May")).promises
    updates = [p.date for p in renewed(first, later) if p.kind == "next_update"]
    assert updates == [date(2026, 5, 25)]
    assert len(renewed(first, later)) == len(first)


def test_what_was_told_and_is_not_mentioned_again_still_counts() -> None:
    first = said(full("en")).promises
    update = tuple(p for p in first if p.kind == "next_update")
    assert set(renewed(first, update)) == set(first)
