"""The dates that a customer was told, read from the cases that told them.

No table keeps them: a date was told by the case whose answers it stands in, and goes with it.
"""

from collections.abc import Iterable
from datetime import date

from bot.core.case import Case, day_of, text_of
from bot.core.foresight.ledger import Promise, Repeat, as_slips, of, repeat_for, slips
from bot.core.foresight.outside import Slip
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE
from bot.core.words import FieldId

_SAID: dict[str, int] = {"once": 1, "more": 2}


def promises(cases: Iterable[Case]) -> tuple[Promise, ...]:
    """Every date told in these cases, oldest first.

    A case has told its new date once all of its answers stand; the first case of a promise also
    knows the date before it.
    """
    found: list[Promise] = []
    for case in sorted((c for c in cases if has_told(c)), key=lambda c: c.begun_at):
        project, what = text_of(case, "project"), text_of(case, "promised")
        days: list[tuple[date | None, FieldId]] = [(_told_day(case), NEW_DATE)]
        if not of(found, project, what):
            days.insert(0, (day_of(case, ORIGINAL_DATE), ORIGINAL_DATE))
        for day, name in days:
            at = case.begun_at if name == ORIGINAL_DATE else case.told_at or case.answers[name].at
            if day is not None:
                found.append(Promise(project, what, day, at, case.id))
    return tuple(found)


def _told_day(case: Case) -> date | None:
    """The new date as it stood in the text that left; as the answers say, where none has left."""
    said = [p.date for p in case.given if p.kind == "new_date"]
    return said[-1] if said else day_of(case, NEW_DATE)


def has_told(case: Case) -> bool:
    """Whether the customer may be taken to know the case's new date."""
    if not text_of(case, "project") or day_of(case, NEW_DATE) is None:
        return False
    return case.told_at is not None or case.phase not in ("collecting", "abandoned")


def before(case: Case) -> tuple[Promise, ...]:
    """What the customer was told of this promise before: by its name, or by the date it now has."""
    mine = of(case.promises, text_of(case, "project"))
    what = text_of(case, "promised")
    named = of(mine, text_of(case, "project"), what)
    if named:
        return named
    original = day_of(case, ORIGINAL_DATE)
    linked = [p for p in mine if p.date == original]
    return of(mine, linked[-1].project, linked[-1].what) if linked else ()


def outcomes(case: Case, *, today: date) -> tuple[Slip, ...]:
    """What became of the dates that this customer was told, as far as the cases know it.

    A date that moved came true at the last one told for it, or later; so the overruns are the
    least that they were. The last date of another promise held once its day is over, and the last
    of this one is what the case is about.
    """
    mine = before(case)
    chains: dict[tuple[str, str], list[Promise]] = {}
    for promise in sorted(case.promises, key=lambda p: p.told_at):
        chains.setdefault((promise.project, promise.what), []).append(promise)
    found: list[Slip] = []
    for chain in chains.values():
        last = chain[-1]
        settled = chain[:-1] if last in mine or last.date >= today else chain
        found += as_slips(settled, last.date)
    return tuple(found)


def earlier_slips(case: Case) -> int:
    """How often this promise moved before, by the ledger or by the answer, whichever is more."""
    return max(slips(before(case)), _SAID.get(text_of(case, "moved_before"), 0))


def repeat_of(case: Case) -> Repeat | None:
    """What an earlier slip changes; None for the first."""
    return repeat_for(earlier_slips(case))
