"""Where a message would mix two languages: answers that are not in the customer's."""

from datetime import date

from bot.core.case import Case, Variant
from bot.core.message.draft import answers_of, standing, told_fields
from bot.core.message.tongues import is_foreign
from bot.core.message.views import Showing, texts_in, view
from bot.core.playbook import Playbook
from bot.core.words import FieldId


def foreign(playbook: Playbook, case: Case, variant: Variant) -> tuple[FieldId, ...]:
    """The answers of a variant that are written in the other language, in the asked order.

    Names stay as they are: a few Latin words in a Chinese message are a product or a person.
    """
    told = told_fields(playbook, case)
    used = {
        f for s in standing(playbook, case, variant) for f in answers_of(s, told, variant.language)
    }
    showing = Showing(variant.language, date.min, typed=True)
    return tuple(
        f.id
        for f in playbook.fields.values()
        if f.id in used
        and any(
            is_foreign(text, variant.language)
            for text in texts_in(view(case.answers[f.id].value, f, showing))
        )
    )
