"""The look back in the page's project channel: a colleague answers in the form, the thread counts."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from bot.core.pings.reminder import name_of
from bot.core.words import CaseId
from bot.engine.ports import Filed, Ping, Place
from bot.store.sql import SqlStore
from tests.browser.chat import Visitors
from tests.browser.served import Setting, served
from tests.browser.test_team import HERE, MAYA, in_the_channel
from tests.core.test_look_back import unbound


async def _fill(file: Path) -> None:
    told, store = unbound(), SqlStore(file)
    case = replace(told.case, id=CaseId("one"), tenant=HERE, owner=MAYA.id)
    reminder = told.reminder("retrospective/0")
    async with store.turn(HERE) as turn:
        await turn.keep_playbook(told.playbook)
        await turn.save(Filed(case, Place("playground", "dm:maya")), was=None)
        await turn.set_ping(Ping(HERE, case.id, name_of(reminder.key), reminder.due))
    await store.close()


@pytest.fixture
def delivered(tmp_path: Path, browser: Browser) -> Iterator[Visitors]:
    """The page with a case of Maya's that was delivered, when it is to be looked back on."""
    begins_at = unbound().reminder("retrospective/0").due
    with served(tmp_path, Setting(begins_at=begins_at, known=(MAYA,))) as running:
        # While Playwright is at work, no other loop may run in this thread.
        filling = Thread(target=lambda: asyncio.run(_fill(tmp_path / "candor.db")))
        filling.start()
        filling.join()
        with Visitors(browser, running.url) as visitors:
            yield visitors


def test_a_colleague_answers_in_the_form_and_the_thread_counts(delivered: Visitors) -> None:
    maya = in_the_channel(delivered, "maya")
    maya.say("/delay channel")
    expect(maya.page.locator("article.reply")).to_contain_text("Look back at Hall 4")

    omar = in_the_channel(delivered, "omar")
    form = omar.page.locator("article.reply form")
    box = form.get_by_label("What helped")
    expect(box).to_have_attribute("maxlength", "1000")
    box.fill("Ringing them first.")
    form.get_by_role("button", name="Add my answer").click()
    expect(omar.page.locator("article.reply").nth(1)).to_contain_text("One person has answered.")
    expect(box).to_have_value("")

    expect(maya.page.locator("article.reply").nth(1)).to_contain_text("One person has answered.")
    expect(maya.page.locator("main")).not_to_contain_text("Ringing them first.")
    maya.page.get_by_role("button", name="Candor").first.click()
    maya.page.get_by_role("button", name="Look back", exact=True).click()
    expect(maya.page.locator("main")).to_contain_text("Ringing them first.")
    expect(maya.page.locator("main")).to_contain_text("Omar Haddad")
