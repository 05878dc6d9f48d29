"""Cards over all cases of a person: what is followed up, lessons that were found, the report."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from bot.core.approving.release import REACTIONS as KINDS
from bot.core.approving.wording import REACTIONS
from bot.core.cards import coming_card
from bot.core.cards.blocks import (
    Action,
    Bar,
    Block,
    Button,
    Buttons,
    Card,
    Chart,
    Divider,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
)
from bot.core.cards.copied_blocks import copied_hints
from bot.core.cards.desk_cards import PHASES
from bot.core.cards.follow_cards import lesson_blocks
from bot.core.cards.ping_card import Asked, buttons_of
from bot.core.cards.promise_facts import promise_fact
from bot.core.cards.shown import project_name
from bot.core.case import Case
from bot.core.dialogue.scalars import both
from bot.core.following.clicks import EARLIER, LATER, of_case
from bot.core.following.wording import FOLLOW
from bot.core.lessons.lesson import Lesson
from bot.core.pings.manners import Manners
from bot.core.playbook import Playbook
from bot.core.reading.numerals import chinese_number
from bot.core.reports.report import ROWS, Report, Row
from bot.core.words import Text, same

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"^(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2}(?=\s*月))(?:\s*月份?)?$"
)
_NAMED = re.compile(rf"(?P<name>(?:{'|'.join(_MONTHS)})[a-z]*)\.?(?:\s+(?P<year>\d{{4}}))?")
SHOWN = 6  # pings with their buttons on one card
REPORT_FILE = "report_file"  # the action that takes a report away, "csv/2026-05"
REPORT_KINDS: tuple[Literal["csv", "docx"], ...] = ("csv", "docx")
_FOUND = 5
_CLOSABLE = 4


def followups(
    cases: Sequence[tuple[Playbook, Case]],
    *,
    today: date,
    manners: Manners | None = None,
    words: str = "",
) -> Card:
    """What was promised, what waits for an answer, with its buttons, and what comes next.

    `manners` are those of whoever looks; `words` may be the wish of a button on this card.
    """
    wish = coming_card.wish_in(words)
    shown = coming_card.card(wish, cases) if wish is not None else None
    if shown is not None:
        return shown
    waiting, coming = _waiting(cases), coming_card.coming(cases)
    promised = [block for _, case in cases for block in _promised(case, today)]
    if not waiting and not coming:
        return Card(FOLLOW.none_open, (Heading(FOLLOW.title_all), Paragraph(FOLLOW.none_open)))
    blocks: list[Block] = [Heading(FOLLOW.title_all), *_never(manners), *promised]
    for one in waiting[:SHOWN]:
        blocks += [Paragraph(one.words), buttons_of(one), Divider()]
    more = len(waiting) - SHOWN
    if more > 0:
        blocks.append(Hint(FOLLOW.more.fill(count=more)))
    if coming:
        only = cases[0][1] if len(cases) == 1 else None
        blocks += [Paragraph(FOLLOW.comes_next), *coming_card.rows(coming, case=only)]
    blocks += copied_hints([case for _, case in cases])
    told = [case for _, case in cases if case.told_at is not None and case.phase != "closed"]
    write = tuple(
        Button(FOLLOW.write_update.fill(project=project_name(case)), of_case(case.id, "write"))
        for case in told[:_CLOSABLE]
        if case.recovered_at is None
    )
    blocks += [Buttons(write)] if write else []
    close = tuple(
        Button(FOLLOW.close_named.fill(project=project_name(case)), of_case(case.id, "close"))
        for case in told[:_CLOSABLE]
    )
    blocks += [Buttons(close)] if close else []
    blocks += _whole(told[0]) if len(told) == 1 else []
    blocks += [Hint(FOLLOW.one_alone)] if len(told) > 1 else []
    return Card(FOLLOW.followups.fill(waiting=len(waiting), coming=len(coming)), tuple(blocks))


def found_lessons(lessons: Sequence[Lesson], words: str) -> Card:
    """The lessons that fit what was typed."""
    if not lessons:
        none = FOLLOW.no_lesson.fill(words=words[:60] or "…")
        return Card(none, (Paragraph(none),))
    blocks: list[Block] = [Heading(FOLLOW.lessons.fill(words=words[:60]))]
    for lesson in lessons[:_FOUND]:
        blocks += [*lesson_blocks(lesson), Divider()]
    return Card(FOLLOW.lessons.fill(words=words[:60]), tuple(blocks[:-1]))


def report_card(report: Report, *, labels: dict[str, Text], files: bool = False) -> Card:
    """Three sentences, one chart, a table of ten, and its files where they can be taken away.

    `labels` names the kinds of cause.
    """
    month = Text(en=f"{report.first:%B %Y}", zh=f"{report.first.year}年{report.first.month}月")
    head = FOLLOW.report.fill(month=month)
    told = sentences(report)
    if not report.rows:
        return Card(head, (Heading(head), Paragraph(told[0])))
    blocks: list[Block] = [
        Heading(head),
        *(Paragraph(s) for s in told),
        *([_chart(report, labels)] if report.causes else []),
    ]
    blocks.append(Facts(tuple(_fact(row) for row in report.rows[:ROWS])))
    if len(report.rows) > ROWS:
        blocks.append(Hint(FOLLOW.more_rows.fill(count=len(report.rows) - ROWS)))
    blocks += [Buttons(_files(report))] if files else []
    text = Text(en=" ".join(s.en for s in told), zh="".join(s.zh for s in told))
    return Card(text, tuple(blocks))


def _promised(case: Case, today: date) -> list[Block]:
    """The dates that the customer was told and that are still to come, as the told card names them."""
    if case.told_at is None or case.recovered_at is not None or case.phase == "closed":
        return []
    rows = [promise_fact(one) for one in case.given if one.date >= today]
    if not rows:
        return []
    return [Paragraph(FOLLOW.promised.fill(project=project_name(case))), Facts(tuple(rows[:SHOWN]))]


def _never(manners: Manners | None) -> list[Block]:
    """Why nothing comes, to somebody who wanted it so."""
    if manners is None or manners.level != "off":
        return []
    why = manners.never
    return [Hint(FOLLOW.never.fill(why=why) if why else FOLLOW.never_before)]


def _waiting(cases: Sequence[tuple[Playbook, Case]]) -> list[Asked]:
    found = [
        Asked(case, kind, reminder)
        for playbook, case in cases
        for reminder in case.reminders.values()
        if reminder.state in ("asked", "parked") and (kind := playbook.pings.kind(reminder.kind))
    ]
    return sorted(found, key=lambda a: (a.reminder.day, a.case.id, a.reminder.key))


def _whole(case: Case) -> list[Block]:
    """All pings of the only case: moved by a day, or stopped for a reason."""
    buttons = (
        Button(FOLLOW.all_earlier, of_case(case.id, "retune", EARLIER)),
        Button(FOLLOW.all_later, of_case(case.id, "retune", LATER)),
        Button(FOLLOW.stop_all, coming_card.stop_all(case)),
    )
    return [Buttons(buttons)]


def sentences(report: Report) -> tuple[Text, ...]:
    """A month in three sentences; in one where nothing was late."""
    if not report.rows:
        return (FOLLOW.report_none,)
    first = FOLLOW.report_cases.fill(
        cases=len(report.rows), told=report.told, states=_states(report)
    )
    return first, _of_dates(report), _of_feedback(report)


def _states(report: Report) -> Text:
    """How many cases are in each state, in the order in which a case comes through them."""
    found = [(PHASES[phase], count) for phase, count in report.states]
    return Text(
        en=", ".join(f"{label.en}: {count}" for label, count in found),
        zh="，".join(f"{label.zh}{count}起" for label, count in found),
    )


def _of_dates(report: Report) -> Text:
    """How long customers were in the dark, and whether the new dates held."""
    held, known = report.kept
    silence = FOLLOW.report_not_told
    if report.silent is not None:
        silence = FOLLOW.report_silent_one
    if report.silent is not None and report.silent != 1:
        silence = FOLLOW.report_silent.fill(silent=f"{report.silent:g}")
    dates = FOLLOW.report_held.fill(held=held, known=known) if known else FOLLOW.report_none_due
    return Text(en=f"{silence.en}; {dates.en}", zh=f"{silence.zh}；{dates.zh}")


def _of_feedback(report: Report) -> Text:
    """What customers said, and how many said nothing when they were asked."""
    said = _of_answers(report)
    if not report.silences:
        return said
    unused = FOLLOW.report_unused.fill(count=report.silences)
    return Text(en=f"{said.en} {unused.en}", zh=f"{said.zh}{unused.zh}")


def _of_answers(report: Report) -> Text:
    """How customers took it, and their scores; of under five scores only how many."""
    took, count = _of_reactions(report), len(report.scores)
    if report.score is not None:
        scores = FOLLOW.report_scores.fill(score=f"{report.score:.1f}", count=count)
    elif count or took is None:
        scores = FOLLOW.report_few.fill(count=count) if count else FOLLOW.report_no_answers
    else:
        return took
    return scores if took is None else Text(en=f"{took.en} {scores.en}", zh=took.zh + scores.zh)


def _of_reactions(report: Report) -> Text | None:
    """Each way in which customers took it with its number; None where nobody has said."""
    found = [(REACTIONS[r], n) for r in KINDS if (n := dict(report.reactions).get(r))]
    if not found:
        return None
    return FOLLOW.report_took.fill(
        took=Text(
            en=", ".join(f"{label.en} ({n})" for label, n in found),
            zh="、".join(f"{label.zh}（{n}）" for label, n in found),
        )
    )


def _files(report: Report) -> tuple[Button, ...]:
    month = f"{report.first:%Y-%m}"
    return tuple(
        Button(FOLLOW.as_file.fill(kind=kind.upper()), Action(REPORT_FILE, f"{kind}/{month}"))
        for kind in REPORT_KINDS
    )


def _chart(report: Report, labels: dict[str, Text]) -> Chart:
    total = max(sum(n for _, n in report.causes), 1)
    bars = tuple(
        Bar(labels.get(cause, same(cause)), round(100 * n / total))
        for cause, n in report.causes[:6]
    )
    named = [(labels.get(cause, same(cause)), n) for cause, n in report.causes[:6]]
    text = Text(
        en="; ".join(f"{label.en}: {n}" for label, n in named) or "–",
        zh="；".join(f"{label.zh}：{n}" for label, n in named) or "–",
    )
    return Chart(FOLLOW.report_causes, bars, text)


def _fact(row: Row) -> Fact:
    state = PHASES[row.phase]
    until = row.delivered or row.new_date
    day = both(until) if until else same("–")
    value = Text(en=f"{state.en} · {day.en}", zh=f"{state.zh} · {day.zh}")
    return Fact(same(" · ".join(p for p in (row.project, row.customer) if p) or "…"), value)


def month_of(words: str, today: date) -> date | None:
    """The month that was typed ("2026-05", "May 2026", "5月"); this one where nothing was typed."""
    typed = words.strip()
    if not typed:
        return today
    found = _MONTH.search(typed)
    if found is not None:
        year, month = int(found["year"] or today.year), chinese_number(found["month"]) or 0
        return date(year, month, 1) if 1 <= month <= 12 and year > 0 else None
    named = _NAMED.fullmatch(typed.casefold())
    month = _MONTHS.index(named["name"][:3]) + 1 if named else 0
    return date(int((named and named["year"]) or today.year), month, 1) if month else None
