"""The customer's page in a real browser: on a phone, by keyboard, without scripts, in both languages."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.core.words import CaseId
from bot.engine.links import Links, Ticket
from bot.engine.ports import Filed
from bot.platforms.playground.guard import Dress
from bot.web.feedback import routes
from tests.browser.served import running
from tests.browser.test_axe import faults
from tests.engine.room import HERE, Room
from tests.engine.test_reminding import TUESDAY, follow


@pytest.fixture
def served(free_tcp_port: int) -> Iterator[str]:
    """A case that was told, with one link made for it."""
    address = f"http://127.0.0.1:{free_tcp_port}"
    room = Room()
    room.clock.at = TUESDAY
    made = Links(address, b"k" * 32)
    room.house = replace(room.house, links=made)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        filed = await room.store.case(HERE, await follow(room, "c1"))
        assert filed is not None
        case = replace(filed.case, links=1, revision=filed.case.revision + 1)
        async with room.store.turn(HERE) as turn:
            await turn.save(Filed(case, filed.place), was=filed.case.revision)
        yield

    ticket = Ticket(HERE, CaseId("c1"), 1, TUESDAY.replace(month=7))
    routed = list(routes(room.house, lambda _: None))
    app = Starlette(routes=routed, lifespan=life, middleware=[Middleware(Dress)])
    with running(app, free_tcp_port):
        yield made.made(ticket)


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=getattr(request, "param", "light")
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", ["light", "dark"], indirect=True)
def test_the_page_has_no_fault_and_fits_a_phone(page: Page, served: str) -> None:
    for language in ("en", "zh"):
        page.goto(f"{served}?lang={language}")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("大体够").first.check()
    page.get_by_label("一般").last.check()
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("status")).to_contain_text("谢谢，已经收到。")
    assert faults(page) == []
    expect(page.get_by_label("大体够").first).to_be_checked()


def test_two_choices_and_a_line_are_sent_by_keyboard_alone(page: Page, served: str) -> None:
    page.goto(served)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Tell us on Mondays, please.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thank you, it has arrived.")
    expect(page.get_by_role("textbox")).to_have_value("Tell us on Mondays, please.")


def test_nothing_is_sent_without_both_answers_and_nothing_runs(page: Page, served: str) -> None:
    page.goto(served)
    page.get_by_role("textbox").fill("</textarea><script>document.title='run'</script>")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_have_count(0)
    page.get_by_label("Fully").first.check()
    page.get_by_label("Hardly").last.check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page).to_have_title("Two questions")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.get_by_role("textbox")).to_have_value(
        "</textarea><script>document.title='run'</script>"
    )
