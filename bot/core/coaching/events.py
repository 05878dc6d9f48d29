"""What happens between a person and the coach."""

from dataclasses import dataclass

from bot.core.coaching.told import Coached
from bot.core.stamp import Stamp


@dataclass(frozen=True, slots=True)
class CoachSpoke:
    """The coach has read a step's answers, or a draft (`about` is then its variant's name)."""

    stamp: Stamp
    about: str
    coached: Coached


@dataclass(frozen=True, slots=True)
class NoteUsed:
    """The coach's rewording was taken over. `seen` is as in Submitted; None is the case as it is."""

    stamp: Stamp
    about: str
    check: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class NoteKept:
    """A note was set aside, with a reason; the words stay as they are."""

    stamp: Stamp
    about: str
    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class NotesOpened:
    """All notes of a step were asked for, not only the first two.

    `here` wants them on the card of the step that is open, where the noted one lies behind it.
    """

    stamp: Stamp
    about: str
    here: bool = False


CoachEvent = CoachSpoke | NoteUsed | NoteKept | NotesOpened
