"""A case that was delivered, whose look back wants one answer more; its owner's platform makes pages."""

from dataclasses import replace
from datetime import date
from functools import cache

from bot.content.coaching import default_coaching
from bot.core.case import Case
from bot.core.dialogue.notes import on_draft
from bot.core.dialogue.viewing import variant_named
from tests.core.test_later import LOOK_BACK, delivered, fill
from tests.delivery_cases import PLAYBOOK

DAY = date(2026, 6, 23)
LAST = "The call before the mail."  # what is still to be typed


@cache
def nearly() -> Case:
    """The case; the next line that its owner types ends the look back.

    It takes seconds to come to, in which no loop may be waited for: ask for it before one begins.
    """
    done = delivered().until(DAY).press("retrospective/0", "retrospective")
    case = fill(done, LOOK_BACK).case
    assert case.surroundings is not None
    assert case.outgoing is not None
    variant = variant_named(case.outgoing.release.variant)
    assert variant is not None
    on_draft(PLAYBOOK, case, variant, default_coaching(), today=DAY)  # its first reading is slow
    around = replace(case.surroundings, takes_pages=True, takes_files=True)
    return replace(case, surroundings=around, variant=None)  # no draft for a coach to read again
