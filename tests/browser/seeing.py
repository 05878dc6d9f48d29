"""What a person reads on the page, held against the card that had to come and what was expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from playwright.sync_api import Locator

from bot.core.cards.blocks import (
    Block,
    Box,
    Buttons,
    Card,
    Chart,
    Divider,
    Editor,
    Facts,
    Form,
    Heading,
    Hint,
    Link,
    Paragraph,
    Quote,
)
from bot.core.cards.shown import in_box, shown, stands_as
from bot.core.cards.step_card import progress
from bot.core.case import Case
from bot.core.playbook import Playbook
from bot.core.words import FieldId, Language, StepId
from bot.platforms.slack.boxes import in_words
from bot.script.transcript import Expect

_FACTS = """root => [...root.querySelectorAll("dl.facts > div")].map(row => {
  const [label, value, note] = ["dt", "dd .lines", ".note"].map(part => row.querySelector(part)?.innerText.trim());
  return `${label}: ${value}${note ? ` (${note})` : ""}`;
})"""

# The words of a card, its facts with their labels, and what stands in its boxes.
_READ = """article => {
  const seen = element => element?.innerText.trim() ?? "";
  const valued = box => {
    const rows = [...box.querySelectorAll("tbody tr")].map(row => [...row.cells].map(seen));
    if (rows.length) return rows.map(cells => cells.join(" · ")).join("\\n");
    const picked = [...box.querySelectorAll("input:checked")].map(input => input.value);
    return picked.join(", ") || box.querySelector("input[type=text], textarea, select")?.value || "";
  };
  const boxes = Object.fromEntries(
    [...article.querySelectorAll("[data-field]")].map(box => [box.dataset.field, valued(box)]));
  const facts = (FACTS)(article);
  const edited = [...article.querySelectorAll("textarea.editor")].map(area => area.value);
  return {
    text: [article.innerText, ...facts, ...edited, ...Object.values(boxes)].join("\\n"),
    heading: seen(article.querySelector("h3")),
    boxes,
    asks: article.querySelector("form[data-asks]")?.dataset.asks ?? "none",
  };
}""".replace("FACTS", _FACTS)


@dataclass(frozen=True, slots=True)
class Seen:
    """A card as a person reads it on the page."""

    text: str
    heading: str
    boxes: dict[str, str]
    asks: str  # the box that a typed line answers, or "none"

    def says(self, wanted: str) -> bool:
        """Whether these words stand on it, whatever the page makes of blanks and line ends."""
        return _plain(wanted) in _plain(self.text)


def seen(article: Locator) -> Seen:
    """The card as it stands on the page now."""
    found: dict[str, Any] = article.evaluate(_READ)
    return Seen(**found)


def told(log: Locator) -> str:
    """All facts that the bot's messages tell, without their blanks."""
    return _plain("\n".join(log.evaluate(_FACTS)))


def off(found: Seen, card: Card, language: Language) -> Iterator[str]:
    """What the card brings and the page does not show."""
    for block in card.blocks:
        for wanted in _words(block, language):
            if not found.says(wanted):
                yield f"the page does not show “{wanted}”"
        for box in block.boxes if isinstance(block, Form) else ():
            holds, wanted = found.boxes.get(box.field), _standing(box, box.value, language)
            if holds is None or _plain(holds) != _plain(wanted):
                yield f"the box of {box.field} on the page holds {holds!r}, not {wanted!r}"


def unmet(playbook: Playbook, case: Case, expect: Expect, live: Seen, log: str) -> Iterator[str]:
    """What was expected of the open card, and of the recaps in the `log`, and did not come."""
    if expect.step and expect.step != "none":
        title = progress(playbook, playbook.by_id[StepId(expect.step)], case).text.to(case.language)
        if live.heading != title:
            yield f"the page is at “{live.heading}”, not at “{title}”"
    if expect.step == "none" and live.boxes:
        yield f"the page still asks for {', '.join(live.boxes)}"
    if expect.field and live.asks != expect.field:
        yield f"the page asks for {live.asks}, not {expect.field}"
    for name, words in expect.kept.items():
        if words not in live.boxes.get(name, ""):
            yield f"the box of {name} on the page holds {live.boxes.get(name)!r}, not {words!r}"
    for name in expect.open:
        if live.boxes.get(name) and live.asks != name:
            yield f"the box of {name} on the page is filled: {live.boxes[name]!r}"
    for name, raw in expect.answers.items():
        yield from _unanswered(playbook, case, live, log, FieldId(name), raw)


def _unanswered(
    playbook: Playbook, case: Case, live: Seen, log: str, name: FieldId, raw: Any
) -> Iterator[str]:
    """An answer stands in its box or, once the step is behind, in a recap."""
    field, answer = playbook.fields[name], case.answers.get(name)
    if answer is None or in_box(answer.value) != raw:
        yield f"{name} is not answered with {raw!r} at the table either"
        return
    label, said = field.label.to(case.language), shown(field, answer.value).to(case.language)
    if name in live.boxes and isinstance(raw, str):
        if not stands_as(answer.value, live.boxes[name]):
            yield f"the box of {name} on the page holds {live.boxes[name]!r}, not {raw!r}"
    elif _plain(f"{label}: {said}") not in log:
        yield f"no recap on the page says “{label}: {said}”"


def _words(block: Block, language: Language) -> Iterator[str]:
    """The words of a block that a person must be able to read."""
    match block:
        case Heading(text=text) | Paragraph(text=text) | Hint(text=text):
            yield text.to(language)
        case Quote(text=text):
            yield text.to(block.language or language)
        case Facts(rows=rows):
            for row in rows:
                note = f" ({row.note.to(language)})" if row.note else ""
                yield f"{row.label.to(language)}: {row.value.to(language)}{note}"
        case Chart(title=title, bars=bars):
            yield title.to(language)
            yield from (f"{bar.label.to(language)} {bar.value}" for bar in bars)
        case Buttons(buttons=buttons):
            yield from (button.label.to(language) for button in buttons)
        case Link(label=label):
            yield label.to(language)
        case Form(boxes=boxes, submit=submit):
            for box in boxes:
                said = (box.label, box.ask, box.hint, box.problem)
                yield from (text.to(language) for text in said if text)
            yield submit.to(language)
        case Editor(label=label, value=value, submit=submit, beside=beside):
            yield from (label.to(language), value, submit.to(language))
            yield from (button.label.to(language) for button in beside)
        case Divider():
            pass
        case _:
            assert_never(block)


def _standing(box: Box, value: Any, language: Language) -> str:
    """What must stand in the box; words that are no option are kept, and pick none."""
    if isinstance(value, str):
        picks = box.kind in ("choice", "yes_no")
        return value if not picks or value in _options(box) else ""
    if box.kind != "rows":
        return ", ".join(value)
    labels = {c.id: {o.id: o.label.to(language) for o in c.options} for c in box.columns}
    cells = [
        [labels[c.id].get(row.get(c.id, ""), _day(row.get(c.id), language)) for c in box.columns]
        for row in value
    ]
    return "\n".join(" · ".join(row) for row in cells)


def _day(cell: str | None, language: Language) -> str:
    """A cell of a table as people read it."""
    return in_words(cell, language) if cell else "–"


def _options(box: Box) -> tuple[str, ...]:
    return ("yes", "no") if box.kind == "yes_no" else tuple(o.id for o in box.options)


def _plain(text: str) -> str:
    return "".join(text.split())
