"""What an earlier case with the same customer offers to a new one."""

from collections.abc import Mapping

from bot.core.case import Case, Offer, text_of
from bot.core.formats import show_date
from bot.core.phrases import SAY
from bot.core.playbook import Playbook
from bot.core.scalars import local_day
from bot.core.words import FieldId, Text


def offers(playbook: Playbook, last: Case, customer: str) -> Mapping[FieldId, Offer]:
    """The carried answers of the earlier case, each marked with where it comes from."""
    day = local_day(last, last.begun_at)
    origin = SAY.last_case.fill(
        customer=customer,
        project=text_of(last, "project") or "…",
        day=Text(en=show_date(day, "en"), zh=show_date(day, "zh")),
    )
    return {
        id_: Offer(last.answers[id_].value, origin)
        for id_, field in playbook.fields.items()
        if field.carried and id_ in last.answers
    }
