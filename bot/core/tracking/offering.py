"""What the facts of a tracker offer to a case: as defaults, marked, until the person takes them.

No date is offered as what was promised: a tracker knows what is planned now, not what was told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from bot.core.case import (
    Case,
    Cell,
    DateValue,
    NumberValue,
    Offer,
    PercentValue,
    PersonValue,
    RowsValue,
    TextValue,
    Value,
    customer_language,
)
from bot.core.playbook import Field, Playbook
from bot.core.reading.formats import show_date
from bot.core.tracking.facts import Item, Kind, Milestone, ProjectFacts, percent
from bot.core.tracking.tracked import Followed
from bot.core.tracking.wording import TRACK, origin
from bot.core.words import FieldId, Language

DONE, LEFT, PERCENT = FieldId("done"), FieldId("left"), FieldId("percent_done")
REMAINING, MILESTONES = FieldId("remaining"), FieldId("milestones")
WATCHED = FieldId("watch_dates")
_NAMED = 3  # late items that a sentence names
_RANK: Mapping[Kind, int] = {"milestone": 0, "release": 1, "sprint": 2, "project": 3}


def offers(playbook: Playbook, case: Case) -> Mapping[FieldId, Offer]:
    """What is offered now; nothing where the person has answered."""
    followed = case.tracking.followed
    if followed is None or followed.facts is None:
        return {}
    source = origin(followed.origin, followed.facts.read_at, case.zone)
    return {
        name: Offer(value, source)
        for name, value in _values(playbook, case, followed, followed.facts)
        if name in playbook.fields and name not in case.answers and name not in case.passed
    }


def others(case: Case) -> Mapping[FieldId, Offer]:
    """The offers that come from elsewhere."""
    followed = case.tracking.followed
    if followed is None or followed.facts is None:
        return case.offers
    source = origin(followed.origin, followed.facts.read_at, case.zone)
    return {k: v for k, v in case.offers.items() if v.origin != source}


def with_offers(playbook: Playbook, case: Case, beside: Mapping[FieldId, Offer]) -> Case:
    """The case with what its tracker offers now, `beside` offers that go before."""
    found = {**offers(playbook, case), **beside}
    return case if found == case.offers else replace(case, offers=found)


def is_whole(field: Field, value: Value) -> bool:
    """Whether an offered value can stand as an answer: a table only with all that it must hold."""
    if not isinstance(value, RowsValue):
        return True
    needed = [c.id for c in field.columns if c.required]
    return all(name in row for row in value.rows for name in needed)


def _values(
    playbook: Playbook, case: Case, followed: Followed, facts: ProjectFacts
) -> Iterator[tuple[FieldId, Value]]:
    language, whole = customer_language(case), facts.whole
    if whole is not None and whole.done is not None and whole.total:
        words = TRACK.done_text.fill(done=whole.done, total=whole.total)
        yield DONE, TextValue(words.to(language))
        share = percent(whole.done, whole.total)
        if share is not None:
            yield PERCENT, PercentValue(Decimal(share))
        yield REMAINING, NumberValue(Decimal(whole.total - whole.done))
    if facts.late_items:
        yield LEFT, TextValue(_left(followed, facts, language))
    for name, most in ((MILESTONES, 6), (WATCHED, 12)):
        field = playbook.fields.get(name)
        rows = tuple(_rows(facts, name))[: field.max_rows if field else most]
        if field is not None and len(rows) >= field.min_rows:
            yield name, RowsValue(rows)


def _left(followed: Followed, facts: ProjectFacts, language: Language) -> str:
    named = [_named(i, language) for i in facts.late_items[:_NAMED]]
    items = (", " if language == "en" else "、").join(named)
    more = followed.late - len(named)
    if more > 0:
        items = TRACK.left_and.fill(items=items, count=more).to(language)
    return TRACK.left_text.fill(items=items).to(language)


def _named(item: Item, language: Language) -> str:
    if item.due is None:
        return item.title
    day = show_date(item.due, language, year=False, weekday=False)
    return f"{item.title} ({day})" if language == "en" else f"{item.title}（{day}）"


def _rows(facts: ProjectFacts, name: FieldId) -> Iterator[Mapping[str, Cell]]:
    """What is still to come, the milestones before releases and sprints; without a new day."""
    open_ = [
        m
        for m in facts.milestones
        if m.kind != "project" and m.state != "done" and m.due and m.name
    ]
    best = min((_RANK[m.kind] for m in open_), default=0)
    seen: set[str] = set()
    for m in sorted(open_, key=_day_of):
        if _RANK[m.kind] == best and m.name.casefold() not in seen and m.due is not None:
            seen.add(m.name.casefold())
            yield _row(m, "day" if name == WATCHED else "old_date")


def _day_of(milestone: Milestone) -> tuple[str, str]:
    return (milestone.due.isoformat() if milestone.due else "", milestone.name)


def _row(milestone: Milestone, column: str) -> Mapping[str, Cell]:
    row: dict[str, Cell] = {"name": TextValue(milestone.name)}
    if milestone.due is not None:
        row[column] = DateValue(milestone.due)
    if milestone.owner:
        row["owner"] = PersonValue(milestone.owner)
    return row
