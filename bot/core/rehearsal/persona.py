"""Who calls in a rehearsal: a customer as a script of lines, in both languages.

A persona is data from `playbooks/rehearsal/`. Its lines may use facts of the case in slots; a line
is said only when every fact it names is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import ClassVar, Literal

from pydantic import ConfigDict

from bot.core.playbook import STRICT
from bot.core.rehearsal.replies import Cue, Wants
from bot.core.words import Text

SLOTS = (
    "customer", "project", "promised", "original_date", "new_date", "slip", "cause", "impact",
    "deadline", "deadline_what", "remedy", "times_moved",
)  # fmt: skip
FEWEST_LINES = 10  # of one persona, so that a second try differs
FEWEST_ASKS, MOST_ASKS = 5, 6  # in one call


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of the customer, what would answer it, and how it is put a second time."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    wants: tuple[Wants, ...]  # any of them is an answer; the first one is named in the debrief
    lines: tuple[Text, ...]
    again: tuple[Text, ...] = ()
    place: Literal["first", "middle", "last"] = "middle"
    needs: tuple[str, ...] = ()  # asked only when these facts are known
    always: bool = False  # asked before others where not all have room


@dataclass(frozen=True, slots=True)
class Closing:
    """How the customer ends the call, by how it went."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    well: tuple[Text, ...]
    mixed: tuple[Text, ...]
    badly: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Persona:
    """A customer to practise with."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    title: Text
    about: Text  # one sentence for the card where one chooses
    opening: tuple[Text, ...]
    asks: tuple[Ask, ...]
    closing: Closing
    reactions: Mapping[Cue, tuple[Text, ...]] = field(default_factory=dict)


def slots_of(line: Text) -> frozenset[str]:
    """The facts that a line names."""
    parsed = (*Formatter().parse(line.en), *Formatter().parse(line.zh))
    return frozenset(name for _, name, _, _ in parsed if name)


def sayable(lines: Sequence[Text], known: Mapping[str, Text]) -> tuple[Text, ...]:
    """The lines whose facts are all known, as templates."""
    return tuple(line for line in lines if slots_of(line) <= set(known))


def problems(persona: Persona) -> Iterator[str]:
    """What is wrong with a persona, one sentence each, with its place and remedy."""
    for place, lines in _pools(persona):
        for line in lines:
            for name in sorted(slots_of(line) - set(SLOTS)):
                yield f"{place}: there is no fact {name}; use one of {', '.join(SLOTS)}"
        if all(slots_of(line) - _granted(persona, place) for line in lines):
            yield f"{place}: no line can be said without a fact; add one"
    if sum(len(lines) for _, lines in _pools(persona)) < FEWEST_LINES:
        yield f"persona {persona.id}: has fewer than {FEWEST_LINES} lines; add some"
    free = [ask for ask in persona.asks if not ask.needs]
    if len(free) < FEWEST_ASKS:
        yield f"persona {persona.id}: needs {FEWEST_ASKS} questions that need no fact; add some"
    for wanted in ("first", "last"):
        if not any(ask.place == wanted for ask in free):
            yield f"persona {persona.id}: no question has place {wanted}; give it to one"
    for ask in persona.asks:
        if not ask.wants:
            yield f"ask {ask.id}: wants nothing; write what would answer it"
    ids = [ask.id for ask in persona.asks]
    for id_ in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"ask {id_}: stands twice; rename one of them"


def _pools(persona: Persona) -> Iterator[tuple[str, tuple[Text, ...]]]:
    """Every set of lines that one is chosen from, with its place."""
    yield f"persona {persona.id}: opening", persona.opening
    for ask in persona.asks:
        yield f"ask {ask.id}: lines", ask.lines
        if ask.wants != ("nothing",):
            yield f"ask {ask.id}: again", ask.again
    for cue, lines in persona.reactions.items():
        yield f"persona {persona.id}: reactions to {cue}", lines
    yield f"persona {persona.id}: closing well", persona.closing.well
    yield f"persona {persona.id}: closing mixed", persona.closing.mixed
    yield f"persona {persona.id}: closing badly", persona.closing.badly


def _granted(persona: Persona, place: str) -> frozenset[str]:
    """The facts that are known whenever a line of this place is said."""
    asks = {ask.id: ask for ask in persona.asks}
    id_ = place.removeprefix("ask ").partition(":")[0]
    return frozenset(asks[id_].needs) if id_ in asks else frozenset()
