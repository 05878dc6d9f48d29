"""Two people, or two pages, at the same moment: both are heard, and one message leaves."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.core.approving.organisation import Away
from bot.core.case import Case
from bot.platforms.playground.people import ORGANISATION
from tests.approval.scene import AT, heavy, plain
from tests.platforms.playground.page import Page

TODAY = AT.date()


async def ready(case: Case, *, away: bool = False) -> Page:
    """A message of Maya's that is made ready to send; Omar may be away today."""
    days = (Away(TODAY, TODAY + timedelta(days=7)),)
    people = [replace(m, away=days) if away and m.id == "omar" else m for m in ORGANISATION.people]
    page = Page(case, replace(ORGANISATION, people=tuple(people)))
    await page.begin()
    return page


async def test_two_approvers_decide_at_the_very_same_moment_and_both_count() -> None:
    page = await ready(heavy(goodwill="longer_warranty"))
    await page.press("approval_ask")
    asked = [(who, await page.action("approve", by=who)) for who in ("omar", "linjing")]
    await asyncio.gather(*(page.post(action, by=who) for who, action in asked))
    case = await page.case()
    assert case.outgoing is not None
    assert {a.by.id for a in case.outgoing.approvals if a.by} == {"omar", "linjing"}
    assert (case.phase, case.outgoing.state) == ("ready", "ready")


async def test_send_pressed_on_two_devices_at_once_leaves_once() -> None:
    page = await ready(plain())
    send = await page.action("send")
    await asyncio.gather(page.post(send), page.post(send))
    await page.later(seconds=61)
    await page.later(hours=5)
    inbox = [m for m in await page.shown("grace", "inbox") if m["by"] == "candor"]
    assert len(inbox) == 1
    assert len((await page.case()).deliveries) == 1


async def test_an_approver_who_is_away_is_passed_over_for_the_next() -> None:
    page = await ready(heavy(), away=True)
    await page.press("approval_ask")
    assert await page.shown("omar") == []
    await page.press("approve", by="linjing")
    assert (await page.case()).phase == "ready"


async def test_an_internal_card_never_goes_where_a_customer_reads() -> None:
    here = replace(ORGANISATION.customers[-1], conversation="playground:dm:omar")
    mistaken = replace(ORGANISATION, customers=(here,))
    page = Page(heavy(), mistaken)
    await page.begin()
    await page.press("approval_ask")
    assert await page.shown("omar") == []
    assert (await page.case()).phase == "awaiting_approval"
