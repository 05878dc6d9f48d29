"""A conversation written down as YAML: what the person says and presses, and what must come of it.

One file is one story of one person. `tests/transcripts/` holds them, `performance.py` plays them.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, ConfigDict

from bot.content.documents import BadFile, read, validate
from bot.core.case import Phase
from bot.core.playbook import STRICT, Channel, Reader
from bot.core.reading.calendars import UnknownCalendar, calendar
from bot.core.words import Language

_MOMENT = "%Y-%m-%d %H:%M"
_LATER = re.compile(r"(\d{1,3}) (second|minute|hour|day|week)s?")
_ACTS = ("command", "type", "fill", "press")


def _filled(value: Any) -> Any:
    """What one box may hold: text, a list of picks, or a list of rows. Raises ValueError."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if isinstance(value, list) and all(_is_row(v) for v in value):
        return tuple(value)
    raise ValueError(
        "must be text in quotes, a list of picks, or a list of rows; write one of them"
    )


def _is_row(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())


def _moment(value: Any) -> Any:
    try:
        return datetime.strptime(value, _MOMENT) if isinstance(value, str) else value  # noqa: DTZ007 - the zone is the person's
    except ValueError:
        raise ValueError("must look like “2026-03-02 09:00”; write it so") from None


def _later(value: Any) -> Any:
    found = _LATER.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(
            "must look like “59 seconds”, “20 minutes”, “3 days” or “1 week”; write it so"
        )
    return timedelta(**{found[2] + "s": int(found[1])})


Filled = Annotated[Any, BeforeValidator(_filled)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Later = Annotated[timedelta, BeforeValidator(_later)]


@dataclass(frozen=True, slots=True)
class Expect:
    """What must hold after a line; whatever is left out is not looked at."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    step: str = ""  # id of the open step; "none" when none is open
    field: str = ""  # id of the field that a typed line would answer; "none" when there is none
    answers: Mapping[str, Filled] = dataclasses.field(
        default_factory=dict
    )  # as they stand in their boxes
    open: tuple[str, ...] = ()  # fields that have no answer
    kept: Mapping[str, str] = dataclasses.field(
        default_factory=dict
    )  # words kept in a box, not taken yet
    shows: tuple[str, ...] = ()  # words on the live card, or on the reply to a command
    lacks: tuple[str, ...] = ()  # words that are on neither
    toast: str = ""  # words of the passing remark
    phase: Phase | None = None
    messages: int | None = None  # how many messages of this case stand in the conversation


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the person does. The clock moves first, and a minute passes with every line."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    command: str = ""  # "/delay Harbour"
    type: str | None = None  # a line in the chat
    fill: Mapping[str, Filled] = dataclasses.field(default_factory=dict)  # boxes, form after form
    press: str = ""  # a button by its words, or an action with its argument: "edit plan"
    text: str = ""  # with `press: draft_edit`: the person's own wording
    by: str = ""  # with `press`: a colleague of the house, on the cards that they got
    channel: bool = (
        False  # with `command` or `press`: in the project's channel, on what stands there
    )
    case: int = 0  # which case, in the order they began; 0 is the one at the front
    window: str = ""  # alone: look at the card there; with `fill`: send the form from there
    twice: bool = False  # a double click: sent again at once, with a new id
    at: Moment | None = None  # move the clock to this moment in the person's zone
    later: Later | None = None  # move the clock on
    expect: Expect = Expect()

    def __post_init__(self) -> None:
        acts = [name for name in _ACTS if getattr(self, name) not in ("", None, {})]
        if len(acts) > 1:
            raise ValueError(f"does two things, {' and '.join(acts)}; give each its own line")


@dataclass(frozen=True, slots=True)
class ExpectDraft:
    """What must stand in one version of the draft at the end, and what must not."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    channel: Channel
    reader: Reader
    language: Language
    case: int = 0  # in the order they began; 0 is the last one
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    traced: tuple[str, ...] = ()  # fields that a sentence of the draft is made of


@dataclass(frozen=True, slots=True)
class Told:
    """What the tracker tells from a moment on; late items and milestones with their days, as 2026-05-20."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    since: Moment
    done: int
    total: int
    late: Mapping[str, str] = dataclasses.field(default_factory=dict)
    milestones: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tracked:
    """A tracker with one project, as a conversation can begin with it; `told` in the order of time."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    project: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """The whole file."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    title: str
    about: str  # what happened, and what this conversation is there to show
    language: Language  # the person's
    customer_language: Language
    zone: str  # IANA name
    calendar: str  # country code of the working calendar
    begins_at: Moment
    lines: tuple[Line, ...]
    tracker: Tracked | None = None
    expect_draft: tuple[ExpectDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A script, and where each of its lines and expected drafts stands: "file:line"."""

    script: Script
    lines_at: tuple[str, ...]
    drafts_at: tuple[str, ...]


def load(path: Path) -> Transcript:
    """The conversation in a file. Raises BadFile: one sentence a problem, with file and line."""
    document = read(path, path.name)
    script: Script = validate(document, Script)
    wrong = [f"{document.at((key,))}: {why}" for key, why in _unknown(script)]
    if wrong:
        raise BadFile(wrong)
    return Transcript(
        script,
        tuple(document.at(("lines", n)) for n in range(len(script.lines))),
        tuple(document.at(("expect_draft", n)) for n in range(len(script.expect_draft))),
    )


def _unknown(script: Script) -> list[tuple[str, str]]:
    """The zone and the calendar, where nobody knows them."""
    found = []
    try:
        ZoneInfo(script.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        why = f"no zone is called {script.zone}; use a name such as Europe/London"
        found.append(("zone", why))
    try:
        calendar(script.calendar)
    except UnknownCalendar:
        why = f"no calendar is called {script.calendar}; use a country code, or none"
        found.append(("calendar", why))
    return found
