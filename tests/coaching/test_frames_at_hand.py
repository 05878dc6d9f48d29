"""Ten thousand frames are small, and a word list means the same wherever it is named."""

from bot.content.coaching import default_coaching
from bot.core.coaching.frames import Lists, parse

LISTS = {"late": ("late", "behind {plan}"), "plan": ("schedule", "plan")}


def test_a_list_read_for_one_frame_means_the_same_in_the_next() -> None:
    read: Lists = {}
    for source in ("we are {late}", "{late} again", "the {plan} is {late}"):
        assert parse(source, "en", LISTS, read) == parse(source, "en", LISTS)


def test_a_key_is_one_string_for_all_frames() -> None:
    known: dict[str, str] = {}
    for many in default_coaching().index.values():
        for one in many:
            for key in (*one.frame.keys, *one.frame.also):
                assert known.setdefault(key, key) is key
