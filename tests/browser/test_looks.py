"""The page in the looks of Slack and of Lark, and what each of them would be sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Visitors
from tests.browser.test_axe import PHONE, WIDE, faults


def test_a_look_is_taken_kept_and_put_off_again(visit: Visitors) -> None:
    chat = visit("maya")
    page = chat.page
    for name in ("slack", "lark"):
        page.locator(f"#head-look-{name}").click()
        expect(page.locator(f"html[data-look={name}]")).to_have_count(1)
        expect(page.locator(f"#head-look-{name}")).to_be_focused()
    page.reload()
    expect(page.locator("html[data-look=lark]")).to_have_count(1)
    page.locator("#head-look-lark").click()
    expect(page.locator("html[data-look='']")).to_have_count(1)


def test_the_payload_follows_the_look_and_tells_its_limits(visit: Visitors) -> None:
    chat = visit("chenyu")
    page = chat.page
    page.locator("#open-drawer").click()
    page.locator("#tab-payload").click()
    panel = page.locator("#panel")
    expect(panel.locator("pre")).to_contain_text('"block": "heading"')

    page.locator("#panel-look-slack").click()
    expect(panel.locator("pre")).to_contain_text('"type": "header"')
    expect(panel.locator(".used")).to_contain_text("区块数：")

    page.locator("#panel-look-lark").click()
    expect(panel.locator("pre")).to_contain_text('"msg_type": "interactive"')
    expect(panel.locator(".used")).to_contain_text("组件数：")
    expect(page.locator("#panel-look-lark")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("look", ["slack", "lark"])
def test_neither_look_has_a_fault(visit: Visitors, look: str, scheme: str) -> None:
    chat = visit("maya", color_scheme=scheme, viewport=WIDE)
    page = chat.page
    page.locator(f"#head-look-{look}").click()
    chat.say("/delay list")
    chat.box("milestones").locator("button").last.click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("#open-drawer").click()
    page.locator("#tab-payload").click()
    expect(page.locator(".used")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    assert faults(page) == []


@pytest.mark.parametrize("person", ["maya", "chenyu"])
def test_the_head_stays_one_line_high_with_the_drawer_open(visit: Visitors, person: str) -> None:
    page = visit(person, viewport={"width": 1280, "height": 700}).page
    page.locator("#open-drawer").click()
    for width in (1280, 1000, 970):
        page.set_viewport_size({"width": width, "height": 700})
        expect(page.locator("#drawer-close")).to_be_visible()
        box = page.locator(".chat-head").bounding_box()
        assert box is not None
        assert box["height"] <= 80
        assert page.locator(".chat-head").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_share_in_the_report_stands_on_one_line(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay report")
    share = chat.only_you.locator(".chart-value").first
    expect(share).to_have_text("100%")
    lines = """value => {
      const words = document.createRange();
      words.selectNodeContents(value);
      return words.getClientRects().length;
    }"""
    assert share.evaluate(lines) == 1


def test_what_may_be_left_out_is_marked_as_each_language_writes_it(visit: Visitors) -> None:
    expect(visit("maya").live.locator(".optional").first).to_have_text(" (optional)")
    expect(visit("chenyu").live.locator(".optional").first).to_have_text("（选填）")
