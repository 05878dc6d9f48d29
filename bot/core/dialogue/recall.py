"""What earlier cases with the same customer offer to a new one."""

from collections.abc import Mapping, Sequence

from bot.core.approving import redress
from bot.core.case import Case, ChoiceValue, Offer, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.events import Recalled, Stamp
from bot.core.foresight import ledger, told
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE
from bot.core.phrases import SAY
from bot.core.playbook import Playbook
from bot.core.reading.formats import show_date
from bot.core.words import FieldId, Text

MOVED_BEFORE, PROMISED = FieldId("moved_before"), FieldId("promised")


def answer(
    playbook: Playbook, case: Case, earlier: Sequence[Case], *, stamp: Stamp
) -> Recalled | None:
    """What `earlier` cases with this customer, the last one first, bring to the case.

    None when they bring nothing, and nothing that was brought before has to go.
    """
    promises = told.promises(earlier)
    offered = offers(playbook, case, earlier) if earlier else {}
    before = redress.precedents(earlier)
    known = case.offers or case.promises or case.precedents
    if not (offered or promises or before or known):
        return None
    return Recalled(stamp, offered, promises, before)


def offers(playbook: Playbook, case: Case, earlier: Sequence[Case]) -> Mapping[FieldId, Offer]:
    """Answers of the last case, each marked with where it comes from.

    Of the same project, the promise and its last date come too, and how often it moved.
    """
    last = earlier[0]
    day = local_day(last, last.begun_at)
    origin = SAY.last_case.fill(
        customer=text_of(case, "customer"),
        project=text_of(last, "project") or "…",
        day=Text(en=show_date(day, "en"), zh=show_date(day, "zh")),
    )
    found = {
        id_: Offer(last.answers[id_].value, origin)
        for id_, field in playbook.fields.items()
        if field.carried and id_ in last.answers
    }
    return {**_promise(playbook, case, earlier, origin), **found}


def _promise(
    playbook: Playbook, case: Case, earlier: Sequence[Case], origin: Text
) -> dict[FieldId, Offer]:
    """The promise as it stands by the latest case of the same project that told a date."""
    project = text_of(case, "project")
    told_ = [c for c in earlier if told.has_told(c) and ledger.of(told.promises([c]), project)]
    if not told_:
        return {}
    last = max(told_, key=lambda c: c.begun_at)
    moved = ledger.slips(ledger.of(told.promises(earlier), project, text_of(last, "promised")))
    values = {ORIGINAL_DATE: last.answers[NEW_DATE].value}
    if PROMISED in last.answers:
        values[PROMISED] = last.answers[PROMISED].value
    if moved:
        values[MOVED_BEFORE] = ChoiceValue("once" if moved == 1 else "more")
    return {id_: Offer(values[id_], origin) for id_ in playbook.fields if id_ in values}
