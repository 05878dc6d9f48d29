"""What is wrong stays in sight, and a list says beforehand how many rows it wants."""

from playwright.sync_api import expect

from tests.browser.chat import Visitors


def test_a_table_says_how_many_rows_it_wants_and_what_is_wrong_stays_in_sight(
    visit: Visitors,
) -> None:
    chat = visit("maya")
    expect(chat.box("milestones").locator(".box-hint")).to_have_text("At least 2 rows, at most 6.")
    chat.answer("new_date", "4 December")
    chat.rows("milestones", [["Bench", "", "2 December", "Ines"]])
    chat.live.locator("button[type=submit]").click()
    problem = chat.box("milestones").locator(".problem")
    expect(problem).to_contain_text("at least 2 are needed")
    expect(problem).to_be_in_viewport()
    expect(chat.box("milestones").locator("button")).to_be_focused()
    expect(chat.live.get_by_text("at least 2 are needed")).to_have_count(1)


def test_a_typed_row_that_is_refused_is_in_sight_too(visit: Visitors) -> None:
    chat = visit("chenyu")
    chat.say("先开北区；5月1日")
    problem = chat.box("options").locator(".problem")
    expect(problem).to_be_in_viewport()


def test_a_command_keeps_the_language_it_was_begun_in(visit: Visitors) -> None:
    chat = visit("chenyu")
    chat.composer.focus()
    chat.page.keyboard.insert_text("/延期 帮")
    expect(chat.page.get_by_role("option").locator(".command")).to_have_text("/延期 帮助")
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator(".mine .bubble").last).to_have_text("/延期 帮助")
    expect(chat.only_you.locator("h3")).to_be_visible()
