"""Every card that the written conversations come to, once, and what a drawn card says."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bot.content import playbooks as content
from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.cards.blocks import Action, Box, Card, Form
from bot.core.words import Language, Text
from bot.platforms.slack import marks, render, windows
from bot.platforms.slack.texts import Payload
from bot.script import play
from bot.script.performance import Played, pressable
from bot.script.performance import play as perform

FILES = sorted((Path(__file__).parents[2] / "transcripts").rglob("*.yaml"))
PLAYBOOK = content.load(content.home() / "delivery_delay")


@cache
def played(file: Path) -> Played:
    """The conversation, played once for all tests."""
    return perform(play.load(file), PLAYBOOK, default_coaching(), default_customers())


def cards(file: Path) -> Iterator[Card]:
    """All cards of a conversation, each once."""
    seen: set[str] = set()
    for moment in played(file).moments:
        found = [m.card for m in moment.messages] + ([moment.reply] if moment.reply else [])
        for card in found:
            if repr(card) not in seen:
                seen.add(repr(card))
                yield card


def drawn(card: Card, language: Language) -> tuple[Payload, list[Payload]]:
    """The message of a card, and every window that can be opened from it, and from those."""
    message = render.message(card, render.Sheet(language, key="row-1"))
    views: list[Payload] = []
    waiting = list(openers(message["blocks"]))
    known = set(waiting)
    while waiting:
        opener = waiting.pop()
        view = windows.window(card, opener, language)
        assert view is not None, opener
        views.append(view)
        fresh = set(openers(view["blocks"])) - known
        known |= fresh
        waiting += fresh
    return message, views


def every(value: Any, name: str) -> Iterator[str]:
    """All strings under a name, however deep."""
    if isinstance(value, list):
        for part in value:
            yield from every(part, name)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key == name and isinstance(part, str):
                yield part
            else:
                yield from every(part, name)


def openers(blocks: list[Payload]) -> Iterator[marks.Opener]:
    """What the buttons of blocks open."""
    for value in every(blocks, "value"):
        found = marks.opened(value)
        if found is not None:
            yield found


def actions(payloads: list[Payload]) -> set[Action]:
    """All actions that can be pressed or sent in payloads."""
    found = set()
    for value in every(payloads, "value"):
        press = marks.pressed(value)
        if press is not None:
            found.add(press.action)
    for value in [*every(payloads, "private_metadata"), *every(payloads, "value")]:
        slip = marks.read_slip(value)
        if slip is not None:
            found.add(slip.action)
    return found


def asked(card: Card) -> set[Action]:
    """All actions of a neutral card, those of its forms too."""
    found = {action for _, action in pressable(card)}
    return found | {block.action for block in card.blocks if isinstance(block, Form)}


def texts(card: Card, language: Language) -> Iterator[str]:
    """All texts of a neutral card in the language in which each is shown."""
    yield card.text.to(language)
    for block in card.blocks:
        of = getattr(block, "language", None) or language
        yield from _texts(block, of)


def _texts(value: object, language: Language) -> Iterator[str]:
    match value:
        case Text():
            yield value.to(language)
        case Box(value=str(raw), kind="text" | "long_text") if raw:
            yield raw
            yield from _fields(value, language)
        case tuple():
            for part in value:
                yield from _texts(part, language)
        case _:
            yield from _fields(value, language)


def _fields(value: object, language: Language) -> Iterator[str]:
    for name in getattr(value, "__dataclass_fields__", {}):
        yield from _texts(getattr(value, name), language)
