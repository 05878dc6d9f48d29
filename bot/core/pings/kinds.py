"""What a playbook may say of its pings: kinds on known anchors, and how often a customer hears.

A kind is data: when, counted from what, with which words and which buttons. A new kind on a known
anchor is one entry of `pings.yaml`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from string import Formatter
from typing import ClassVar, Literal

from pydantic import ConfigDict

from bot.core.words import Text

Anchor = Literal[
    "told",  # the day on which the customer was told
    "milestone",  # the new date of each milestone
    "watched",  # each date that is watched before anything is late
    "new_date",
    "remedy_due",  # the day of what was offered, or the new date where it has none of its own
    "promise",  # another day that the text named as ours
    "next_update",  # the day on which they hear from us next
    "decision",  # the day by which they choose
    "contract_notice",  # the last day for a written notice
    "silence",  # the day on which the customer was last heard
    "recovered",  # the day of delivery
    "closed",
    "action",  # the day of each action of the retrospective
    "lesson",  # the day on which a lesson wants to be looked at again
    "meeting",  # the day of each meeting that was booked
]
Severity = Literal["low", "medium", "high", "critical"]
Level = Literal["light", "standard", "off"]
Press = Literal[
    "on_track", "at_risk", "done", "write", "no_news", "feedback", "link", "retrospective", "agenda",
    "meet", "update", "snooze", "stop",
]  # fmt: skip
SLOTS = frozenset({"project", "customer", "what", "day"})
Part = Literal[
    "today",  # dates that fall on this day
    "tomorrow",  # and on the next working day
    "week",  # and on the seven days from this one on
    "silent",  # what was asked twice and has no answer
]
_DATA = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class PingKind:
    """One kind of ping: its anchor, how far from it, in which words, with which buttons.

    `working_days` counts from the anchor's day, before it when negative. The texts may hold
    {project}, {customer}, {what} and {day}.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _DATA
    id: str
    anchor: Anchor
    text: Text
    buttons: tuple[Press, ...]
    working_days: int = 0
    at: time | None = None  # local time of day; None is the morning
    roll: Literal["forward", "back"] = "forward"  # where the day is no working day
    severity: tuple[Severity, ...] = ()  # only for these; empty for all
    level: Literal["light", "standard"] = "standard"  # light ones come also to who wants few
    again: int = 1  # working days until it is asked once more
    useful: int = 5  # working days after which it need not be asked any more
    in_channel: bool = False  # the team may be asked, where the case is bound to its channel


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest: how often, at which time of day, and what it holds; empty, it is not sent."""

    __pydantic_config__: ClassVar[ConfigDict] = _DATA
    id: str
    every: Literal["working_day", "week"]
    title: Text
    holds: tuple[Part, ...]
    at: time | None = None  # local time of day; None is the morning, with all else of that morning


@dataclass(frozen=True, slots=True)
class PingPlan:
    """All pings of a playbook, and the longest gap between two updates by severity."""

    __pydantic_config__: ClassVar[ConfigDict] = _DATA
    pings: tuple[PingKind, ...] = ()
    gaps: Mapping[Severity, int] = field(default_factory=dict)  # calendar days
    digests: tuple[Digest, ...] = ()

    def kind(self, id_: str) -> PingKind | None:
        """The kind named `id_`."""
        return next((k for k in self.pings if k.id == id_), None)


def wanted(kind: PingKind, level: Level) -> bool:
    """Whether somebody who chose this level is asked."""
    return level == "standard" or (level == "light" and kind.level == "light")


def gap(plan: PingPlan, severity: Severity, *, met: int = 0, missed: bool = False) -> int:
    """Calendar days until the next update, at most (catalogue, section 6).

    After two milestones in a row met, one step slower; after a missed one, one step faster. `met`
    counts those in a row.
    """
    steps = sorted(set(plan.gaps.values())) or [7]
    place = steps.index(plan.gaps.get(severity, steps[-1]))
    if missed:
        place -= 1
    elif met >= 2:
        place += 1
    return steps[min(max(place, 0), len(steps) - 1)]


def problems(plan: PingPlan) -> Iterator[str]:
    """What cannot be meant so, one sentence each, with its place and remedy."""
    ids = [k.id for k in plan.pings]
    for id_ in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"ping {id_} stands twice; rename one of them"
    for kind in plan.pings:
        place = f"ping {kind.id}"
        if "/" in kind.id or not kind.id:
            yield f"{place}: an id is a word without a slash; rename it"
        if not kind.buttons:
            yield f"{place}: nobody could answer it; name at least one button"
        if kind.again < 1 or kind.useful < 1:
            yield f"{place}: again and useful are working days from 1 on; write a larger number"
        for words in (kind.text.en, kind.text.zh):
            unknown = _slots(words) - SLOTS
            if unknown:
                names = ", ".join(sorted(unknown))
                yield f"{place}: there is no {{{names}}}; write one of {', '.join(sorted(SLOTS))}"
    yield from _of_digests(plan.digests)
    for severity, days in plan.gaps.items():
        if days < 1:
            yield f"gaps: {severity} is {days}; write a number of days from 1 on"


def _of_digests(digests: Sequence[Digest]) -> Iterator[str]:
    ids = [d.id for d in digests]
    for id_ in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"digest {id_} stands twice; rename one of them"
    for digest in digests:
        if not digest.holds:
            yield f"digest {digest.id} holds nothing; name at least one part, or leave it out"


def _slots(words: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    except ValueError:
        return {"…"}
