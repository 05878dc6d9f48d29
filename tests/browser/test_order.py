"""What was sent and what comes back may overtake each other; the page shows what stands."""

from playwright.sync_api import Route, expect

from tests.browser.chat import Visitors


def test_a_box_shows_what_was_taken_when_the_card_comes_before_the_answer(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay Wind farm")
    form = chat.live.locator("form[data-seen]")
    seen = form.get_attribute("data-seen")

    def late(route: Route) -> None:
        answer = route.fetch()
        expect(chat.live.locator(f"form[data-seen='{seen}']")).to_have_count(0)
        route.fulfill(response=answer)

    chat.page.route("**/api/click", late)
    chat.answer("original_date", "4 December")
    form.locator("button[type=submit]").click()

    expect(chat.box("original_date").locator("input[type=text]")).to_have_value("2026-12-04")


def test_a_command_stands_in_the_log_as_it_was_typed(visit: Visitors) -> None:
    chat = visit("chenyu")
    for line in ("/延期 列表", "帮助", "/delay 草稿"):
        chat.say(line)
    typed = ["/延期 列表", "帮助", "/delay 草稿"]

    assert chat.page.locator(".mine .bubble").all_inner_texts()[-3:] == typed
    chat.page.reload()
    expect(chat.page.locator(".mine .bubble").last).to_have_text("/delay 草稿")
    assert chat.page.locator(".mine .bubble").all_inner_texts()[-3:] == typed


def test_a_line_of_blanks_is_answered_in_words_and_leaves_no_bubble(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay Wind farm")
    lines = chat.page.locator(".mine").count()

    chat.say("   ")

    expect(chat.page.locator("#toast")).to_contain_text("That line was empty")
    expect(chat.page.locator(".mine")).to_have_count(lines)
