"""Overlap: what a text speaks of, and how much of one text stands in another."""

import pytest

from bot.core.coaching.detectors.overlap import content_words, share


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("idle words say nothing", "The valves and the seals were for your hall", {"valv", "seal", "hall"}),
        ("weekdays and months are dates, not words", "Monday in June", set()),
        ("two letters are no word", "an ox at it", set()),
        ("three letters are one", "an axe", {"axe"}),
        ("-ings", "castings", {"cast"}),
        ("-ing", "casting", {"cast"}),
        ("-ies", "cities", {"cit"}),
        ("-y", "rusty", {"rust"}),
        ("-ed", "tested", {"test"}),
        ("-es", "boxes", {"box"}),
        ("-s", "pumps", {"pump"}),
        ("-e", "valve", {"valv"}),
        ("-ss is no plural", "glass glasses", {"glass"}),
        ("seven letters of it tell it, too", "business", {"busines"}),
        ("of an ending that leaves two letters only a shorter one goes", "sing bed", {"sing", "bed"}),
        ("whose it is does not matter", "the pump's", {"pump"}),
        ("seven letters tell a word", "specifications specified", {"specifi"}),
        ("capitals count as small letters", "PUMP Pump", {"pump"}),
        ("pairs of characters", "密封圈", {"密封", "封圈"}),
        ("one character alone", "泵", {"泵"}),
        ("idle characters part what they stand between", "泵的阀", {"泵", "阀"}),
        ("we and you are idle", "我们给您换阀门", {"换阀", "阀门"}),
        ("both scripts", "PLC 阀门", {"plc", "阀门"}),
        ("nothing", "", set()),
    ],
)  # fmt: skip
def test_text_speaks_of_its_stems_and_pairs(rule: str, text: str, expected: set[str]) -> None:
    assert content_words(text) == expected, rule


@pytest.mark.parametrize(
    ("wanted", "here", "expected"),
    [
        ({"a", "b", "c", "d"}, {"a", "x"}, 0.25),
        ({"a", "b"}, {"a", "b", "c"}, 1.0),
        ({"a"}, set(), 0.0),
        (set(), {"a"}, 1.0),
    ],
)
def test_share_is_of_what_is_wanted(wanted: set[str], here: set[str], expected: float) -> None:
    assert share(frozenset(wanted), frozenset(here)) == expected
