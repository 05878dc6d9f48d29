"""Core values to JSON and back; the only place that knows how a stored body looks."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.core.cards.blocks import Card
from bot.core.case import Case
from bot.core.desk import Person
from bot.core.effects import StepScreen
from bot.core.lessons.lesson import Lesson
from bot.core.playbook import Playbook

T = TypeVar("T")
KNOWN = 128  # bodies of each shape whose values are kept at hand
_MARK = ',"later":'  # no text holds it: its quotes are escaped there, and no block has such a field
_NAME = '"later"'


class Shape(Generic[T]):
    """How values of one class look as JSON; worked out when the first one is read or written."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._known: dict[str, T] = {}

    @cached_property
    def adapter(self) -> TypeAdapter[T]:
        """What reads and writes them."""
        return TypeAdapter(self._kind)

    def read(self, body: str) -> T:
        """The value of a body, read once while it is at hand; values are frozen, so it may be shared.

        Raises ValidationError.
        """
        found = self._known.get(body)
        if found is None:
            found = self.adapter.validate_json(body)
            self._keep(body, found)
        return found

    def write(self, value: T) -> str:
        """The body of a value; who reads it next gets the value itself."""
        body = self.adapter.dump_json(value).decode()
        self._keep(body, value)
        return body

    def _keep(self, body: str, value: T) -> None:
        while len(self._known) >= KNOWN:
            self._known.pop(next(iter(self._known)), None)
        self._known[body] = value


@dataclass(frozen=True, slots=True)
class _Later:
    """What a card's body says beside the card, where another is to be drawn in its place."""

    later: StepScreen | None = None  # None where the word stands in a text alone


CASE = Shape(Case)
CARD = Shape(Card)
PERSON = Shape(Person)
LESSON = Shape(Lesson)
PLAYBOOK = Shape(Playbook)
_SCREEN = Shape(StepScreen)
_LATER = Shape(_Later)


def dump(shape: Shape[T], value: T) -> str:
    """The value as JSON text."""
    return shape.write(value)


def load(shape: Shape[T], body: str) -> T:
    """The value that `body` holds; raises ValueError, without the body's words, when it does not."""
    try:
        return shape.read(body)
    except ValidationError as error:
        places = ", ".join(".".join(str(p) for p in e["loc"]) for e in error.errors())
        raise ValueError(f"a stored body does not fit: {places}") from None


def put_off(body: str, screen: StepScreen) -> str:
    """A card's body that says which card is to be drawn in its place.

    The card stays in it: an earlier release, which knows nothing of this, sends that one.
    """
    bare, mark, _ = body.rpartition(_MARK)
    if not mark:
        bare = (_without_screen(body) if _NAME in body else body)[:-1]
    return f"{bare}{_MARK}{dump(_SCREEN, screen)}}}"


def _without_screen(body: str) -> str:
    """The card alone of a body that was written anew meanwhile, with other spaces in it."""
    found = json.loads(body)
    found.pop("later", None)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def later(body: str) -> StepScreen | None:
    """What is to be drawn in the place of the card of a body; None where that is the one to be sent.

    Raises ValueError.
    """
    return load(_LATER, body).later if _NAME in body else None


def fold(name: str) -> str:
    """A name as it is compared: case and spacing make no difference."""
    return " ".join(plain(name).split()).casefold()


def plain(words: str) -> str:
    """The words as a column of their own holds them: PostgreSQL's text has no NUL."""
    return words.replace("\0", "\ufffd")
