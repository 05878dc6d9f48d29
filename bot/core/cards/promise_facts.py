"""A promise as one row of a card: what it is, its day, and what it is for."""

from datetime import date

from bot.core.approving.wording import TELL
from bot.core.cards.blocks import Fact
from bot.core.foresight.ledger import Promise
from bot.core.reading.formats import show_date
from bot.core.words import Text


def promise_fact(promise: Promise) -> Fact:
    """What a promise is, with its day."""
    return Fact(_label(promise), _value(promise))


def _label(promise: Promise) -> Text:
    """What a promise is."""
    match promise.kind:
        case "milestone":
            return TELL.promise_milestone
        case "new_date":
            return TELL.promise_new_date
        case "next_update":
            return TELL.promise_update
        case "remedy_due":
            return TELL.promise_remedy
        case "turning_point":
            return TELL.promise_turning
        case "other":
            return TELL.promise_other


def _value(promise: Promise) -> Text:
    """The day with what it is for: a short name after a comma, a whole sentence after a colon."""
    if not promise.what:
        return shown_day(promise.date)
    if promise.kind in ("turning_point", "other"):
        found = shown_day(promise.date)
        return Text(en=f"{found.en}: {promise.what}", zh=f"{found.zh}：{promise.what}")
    return day_for(promise.date, promise.what)


def day_for(day: date, what: str) -> Text:
    """A day, and after a comma what it is for."""
    found = shown_day(day)
    return Text(en=f"{found.en}, {what}", zh=f"{found.zh}，{what}")


def shown_day(day: date) -> Text:
    """A day as cards show it."""
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))
