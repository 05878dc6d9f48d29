"""The banner leads from the simulation to one's own chat program."""

from playwright.sync_api import expect

from tests.browser.chat import Visitors
from tests.browser.test_axe import PHONE, faults


def test_the_banner_says_how_to_connect_and_gives_the_focus_back(visit: Visitors) -> None:
    page = visit("chenyu").page
    page.locator("#connect").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("candor setup slack")
    expect(dialog).to_contain_text("candor setup lark --scan")
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#connect")).to_be_focused()
