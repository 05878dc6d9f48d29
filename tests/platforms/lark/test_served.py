"""`candor serve` as it is installed: one process, long connections of two apps, a card, a clean end."""

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.engine.keeping.vault import new_key
from tests.platforms.lark.bot import until
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person


@pytest.fixture
def abroad() -> Iterator[FakeLark]:
    """The Lark of a further app."""
    with FakeLark() as lark:
        lark.tenant.app.id, lark.tenant.app.secret = "cli_abroad", "the secret abroad"
        yield lark


async def writes(fake: FakeLark, person: Person, words: str) -> None:
    """Somebody writes, once the long connection stands, and gets a card."""
    await until(lambda: bool(fake.connections.open), 60)
    assert await fake.choose_long_connection()
    push = await fake.do(fake.hands.say(person, words))
    assert push.answered
    await until(lambda: bool(fake.sent(person)), 60)


def keep(fake: FakeLark, folder: Path, environment: dict[str, str]) -> None:
    """A further app is kept, as an operator does it."""
    app, file = fake.tenant.app, folder / "abroad.env"
    lines = {"APP_ID": app.id, "APP_SECRET": app.secret, "BASE_URL": fake.url}
    file.write_text("\n".join(f"CANDOR_LARK_{k}={v}" for k, v in lines.items()))
    command = ["setup", "lark", "--add", str(file)]
    assert CliRunner().invoke(cli.app, command, env=environment).exit_code == 0


@pytest.mark.slow
async def test_it_serves_and_stops(fake: FakeLark, abroad: FakeLark, tmp_path: Path) -> None:
    maya, lena = fake.tenant.person("Maya", "zh_cn"), abroad.tenant.person("Lena")
    app = fake.tenant.app
    known = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    environment = {
        **known,
        "CANDOR_DATA": str(tmp_path),
        "CANDOR_BIND": "127.0.0.1:0",
        "CANDOR_LARK_APP_ID": app.id,
        "CANDOR_LARK_APP_SECRET": app.secret,
        "CANDOR_LARK_BASE_URL": fake.url,
        "CANDOR_KEYS": new_key(),
    }
    await asyncio.to_thread(keep, abroad, tmp_path, environment)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=environment, stdout=pipe, stderr=pipe
    )
    try:
        await writes(fake, maya, "/delay 风电场")
        await writes(abroad, lena, "/delay Borealis")
    finally:
        process.terminate()
        out, errors = await process.communicate()
    said = (out + errors).decode()
    assert "第1步" in "\n".join(screen.texts(fake.sent(maya)[0].card, "zh_cn"))
    assert "Open it and go on" not in said  # no playground beside it
    assert "Step 1" in "\n".join(screen.texts(abroad.sent(lena)[0].card, "en_us"))
    assert app.secret not in said
    assert abroad.tenant.app.secret not in said
    assert fake.connections.open + abroad.connections.open == []
