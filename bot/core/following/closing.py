"""When a case may be closed, what is still missing for it, and what closing does."""

from dataclasses import replace

from bot.core.case import Case
from bot.core.dialogue.live import Turned
from bot.core.effects import OfferScreen, Show, Toast
from bot.core.following.events import Closed
from bot.core.following.laying import alarms
from bot.core.following.standing import ANYWAY, CLOSE
from bot.core.following.tuning import ANSWERABLE, DELIVERED, to_be_delivered
from bot.core.following.wording import FOLLOW
from bot.core.words import Text


def lacking(case: Case) -> OfferScreen:
    """What is still missing before it may be closed, with the ways to it; or that it can be."""
    lacks = missing(case)
    if not lacks:
        return OfferScreen(FOLLOW.nothing_missing, (CLOSE,))
    names = [FOLLOW.missing[name] for name in lacks]
    joined = Text(en=", ".join(n.en for n in names), zh="、".join(n.zh for n in names))
    can = (DELIVERED,) if to_be_delivered(case) is not None and DELIVERED in lacks else ()
    offers = (*can, *(n for n in ("feedback", "lesson") if n in lacks), ANYWAY)
    return OfferScreen(FOLLOW.not_yet.fill(missing=joined), offers)


def missing(case: Case) -> tuple[str, ...]:
    """What is still to be done before the case may be closed (catalogue, section 6)."""
    found = [] if case.recovered_at is not None else ["delivered"]
    remedies = [r for r in case.reminders.values() if r.anchor == "remedy_due"]
    if any(r.state in ANSWERABLE for r in remedies):
        found.append("remedy")
    heard = bool(case.feedback) or any(o.is_heard for o in case.outcomes)
    asked = [r for r in case.reminders.values() if r.kind.startswith("feedback")]
    if not heard and not any(r.state == "stopped" for r in asked):
        found.append("feedback")
    looks = [r for r in case.reminders.values() if r.kind == "retrospective"]
    if not case.lessons and any(r.state != "stopped" for r in looks):
        found.append("lesson")
    return tuple(found)


def closed(case: Case, event: Closed) -> Turned:
    """The case at its end; without a word that it shall be all the same, only when nothing is missing."""
    if case.told_at is None or case.phase == "closed":
        return case, (Toast(FOLLOW.already),)
    if missing(case) and not event.anyway:
        offer = lacking(case)
        return case, (Show(f"after:{case.revision}", offer), Toast(offer.text))
    over = {
        r.key: replace(r, state="lapsed")
        for r in case.reminders.values()
        if r.state in ANSWERABLE and r.anchor not in ("action", "lesson")
    }
    after = replace(
        case,
        phase="closed",
        closed_at=event.stamp.at,
        reminders={**case.reminders, **over},
        step=None,
    )
    return after, (*alarms(case.reminders, after.reminders), Toast(FOLLOW.closed))
