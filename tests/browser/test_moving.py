"""Who moves to another person takes nothing of the first one's along."""

from playwright.sync_api import expect

from tests.browser.chat import Visitors


def test_a_line_that_was_begun_waits_where_it_was_begun(visit: Visitors) -> None:
    chat = visit("maya")
    box = chat.page.locator("#composer")
    box.fill("the crane is late")
    chat.page.locator("#person-omar").click()
    expect(chat.page.locator("#person-omar")).to_have_attribute("aria-current", "true")
    expect(box).to_have_value("")
    chat.page.locator("#person-maya").click()
    expect(box).to_have_value("the crane is late")


def test_the_palette_sends_no_blank_of_an_optional_word(visit: Visitors) -> None:
    chat = visit("maya")
    chat.page.locator("#composer").fill("/delay report")
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator(".mine .bubble").last).to_have_text("/delay report")
