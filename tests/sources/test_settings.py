"""Trackers from the settings: nothing loads unasked, half of one is refused, the doctor says what it sees."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.assembly.trackers import looked_at, trackers
from bot.core.words import TenantId
from bot.settings import Settings, SettingsRefused
from tests.sources.fakes import pingcode, worktile
from tests.sources.fakes.vendor import Clock, Vendor
from tests.sources.rigs import PLAN

HERE = TenantId("here")
LOOK = (
    "import sys, bot.wiring, bot.assembly.trackers;"
    "print([m for m in sys.modules if m.startswith(('bot.sources', 'bot.outside', 'bot.meetings.'))])"
)


@pytest.fixture
def now() -> Callable[[], datetime]:
    return Clock().now


def test_nothing_of_a_tracker_is_loaded_where_none_is_configured() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True
    ).stdout
    assert "bot.outside" not in loaded
    assert "bot.meetings." not in loaded
    for name in ("pingcode", "worktile", "jira", "github", "linear", "feishu", "files"):
        assert f"bot.sources.{name}'" not in loaded


def test_without_a_tracker_there_is_none(now: Callable[[], datetime]) -> None:
    assert trackers(Settings(), now).origins(HERE) == ()


async def test_those_that_are_named_are_there(tmp_path: Path, now: Callable[[], datetime]) -> None:
    settings = Settings(
        tracker_folder=tmp_path,
        pingcode_client_id="a",
        pingcode_client_secret=SecretStr("b"),
        worktile_client_id="c",
        worktile_client_secret=SecretStr("d"),
        jira_token=SecretStr("e"),
        jira_base_url="https://site.atlassian.net",
        github_token=SecretStr("f"),
        github_repositories="trams/depot",
        linear_key=SecretStr("g"),
        feishu_project_plugin_id="MII_1",
        feishu_project_plugin_secret=SecretStr("h"),
        feishu_project_user="7246",
        feishu_project_spaces="63f1=Tram depot",
    )
    found = trackers(settings, now)
    names = [o.name for o in found.origins(HERE)]
    assert names == ["files", "pingcode", "worktile", "jira", "github", "linear", "feishu"]
    await found.close()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(pingcode_client_id="a"), "CANDOR_PINGCODE_CLIENT_SECRET"),
        (Settings(worktile_client_id="a", worktile_client_secret=SecretStr(" ")), "WORKTILE"),
        (
            Settings(
                pingcode_client_id="a",
                pingcode_client_secret=SecretStr("b"),
                pingcode_base_url="https://10.0.0.7/open",
            ),
            "CANDOR_PRIVATE_TRACKERS",
        ),
        (
            Settings(
                worktile_client_id="a",
                worktile_client_secret=SecretStr("b"),
                worktile_base_url="https://api.worktile.com/v1",
            ),
            "open-api",
        ),
        (Settings(jira_token=SecretStr("a")), "CANDOR_JIRA_BASE_URL"),
        (Settings(github_token=SecretStr("a")), "CANDOR_GITHUB_REPOSITORIES"),
        (Settings(linear_key=SecretStr(" ")), "CANDOR_LINEAR_KEY"),
        (Settings(feishu_project_plugin_id="a"), "CANDOR_FEISHU_PROJECT_SPACES"),
        (
            Settings(feishu_project_plugin_id="a", feishu_project_spaces="63f1"),
            "CANDOR_FEISHU_PROJECT_USER",
        ),
        (Settings(tracker_folder=Path("x"), slack_client_id="1.2"), "CANDOR_TRACKER_TENANTS"),
    ],
)
def test_half_of_one_and_a_bad_address_are_refused_with_a_remedy(
    settings: Settings, said: str, now: Callable[[], datetime]
) -> None:
    with pytest.raises(SettingsRefused, match=said):
        trackers(settings, now)


def test_a_tracker_is_shown_to_the_tenants_that_were_named(
    tmp_path: Path, now: Callable[[], datetime]
) -> None:
    found = trackers(Settings(tracker_folder=tmp_path, tracker_tenants="T1, here"), now)
    assert len(found.origins(HERE)) == 1
    assert found.origins(TenantId("T2")) == ()


async def _started(fake: Vendor) -> Vendor:
    await fake.start()
    return fake


async def test_the_doctor_says_in_one_sentence_what_each_tracker_shows(tmp_path: Path) -> None:
    (tmp_path / "Tram depot.csv").write_text(PLAN, "utf-8")
    clock = Clock()
    one, two = await _started(pingcode.PingCode(clock)), await _started(worktile.Worktile(clock))
    settings = Settings(
        tracker_folder=tmp_path,
        pingcode_base_url=one.base,
        pingcode_client_id=pingcode.CLIENT,
        pingcode_client_secret=SecretStr(pingcode.SECRET),
        worktile_base_url=f"{two.base}/open-api",
        worktile_client_id=worktile.CLIENT,
        worktile_client_secret=SecretStr(worktile.SECRET),
    )
    seen, problems = await looked_at(settings, clock.now)
    assert problems == ()
    assert seen == (
        "The folder of plans shows 1 project; read Tram depot: 5 of 10 items done, 2 late.",
        "PingCode shows 2 projects; read Tram depot: 5 of 10 items done, 2 late.",
        "Worktile shows 1 project; read Tram depot: 5 of 10 items done, 2 late.",
    )
    await one.stop()
    await two.stop()


async def test_the_doctor_names_the_problem_and_the_remedy_and_no_secret() -> None:
    fake = await _started(pingcode.PingCode(Clock()))
    settings = Settings(
        pingcode_base_url=fake.base,
        pingcode_client_id=pingcode.CLIENT,
        pingcode_client_secret=SecretStr("hidden"),
    )
    seen, problems = await looked_at(settings, fake.clock.now)
    assert seen == ()
    assert problems == (
        "PingCode could not be read: it does not take the key that was set up (HTTP 400, code "
        "100024); copy CANDOR_PINGCODE_CLIENT_ID and CANDOR_PINGCODE_CLIENT_SECRET again.",
    )
    await fake.stop()


def test_the_command_says_what_it_sees_and_logs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = "name,due,done,total\nFrame,2039-01-04,5,10\n"
    (tmp_path / "Tram depot.csv").write_text(plan, "utf-8")
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CANDOR_TRACKER_FOLDER", str(tmp_path))
    monkeypatch.setenv("CANDOR_LINEAR_KEY", "a key")
    monkeypatch.setenv("CANDOR_LINEAR_BASE_URL", "https://localhost")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == (
        "The folder of plans shows 1 project; read Tram depot: 5 of 10 items done, 0 late.\n"
    )
    assert "Linear could not be read: it does not answer" in done.stderr
    assert "system asked" not in done.stdout + done.stderr
