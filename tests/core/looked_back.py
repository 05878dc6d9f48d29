"""A case that was delivered, whose look back wants one answer more; its owner's platform makes pages."""

from dataclasses import replace
from datetime import date
from functools import cache

from bot.core.case import Case
from tests.core.test_later import LOOK_BACK, delivered, fill

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
    around = replace(case.surroundings, takes_pages=True, takes_files=True)
    return replace(case, surroundings=around, variant=None)  # no draft for a coach to read again
