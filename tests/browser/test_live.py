"""The page in step with the server: tabs, half-typed words, the clock, people, languages."""

import re

from playwright.sync_api import APIResponse, Route, expect

from tests.browser.chat import Visitors
from tests.browser.served import Server


def test_two_tabs_stay_in_step(visit: Visitors) -> None:
    one = visit("maya")
    other = visit.tab(one.page.context)

    one.say("/delay Wind farm")

    one.sees("Step 1 of")
    other.sees("Step 1 of")
    expect(other.box("project").locator("input")).to_have_value("Wind farm")


def test_seven_tabs_share_one_stream_which_passes_on_when_a_tab_closes(visit: Visitors) -> None:
    """A browser opens six connections to a host, and a stream keeps one for itself."""
    first = visit("maya")
    others = [visit.tab(first.page.context) for _ in range(6)]
    others[-1].say("/delay Wind farm")
    first.sees("Step 1 of")

    first.page.close()
    others[0].say("/delay Harbour")

    for tab in (others[1], others[-1]):
        expect(tab.box("project").locator("input")).to_have_value("Harbour")


def test_half_typed_words_survive_an_incoming_edit(visit: Visitors) -> None:
    one = visit("maya")
    other = visit.tab(one.page.context)
    basis = one.box("date_basis").locator("textarea")
    basis.click()
    one.page.keyboard.type("Two sensors a day, conf")

    other.press("Fri 4 Dec 2026")

    expect(one.page.get_by_role("button", name="Fri 27 Nov 2026")).to_have_count(0)
    expect(basis).to_be_focused()
    one.page.keyboard.type("irmed by the fitter")
    expect(basis).to_have_value("Two sensors a day, confirmed by the fitter")
    assert basis.evaluate("e => e.selectionStart") == len(basis.input_value())


def test_half_typed_words_survive_a_reload(visit: Visitors) -> None:
    chat = visit("maya")
    chat.box("date_basis").locator("textarea").fill("Two sensors a day")

    chat.page.reload()

    expect(chat.box("date_basis").locator("textarea")).to_have_value("Two sensors a day")


def test_the_conversation_survives_a_restart_of_the_server(visit: Visitors, server: Server) -> None:
    chat = visit("maya")
    before = chat.page.locator("article").count()
    server.playground.channel._recent.clear()  # what only memory knows

    chat.page.reload()

    chat.sees("Plan")
    expect(chat.page.locator("article")).to_have_count(before)
    expect(chat.page.locator(".mine .bubble").last).to_have_text("next Friday")


def test_a_page_that_lost_its_line_reads_the_state_anew(visit: Visitors) -> None:
    one = visit("maya")
    other = visit.tab(one.page.context)
    other.page.context.set_offline(True)
    other.page.context.set_offline(False)

    one.say("/delay Wind farm")

    one.sees("Step 1 of")
    other.sees("Step 1 of")
    visit.forgive("net::ERR_INTERNET_DISCONNECTED")


def test_the_clock_jumps_to_the_next_reminder_which_then_arrives(visit: Visitors) -> None:
    chat = visit("maya")
    chat.page.locator("#open-drawer").click()
    expect(chat.page.locator("#clock")).to_contain_text("Mon, 23 Nov 2026")
    cards = chat.page.locator("article[data-live]")
    before = cards.count()

    for _ in range(2):  # both project managers have one waiting
        chat.page.locator("#jump-next_ping").click()
        expect(chat.page.locator("#announcer")).to_contain_text("It is now")

    expect(chat.page.locator("#clock")).to_contain_text("24 Nov 2026")
    expect(cards).to_have_count(before + 1)
    expect(chat.live).to_contain_text("Apollo pilot")


def test_jumps_lead_to_the_next_working_day_and_to_monday(visit: Visitors) -> None:
    chat = visit("maya")
    chat.page.locator("#open-drawer").click()
    clock = chat.page.locator("#clock")

    chat.page.locator("#jump-working_day").click()
    expect(clock).to_contain_text("Tue, 24 Nov 2026")
    chat.page.locator("#jump-monday").click()
    expect(clock).to_contain_text("Mon, 30 Nov 2026 09:00")
    chat.page.locator("#jump-now").click()
    expect(clock).to_contain_text("Mon, 23 Nov 2026")


def test_each_person_has_a_language_of_their_own(visit: Visitors) -> None:
    chat = visit("maya")
    chat.page.locator("#language-zh").click()
    expect(chat.page.locator("html")).to_have_attribute("lang", "zh-CN")
    chat.sees("新计划")
    expect(chat.page.locator("#language-zh")).to_be_focused()

    chat.page.locator("#person-omar").click()
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    chat.page.locator("#person-maya").click()
    expect(chat.page.locator("html")).to_have_attribute("lang", "zh-CN")
    chat.page.reload()
    chat.sees("新计划")


def test_each_conversation_says_honestly_why_it_is_empty(visit: Visitors) -> None:
    chat = visit("omar")
    for place, words in (
        ("dm", "Type /delay to begin"),
        ("channel", "once a customer has been told"),
        ("inbox", "Nothing has been sent to the customer"),
    ):
        chat.page.locator(f"#place-{place}").click()
        expect(chat.page.locator(".empty")).to_contain_text(words)


