"""Reading a list page by page, as far as is read; and a part that may be missing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.core.tracking.facts import State
from bot.core.words import Text
from bot.engine.outside import NotAllowed, NotFound, OutsideError, Unreadable

T = TypeVar("T")
PAGES = 20  # of one list
Row = Mapping[str, object]
_PART = Text(en="{what} could not be read: {why}", zh="没有读到{what}：{why}")


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and whether there are more."""

    rows: Sequence[Row]
    more: bool
    total: int | None = None  # of all pages, where the tracker says so


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows of a list; `truncated` when there were more than are read."""

    rows: tuple[Row, ...] = ()
    truncated: bool = False


async def pages(page: Callable[[int], Awaitable[Page]], *, first: int = 0) -> Gathered:
    """The rows of all pages, the first numbered `first`; an empty page is the last."""
    found: list[Row] = []
    for number in range(first, first + PAGES):
        one = await page(number)
        found += one.rows
        if not one.more or not one.rows:
            return Gathered(tuple(found))
    return Gathered(tuple(found), truncated=True)


def counted(states: Sequence[State], *, truncated: bool = False) -> tuple[int | None, int | None]:
    """How many are done, and how many there are; neither where that is not known of each."""
    if truncated or not states or "unknown" in states:
        return None, None
    return states.count("done"), len(states)


@dataclass(slots=True)
class Notes:
    """What could not be read of a project while the rest could."""

    said: list[Text] = field(default_factory=list)

    async def part(self, what: Text, reading: Awaitable[T], otherwise: T) -> T:
        """What is read, or `otherwise` with a note where this part is refused or off.

        What concerns the tracker as a whole, such as a refused key or a pause, is raised.
        """
        try:
            return await reading
        except (NotFound, NotAllowed, Unreadable) as error:
            self.note(what, error)
            return otherwise

    def note(self, what: Text, error: OutsideError) -> None:
        """Say that this part is missing."""
        self.said.append(_PART.fill(what=what, why=error.why))
