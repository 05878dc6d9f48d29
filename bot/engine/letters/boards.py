"""Messages that hold pings of several cases: drawn from all of them, told in their owner's own place."""

from datetime import datetime

from bot.core.cards.ping_card import on_board, ping_card
from bot.core.case import Case
from bot.core.pings.reminder import Board
from bot.core.playbook import Playbook
from bot.core.words import Language
from bot.engine.house import House
from bot.engine.ports import USEFUL, Letter, Place, Turn


async def letter(
    house: House,
    turn: Turn,
    board: Board,
    case: Case,
    *,
    at: datetime,
    home: tuple[Place, Language],
) -> Letter:
    """The board as it stands now, on its way to where its owner is told. Raises LookupError."""
    shown: list[tuple[Playbook, Case]] = []
    for id_ in board.cases:
        filed = await turn.case(id_) if id_ != case.id else None
        one = case if id_ == case.id else filed.case if filed else None
        if one is not None:
            shown.append((await house.shelf.version(turn, one.digest), one))
    place, language = home
    if board.room is not None:
        place = Place(board.room.platform, board.room.conversation)
    return Letter(
        id=house.new_id(),
        case=board.case,
        place=place,
        slot=board.slot,
        language=language,
        card=ping_card(on_board(board, shown), at=at),
        at=at,
        expires_at=at + USEFUL,
    )
