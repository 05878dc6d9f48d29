"""Google Meet's own ways: a proof that is signed, a wish that needs its version, an id that is taken for ever."""

from dataclasses import replace

import aiohttp
import pytest

from bot.engine.meetings import Guest
from bot.engine.outside import Busy, NotAllowed, NotFound, OutsideError, SignInRefused
from bot.meetings.google import GoogleMeet, account
from tests.meetings.fakes import google
from tests.meetings.rigs import ANN, LATER, MO, TOPIC, WHEN, Rig, google_config, google_rig
from tests.sources.fakes.vendor import Answer, Asked, Clock


def fake_of(rig: Rig) -> google.Google:
    assert isinstance(rig.fake, google.Google)
    return rig.fake


@pytest.mark.parametrize("place", ["hangoutLink", "entryPoints"])
async def test_the_link_may_stand_in_one_place_or_another(place: str) -> None:
    async with google_rig(Clock()) as rig:
        fake_of(rig).links_in = place
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert link.join_url.startswith("https://meet.google.com/")


async def test_an_entry_without_meet_is_taken_away_and_nobody_was_asked() -> None:
    async with google_rig(Clock()) as rig:
        fake_of(rig).makes_links = False
        with pytest.raises(NotAllowed):
            await rig.provider.schedule(TOPIC, WHEN, 45, (ANN,), "key")
        [entry] = rig.fake.booked
        assert (entry.gone, entry.guests) == (True, [])


async def test_an_entry_that_is_moved_is_never_taken_away_by_itself() -> None:
    async with google_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        fake_of(rig).makes_links = False
        with pytest.raises(NotAllowed):
            await rig.provider.move(link.ref, LATER, 30)
        assert len(rig.fake.live()) == 1


async def test_a_key_of_an_entry_that_was_taken_away_is_not_found() -> None:
    async with google_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        await rig.provider.cancel(link.ref)
        with pytest.raises(NotFound):
            await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        assert len(rig.fake.booked) == 1


async def test_nobody_is_asked_before_the_link_is_there() -> None:
    async with google_rig(Clock()) as rig:
        rig.fake.pending = 50
        with pytest.raises(Busy):
            await rig.provider.schedule(TOPIC, WHEN, 45, (ANN,), "key")
        assert rig.fake.live()[0].guests == []


async def test_who_is_asked_already_stays_asked_and_the_host_need_not_be() -> None:
    async with google_rig(Clock()) as rig:
        host = Guest("Meetings", email=google.HOST.upper())
        await rig.provider.schedule(TOPIC, WHEN, 45, (ANN, host), "key")
        for _ in range(2):
            await rig.provider.schedule(TOPIC, WHEN, 45, (ANN, MO), "key")
        assert rig.fake.booked[0].guests == [ANN.email, MO.email]
        assert [a.method for a in rig.fake.asked].count("PATCH") == 2


async def test_the_entry_is_written_in_the_zone_of_the_meeting() -> None:
    async with google_rig(Clock()) as rig:
        await rig.provider.schedule(TOPIC, WHEN, 45, (), "key")
        made = next(a for a in rig.fake.asked if a.path.endswith("/events"))
        assert made.body["start"] == {
            "dateTime": "2026-05-12T08:30:00+00:00",
            "timeZone": "Europe/London",
        }


async def test_a_proof_of_another_account_or_for_another_host_is_turned_away() -> None:
    async with google_rig(Clock()) as rig:
        good = google_config(rig.fake.base)
        for config in (
            replace(good, host="boss@tram.example"),
            replace(good, account=replace(good.account, email="other@x.example")),
            replace(good, account=replace(good.account, private_key=google.pem(1))),
        ):
            provider = GoogleMeet(config, rig.clock.now)
            with pytest.raises(SignInRefused):
                await provider.seen()
            await provider.close()


async def test_without_its_version_the_wish_for_meet_is_ignored_in_silence() -> None:
    async with google_rig(Clock()) as rig:
        await rig.provider.seen()
        [key] = rig.fake.alive
        time = {"dateTime": "2026-05-12T08:30:00Z", "timeZone": "UTC"}
        end = {**time, "dateTime": "2026-05-12T09:30:00Z"}
        wish = {"requestId": "r", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        body = {"id": "abcde", "summary": "x", "start": time, "end": end}
        url = f"{rig.fake.base}/calendar/v3/calendars/primary/events?sendUpdates=none"
        async with (
            aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"}) as session,
            session.post(url, json={**body, "conferenceData": {"createRequest": wish}}) as answer,
        ):
            made = await answer.json()
        assert made["status"] == "confirmed"
        assert "conferenceData" not in made


@pytest.mark.parametrize(
    ("status", "reason", "error"),
    [
        (403, "rateLimitExceeded", Busy),
        (403, "quotaExceeded", Busy),
        (403, "forbidden", NotAllowed),
        (429, "rateLimitExceeded", Busy),
        (404, "notFound", NotFound),
        (410, "deleted", NotFound),
    ],
)
async def test_a_reason_says_what_the_status_does_not(
    status: int, reason: str, error: type[OutsideError]
) -> None:
    async with google_rig(Clock()) as rig:
        body = {"error": {"code": status, "errors": [{"reason": reason}]}}

        def instead(asked: Asked) -> Answer | None:
            return None if rig.fake.is_spared(asked) else Answer(body, status)

        rig.fake.instead = instead
        with pytest.raises(error):
            await rig.provider.move("abcde", LATER, 30)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"client_email": "a", "private_key": "b"}'])
def test_a_file_that_is_no_key_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        account(data)
    assert account(google.key_file()).email == google.ROBOT
