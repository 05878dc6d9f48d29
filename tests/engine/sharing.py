"""A case of Anna's that Ben may be invited to read; ways to see what each of them is shown."""

from dataclasses import replace

from bot.core.approving.organisation import Member, Organisation, Organisations
from bot.core.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Facts,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.case import Case
from bot.core.words import CaseId, Language, PersonId
from bot.engine.deliver import deliver
from bot.engine.inbound import Reply
from tests.engine.room import HERE, Message, Room

BEN = PersonId("ben")
PEOPLE = (
    Member(PersonId("anna"), "Anna Berg"),
    Member(BEN, "Ben Ode"),
    Member(PersonId("zoe"), "Zoe Lund", left=True),
)
BENS = "ben"  # his own conversation, before he was ever heard


def staff(room: Room) -> None:
    """Lets the operator have named the people."""
    organisation = Organisation(HERE, people=PEOPLE)
    room.house = replace(room.house, organisations=Organisations((organisation,)))


async def invited(room: Room, name: str = "Ben Ode") -> CaseId:
    """A case that Ben may read, and the invitation that he got."""
    staff(room)
    case = await room.begin()
    await room.command(f"invite {name}")
    await room.click(case, "invite_yes/ben")
    await deliver(room.house)
    return case


async def by_ben(room: Room, case: CaseId | None, action: str) -> Reply:
    """A button that he presses; what comes of it has arrived."""
    reply = await room.click(case, action, envelope=room.envelope(BEN, conversation=BENS))
    await deliver(room.house)
    return reply


async def stored(room: Room, case: CaseId) -> Case:
    """The case as it is kept."""
    filed = await room.store.case(HERE, case)
    assert filed is not None
    return filed.case


def seen_by(room: Room, conversation: str = BENS) -> list[Message]:
    """All that stands in somebody's own conversation."""
    return [m for m in room.channel.messages if m.conversation == conversation]


def said(card: Card | None, language: Language = "en") -> str:
    """Every text of a card, line by line."""
    if card is None:
        return ""
    return "\n".join(line for block in card.blocks for line in _lines(block, language))


def buttons(card: Card) -> list[Button]:
    """Every button of a card."""
    return [b for block in card.blocks if isinstance(block, Buttons) for b in block.buttons]


def labels(card: Card) -> list[str]:
    """What the buttons of a card say."""
    return [b.label.en for b in buttons(card)]


def _lines(block: Block, language: Language) -> list[str]:
    match block:
        case Heading() | Paragraph() | Hint():
            return [block.text.to(language)]
        case Facts():
            return [f"{r.label.to(language)}: {r.value.to(language)}" for r in block.rows]
        case Quote():
            return [block.text.to(language)]
        case Buttons():
            return [b.label.to(language) for b in block.buttons]
        case _:
            return []
