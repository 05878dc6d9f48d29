"""What can happen between a case and its copies in other systems. Past tense; the time comes with it."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.mirroring.mirrored import Copy
from bot.core.stamp import Stamp
from bot.core.words import Text


@dataclass(frozen=True, slots=True)
class MirrorBegun:
    """Copies are being written; until then nobody else begins to."""

    stamp: Stamp
    until: datetime


@dataclass(frozen=True, slots=True)
class CopyWritten:
    """One copy stands as the case wants it, or is gone."""

    stamp: Stamp
    key: str
    copy: Copy


@dataclass(frozen=True, slots=True)
class MirrorEnded:
    """The writing is over; with `why`, it was refused, and is not tried again before `until`.

    `key` is the copy that was refused.
    """

    stamp: Stamp
    why: Text | None = None
    until: datetime | None = None
    key: str = ""


MirrorEvent = MirrorBegun | CopyWritten | MirrorEnded
