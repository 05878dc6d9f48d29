"""A verb before a project's name is no part of it."""

import pytest

from bot.core.commands import Command, Verb, slash


@pytest.mark.parametrize(
    ("words", "verb", "rest"),
    [
        ("start Apollo pilot", "start", "Apollo pilot"),
        ("begin Apollo", "start", "Apollo"),
        ("Start Apollo", "start", "Apollo"),
        ("开始 风电场", "start", "风电场"),
        ("发起 风电场", "start", "风电场"),
        ("resume Apollo", "resume", "Apollo"),
        ("继续 风电场", "resume", "风电场"),
        ("start", "start", ""),
        ("开始", "start", ""),
        ("resume", "resume", ""),
        ("Apollo start", "start", "Apollo start"),
        ("Startup kit", "start", "Startup kit"),
    ],
)
def test_a_leading_verb_is_no_part_of_a_name(words: str, verb: Verb, rest: str) -> None:
    assert slash(words) == Command(verb, rest)
