"""Core values to JSON and back; the only place that knows how a stored body looks."""

from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.core.cards.blocks import Card
from bot.core.case import Case
from bot.core.desk import Person
from bot.core.playbook import Playbook

T = TypeVar("T")

CASE = TypeAdapter(Case)
CARD = TypeAdapter(Card)
PERSON = TypeAdapter(Person)
PLAYBOOK = TypeAdapter(Playbook)


def dump(adapter: TypeAdapter[T], value: T) -> str:
    """The value as JSON text."""
    return adapter.dump_json(value).decode()


def load(adapter: TypeAdapter[T], body: str) -> T:
    """The value that `body` holds; raises ValueError, without the body's words, when it does not."""
    try:
        return adapter.validate_json(body)
    except ValidationError as error:
        places = ", ".join(".".join(str(p) for p in e["loc"]) for e in error.errors())
        raise ValueError(f"a stored body does not fit: {places}") from None


def fold(name: str) -> str:
    """A name as it is compared: case and spacing make no difference."""
    return " ".join(name.split()).casefold()
