"""`candor serve` as it is installed: one process, the long connection, a card, a clean end."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.platforms.lark.bot import until
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.lark import FakeLark


@pytest.mark.slow
async def test_it_serves_and_stops(fake: FakeLark, tmp_path: Path) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    app = fake.tenant.app
    known = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    environment = {
        **known,
        "CANDOR_DATA": str(tmp_path),
        "CANDOR_BIND": "127.0.0.1:0",
        "CANDOR_LARK_APP_ID": app.id,
        "CANDOR_LARK_APP_SECRET": app.secret,
        "CANDOR_LARK_BASE_URL": fake.url,
    }
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=environment, stdout=pipe, stderr=pipe
    )
    try:
        await until(lambda: bool(fake.connections.open), 60)
        assert await fake.choose_long_connection()
        push = await fake.do(fake.hands.say(maya, "/delay 风电场"))
        assert push.answered
        await until(lambda: bool(fake.sent(maya)), 60)
    finally:
        process.terminate()
        out, errors = await process.communicate()
    said = (out + errors).decode()
    assert "第1步" in "\n".join(screen.texts(fake.sent(maya)[0].card, "zh_cn"))
    assert "Open it and go on" not in said  # no playground beside it
    assert app.secret not in said
    assert not fake.connections.open
