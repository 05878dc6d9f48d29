"""Meeting systems from the settings: nothing loads unasked, half of one is refused, the doctor says what it sees."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime

import pytest
from pydantic import SecretStr

from bot.chats import lark as lark_platform
from bot.meeting_systems import looked_at, systems
from bot.settings import Settings
from tests.meetings.fakes import lark
from tests.sources.fakes.vendor import Clock

LOOK = (
    "import sys, bot.wiring;"
    "print([m for m in sys.modules if m.startswith(('bot.meetings.', 'bot.platforms.lark'))])"
)


@pytest.fixture
def now() -> Callable[[], datetime]:
    return Clock().now


def test_nothing_of_a_meeting_system_is_loaded_where_none_is_configured() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True
    ).stdout
    assert loaded.strip() == "[]"


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


def test_those_of_lark_come_with_its_platform(now: Callable[[], datetime]) -> None:
    settings = of_lark("https://open.feishu.cn")
    assert list(systems(settings, now, [lark_platform(settings, now), object()])) == [
        "lark_event",
        "lark_reserve",
    ]


async def test_the_doctor_says_in_one_sentence_what_each_may_do() -> None:
    fake = lark.Lark(Clock())
    await fake.start()
    seen, problems = await looked_at(of_lark(fake.base), fake.clock.now)
    assert problems == ()
    assert seen == (
        "Lark calendar can open the bot's calendar (Candor).",
        "Lark video meeting may reserve video meetings.",
    )
    assert fake.booked == []
    await fake.stop()


async def test_the_doctor_names_the_problem_and_the_remedy_and_no_secret() -> None:
    fake = lark.Lark(Clock())
    await fake.start()
    seen, problems = await looked_at(of_lark(fake.base, "hidden"), fake.clock.now)
    assert seen == ()
    assert problems[0] == (
        "Lark calendar cannot be used: it does not take the key that was set up "
        "(HTTP 200, code 10014); copy CANDOR_LARK_APP_ID and CANDOR_LARK_APP_SECRET again."
    )
    await fake.stop()
