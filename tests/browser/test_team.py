"""The project's channel on the page: the team is asked below the first message, and answers there."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from bot.core.desk import Person
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.ports import Filed, Ping, Place
from bot.store.sql import SqlStore
from tests.browser.chat import Chat, Visitors
from tests.browser.served import Setting, served
from tests.core.followed import Followed

TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=UTC)  # the day of the first milestone's check
HERE, CHECK = TenantId("playground"), Key("milestone_check/1")
MAYA = Person(
    PersonId("maya"), HERE, "en", "Europe/London", "GB", greeted=True,
    platform="playground", conversation="dm:maya",
)  # fmt: skip


async def _fill(file: Path) -> None:
    told, store = Followed().tell(), SqlStore(file)
    case = replace(told.case, id=CaseId("one"), tenant=HERE, owner=MAYA.id)
    async with store.turn(HERE) as turn:
        await turn.keep_playbook(told.playbook)
        await turn.save(Filed(case, Place("playground", "dm:maya")), was=None)
        await turn.set_ping(Ping(HERE, case.id, name_of(CHECK), case.reminders[CHECK].due))
    await store.close()


@pytest.fixture
def told(tmp_path: Path, browser: Browser) -> Iterator[Visitors]:
    """The page with a case of Maya's that was told, on the day of its first check."""
    with served(tmp_path, Setting(begins_at=TUESDAY, known=(MAYA,))) as running:
        # While Playwright is at work, no other loop may run in this thread.
        filling = Thread(target=lambda: asyncio.run(_fill(tmp_path / "candor.db")))
        filling.start()
        filling.join()
        with Visitors(browser, running.url) as visitors:
            yield visitors


def in_the_channel(told: Visitors, person: str) -> Chat:
    chat = told(person)
    chat.page.get_by_role("button", name="#proj-apollo").click()
    return chat


def test_a_colleague_answers_below_the_first_message(told: Visitors) -> None:
    maya = in_the_channel(told, "maya")
    maya.say("/delay channel")
    thread = maya.page.locator("article.reply")
    expect(thread.get_by_role("button")).to_have_text(
        ["On track", "At risk", "Done", "Update", "Snooze"]
    )
    order = maya.page.locator("article:not(.only-you)")
    expect(order.nth(0)).to_contain_text("Follow-ups: Hall 4")
    expect(order.nth(1)).to_have_class("message reply")

    omar = in_the_channel(told, "omar")
    omar.page.locator("article.reply").get_by_role("button", name="Update").click()
    box = omar.page.locator("article.reply").locator("textarea, input[type=text]")
    box.fill("The rods came.")
    omar.page.locator("article.reply").get_by_role("button", name="Save").click()
    expect(thread).to_contain_text("Omar Haddad, Tue 9 Jun 2026:")
    expect(thread).to_contain_text("The rods came.")
