"""The page's own sentences: both languages, every one used, none missing."""

import re
from typing import get_args

from bot.engine.ports import DeliveryState
from bot.platforms.playground.app import PAGE
from tests.browser.chat import Visitors

HAN = re.compile(r"[\u4e00-\u9fff]")


def strings(visit: Visitors) -> dict[str, dict[str, str]]:
    chat = visit("maya")
    found: dict[str, dict[str, str]] = chat.page.evaluate(
        "import('/page/strings.js').then((m) => m.STRINGS)"
    )
    return found


def test_every_sentence_stands_in_both_languages_with_the_same_slots(visit: Visitors) -> None:
    for key, text in strings(visit).items():
        assert set(text) == {"en", "zh"}, key
        assert text["en"].strip(), key
        assert HAN.search(text["zh"]), key
        assert not HAN.search(text["en"]), key
        slots = {side: sorted(re.findall(r"\{\w+\}", words)) for side, words in text.items()}
        assert slots["en"] == slots["zh"], key
        assert "!" not in text["en"], key
        assert "！" not in text["zh"], key


def test_every_sentence_that_the_page_says_is_there_and_none_is_left_over(visit: Visitors) -> None:
    scripts = "\n".join(f.read_text(encoding="utf-8") for f in PAGE.glob("*.js"))
    said = set(re.findall(r"say\(\s*\"(\w+)\"", scripts))
    said |= set(re.findall(r"say\([^)\"]*\? \"(\w+)\" : \"\w+\"", scripts))
    said |= set(re.findall(r"say\([^)\"]*\? \"\w+\" : \"(\w+)\"", scripts))
    known = strings(visit)
    built = re.findall(r"say\(`([^`]+)`", scripts)
    patterns = [re.compile(re.sub(r"\$\{[^}]+\}", r"\\w+", b)) for b in built]

    for key in said:
        assert key in known, key
    for key in known:
        used = f'"{key}"' in scripts or any(p.fullmatch(key) for p in patterns)
        assert used, f"{key} is said nowhere"


def test_every_state_of_the_outbox_has_its_words(visit: Visitors) -> None:
    states = get_args(DeliveryState)

    known = strings(visit)

    assert {f"outbox_{s}" for s in (*states, "post", "edit")} <= set(known)


def test_no_sentence_takes_the_place_of_another_of_the_same_name() -> None:
    keys = re.findall(r"^  (\w+):", (PAGE / "strings.js").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(keys) > 100
    assert len(keys) == len(set(keys))
