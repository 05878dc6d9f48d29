"""Cards of the way from told to closed: the agenda with the time line, a lesson, what comes next."""

from collections.abc import Iterator
from datetime import date

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
from bot.core.cards.shown import project_name
from bot.core.case import Case, day_of, text_of
from bot.core.dialogue.scalars import both, local_day
from bot.core.effects import LinkScreen
from bot.core.following.anchors import milestones, watched
from bot.core.following.clicks import of_case
from bot.core.following.wording import FOLLOW, OFFERS, SURE_OF
from bot.core.lessons.lesson import Lesson
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE, working_calendar
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
        parts = (
            Fact(
                Text(en=f"{p.title.en} ({p.minutes} min)", zh=f"{p.title.zh}（{p.minutes}分钟）"),
                p.ask,
            )
            for p in agenda.parts
        )
        blocks += [Paragraph(agenda.title), Facts(tuple(parts))]
    return Card(head, tuple(blocks))


def offer_card(case: Case, text: Text, offers: tuple[str, ...]) -> Card:
    """One sentence, and what can be done next."""
    buttons = tuple(
        Button(OFFERS[name], of_case(case.id, name), "primary" if n == 0 else "plain")
        for n, name in enumerate(offers)
    )
    return Card(text, (Paragraph(text), *((Buttons(buttons),) if buttons else ())))


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
    return Card(head, (Heading(head), Facts(rows), Hint(FOLLOW.watch_how), Buttons(buttons)))


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
    rows = [Fact(label, both(day)) for day, label in sorted(_days(case), key=lambda d: d[0])]
    yield Paragraph(FOLLOW.time_line)
    yield Facts(tuple(rows))
    sign, told = day_of(case, "first_sign"), case.told_at
    if sign is not None and told is not None:
        silent = working_calendar(case).between(sign, local_day(case, told))
        yield Hint(FOLLOW.silent_for.fill(days=max(silent, 0)))


def _days(case: Case) -> Iterator[tuple[date, Text]]:
    days = (
        (day_of(case, "first_sign"), FOLLOW.first_sign),
        (local_day(case, case.begun_at), FOLLOW.begun),
        (day_of(case, ORIGINAL_DATE), FOLLOW.first_date),
        (local_day(case, case.told_at) if case.told_at else None, FOLLOW.told),
        (day_of(case, NEW_DATE), FOLLOW.new_date),
        (local_day(case, case.recovered_at) if case.recovered_at else None, FOLLOW.came),
    )
    yield from ((day, label) for day, label in days if day is not None)
    yield from ((day, FOLLOW.milestone.fill(name=name or "…")) for _, name, day in milestones(case))
