"""The first message in a project's channel: what the team is asked about, and for which dates."""

from collections.abc import Sequence

from bot.core.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
)
from bot.core.cards.desk_cards import PHASES, Listed
from bot.core.cards.shown import project_name
from bot.core.case import Case, text_of
from bot.core.dialogue.scalars import both
from bot.core.following.anchors import milestones_ahead, new_date_ahead
from bot.core.following.clicks import of_case
from bot.core.following.look_back import OVER
from bot.core.following.room_words import REFUSED, ROOMS
from bot.core.pings.rooms import Here, Room
from bot.core.words import Text, same

_SHOWN = 8  # names in one sentence


def room_card(case: Case, room: Room) -> Card:
    """The dates that were promised; nothing of how it was told, of remedies or of causes."""
    if case.room != room:
        ended = ROOMS.ended.fill(project=project_name(case))
        return Card(ended, (Hint(ended),))
    head = ROOMS.title.fill(project=project_name(case))
    new_date = new_date_ahead(case)
    rows = [Fact(ROOMS.new_date, both(new_date), PHASES[case.phase])] if new_date else []
    rows += [Fact(same(m.what or "…"), both(m.day)) for m in milestones_ahead(case)]
    blocks: list[Block] = [Heading(head), Paragraph(_first(case))]
    blocks += [Facts(tuple(rows))] if rows else []
    return Card(head, tuple(blocks))


def _first(case: Case) -> Text:
    """What is asked below it; once it came or is over, that nothing is."""
    if case.phase in OVER:
        return ROOMS.over
    said = ROOMS.first if case.recovered_at is None else ROOMS.came
    return said.fill(customer=text_of(case, "customer") or "…")


def room_blocks(case: Case) -> list[Block]:
    """To the owner: where the team is asked, or how it could be."""
    if case.room is None:
        return [Hint(ROOMS.how)]
    back = Button(ROOMS.only_me, of_case(case.id, "room_off"))
    return [Hint(ROOMS.stands.fill(room=same(case.room.name))), Buttons((back,))]


def how() -> Card:
    """Where the command is to be typed."""
    return _sentence(ROOMS.how)


def nothing_told() -> Card:
    """There is no case yet that could go to a channel."""
    return _sentence(ROOMS.not_told)


def which(cases: Sequence[Listed]) -> Card:
    """Several could be meant."""
    names = [c.project or c.customer or "…" for c in cases[:_SHOWN]]
    return _sentence(ROOMS.which.fill(names=Text(en=", ".join(names), zh="、".join(names))))


def refused(here: Here | None) -> Card:
    """Why this channel will not do."""
    company = here.company if here is not None else "unknown"
    name = same(here.name) if here is not None and here.name else ROOMS.this
    return _sentence(REFUSED.get(company, REFUSED["unknown"]).fill(room=name))


def bound(case: Listed, here: Here) -> Card:
    """What comes to this channel from now on, with the way back."""
    told = ROOMS.bound.fill(project=case.project or "…", room=same(here.name))
    back = Button(ROOMS.only_me, of_case(case.id, "room_off"))
    return Card(told, (Paragraph(told), Buttons((back,))))


def left(case: Listed) -> Card:
    """All comes to the owner alone again."""
    return _sentence(ROOMS.left.fill(project=case.project or "…"))


def _sentence(text: Text) -> Card:
    return Card(text, (Paragraph(text),))
