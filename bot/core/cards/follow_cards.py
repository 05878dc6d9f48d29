"""Cards of the way from told to closed: the agenda with the time line, a lesson, what comes next."""

from collections.abc import Iterator

from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.cards.meeting_card import is_ahead, opener
from bot.core.cards.shown import project_name
from bot.core.cards.tracker_blocks import watch_blocks
from bot.core.cards.voices_card import agenda_blocks, said_blocks
from bot.core.case import Case, text_of
from bot.core.dialogue.scalars import both
from bot.core.effects import LinkScreen, OfferScreen
from bot.core.following.anchors import watched
from bot.core.following.clicks import of_case, ping
from bot.core.following.minutes import silence, time_line
from bot.core.following.tuning import DELIVERED, to_be_delivered
from bot.core.following.wording import CASE_FILE, CASE_FILES, FOLLOW, OFFERS, PAGE, SURE_OF
from bot.core.lessons.lesson import Lesson
from bot.core.meetings.meeting import Purpose
from bot.core.phrases import SAY
from bot.core.playbook import Playbook
from bot.core.words import Text, same


def agenda_card(playbook: Playbook, case: Case, name: str) -> Card:
    """A meeting's parts, and what happened when, as the case knows it."""
    agenda = next((a for a in playbook.agendas if a.id == name), None)
    inside = name == "retrospective"
    head = (FOLLOW.look_back if inside else FOLLOW.meet).fill(project=project_name(case))
    blocks: list[Block] = [Heading(head), *(_time_line(case) if inside else ())]
    if agenda is not None:
        blocks += agenda_blocks(agenda)
    if inside:
        blocks += said_blocks(playbook, case)
    purpose: Purpose = "retrospective" if inside else "customer_meeting"
    buttons = [opener(case, purpose)] if case.told_at is not None else []
    around = case.surroundings
    if not inside and around is not None and around.takes_files and not is_ahead(case, purpose):
        buttons.append(_button(case, "meeting.ics", first=False))
    blocks += [Buttons(tuple(buttons))] if buttons else []
    return Card(head, tuple(blocks))


def offer_card(case: Case, screen: OfferScreen) -> Card:
    """One sentence, what was done about it, and what can be done next."""
    buttons = tuple(_button(case, name, first=n == 0) for n, name in enumerate(screen.offers))
    done = (Hint(screen.done, "good"),) if screen.done is not None else ()
    rest = (Buttons(buttons),) if buttons else ()
    return Card(screen.text, (Paragraph(screen.text), *done, *rest))


def link_card(case: Case, screen: LinkScreen) -> Card:
    """The words with the link, to be copied, and how long it holds."""
    customer = text_of(case, "customer")
    head = FOLLOW.link_title.fill(customer=customer or "…")
    words = Quote(screen.words, screen.language, copy=True)
    return Card(head, (Heading(head), words, Hint(screen.told)))


def watch_card(case: Case) -> Card:
    """The watched dates, how sure one was of each, and the way into the conversation."""
    head = FOLLOW.watch_title.fill(project=project_name(case))
    said = {c.number: c.confidence for c in case.checks}
    rows = tuple(
        Fact(
            same(name or "…"),
            both(day),
            note=SURE_OF[said[number]] if number in said else FOLLOW.not_asked,
        )
        for number, name, day in watched(case)
    )
    buttons = (
        Button(OFFERS["sign"], of_case(case.id, "sign")),
        Button(SAY.edit, Action("edit", "watch")),
    )
    rest = (*watch_blocks(case), Hint(FOLLOW.watch_how), Buttons(buttons))
    return Card(head, (Heading(head), Facts(rows), *rest))


def lesson_card(case: Case, lesson: Lesson, offers: tuple[str, ...]) -> Card:
    """The lesson as it would be kept, who will see it, and the way to change its words first."""
    head = FOLLOW.lesson_look
    buttons = tuple(
        Button(OFFERS[name], of_case(case.id, name), "primary" if n == 0 else "plain")
        for n, name in enumerate(offers)
    )
    edit = Button(SAY.edit, Action("edit", "lesson"))
    rest = (Hint(FOLLOW.who_sees), Buttons((*buttons, edit)))
    return Card(head, (Heading(head), *lesson_blocks(lesson), *rest))


def lesson_blocks(lesson: Lesson) -> list[Block]:
    """A lesson as others read it."""
    words = Text(en=f"When: {lesson.trigger}", zh=f"情况：{lesson.trigger}")
    blocks: list[Block] = [Paragraph(words), Quote(same(lesson.advice), language=lesson.language)]
    more = [part for part in (lesson.evidence, lesson.outcome) if part]
    if more:
        blocks.append(Hint(same(" · ".join(more))))
    return blocks


def hint_blocks(case: Case) -> list[Block]:
    """At most two lessons of earlier cases, each with a word on whether it helps."""
    blocks: list[Block] = []
    for lesson in case.hints:
        blocks.append(Hint(FOLLOW.from_others))
        blocks += lesson_blocks(lesson)
        blocks.append(
            Buttons(
                (
                    Button(FOLLOW.helped, of_case(case.id, "helped", lesson.id)),
                    Button(FOLLOW.helped_not, of_case(case.id, "helped_not", lesson.id)),
                )
            )
        )
    return blocks


def _time_line(case: Case) -> Iterator[Block]:
    rows = [Fact(label, both(day)) for day, label in time_line(case)]
    yield Paragraph(FOLLOW.time_line)
    yield Facts(tuple(rows))
    silent = silence(case)
    if silent is not None:
        yield Hint(silent)


def _button(case: Case, name: str, *, first: bool) -> Button:
    """What can be done next; a file is asked for by its kind."""
    file = name in (*CASE_FILES, PAGE)
    action = Action(CASE_FILE, name) if file else of_case(case.id, name)
    if name == DELIVERED and (asked := to_be_delivered(case)) is not None:
        action = ping(case.id, asked, "done")
    return Button(OFFERS[name], action, "primary" if first and not file else "plain")
