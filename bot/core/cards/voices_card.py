"""The look back before the team: what it is about, when what happened, and a form for each of them."""

from bot.core.cards.blocks import (
    Action,
    Block,
    Box,
    Card,
    Fact,
    Facts,
    Form,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.cards.shown import project_name
from bot.core.case import Case
from bot.core.dialogue.scalars import both
from bot.core.effects import VoicesScreen
from bot.core.following.agenda import Agenda
from bot.core.following.look_back import OVER, agenda_of
from bot.core.following.minutes import Said, time_line_for_all, voices
from bot.core.following.room_words import ROOMS
from bot.core.following.voice_words import VOICES
from bot.core.following.voices import LONGEST, LookBack
from bot.core.following.wording import FOLLOW
from bot.core.playbook import Playbook
from bot.core.words import Text, same

ADD = Action("look_back")


def voices_card(playbook: Playbook, case: Case, screen: VoicesScreen) -> Card:
    """One of the two messages in the channel; neither shows what anybody said."""
    back, agenda = case.look_back, agenda_of(playbook)
    if screen.part == "count":
        return _sentence(counted(back))
    if case.room != screen.room:
        return _sentence(ROOMS.ended.fill(project=project_name(case)))
    if back is None or agenda is None or case.phase in OVER:
        return _sentence(VOICES.over.fill(project=project_name(case)))
    head = FOLLOW.look_back.fill(project=project_name(case))
    days = tuple(Fact(label, both(day)) for day, label in time_line_for_all(playbook, case))
    told = VOICES.without_name if back.anonymous else VOICES.with_name
    name = case.surroundings.owner_name if case.surroundings else ""
    owner = same(name) if name else FOLLOW.somebody
    line: list[Block] = [Paragraph(FOLLOW.time_line), Facts(days)] if days else []
    blocks: list[Block] = [
        Heading(head),
        Paragraph(VOICES.invites.fill(project=project_name(case))),
        *line,
        *agenda_blocks(agenda),
        Hint(told.fill(owner=owner)),
        Hint(VOICES.again),
        _form(case, back, agenda),
    ]
    return Card(head, tuple(blocks))


def agenda_blocks(agenda: Agenda) -> list[Block]:
    """A meeting's parts, each with its minutes and its questions."""
    parts = (
        Fact(
            Text(en=f"{p.title.en} ({p.minutes} min)", zh=f"{p.title.zh}（{p.minutes}分钟）"), p.ask
        )
        for p in agenda.parts
    )
    return [Paragraph(agenda.title), Facts(tuple(parts))]


def said_blocks(playbook: Playbook, case: Case) -> list[Block]:
    """For the owner: what each of the team has said, and where they are asked."""
    back, agenda = case.look_back, agenda_of(playbook)
    if back is None or agenda is None:
        return []
    blocks: list[Block] = []
    if case.room is not None and case.phase not in OVER:
        asked, number = VOICES.asked.fill(room=same(case.room.name)), counted(back)
        blocks.append(Hint(Text(en=f"{asked.en} {number.en}", zh=f"{asked.zh}{number.zh}")))
    if back.voices:
        blocks.append(Paragraph(VOICES.team))
    for said in voices(playbook, case):
        blocks += [Hint(said.who), Quote(_words(said))]
    return blocks


def counted(back: LookBack | None) -> Text:
    """How many have answered."""
    count = len(back.voices) if back is not None else 0
    if count < 2:
        return VOICES.one if count else VOICES.none
    return VOICES.count.fill(count=count)


def _form(case: Case, back: LookBack, agenda: Agenda) -> Form:
    how = VOICES.nameless if back.anonymous else VOICES.named
    boxes = (
        Box(
            p.id, "long_text", p.label, p.ask,
            hint=how if n == 0 else None,
            required=False,
            longest=LONGEST,
        )
        for n, p in enumerate(agenda.prompts)
    )  # fmt: skip
    return Form(case.id, 0, tuple(boxes), VOICES.add, action=ADD)


def _words(said: Said) -> Text:
    """What one person said, each beside what was asked."""
    return Text(
        en="\n".join(f"{ask.en}: {words}" for ask, words in said.words),
        zh="\n".join(f"{ask.zh}：{words}" for ask, words in said.words),
    )


def _sentence(text: Text) -> Card:
    return Card(text, (Hint(text),))
