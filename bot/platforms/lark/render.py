"""The neutral card as Lark's card, JSON 2.0: pure, plain dicts.

A card holds at most 30 KB and 200 components. One that is larger is drawn with its long texts in
one language, then with them cut, and says so; the caller sends the whole text below, to be copied.
Source: feishu-cards/card-json-v2-structure.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

from bot.core.cards.blocks import (
    Block,
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
from bot.core.words import Language, Text
from bot.platforms.lark import forms
from bot.platforms.lark.pen import LABEL, Node, Pen, joined, lines, mark, short

LARGEST = 29_000  # bytes of a card; the platform takes 30 KB, with what it adds itself
MOST = 195  # components; the platform takes 200
PREVIEW = 120  # characters of the line in the list of chats
SHOWN = 1200  # characters of a long text in a card that must be small

CUT = Text(
    en="… The text goes on; {count} characters in all.", zh="……后面还有，全文共{count}个字。"
)
WHOLE = Text(en="Open the whole text", zh="打开全文")
IN_A_DOCUMENT = Text(
    en="The whole text stands in a document that you alone can open, to be read and copied.",
    zh="全文放在一份只有您能打开的文档里，可以查看和复制。",
)

LOCALES: Mapping[Language, str] = {"en": "en_us", "zh": "zh_cn"}
_COLORS = {"plain": "grey", "good": "green", "look": "orange", "problem": "red"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as the platform takes it, also as it is sent. `cut` is the text that did not fit whole,
    if one did not.
    """

    content: Node
    written: str
    cut: str = ""


def render(card: Card, language: Language, key: str = "") -> Drawn:
    """The card for its reader; `key` names its row of the outbox."""
    pen = Pen(language, key, card.case)
    for attempt in _smaller(pen):
        content = _card(attempt, card)
        written = dumped(content)
        if _fits(written):
            return Drawn(content, written, _too_long(card, language) if attempt.tight else "")
    least = _least(pen, card)
    return Drawn(least, dumped(least), _too_long(card, language))


def _smaller(pen: Pen) -> Iterator[Pen]:
    """Ways to draw a card, each in less room; the first is nearly always enough."""
    yield pen
    one = replace(pen, both=False)
    yield one
    yield replace(one, tight=True)
    yield replace(one, tight=True, bare=True)


def linked(link: str) -> Node:
    """A card that leads to a document."""
    pen = Pen("en")
    opened = {
        "tag": "button",
        "text": pen.text(WHOLE),
        "type": "primary",
        "behaviors": [{"type": "open_url", "default_url": link}],
    }
    return _whole(pen, IN_A_DOCUMENT, None, [pen.line(IN_A_DOCUMENT), opened])


def plain(card: Card, language: Language) -> dict[str, str]:
    """A message to a customer: its words as rich text, which no mention or link comes of.

    What is over the 30 KB of rich text goes as text, in which the one thing that the platform
    reads, a mention's tag, is broken by a character that nobody sees.
    """
    words = "\n\n".join(b.text.to(language) for b in card.blocks if isinstance(b, Paragraph))
    lines = [[{"tag": "text", "text": line}] for line in words.splitlines()]
    content = dumped({LOCALES[language]: {"title": "", "content": lines}})
    if len(content.encode()) <= LARGEST:
        return {"msg_type": "post", "content": content}
    return as_text(words)


def as_text(words: str) -> dict[str, str]:
    """A message of text alone, to be copied; at most 150 KB."""
    return {"msg_type": "text", "content": dumped({"text": words.replace("<at", "<\u200bat")})}


def _fits(written: str) -> bool:
    """Whether the platform takes a card of that size: in a text, no quote stands before a tag."""
    return len(written.encode()) <= LARGEST and written.count('"tag":') <= MOST


def size(content: Node) -> int:
    """Bytes, as they are sent."""
    return len(dumped(content).encode())


