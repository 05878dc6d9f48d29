"""Everything by keyboard alone, and the focus where one expects it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.chat import Visitors
from tests.browser.stories import ENGLISH


def tab_to(page: Page, target: Locator, *, most: int = 80) -> None:
    """Press Tab until `target` has the focus."""
    for _ in range(most):
        if target.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def test_a_case_is_begun_and_its_first_step_answered_by_keyboard_alone(visit: Visitors) -> None:
    chat = visit("omar")
    keyboard = chat.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")  # the link past the panes
    expect(chat.composer).to_be_focused()

    keyboard.type("/")
    expect(chat.page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    keyboard.press("Enter")
    chat.sees("Step 1 of")
    tab_back_to_form(chat.page, chat.box("project").locator("input"))
    keyboard.type("Tram depot")
    for field, words in (("customer", "Northbay"), ("promised", "the wash hall")):
        tab_to(chat.page, chat.box(field).locator("input"))
        keyboard.type(words)
    tab_to(chat.page, chat.box("original_date").locator("input[type=text]"))
    keyboard.type("4 December")
    tab_to(chat.page, chat.box("moved_before").locator("input").last)  # where Shift+Tab had been
    keyboard.press("ArrowUp")
    keyboard.press("ArrowUp")
    keyboard.press("Enter")  # a form is sent from any of its boxes

    expect(chat.box("original_date").locator(".box-hint")).to_contain_text("working day")
    expect(chat.box("moved_before").locator("input").first).to_be_checked()


def tab_back_to_form(page: Page, first: Locator) -> None:
    for _ in range(80):
        if first.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()


def test_the_palette_is_steered_by_arrows_and_put_away_by_escape(visit: Visitors) -> None:
    chat = visit("maya")
    chat.composer.focus()
    palette = chat.page.locator("#palette")

    chat.page.keyboard.type("/delay li")
    expect(palette.get_by_role("option")).to_have_count(1)
    chat.page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    expect(chat.composer).to_have_value("/delay li")

    chat.composer.fill("/")
    chat.page.keyboard.press("ArrowUp")
    expect(palette.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    active = chat.composer.get_attribute("aria-activedescendant")
    assert active == palette.get_by_role("option").last.get_attribute("id")
    chat.page.keyboard.press("Enter")
    expect(chat.only_you).to_contain_text("Only you can see this")
    expect(chat.only_you.locator("h3")).to_have_text("What you can type")


def test_chinese_words_find_the_same_commands(visit: Visitors) -> None:
    chat = visit("chenyu")
    chat.composer.focus()

    chat.page.keyboard.insert_text("/延期 列")

    expect(chat.page.get_by_role("option")).to_have_count(1)
    chat.page.keyboard.press("Enter")
    expect(chat.only_you.locator("h3")).to_have_text("您还没完成的沟通")
    expect(chat.only_you).to_contain_text("仅您可见")


def test_rows_are_filled_moved_and_removed_and_the_focus_returns(visit: Visitors) -> None:
    chat = visit("maya")
    opener = chat.box("milestones").locator("button")
    opener.focus()
    keyboard = chat.page.keyboard
    keyboard.press("Enter")
    dialog = chat.page.get_by_role("dialog")
    rows = dialog.locator(".row")
    expect(rows.first.locator("input").first).to_be_focused()

    keyboard.type("Sensors in")
    tab_to(chat.page, dialog.get_by_role("button", name="Add a row"))
    keyboard.press("Enter")
    expect(rows).to_have_count(3)
    expect(rows.nth(2).locator("input").first).to_be_focused()
    keyboard.type("Safety test")
    dialog.get_by_role("button", name="Move row 3 up").press("Enter")
    expect(rows.nth(1).locator("input").first).to_have_value("Safety test")
    dialog.get_by_role("button", name="Remove row 3").press("Enter")
    expect(rows).to_have_count(2)
    keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    expect(chat.box("milestones").locator("td").first).to_have_text("Sensors in")
    expect(chat.box("milestones").locator("tbody tr")).to_have_count(2)


def test_panes_open_and_close_by_keyboard_on_a_phone(visit: Visitors) -> None:
    chat = visit("maya", viewport={"width": 360, "height": 740})
    opener = chat.page.locator("#open-places")
    opener.press("Enter")
    expect(chat.page.locator("#places-close")).to_be_focused()

    chat.page.keyboard.press("Escape")

    expect(opener).to_be_focused()
    tools = chat.page.locator("#open-drawer")
    tools.press("Enter")
    expect(chat.page.locator("#drawer-close")).to_be_focused()
    chat.page.keyboard.press("Tab")
    expect(chat.page.get_by_role("tab", name="Time")).to_be_focused()
    chat.page.keyboard.press("ArrowRight")
    expect(chat.page.get_by_role("tab", name="Payload")).to_be_focused()
    expect(chat.page.get_by_role("tabpanel")).to_contain_text("blocks")
    chat.page.keyboard.press("Escape")
    expect(tools).to_be_focused()


def test_after_a_form_is_sent_the_focus_goes_to_the_next_question(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay new")
    chat.sees("Step 1 of")
    for field in chat.asked():
        chat.fill(field, ENGLISH[field])
    chat.live.locator("button[type=submit]").press("Enter")
    chat.sees("Step 2 of")

    first = chat.asked()[0]
    expect(chat.box(first).locator(":focus")).to_have_count(1)


def test_a_line_sent_from_the_composer_leaves_the_focus_there(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay Wind farm")
    chat.sees("Step 1 of")

    chat.say("Hollow Hill Energy")

    expect(chat.box("customer").locator("input")).to_have_value("Hollow Hill Energy")
    expect(chat.composer).to_be_focused()


def test_an_enter_that_ends_a_chinese_composition_sends_nothing(visit: Visitors) -> None:
    chat = visit("chenyu")
    bubbles = chat.page.locator(".mine .bubble")
    before = bubbles.count()
    chat.composer.fill("十二月")

    chat.composer.dispatch_event("keydown", {"key": "Enter", "isComposing": True})

    expect(chat.composer).to_have_value("十二月")
    expect(bubbles).to_have_count(before)


def test_the_tour_has_four_tips_and_stays_away_once_dismissed(visit: Visitors) -> None:
    chat = visit("maya", tour=True)
    tour = chat.page.locator("#tour")
    seen = []
    for _ in range(4):
        seen.append(tour.locator("h2").inner_text())
        tour.locator("#tour-next").press("Enter")

    assert len(set(seen)) == 4
    expect(tour).to_have_count(0)
    expect(chat.composer).to_be_focused()
    chat.page.reload()
    expect(chat.live).to_be_visible()
    expect(tour).to_have_count(0)


def test_one_key_leads_to_the_question_that_waits(visit: Visitors) -> None:
    chat = visit("maya")
    chat.sees("Plan")
    chat.press("Fri 4 Dec 2026")
    waits = chat.box("date_basis").locator("textarea")
    expect(chat.live.locator(".box.asked textarea")).to_have_id(str(waits.get_attribute("id")))

    chat.page.locator("#theme").focus()
    chat.page.keyboard.press("F2")
    expect(waits).to_be_focused()

    chat.composer.focus()
    chat.page.keyboard.press("ArrowUp")
    expect(waits).to_be_focused()

    chat.composer.fill("half a line")
    chat.page.keyboard.press("ArrowUp")
    expect(chat.composer).to_be_focused()
