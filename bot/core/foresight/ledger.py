"""The promise ledger: every date a customer was told, and what changes when one moves again.

The second slip of the same promise costs more trust than the first: the customer now doubts the
next date too, and a match to responsibility is expected (Coombs 2007). So the coach asks what is
different this time, a higher approver looks at it, and a call comes before the text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import ConfigDict

from bot.core.foresight.outside import Slip
from bot.core.playbook import STRICT
from bot.core.reading.formats import show_date
from bot.core.words import CaseId, Text

PromiseKind = Literal[
    "new_date",
    "milestone",
    "next_update",
    "remedy_due",
    "turning_point",  # the day on which we decide whether to change course
    "other",  # `what` is the sentence that says it
]


@dataclass(frozen=True, slots=True)
class Promise:
    """One date that a customer was told: of which project, for what, when, and in which case."""

    project: str
    what: str
    date: date
    told_at: datetime
    case: CaseId
    kind: PromiseKind = "new_date"
    number: int = 0  # which milestone, from 1


@dataclass(frozen=True, slots=True)
class Question:
    """One question that the coach asks only when a promise has moved before."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    ask: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Repeat:
    """What applies from the `after`-th earlier slip on; a playbook may bring its own."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    after: int
    questions: tuple[Question, ...]
    levels_up: int = 1  # how many levels the approver rises
    call_first: bool = True


def of(promises: Iterable[Promise], project: str, what: str = "") -> tuple[Promise, ...]:
    """The promises of one thing, in the order they were told; case and spaces do not matter.

    Without `what`, all of the project.
    """
    found = (
        p
        for p in promises
        if _folded(p.project) == _folded(project) and _folded(what) in ("", _folded(p.what))
    )
    return tuple(sorted(found, key=lambda p: p.told_at))


def slips(promises: Sequence[Promise]) -> int:
    """How often one promise moved to a later day; told again or made earlier, it did not slip."""
    return sum(after.date > before.date for before, after in pairwise(_in_order(promises)))


def as_slips(promises: Sequence[Promise], delivered: date) -> tuple[Slip, ...]:
    """Every date told of one promise beside the day it came true, for the outside view."""
    told = _in_order(promises)
    return tuple(Slip(p.date, delivered, made=p.told_at.date()) for p in told)


def history(promises: Sequence[Promise]) -> Text | None:
    """The dates told so far in one sentence; None when there are none."""
    told = _in_order(promises)
    if not told:
        return None
    moves = slips(told)
    dates = [p.date for n, p in enumerate(told) if n == 0 or p.date != told[n - 1].date]
    shown = Text(
        en=", then ".join(show_date(d, "en") for d in dates),
        zh="，后来".join(show_date(d, "zh") for d in dates),
    )
    if not moves:
        return _TOLD.fill(what=told[-1].what, date=shown)
    return _MOVED.fill(what=told[-1].what, dates=shown, times=_times(moves))


def repeat_for(earlier_slips: int, rules: Sequence[Repeat] = ()) -> Repeat | None:
    """What a further slip changes, by the strongest rule that applies; None for the first slip.

    Without rules of a playbook the built-in ones apply.
    """
    fitting = [r for r in rules or REPEATS if r.after <= earlier_slips]
    return max(fitting, key=lambda r: r.after, default=None)


def approver_up(levels: Sequence[str], usual: str, repeat: Repeat | None) -> str:
    """The approver of a further slip: `usual`, moved up in `levels` (lowest first) to the top."""
    if repeat is None or usual not in levels:
        return usual
    return levels[min(levels.index(usual) + repeat.levels_up, len(levels) - 1)]


def _in_order(promises: Sequence[Promise]) -> list[Promise]:
    return sorted(promises, key=lambda p: p.told_at)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _times(n: int) -> Text:
    words = {1: "once", 2: "twice"}
    return Text(en=words.get(n, f"{n} times"), zh=f"{n}次")


_TOLD = Text(
    en="They were told {date} for “{what}”, and that has not moved so far.",
    zh="“{what}”对客户说的是{date}，到现在没有改过。",
)
_MOVED = Text(
    en="“{what}” has moved {times} already: they were told {dates}.",
    zh="“{what}”已经推迟过{times}：先说{dates}。",
)
_DIFFERENT = Question(
    "what_is_different",
    Text(
        en="What is different this time, that they can see for themselves?",
        zh="这次有什么不同，是客户自己看得见的？",
    ),
    Text(
        en="They have heard a date from you before; a new one needs a new reason.",
        zh="他们听过您报的日期，新日期要有新理由。",
    ),
)
_WRONG = Question(
    "what_was_wrong",
    Text(
        en="What was wrong with the last date: what did it leave out?",
        zh="上次的日期错在哪里，漏算了什么？",
    ),
    Text(
        en="Naming the mistake in the old date is what makes the new one believable.",
        zh="说得清旧日期错在哪，新日期才有人信。",
    ),
)
_FAR_ENOUGH = Question(
    "far_enough",
    Text(
        en="Is this date far enough out that it need not move again?",
        zh="这个日期留得够不够，会不会还得再改？",
    ),
    Text(en="One good re-plan beats another small slip.", zh="一次挪到位，好过再小挪一次。"),
)
_WHO = Question(
    "who_tells",
    Text(
        en="Who on your side, of their rank, gives them the news together with you?",
        zh="我方由谁、以与对方相当的级别，和您一起去说？",
    ),
    Text(
        en="By now it is about trust in the company, no longer about one date.",
        zh="到了这一步，说的是对公司的信任，不只是一个日期。",
    ),
)
REPEATS = (
    Repeat(1, (_DIFFERENT, _WRONG), levels_up=1),
    Repeat(2, (_WRONG, _DIFFERENT, _FAR_ENOUGH, _WHO), levels_up=2),
)
