"""Dates against each other and against the calendar: weekdays, order of work, free days."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from bot.core.coaching.detectors.duties import shown
from bot.core.coaching.detectors.grounds import grounds
from bot.core.coaching.detectors.plans import new_date_span
from bot.core.coaching.detectors.subject import Day, Hit, Subject

_STAGES = ("design", "build", "test", "accept", "live")
_ACCEPTANCE_TEST = {2, 3}  # "acceptance test": one step, two words of it
_FOLLOWS = re.compile(
    r",? (?:after|following|once) (?:the |its |our )?[a-z][a-z -]{2,28} (?:is |are )?(?:on |until |till )?$"
)
_NEAR = 40  # characters from "before that" to its day
_LENGTH_ZH = re.compile("[一二三四五六七八九十]{1,3}日")
_DONE = re.compile(
    r"\b(?:agreed|accepted|confirmed|signed|wrote|told|found|released|came|arrived)\b[^.;]*$"
)
_BARE = re.compile(r"^[a-z]{3,9}\.?,? (?:the )?(\d{1,2})(?:st|nd|rd|th)$")
_SHORTEST = 29  # a day that any month has comes before it
_APART = re.compile("[后起前止][^,，、()（）]{0,3}(?:周|星期|礼拜)")  # "from the 10th on, Mondays"
_STRETCH = re.compile(
    r"in (?:about |some |around )?[a-z0-9]+ (?:days?|weeks?|hours)\b|[\d一二两三四五六七八九十]+(?:天|周|个月)"
)
_BESIDE = re.compile(
    r"\b(?:side by side|in parallel|at the same time|while (?:the|our|they|we)\b[^.;]{0,40}\bstill)\b|同时|并行|穿插|平行"
)
_PIECE = re.compile(r"[;。\n]|[,、](?!\d{3}(?!\d))|\.(?=\s|$)|\bthen\b|\band\b")


def weekday_conflict(subject: Subject) -> Iterator[Hit]:
    """A weekday that does not fit its date."""
    if subject.task.place not in {"plan", "draft"}:
        return
    for day in subject.days:
        named = day.mention.weekday
        if named is None or not day.single or _APART.search(day.mention.text):
            continue
        if _fits_another_month(subject, day, named):
            continue
        if all(reading.day.weekday() != named for reading in day.mention.readings):
            yield Hit(
                "plan.date_conflict",
                day.span,
                {"text": day.mention.text.strip()},
            )
            return


def _fits_another_month(subject: Subject, day: Day, named: int) -> bool:
    """Whether "Tuesday the 1st" is that of a day of the case, or of the next month, when no month is named."""
    bare = _BARE.search(day.mention.text.lower())
    if bare is None:
        return False
    told = grounds(subject.context, subject.today).days
    known = [one for one in told if one.day == int(bare[1])]
    if known:
        return any(one.weekday() == named for one in known)
    number = int(bare[1])
    later = day.first.replace(day=1) + timedelta(days=31)
    if number >= _SHORTEST:
        return False
    other, new = later.replace(day=number), subject.context.new_date
    return other.weekday() == named and (new is None or other <= new)


def other_date(subject: Subject) -> Iterator[Hit]:
    """In a plan answer: a delivery date that is not the case's new date."""
    new = subject.context.new_date
    if subject.task.place != "plan" or new is None:
        return
    today = subject.context.today
    ahead = [d for d in subject.days if d.exact and (today is None or d.last >= today)]
    claimed = [d for d in ahead if not _beside(subject, d)]
    if not claimed or any(day.covers(new) for day in subject.days):
        return
    if any(not d.exact and (today is None or d.last >= today) for d in subject.days):
        return
    last = max(claimed, key=lambda day: day.last)
    yield Hit("plan.date_conflict", last.span, {"text": last.mention.text.strip()})


def milestones_missing(subject: Subject) -> Iterator[Hit]:
    """A long way with fewer than two dated results on it."""
    known = subject.context
    if subject.task.place != "plan" or not (known.today and known.new_date and subject.days):
        return
    far = known.working.between(known.today, known.new_date)
    if far <= subject.threshold("milestone_working_days"):
        return
    between = {
        d.last
        for d in subject.days
        if known.today < d.last < known.new_date and not d.covers(known.new_date)
    }
    if len(between) < subject.threshold("milestones"):
        yield Hit("plan.no_milestones", new_date_span(subject))


