"""Dead letters in an operator's hands: listed, shown, mended and sent again, on a real database."""

import json
from pathlib import Path

import pytest

from bot.operating import deadletters
from bot.settings import Settings, SettingsRefused
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.contracts.rows import AT, HERE, case, die, filed, letter


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """An installation on this machine with a dead letter in it."""
    migrate(tmp_path / "candor.db", at=AT)
    store = SqlStore(tmp_path / "candor.db")
    async with store.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
    await die(store, letter("o1", "live:1", "Hello Anna"))
    await store.close()
    return Settings(data=tmp_path)


async def test_an_operator_lists_shows_mends_and_sends_again(settings: Settings) -> None:
    (line,) = await deadletters.listed(settings)
    assert line.startswith("o1  2026-11-23 09:30  case c1  slack D1  live:1  BadContent")
    shown = await deadletters.shown(settings, "o1")
    assert json.loads(shown)["card"]["text"]["en"] == "Hello Anna"
    await deadletters.mended(settings, "o1", shown.replace("Hello Anna", "Good day"))
    assert await deadletters.sent_again(settings, ["all"]) == (1, ())
    assert await deadletters.listed(settings) == ()
    with pytest.raises(SettingsRefused, match="no dead letter o1"):
        await deadletters.shown(settings, "o1")


@pytest.mark.parametrize("written", ["no JSON", '{"card": {"text": 7}}', "[]"])
async def test_a_file_that_holds_no_card_changes_nothing(settings: Settings, written: str) -> None:
    with pytest.raises(SettingsRefused, match="The file"):
        await deadletters.mended(settings, "o1", written)
    assert "Hello Anna" in await deadletters.shown(settings, "o1")


async def test_a_message_to_a_customer_is_left_to_its_owner(
    settings: Settings, tmp_path: Path
) -> None:
    store = SqlStore(tmp_path / "candor.db")
    await die(store, letter("o2", "customer:1", "Dear customer"))
    await store.close()
    with pytest.raises(SettingsRefused, match="agreed to"):
        await deadletters.mended(settings, "o2", await deadletters.shown(settings, "o2"))
    count, refused = await deadletters.sent_again(settings, ["o2"])
    assert count == 0
    assert "its owner decides" in refused[0]
