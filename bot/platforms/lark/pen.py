"""The smallest parts of a card: texts in both languages, buttons, rows. Plain dicts, no I/O.

Every text is a `plain_text`, which the client shows as it is: no markdown, no mention, no link
comes of what a person typed. Source: feishu-cards/card-json-v2-structure.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.cards.blocks import Action, Button, Link
from bot.core.words import CaseId, Language, Text

Node = dict[str, Any]  # JSON of one component

LABEL = 100  # characters of a button's label or a placeholder
LONG = 200  # characters; a text of a person that is longer stands once, to save room
_TYPES = {"plain": "default", "primary": "primary", "danger": "danger"}


@dataclass(frozen=True, slots=True)
class Pen:
    """What all parts of one card share: its reader, its row of the outbox, its case.

    With `both`, each viewer reads their own language; without, long texts stand in the reader's
    alone, which takes half the room. `tight` cuts what is only shown, `bare` also the inputs of
    long texts.
    """

    language: Language
    key: str = ""
    case: CaseId | None = None
    both: bool = True
    tight: bool = False
    bare: bool = False

    def text(self, text: Text, **style: str) -> Node:
        """A text, as it is."""
        node: Node = {"tag": "plain_text", "content": text.to(self.language), **style}
        if len(text.en) <= LONG or (self.both and text.en != text.zh):
            node["i18n_content"] = {"en_us": text.en, "zh_cn": text.zh}
        return node

    def line(self, text: Text, **style: str) -> Node:
        """A text that stands alone."""
        return {"tag": "div", "text": self.text(text, **style)}

    def quote(self, text: Text) -> Node:
        """Words that are shown as they are, on a ground of their own."""
        column = {
            "tag": "column",
            "width": "weighted",
            "weight": 1,
            "padding": "8px 12px 8px 12px",
            "elements": [self.line(text)],
        }
        return {"tag": "column_set", "background_style": "grey", "columns": [column]}

    def button(self, button: Button, **more: str) -> Node:
        """A button that calls back."""
        return {
            "tag": "button",
            "text": self.text(short(button.label, LABEL)),
            "type": _TYPES[button.style],
            "behaviors": [{"type": "callback", "value": self.value(button.action)}],
            **more,
        }

    def link(self, link: Link) -> Node:
        """A button that opens an address."""
        return {
            "tag": "button",
            "text": self.text(short(link.label, LABEL)),
            "type": "default",
            "behaviors": [{"type": "open_url", "default_url": link.url}],
        }

    def row(self, nodes: Sequence[Node]) -> Node:
        """Things beside each other, and below each other where the screen is narrow."""
        columns = [{"tag": "column", "width": "auto", "elements": [node]} for node in nodes]
        return {
            "tag": "column_set",
            "flex_mode": "flow",
            "horizontal_spacing": "8px",
            "columns": columns,
        }

    def value(self, action: Action, seen: int | None = None) -> Node:
        """What comes back with a press: an object, since SDKs fail on strings."""
        found: Node = {"a": action.name, "k": self.key}
        if action.argument:
            found["g"] = action.argument
        if self.case is not None:
            found["c"] = self.case
        if seen is not None:
            found["r"] = seen
        return found


def mark(key: str) -> str:
    """The element_id by which a message is found again: a letter first, at most 20 characters."""
    return "k" + hashlib.sha256(key.encode()).hexdigest()[:18]


def joined(first: Text, second: Text, *, en: str = ": ", zh: str = "：") -> Text:
    """Two texts in one."""
    return Text(en=f"{first.en}{en}{second.en}", zh=f"{first.zh}{zh}{second.zh}")


def lines(texts: Sequence[Text]) -> Text:
    """Texts below each other, in one."""
    return Text(en="\n".join(t.en for t in texts), zh="\n".join(t.zh for t in texts))


def short(text: Text, most: int) -> Text:
    """The text, cut to so many characters in each language."""
    return Text(en=_cut(text.en, most), zh=_cut(text.zh, most))


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
