"""What goes out to the pages, and what a page gets that was away."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from json import loads

from bot.core.cards.blocks import Card, Paragraph
from bot.core.words import same
from bot.engine.ports import Channel
from bot.platforms.playground.client import KEPT, QUEUED, PlaygroundChannel, posted
from bot.platforms.playground.clock import MovedClock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def channel() -> PlaygroundChannel:
    clock = MovedClock(lambda: NOW)
    clock.move_to(NOW + timedelta(days=1))
    return PlaygroundChannel(clock)


def card(words: str) -> Card:
    return Card(same(words), (Paragraph(same(words)),))


async def first(feed: AsyncIterator[dict[str, str]], count: int) -> list[dict[str, str]]:
    return [await anext(feed) for _ in range(count)]


def words(change: dict[str, str]) -> str:
    return str(loads(change["data"])["message"]["card"]["text"]["en"])


async def test_a_reference_says_when_by_both_clocks_and_where() -> None:
    out: Channel = channel()

    ref = await out.post("dm:maya", "key~1", card("hello"), "en")

    found = posted(ref)
    assert found.at == NOW + timedelta(days=1)
    assert found.order == int(NOW.timestamp() * 1000)
    assert ref.endswith("dm:maya")


async def test_an_edit_comes_after_its_post_and_for_the_same_message() -> None:
    out = channel()
    start = out.last
    ref = await out.post("dm:maya", "a", card("one"), "en")
    await out.edit(ref, "b", card("two"), "en")

    async with aclosing(out.feed(start)) as feed:
        got = await first(feed, 2)

    assert [words(c) for c in got] == ["one", "two"]
    assert {loads(c["data"])["message"]["id"] for c in got} == {ref}


async def test_a_page_that_was_away_gets_what_it_missed() -> None:
    out = channel()
    await out.post("dm:maya", "a", card("one"), "en")
    seen = out.last
    await out.post("dm:maya", "b", card("two"), "en")
    await out.post("dm:maya", "c", card("three"), "en")

    async with aclosing(out.feed(seen)) as feed:
        got = await first(feed, 2)

    assert [words(c) for c in got] == ["two", "three"]
    assert got[-1]["id"] == out.last


async def test_a_page_of_another_run_or_long_away_reads_anew() -> None:
    out = channel()
    start = out.last
    for at in range(KEPT + 1):
        await out.post("dm:maya", str(at), card(str(at)), "en")

    for last in ("", "other-3", "nonsense", start, out.last + "9"):
        async with aclosing(out.feed(last)) as feed:
            assert (await first(feed, 1))[0]["event"] == "reload"


async def test_a_page_that_lags_behind_is_told_to_read_anew() -> None:
    out = channel()
    start = out.last
    await out.post("dm:maya", "first", card("first"), "en")
    async with aclosing(out.feed(start)) as feed:
        await first(feed, 1)
        for at in range(QUEUED + 1):
            await out.post("dm:maya", str(at), card(str(at)), "en")
        got = await first(feed, 1)

    assert got[0]["event"] == "reload"


async def test_what_was_posted_is_found_by_its_key_in_its_conversation() -> None:
    out = channel()
    ref = await out.post("dm:maya", "a", card("one"), "en")

    assert await out.find("dm:maya", "a", NOW) == ref
    assert await out.find("dm:omar", "a", NOW) is None
    assert await out.find("dm:maya", "b", NOW) is None


async def test_closing_ends_every_stream() -> None:
    out = channel()
    start = out.last
    await out.post("dm:maya", "a", card("one"), "en")
    async with aclosing(out.feed(start)) as feed:
        await first(feed, 1)
        out.close()
        rest = [change async for change in feed]

    assert rest == []
