"""What the buttons about a tracker carry, and the events that they become."""

from bot.core.cards.blocks import Action
from bot.core.case import Case
from bot.core.stamp import Stamp
from bot.core.tracking.events import (
    TrackerAsked,
    TrackerEvent,
    TrackerLeft,
    TrackerOpened,
    TrackerPicked,
)


def event(stamp: Stamp, name: str, argument: str) -> TrackerEvent | None:
    """The event of a click; None when its name is another one's."""
    rest, _, live = argument.rpartition("/")
    on = _whole(live)
    match name:
        case "tracker":
            source, _, page = rest.partition("/")
            return TrackerOpened(stamp, source, _whole(page), on)
        case "tracker_pick":
            return TrackerPicked(stamp, rest, on)
        case "tracker_leave":
            return TrackerLeft(stamp, on)
        case "tracker_again":
            return TrackerAsked(stamp, on)
        case _:
            return None


def opens(case: Case, source: str, page: int = 0) -> Action:
    """Shows the projects of a tracker, or another page of them."""
    return Action("tracker", f"{source}/{page}/{case.live}")


def picks(case: Case, ref: str) -> Action:
    """Chooses a project."""
    return Action("tracker_pick", f"{ref}/{case.live}")


def leaves(case: Case) -> Action:
    """Closes the list, or goes on without the tracker."""
    return Action("tracker_leave", f"/{case.live}")


def reads_again(case: Case) -> Action:
    """Reads the facts once more."""
    return Action("tracker_again", f"/{case.live}")


def _whole(word: str) -> int:
    return int(word) if word.isdecimal() and word.isascii() and len(word) < 10 else 0
