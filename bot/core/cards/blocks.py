"""The neutral card: what the bot says, drawn by each platform in its own way.

All text is plain text, never markup: a platform escapes it. Where a `Text` holds something a
person typed, both sides are the same words.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Discriminator

from bot.core.words import CaseId, Language, Text


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does: a name of `actions.py` and one argument. Travels as text."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a card, with where one is: "Step 3 of 7 · Impact"."""

    text: Text
    step: int = 0  # segments: this one is open; 0 draws none
    steps: int = 0
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or a few."""

    text: Text
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts; with an action, it can be opened."""

    label: Text
    value: Text
    note: Text | None = None  # a word on its state: "skipped", "needs a look"
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values."""

    rows: tuple[Fact, ...]
    block: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark beside the matter; a warning says so in words too."""

    text: Text
    tone: Literal["plain", "good", "look", "problem"] = "plain"
    block: Literal["hint"] = "hint"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are shown as they are: a draft, an example, what somebody typed.

    `marks` are spans (start, end) in the text of `language` that a note below speaks of.
    """

    text: Text
    language: Language | None = None
    marks: tuple[tuple[int, int], ...] = ()
    copy: bool = False  # meant to be copied; a platform offers its way
    block: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its label, and how many of 100 it stands for."""

    label: Text
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A few bars under a title; `text` says the same in a sentence, where bars cannot be drawn."""

    title: Text
    bars: tuple[Bar, ...]
    text: Text
    block: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two parts."""

    block: Literal["divider"] = "divider"


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that can be done."""

    label: Text
    action: Action
    style: Literal["plain", "primary", "danger"] = "plain"


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons in a row."""

    buttons: tuple[Button, ...]
    block: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Link:
    """A way out, opened by the reader's own browser. `url` is http(s), and never what a person typed."""

    label: Text
    url: str
    block: Literal["link"] = "link"

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://")):
            raise ValueError("a link begins with https:// or http://")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    id: str
    label: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class BoxColumn:
    """One column of a box of rows."""

    id: str
    kind: Literal["text", "date", "money", "number", "choice", "person"]
    label: Text
    placeholder: Text | None = None
    required: bool = True
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """One input. `value` is what stands in it: text, ISO day, option ids, or rows of text."""

    field: str
    kind: Literal[
        "text", "long_text", "choice", "choices", "date", "number", "percent", "money",
        "yes_no", "person", "rows",
    ]  # fmt: skip
    label: Text
    ask: Text
    value: str | tuple[str, ...] | tuple[dict[str, str], ...] = ""
    placeholder: Text | None = None
    hint: Text | None = None  # where a prefilled value comes from, how a date was read
    problem: Text | None = None  # why what stands in it was not taken
    required: bool = True
    options: tuple[Option, ...] = ()
    columns: tuple[BoxColumn, ...] = ()
    min_rows: int = 1
    max_rows: int = 8
    aside: bool = False  # may be filled; nobody asks for it
    longest: int = 0  # characters of a long text that are taken; 0 is as many as there are
    secret: bool = False  # hidden where a platform can; never shown again


@dataclass(frozen=True, slots=True)
class Form:
    """Boxes that are sent together, with `action`. `seen` goes back with them.

    `asks` names the box that a typed line answers; where a platform can, it is where one goes on.
    `again` brings a form that belongs to no case anew, where it cannot stand in a message.
    """

    case: str
    seen: int
    boxes: tuple[Box, ...]
    submit: Text
    asks: str = ""
    action: Action = Action("submit")
    again: Action | None = None
    block: Literal["form"] = "form"


@dataclass(frozen=True, slots=True)
class Editor:
    """One long text that a person may change as a whole, such as a draft.

    Buttons that are `beside` it take the text along where it stands on the same card.
    """

    case: str
    action: Action  # sent with the text
    label: Text
    value: str
    submit: Text
    beside: tuple[Button, ...] = ()
    block: Literal["editor"] = "editor"


Block = Annotated[
    Heading | Paragraph | Facts | Hint | Quote | Chart | Divider | Buttons | Link | Form | Editor,
    Discriminator("block"),
]


@dataclass(frozen=True, slots=True)
class Card:
    """One message. `text` is the whole of it in a sentence, for notifications and readers.

    `case` is the one that what is pressed on it goes to; None where it belongs to no single case.
    """

    text: Text
    blocks: tuple[Block, ...] = field(default=())
    case: CaseId | None = None
    plain: bool = False  # for a customer: sent as plain text, without any frame of ours
