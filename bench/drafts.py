"""Drafts: how long it takes to assemble one, to check its claims, and to coach it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from bench.table import Row, spread
from bot.content.coaching import default_coaching
from bot.core.case import Answer, Case, TextValue, Variant
from bot.core.dialogue import notes
from bot.core.dialogue.scalars import local_day
from bot.core.message import claims, draft
from bot.core.message.facts import facts
from bot.core.words import FieldId
from bot.script import play

TIMES = 60


def rows() -> Iterator[Row]:
    """All figures of this file. Each round changes an answer, so that nothing is remembered."""
    played = play.play(play.load(play.demonstration("en")))
    playbook, case = played.playbook, played.cases[-1]
    today = local_day(case, case.touched_at)
    variant = Variant("email", "day_to_day", "en")

    def assembled(now: Case) -> None:
        draft.assemble(playbook, now, variant, today=today)

    def checked(now: Case) -> None:
        found = draft.assemble(playbook, now, variant, today=today)
        claims.check(found.text, facts(playbook, now, today=today), draft=found)

    def coached(now: Case) -> None:
        notes.on_draft(playbook, now, variant, default_coaching(), today=today)

    yield Row("draft assembled", _timed(assembled, case))
    yield Row("draft assembled and its claims checked", _timed(checked, case), "< 10 ms")
    yield Row("draft assembled, checked and coached", _timed(coached, case))


def _timed(do: Callable[[Case], None], case: Case) -> str:
    taken = []
    for count in range(TIMES + 5):
        now = _changed(case, count)
        before = time.perf_counter()
        do(now)
        taken.append(time.perf_counter() - before)
    return spread(taken[5:])


def _changed(case: Case, count: int) -> Case:
    name = FieldId("done")
    answer = case.answers[name]
    text = TextValue(f"Round {count} of the checks is done, and {count + 3} programs are measured.")
    changed: Answer = replace(answer, value=text)
    return replace(case, answers={**case.answers, name: changed})
