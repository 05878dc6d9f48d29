"""At the first visit the browser's language decides who is worn; what is switched by hand stays."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat import Visitors
from tests.browser.served import Server


@pytest.mark.parametrize(("locale", "who"), [("zh-CN", "chenyu"), ("en-GB", "maya")])
def test_the_browsers_language_decides_at_the_first_visit(
    browser: Browser, server: Server, locale: str, who: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(server.url)
    expect(page.locator(f"#person-{who}")).to_have_attribute("aria-current", "true")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN" if who == "chenyu" else "en")
    context.close()


def test_a_language_that_was_chosen_stays_in_a_chinese_browser(visit: Visitors) -> None:
    chat = visit("maya", locale="zh-CN")
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    chat.page.get_by_role("button", name="中文").click()
    expect(chat.page.locator("html")).to_have_attribute("lang", "zh-CN")
    chat.page.get_by_role("button", name="EN", exact=True).click()
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    chat.page.reload()
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    expect(chat.page.locator("#person-maya")).to_have_attribute("aria-current", "true")
