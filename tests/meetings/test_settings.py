"""Meeting systems from the settings: half of one is refused, the doctor says what it sees."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.assembly.chats import lark as lark_platform
from bot.assembly.meeting_systems import looked_at, meetings, systems
from bot.core.approving.organisation import Organisation
from bot.core.words import TenantId
from bot.settings import Settings, SettingsRefused
from tests.meetings.fakes import google, lark, teams, tencent, zoom
from tests.meetings.fakes.booking import Booked
from tests.meetings.rigs import LATER
from tests.sources.fakes.vendor import Clock

HOME = TenantId("T1")


def used(name: str) -> str:
    """What the doctor says of the one that meetings are booked in."""
    return f"Meetings are booked in {name}; CANDOR_MEETINGS can name another."


@pytest.fixture
def now() -> Callable[[], datetime]:
    return Clock().now


async def test_without_a_meeting_system_there_is_none(now: Callable[[], datetime]) -> None:
    assert systems(Settings(), now) == {}
    assert await looked_at(Settings(), now) == ((), ())


def of_lark(base: str, secret: str = lark.SECRET) -> Settings:
    return Settings(
        lark_app_id=lark.APP,
        lark_app_secret=SecretStr(secret),
        lark_base_url=base,
        lark_meetings=True,
        lark_reserves=True,
        lark_meeting_owner=lark.OWNER,
    )


def of_tencent(base: str, host: str = tencent.HOST) -> Settings:
    return Settings(
        tencent_secret_id=tencent.SECRET_ID,
        tencent_secret_key=SecretStr(tencent.SECRET),
        tencent_app_id=tencent.APP,
        tencent_sdk_id=tencent.SDK,
        tencent_host=host,
        tencent_base_url=base,
    )


def of_zoom(base: str, sign_in: str, secret: str = zoom.SECRET) -> Settings:
    return Settings(
        zoom_account_id=zoom.ACCOUNT,
        zoom_client_id=zoom.CLIENT,
        zoom_client_secret=SecretStr(secret),
        zoom_host=zoom.HOST,
        zoom_base_url=base,
        zoom_sign_in_url=sign_in,
    )


def of_teams(base: str, host: str = teams.HOST) -> Settings:
    return Settings(
        teams_tenant=teams.TENANT,
        teams_client_id=teams.CLIENT,
        teams_client_secret=SecretStr(teams.SECRET),
        teams_host=host,
        teams_base_url=f"{base}/v1.0",
        teams_sign_in_url=base,
    )


def of_google(base: str, file: Path, host: str = google.HOST) -> Settings:
    return Settings(
        google_service_account=file,
        google_host=host,
        google_base_url=f"{base}/calendar/v3",
        google_sign_in_url=base,
    )


@pytest.mark.parametrize(
    ("data", "host", "said"),
    [
        (b"{}", google.HOST, "CANDOR_GOOGLE_SERVICE_ACCOUNT"),
        (None, google.HOST, "CANDOR_GOOGLE_SERVICE_ACCOUNT"),
        (google.key_file(), " ", "CANDOR_GOOGLE_HOST"),
    ],
)
async def test_a_bad_key_file_and_a_missing_host_are_refused_with_a_remedy(
    tmp_path: Path, data: bytes | None, host: str, said: str, now: Callable[[], datetime]
) -> None:
    file = tmp_path / "key.json"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(SettingsRefused, match=said):
        systems(of_google("https://www.googleapis.com", file, host), now)


async def test_the_doctor_opens_the_calendar_of_the_host_and_says_what_lacks(
    tmp_path: Path,
) -> None:
    file = tmp_path / "key.json"
    file.write_bytes(google.key_file())
    fake = google.Google(Clock())
    await fake.start()
    seen, problems = await looked_at(of_google(fake.base, file), fake.clock.now)
    assert problems == ()
    assert seen == ("Google Meet can open the calendar of meetings@tram.example.", used("google"))
    settings = of_google(fake.base, file, "boss@tram.example")
    _, problems = await looked_at(settings, fake.clock.now)
    assert problems[0].endswith(
        "(HTTP 400, code invalid_grant); delegate the domain to the service account, and look at "
        "CANDOR_GOOGLE_HOST."
    )
    await fake.stop()


def test_those_of_lark_come_with_its_platform(now: Callable[[], datetime]) -> None:
    settings = of_lark("https://open.feishu.cn")
    assert list(systems(settings, now, [lark_platform(settings, now), object()])) == [
        "lark_event",
        "lark_reserve",
    ]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(tencent_secret_id="a"), "CANDOR_TENCENT_APP_ID"),
        (Settings(tencent_secret_id="a", tencent_app_id="b"), "CANDOR_TENCENT_SECRET_KEY"),
        (of_tencent("https://api.meeting.qq.com", host=" "), "CANDOR_TENCENT_HOST"),
        (of_tencent("https://10.0.0.7"), "private network"),
        (Settings(zoom_account_id="a"), "CANDOR_ZOOM_CLIENT_ID"),
        (Settings(zoom_account_id="a", zoom_client_id="b"), "CANDOR_ZOOM_CLIENT_SECRET"),
        (of_zoom("https://api.zoom.us/v2", "http://zoom.us"), "https"),
        (Settings(teams_tenant="a"), "CANDOR_TEAMS_CLIENT_ID"),
        (Settings(teams_tenant="a", teams_client_id="b"), "CANDOR_TEAMS_CLIENT_SECRET"),
        (of_teams("https://graph.microsoft.com", ""), "CANDOR_TEAMS_HOST"),
    ],
)
async def test_half_of_one_and_a_bad_address_are_refused_with_a_remedy(
    settings: Settings, said: str, now: Callable[[], datetime]
) -> None:
    with pytest.raises(SettingsRefused, match=said):
        systems(settings, now)
    seen, problems = await looked_at(settings, now)
    assert seen == ()
    assert said in problems[0]


async def test_those_that_are_named_are_there(now: Callable[[], datetime]) -> None:
    settings = of_tencent("https://api.meeting.qq.com")
    found = systems(settings, now)
    assert list(found) == ["tencent"]
    for provider in found.values():
        await provider.close()


async def test_the_doctor_sees_what_is_to_come_and_books_nothing() -> None:
    fake = tencent.Tencent(Clock())
    await fake.start()
    fake.booked.append(Booked("71", "Another", LATER, 30))
    seen, problems = await looked_at(of_tencent(fake.base), fake.clock.now)
    assert problems == ()
    assert seen == (
        "Tencent Meeting can see the meetings of host@tram: 1 to come.",
        used("tencent"),
    )
    await fake.stop()


async def test_the_doctor_says_in_one_sentence_what_each_may_do() -> None:
    fake = lark.Lark(Clock())
    await fake.start()
    seen, problems = await looked_at(of_lark(fake.base), fake.clock.now)
    assert problems == ()
    assert seen == (
        "Lark calendar can open the bot's calendar (Candor).",
        "Lark video meeting may reserve video meetings.",
        used("lark_event"),
    )
    assert fake.booked == []
    await fake.stop()


async def test_the_doctor_asks_for_the_rights_that_are_missing() -> None:
    fake = teams.Teams(Clock())
    await fake.start()
    seen, problems = await looked_at(of_teams(fake.base), fake.clock.now)
    assert problems == ()
    assert seen == (
        "Microsoft Teams can open the calendar of meetings@tram.example.",
        used("teams"),
    )
    fake.allowed = []
    _, problems = await looked_at(of_teams(fake.base), fake.clock.now)
    assert problems == (
        "Microsoft Teams cannot be used: it does not allow this to the key that was set up (the "
        "calendar of meetings@tram.example takes no meetings in Teams); give it the rights that "
        "docs/howto/meetings.md names.",
    )
    await fake.stop()


async def test_the_doctor_says_of_each_key_which_one_to_copy_again() -> None:
    fake = zoom.Zoom(Clock())
    await fake.start()
    seen, problems = await looked_at(of_zoom(f"{fake.base}/v2", fake.base, "x"), fake.clock.now)
    assert (seen, len(problems)) == ((used("zoom"),), 1)
    assert problems[0].endswith(
        "(HTTP 400, code invalid_client); copy CANDOR_ZOOM_ACCOUNT_ID, CANDOR_ZOOM_CLIENT_ID and "
        "CANDOR_ZOOM_CLIENT_SECRET again."
    )
    await fake.stop()


async def test_the_doctor_says_which_one_is_used() -> None:
    fake = lark.Lark(Clock())
    await fake.start()
    settings = of_lark(fake.base).model_copy(update={"meetings": "lark_event"})
    seen, _ = await looked_at(settings, fake.clock.now)
    assert seen[-1] == "Meetings are booked in lark_event, as CANDOR_MEETINGS says."
    other = settings.model_copy(update={"meetings": "zoom"})
    _, problems = await looked_at(other, fake.clock.now)
    assert problems[0].startswith("CANDOR_MEETINGS=zoom names a meeting system")
    await fake.stop()


async def test_the_doctor_names_the_problem_and_the_remedy_and_no_secret() -> None:
    fake = lark.Lark(Clock())
    await fake.start()
    seen, problems = await looked_at(of_lark(fake.base, "hidden"), fake.clock.now)
    assert seen == (used("lark_event"),)
    assert problems[0] == (
        "Lark calendar cannot be used: it does not take the key that was set up "
        "(HTTP 200, code 10014); copy CANDOR_LARK_APP_ID and CANDOR_LARK_APP_SECRET again."
    )
    await fake.stop()


async def test_the_one_that_is_named_must_be_configured(now: Callable[[], datetime]) -> None:
    settings = Settings(meetings="zoom")
    said = "CANDOR_MEETINGS=zoom names a meeting system that is not configured"
    with pytest.raises(SettingsRefused, match=said):
        meetings(settings, now)
    seen, problems = await looked_at(settings, now)
    assert seen == ()
    assert problems[0].startswith(said)


async def test_the_first_that_is_configured_is_used(now: Callable[[], datetime]) -> None:
    settings = of_tencent("https://api.meeting.qq.com")
    everybody = Organisation()
    found = meetings(settings, now)
    assert found.name(HOME, everybody, "slack") == "tencent"
    assert found.name(HOME, Organisation(meetings="ics"), "slack") == "ics"
    await found.close()
    assert meetings(Settings(), now).name(HOME, everybody, "slack") == "ics"


async def test_with_an_app_installed_by_a_link_only_named_tenants_book(
    now: Callable[[], datetime],
) -> None:
    settings = of_tencent("https://api.meeting.qq.com").model_copy(
        update={"slack_client_id": "1.2"}
    )
    found = meetings(settings, now)
    assert found.name(HOME, Organisation(), "slack") == "ics"
    assert found.name(HOME, Organisation(meetings="tencent"), "slack") == "tencent"
    await found.close()


async def test_behind_a_further_app_only_a_named_tenant_books_and_never_by_the_first_app(
    now: Callable[[], datetime],
) -> None:
    first, further = TenantId("2ed263"), TenantId("cli_abroad.2ed263")
    found = meetings(of_tencent("https://api.meeting.qq.com"), now)
    assert found.name(first, Organisation(), "lark") == "tencent"
    assert found.name(further, Organisation(), "lark") == "ics"
    assert found.name(further, Organisation(meetings="tencent"), "lark") == "tencent"
    assert found.name(first, Organisation(meetings="lark_event"), "lark") == "lark_event"
    assert found.name(further, Organisation(meetings="lark_event"), "lark") == "ics"
    assert found.name(further, Organisation(meetings="lark_reserve"), "lark") == "ics"
    await found.close()
