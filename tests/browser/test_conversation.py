"""A whole conversation on the page, from `/delay` to the copied draft."""

from playwright.sync_api import expect

from tests.browser.chat import Chat, Visitors
from tests.browser.stories import CHINESE, ENGLISH, Boxes, Rows

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def fill(chat: Chat, boxes: Boxes, rows: Rows) -> None:
    for field, value in boxes.items():
        chat.answer(field, value)
    for field, table in rows.items():
        chat.rows(field, table)


def tell(chat: Chat, story: list[tuple[Boxes, Rows, str]], *, reload_before: int) -> None:
    for at, (boxes, rows, then) in enumerate(story):
        if at == reload_before:
            chat.page.reload()
        first = next(iter(boxes))
        expect(chat.box(first)).to_be_visible()
        fill(chat, boxes, rows)
        chat.submit(then=then)


def copied(chat: Chat, copy: str, now: str, said: str) -> str:
    chat.press(copy)
    dialog = chat.page.locator("dialog[open]")
    dialog.get_by_role("button", name=now, exact=True).click()
    expect(dialog.locator(".copied")).to_have_text(said)
    return str(chat.page.evaluate("navigator.clipboard.readText()"))


def test_an_english_conversation_goes_from_delay_to_the_copied_draft(visit: Visitors) -> None:
    chat = visit("maya", **CLIPBOARD)
    chat.say("/delay new")
    chat.sees("Step 1 of 9")

    tell(chat, ENGLISH, reload_before=6)
    chat.press("Write the message")
    expect(chat.live.locator(".to-copy")).to_be_visible()
    text = copied(chat, "Copy text", "Copy", "Copied.")

    assert "Friday 18 December" in text
    assert "Friday 4 December" in text
    assert "The pumps arrived nine days late" in text
    assert text == chat.live.locator("blockquote").inner_text()


def test_a_chinese_conversation_goes_from_delay_to_the_copied_draft(visit: Visitors) -> None:
    chat = visit("chenyu", **CLIPBOARD)
    chat.say("/延期 新建")
    chat.sees("第1步")

    tell(chat, CHINESE, reload_before=7)
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
    chat.sees("Step 1 of 9")

    chat.say("Hollow Hill Energy")

    expect(chat.page.locator(".mine .bubble").last).to_have_text("Hollow Hill Energy")
    expect(chat.box("customer").locator("input")).to_have_value("Hollow Hill Energy")
    chat.page.reload()
    expect(chat.page.locator(".mine .bubble").last).to_have_text("Hollow Hill Energy")


def test_input_that_is_not_taken_stays_in_its_box_with_the_reason_below(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say("/delay new")
    chat.sees("Step 1 of 9")

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
    chat.sees("Step 5 of 9")

    chat.press("Fri 4 Dec 2026")

    expect(chat.page.get_by_role("button", name="Fri 27 Nov 2026")).to_have_count(0)
    expect(chat.box("new_date").locator("input[type=text]")).not_to_have_value("next Friday")
    expect(chat.box("new_date").locator(".box-hint")).to_contain_text("working day")
