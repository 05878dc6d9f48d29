"""Buttons that end with a press: once they have done their work, the card says so without them."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.case import Case
from bot.core.dialogue.live import Turned
from bot.core.effects import BeginNext, Effect, OfferScreen, Show
from bot.core.following.closing import lacking
from bot.core.following.standing import ANYWAY, CLOSE, DELIVERED, NEXT, SIGN, Standing
from bot.core.following.wording import FOLLOW
from bot.core.words import Text

_ENDING = frozenset((SIGN, NEXT, CLOSE, ANYWAY, DELIVERED))
_KEPT = 8  # cards that are remembered; the buttons of an older one stay, and change nothing twice


def kept(before: Case, turned: Turned) -> Turned:
    """The same, with the cards whose buttons this event has used up drawn anew."""
    after, effects = turned
    effects = tuple(_in_place(before, e) for e in effects)
    fresh = {e.slot: e.screen for e in effects if isinstance(e, Show) and _is_offer(e)}
    done = _done(before, after, effects)
    standing, redrawn = dict(after.offered), list[Effect]()
    for slot, one in after.offered.items():
        now = _now(after, one, done)
        if now is not None and slot not in fresh:
            redrawn.append(Show(slot, now))
            standing = _with(standing, slot, now)
    for slot, screen in fresh.items():
        if isinstance(screen, OfferScreen):
            standing = _with(standing, slot, screen)
    last = dict(list(standing.items())[-_KEPT:])
    after = after if last == after.offered else replace(after, offered=last)
    return after, (*effects, *redrawn)


def _is_offer(show: Show) -> bool:
    return isinstance(show.screen, OfferScreen) and bool(_ENDING & {*show.screen.offers})


def _in_place(before: Case, effect: Effect) -> Effect:
    """A card that stands already, word for word, is not posted a second time."""
    if not isinstance(effect, Show) or not isinstance(effect.screen, OfferScreen):
        return effect
    same = Standing(effect.screen.text, effect.screen.offers)
    slot = next((s for s, one in before.offered.items() if one == same), None)
    return replace(effect, slot=slot) if slot is not None else effect


def _done(before: Case, after: Case, effects: tuple[Effect, ...]) -> Mapping[str, Text]:
    """The buttons that have done their work with this event, and what is said instead."""
    found: dict[str, Text] = {}
    if before.watch and not after.watch:
        found[SIGN] = FOLLOW.sign_done
    if any(isinstance(e, BeginNext) for e in effects):
        found[NEXT] = FOLLOW.began_next
    if after.recovered_at is not None and before.recovered_at is None:
        found[DELIVERED] = FOLLOW.delivery_noted
    if after.phase == "closed" and before.phase != "closed":
        found |= dict.fromkeys((CLOSE, ANYWAY, DELIVERED), FOLLOW.case_closed)
    return found


def _now(case: Case, one: Standing, done: Mapping[str, Text]) -> OfferScreen | None:
    """The card as it is from now on; None where nothing of it has changed."""
    if ANYWAY in one.offers and ANYWAY not in done:
        now = lacking(case)
        return now if Standing(now.text, now.offers) != one else None
    used = [name for name in one.offers if name in done]
    if not used:
        return None
    rest = tuple(name for name in one.offers if name not in done)
    if CLOSE in used or ANYWAY in used:  # what was still to be done is no matter any more
        return OfferScreen(done[CLOSE], rest)
    return OfferScreen(one.text, rest, done[used[0]])


def _with(standing: Mapping[str, Standing], slot: str, screen: OfferScreen) -> dict[str, Standing]:
    rest = {s: one for s, one in standing.items() if s != slot}
    if _ENDING & {*screen.offers}:
        rest[slot] = Standing(screen.text, screen.offers)
    return rest
