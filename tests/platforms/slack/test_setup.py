"""Installing in Slack: the manifest that ships is enough and no more, and the doctor names slips."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.platforms.slack import doctor, manifest
from bot.platforms.slack.platform import Credentials
from tests.platforms.slack.fake.faults import Cut
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import serving

SHIPPED = manifest.read(manifest.shipped())


def credentials(slack: FakeSlack, **other: str) -> Credentials:
    known = {
        "bot_token": slack.bot_token,
        "signing_secret": slack.signing_secret,
        "app_token": slack.app_token,
        "base_url": slack.base_url.removesuffix("/api/"),
        **other,
    }
    return Credentials(**known)  # type: ignore[arg-type]


async def problems(slack: FakeSlack, **more: str) -> tuple[str, ...]:
    address = more.pop("address", "")
    found = await doctor.findings(
        credentials(slack, **more),
        slack.clock(),
        address=address,
        config_token=slack.config_token,
    )
    assert not any(secret in str(found) for secret in (slack.bot_token, slack.signing_secret))
    return found


def test_the_manifest_keeps_to_slacks_limits_and_gives_each_scope_its_reason() -> None:
    shown, features = SHIPPED["display_information"], SHIPPED["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert all(len(s["name"]) <= 24 and len(s["description"]) <= 150 for s in features["shortcuts"])
    lines = manifest.shipped().splitlines()
    for scope in manifest.scopes(SHIPPED):
        assert any(f'"{scope}" # ' in line for line in lines), scope


def test_the_manifest_for_a_host_names_it_and_in_socket_mode_names_none() -> None:
    http = manifest.read(manifest.written("https://pm.example/", "http"))
    assert manifest.request_urls(http) == {"https://pm.example/slack/events"}
    socket = manifest.read(manifest.written("https://pm.example", "socket"))
    assert manifest.request_urls(socket) == frozenset()
    assert socket["settings"]["socket_mode_enabled"] is True


def test_setup_writes_the_manifest_and_prints_a_link_that_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "manifest.yaml"
    asked = ["setup", "slack", "--url", "https://pm.example", "--file", str(file)]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 0
    link = next(line for line in said.stdout.splitlines() if line.startswith("https://"))
    carried = manifest.read(unquote(link.removeprefix(manifest.CREATE)))
    assert carried == manifest.read(file.read_text(encoding="utf-8"))


async def test_the_doctor_finds_nothing_where_all_is_well(slack: FakeSlack, tmp_path: Path) -> None:
    async with serving(slack, tmp_path) as candor:
        text = manifest.written(candor.address, "http")
        slack.follow(manifest.read(text))
        assert await problems(slack, address=candor.address) == ()
    slack.follow(manifest.read(manifest.written("", "socket")))
    assert await problems(slack, mode="socket") == ()


async def test_the_doctor_names_what_is_missing_and_where_to_add_it(slack: FakeSlack) -> None:
    lacking = manifest.read(manifest.shipped())
    lacking["oauth_config"]["scopes"]["bot"].remove("im:history")
    lacking["oauth_config"]["scopes"]["bot"].remove("channels:history")
    lacking["settings"]["event_subscriptions"]["bot_events"].remove("message.im")
    lacking["features"]["app_home"]["home_tab_enabled"] = False
    slack.follow(lacking)
    scope, drift = await problems(slack)
    assert "channels:history, im:history" in scope
    assert "OAuth & Permissions" in scope
    assert "the event message.im, the Home tab" in drift
    assert "App Manifest" in drift


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"bot_token": "xoxp-1"}, "xoxb-"),
        ({"bot_token": "xoxb-nobody"}, "Slack does not know this token"),
        ({"mode": "socket", "app_token": "xoxb-1"}, "xapp-"),
        ({"base_url": "http://127.0.0.1:9"}, "cannot be reached from here"),
        ({"address": "http://127.0.0.1:9"}, "open the way to it"),
    ],
)
async def test_the_doctor_says_one_remedy_for_each_slip(
    slack: FakeSlack, other: dict[str, str], said: str
) -> None:
    slack.follow(SHIPPED)
    found = await problems(slack, **other)
    assert any(said in problem for problem in found), found
    slack.forgive()


async def test_the_doctor_tells_another_secret_and_another_program_apart(
    slack: FakeSlack, tmp_path: Path
) -> None:
    slack.follow(SHIPPED)
    async with serving(slack, tmp_path) as candor:
        (other, *_) = await problems(slack, address=candor.address, signing_secret="another")
        assert "CANDOR_SLACK_SIGNING_SECRET" in other
        nobody = slack.base_url.removesuffix("/api/")
        (wrong, *_) = await problems(slack, address=nobody)
        assert "point the address at candor serve" in wrong


async def test_an_unreachable_slack_is_said_once(slack: FakeSlack) -> None:
    slack.faults.plan("auth.test", Cut())
    assert len(await problems(slack)) == 1


def test_secrets_never_show_in_a_settings_value() -> None:
    shown = repr(Credentials("xoxb-secret", "signing", "xapp-secret"))
    assert "secret" not in shown
    assert "signing" not in shown
