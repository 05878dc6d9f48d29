"""Who asks for the draft by a word gets it where they write, also while it stands far above."""

from bot.core.effects import DraftScreen, MovedScreen
from bot.core.events import DraftOpened
from tests.core.followed import Followed


def test_the_word_brings_the_draft_down_once_more() -> None:
    one = Followed()
    one.give(DraftOpened(one.stamp(), typed=True))
    first = [s.slot for s in one.shows if isinstance(s.screen, DraftScreen)]
    one.give(DraftOpened(one.stamp(), typed=True))
    again = [s.slot for s in one.shows if isinstance(s.screen, DraftScreen)]
    assert len(first) == 1
    assert len(again) == 2
    assert again[1] != first[0]
    assert [s.slot for s in one.shows if isinstance(s.screen, MovedScreen)][-1] == first[0]


def test_a_second_press_of_its_button_brings_no_second_one() -> None:
    one = Followed().give(DraftOpened(Followed().stamp()))
    case = one.case
    assert one.give(DraftOpened(one.stamp())).case.live == case.live
