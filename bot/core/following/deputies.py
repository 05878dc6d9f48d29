"""A question to whoever stands in for the owner that reached nobody: it is laid again, for the owner."""

from dataclasses import replace

from bot.core.case import Case
from bot.core.dialogue.live import Turned
from bot.core.effects import Effect, OfferScreen, SetPing, Show, ShowBoard
from bot.core.following.events import DeputyLost
from bot.core.following.laying import alarms
from bot.core.following.tuning import ANSWERABLE
from bot.core.pings.reminder import name_of
from bot.core.standing_in import WORDS
from bot.core.words import same


def lost(case: Case, event: DeputyLost) -> Turned:
    """What stood on that message is as if never asked, so that nobody counts it as unanswered.

    The message is not drawn anew: it would go to the same closed door.
    """
    again = {
        r.key: replace(r, state="laid", asked=(), due=r.asked[0], choosing="", board=None)
        for r in case.reminders.values()
        if r.board is not None and r.board.slot == event.slot and r.state in ANSWERABLE and r.asked
    }
    after = replace(case, reminders={**case.reminders, **again}) if again else case
    effects: list[Effect] = [
        e
        for e in alarms(case.reminders, after.reminders)
        if not (isinstance(e, ShowBoard) and e.board.slot == event.slot)
    ]
    if event.until is not None:
        effects += [SetPing(name_of(key), event.until) for key in again]
    if event.name:
        told = OfferScreen(WORDS.lost.fill(deputy=same(event.name)), ())
        effects.append(Show(f"deputy:{event.stamp.id}", told, to=case.owner))
    return after, tuple(effects)
