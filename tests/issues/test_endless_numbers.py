"""More digits than a number can have are no number, and no fault either."""

from bot.core.dialogue.scalars import find_choice
from bot.core.playbook import Choice
from bot.core.words import same
from bot.platforms.playground.client import PlaygroundChannel
from bot.platforms.playground.clock import MovedClock
from tests.platforms.playground.ground import MONDAY

MANY = "9" * 5000  # more than int() takes


def test_as_a_choice_they_name_none() -> None:
    assert find_choice((Choice("a", same("A")), Choice("b", same("B"))), MANY) is None


async def test_as_the_last_change_they_make_the_page_read_anew() -> None:
    channel = PlaygroundChannel(MovedClock(lambda: MONDAY))
    run = channel.last.partition("-")[0]
    feed = channel.feed(f"{run}-{MANY}")
    change = await anext(feed)
    await feed.aclose()
    assert change["event"] == "reload"
