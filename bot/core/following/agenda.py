"""What is talked about in a meeting, part by part: data of a playbook."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from bot.core.words import Text

_DATA = ConfigDict(extra="forbid")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST = 5  # prompts of one meeting


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """One part of a meeting."""

    __pydantic_config__: ClassVar[ConfigDict] = _DATA
    minutes: int
    title: Text
    ask: Text


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing that each of the team is asked; nobody has to answer it."""

    __pydantic_config__: ClassVar[ConfigDict] = _DATA
    id: str
    label: Text
    ask: Text


@dataclass(frozen=True, slots=True)
class Agenda:
    """One meeting; the ids `retrospective` and `customer_meeting` are known to the bot.

    `prompts` are asked of each of the team in the project's channel when it is time to look back;
    with `anonymous`, no name is kept with what they say.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _DATA
    id: str
    title: Text
    parts: tuple[AgendaPart, ...]
    prompts: tuple[Prompt, ...] = ()
    anonymous: bool = False


def problems(agendas: Sequence[Agenda]) -> Iterator[str]:
    """What cannot be meant so, one sentence each, with its place and remedy."""
    for agenda in agendas:
        ids = [p.id for p in agenda.prompts]
        for id_ in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"agenda {agenda.id}: prompt {id_} stands twice; rename one of them"
        if len(ids) > MOST:
            yield f"agenda {agenda.id}: nobody fills {len(ids)} boxes; ask at most {MOST} prompts"
        for id_ in ids:
            if not _ID.fullmatch(id_):
                yield f"agenda {agenda.id}: prompt {id_!r} is no id; write it in snake_case"
