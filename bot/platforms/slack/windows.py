"""Slack's modals: a form, a long text to change, a text to copy, a card shown whole. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from bot.core.cards.blocks import Box, Card, Editor, Form, Quote
from bot.core.events import Raw
from bot.core.words import CaseId, FieldId, Language, Text
from bot.platforms.slack import boxes, marks, render, texts
from bot.platforms.slack.marks import Opener, Slip
from bot.platforms.slack.texts import Payload, plain

TITLE = 24  # characters of a title and of the two buttons
MOST = 98  # blocks of a window that are drawn
CALLBACK = "candor"


def window(
    card: Card,
    opener: Opener,
    language: Language,
    *,
    rows: int = 0,
    standing: Mapping[FieldId, Raw] | None = None,
) -> Payload | None:
    """The modal that a button opens; None when its card has no such block any more.

    `standing` is what somebody has in the inputs already, `rows` how many rows of a table to draw.
    """
    block = card.blocks[opener.block] if opener.block < len(card.blocks) else None
    match opener.window, block:
        case "form", Form():
            return _form(block, opener, language, rows, standing or {})
        case "editor", Editor():
            return _editor(block, opener, language)
        case "copy", Quote():
            return _copy(block, opener, language)
        case "all", _:
            return _all(card, opener, language)
        case _:
            return None


def said(text: Text, language: Language) -> Payload:
    """A modal that says one sentence."""
    body = [{"type": "section", "text": plain(text.to(language))}]
    return _modal(body, language, texts.CLOSE)


def told(cards: Sequence[Card], text: Text, language: Language) -> Payload:
    """A modal that shows what only this person sees; without any card, one sentence."""
    sheet = render.Sheet(language, surface="modal")
    body = [block for card in cards for block in render.blocks(card, sheet)]
    return _modal(body[:MOST], language, texts.CLOSE) if body else said(text, language)


def asked(card: Card, language: Language) -> Payload | None:
    """The modal of a form that belongs to no case, such as the settings; None for any other card."""
    form = next((b for b in card.blocks if isinstance(b, Form) and not b.case), None)
    return _form(form, Opener("form", ""), language, 0, {}) if form else None


def _form(
    form: Form, opener: Opener, language: Language, rows: int, standing: Mapping[FieldId, Raw]
) -> Payload:
    drawn = [
        boxes.filled(b, standing[FieldId(b.field)]) if FieldId(b.field) in standing else b
        for b in form.boxes
    ]
    least = max((boxes.shown_rows(b) for b in drawn if b.kind == "rows"), default=0)
    count = max(rows, least)
    while (blocks := list(_inputs(drawn, language, count))) and len(blocks) > MOST and count > 1:
        count -= 1
    if form.case and form.action == marks.SUBMITTED:
        blocks.insert(0, {"type": "context", "elements": [plain(texts.LEAVE_OPEN.to(language))]})
    slip = Slip(opener, CaseId(form.case) if form.case else None, form.action, form.seen, count)
    return _modal(blocks[:MOST], language, texts.CLOSE, submit=form.submit, slip=slip)


def _inputs(drawn: list[Box], language: Language, rows: int) -> Iterator[Payload]:
    for box in drawn:
        yield from boxes.inputs(box, language, min(rows, box.max_rows))


def _editor(editor: Editor, opener: Opener, language: Language) -> Payload:
    blocks = list(boxes.long_inputs("text", editor.label, editor.value, language))
    slip = Slip(opener, CaseId(editor.case), editor.action)
    return _modal(blocks[:MOST], language, texts.CLOSE, submit=editor.submit, slip=slip)


def _copy(quote: Quote, opener: Opener, language: Language) -> Payload:
    value = quote.text.to(quote.language or language)
    how: Payload = {"type": "context", "elements": [plain(texts.COPY_HOW.to(language))]}
    blocks = [how, *boxes.long_inputs("copy", texts.COPY, value, language)]
    # Slack wants a submit button wherever an input stands; here it only closes.
    slip = Slip(opener)
    return _modal(blocks[:MOST], language, None, submit=texts.CLOSE, slip=slip)


def _all(card: Card, opener: Opener, language: Language) -> Payload:
    sheet = render.Sheet(language, opener.key, "modal")
    return _modal(render.blocks(card, sheet), language, texts.CLOSE, slip=Slip(opener))


def _modal(
    blocks: list[Payload],
    language: Language,
    close: Text | None,
    *,
    submit: Text | None = None,
    slip: Slip | None = None,
) -> Payload:
    view: Payload = {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Candor", TITLE),
        "blocks": blocks,
    }
    if close is not None:
        view["close"] = plain(close.to(language), TITLE)
    if submit is not None:
        view["submit"] = plain(submit.to(language), TITLE)
    if slip is not None:
        view["private_metadata"] = marks.slip(slip)
    return view
