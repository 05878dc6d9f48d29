"""The judge reads a text with its names blanked: what is said of one person is heard of any other."""

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.detectors.nameless import NAME, nameless
from bot.core.coaching.judge import features
from tests.core.detectors.hits import language_of, subject_of


def shown(text: str) -> str:
    """The text with a # for each character of a name."""
    given = default_coaching().word_set("given_names")
    return nameless(text.lower(), text, given).replace(NAME, "#")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our manager Dov pushed the key.", "our manager ### pushed the key."),
        ("Dave's order was wrong.", "####'s order was wrong."),
        ("We met Ms Kulkarni on Friday.", "we met ########### on friday."),
        ("Mrs. Bell wrote.", "######### wrote."),
        ("Alignment by eye is done in March.", "alignment by eye is done in march."),
        ("Write to info@Osei.com or see HTML5.", "write to info@osei.com or see html5."),
        ("小吴把文件删了，陈工没复核。", "##把文件删了，##没复核。"),
        ("Kevin改了防火墙。", "#####改了防火墙。"),
        ("总经理同意，任何问题找老周。", "总经理同意，任何问题找##。"),
        ("", ""),
    ],
)
def test_names_are_blanked_and_nothing_else(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Our manager Dov lost it.", "Our manager Bartek lost it."), ("小吴弄丢了。", "老周弄丢了。")],
)
def test_two_names_are_read_alike(one: str, other: str) -> None:
    read = [
        features(subject_of(text, "cause", language=language_of(text)).nameless, "cause", ())
        for text in (one, other)
    ]
    assert read[0] == read[1]


def test_places_in_the_blanked_text_are_those_of_the_text() -> None:
    text = "Yesterday Ms Kulkarni and 小吴 met Dave’s team in Gdansk."
    subject = subject_of(text, "cause")
    assert len(subject.nameless) == len(subject.claimed) == len(text)
