"""From a draft to the customer's inbox, by the hands of two people."""

from playwright.sync_api import expect

from tests.browser.chat import Chat, Visitors
from tests.browser.stories import ENGLISH
from tests.browser.test_conversation import tell

TITLE = "Before it goes to Northbay Transit"


def be(chat: Chat, person: str, place: str = "dm") -> None:
    """Look with somebody else's eyes, at one of their conversations."""
    chat.page.locator(f"#person-{person}").click()
    chat.page.locator(f"#place-{place}").click()


def jump(chat: Chat, where: str) -> None:
    """Move the playground's clock."""
    chat.page.locator("#open-drawer").click()
    chat.page.locator(f"#jump-{where}").click()
    chat.page.locator("#drawer-close").click()


def test_a_message_is_approved_sent_and_read_by_the_customer(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay new")
    tell(chat, ENGLISH, reload_at="")
    chat.press("Write the message")
    chat.press("Make ready to send")
    chat.sees(TITLE)
    expect(chat.live.get_by_text("Omar Haddad will be asked")).to_be_visible()
    chat.press("Ask for approval")
    expect(chat.live.get_by_text("asked of Omar Haddad")).to_be_visible()

    be(chat, "omar")
    chat.sees("Maya Lindqvist asks for your approval")
    text = chat.live.locator("blockquote").first.inner_text()
    chat.press("Approve")
    expect(chat.live.get_by_text("Approved by Omar Haddad")).to_be_visible()
    expect(chat.live.get_by_role("button")).to_have_count(0)

    be(chat, "maya")
    chat.press("Show it")
    chat.press("Send now")
    expect(chat.live.get_by_role("button", name="Undo")).to_be_visible()
    jump(chat, "working_day")
    be(chat, "grace", "inbox")
    expect(chat.page.locator("article .bubble").last).to_have_text(text)


def test_a_letter_can_be_taken_away(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay new")
    tell(chat, {**ENGLISH, "reader": "day_to_day"}, reload_at="")
    chat.press("Write the message")
    chat.press("Make ready to send")
    chat.press("I send it myself")
    with chat.page.expect_download() as download:
        chat.press("As a letter")
    assert download.value.suggested_filename == "Tram depot.docx"
