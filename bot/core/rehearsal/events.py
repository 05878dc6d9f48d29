"""What happens while a call is practised."""

from dataclasses import dataclass

from bot.core.rehearsal.practice import Practice
from bot.core.stamp import Stamp


@dataclass(frozen=True, slots=True)
class PracticeOpened:
    """A call is to be practised; without a persona, the customers are shown to choose from.

    `live` is as in events.WentBack.
    """

    stamp: Stamp
    persona: str = ""
    live: int | None = None


@dataclass(frozen=True, slots=True)
class PracticeEnded:
    """The practised call was ended by the person. `live` is as in events.WentBack."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class CustomerSpoke:
    """The customer of a practised call went on; `practice` is how it stands now."""

    stamp: Stamp
    practice: Practice


PracticeEvent = PracticeOpened | PracticeEnded | CustomerSpoke
