"""What is talked about in a meeting, part by part: data of a playbook."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from bot.core.words import Text

_DATA = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """One part of a meeting."""

    __pydantic_config__: ClassVar[ConfigDict] = _DATA
    minutes: int
    title: Text
    ask: Text


@dataclass(frozen=True, slots=True)
class Agenda:
    """One meeting; the ids `retrospective` and `customer_meeting` are known to the bot."""

    __pydantic_config__: ClassVar[ConfigDict] = _DATA
    id: str
    title: Text
    parts: tuple[AgendaPart, ...]
