"""Setting up an app that is installed by its link: settings, manifest, keys, the doctor."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.engine.keeping.vault import Vault, new_key
from bot.engine.safe import Unreadable
from bot.platforms.slack import doctor, manifest
from bot.platforms.slack.link import Link
from bot.platforms.slack.platform import Credentials
from bot.settings import Settings, SettingsRefused
from tests.platforms.slack.fake.faults import Cut
from tests.platforms.slack.fake.slack import FakeSlack

WHOLE: dict[str, Any] = {
    "slack_client_id": "100.200",
    "slack_client_secret": "the client secret",
    "slack_signing_secret": "the signing secret",
    "public_url": "https://candor.example",
    "keys": new_key(),
}


def test_with_all_that_it_needs_the_link_is_served() -> None:
    settings = Settings(**WHOLE)
    settings.refuse_half_a_slack()
    assert settings.has_slack
    assert not settings.has_playground


@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        ({"slack_client_secret": None}, "CANDOR_SLACK_CLIENT_SECRET"),
        ({"public_url": ""}, "CANDOR_PUBLIC_URL"),
        ({"keys": " , "}, "CANDOR_KEYS"),
        ({"slack_mode": "socket", "slack_app_token": "xapp-1"}, "CANDOR_SLACK_MODE=http"),
        ({"slack_bot_token": "xoxb-1"}, "both set"),
        ({"slack_signing_secret": None}, "CANDOR_SLACK_SIGNING_SECRET"),
    ],
)
def test_half_a_link_is_refused_with_what_is_missing(lacks: dict[str, Any], named: str) -> None:
    settings = Settings(**WHOLE | lacks)
    with pytest.raises(SettingsRefused) as refused:
        settings.refuse_half_a_slack()
    assert named in str(refused.value)
    assert "the client secret" not in str(refused.value)


def test_the_manifest_for_many_names_where_people_come_back_to_and_lets_enterprises_in() -> None:
    many = manifest.read(manifest.written("https://pm.example/", "http", many=True))
    assert many["oauth_config"]["redirect_urls"] == ["https://pm.example/slack/oauth_redirect"]
    assert many["settings"]["org_deploy_enabled"] is True
    one = manifest.read(manifest.written("https://pm.example/", "http"))
    assert "redirect_urls" not in one["oauth_config"]
    assert manifest.scopes(many) == manifest.scopes(one)


def test_setup_for_many_says_what_to_set_and_which_address_to_open(tmp_path: Path) -> None:
    file = tmp_path / "manifest.yaml"
    asked = ["setup", "slack", "--many", "--url", "https://pm.example", "--file", str(file)]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 0
    for named in ("CANDOR_SLACK_CLIENT_ID", "CANDOR_KEYS", "https://pm.example/slack/install"):
        assert named in said.stdout
    assert "redirect_urls" in file.read_text(encoding="utf-8")


def test_a_new_key_seals_and_opens() -> None:
    said = CliRunner().invoke(app, ["rotate-keys", "--new"])
    assert said.exit_code == 0
    Vault([said.stdout.strip()])


def test_keys_that_are_none_are_refused_in_one_sentence(tmp_path: Path) -> None:
    secret = "not a key"
    said = CliRunner().invoke(
        app, ["rotate-keys"], env={"CANDOR_KEYS": secret, "CANDOR_DATA": str(tmp_path)}
    )
    assert said.exit_code == 2
    assert "CANDOR_KEYS" in said.output
    assert secret not in said.output


def test_what_is_sealed_with_one_key_is_nothing_to_another(moment: Any) -> None:
    mine, other = Vault([new_key()]), Vault([new_key()])
    sealed = mine.seal("xoxb-1", moment)
    assert "xoxb" not in sealed
    assert mine.open_(sealed) == "xoxb-1"
    for broken in (sealed[:-2], "", "é", sealed.swapcase()):
        with pytest.raises(Unreadable):
            mine.open_(broken)
    with pytest.raises(Unreadable):
        other.again(sealed)


@pytest.fixture
def moment(slack: FakeSlack) -> Any:
    return slack.clock()


async def problems(slack: FakeSlack, **other: str) -> tuple[str, ...]:
    known = {"client_id": slack.realm.client_id, "client_secret": slack.realm.client_secret}
    link = Link(
        **known | other, vault=Vault([new_key()]), scopes=frozenset(), address="https://pm.example"
    )
    credentials = Credentials(
        "", slack.signing_secret, base_url=slack.base_url.removesuffix("/api/"), link=link
    )
    found = await doctor.findings(credentials, slack.clock())
    assert link.client_secret not in str(found)
    return found


async def test_the_doctor_asks_slack_whether_the_apps_own_secrets_are_right(
    slack: FakeSlack,
) -> None:
    assert await problems(slack) == ()
    (unknown,) = await problems(slack, client_id="1.2")
    assert "CANDOR_SLACK_CLIENT_ID" in unknown
    (wrong,) = await problems(slack, client_secret="wrong")
    assert "CANDOR_SLACK_CLIENT_SECRET" in wrong
    slack.faults.plan("oauth.v2.access", Cut(after=False))
    (away,) = await problems(slack)
    assert "cannot be reached" in away


def test_with_a_token_of_the_operators_nothing_that_seals_is_loaded() -> None:
    code = (
        "import sys, bot.assembly.chats as c; from bot.settings import Settings; "
        "c.slack(Settings(slack_bot_token='xoxb-1', slack_signing_secret='x')); "
        "print('cryptography' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
