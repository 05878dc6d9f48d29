"""What a person does on the page, in words; every wait is for a condition."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect


class Visitors:
    """Opens pages, and collects what they complain about."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.url = url
        self.complaints: list[str] = []

    def __call__(
        self, person: str = "maya", *, tour: bool = False, asleep: bool = False, **context: Any
    ) -> "Chat":
        """The page of a person in a browser of their own; one asleep hears of no change."""
        opened = self._browser.new_context(
            **{"viewport": {"width": 1360, "height": 900}, **context}
        )
        self._contexts.append(opened)
        first = "" if tour else "localStorage.setItem('candor.tour', 'done');"
        opened.add_init_script(
            f"{first} if (!localStorage.getItem('candor.person'))"
            f" localStorage.setItem('candor.person', '{person}');"
        )
        if asleep:
            opened.route("**/api/events*", lambda route: route.fulfill(status=204))
        return self.tab(opened)

    def tab(self, context: BrowserContext) -> "Chat":
        """One more tab of the same browser."""
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.goto(self.url)
        expect(page.locator(".place[aria-current]")).to_have_count(2)
        return Chat(page)

    def forgive(self, words: str) -> None:
        """Strike out what the browser itself complained of while a test had cut its line."""
        self.complaints = [c for c in self.complaints if words not in c]

    def __enter__(self) -> "Visitors":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for context in self._contexts:
            context.close()
        assert kind or self.complaints == []

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


class Chat:
    """One open page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def live(self) -> Locator:
        """The newest card that is kept."""
        return self.page.locator("article[data-live]:not(.only-you)").last

    @property
    def only_you(self) -> Locator:
        return self.page.locator("article.only-you").last

    @property
    def composer(self) -> Locator:
        return self.page.locator("#composer")

    def say(self, text: str) -> None:
        """Write a line and send it; waits until it was taken."""
        self.composer.fill(text)
        if text.startswith("/"):
            self.composer.press("Escape")  # the list of commands would take the Enter
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    def box(self, field: str) -> Locator:
        return self.live.locator(f"[data-field={field}]")

    def answer(self, field: str, value: str) -> None:
        """Fill one box: text is typed, the id of a choice is picked."""
        box = self.box(field)
        picks = box.locator("input[type=radio], input[type=checkbox]")
        if picks.count():
            own = self.page.locator(f"input[value={value}]")
            choice = box.locator(".choice").filter(has=own)
            if not choice.locator("input").is_checked():
                choice.locator("label").click()  # as a hand does: it waits until nothing moves
            expect(choice.locator("input")).to_be_checked()
        elif box.locator("select").count():
            box.locator("select").select_option(value)
        else:
            box.locator("input[type=text], textarea").fill(value)

    def asked(self) -> list[str]:
        """The fields of the open form, in order."""
        boxes = self.live.locator("form [data-field]").all()
        return [str(box.get_attribute("data-field")) for box in boxes]

    def fill(self, field: str, value: str | list[list[str]]) -> None:
        """Fill one box, whatever it takes."""
        if isinstance(value, str):
            self.answer(field, value)
        else:
            self.rows(field, value)

    def rows(self, field: str, rows: list[list[str]]) -> None:
        """Fill a box of rows in its window."""
        self.box(field).locator("button").click()
        dialog = self.page.locator("dialog[open]")
        for at, row in enumerate(rows):
            for cell, value in enumerate(row):
                dialog.locator(".row").nth(at).locator("input[type=text]").nth(cell).fill(value)
        dialog.locator("footer button").last.click()
        expect(dialog).to_have_count(0)

    def submit(self, *, then: str) -> None:
        """Send the open form; `then` is the heading of what follows."""
        self.live.locator("button[type=submit]").click()
        self.sees(then)

    def press(self, name: str) -> None:
        self.live.get_by_role("button", name=name, exact=True).click()

    def sees(self, heading: str) -> None:
        expect(self.live.locator("h3").first).to_have_text(re.compile(heading))
