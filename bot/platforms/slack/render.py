"""Draws the neutral card as Slack's blocks. Pure.

Nothing that a person typed is ever parsed as markup: it stands in plain_text or rich_text. What a
message has no room for is one button away, in a window that shows the card whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import assert_never

from bot.core.cards.blocks import (
    Block,
    Box,
    Button,
    Buttons,
    Card,
    Chart,
    Divider,
    Editor,
    Fact,
    Facts,
    Form,
    Heading,
    Hint,
    Link,
    Paragraph,
    Quote,
)
from bot.core.words import CaseId, Language, Text, same
from bot.platforms.slack import boxes, marks, pieces, texts
from bot.platforms.slack.limits import MOST_BLOCKS, Surface, characters
from bot.platforms.slack.marks import Opener
from bot.platforms.slack.pieces import CHART_LABEL, SECTION
from bot.platforms.slack.texts import Payload, clean, cut, escaped, plain, size

TEXT = 3900  # characters of the top-level text; Slack recommends 4,000
TOGETHER = 11_000  # characters of all blocks of a message; Slack refuses at some 13,200
SHORTEST = 200  # characters of a text that is worth beginning
LABEL, HEADER, ROW = 75, 150, 25
INLINE_BOXES, INLINE_TEXT = 3, 1500  # a form that stands in the message itself
TONES: dict[str, str] = {"plain": "", "good": "✓ ", "look": "• ", "problem": "⚠ "}
SERIES, POINTS, CHART_TITLE = 1, 20, 50


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a card is drawn, for whom, and what is known of the place."""

    language: Language
    key: str = ""  # id of the outbox row; without one nothing can be opened from it
    surface: Surface = "message"
    charts: bool = True  # whether charts are taken there


@dataclass(frozen=True, slots=True)
class Drawn:
    """One block of Slack's. What can be pressed or filled in stays, whatever else has to go."""

    block: Payload
    stays: bool = False


