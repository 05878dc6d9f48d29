"""Files that a person may take away; who makes them is the wiring's to say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.approving.release import Release
from bot.core.case import Case

Kind = Literal["eml", "docx", "ics"]
KINDS: tuple[Kind, ...] = ("eml", "docx", "ics")


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name, what kind it is, and its bytes."""

    name: str
    media_type: str
    content: bytes


MakeFile = Callable[[Case, Release, Kind, datetime], File]
