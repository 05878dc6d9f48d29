"""What is taken out of what is kept: a person, or all words. The chain of a record outlives it.

An entry of a record that was changed keeps its old link, so that all links after it still hold. A
further entry, itself in the chain, names that link and the one which the changed entry would have
now; so whoever changes anything else, or changes it again in silence, still breaks the chain.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.words import CaseId, EventId, PersonId
from bot.engine.keeping.aliases import NOBODY
from bot.engine.keeping.chain import ERASED, FIRST, link
from bot.engine.ports import Entry

NOTHING = "null"  # the body of an entry whose words are gone
GAP = "…"  # what stands where a name was
SENT = "release"  # under which stands a message exactly as it was agreed to and sent; it stays


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is to be taken out: their id, what they are called, and what stands for them from now on."""

    id: PersonId
    alias: PersonId
    names: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """Whether the text, JSON or plain, speaks of them."""
        return any(each in text for each in self.spellings)

    @property
    def spellings(self) -> tuple[str, ...]:
        """What names them: the id as JSON has it, each name as people and as JSON write it."""
        escaped = (json.dumps(name, ensure_ascii=False)[1:-1] for name in self.names)
        return tuple(dict.fromkeys((json.dumps(self.id), *self.names, *escaped)))

    def out_of(self, body: str) -> str:
        """The JSON without them: the id replaced by the alias, each name by a gap."""
        return json.dumps(self._without(json.loads(body)), ensure_ascii=False)

    def _without(self, value: Any) -> Any:
        match value:
            case dict():
                is_them = value.get("id") == self.id and "name" in value
                known = {**value, "name": GAP} if is_them else value
                return {
                    self._text(k): v if k == SENT else self._without(v) for k, v in known.items()
                }
            case list():
                return [self._without(each) for each in value]
            case str():
                return self._text(value)
            case _:
                return value

    def _text(self, text: str) -> str:
        if text == self.id:
            return self.alias
        for name in self.names:
            text = text.replace(name, GAP)
        return text


def without(entry: Entry, who: Somebody) -> Entry:
    """The entry without that person."""
    by = who.alias if entry.by == who.id else entry.by
    body = who.out_of(entry.body) if who.is_in(entry.body) else entry.body
    return replace(entry, by=by, body=body)


def emptied(entry: Entry) -> Entry:
    """The entry without its words and without whoever did it."""
    return replace(entry, by=NOBODY, body=NOTHING)


def vouched(
    before: Sequence[Entry],
    after: Sequence[Entry],
    *,
    event: EventId,
    at: datetime,
    why: str,
    case: CaseId,
) -> Entry | None:
    """The entry that vouches for what was changed in a case's log; None where no link is concerned."""
    changed: dict[str, str] = {}
    standing = FIRST
    for old, new in zip(before, after, strict=True):
        if not old.chained:
            continue
        if old != new:
            changed[old.link] = link(standing, new)
        standing = old.link
    if not changed:
        return None
    body = json.dumps({"why": why, "links": changed}, sort_keys=True)
    revision = before[-1].revision
    return Entry(event, ERASED, at, NOBODY, body, case=case, revision=revision, chained=True)
