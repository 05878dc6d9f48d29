"""What stays the same throughout a turn: the house, the open tables, the place and the language."""

from dataclasses import dataclass

from bot.core.words import Language
from bot.engine.house import House
from bot.engine.ports import Filed, Place, Turn


@dataclass(frozen=True, slots=True)
class Session:
    """An open turn and what stays the same in it: where it happens and in whose language."""

    house: House
    turn: Turn
    place: Place
    language: Language


async def owners(house: House, turn: Turn, filed: Filed) -> Session:
    """A session where the case stands, in the language of its owner."""
    owner = await turn.person(filed.case.owner)
    return Session(house, turn, filed.place, owner.language if owner else filed.case.language)