def test_in_the_channel_a_line_stays_in_the_box_and_a_command_is_answered(visit: Visitors) -> None:
    chat = visit("maya")
    chat.page.locator("#place-channel").click()
    chat.composer.fill("How is it going?")
    chat.composer.press("Enter")
    expect(chat.page.locator("#toast")).to_contain_text("only takes commands")
    expect(chat.composer).to_have_value("How is it going?")

    chat.say("/delay list")

    expect(chat.only_you).to_contain_text("Apollo pilot")


def test_reset_asks_first_and_then_lays_out_the_sample_anew(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay Wind farm")
    chat.sees("Step 1 of")
    chat.page.locator("#reset").click()
    chat.page.get_by_role("button", name="Keep everything").click()
    expect(chat.page.locator("#reset")).to_be_focused()
    chat.sees("Step 1 of")

    chat.page.locator("#reset").click()
    chat.page.get_by_role("button", name="Delete and begin anew").click()

    chat.sees("Plan")
    expect(chat.page.get_by_text("Wind farm")).to_have_count(0)


def test_the_drawers_show_what_was_sent_and_what_is_kept(visit: Visitors) -> None:
    chat = visit("maya")
    chat.page.locator("#open-drawer").click()
    panel = chat.page.get_by_role("tabpanel")
    for tab, words in (
        ("Payload", '"block": "heading"'),
        ("State", '"playbook": "delivery_delay"'),
        ("Outbox", "sent"),
        ("Plain text", "What is the new date?"),
    ):
        chat.page.get_by_role("tab", name=tab).click()
        expect(panel).to_contain_text(words)


def test_a_passing_reply_goes_when_it_is_dismissed(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay list")
    expect(chat.only_you).to_be_visible()

    chat.only_you.get_by_role("button", name="Dismiss").click()

    expect(chat.page.locator(".only-you")).to_have_count(0)
    expect(chat.composer).to_be_focused()


def test_a_picked_day_is_written_into_the_same_box_as_typed_words(visit: Visitors) -> None:
    chat = visit("maya")
    box = chat.box("new_date")
    expect(box.locator("input[type=text]")).to_have_value("next Friday")

    box.locator("input[type=date]").evaluate(
        "e => { e.value = '2026-12-11'; e.dispatchEvent(new Event('change')); }"
    )

    expect(box.locator("input[type=text]")).to_have_value("2026-12-11")
    expect(box.get_by_role("button", name=re.compile("Pick a date"))).to_be_visible()


def test_a_send_that_fails_keeps_the_words_and_is_done_once_when_tried_again(
    visit: Visitors,
) -> None:
    chat = visit("maya")
    chat.page.route("**/api/say", lambda route: (route.fetch(), route.abort())[1])
    chat.composer.fill("/delay Wind farm")
    chat.composer.press("Escape")
    chat.composer.press("Enter")
    expect(chat.page.locator("#toast")).to_contain_text("connection is lost")
    expect(chat.composer).to_have_value("/delay Wind farm")
    chat.page.unroute("**/api/say")

    chat.composer.press("Enter")

    expect(chat.composer).to_have_value("")
    chat.sees("Step 1 of")
    visit.complaints = [c for c in visit.complaints if "ERR_FAILED" not in c]
    chat.say("/delay list")
    expect(chat.only_you.locator("dt", has_text="Wind farm")).to_have_count(1)


def test_an_answer_that_was_overtaken_does_not_turn_the_page_back(visit: Visitors) -> None:
    chat = visit("maya")
    held: list[Route] = []
    chat.page.route(
        "**/api/state?person=maya&conversation=channel", lambda route: held.append(route)
    )
    with chat.page.expect_request("**/api/state?person=maya&conversation=channel"):
        chat.page.locator("#place-channel").click()
    chat.page.locator("#place-inbox").click()
    expect(chat.page.locator("h1")).to_have_text("Customer inbox")

    with chat.page.expect_response("**/api/state?person=maya&conversation=channel"):
        held[0].continue_()

    chat.say("/delay list")
    expect(chat.only_you).to_be_visible()
    expect(chat.page.locator("h1")).to_have_text("Customer inbox")


def test_what_arrives_while_the_state_is_read_is_not_lost(visit: Visitors) -> None:
    one = visit("maya")
    other = visit.tab(one.page.context)
    held: list[tuple[Route, APIResponse]] = []
    other.page.route("**/api/state*", lambda route: held.append((route, route.fetch())))
    with other.page.expect_response("**/api/language"):
        other.page.locator("#language-en").click()
    one.say("/delay Wind farm")
    other.sees("Step 1 of")

    route, old = held[0]
    with other.page.expect_response("**/api/state*"):
        route.fulfill(response=old)

    other.page.unroute("**/api/state*")
    expect(other.page.locator("#language-en")).to_have_attribute("aria-pressed", "true")
    other.sees("Step 1 of")
    expect(other.box("project").locator("input")).to_have_value("Wind farm")
