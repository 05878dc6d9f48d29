"""The record of a case: what was delivered, read from the log and held against its own chain."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from bot.core.approving.release import Delivery
from bot.core.case import Case
from bot.core.words import CaseId
from bot.engine.keeping.chain import ERASED, RECORD, first_broken
from bot.engine.keeping.redaction import NOTHING
from bot.engine.ports import Entry

_DELIVERY = TypeAdapter(Delivery)


def deliveries(entries: Sequence[Entry]) -> tuple[Delivery, ...]:
    """What the log says was delivered, oldest first, but for what was erased.

    Raises ValueError for a body that is none.
    """
    told = (e for e in entries if e.kind == RECORD and e.body != NOTHING)
    return tuple(_DELIVERY.validate_json(e.body) for e in told)


def fault(case: Case, entries: Sequence[Entry]) -> str:
    """The first thing in the record that does not hold, as a sentence; empty when all holds.

    A cut-off end leaves the chain whole, so that it is held against the case itself.
    """
    if broken := _broken(case.id, entries):
        return broken
    found = {d.number: d for d in deliveries(entries)}
    for delivery in case.deliveries:
        kept = found.get(delivery.number)
        if kept is None:
            return f"case {case.id}: delivery {delivery.number} is missing from the record."
        if kept.release.digest != kept.digest or kept.digest != delivery.digest:
            return f"case {case.id}: delivery {delivery.number} has another text than its digest."
    return ""


def fault_of_none(id_: CaseId, entries: Sequence[Entry]) -> str:
    """The same for a record whose case is not there: it must end with the word that it was erased."""
    if broken := _broken(id_, entries):
        return broken
    linked = [entry for entry in entries if entry.chained]
    if linked and linked[-1].kind == ERASED:
        return ""
    return f"case {id_}: there is a record and no case."


def _broken(id_: CaseId, entries: Sequence[Entry]) -> str:
    broken = first_broken(entries)
    if broken is None:
        return ""
    place = [e for e in entries if e.chained].index(broken) + 1
    return (
        f"case {id_}: link {place} of the record, written on {broken.at:%Y-%m-%d %H:%M} "
        f"UTC as event {broken.event}, does not hold; it or one before it was changed."
    )
