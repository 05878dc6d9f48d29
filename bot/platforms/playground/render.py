"""Draws the neutral card as the JSON that the playground's page shows. Pure.

Every text travels in both languages, so that each viewer reads the one they chose.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.core.cards.blocks import Card

Payload = dict[str, Any]


def render(card: Card) -> Payload:
    """The card as JSON: `text`, and `blocks` told apart by their `block`."""
    payload: Payload = _cards().dump_python(card, mode="json")
    return payload


@cache
def _cards() -> TypeAdapter[Card]:
    return TypeAdapter(Card)
