"""Zoom's own ways: a mark, pages by a token, codes that differ by call, a key of an hour."""

from datetime import timedelta

import pytest

from bot.engine.outside import Busy, NotAllowed, NotFound, OutsideError, Unreadable
from tests.meetings.fakes import zoom
from tests.meetings.fakes.booking import DOOR, Booked
from tests.meetings.rigs import LATER, TOPIC, USUAL, WHEN, Rig, zoom_rig
from tests.sources.fakes.vendor import Answer, Asked, Clock


def fake_of(rig: Rig) -> zoom.Zoom:
    assert isinstance(rig.fake, zoom.Zoom)
    return rig.fake


@pytest.mark.parametrize("agendas", ["listed", "left", "empty"])
@pytest.mark.parametrize("links", [True, False])
async def test_a_list_may_lack_agendas_and_links(agendas: str, links: bool) -> None:
    async with zoom_rig(Clock()) as rig:
        fake_of(rig).agendas, fake_of(rig).lists_links = agendas, links
        first = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        other = rig.again(zoom.SECRET, USUAL)
        assert await other.schedule(TOPIC, WHEN, 45, (), "key") == first
        assert len(rig.fake.booked) == 1
        await other.close()


async def test_the_mark_tells_two_meetings_apart_that_are_alike_in_another_process() -> None:
    async with zoom_rig(Clock()) as rig:
        one = await rig.provider.schedule(TOPIC, WHEN, 45, (), "case-1")
        other = rig.again(zoom.SECRET, USUAL)
        two = await other.schedule(TOPIC, WHEN, 45, (), "case-2")
        assert one.ref != two.ref
        await other.close()


async def test_a_meeting_is_found_on_a_later_page() -> None:
    async with zoom_rig(Clock()) as rig:
        rig.fake.booked += [Booked(str(n), "Other", WHEN, 30) for n in range(70, 90)]
        mine = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        fake_of(rig).page = 6
        assert await rig.provider.schedule(TOPIC, WHEN, 45, (), "key") == mine


async def test_meetings_of_another_kind_and_of_people_are_let_be() -> None:
    async with zoom_rig(Clock()) as rig:
        fake_of(rig).agendas = "left"
        rig.fake.booked.append(Booked("71", TOPIC, WHEN, 45, more={"type": 8}))
        rig.fake.booked.append(Booked("72", TOPIC, LATER, 45))
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert link.ref not in ("71", "72")


async def test_more_meetings_than_can_be_looked_through_book_nothing() -> None:
    async with zoom_rig(Clock()) as rig:
        fake_of(rig).page = 1
        rig.fake.booked += [Booked(str(n), "Other", WHEN, 30) for n in range(70, 90)]
        with pytest.raises(Unreadable):
            await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert len(rig.fake.booked) == 20


@pytest.mark.parametrize("gone", [(404, 3001), (400, 300), (400, 3007)])
async def test_a_meeting_that_is_gone_is_gone_by_any_code(gone: tuple[int, int]) -> None:
    async with zoom_rig(Clock()) as rig:
        fake_of(rig).gone = gone
        await rig.provider.cancel("85746065999")
        with pytest.raises(NotFound):
            await rig.provider.move("85746065999", LATER, 30)


async def test_a_meeting_that_is_there_and_cannot_be_cancelled_is_an_error() -> None:
    async with zoom_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        body = {"code": 300, "message": "Validation Failed."}
        rig.fake.instead = lambda a: Answer(body, 400) if a.method == "DELETE" else None
        with pytest.raises(Unreadable):
            await rig.provider.cancel(link.ref)
        assert rig.fake.live()


@pytest.mark.parametrize(
    ("status", "code", "said", "error"),
    [
        (429, 429, "You have exceeded the daily rate limit.", Busy),
        (400, 300, "A maximum of 100 meetings can be created/updated for a single user", Busy),
        (404, 1001, "User does not exist.", NotAllowed),
        (400, 4711, "Invalid access token, does not contain scopes.", NotAllowed),
        (400, 300, "Validation Failed.", Unreadable),
    ],
)
async def test_a_code_says_what_the_status_does_not(
    status: int, code: int, said: str, error: type[OutsideError]
) -> None:
    async with zoom_rig(Clock()) as rig:
        body = {"code": code, "message": said}

        def instead(asked: Asked) -> Answer | None:
            is_booking = asked.method == "POST" and not rig.fake.is_spared(asked)
            return Answer(body, status) if is_booking else None

        rig.fake.instead = instead
        with pytest.raises(error) as raised:
            await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert str(code) in raised.value.detail
        assert rig.fake.booked == []


async def test_a_key_is_fetched_anew_before_its_hour_is_over() -> None:
    async with zoom_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        rig.clock.pass_(timedelta(minutes=59))
        await rig.provider.move(link.ref, LATER, 30)
        assert rig.fake.paths().count("/oauth/token") == 2


async def test_what_opens_it_as_the_host_is_dropped_and_the_number_is_told() -> None:
    async with zoom_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert DOOR not in repr(link)
        assert link.code == link.ref
        assert link.join_url == f"https://zoom.us/j/{link.ref}?pwd=abc.1"
