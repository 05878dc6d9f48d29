"""Installing in Lark: the page names every step, and the doctor every slip."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.core.mirroring.mirrored import Wants
from bot.engine.inbound import Profile
from bot.platforms.lark import console, doctor
from bot.platforms.lark.config import Config
from tests.platforms.lark.bot import KEY, TOKEN, Bot, Mode
from tests.platforms.lark.fake.envelopes import MENU, PRESSED
from tests.platforms.lark.fake.lark import FakeLark

PAGE = (Path(__file__).parents[3] / "deploy" / "lark-setup.md").read_text(encoding="utf-8")
WINTER = Profile("en", "UTC", "none")


def config(fake: FakeLark, *, secret: str = "", mode: Mode = "http", key: str = KEY) -> Config:
    known = fake.tenant.app
    return Config(known.id, secret or known.secret, key, TOKEN, mode, fake.url, WINTER)


async def problems(fake: FakeLark, of: Config, address: str = "") -> str:
    found = await doctor.findings(of, fake.clock(), address=address)
    said = "\n".join(found)
    assert not any(secret in said for secret in (of.secret, KEY, TOKEN))
    return said


def test_the_page_names_every_scope_event_and_menu_in_both_languages() -> None:
    more = (console.DOCUMENT_SCOPES, console.FILE_SCOPES)
    copies = (console.TASK_SCOPES, console.REGISTER_SCOPES)
    scopes = (console.SCOPES, *more, console.MEETING_SCOPES, console.RESERVE_SCOPES, *copies)
    for part in (*scopes, console.EVENTS, console.CALLBACKS, console.MENU):
        for name, why in part.items():
            line = next(x for x in PAGE.splitlines() if f"`{name}`" in x)
            assert why.en in line
            assert why.zh in line


async def test_all_is_well_over_http(fake: FakeLark) -> None:
    async with Bot(fake) as bot:
        assert await problems(fake, config(fake), bot.url) == ""


async def test_documents_need_scopes_of_their_own(fake: FakeLark) -> None:
    fake.tenant.app.scopes.discard("docx:document:create")
    async with Bot(fake, mode="socket"):
        assert await problems(fake, config(fake, mode="socket")) == ""
        wanting = replace(config(fake, mode="socket"), documents=True)
        assert "lacks docx:document:create" in await problems(fake, wanting)


async def test_tasks_entries_and_the_register_need_scopes_of_their_own(fake: FakeLark) -> None:
    async with Bot(fake, mode="socket"):
        wants = Wants(tasks=True, entries=True, register="bascnPMO/tblCases")
        said = await problems(fake, replace(config(fake, mode="socket"), tenants=wants))
    for scope in (*console.TASK_SCOPES, *console.MEETING_SCOPES, *console.REGISTER_SCOPES):
        assert scope in said


async def test_all_is_well_over_the_long_connection(fake: FakeLark) -> None:
    async with Bot(fake, mode="socket"):
        assert await problems(fake, config(fake, mode="socket")) == ""


async def test_each_slip_is_named_with_its_remedy(fake: FakeLark) -> None:
    async with Bot(fake) as bot:
        assert "CANDOR_LARK_APP_SECRET" in await problems(fake, config(fake, secret="old one"))
        fake.tenant.app.scopes.discard("im:user_agent:read")
        assert "lacks im:user_agent:read" in await problems(fake, config(fake), bot.url)
        fake.pushes.unsubscribed |= {PRESSED, MENU}
        said = await problems(fake, config(fake), bot.url)
        assert "200340" in said
        assert "application.bot.menu_v6" in said
        assert "other secrets" in await problems(fake, config(fake, key="wrong"), bot.url)
        assert "persistent connection" in await problems(fake, config(fake, mode="socket"))
        assert "request address" in await problems(fake, config(fake), "http://127.0.0.1:9")
        assert "cannot be reached" in await problems(fake, config(fake), "http://127.0.0.1:9")
        fake.tenant.app.has_bot = False
        assert "bot is switched off" in await problems(fake, config(fake), bot.url)
    away = replace(config(fake), base_url="http://127.0.0.1:9")
    assert "cannot be reached from here" in await problems(fake, away)


def test_the_scopes_are_written_as_the_console_imports_them(tmp_path: Path) -> None:
    file = tmp_path / "scopes.json"
    result = CliRunner().invoke(app, ["setup", "lark", "--file", str(file)])
    assert result.exit_code == 0
    assert set(json.loads(file.read_text())["scopes"]["tenant"]) == set(console.SCOPES)
    assert "https://open.feishu.cn/app" in result.output
    more = {"CANDOR_LARK_DOCUMENTS": "true", "CANDOR_LARK_FILES": "true"}
    assert CliRunner().invoke(app, ["setup", "lark", "--file", str(file)], env=more).exit_code == 0
    granted = set(json.loads(file.read_text())["scopes"]["tenant"])
    assert granted == {*console.SCOPES, *console.DOCUMENT_SCOPES, *console.FILE_SCOPES}
    more = {"CANDOR_LARK_MEETINGS": "true", "CANDOR_LARK_RESERVES": "true"}
    assert CliRunner().invoke(app, ["setup", "lark", "--file", str(file)], env=more).exit_code == 0
    granted = set(json.loads(file.read_text())["scopes"]["tenant"])
    assert granted == {*console.SCOPES, *console.MEETING_SCOPES, *console.RESERVE_SCOPES}


def run(code: str, **environment: str) -> str:
    """What a fresh process prints."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    found = subprocess.run(
        [sys.executable, "-c", code], env={**known, **environment}, capture_output=True, text=True
    )
    return found.stdout + found.stderr


LOADED = """
import sys
from bot import wiring
from bot.settings import Settings
wiring.served(Settings())
print("sdk", "lark_oapi" in sys.modules, "lark", "bot.platforms.lark.platform" in sys.modules)
"""


def test_without_lark_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    assert "sdk False lark False" in run(LOADED, CANDOR_DATA=str(tmp_path))


def test_with_lark_its_sdk_is_not_loaded_either(tmp_path: Path) -> None:
    said = run(
        LOADED,
        CANDOR_DATA=str(tmp_path),
        CANDOR_LARK_APP_ID="cli_1",
        CANDOR_LARK_APP_SECRET="a secret",
    )
    assert "sdk False lark True" in said


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"CANDOR_LARK_APP_ID": "cli_1"}, "CANDOR_LARK_APP_SECRET is missing"),
        (
            {
                "CANDOR_LARK_APP_ID": "cli_1",
                "CANDOR_LARK_APP_SECRET": "shh",
                "CANDOR_LARK_MODE": "http",
            },
            "CANDOR_LARK_ENCRYPT_KEY",
        ),
        ({"CANDOR_LARK_BASE_URL": "http://open.feishu.cn"}, "CANDOR_LARK_BASE_URL"),
        ({"CANDOR_LARK_MODE": "carrier pigeon"}, "CANDOR_LARK_MODE"),
    ],
)
def test_half_a_configuration_is_refused_in_one_sentence(
    environment: dict[str, str], said: str, tmp_path: Path
) -> None:
    code = "from bot.cli import app; app(['serve'])"
    found = run(code, CANDOR_DATA=str(tmp_path), CANDOR_BIND="127.0.0.1:0", **environment)
    assert said in found
    assert "Traceback" not in found
    assert "shh" not in found
