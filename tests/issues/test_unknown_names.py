"""An unknown person or language is refused in words; every answer wears the same headers."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot import wiring
from bot.core.commands import Command
from bot.core.desk import Person, receive
from bot.core.events import Stamp
from bot.core.words import EventId, PersonId, TenantId
from bot.platforms.playground.guard import HEADERS
from bot.settings import Settings
from tests.platforms.playground.ground import Ground

MAYA = Person(PersonId("maya"), TenantId("t"), language="zh")
STAMP = Stamp(EventId("e1"), datetime(2026, 11, 23, tzinfo=UTC), MAYA.id)


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    found = Ground()
    async with found.browser:
        yield found


@pytest.mark.parametrize(
    ("path", "body"),
    [("/api/say", {"text": "/delay"}), ("/api/language", {"language": "zh"})],
)
async def test_nobody_acts_in_anothers_name(
    ground: Ground, path: str, body: Mapping[str, object]
) -> None:
    answer = await ground.post(path, {"id": ground.fresh(), "person": "nobody", **body})
    assert answer.status_code == 400
    assert (await ground.state("maya"))["messages"] == []


@pytest.mark.parametrize("wish", ["fr", "deutsch", ""])
def test_an_unknown_language_changes_nothing_and_is_said(wish: str) -> None:
    desk = receive(MAYA, Command("language", wish), [], STAMP)
    assert desk.person == MAYA
    assert desk.reply is not None
    assert "I do not know" in desk.reply.text.en


@pytest.mark.parametrize(
    ("wish", "language"),
    [("English", "en"), ("en", "en"), ("zh", "zh"), ("中文", "zh"), ("switch", "en")],
)
def test_a_known_one_is_set(wish: str, language: str) -> None:
    assert receive(MAYA, Command("language", wish), [], STAMP).person.language == language


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/nowhere"])
async def test_every_answer_wears_the_headers(tmp_path: Path, path: str) -> None:
    app = wiring.served(Settings(data=tmp_path)).app
    browser = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost")
    async with app.router.lifespan_context(app), browser:
        answer = await browser.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
