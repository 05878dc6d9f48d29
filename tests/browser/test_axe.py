"""No fault in any view by axe, in both languages, light and dark, wide and as narrow as a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.chat import Visitors

OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDE: ViewportSize = {"width": 1360, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("person", "size"), [("maya", WIDE), ("chenyu", PHONE)])
def test_the_main_views_have_no_fault(
    visit: Visitors, person: str, size: ViewportSize, scheme: str
) -> None:
    chat = visit(person, tour=True, viewport=size, color_scheme=scheme)
    page = chat.page
    expect(page.locator("#tour")).to_be_visible()
    assert faults(page) == []

    page.locator("#open-drawer").click()
    for tab in ("time", "payload", "state", "outbox", "text"):
        page.locator(f"#tab-{tab}").click()
        expect(page.locator(f"#tab-{tab}")).to_have_attribute("aria-selected", "true")
        assert faults(page) == []
    page.locator("#drawer-close").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lists_problems_and_windows_have_no_fault(visit: Visitors, scheme: str) -> None:
    chat = visit("maya", color_scheme=scheme)
    chat.box("milestones").locator("button").last.click()
    expect(chat.page.get_by_role("dialog")).to_be_visible()
    assert faults(chat.page) == []
    chat.page.keyboard.press("Escape")

    chat.say("/delay list")
    expect(chat.only_you).to_be_visible()
    chat.composer.fill("/")
    expect(chat.page.locator("#palette")).to_be_visible()
    assert faults(chat.page) == []

    chat.composer.fill("")
    chat.say("/delay new")
    chat.sees("Step 1 of")
    chat.answer("original_date", "31 February")
    chat.live.locator("button[type=submit]").click()
    expect(chat.live.locator(".problem")).to_be_visible()
    assert faults(chat.page) == []


def test_the_draft_and_its_copy_window_have_no_fault(visit: Visitors) -> None:
    chat = visit("chenyu")
    chat.say("/delay 草稿")
    expect(chat.live.locator(".to-copy")).to_be_visible()
    assert faults(chat.page) == []

    chat.press("复制文本")
    expect(chat.page.get_by_role("dialog")).to_be_visible()

    assert faults(chat.page) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1360])
def test_nothing_is_wider_than_the_page(visit: Visitors, width: int) -> None:
    chat = visit("maya", viewport={"width": width, "height": 700})

    widest = chat.page.evaluate(
        "Math.max(...[...document.querySelectorAll('#log *, .chat-head *, .foot *')]"
        ".filter(e => !e.closest('.table-scroll') && !e.matches('.native-date'))"
        ".map(e => e.getBoundingClientRect().right))"
    )

    assert widest <= width


def test_motion_stops_where_people_asked_for_less(visit: Visitors) -> None:
    chat = visit("maya", tour=True, reduced_motion="reduce")
    chat.page.locator("#place-channel").click()
    chat.composer.fill("Hello")
    chat.composer.press("Enter")
    toast = chat.page.locator("#toast p")
    expect(toast).to_be_visible()

    assert toast.evaluate("e => getComputedStyle(e).animationName") == "none"


def test_the_colours_can_be_chosen_against_the_system(visit: Visitors) -> None:
    chat = visit("maya", color_scheme="light")
    body = chat.page.locator("body")
    light = body.evaluate("e => getComputedStyle(e).backgroundColor")
    chat.page.locator("#theme").click()
    expect(chat.page.locator("html")).to_have_attribute("data-theme", "light")
    chat.page.locator("#theme").click()
    expect(chat.page.locator("html")).to_have_attribute("data-theme", "dark")

    assert body.evaluate("e => getComputedStyle(e).backgroundColor") != light
    chat.page.reload()
    expect(chat.page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_forecast_is_drawn_and_can_be_read_without_its_bars(
    visit: Visitors, size: ViewportSize
) -> None:
    chat = visit("maya", viewport=size)
    chat.answer("remaining", "30")
    chat.answer("pace", "per week: 6, 4, 7, 5")
    chat.live.locator("button[type=submit]").click()
    chart = chat.live.locator(".chart")
    expect(chart).to_be_visible()
    expect(chart.locator("li").last).to_contain_text("100")
    expect(chart.locator("ul")).to_have_attribute("aria-label", re.compile("100"))
    assert faults(chat.page) == []
