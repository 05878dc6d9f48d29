"""Dead letters, for whoever runs Candor: what could not be sent, why, and what to do about it."""

import json
from collections.abc import Sequence

from bot.assembly import databases
from bot.settings import Settings, SettingsRefused
from bot.store.deadletters import BadCard, DeadLetter, DeadLetters
from bot.wiring import now


async def listed(settings: Settings) -> tuple[str, ...]:
    """A line for each: its id, since when, of which case, where to, and why it is dead."""
    async with databases.tended(settings, now()) as store:
        return tuple(
            f"{letter.id}  {letter.made_at:%Y-%m-%d %H:%M}  case {letter.case}  "
            f"{letter.platform} {letter.conversation}  {letter.slot}  {letter.error}"
            for letter in await store.dead.all()
        )


async def shown(settings: Settings, id_: str) -> str:
    """All of one, as JSON; its card as it can be mended. Raises SettingsRefused for no such one."""
    async with databases.tended(settings, now()) as store:
        letter = await _one(store.dead, id_)
    card: object = letter.body
    if letter.is_readable:
        card = json.loads(letter.body)
    known = {
        "id": letter.id,
        "tenant": letter.tenant,
        "case": letter.case,
        "to": f"{letter.platform} {letter.conversation}",
        "slot": letter.slot,
        "error": letter.error,
        "attempts": letter.attempt,
        "card": card,
    }
    return json.dumps(known, ensure_ascii=False, indent=2)


async def mended(settings: Settings, id_: str, written: str) -> None:
    """Another card in its place: a card, or what `shown` gives with its card changed.

    Raises SettingsRefused for what is no card, and for a message to a customer: others agreed to
    its words.
    """
    try:
        found = json.loads(written)
    except ValueError as error:
        raise SettingsRefused(f"The file is no JSON ({error}).") from error
    card = found.get("card", found) if isinstance(found, dict) else found
    async with databases.tended(settings, now()) as store:
        letter = await _one(store.dead, id_)
        if letter.is_outward:
            raise SettingsRefused(
                f"{id_} goes to a customer in words that were agreed to; its owner changes them, and "
                "has them agreed to again."
            )
        try:
            done = await store.dead.mend(id_, json.dumps(card))
        except BadCard as error:
            raise SettingsRefused(f"The file holds no card: {error}.") from error
    if not done:
        raise SettingsRefused(f"{id_} is dead no more; nothing was changed.")


async def sent_again(settings: Settings, ids: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Have them sent once more, `all` of them or those named: how many, and why others are not."""
    count, refused = 0, []
    async with databases.tended(settings, now()) as store:
        chosen = (
            await store.dead.all()
            if list(ids) == ["all"]
            else [await _one(store.dead, i) for i in ids]
        )
        for letter in chosen:
            why = _why_not(letter)
            if why:
                refused.append(f"{letter.id}: {why}")
            else:
                count += await store.dead.again(letter.id, now())
    return count, tuple(refused)


def _why_not(letter: DeadLetter) -> str:
    if letter.is_outward:
        return "it goes to a customer, so its owner decides; they see it in their case."
    if letter.is_over:
        return "a newer message has taken its place."
    if not letter.is_readable:
        return f"its card cannot be read; mend it first: candor work --dead --mend {letter.id}."
    return ""


async def _one(letters: DeadLetters, id_: str) -> DeadLetter:
    letter = await letters.one(id_)
    if letter is None:
        raise SettingsRefused(f"there is no dead letter {id_}; candor work --dead lists them.")
    return letter
