"""Teams' own ways: a wish that is left aside, a key answered in two ways, nobody asked without a link."""

from datetime import timedelta

import pytest

from bot.engine.meetings import Guest
from bot.engine.outside import Busy, NotAllowed, NotFound, OutsideError
from tests.meetings.fakes import teams
from tests.meetings.rigs import ANN, LATER, MO, TOPIC, USUAL, WHEN, Rig, teams_rig
from tests.sources.fakes.vendor import Answer, Asked, Clock


def fake_of(rig: Rig) -> teams.Teams:
    assert isinstance(rig.fake, teams.Teams)
    return rig.fake


@pytest.mark.parametrize("provider", ["unknown", "skypeForBusiness"])
async def test_an_entry_without_teams_is_taken_away_and_nobody_was_asked(provider: str) -> None:
    async with teams_rig(Clock()) as rig:
        fake_of(rig).provider = provider
        with pytest.raises(NotAllowed) as raised:
            await rig.provider.schedule(TOPIC, WHEN, 45, (ANN,), "key")
        assert teams.HOST in raised.value.detail
        [entry] = rig.fake.booked
        assert entry.gone
        assert entry.guests == []


async def test_an_entry_that_people_were_asked_to_is_never_taken_away_by_itself() -> None:
    async with teams_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (ANN,), "key")
        fake_of(rig).provider = "unknown"
        with pytest.raises(NotAllowed):
            await rig.provider.move(link.ref, LATER, 30)
        with pytest.raises(NotAllowed):
            await rig.provider.schedule(TOPIC, WHEN, 45, (ANN,), "key")
        assert len(rig.fake.live()) == 1


async def test_a_key_of_an_entry_that_was_taken_away_is_not_found() -> None:
    async with teams_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        await rig.provider.cancel(link.ref)
        with pytest.raises(NotFound):
            await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert len(rig.fake.booked) == 1


@pytest.mark.parametrize("conflict", [True, False])
async def test_a_key_that_is_known_gives_the_same_entry_by_either_answer(conflict: bool) -> None:
    async with teams_rig(Clock()) as rig:
        await rig.provider.schedule("Another", WHEN, 45, (), "other")
        first = await rig.provider.schedule(TOPIC, WHEN, 45, (ANN,), "key")
        fake_of(rig).says_conflict = conflict
        other = rig.again(teams.SECRET, USUAL)
        assert await other.schedule(TOPIC, WHEN, 45, (ANN,), "key") == first
        assert [b.guests for b in rig.fake.booked] == [[], [ANN.email]]
        await other.close()


async def test_nobody_is_asked_before_the_link_is_there() -> None:
    async with teams_rig(Clock()) as rig:
        rig.fake.pending = 50
        with pytest.raises(Busy):
            await rig.provider.schedule(TOPIC, WHEN, 45, (ANN,), "key")
        assert rig.fake.live()[0].guests == []


async def test_who_is_asked_already_is_asked_once_and_the_host_not_at_all() -> None:
    async with teams_rig(Clock()) as rig:
        host = Guest("Meetings", email=teams.HOST.upper())
        await rig.provider.schedule(TOPIC, WHEN, 45, (ANN, host), "key")
        await rig.provider.schedule(TOPIC, WHEN, 45, (ANN, MO, Guest("no address")), "key")
        assert rig.fake.booked[0].guests == [ANN.email, MO.email]
        await rig.provider.schedule(TOPIC, WHEN, 45, (ANN, MO), "key")
        changes = [a for a in rig.fake.asked if a.method == "PATCH"]
        assert len(changes) == 2


async def test_a_long_link_stays_whole() -> None:
    async with teams_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert link.join_url.endswith(link.ref)
        assert len(link.join_url) > 300


async def test_the_doctor_is_told_of_a_calendar_without_teams() -> None:
    async with teams_rig(Clock()) as rig:
        fake_of(rig).allowed = []
        with pytest.raises(NotAllowed):
            await rig.provider.seen()


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (403, "ErrorAccessDenied", NotAllowed),
        (404, "ErrorInvalidUser", NotAllowed),
        (404, "MailboxNotEnabledForRESTAPI", NotAllowed),
        (429, "ApplicationThrottled", Busy),
        (400, "ErrorInvalidIdMalformed", NotFound),
    ],
)
async def test_a_code_says_what_the_status_does_not(
    status: int, code: str, error: type[OutsideError]
) -> None:
    async with teams_rig(Clock()) as rig:
        body = {"error": {"code": code, "message": "x"}}

        def instead(asked: Asked) -> Answer | None:
            return None if rig.fake.is_spared(asked) else Answer(body, status, {"Retry-After": "9"})

        rig.fake.instead = instead
        with pytest.raises(error) as raised:
            await rig.provider.move("AAkA1", LATER, 30)
        assert code in raised.value.detail
        if isinstance(raised.value, Busy):
            assert raised.value.retry_after == timedelta(seconds=9)