def milestone_order(subject: Subject) -> Iterator[Hit]:
    """Steps of the work in an order that cannot be."""
    if subject.task.place != "plan":
        return
    steps = [
        step
        for step in _steps(subject)
        if not subject.context.today or step[1].last >= subject.context.today
    ]
    if _BESIDE.search(subject.plain):
        steps = []  # steps that are said to go on together have no order
    new = subject.context.new_date
    for rank, day in steps:
        later = next((d for r, d in steps if r > rank and d.last < day.first), None)
        ends = day.last if day.exact else day.first
        if later is None and new is not None and rank < len(_STAGES) - 1 and new < ends:
            later = next((d for d in subject.days if d.covers(new)), None)
        if later is not None:
            slots = {"a": day.mention.text.strip(), "b": later.mention.text.strip()}
            yield Hit("plan.milestone_order", day.span, slots)
            return
    swapped = _swapped(subject)
    if swapped:
        first, second = swapped
        slots = {"a": second.mention.text.strip(), "b": first.mention.text.strip()}
        yield Hit("plan.milestone_order", second.span, slots)
        return
    beyond = _beyond(subject)
    if beyond is not None and new is not None:
        final = next(d for d in subject.days if d.covers(new))
        slots = {"a": beyond.mention.text.strip(), "b": final.mention.text.strip()}
        yield Hit("plan.milestone_order", beyond.span, slots)


def _swapped(subject: Subject) -> tuple[Day, Day] | None:
    """A day, and a later one that is said to come before it; None when there are none."""
    days = [day for day in subject.days if day.exact]
    for start, end in subject.spans("before_that"):
        earlier = [day for day in days if day.span[1] <= start]
        later = [day for day in days if end <= day.span[0] <= end + _NEAR]
        if earlier and later and later[0].first > earlier[-1].last:
            return earlier[-1], later[0]
    for a, b in pairwise(days):
        between = subject.plain[a.span[1] : b.span[0]]
        if b.first > a.last and len(between) < _NEAR and _FOLLOWS.search(between):
            return b, a
    return None


def _beyond(subject: Subject) -> Day | None:
    """A step of the work that ends after the delivery it serves; None when there is none."""
    new = subject.context.new_date
    if new is None or not any(day.covers(new) for day in subject.days):
        return None
    if subject.has("uncertainty", "after_delivery") or subject.context.previous_slips:
        return None
    own = (d for d in subject.days if d.exact and d.first == d.last and d.first > new)
    return next((d for d in own if not (_beside(subject, d) or _is_past(subject, d))), None)


def _is_past(subject: Subject, day: Day) -> bool:
    """Whether a bare day is told of what was done: "agreed by mail on the 9th"."""
    bare = not any(c.isalpha() and c not in "stndrh" for c in day.mention.text.strip().lower())
    near = subject.plain[max(0, day.span[0] - _NEAR) : day.span[0]]
    return bare and _DONE.search(near) is not None


def free_day(subject: Subject) -> Iterator[Hit]:
    """The new date or a milestone on a day without work, and no reason given."""
    known = subject.context
    if (
        subject.task.place not in {"plan", "draft"}
        or known.weekend_ok
        or not known.days
        or subject.has("weekend_reason")
    ):
        return
    for day in subject.days:
        stretch = _STRETCH.match(day.mention.text.strip().lower()) is not None
        if day.single and not stretch and _free(subject, day.first) and _ours(subject, day):
            yield Hit("plan.non_working_day", day.span, {"date": shown(subject, day.first)})
            return


def _free(subject: Subject, day: date) -> bool:
    return not subject.context.working.is_working(day)


def _ours(subject: Subject, day: Day) -> bool:
    """Whether a date is the delivery or a milestone: not past, the customer's, or of a contact."""
    known = subject.context
    if day.covers(known.new_date):
        return True
    if known.today and day.first <= known.today:
        return False
    if subject.is_draft:
        number = subject.number_of(day.span[0])
        moved = subject.plain[: day.span[0]].endswith(("到", "至", "于", "在", "为"))
        if not moved and _LENGTH_ZH.fullmatch(day.mention.text.strip()):
            return False  # 加固七日
        return subject.among(number, "delivered_on") and day.first not in known.days
    if day.first in {known.customer_deadline, known.original_date}:
        return False
    number = subject.number_of(day.span[0])
    return not subject.among(number, "contact", "customer_action", "cadence") and (
        known.new_date is None or day.first < known.new_date
    )


def _beside(subject: Subject, day: Day) -> bool:
    """Whether a date is of something else: a request, a report, the date for the date."""
    number = subject.number_of(day.span[0])
    known = subject.context
    return subject.among(number, "date_for_date", "contact", "customer_action") or day.first in {
        known.original_date,
        known.customer_deadline,
    }


def _steps(subject: Subject) -> list[tuple[int, Day]]:
    """The dated steps of the text: the rank of the stage and its day."""
    found: list[tuple[int, Day]] = []
    cuts = [m.end() for m in _PIECE.finditer(subject.plain)]
    bounds = [0, *cuts, len(subject.plain)]
    for start, end in pairwise(bounds):
        days = [d for d in subject.days if start <= d.span[0] < end and d.exact]
        ranks = {
            rank
            for rank, stage in enumerate(_STAGES)
            for at, _ in subject.spans(f"stage_{stage}")
            if start <= at < end
        }
        if len(days) == 1 and (len(ranks) == 1 or ranks == _ACCEPTANCE_TEST):
            found.append((max(ranks), days[0]))
    return found