def message(card: Card, sheet: Sheet) -> Payload:
    """`text` and `blocks` of a message, within every limit.

    What goes to a customer is its words alone, all of them; `limits` refuses it where they do not
    fit, for nothing of it may be cut.
    """
    if card.plain:
        return _letter(card, sheet.language)
    return {
        "text": escaped(card.text.to(sheet.language), TEXT),
        "blocks": blocks(card, sheet) or [pieces.paragraph(card.text.to(sheet.language))],
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _letter(card: Card, language: Language) -> Payload:
    said = "\n\n".join(b.text.to(language) for b in card.blocks if isinstance(b, Paragraph))
    return {
        "text": escaped(said, TEXT),
        "blocks": [pieces.rich([pieces.section([pieces.run(said)])])],
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def blocks(card: Card, sheet: Sheet) -> list[Payload]:
    """The card as blocks; what does not fit gives way to a button that shows it all."""
    drawn = list(whole(card, sheet))
    most = MOST_BLOCKS[sheet.surface]
    together = TOGETHER if sheet.surface == "message" else 100_000
    if len(drawn) <= most and sum(characters(d.block) for d in drawn) <= together:
        return [d.block for d in drawn]
    return _fitted(drawn, sheet, most - 2, together - 400)


def whole(card: Card, sheet: Sheet) -> Iterator[Drawn]:
    """All blocks of the card, however many."""
    pen = _Pen(sheet, card.case)
    for index, block in enumerate(card.blocks):
        yield from pen.draw(block, index)


def is_inline(form: Form, language: Language) -> bool:
    """Whether a form is small enough to stand in the message itself."""
    plain_kinds = all(b.kind not in ("rows", "long_text") for b in form.boxes)
    typed = sum(len(b.value) for b in form.boxes if isinstance(b.value, str))
    said = sum(size(b.ask.to(language)) + size(b.label.to(language)) for b in form.boxes)
    return plain_kinds and len(form.boxes) <= INLINE_BOXES and typed + said <= INLINE_TEXT


def _fitted(drawn: Sequence[Drawn], sheet: Sheet, most: int, together: int) -> list[Payload]:
    """What stays, and of the rest the first of it that there is room for."""
    staying = [d for d in drawn if d.stays][:most]
    room_blocks = most - len(staying)
    room = together - sum(characters(d.block) for d in staying)
    kept: list[Payload] = []
    for each in drawn:
        if each.stays:
            kept += [each.block] if each in staying else []
            continue
        block = _shortened(each.block, room) if room_blocks > 0 else None
        if block is not None:
            kept.append(block)
            room_blocks -= 1
            room -= characters(block)
    return [*kept, *_rest(sheet)]


def _shortened(block: Payload, room: int) -> Payload | None:
    """The block if there is room for it, a quote or sentence else cut to it; None without room."""
    if characters(block) <= room:
        return block
    if room < SHORTEST:
        return None
    match block:
        case {"type": "section", "text": {"text": str(text)}} if "accessory" not in block:
            return {**block, "text": plain(text, room)}
        case {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": runs}]}:
            said = "".join(str(run["text"]) for run in runs)
            return pieces.quote([{"type": "text", "text": cut(said, room)}])
        case _:
            return None


def _rest(sheet: Sheet) -> list[Payload]:
    said = {"type": "context", "elements": [plain(texts.CUT.to(sheet.language))]}
    if not sheet.key:
        return [said]
    return [said, pieces.actions([_opener(texts.WHOLE, Opener("all", sheet.key), sheet, "all")])]


class _Pen:
    """Draws the blocks of one card."""

    def __init__(self, sheet: Sheet, case: CaseId | None) -> None:
        self._sheet = sheet
        self._case = case
        self._numbers = count()

    def draw(self, block: Block, index: int) -> Iterator[Drawn]:
        """One neutral block as Slack's."""
        match block:
            case Heading():
                yield from self._heading(block)
            case Paragraph(text=text):
                yield Drawn(pieces.paragraph(self._to(text)))
            case Facts(rows=rows):
                yield from self._facts(rows)
            case Hint(text=text, tone=tone):
                yield Drawn(pieces.context(TONES[tone] + self._to(text)))
            case Quote():
                yield from self._quoted(block, index)
            case Chart():
                yield from self._chart(block)
            case Divider():
                yield Drawn({"type": "divider"})
            case Buttons() | Link():
                yield from self._ways(block)
            case Form():
                yield from self._form(block, index)
            case Editor(beside=beside):
                yield from self._buttons(beside)
                to = Opener("editor", self._sheet.key, index)
                if self._sheet.key:
                    yield _fixed(
                        pieces.actions([_opener(block.label, to, self._sheet, str(index))])
                    )
            case _:
                assert_never(block)

    def _ways(self, block: Buttons | Link) -> Iterator[Drawn]:
        if isinstance(block, Link):
            yield Drawn(pieces.link(self._to(block.label), block.url), stays=True)
        else:
            yield from self._buttons(block.buttons)

    def _to(self, text: Text) -> str:
        return text.to(self._sheet.language)

    def _heading(self, heading: Heading) -> Iterator[Drawn]:
        said = " ".join(clean(self._to(heading.text)).split())
        if size(said) <= HEADER:
            yield Drawn({"type": "header", "text": plain(said, HEADER)})
        else:
            yield Drawn(pieces.rich([pieces.section([pieces.run(said, bold=True)])]))
        if heading.steps > 1:
            done = "▰" * heading.step + "▱" * (heading.steps - heading.step)
            yield Drawn(pieces.context(done))

    def _facts(self, rows: Sequence[Fact]) -> Iterator[Drawn]:
        lines: list[Payload] = []
        for row in rows:
            if row.action is None:
                lines.append(pieces.section(self._fact(row)))
                continue
            if lines:
                yield Drawn(pieces.rich(lines))
                lines = []
            said = "".join(str(run["text"]) for run in self._fact(row))
            button = self._button(Button(texts.OPEN, row.action), aloud=row.label)
            if size(said) > SECTION:
                yield Drawn(pieces.paragraph(said))
                said = said.partition("\n")[0]
            yield _fixed(pieces.paragraph(said) | {"accessory": button})
        if lines:
            yield Drawn(pieces.rich(lines))

    def _fact(self, row: Fact) -> list[Payload]:
        value, colon = clean(self._to(row.value)), ": " if self._sheet.language == "en" else "："
        gap = "\n" if "\n" in value else ""
        runs = [pieces.run(self._to(row.label) + colon, bold=True), pieces.run(gap + value)]
        if row.note is not None:
            note = self._to(row.note)
            runs.append(pieces.run(f" ({note})" if self._sheet.language == "en" else f"（{note}）"))
        return runs

    def _quoted(self, quote: Quote, index: int) -> Iterator[Drawn]:
        language = quote.language or self._sheet.language
        said = quote.text.to(language)
        yield Drawn(pieces.quote(pieces.marked(said, quote.marks)))
        if quote.copy and self._sheet.key:
            to = Opener("copy", self._sheet.key, index)
            yield _fixed(pieces.actions([_opener(texts.COPY, to, self._sheet, str(index))]))

    def _chart(self, chart: Chart) -> Iterator[Drawn]:
        title = clean(self._to(chart.title))
        labels = [clean(self._to(bar.label)) for bar in chart.bars]
        fits = size(title) <= CHART_TITLE and all(size(x) <= CHART_LABEL for x in labels)
        known = 0 < len(labels) <= POINTS and len(set(labels)) == len(labels)
        if self._sheet.charts and self._sheet.surface != "modal" and fits and known:
            yield Drawn(pieces.bars(title, labels, [bar.value for bar in chart.bars]))
        else:
            values = [bar.value for bar in chart.bars]
            for block in pieces.bars_in_words(title, labels, values):
                yield Drawn(block)
        yield Drawn(pieces.context(self._to(chart.text)))

    def _buttons(self, buttons: Sequence[Button]) -> Iterator[Drawn]:
        row: list[Payload] = []
        for button in buttons:
            label = clean(self._to(button.label))
            if size(label) <= LABEL and len(row) < ROW:
                row.append(self._button(button))
                continue
            if row:
                yield _fixed(pieces.actions(row))
                row = []
            if size(label) <= LABEL:
                row.append(self._button(button))
                continue
            chosen = self._button(replace(button, label=texts.CHOOSE), aloud=button.label)
            yield _fixed(pieces.paragraph(label) | {"accessory": chosen})
        if row:
            yield _fixed(pieces.actions(row))

    def _button(self, button: Button, *, aloud: Text | None = None) -> Payload:
        """A button; `aloud` is what a screen reader adds to a label that several have."""
        name = button.action.name
        drawn: Payload = {
            "type": "button",
            "action_id": f"{marks.PRESS}{name[:100]}:{next(self._numbers)}",
            "text": plain(self._to(button.label), LABEL),
            "value": marks.press(button.action, self._case),
        }
        if button.style != "plain":
            drawn["style"] = button.style
        if aloud is not None:
            said = f"{self._to(button.label)}: {self._to(aloud)}"
            drawn["accessibility_label"] = cut(clean(said), LABEL)
        return drawn

    def _form(self, form: Form, index: int) -> Iterator[Drawn]:
        if form.again is not None:
            yield from self._facts([_standing(box) for box in form.boxes])
            change = Button(texts.CHANGE, form.again, "primary")
            yield _fixed(pieces.actions([self._button(change)]))
            return
        if self._sheet.surface == "message" and is_inline(form, self._sheet.language):
            for box in form.boxes:
                for block in boxes.inputs(box, self._sheet.language):
                    yield _fixed(block)
            value = marks.slip(
                marks.Slip(
                    Opener("form", self._sheet.key, index),
                    CaseId(form.case),
                    form.action,
                    form.seen,
                )
            )
            yield _fixed(pieces.actions([_submit(self._to(form.submit), value)]))
            return
        yield from self._asked(form)
        if self._sheet.key:
            to = Opener("form", self._sheet.key, index)
            label = texts.FORM if form.action == marks.SUBMITTED else form.submit
            button = _opener(label, to, self._sheet, str(index)) | {"style": "primary"}
            yield _fixed(pieces.actions([button]))

    def _asked(self, form: Form) -> Iterator[Drawn]:
        """What the form asks, as it stands: in the message itself, since the form is a window."""
        lines: list[Payload] = []
        for box in form.boxes:
            standing = "✓" if box.value else "–"
            lines.append(
                pieces.section(
                    [pieces.run(f"{standing} "), pieces.run(self._to(box.label), bold=True)]
                )
            )
        if lines:
            yield Drawn(pieces.rich(lines))
        for box in form.boxes:
            if box.problem is not None and box.kind != "rows":  # told above the form
                said = f"{self._to(box.label)}: {self._to(box.problem)}"
                yield Drawn(pieces.context(TONES["problem"] + said))


def _standing(box: Box) -> Fact:
    """What stands in a box, as one line."""
    value = box.value if isinstance(box.value, str) and box.value else "–"
    picked = next((o.label for o in box.options if o.id == value), same(value))
    return Fact(box.label, picked)


def _fixed(block: Payload) -> Drawn:
    return Drawn(block, stays=True)


def _opener(label: Text, to: Opener, sheet: Sheet, name: str) -> Payload:
    return {
        "type": "button",
        "action_id": f"{marks.OPEN}{to.window}:{name}",
        "text": plain(label.to(sheet.language), LABEL),
        "value": marks.opener(to),
    }


def _submit(label: str, value: str) -> Payload:
    return {
        "type": "button",
        "action_id": marks.SUBMIT,
        "text": plain(label, LABEL),
        "value": value,
        "style": "primary",
    }
