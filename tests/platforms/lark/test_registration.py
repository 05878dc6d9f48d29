"""An app by a scan: as lark-oapi asks for it, and kept where nobody else reads it."""

import json
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.platforms.lark import console, registration
from tests.platforms.lark.fake.lark import FakeLark

SDK = """
import json, sys, types
from importlib.util import find_spec
for name in ("lark_oapi", "lark_oapi.scene"):  # what their packages import is not wanted here
    module = types.ModuleType(name)
    module.__path__ = list(find_spec(name).submodule_search_locations)
    sys.modules[name] = module
from lark_oapi.scene import registration
uri, addons = json.load(sys.stdin)
flow = registration._RegistrationFlow(
    None, None, "candor", "", "", app_preset={"name": "Candor"}, addons=addons
)
print(flow._build_qr_url(uri))
"""
URI = "https://accounts.feishu.cn/page/launcher?ticket=t1"


def setup(fake: FakeLark, folder: Path, **more: str) -> Result:
    """The command, as somebody runs it; whoever scans has agreed beforehand."""
    command = ["setup", "lark", "--scan", "--env", str(folder / "lark.env")]
    narrow = {"CANDOR_LARK_BASE_URL": fake.url, "COLUMNS": "60"}
    return CliRunner().invoke(app, command, env={**narrow, **more})


def link(result: Result) -> str:
    return next(line for line in result.output.splitlines() if line.startswith("https://"))


def test_an_app_is_made_by_a_scan_with_all_that_it_needs(fake: FakeLark, tmp_path: Path) -> None:
    maya = fake.tenant.person("Maya")
    fake.registration.scanner = maya
    fake.registration.answers = ["authorization_pending"] * 3
    result = setup(fake, tmp_path)
    assert result.exit_code == 0
    assert fake.tenant.app.secret not in result.output
    file = tmp_path / "lark.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().splitlines() == [
        f"CANDOR_LARK_APP_ID={fake.tenant.app.id}",
        f"CANDOR_LARK_APP_SECRET={fake.tenant.app.secret}",
        f"CANDOR_LARK_BASE_URL={fake.url}",
        f"CANDOR_LARK_OPERATOR={maya.open_id}",
    ]
    shown = fake.registration.scan(maya, link(result))
    assert set(shown["scopes"]["tenant"]) == set(console.SCOPES)
    assert set(shown["events"]["items"]["tenant"]) == set(console.EVENTS)
    assert set(shown["callbacks"]["items"]) == set(console.CALLBACKS)
    assert (tmp_path / "lark.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("error", "said"),
    [("access_denied", "turned down"), ("expired_token", "in time"), ("odd", "Try again")],
)
def test_a_scan_that_comes_to_nothing_leaves_no_file(
    fake: FakeLark, tmp_path: Path, error: str, said: str
) -> None:
    fake.registration.answers = [error]
    result = setup(fake, tmp_path)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "lark.env").exists()


def test_a_file_that_is_there_is_never_written_over(fake: FakeLark, tmp_path: Path) -> None:
    (tmp_path / "lark.env").write_text("mine")
    result = setup(fake, tmp_path)
    assert (result.exit_code, "is there already" in result.output) == (2, True)
    assert (tmp_path / "lark.env").read_text() == "mine"


def test_a_platform_that_offers_no_scan_or_cannot_be_reached_says_so(
    fake: FakeLark, tmp_path: Path
) -> None:
    fake.registration.methods = []
    assert "create it on the page" in setup(fake, tmp_path).output
    away = setup(fake, tmp_path, CANDOR_LARK_BASE_URL="http://127.0.0.1:9")
    assert "127.0.0.1:9 cannot be reached from here" in away.output


async def test_whoever_scans_with_lark_gets_the_app_there(fake: FakeLark) -> None:
    lark = FakeLark()
    lark.start()
    try:
        maya = lark.tenant.person("Maya")
        fake.registration.at_lark = True
        fake.registration.scanner = lark.registration.scanner = maya
        links: list[str] = []
        made = await registration.register(fake.url, links.append, lark=lark.url)
    finally:
        lark.stop()
    assert len(links) == 1
    assert (made.base_url, made.operator) == (lark.url, maya.open_id)
    assert made.secret not in repr(made)


def test_the_code_is_drawn_where_it_fits() -> None:
    drawn = registration.drawn(URI, 80)
    assert drawn.count("\n") > 10
    assert registration.drawn(URI, 20) == ""


def test_the_page_is_asked_for_as_the_sdk_asks(fake: FakeLark, tmp_path: Path) -> None:
    maya = fake.tenant.person("Maya")
    fake.registration.scanner = maya
    ours = link(setup(fake, tmp_path, CANDOR_LARK_DOCUMENTS="true"))
    shown = {k: v for k, v in fake.registration.scan(maya, ours).items() if k != "name"}
    found = subprocess.run(  # the SDK is heavy, so it is loaded elsewhere
        [sys.executable, "-c", SDK],
        input=json.dumps([ours.partition("&")[0], shown]),
        capture_output=True,
        text=True,
        check=True,
    )
    assert parse_qs(urlsplit(found.stdout.strip()).query) == parse_qs(urlsplit(ours).query)
    assert "docx:document:create" in shown["scopes"]["tenant"]
