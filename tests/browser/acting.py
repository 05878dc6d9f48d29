"""Acts a written conversation out on the page: types, fills and clicks what its lines say.

Beside the page the table of `bot/script` is told the same, line by line: it says how many messages
must stand, and what the card in front of the person must bring.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ElementHandle, Locator, Page, expect

from bot.core.cards.blocks import Action
from bot.core.case import Variant
from bot.core.dialogue.scalars import find_choice, local_day
from bot.core.meetings.events import ByProvider
from bot.core.message import draft
from bot.core.playbook import Field
from bot.core.reading.quantities import read_yes_no
from bot.core.words import FieldId, Language
from bot.script.moment import Moment
from bot.script.performance import Player, is_named
from bot.script.transcript import ExpectDraft, Line
from tests.browser import seeing
from tests.browser.chat import Chat, Visitors
from tests.browser.served import Server

_MOST_FORMS = 12  # that one line may go through
_KEPT = "article[data-live]:not(.only-you)"

# All that can be pressed, in the order in which a person looks: a passing reply, the card that is
# open, older ones.
_PRESSABLE = """([live, replied]) => {
  const kept = [...document.querySelectorAll("article[data-live]:not(.only-you)")];
  const replies = [...document.querySelectorAll("article.only-you")].reverse();
  const open = kept[live] ? [kept[live]] : [];
  const cards = [...(replied ? replies.slice(0, 1) : []), ...open, ...kept.reverse(), ...replies];
  return cards.flatMap(card => [...card.querySelectorAll("[data-key*='/act/']")]);
}"""
_NAMED = """buttons => buttons.map(button => {
  const words = button.closest("dl.facts > div")?.querySelector("dt") ?? button;
  return [words.innerText.trim(), button.dataset.key];
})"""
_CASES = """async person => {
  const answer = await fetch(`/api/inspect?person=${person}&conversation=dm`);
  const found = (await answer.json()).cases;
  return found.map(x => ({ id: x.id, begun: x.body.begun_at, touched: x.body.touched_at, phase: x.body.phase }));
}"""


@dataclass(slots=True)
class Actor:
    """The person of a transcript, in front of the page."""

    person: str
    chat: Chat
    player: Player
    server: Server
    visit: Visitors
    windows: dict[str, tuple[Chat, int]] = field(default_factory=dict)  # with the card open there
    problems: list[str] = field(default_factory=list)

    @property
    def _page(self) -> Page:
        return self.chat.page

    @property
    def _language(self) -> Language:
        return self.player.transcript.script.language

    def do(self, number: int, line: Line) -> None:
        """One line, at the table and on the page; then the page is held against both."""
        table = self.player.table
        before, live = len(table.moments), self._live()
        replied = bool(table.moments and table.moments[-1].reply)
        self.player.do(number, line)
        self._let_time_pass(before)
        self._page.evaluate("document.querySelector('#toast').replaceChildren()")
        self._act(line, live, replied=replied)
        at = self.player.transcript.lines_at[number]
        self.problems += [f"{at}: {why}" for why in self._off(line, before)]

    def copied(self, wanted: ExpectDraft) -> str:
        """The text of one version of the draft, by the page's copy button."""
        number = wanted.case or len(self.player.table.cases)
        cases = sorted(self._cases(), key=lambda c: c["begun"])
        self.send("/delay list")
        self._click(f"open/{cases[number - 1]['id']}")
        self.send("/delay draft")
        for version in (f"{wanted.channel}//", f"/{wanted.reader}/", f"//{wanted.language}"):
            self._click(f"draft/{version}")
        self._page.locator(_KEPT).last.locator("button[data-key$='/copy']").click()
        dialog = self._page.locator("dialog[open]")
        dialog.locator("footer button").last.click()
        dialog.locator(".copied:not(:empty)").wait_for()
        self._page.keyboard.press("Escape")
        return str(self._page.evaluate("navigator.clipboard.readText()"))

    def assembled(self, wanted: ExpectDraft) -> str:
        """The same version as the table has it today."""
        table = self.player.table
        case = list(table.cases.values())[(wanted.case or len(table.cases)) - 1]
        variant = Variant(wanted.channel, wanted.reader, wanted.language)
        today = local_day(case, table.clock)
        return draft.assemble(table.playbook, case, variant, today=today).text

    # what the person does

    def _let_time_pass(self, before: int) -> None:
        """On to the time of the table; a reminder on the way is rung by the page's own button."""
        table = self.player.table
        for moment in table.moments[before:]:
            if moment.inbound is None and not _is_booking(moment):
                self._page.locator("#open-drawer").click()
                self._page.locator("#jump-next_ping").click()
                _settled(self.chat)
                self._page.locator("#drawer-close").click()
        self.server.playground.clock.move_to(table.clock)

    def _act(self, line: Line, live: int, *, replied: bool) -> None:
        if line.command or line.type is not None:
            self.send(line.command or line.type or "")
        elif line.fill:
            self.fill(line)
        elif line.press and line.text:
            self._rewrite(line.text)
        elif line.press:
            self.press(line.press, live, replied=replied, twice=line.twice)
        elif line.window:
            self.windows[line.window] = (self.visit(self.person, asleep=True), live)

    def send(self, text: str) -> None:
        """Types a line and sends it."""
        self.chat.say(text)
        _settled(self.chat)

    def fill(self, line: Line) -> None:
        """Fills and sends form after form, each with the boxes that it has."""
        left = dict(line.fill)
        chat, at = self.windows.get(line.window, (self.chat, -1))
        for _ in range(_MOST_FORMS):
            open_ = f"{_KEPT}:has(form[data-seen])"
            page = chat.page
            card = page.locator(_KEPT).nth(at) if line.window else page.locator(open_).last
            boxes = card.locator("[data-field]").evaluate_all(
                "all => all.map(x => x.dataset.field)"
            )
            mine = [name for name in boxes if name in left]
            if not mine:
                break
            for name in mine:
                self._put(chat, card.locator(f"[data-field={name}]"), name, left.pop(name))
            button = card.locator("button[type=submit]")
            _press(chat, button, twice=line.twice)
        assert not left, f"no form on the page has a box {', '.join(left)}"
        if line.window:
            self._page.reload()  # whatever the other window did stands here too
            self._page.locator(".place[aria-current]").nth(1).wait_for()

    def _put(self, chat: Chat, box: Locator, name: str, value: Any) -> None:
        """Puts a value into one box, whatever it takes."""
        field = self.player.table.playbook.fields.get(FieldId(name))
        if field is None:  # of a meeting
            box.locator("input[type=text]").fill(str(value))
        elif field.kind == "rows":
            _put_rows(chat, box, [dict(row) for row in value])
        elif field.kind in ("choice", "choices", "yes_no"):
            for pick in [value] if isinstance(value, str) else value:
                _pick(box, _meant(field, pick))
        else:
            box.locator("input[type=text], textarea").fill(str(value))

    def press(self, wish: str, live: int = -1, *, replied: bool, twice: bool) -> None:
        """Presses the button with these words, or of this action."""
        _press(self.chat, self._button(wish, live, replied=replied), twice=twice)

    def settled(self) -> None:
        """Waits until all that was sent is answered and drawn."""
        _settled(self.chat)

    def _rewrite(self, text: str) -> None:
        card = self._page.locator(f"{_KEPT}:has(textarea.editor)").last
        card.locator("textarea.editor").fill(text)
        _press(self.chat, card.locator("button[type=submit]"), twice=False)

    def _button(self, wish: str, live: int, *, replied: bool) -> ElementHandle:
        """The button with these words, or of this action with these arguments."""
        found = self._page.evaluate_handle(_PRESSABLE, [live, replied])
        names = found.evaluate(_NAMED)
        for at, (label, key) in enumerate(names):
            name, _, argument = key.split("/act/", 1)[1].partition("/")
            if label == wish or is_named(Action(name, argument), wish):
                button = found.get_property(str(at)).as_element()
                assert button is not None
                return button
        raise AssertionError(f"no button “{wish}” on the page; there are {names}")

    def _click(self, action: str) -> None:
        """Presses the newest button of exactly this action."""
        button = self._page.locator(f"[data-key$='/act/{action}']").last
        _press(self.chat, button, twice=False)

    # what the person sees

    def _live(self) -> int:
        """The place of the open message among all of the bot's; -1 when none is open."""
        table = self.player.table
        case = table.front()
        slots = list(table.messages)
        key = (case.id, f"live:{case.live}") if case else None
        return slots.index(key) if key in slots else -1

    def _off(self, line: Line, before: int) -> Iterator[str]:
        """What the line expects, or the table shows, and the page does not."""
        table, kept = self.player.table, self._page.locator(_KEPT)
        if kept.count() != len(table.messages):
            yield f"{kept.count()} messages stand on the page, not {len(table.messages)}"
        cards = []
        reply = table.moments[-1].reply if table.moments[before:] else None
        if reply is not None:
            cards.append(seeing.seen(self._page.locator("article.only-you").last))
            yield from seeing.off(cards[-1], reply, self._language)
        case, live = table.front(), self._live()
        if case is not None and live >= 0:
            cards.append(seeing.seen(kept.nth(live)))
            card = list(table.messages.values())[live].card
            yield from seeing.off(cards[-1], card, self._language)
            log = seeing.told(self._page.locator("#log"))
            yield from seeing.unmet(table.playbook, case, line.expect, cards[-1], log)
        yield from self._unshown(line, cards)

    def _unshown(self, line: Line, cards: list[seeing.Seen]) -> Iterator[str]:
        expect = line.expect
        for wanted in expect.shows:
            if not any(card.says(wanted) for card in cards):
                yield f"no card on the page shows “{wanted}”"
        for unwanted in expect.lacks:
            if any(card.says(unwanted) for card in cards):
                yield f"a card on the page shows “{unwanted}”, which must not be there"
        chat = self.windows[line.window][0] if line.window else self.chat
        toast = chat.page.locator("#toast").inner_text()
        if expect.toast not in toast and not line.twice:  # the page takes a double click as one
            yield f"the passing remark on the page is “{toast}”, not “{expect.toast}”"
        if expect.phase is not None:
            latest = max(self._cases(), key=lambda c: c["touched"])
            if latest["phase"] != expect.phase:
                yield f"the phase behind the page is {latest['phase']}, not {expect.phase}"

    def _cases(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self._page.evaluate(_CASES, self.person)
        return found


def _is_booking(moment: Moment) -> bool:
    """Whether a meeting was booked, which the server does by itself a moment after the press."""
    return any(isinstance(e, ByProvider) for e in moment.events)


def _settled(chat: Chat) -> None:
    """Waits until all that was sent from this window is answered and drawn."""
    chat.page.wait_for_function("() => !document.querySelector('#log').hasAttribute('aria-busy')")


def _press(chat: Chat, button: ElementHandle | Locator, *, twice: bool) -> None:
    if twice:
        button.dblclick()
    else:
        button.click()
    _settled(chat)


def _meant(field: Field, pick: str) -> str:
    """The option that these words mean; none for empty words."""
    if not pick:
        return ""
    if field.kind == "yes_no":
        return "yes" if read_yes_no(pick) else "no"
    found = find_choice(field.choices, pick)
    assert found is not None, f"{field.id} has no option “{pick}”"
    return found.id


def _pick(box: Locator, option: str) -> None:
    if box.locator("select").count():
        box.locator("select").select_option(option)
    elif option:
        box.locator(f"input[value={option}]").check(force=True)
    elif box.locator("input:checked").count():
        box.locator("button.link").click()


def _put_rows(chat: Chat, box: Locator, rows: list[dict[str, str]]) -> None:
    """Writes the rows into the window of the box; what stood there gives way."""
    box.locator("button").click()
    dialog = chat.page.locator("dialog[open]")
    stands = dialog.locator(".row").count()
    for at, row in enumerate(rows):
        if at >= stands:
            dialog.locator(".rows-foot button").click()
        for cell in dialog.locator(".row").nth(at).locator("[id^=row-]:not(button)").all():
            column = str(cell.get_attribute("id")).split("-", 2)[2]
            if cell.evaluate("x => x.tagName") == "SELECT":
                cell.select_option(row.get(column, ""))
            elif column in row or cell.input_value():
                cell.fill(row.get(column, ""))
    dialog.locator("footer button").last.click()
    expect(dialog).to_have_count(0)
