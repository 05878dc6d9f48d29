"""Dates to watch from a file: looked at, another column chosen, taken; nothing kept before that."""

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.chat import Chat, Visitors
from tests.browser.test_axe import faults

PLAN = (
    "Task,Baseline date,Finish,Resource\n"
    "Frame welded,2027-05-20,2027-05-28,Ida\n"
    "Rig stands,2027-06-04,2027-06-11,Tom\n"
    "Sometime,soon,later,\n"
).encode("gb18030")


def window(chat: Chat) -> Page:
    chat.say("/delay watch Rig 7")
    chat.box("watch_dates").locator("button").last.click()
    expect(chat.page.get_by_role("dialog")).to_be_visible()
    return chat.page


def test_a_plan_is_looked_at_mapped_and_taken(visit: Visitors) -> None:
    page = window(visit("maya"))
    plan = FilePayload(name="plan.csv", mimeType="text/csv", buffer=PLAN)
    page.locator("#rows-file").set_input_files(files=plan)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 rows can be read, 1 cannot or are too many.")
    expect(dialog).to_contain_text("Frame welded · 2027-05-20 · Ida")
    expect(dialog).to_contain_text("“soon” is no date")
    assert faults(page) == []
    dialog.locator("#file-day").select_option("2")
    expect(dialog).to_contain_text("Frame welded · 2027-05-28 · Ida")
    dialog.get_by_role("button", name="Take 2 rows").click()
    expect(dialog.locator("#row-1-day")).to_have_value("Fri 11 Jun 2027")
    dialog.locator("footer button").last.click()
    expect(page.locator("[data-field=watch_dates]").last).to_contain_text("Rig stands")


def test_what_is_no_table_is_told_in_ones_own_language(visit: Visitors) -> None:
    page = window(visit("chenyu"))
    odd = FilePayload(name="x.xlsx", mimeType="application/zip", buffer=b"PK\x03\x04broken")
    page.locator("#rows-file").set_input_files(files=odd)
    expect(page.get_by_role("dialog")).to_contain_text("x.xlsx已损坏或加了密")
