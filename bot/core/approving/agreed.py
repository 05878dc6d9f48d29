"""What was agreed to and stands, while somebody else wants a change and no word has changed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.approving.release import Approval, Outgoing
from bot.core.approving.showing import cards_at
from bot.core.case import Case
from bot.core.effects import Show


def carried(before: Outgoing | None, wanted: Sequence[Approval]) -> tuple[Approval, ...]:
    """The wanted approvals; one that was given to the same words, for as much, stands as given."""
    given = _given(before)
    return tuple(next((g for g in given if _covers(g, w)), w) for w in wanted)


def lapsed(case: Case, digest: str) -> tuple[Case, tuple[Show, ...]]:
    """The case without what was agreed to other words than these, and the cards that say so."""
    outgoing, given = case.outgoing, _given(case.outgoing)
    if outgoing is None or all(a.digest == digest for a in given):
        return case, ()
    places = [n for n, a in enumerate(outgoing.approvals) if a in given]
    rest = tuple(replace(a, state="void") if a in given else a for a in outgoing.approvals)
    after = replace(outgoing, approvals=rest)
    return replace(case, outgoing=after), cards_at(after, places)


def _given(before: Outgoing | None) -> tuple[Approval, ...]:
    if before is None or before.state != "refused":
        return ()
    return tuple(a for a in before.approvals if a.state == "approved")


def _covers(given: Approval, wanted: Approval) -> bool:
    """Whether it was for these words, by every role and for every reason that is wanted now."""
    return (
        given.digest == wanted.digest
        and {*wanted.role.split("+")} <= {*given.role.split("+")}
        and {*wanted.because} <= {*given.because}
    )
