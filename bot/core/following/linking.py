"""The customer's own word on how they were told: a link to two questions, and what comes of it."""

from dataclasses import replace
from datetime import timedelta

from bot.core.case import Case, customer_language, text_of
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import both, end_of_day, local_day
from bot.core.effects import DropPing, LinkScreen, MakeLink, OfferScreen, SetPing, Show, Toast
from bot.core.events import PingDue
from bot.core.following.events import FeedbackGiven, LinkAsked, LinkMade
from bot.core.following.feedback import BEST, QUOTE, Feedback
from bot.core.following.laying import alarms
from bot.core.following.tuning import ANSWERABLE
from bot.core.following.wording import FOLLOW
from bot.core.words import same

LASTS = timedelta(days=14)
PREFIX = "link:"  # of the name under which the end of a link is remembered


def react(case: Case, event: LinkAsked | LinkMade | FeedbackGiven) -> Turned:
    """The case with a link asked for, made, or used by the customer."""
    match event:
        case LinkAsked():
            return _asked(case, event)
        case LinkMade():
            return _made(case, event)
        case FeedbackGiven():
            return _given(case, event)


def over(case: Case, event: PingDue) -> Turned:
    """A link whose time is over: silence is an answer too, and the owner is told once."""
    number = _number(event.kind)
    if not 0 < number <= case.links or any(f.link == number for f in case.feedback):
        return case, ()
    told = FOLLOW.link_silent.fill(customer=text_of(case, "customer") or "…")
    show = Show(f"feedback:{number}", OfferScreen(told, ("feedback",)))
    return replace(case, silences=case.silences + 1), (show,)


def is_end(kind: str) -> bool:
    """Whether an alarm is the end of a link."""
    return kind.startswith(PREFIX)


def _asked(case: Case, event: LinkAsked) -> Turned:
    around = case.surroundings
    if case.told_at is None or around is None or not around.can_link:
        return case, (Toast(FOLLOW.no_link),)
    until = end_of_day(case, event.stamp.at + LASTS)  # so that its last day counts as a whole
    return case, (MakeLink(case.links + 1, until),)


def _made(case: Case, event: LinkMade) -> Turned:
    if not event.url or event.number != case.links + 1:
        return case, (Toast(FOLLOW.no_link),)
    language = customer_language(case)
    words = FOLLOW.link_words.fill(project=text_of(case, "project") or "…", url=event.url)
    told = FOLLOW.link_how.fill(day=both(local_day(case, event.until)))
    screen = LinkScreen(same(words.to(language)), told, language)
    return replace(case, links=event.number), (
        SetPing(f"{PREFIX}{event.number}", event.until),
        Show(f"link:{event.number}", screen),
    )


def _given(case: Case, event: FeedbackGiven) -> Turned:
    """The last word of a link counts, so that it may be opened twice."""
    scores = (event.early, event.trust)
    if not 0 < event.link <= case.links or not all(0 < s <= BEST for s in scores):
        return case, ()
    quote = " ".join(event.quote.split())[:QUOTE]
    said = Feedback(event.stamp.at, *scores, quote, link=event.link)
    before = next((f for f in case.feedback if f.link == event.link), None)
    if before is not None and replace(before, at=said.at) == said:
        return case, ()
    rest = tuple(f for f in case.feedback if f is not before)
    answered = {
        key: replace(r, state="answered", answer="done", answered_at=said.at, choosing="")
        for key, r in case.reminders.items()
        if r.kind.startswith("feedback") and r.state in ANSWERABLE and r.asked
    }
    reminders = {**case.reminders, **answered}
    after = replace(case, feedback=(*rest, said), reminders=reminders)
    told = FOLLOW.heard.fill(
        customer=text_of(case, "customer") or "…", early=said.early, trust=said.trust
    )
    if quote:
        told = FOLLOW.with_quote.fill(told=told, quote=quote)
    return after, (
        *alarms(case.reminders, reminders),
        DropPing(f"{PREFIX}{event.link}"),
        Show(f"feedback:{event.link}", OfferScreen(told, ())),
    )


def _number(kind: str) -> int:
    digits = kind.removeprefix(PREFIX)
    return int(digits) if digits.isdecimal() and len(digits) < 7 else 0
