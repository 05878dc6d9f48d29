"""Further apps are kept by a command: sealed, replaced, named, taken out; the doctor looks at each."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import wiring
from bot.assembly.trackers import trackers
from bot.cli import app
from bot.core.words import TenantId
from bot.engine.keeping.vault import new_key
from bot.operating.console import configured
from bot.settings import Settings
from tests.platforms.lark.fake.lark import FakeLark

SECRETS = {
    "CANDOR_LARK_APP_SECRET": "s3cret-abroad",
    "CANDOR_LARK_ENCRYPT_KEY": "key-abroad",
    "CANDOR_LARK_VERIFICATION_TOKEN": "token-abroad",
}
OWN = {"CANDOR_LARK_APP_ID": "cli_abroad", **SECRETS, "CANDOR_LARK_MODE": "http"}


class Desk:
    """An operator's shell, whose settings name the first app."""

    def __init__(self, folder: Path, lark: str = "http://127.0.0.1:9") -> None:
        self.folder = folder
        self.environment = {
            "CANDOR_DATA": str(folder),
            "CANDOR_KEYS": new_key(),
            "CANDOR_LARK_APP_ID": "cli_first",
            "CANDOR_LARK_APP_SECRET": "of the first",
            "CANDOR_LARK_BASE_URL": lark,
            "CANDOR_LARK_OPERATOR": "ou_of_the_first",
        }

    def run(self, *arguments: str) -> Result:
        """A command's end."""
        return CliRunner().invoke(app, ["setup", "lark", *arguments], env=self.environment)

    def add(self, lines: dict[str, str]) -> Result:
        """Keep the app of these lines."""
        file = self.folder / "abroad.env"
        written = "\n".join(f"{name}={value}" for name, value in lines.items())
        file.write_text(f"# the app abroad\n\n{written}\n", encoding="utf-8")
        found = self.run("--add", str(file))
        file.unlink()
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_app_is_kept_sealed_replaced_named_and_taken_out(desk: Desk) -> None:
    added = desk.add({**OWN, "CANDOR_LARK_BASE_URL": "'https://open.larksuite.com'"})
    assert added.exit_code == 0
    assert "cli_abroad.KEY" in added.output
    again = desk.add({**OWN, "CANDOR_LARK_APP_SECRET": "rotated-abroad"})
    assert again.exit_code == 0
    kept = b"".join(f.read_bytes() for f in desk.folder.iterdir() if f.is_file())
    for secret in (*SECRETS.values(), "rotated-abroad"):
        assert secret.encode() not in kept
        assert secret not in added.output + again.output
    assert desk.run("--list").output == "cli_abroad  http  https://open.feishu.cn\n"
    assert desk.run("--remove", "cli_abroad").exit_code == 0
    assert desk.run("--list").output == ""
    assert "cli_abroad is not kept" in desk.run("--remove", "cli_abroad").output


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({**OWN, "CANDOR_LARK_APP_ID": "cli_first"}, "is the app of CANDOR_LARK_APP_ID"),
        ({**OWN, "CANDOR_LARK_APP_ID": ""}, "names no CANDOR_LARK_APP_ID"),
        ({**OWN, "CANDOR_LARK_APP_ID": "cli_a.b"}, "CANDOR_LARK_APP_ID"),
        ({**OWN, "CANDOR_LARK_APP_SECRET": " "}, "CANDOR_LARK_APP_SECRET is missing"),
        ({"CANDOR_LARK_APP_ID": "cli_x"}, "CANDOR_LARK_APP_SECRET is missing"),
        ({**OWN, "CANDOR_LARK_MODE": "pigeon"}, "CANDOR_LARK_MODE"),
        ({**OWN, "CANDOR_LARK_BASE_URL": "http://open.feishu.cn"}, "CANDOR_LARK_BASE_URL"),
        ({**OWN, "CANDOR_LARK_FILES": "true"}, "abroad.env:8: an app has no such setting"),
    ],
)
def test_an_app_that_cannot_be_kept_is_refused_in_one_sentence(
    desk: Desk, lines: dict[str, str], said: str
) -> None:
    refused = desk.add(lines)
    assert refused.exit_code == 2
    assert said in refused.output
    assert desk.run("--list").output == ""
    assert not any(secret in refused.output for secret in SECRETS.values())


def test_an_app_needs_a_key_to_be_sealed_with_and_a_first_one_beside_it(desk: Desk) -> None:
    keys = desk.environment.pop("CANDOR_KEYS")
    assert "candor rotate-keys --new" in desk.add(OWN).output
    desk.environment |= {"CANDOR_KEYS": keys, "CANDOR_LARK_APP_ID": ""}
    assert "only further ones are" in desk.add(OWN).output


def test_the_doctor_looks_at_each_app_and_names_the_one_that_is_off(
    fake: FakeLark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, known = Desk(tmp_path, fake.url), fake.tenant.app
    own = {
        "CANDOR_LARK_APP_ID": known.id,
        "CANDOR_LARK_APP_SECRET": "old",
        "CANDOR_LARK_BASE_URL": fake.url,
    }
    assert desk.add(own).exit_code == 0
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    found = wiring.doctor(configured(), "")
    said = [s for s in found if s.startswith(f"{known.id}, kept by candor setup lark --add: ")]
    assert len(said) == 1
    assert "refuses the app secret" in said[0]
    assert any(not s.startswith(known.id) for s in found)  # the first app's own slip


def test_trackers_are_shown_to_a_further_app_only_where_its_tenant_is_named(tmp_path: Path) -> None:
    given = {"lark_app_id": "cli_first", "lark_app_secret": "s", "tracker_folder": tmp_path}
    ours, theirs = TenantId("2ed263"), TenantId("cli_abroad.2ed263")
    found = trackers(Settings.model_validate(given), wiring.now)
    assert (bool(found.of(ours)), bool(found.of(theirs))) == (True, False)
    found = trackers(Settings.model_validate({**given, "tracker_tenants": theirs}), wiring.now)
    assert (bool(found.of(ours)), bool(found.of(theirs))) == (False, True)
