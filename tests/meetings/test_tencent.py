"""Tencent Meeting's own ways: the signature, times as texts, pages of meetings, codes behind a 500."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.engine.outside import Busy, NotAllowed, OutsideError, SignInRefused, Unreadable
from bot.meetings.tencent import PAGES, Tencent, signature
from tests.meetings.fakes import tencent
from tests.meetings.fakes.booking import Booked
from tests.meetings.rigs import LATER, TOPIC, USUAL, WHEN, Rig, tencent_config, tencent_rig
from tests.sources.fakes.vendor import Answer, Clock


def fake_of(rig: Rig) -> tencent.Tencent:
    assert isinstance(rig.fake, tencent.Tencent)
    return rig.fake


def test_the_signature_is_that_of_the_vendors_page() -> None:
    text = "POST\nX-TC-Key=AKID-1&X-TC-Nonce=4711&X-TC-Timestamp=1778574600\n/v1/meetings\n"
    made = signature("a secret of Tencent", text, '{"subject": "电车段"}'.encode())
    assert made == (  # by openssl
        "YTQ2OTk5MjhhZmU1NzMyOTg3ODJhZDA3OTQxYTk1MzZjZmU4ZWQ0NGRlZmM0ZWQ3ZDZhMzA1MDYyZjJjMmE5Zg=="
    )


@pytest.mark.parametrize("lists_links", [True, False])
@pytest.mark.parametrize("as_text", [True, False])
async def test_a_list_may_lack_links_and_write_times_as_numbers(
    lists_links: bool, as_text: bool
) -> None:
    async with tencent_rig(Clock()) as rig:
        fake_of(rig).lists_links, fake_of(rig).times_as_text = lists_links, as_text
        first = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert await rig.provider.schedule(TOPIC, WHEN, 45, (), "key") == first
        assert len(rig.fake.booked) == 1
        assert first.code == first.ref[-9:]


async def test_a_meeting_is_found_behind_many_others_of_its_host() -> None:
    async with tencent_rig(Clock()) as rig:
        other = rig.again(tencent.SECRET, USUAL)
        mine = await other.schedule(TOPIC, WHEN, 45, (), "key")
        for n in range(45):
            start = WHEN + timedelta(minutes=n)
            rig.fake.booked.append(Booked(str(70 + n), f"Other {n}", start, 30))
        fake_of(rig).page = 3
        assert await rig.provider.schedule(TOPIC, WHEN, 45, (), "key") == mine
        await other.close()


async def test_more_meetings_than_can_be_looked_through_book_nothing() -> None:
    async with tencent_rig(Clock()) as rig:
        rig.fake.booked += [Booked(str(n), "Other", WHEN, 30) for n in range(70, 100)]
        with pytest.raises(Unreadable):
            await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert len(rig.fake.booked) == 30
        assert len(rig.fake.asked) < PAGES


async def test_behind_meetings_of_the_same_minute_a_page_is_found_by_what_was_given_along() -> None:
    async with tencent_rig(Clock()) as rig:
        rig.fake.booked += [Booked(str(n), "Other", WHEN, 30) for n in range(70, 100)]
        fake_of(rig).pages_by_cursory = True
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        other = rig.again(tencent.SECRET, USUAL)
        assert await other.schedule(TOPIC, WHEN, 45, (), "key") == link
        await other.close()


@pytest.mark.parametrize("tells", [("list", "one"), ("one",)])
async def test_two_cases_that_look_alike_are_two_meetings_after_a_restart_too(
    tells: tuple[str, ...],
) -> None:
    async with tencent_rig(Clock()) as rig:
        fake_of(rig).tells_places = tells
        first = await rig.provider.schedule(TOPIC, WHEN, 45, (), "case-1-call-1")
        restarted = rig.again(tencent.SECRET, USUAL)
        second = await restarted.schedule(TOPIC, WHEN, 45, (), "case-2-call-1")
        assert second.ref != first.ref
        again = rig.again(tencent.SECRET, USUAL)
        for key, link in (("case-2-call-1", second), ("case-1-call-1", first)):
            assert await again.schedule(TOPIC, WHEN, 45, (), key) == link
        assert len(rig.fake.booked) == 2
        await restarted.close()
        await again.close()


async def test_where_no_place_is_told_all_that_a_meeting_says_is_enough() -> None:
    async with tencent_rig(Clock()) as rig:
        fake_of(rig).tells_places = ()
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        other = rig.again(tencent.SECRET, USUAL)
        assert await other.schedule(TOPIC, WHEN, 45, (), "key") == link
        await other.close()


async def test_what_only_looks_like_it_is_not_withdrawn() -> None:
    async with tencent_rig(Clock()) as rig:
        fake_of(rig).tells_places = ()
        other = rig.again(tencent.SECRET, USUAL)
        await other.schedule(TOPIC, WHEN, 45, (), "case-2-call-1")
        with pytest.raises(Unreadable):
            await rig.provider.withdraw(TOPIC, WHEN, 45, "case-1-call-1")
        assert len(rig.fake.live()) == 1
        await other.close()


async def test_what_somebody_booked_by_hand_at_that_hour_is_theirs() -> None:
    async with tencent_rig(Clock()) as rig:
        rig.fake.booked.append(Booked("71", TOPIC, WHEN, 45, more={"location": "3楼会议室"}))
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert link.ref != "71"


async def test_a_meeting_that_moves_keeps_the_place_by_which_it_is_known() -> None:
    async with tencent_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        [meeting] = rig.fake.booked
        before = dict(meeting.more)
        await rig.provider.move(link.ref, LATER, 30)
        assert meeting.more == before
        assert before["location"].startswith("线上 Online ")


async def test_another_subject_or_another_hour_is_not_taken_for_it() -> None:
    async with tencent_rig(Clock()) as rig:
        rig.fake.booked.append(Booked("71", "Another", WHEN, 45))
        rig.fake.booked.append(Booked("72", TOPIC, WHEN, 30))
        rig.fake.booked.append(Booked("73", TOPIC, LATER, 45))
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert link.ref not in ("71", "72", "73")


async def test_a_clock_that_is_more_than_five_minutes_off_is_turned_away() -> None:
    async with tencent_rig(Clock()) as rig:

        def late() -> datetime:
            return rig.clock.now() - timedelta(minutes=6)

        provider = Tencent(tencent_config(rig.fake.base), late)
        with pytest.raises(SignInRefused, match="key"):
            await provider.seen()
        await provider.close()


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        (9008, 500, Busy), (9061, 500, Busy), (9042, 500, NotAllowed), (9093, 500, NotAllowed),
        (20001, 500, NotAllowed), (200003, 400, SignInRefused), (190004, 400, Unreadable),
    ],
)  # fmt: skip
async def test_a_code_says_what_the_status_does_not(
    code: int, status: int, error: type[OutsideError]
) -> None:
    async with tencent_rig(Clock()) as rig:
        body = {"error_info": {"error_code": code, "message": "x"}}
        rig.fake.instead = lambda _: Answer(body, status)
        with pytest.raises(error) as raised:
            await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert str(code) in raised.value.detail


@dataclass
class Sent:
    """A call as the adapter made it, to be sent once more with something off."""

    headers: dict[str, str]
    data: bytes


async def _again(rig: Rig, spoil: Callable[[Sent], None]) -> int:
    """The code with which the fake answers a call that is spoilt; 0 where it takes it."""
    await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
    made = next(a for a in rig.fake.asked if a.method == "POST")
    kept = ("appid", "sdkid", "content-type", "x-tc-")
    sent = Sent({k: v for k, v in made.headers.items() if k.startswith(kept)}, made.raw)
    spoil(sent)
    stamp, nonce = sent.headers["x-tc-timestamp"], sent.headers["x-tc-nonce"]
    if sent.headers.pop("resign", ""):
        keys = f"X-TC-Key={tencent.SECRET_ID}&X-TC-Nonce={nonce}&X-TC-Timestamp={stamp}"
        text = f"POST\n{keys}\n/v1/meetings\n"
        sent.headers["x-tc-signature"] = signature(tencent.SECRET, text, sent.data)
    async with aiohttp.ClientSession() as session:
        url = f"{rig.fake.base}/v1/meetings"
        async with session.post(url, data=sent.data, headers=sent.headers) as answer:
            body: Any = await answer.json()
    rig.fake.wrong.clear()
    return int(body.get("error_info", {}).get("error_code", 0))


def _numbers(sent: Sent) -> None:
    sent.data = sent.data.replace(b'"1778574600"', b"1778574600")
    sent.headers |= {"x-tc-nonce": "5", "resign": "1"}


def _old(sent: Sent) -> None:
    stamp = str(int(sent.headers["x-tc-timestamp"]) - 301)
    sent.headers |= {"x-tc-timestamp": stamp, "x-tc-nonce": "5", "resign": "1"}


def _other_bytes(sent: Sent) -> None:
    sent.headers["x-tc-nonce"] = "5"
    sent.data += b" "


def _plain(sent: Sent) -> None:
    sent.headers |= {"content-type": "text/plain", "x-tc-nonce": "5", "resign": "1"}


def _nothing(sent: Sent) -> None:
    sent.headers |= {"x-tc-nonce": "5", "resign": "1"}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_numbers, 190004), (_old, 200004), (_other_bytes, 200003), (_plain, 200002),
        (lambda _: None, 200005), (_nothing, 0),
    ],
)  # fmt: skip
async def test_the_fake_turns_away_what_the_vendor_would(
    spoil: Callable[[Sent], None], code: int
) -> None:
    async with tencent_rig(Clock()) as rig:
        assert await _again(rig, spoil) == code
