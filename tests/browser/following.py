"""Acts a conversation out that follows a delay up: days pass, questions come, the team answers too.

One page is worn by everybody in turn, as the playground lets one do: the owner, and whoever answers
in the project's channel. What a line expects must stand where it was pressed, or with the owner.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from bot.core.meetings.wording import MEET
from bot.core.words import StepId
from bot.script.transcript import Line
from bot.store.sql import SqlStore
from tests.browser.acting import Actor

_OWNER = "maya"
_IDS = {"": _OWNER, "omar": "omar", "lin": "linjing"}  # as the playground calls them
_CASE = re.compile(r"\bcase-(\d+)\b")
_STATE = """async () => {
  const answer = await fetch("/api/inspect?person=maya&conversation=dm");
  return (await answer.json()).cases.map(x => ({
    id: x.id, begun: x.body.begun_at, touched: x.body.touched_at, phase: x.body.phase,
    step: x.body.stopped ? null : x.body.step,
  }));
}"""
# Each card as it is read: its words, and what stands in its boxes.
_CARDS = """() => [...document.querySelectorAll("#log article")].map(article => [
  article.innerText,
  ...[...article.querySelectorAll("dl.facts > div")].map(
    row => `${row.querySelector("dt").innerText}: ${row.querySelector("dd").innerText}`),
  [...article.querySelectorAll(".buttons")].map(
    row => [...row.querySelectorAll("button")].map(button => button.innerText.trim()).join(" | ")).join("\\n"),
  ...[...article.querySelectorAll("input[type=text], textarea")].map(box => box.value),
].join("\\n"))"""

# A meeting is booked by the server a moment after the press.
_DONE = "doing => !doing.some(words => document.querySelector('#log').innerText.includes(words))"
_DOING = [w.split("{")[0] for t in MEET.doing.values() for w in (t.en, t.zh)]


@dataclass(slots=True)
class Follower:
    """Everybody of the conversation, in front of the page."""

    actor: Actor
    zone: str
    file: Path  # where the playground keeps it all
    problems: list[str] = field(default_factory=list)
    _worn: tuple[str, str] = (_OWNER, "dm")
    _replied: bool = False

    @property
    def _page(self) -> Page:
        return self.actor.chat.page

    def do(self, number: int, line: Line) -> None:
        """One line on the page, and what had to stand there after it."""
        self._page.evaluate("document.querySelector('#toast').replaceChildren()")
        self._let_time_pass(line)
        self._wear(_IDS[line.by], "channel" if line.channel else "dm")
        if line.press and line.text:
            self._write(line)
        elif line.press:
            self._press(line)
        elif line.command:
            self.actor.send(line.command)
        elif line.fill:
            self.actor.fill(line)
        self._replied = bool(line.command)
        at = self.actor.player.transcript.lines_at[number]
        self.problems += [f"{at}: {why}" for why in self._off(line)]

    # what the people do

    def _let_time_pass(self, line: Line) -> None:
        """On to the line's moment; what falls due on the way is rung by the page's own button."""
        clock = self.actor.server.playground.clock
        target = clock() + line.later if line.later else clock()
        if line.at is not None:
            target = line.at.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        if target <= clock():
            return
        self._wear(_OWNER, "dm")
        self._page.locator("#open-drawer").click()
        while (due := self._next_due()) is not None and due <= target:
            self._page.locator("#jump-next_ping").click()
            self.actor.settled()
        self._page.locator("#drawer-close").click()
        self._page.wait_for_function(_DONE, arg=_DOING)
        clock.move_to(target)

    def _wear(self, person: str, place: str) -> None:
        """Look with this person's eyes, at this one of their conversations."""
        if self._worn[0] != person:
            self._page.locator(f"#person-{person}").click()
            self.actor.settled()
        if self._worn != (person, place):
            self._page.locator(f"#place-{place}").click()
            self.actor.settled()
        self._worn = (person, place)

    def _press(self, line: Line) -> None:
        self.actor.press(self._named(line.press), replied=self._replied, twice=line.twice)

    def _write(self, line: Line) -> None:
        """A line into the box of this action, and its own button."""
        name, _, rest = self._named(line.press).partition(" ")
        key = f"editor-{name}.{rest.replace(' ', '-')}"
        self._page.locator(f"[data-key$='/{key}']").last.fill(line.text)
        self._page.locator(f"[data-key$='/{key}-submit']").last.click()
        self.actor.settled()

    def _named(self, wish: str) -> str:
        """The wish with the case as the page knows it."""
        if not _CASE.search(wish):
            return _here(wish)
        cases = sorted(self._cases(), key=lambda case: case["begun"])
        return _CASE.sub(lambda found: str(cases[int(found[1]) - 1]["id"]), wish)

    # what they see

    def _off(self, line: Line) -> Iterator[str]:
        """What the line expects and the page does not show."""
        expect, toast = line.expect, self._page.locator("#toast").inner_text()
        if _plain(_here(expect.toast)) not in _plain(toast) and not line.twice:
            yield f"the passing remark on the page is “{toast}”, not “{expect.toast}”"
        cards = self._cards()
        left = [wanted for wanted in expect.shows if not _on(cards, wanted)]
        if left and self._worn != (_OWNER, "dm"):
            self._wear(_OWNER, "dm")
            cards += self._cards()
            left = [wanted for wanted in left if not _on(cards, wanted)]
        yield from (f"no card on the page shows “{wanted}”" for wanted in left)
        meant = [card for card in cards if any(_on([card], wanted) for wanted in expect.shows)]
        for unwanted in expect.lacks:
            if _on(meant[-1:], unwanted):
                yield f"a card on the page shows “{unwanted}”, which must not be there"
        if expect.phase or expect.step:
            yield from self._elsewhere(line)

    def _elsewhere(self, line: Line) -> Iterator[str]:
        """The phase and the step that the page has come to."""
        expect, case = line.expect, max(self._cases(), key=lambda case: case["touched"])
        if expect.phase and case["phase"] != expect.phase:
            yield f"the phase behind the page is {case['phase']}, not {expect.phase}"
        if expect.step and (case["step"] or "none") != expect.step:
            yield f"the step behind the page is {case['step']}, not {expect.step}"
        if expect.step and expect.step != "none":
            self._wear(_OWNER, "dm")
            playbook = self.actor.player.table.playbook
            title = playbook.by_id[StepId(expect.step)].title.to(
                self.actor.player.table.person.language
            )
            if not _on(self._cards(), title):
                yield f"no card on the page is called “{title}”"

    def _cards(self) -> list[str]:
        found: list[str] = self._page.evaluate(_CARDS)
        return [_plain(card) for card in found]

    def _cases(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._page.evaluate(_STATE)
        return found

    def _next_due(self) -> datetime | None:
        """When something falls due next, read from the tables beside the page."""
        found: list[datetime | None] = []
        # While Playwright is at work, no other loop may run in this thread.
        reading = Thread(target=lambda: found.append(asyncio.run(_due(self.file))))
        reading.start()
        reading.join()
        return found[0]


async def _due(file: Path) -> datetime | None:
    store = SqlStore(file)
    try:
        return await store.next_due()
    finally:
        await store.close()


def _on(cards: list[str], wanted: str) -> bool:
    return any(_plain(_here(wanted)) in card for card in cards)


def _here(words: str) -> str:
    """The same with the project's channel as the page calls it."""
    return words.replace("#the-team", "#proj-apollo")


def _plain(text: str) -> str:
    return "".join(text.split())
