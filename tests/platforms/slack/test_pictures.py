"""The pictures in the documentation: each screen is in them, drawn from what Slack gets."""

import html
from typing import Any

import pytest

from bot.core.words import Language
from tests.platforms.slack import screens
from tests.platforms.slack.cards import every
from tests.platforms.slack.pictures import page

UNSEEN = ("options", "placeholder")  # until one opens a menu, or where something stands already


def shown(value: Any) -> Any:
    """Blocks without what is not to be seen at first."""
    if isinstance(value, list):
        return [shown(part) for part in value]
    if isinstance(value, dict):
        return {key: shown(part) for key, part in value.items() if key not in UNSEEN}
    return value


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_screen_is_pictured_with_all_that_it_says(language: Language) -> None:
    shots = screens.drawn(language)
    names = [name for name, _ in shots]
    assert set(names) == {*screens.KINDS.values(), screens.PINGS, screens.HOME, screens.SETTINGS}
    drawn = page(shots)
    for name, payload in shots:
        for text in every(shown(payload["blocks"]), "text"):
            assert html.escape(text) in drawn, (name, text)
