"""What holds for every meeting system: booked once, moved, cancelled, six errors, nothing told."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
import structlog

from bot.engine.meetings import Link
from bot.engine.outside import (
    Busy,
    NotFound,
    OutsideError,
    SignInRefused,
    Unreachable,
    Unreadable,
)
from tests.meetings.fakes.booking import DOOR, Booked
from tests.meetings.rigs import ANN, AT_BASE, HURRIED, LATER, MO, TOPIC, USUAL, WHEN, Rig
from tests.sources.fakes.vendor import Answer, Asked
from tests.sources.test_contract import leaves, with_more, without

PEOPLE = (MO, ANN)
BUSY = Answer({"code": 99991400, "msg": "slow down", "error_code": 9008}, 429)
BAD_REFS = ["nobody", "", "..", "a/b", "0" * 24, "x?y=1", "x" * 500, "9" * 30]


async def booked(rig: Rig, key: str = "case-1/meeting-1") -> Link:
    return await rig.provider.schedule(TOPIC, WHEN, 45, PEOPLE, key)


async def tried(rig: Rig, key: str = "case-1/meeting-1") -> Link | None:
    try:
        return await booked(rig, key)
    except OutsideError:
        return None


async def refusal(asking: Awaitable[Link]) -> OutsideError | None:
    """Why it was not done; None where it was."""
    try:
        await asking
    except OutsideError as error:
        return error
    return None


def ends(meeting: Booked) -> datetime:
    """When it is over; a number that is reserved has no beginning."""
    return meeting.start + timedelta(minutes=meeting.minutes)


def cut_once(rig: Rig) -> Callable[[Asked], bool]:
    """The line breaks once, after the meeting is made and before anybody hears of it."""
    before, broken = len(rig.fake.booked), [False]

    def unheard(_: Asked) -> bool:
        is_now = len(rig.fake.booked) > before and not broken[0]
        broken[0] = broken[0] or is_now
        return is_now

    return unheard


async def test_a_meeting_is_booked_with_its_topic_at_its_time_with_a_link_that_opens(
    rig: Rig,
) -> None:
    link = await booked(rig)
    [meeting] = rig.fake.live()
    assert (meeting.topic, ends(meeting)) == (TOPIC, WHEN + timedelta(minutes=45))
    assert meeting.minutes in (0, 45)
    assert link.join_url.startswith("https://")
    assert rig.fake.found(link.ref) is meeting


async def test_one_key_books_one_meeting_however_often_it_is_asked(rig: Rig) -> None:
    first = await booked(rig)
    assert await booked(rig) == first
    assert len(rig.fake.booked) == 1
    assert len(rig.fake.booked[0].guests) == (2 if rig.invites else 0)


async def test_two_who_ask_at_once_with_one_key_book_one_meeting(rig: Rig) -> None:
    one, two = await asyncio.gather(booked(rig), booked(rig))
    assert one == two
    assert len(rig.fake.booked) == 1


async def test_what_was_booked_unheard_is_withdrawn_by_another_process(mindful: Rig) -> None:
    mindful.fake.unheard = cut_once(mindful)
    assert await tried(mindful) is None
    kept = await booked(mindful, "case-2/meeting-1")
    other = mindful.again(mindful.secret, USUAL)
    assert await other.withdraw(TOPIC, WHEN, 45, "case-1/meeting-1")
    assert mindful.fake.live() == [mindful.fake.found(kept.ref)]
    await other.close()


async def test_where_nothing_was_booked_nothing_is_withdrawn(rig: Rig) -> None:
    kept = await booked(rig, "case-2/meeting-1")
    assert not await rig.provider.withdraw(TOPIC, WHEN, 45, "case-1/meeting-1")
    assert rig.fake.live() == [rig.fake.found(kept.ref)]


async def test_one_that_hangs_keeps_no_other_booking_waiting(rig: Rig) -> None:
    hung, goes_on = asyncio.Event(), asyncio.Event()

    async def first(_: Asked) -> None:
        if rig.fake.booked and not hung.is_set():
            hung.set()
            await goes_on.wait()

    rig.fake.late = first
    hanging = asyncio.create_task(booked(rig))
    await hung.wait()
    other = await rig.provider.schedule("Another", WHEN, 45, PEOPLE, "case-2/meeting-1")
    assert rig.fake.found(other.ref) is not None
    assert not hanging.done()
    goes_on.set()
    assert (await hanging).ref != other.ref


async def test_another_key_books_another_meeting_at_the_same_hour(rig: Rig) -> None:
    one, two = await booked(rig), await booked(rig, "case-2/meeting-1")
    assert one.ref != two.ref
    assert len(rig.fake.live()) == 2
    assert await booked(rig) == one


async def test_an_answer_that_was_cut_off_books_nothing_twice(mindful: Rig) -> None:
    mindful.fake.unheard = cut_once(mindful)
    with pytest.raises(Unreachable):
        await booked(mindful)
    assert len(mindful.fake.booked) == 1
    link = await booked(mindful)
    [meeting] = mindful.fake.booked
    assert mindful.fake.found(link.ref) is meeting
    assert len(meeting.guests) == (2 if mindful.invites else 0)


async def test_what_was_cut_off_is_found_by_another_process_too(mindful: Rig) -> None:
    mindful.fake.unheard = cut_once(mindful)
    assert await tried(mindful) is None
    other = mindful.again(mindful.secret, USUAL)
    link = await other.schedule(TOPIC, WHEN, 45, PEOPLE, "case-1/meeting-1")
    assert len(mindful.fake.booked) == 1
    assert mindful.fake.found(link.ref) is mindful.fake.booked[0]
    await other.close()


async def test_who_is_asked_is_invited_by_the_product_itself_and_nobody_else(rig: Rig) -> None:
    await booked(rig)
    await rig.provider.schedule(TOPIC, LATER, 30, (), "case-1/meeting-2")
    first, second = rig.fake.booked
    assert [g for g in first.guests if g == ANN.email] == ([ANN.email] if rig.invites else [])
    assert second.guests == []


async def test_a_meeting_that_is_moved_stays_the_same(rig: Rig) -> None:
    link = await booked(rig)
    moved = await rig.provider.move(link.ref, LATER, 30)
    [meeting] = rig.fake.booked
    assert ends(meeting) == LATER + timedelta(minutes=30)
    assert meeting.topic == TOPIC
    assert (moved.ref, moved.join_url) == (link.ref, link.join_url)


async def test_a_meeting_that_is_cancelled_is_gone_and_once_more_is_no_error(rig: Rig) -> None:
    link = await booked(rig)
    await rig.provider.cancel(link.ref)
    assert rig.fake.live() == []
    await rig.provider.cancel(link.ref)
    with pytest.raises(NotFound):
        await rig.provider.move(link.ref, LATER, 30)


@pytest.mark.parametrize("ref", BAD_REFS)
async def test_a_meeting_that_never_was_is_not_found_and_cancelled_without_a_word(
    rig: Rig, ref: str
) -> None:
    await rig.provider.cancel(ref)
    with pytest.raises(NotFound):
        await rig.provider.move(ref, LATER, 30)


async def test_a_link_that_is_not_ready_is_read_again(late: Rig) -> None:
    late.fake.pending = 2
    link = await booked(late)
    assert link.join_url.startswith("https://")
    assert len(late.fake.booked) == 1


async def test_a_link_that_is_never_ready_is_asked_for_later(late: Rig) -> None:
    late.fake.pending = 50
    with pytest.raises(Busy) as raised:
        await booked(late)
    assert raised.value.retry_after > timedelta(0)
    late.fake.pending = 0
    assert (await booked(late)).join_url.startswith("https://")
    assert len(late.fake.booked) == 1


async def test_a_limit_that_comes_after_it_was_booked_is_no_word_that_it_was_not(
    rig: Rig,
) -> None:
    rig.fake.instead = lambda _: BUSY if rig.fake.booked else None
    refused = await refusal(booked(rig))
    assert refused is None or refused.unsure
    assert len(rig.fake.booked) == 1


async def test_a_limit_that_comes_after_it_was_moved_is_no_word_that_it_was_not(rig: Rig) -> None:
    link = await booked(rig)
    rig.fake.instead = lambda _: BUSY if ends(rig.fake.booked[0]) > LATER else None
    refused = await refusal(rig.provider.move(link.ref, LATER, 30))
    assert refused is None or refused.unsure
    assert ends(rig.fake.booked[0]) == LATER + timedelta(minutes=30)


async def test_a_limit_that_comes_before_anything_was_done_is_a_plain_no(rig: Rig) -> None:
    rig.fake.instead = lambda asked: None if rig.fake.is_spared(asked) else BUSY
    with pytest.raises(Busy) as raised:
        await booked(rig)
    assert not raised.value.unsure
    assert rig.fake.booked == []


async def test_a_wrong_secret_is_a_refused_sign_in(rig: Rig) -> None:
    provider = rig.again("not the secret", USUAL)
    with pytest.raises(SignInRefused):
        await provider.schedule(TOPIC, WHEN, 45, PEOPLE, "case-1/meeting-1")
    await provider.close()


async def test_a_key_that_is_over_is_fetched_anew_once(keyed: Rig) -> None:
    link = await booked(keyed)
    keyed.fake.alive.clear()
    await keyed.provider.move(link.ref, LATER, 30)
    assert ends(keyed.fake.booked[0]) == LATER + timedelta(minutes=30)


async def test_a_key_that_is_never_taken_ends_in_a_refused_sign_in(keyed: Rig) -> None:
    link = await booked(keyed)
    keyed.fake.instead = lambda _: keyed.fake.alive.clear()
    with pytest.raises(SignInRefused):
        await keyed.provider.move(link.ref, LATER, 30)


@pytest.mark.parametrize(
    ("trouble", "errors"),
    [
        ("slow", Unreachable),
        ("down", Unreachable),
        ("truncated", Unreachable),
        ("redirect", Unreachable),
        ("html", (Unreadable, Unreachable)),
        ("busy", Busy),
    ],
)
async def test_trouble_is_one_of_the_closed_errors_and_books_nothing(
    rig: Rig, trouble: str, errors: type[OutsideError]
) -> None:
    provider = rig.again(rig.secret, HURRIED if trouble == "slow" else USUAL)
    rig.fake.troubles.extend([trouble] * 5)
    with pytest.raises(errors):
        await provider.schedule(TOPIC, WHEN, 45, PEOPLE, "case-1/meeting-1")
    assert "/elsewhere" not in rig.fake.paths()
    assert rig.fake.booked == []
    await provider.close()


async def test_unknown_fields_change_nothing(rig: Rig) -> None:
    plain = await booked(rig)
    rig.fake.morph = with_more
    assert await booked(rig) == plain


@pytest.mark.parametrize("null", [True, False])
async def test_each_field_may_be_null_or_absent_and_nothing_is_booked_twice(
    mindful: Rig, null: bool
) -> None:
    names: set[str] = set()

    def look(_: str, body: Any) -> Any:
        names.update(leaves(body))
        return body

    mindful.fake.morph = look
    plain = await booked(mindful)
    for name in sorted(names):
        mindful.fake.morph = without(name, null=null)
        again = await tried(mindful)
        if again is not None:
            assert again.join_url == plain.join_url, name
            assert again.ref == plain.ref, name
    mindful.fake.morph = lambda _, body: body
    assert await booked(mindful) == plain
    assert len(names) > 5  # so that something was left out at all


async def test_no_secret_no_door_no_guest_and_no_link_is_logged_or_told(rig: Rig) -> None:
    with structlog.testing.capture_logs() as logs:
        link = await booked(rig)
        await rig.provider.move(link.ref, LATER, 30)
        rig.fake.troubles.extend(["truncated", "down"])
        assert await tried(rig, "case-2/meeting-1") is None
        rig.fake.troubles.clear()
        await rig.provider.cancel(link.ref)
    said = json.dumps(logs, default=str, ensure_ascii=False)
    for secret in (*rig.secrets, DOOR, TOPIC, ANN.email, ANN.name, link.join_url):
        assert secret not in said
    assert DOOR not in repr(link)
    for secret in rig.secrets:
        assert secret not in repr(rig.provider)


async def test_what_an_error_tells_the_operator_holds_no_secret(rig: Rig) -> None:
    for trouble in ("down", "truncated", "redirect", "html"):
        rig.fake.troubles.extend([trouble] * 3)
        with pytest.raises(OutsideError) as raised:
            await rig.provider.schedule(TOPIC, WHEN, 45, PEOPLE, "k")
        rig.fake.troubles.clear()
        assert raised.value.why_unbooked.zh
        for secret in (*rig.secrets, TOPIC, ANN.email):
            assert secret not in f"{raised.value.detail} {raised.value}"


async def test_what_the_doctor_sees_creates_nothing(rig: Rig) -> None:
    assert await rig.provider.seen()
    assert rig.fake.booked == []
    assert rig.fake.wrong == []


async def test_the_doctor_is_told_of_a_wrong_secret(rig: Rig) -> None:
    provider = rig.again("not the secret", USUAL)
    with pytest.raises(SignInRefused):
        await provider.seen()
    await provider.close()


@pytest.mark.parametrize("body", [{}, [], None, "ok", 7])
async def test_an_answer_without_a_meeting_in_it_is_an_error(rig: Rig, body: Any) -> None:
    def instead(asked: Asked) -> Answer | None:
        return None if rig.fake.is_spared(asked) else Answer(body)

    rig.fake.instead = instead
    with pytest.raises(OutsideError):
        await booked(rig)


async def test_after_a_pause_was_asked_for_nothing_is_asked_until_it_is_over(outside: Rig) -> None:
    await outside.provider.seen()
    outside.fake.troubles.append("busy")
    with pytest.raises(Busy) as first:
        await booked(outside)
    before = len(outside.fake.asked)
    with pytest.raises(Busy) as second:
        await booked(outside)
    assert len(outside.fake.asked) == before
    assert timedelta(0) < second.value.retry_after <= first.value.retry_after


async def test_an_answer_without_end_is_not_read(outside: Rig) -> None:
    await outside.provider.seen()
    outside.fake.troubles.extend(["oversized"] * 3)
    with pytest.raises(Unreadable):
        await booked(outside)
    assert outside.fake.booked == []


@pytest.mark.parametrize(
    "base",
    ["https://10.1.2.3", "https://169.254.169.254", "http://meeting.example", "https://[::1]"],
)
def test_no_private_and_no_inner_address_is_asked(base: str) -> None:
    for made in AT_BASE:
        with pytest.raises(ValueError, match=r"https|address|private"):
            made(base)


async def test_the_fake_lets_no_call_pass_that_it_does_not_know(keyed: Rig) -> None:
    await keyed.provider.seen()
    known = next(a for a in reversed(keyed.fake.asked) if "authorization" in a.headers)
    kept = {k: v for k, v in known.headers.items() if k in ("authorization", "prefer")}
    path = known.path.rpartition("/")[0]
    async with aiohttp.ClientSession(headers=kept) as session:
        async with session.put(f"{keyed.fake.base}{path}/no/where") as answer:
            assert answer.status >= 400
        assert keyed.fake.wrong == [f"PUT {path}/no/where"]
        keyed.fake.wrong.clear()
        async with session.post(f"{keyed.fake.base}{path}", data={"a": "b"}) as answer:
            assert answer.status >= 400
    assert any("urlencoded" in wrong for wrong in keyed.fake.wrong)
    keyed.fake.wrong.clear()
