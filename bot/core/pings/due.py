"""When a ping falls due, and what happens when it does. Pure: the instant is always given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.core.pings.kinds import Anchor, PingKind, PingPlan, Severity, wanted
from bot.core.pings.manners import Schedule, next_moment, on_day, spread
from bot.core.pings.reminder import Key, Reminder, State

OPEN: tuple[State, ...] = ("laid", "asked", "parked")
ASKS = 2  # unanswered, then the lead is told and nothing more is said


@dataclass(frozen=True, slots=True)
class Anchored:
    """Something of a case that a ping can hang on."""

    anchor: Anchor
    day: date
    what: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Fallen:
    """A ping after it fell due: what is said, and to whom. `reminder.due` is the next time."""

    reminder: Reminder
    tell: Literal["person", "lead", "nobody"] = "nobody"


def lay(kind: PingKind, at: datetime, of: Anchored, schedule: Schedule, *, who: str) -> Reminder:
    """The ping of this kind on this anchor, as it stands at `at`; of no use any more, it has lapsed.

    It comes on a working day of the person, from the kind's time of day on, up to ten minutes
    later, all of one person's together; what fell due before `at` comes at the next moment that
    manners allow.
    """
    days = schedule.days
    day = days.add(of.day, kind.working_days) if kind.working_days else of.day
    if not days.is_working(day):
        day = days.add(day, -1 if kind.roll == "back" else 1)
    moment = max(on_day(schedule, day, kind.at), next_moment(schedule, at))
    reminder = Reminder(kind.id, kind.anchor, of.number, of.day, moment, what=of.what)
    if days.between(day, schedule.day(at)) > kind.useful:
        return replace(reminder, state="lapsed")
    return replace(reminder, due=spread(schedule, moment, who))


def laid(
    plan: PingPlan,
    anchored: Iterable[Anchored],
    schedule: Schedule,
    *,
    at: datetime,
    who: str,
    severity: Severity = "medium",
) -> tuple[Reminder, ...]:
    """Every ping of the plan on these anchors that is still of use, the earliest first.

    Of those that count down to the same day and would come at once, the last is enough.
    """
    found = [
        (kind, lay(kind, at, of, schedule, who=who))
        for of in anchored
        for kind in plan.pings
        if kind.anchor == of.anchor and (not kind.severity or severity in kind.severity)
    ]
    useful = _not_overtaken([(kind, r) for kind, r in found if r.state == "laid"])
    return tuple(sorted(useful, key=lambda r: (r.due, r.key)))


def _not_overtaken(found: Sequence[tuple[PingKind, Reminder]]) -> list[Reminder]:
    """Without those that count down and come together with a later one of the same countdown."""
    last: dict[tuple[Anchor, int, datetime], int] = {}
    for kind, r in found:
        if kind.working_days < 0:
            place = (r.anchor, r.number, r.due)
            last[place] = max(last.get(place, kind.working_days), kind.working_days)
    return [r for kind, r in found if kind.working_days >= last.get((r.anchor, r.number, r.due), 0)]


def renewed(
    standing: Mapping[Key, Reminder], wished: Sequence[Reminder], anchors: Iterable[Anchor]
) -> Mapping[Key, Reminder]:
    """The pings after those anchors moved: what is open and not wished any more has lapsed.

    One that was answered, stopped or asked for the same day stays as it is.
    """
    moved = set(anchors)
    found = {
        key: replace(r, state="lapsed") if r.anchor in moved and r.state in OPEN else r
        for key, r in standing.items()
    }
    for reminder in wished:
        old = standing.get(reminder.key)
        kept = old is not None and (
            old.state == "stopped" or (old.day == reminder.day and old.state != "lapsed")
        )
        found[reminder.key] = old if old is not None and kept else reminder
    return found


def fall(
    kind: PingKind, reminder: Reminder, schedule: Schedule, at: datetime, *, who: str
) -> Fallen:
    """What comes of a ping whose time has come: it is asked, asked again, or told to the lead.

    One that is early, settled or of no use any more says nothing. The caller has made sure that
    manners allow `at`.
    """
    if not reminder.is_open or at < reminder.due:
        return Fallen(reminder)
    if not reminder.asked and not is_useful(kind, reminder, schedule, at):
        return Fallen(replace(reminder, state="lapsed"))
    if not wanted(kind, schedule.manners.level):
        return Fallen(replace(reminder, state="parked"))
    if len(reminder.asked) >= ASKS:
        return Fallen(replace(reminder, state="parked"), "lead")
    following = on_day(schedule, schedule.days.add(schedule.day(at), kind.again), kind.at)
    due = spread(schedule, following, who)
    asked = replace(reminder, state="asked", asked=(*reminder.asked, at), due=due, choosing="")
    return Fallen(asked, "person")


def is_useful(kind: PingKind, reminder: Reminder, schedule: Schedule, at: datetime) -> bool:
    """Whether it still helps to ask at `at` what was to be asked when it was due."""
    if at <= reminder.due:
        return True
    late = schedule.days.between(schedule.day(reminder.due), schedule.day(at))
    return late <= kind.useful


def settles(done: Reminder, at: datetime, other: Reminder) -> bool:
    """Whether an answer given at `at` spares the other ping: nobody is asked what they just said.

    It does when both are about the same thing and the other one would come within a day.
    """
    same = (done.anchor, done.number) == (other.anchor, other.number)
    if not same or done.key == other.key:
        return False
    if done.answer == "done":  # one that waits on Home after two askings as well
        return other.state in OPEN
    return other.is_open and other.due - at <= timedelta(days=1)