def dumped(content: Node) -> str:
    """The card as text."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def count(content: Any) -> int:
    """Components: everything that has a tag."""
    if isinstance(content, dict):
        return ("tag" in content) + sum(count(v) for v in content.values())
    return sum(count(v) for v in content) if isinstance(content, list) else 0


def _card(pen: Pen, card: Card) -> Node:
    heading = next((b for b in card.blocks if isinstance(b, Heading)), None)
    elements = [n for b in card.blocks if b is not heading for n in _block(pen, b)]
    return _whole(
        pen, card.text, heading.text if heading else None, elements or [pen.line(card.text)]
    )


def _least(pen: Pen, card: Card) -> Node:
    """What is left of a card that fits in no other way: its sentence, and what can be pressed."""
    pen = replace(pen, both=False, tight=True, bare=True)
    buttons = [b for block in card.blocks if isinstance(block, Buttons) for b in block.buttons]
    buttons += [b for block in card.blocks if isinstance(block, Editor) for b in block.beside]
    said = pen.line(_long(card.text))
    return _whole(pen, card.text, None, [said, *(pen.button(b) for b in buttons[:40])])


def _whole(pen: Pen, text: Text, heading: Text | None, elements: list[Node]) -> Node:
    both = pen if pen.both else replace(pen, both=True)
    summary = both.text(short(text, PREVIEW))
    shown = {k: v for k, v in summary.items() if k != "tag"}
    content: Node = {"schema": "2.0", "config": {"update_multi": True, "summary": shown}}
    if heading is not None:
        content["header"] = {"title": pen.text(_long(heading)), "template": "blue"}
    content["body"] = {"elements": elements}
    elements[0]["element_id"] = mark(pen.key)
    return content


def _block(pen: Pen, block: Block) -> Iterator[Node]:
    match block:
        case Heading():
            yield pen.line(block.text, text_size="heading")
        case Paragraph():
            yield pen.line(block.text)
        case Hint():
            yield pen.line(block.text, text_size="notation", text_color=_COLORS[block.tone])
        case Facts():
            yield from _facts(pen, block)
        case Quote():
            yield pen.quote(_long(block.text) if pen.tight else block.text)
        case Chart():
            yield _chart(pen, block)
            yield pen.line(lines((block.title, block.text)), text_size="notation")
        case Divider():
            yield {"tag": "hr"}
        case Buttons() | Link():
            yield from _ways(pen, block)
        case Form():
            yield forms.form(pen, block)
        case Editor():
            yield from forms.editor(pen, block)
        case _:
            assert_never(block)


def _ways(pen: Pen, block: Buttons | Link) -> Iterator[Node]:
    """What can be pressed: to act, or to leave for an address."""
    if isinstance(block, Link):
        yield pen.link(block)
    elif block.buttons:
        yield pen.row([pen.button(b) for b in block.buttons])


def _facts(pen: Pen, facts: Facts) -> Iterator[Node]:
    """Rows as lines of one text; a row that can be opened has its label on a button."""
    gathered: list[Text] = []
    for row in facts.rows:
        if row.action is not None:
            if gathered:
                yield pen.line(lines(gathered))
            yield pen.button(Button(row.label, row.action), size="small")
            long = [row.label] if max(len(row.label.en), len(row.label.zh)) > LABEL else []
            gathered = [*long, _noted(row.value, row)]
        else:
            gathered.append(_noted(joined(row.label, row.value), row))
    if gathered:
        yield pen.line(lines(gathered))


def _noted(text: Text, row: Fact) -> Text:
    if row.note is None:
        return text
    return Text(en=f"{text.en} ({row.note.en})", zh=f"{text.zh}（{row.note.zh}）")


def _chart(pen: Pen, chart: Chart) -> Node:
    """A bar chart, as the platform draws it; its labels have one language only."""
    language = pen.language
    values = [{"label": bar.label.to(language), "value": bar.value} for bar in chart.bars]
    spec = {
        "type": "bar",
        "title": {"text": chart.title.to(language)},
        "data": [{"id": "bars", "values": values}],
        "xField": "label",
        "yField": "value",
    }
    return {"tag": "chart", "chart_spec": spec}


def _long(text: Text) -> Text:
    """The text, cut to what a small card shows, with a word on how much there is."""
    return Text(en=_said(text.en, "en"), zh=_said(text.zh, "zh"))


def _said(words: str, language: Language) -> str:
    if len(words) <= SHOWN:
        return words
    return words[:SHOWN] + CUT.fill(count=len(words)).to(language)


def _too_long(card: Card, language: Language) -> str:
    """The longest text of the card that is cut in a small one; empty when none is."""
    found = [b.text.to(language) for b in card.blocks if isinstance(b, Quote)]
    found += [b.value for b in card.blocks if isinstance(b, Editor)]
    longest = max(found, key=len, default="")
    return longest if len(longest) > SHOWN else ""
