"""A whole conversation on the page, from `/delay` to the copied draft."""

from playwright.sync_api import expect

from tests.browser.chat import Chat, Visitors
from tests.browser.stories import CHINESE, ENGLISH, Story

CLIPBOARD = ["clipboard-read", "clipboard-write"]


def tell(chat: Chat, story: Story, *, reload_at: str) -> None:
    """Answer form after form until all is told; reload when `reload_at` is asked."""
    told: set[str] = set()
    while told != set(story):
        form = chat.live.locator("form[data-seen]")
        expect(form).to_be_visible()
        asked = [f for f in chat.asked() if f in story and f not in told]
        assert asked, f"nobody answers {chat.asked()}"
        if reload_at in asked:
            chat.page.reload()
            expect(chat.box(reload_at)).to_be_visible()
        for field in asked:
            chat.fill(field, story[field])
        told.update(asked)
        seen = form.get_attribute("data-seen") or ""
        form.locator("button[type=submit]").click()
        expect(chat.live.locator(f"form[data-seen='{seen}']")).to_have_count(0)


def copied(chat: Chat, copy: str, now: str, said: str) -> str:
    chat.press(copy)
    dialog = chat.page.locator("dialog[open]")
    dialog.get_by_role("button", name=now, exact=True).click()
    expect(dialog.locator(".copied")).to_have_text(said)
    return str(chat.page.evaluate("navigator.clipboard.readText()"))


def test_an_english_conversation_goes_from_delay_to_the_copied_draft(visit: Visitors) -> None:
    chat = visit("maya", permissions=CLIPBOARD)
    chat.say("/delay new")
    chat.sees("Step 1 of")

    tell(chat, ENGLISH, reload_at="milestones")
    chat.press("Write the message")
    expect(chat.live.locator(".to-copy")).to_be_visible()
    text = copied(chat, "Copy text", "Copy", "Copied.")

    assert "Friday 18 December" in text
    assert "Friday 4 December" in text
    assert "The pumps arrived nine days late" in text
    assert text == chat.live.locator("blockquote").inner_text()


def test_a_chinese_conversation_goes_from_delay_to_the_copied_draft(visit: Visitors) -> None:
    chat = visit("chenyu", permissions=CLIPBOARD)
    chat.say("/延期 新建")
    chat.sees("第1步")

    tell(chat, CHINESE, reload_at="options")
    chat.press("生成消息")
    expect(chat.live.locator(".to-copy")).to_be_visible()
    text = copied(chat, "复制文本", "复制", "已复制。")

    assert "12月18日" in text
    assert "12月4日" in text
    assert "两台电机因港口停工晚到了九天" in text
    assert text == chat.live.locator("blockquote").inner_text()


def test_typed_lines_answer_the_open_question_and_stay_in_the_log(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay Wind farm")
    chat.sees("Step 1 of")

    chat.say("Hollow Hill Energy")

    expect(chat.page.locator(".mine .bubble").last).to_have_text("Hollow Hill Energy")
    expect(chat.box("customer").locator("input")).to_have_value("Hollow Hill Energy")
    chat.page.reload()
    expect(chat.page.locator(".mine .bubble").last).to_have_text("Hollow Hill Energy")


def test_input_that_is_not_taken_stays_in_its_box_with_the_reason_below(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay new")
    chat.sees("Step 1 of")

    chat.answer("original_date", "31 February")
    chat.live.locator("button[type=submit]").click()

    box = chat.box("original_date").locator("input[type=text]")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("31 February")
    expect(box).to_be_focused()
    problem = chat.box("original_date").locator(".problem")
    assert problem.get_attribute("id") in (box.get_attribute("aria-describedby") or "").split()


def test_two_readings_give_two_buttons_and_one_settles_it(visit: Visitors) -> None:
    chat = visit("maya")
    chat.sees("Plan")

    chat.press("Fri 4 Dec 2026")

    expect(chat.page.get_by_role("button", name="Fri 27 Nov 2026")).to_have_count(0)
    expect(chat.box("new_date").locator("input[type=text]")).not_to_have_value("next Friday")
    expect(chat.box("new_date").locator(".box-hint")).to_contain_text("working day")
