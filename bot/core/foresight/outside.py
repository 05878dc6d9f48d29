"""The outside view: what the team's own earlier dates say about a new one.

People plan from the best case and forget how it went last time, even when they know (Kahneman and
Tversky, "Intuitive prediction", 1979; Buehler, Griffin and Ross, "Exploring the planning fallacy",
1994). The remedy is to look at what similar promises came to (Flyvbjerg, "From Nobel Prize to
project management: getting risks right", 2006).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.core.foresight.forecast import COMMIT, TARGET, Forecast, Start
from bot.core.reading.formats import show_date, show_days
from bot.core.words import Text, same

FEWEST_SLIPS = 3  # earlier dates below which the history says nothing


@dataclass(frozen=True, slots=True)
class Slip:
    """One earlier date: promised, and when it came true; `made` is the day it was promised."""

    promised: date
    delivered: date
    made: date | None = None


@dataclass(frozen=True, slots=True)
class OutsideView:
    """What the own history makes of a planned date. Overruns are in working days, early ones below 0.

    `relative` says that longer promises were taken to slip by more, in proportion.
    """

    planned: date
    count: int
    median_overrun: int
    careful_overrun: int  # 85 of 100 promises like this slip by no more
    median: date
    careful: date
    relative: bool
    text: Text


def outside_view(
    planned: date | Forecast, earlier: Sequence[Slip], *, start: Start
) -> OutsideView | None:
    """The planned date by the light of earlier ones; None with fewer than three of them.

    Of a forecast its commit-by date counts. Where each earlier date says when it was made, the
    overrun is taken as a share of the time that was planned, else in working days. The share of
    85 in 100 is read between the ordered overruns at 0.85·(n + 1), so few of them give the worst.
    """
    if len(earlier) < FEWEST_SLIPS:
        return None
    day = planned.p85 if isinstance(planned, Forecast) else planned
    overruns, relative = _overruns(earlier, start, ahead=start.calendar.between(start.day, day))
    middle, careful = (ceil(_quantile(overruns, share)) for share in (TARGET, COMMIT))
    dates = [max(start.day, start.calendar.add(day, n)) if n else day for n in (middle, careful)]
    return OutsideView(
        planned=day,
        count=len(earlier),
        median_overrun=middle,
        careful_overrun=careful,
        median=dates[0],
        careful=dates[1],
        relative=relative,
        text=_said(len(earlier), day, (middle, careful), (dates[0], dates[1])),
    )


def _overruns(earlier: Sequence[Slip], start: Start, *, ahead: int) -> tuple[list[float], bool]:
    """The overruns that earlier dates would mean for this one, in order."""
    between = start.calendar.between
    late = [between(slip.promised, slip.delivered) for slip in earlier]
    planned = [between(slip.made, slip.promised) if slip.made else 0 for slip in earlier]
    relative = ahead > 0 and min(planned) > 0
    if not relative:
        return sorted(map(float, late)), False
    return sorted(n * ahead / had for n, had in zip(late, planned, strict=True)), True


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value at `share` of the ordered ones, between neighbours (Weibull's plotting position)."""
    at = min(max(share * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def _said(count: int, day: date, late: tuple[int, int], dates: tuple[date, date]) -> Text:
    middle, careful = late
    known: dict[str, int | Text] = {
        "count": count,
        "day": _shown(day),
        "late": _days(middle),
        "most": _days(careful),
    }
    known |= {"median": _shown(dates[0]), "careful": _shown(dates[1])}
    if careful <= 0:
        return _HELD.fill(**known)
    return (_MIXED if middle <= 0 else _SLIPPED).fill(**known)


def _shown(day: date) -> Text:
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))


def _days(n: int) -> Text:
    return Text(en=show_days(n, "en"), zh=show_days(n, "zh")) if n else same("0")


_HELD = Text(
    en="Your last {count} dates held. By your own history {day} is a fair promise.",
    zh="之前{count}次报的日期都守住了。按自己的记录，{day}可以承诺。",
)
_MIXED = Text(
    en="Most of your last {count} dates held, the worse ones slipped by up to {most}. "
    "By your own history the careful promise is {careful}.",
    zh="之前{count}次报的日期多数守住了，差的几次最多晚了{most}。按自己的记录，稳妥的承诺是{careful}。",
)
_SLIPPED = Text(
    en="Most of your last {count} dates slipped: a date like this one comes {late} later in the middle "
    "case, {most} later in a bad one. By your own history {day} means {median}, and the careful "
    "promise is {careful}.",
    zh="之前{count}次报的日期多数推迟了：照此算，这次一般会晚{late}，差的时候晚{most}。"
    "按自己的记录，{day}实际多半是{median}，稳妥的承诺是{careful}。",
)
