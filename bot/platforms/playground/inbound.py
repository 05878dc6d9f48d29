"""What the page sends, checked, and turned into what the engine takes in."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, StringConstraints

from bot.core.cards.blocks import Action
from bot.core.words import CaseId, EventId, FieldId
from bot.engine.inbound import Clicked, Commanded, Envelope, Said
from bot.platforms.playground.clock import Jump
from bot.platforms.playground.people import PEOPLE, PLATFORM, TENANT, PlaceKind, place, someone

_DELAY = re.compile(r"^\s*/\s?(?:delay|延期)(?=\s|$)", re.IGNORECASE)

# Milliseconds of the page's clock, by which the lines of a conversation are put in order, and
# something unguessable.
Id = Annotated[str, StringConstraints(pattern=r"^[0-9]{13}-[0-9a-f]{32}$")]
Word = Annotated[str, StringConstraints(max_length=200)]


def _known(person: str) -> str:
    if all(p.id != person for p in PEOPLE):
        raise ValueError("nobody here has that name")
    return person


class Body(BaseModel):
    """What every post says: who is there, and where."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    person: Annotated[Word, AfterValidator(_known)]
    conversation: PlaceKind = "dm"


class SayBody(Body):
    """A line was written."""

    id: Id
    text: str


class ActionBody(BaseModel):
    """The action of a button."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Word
    argument: str = ""


class ClickBody(Body):
    """A button was pressed or a form sent. `message` names the message it stands in."""

    id: Id
    message: str = ""
    case: Word | None = None
    action: ActionBody
    seen: int = 0
    boxes: Mapping[str, str | tuple[str, ...] | tuple[dict[str, str], ...]] = {}
    text: str = ""


class TableBody(Body):
    """A file with milestones; `columns` are those that the person chose, by their number from 0."""

    name: Word
    content: Base64Bytes
    columns: Mapping[Literal["name", "day", "owner"], int] = {}


class ClockBody(Body):
    """The clock is to be moved."""

    to: Jump | Literal["next_ping"]


class LanguageBody(Body):
    """The person wants to read another language."""

    id: Id
    language: Literal["en", "zh"]


def said(body: SayBody, at: datetime) -> Said | Commanded:
    """A line as the engine takes it: `/delay …` is a command, anything else is a line."""
    envelope = _envelope(body, body.id, at)
    found = _DELAY.match(body.text)
    if found:
        return Commanded(envelope, body.text[found.end() :].strip(), body.text.strip())
    return Said(envelope, body.text)


def clicked(body: ClickBody, at: datetime, case: CaseId | None) -> Clicked:
    """A click as the engine takes it; `case` is the one that the message belongs to."""
    return Clicked(
        _envelope(body, body.id, at),
        case=case,
        action=Action(body.action.name, body.action.argument),
        seen=body.seen,
        boxes={FieldId(name): raw for name, raw in body.boxes.items()},
        text=body.text,
    )


def language_chosen(body: LanguageBody, at: datetime) -> Clicked:
    """The language switch as the engine takes it."""
    action = Action("language", body.language)
    return Clicked(_envelope(body, body.id, at), case=None, action=action, seen=0)


def is_command(text: str) -> bool:
    """Whether a line is meant for the bot wherever it is written."""
    return text.lstrip().startswith("/")


def _envelope(body: Body, id_: str, at: datetime) -> Envelope:
    """From wherever it was sent: what is to be kept is said in the person's own conversation."""
    who = someone(body.person)
    return Envelope(
        id=EventId(id_),
        tenant=TENANT,
        person=who.id,
        platform=PLATFORM,
        conversation=place("dm", who).conversation,
        at=at,
        profile=who.profile,
        heard_in="" if body.conversation == "dm" else place(body.conversation, who).conversation,
        name=who.name,
    )
