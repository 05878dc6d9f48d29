"""The look back in a project's channel in Slack: each of the team writes in a window of their own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.case import Case
from bot.core.following.voices import LookBack
from bot.core.words import CaseId, PersonId
from bot.engine.ports import Place
from bot.engine.tick import tick
from tests.core.followed import Followed
from tests.core.test_look_back import ANONYMOUS, unbound
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.fake.workspace import Message
from tests.platforms.slack.served import MAYA, TEAM, Served, has, serving
from tests.platforms.told import keep

OMAR, ROOM = "UOMAR", "C0TEAM"
HELPED, CHANGE = "What helped", "What to do differently"


async def _served(told: Followed, tmp_path: Path) -> AsyncIterator[Served]:
    """Maya's delivered case, in its channel, at the moment at which it is to be looked back on."""
    real = Clock()
    start, reminder = real(), told.reminder("retrospective/0")
    at = datetime.combine(reminder.due.date(), reminder.due.time(), UTC)
    fake = FakeSlack(Clock(lambda: at + (real() - start)))
    maya = PersonId(MAYA)
    async with running(fake), serving(fake, tmp_path) as served:
        place, store = Place("slack", MAYA), served.house.store
        await keep(store, told, maya, place, tenant=TEAM, due=reminder.key)
        await served.slack.people.command(MAYA, "/delay", "channel", channel=ROOM)
        await served.settle()
        await tick(served.house)
        await served.settle()
        yield served
        assert fake.violations == []


@pytest.fixture
async def candor(tmp_path: Path) -> AsyncIterator[Served]:
    """With names, as the playbook that ships says."""
    async for served in _served(unbound(), tmp_path):
        yield served


@pytest.fixture
async def nameless(tmp_path: Path) -> AsyncIterator[Served]:
    """Without names."""
    async for served in _served(unbound(ANONYMOUS), tmp_path):
        yield served


async def stored(candor: Served) -> Case:
    filed = await candor.house.store.case(TEAM, CaseId("c1"))
    assert filed is not None
    return filed.case


def asking(candor: Served) -> Message:
    return next(m for m in candor.slack.messages(ROOM) if has(m, "Add my answer"))


async def answer(candor: Served, user: str, **words: str) -> None:
    await candor.slack.people.press(user, asking(candor), "Add my answer")
    values = {HELPED: words.get("helped", ""), CHANGE: words.get("change", "")}
    await candor.slack.people.submit(user, {k: v for k, v in values.items() if v})
    await candor.settle()


async def back(candor: Served) -> LookBack:
    found = (await stored(candor)).look_back
    assert found is not None
    return found


async def test_the_agenda_stands_in_the_thread_with_one_button(candor: Served) -> None:
    first, asked = candor.slack.messages(ROOM)
    assert asked.thread_ts == first.ts
    assert asked.ts == asking(candor).ts
    assert "Customer told" in str(asked.blocks)
    assert "from the first sign" not in str(asked.blocks)


async def test_each_writes_in_a_window_and_the_thread_says_how_many(candor: Served) -> None:
    before = asking(candor).blocks
    await answer(candor, OMAR, helped="Ringing <!channel> first.")
    await answer(candor, MAYA, change="Test first.")
    await answer(candor, OMAR, change="Test sooner.")
    _, asked, count = candor.slack.messages(ROOM)
    assert asked.blocks == before
    assert "2 people have answered." in str(count.blocks)
    assert "Ringing" not in str(count.blocks)
    found = (await back(candor)).in_order
    assert [v.name for v in found] == ["omar", "maya"]
    assert found[0].words == {
        "voice_helped": "Ringing <!channel> first.",
        "voice_change": "Test sooner.",
    }


async def test_the_owner_reads_them_in_the_look_back(candor: Served) -> None:
    await answer(candor, OMAR, helped="Ringing first.")
    await candor.slack.people.press(MAYA, candor.live(), "Look back")
    await candor.settle()
    (card,) = [m for m in candor.told() if "Ringing first." in str(m.blocks)]
    assert "omar" in str(card.blocks)
    await answer(candor, OMAR, helped="Ringing sooner.")
    (card,) = [m for m in candor.told() if "Ringing sooner." in str(m.blocks)]
    assert "Ringing first." not in str(card.blocks)


async def test_the_window_says_that_no_name_is_kept_and_none_is(nameless: Served) -> None:
    await nameless.slack.people.press(OMAR, asking(nameless), "Add my answer")
    window = str(nameless.slack.people.view_of(OMAR).content)
    assert "Kept without your name." in window
    assert "'max_length': 1000" in window
    await nameless.slack.people.submit(OMAR, {HELPED: "Ringing first."})
    await nameless.settle()
    entries = await nameless.house.store.entries(TEAM, CaseId("c1"))
    kept = f"{await back(nameless)} {[e for e in entries if 'Ringing' in e.body]}"
    assert "Ringing first." in kept
    assert "omar" not in kept.lower()
