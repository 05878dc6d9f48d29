"""Every card as Slack's blocks: nothing is lost, nothing is parsed, every limit is kept."""

import html
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.cards.blocks import (
    Action,
    Bar,
    Box,
    BoxColumn,
    Button,
    Buttons,
    Card,
    Chart,
    Editor,
    Fact,
    Facts,
    Form,
    Heading,
    Hint,
    Link,
    Option,
    Paragraph,
    Quote,
)
from bot.core.words import LANGUAGES, CaseId, Language, Text, same
from bot.platforms.slack import boxes, limits, render, texts
from bot.platforms.slack.texts import Payload, clean, cut, size
from tests.platforms.slack import cards
from tests.platforms.slack.fake.payloads import check_message, check_view

every_file = pytest.mark.parametrize("file", cards.FILES, ids=lambda file: file.stem)
TRICKS = ("<!channel>", "<!here>", "<@U1>", "<#C1>", "&amp;", "&", "<https://a.example|b>", "*b*",
    "`x`", ":tada:", "\n", "\0", "😀", "\ud800", "<!date^1^{date}|x>", "漢", "x" * 3001)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(TRICKS) | st.text(max_size=20), min_size=1, max_size=8).map(
    lambda found: "".join(found) or "?"
)
Kind = Literal["date", "choice", "long_text", "rows", "text"]


def squeezed(text: str) -> str:
    return "".join(text.split())


@every_file
def test_every_screen_is_found_again_and_keeps_to_every_limit(file: Path) -> None:
    for card, language in itertools.product(cards.cards(file), LANGUAGES):
        message, views = cards.drawn(card, language)
        shown = "\n".join(said(payload) for payload in [message, *views])
        lost = [t for t in cards.texts(card, language) if squeezed(t) not in shown]
        assert lost == []
        assert cards.asked(card) - cards.actions([message, *views]) == set()
        limits.check_message(message)
        assert check_message(message) == []
        for view in views:
            limits.check_view(view)
            assert check_view(view) == []


@pytest.mark.parametrize("language", LANGUAGES)
@given(typed=HOSTILE, data=st.data())
@settings(max_examples=40, deadline=None)
def test_what_a_person_typed_is_shown_and_never_parsed(
    typed: str, data: st.DataObject, language: Language
) -> None:
    quote = Quote(same(typed), marks=((0, len(typed) // 2),), copy=data.draw(st.booleans()))
    card = Card(
        same(typed),
        (
            Heading(same(typed)),
            Paragraph(same(typed)),
            Facts((Fact(same(typed), same(typed), same(typed), Action("open", typed)),)),
            Hint(same(typed), "look"),
            quote,
            Buttons((Button(same(typed), Action("new", typed)),)),
            Form("c1", 1, (Box("cause", "text", same("Cause"), same(typed), typed),), same("Go")),
            Form("c1", 1, tuple(_box(n, typed) for n in range(5)), same("Go")),
            Editor("c1", Action("draft_edit"), same("Edit"), typed, same("Save")),
        ),
        CaseId("c1"),
    )
    message, views = cards.drawn(card, language)
    for payload in [message, *views]:
        assert "mrkdwn" not in set(cards.every(payload["blocks"], "type"))
    assert not set("<>") & set(message["text"])
    assert "&" not in message["text"].replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert message["mrkdwn"] is message["unfurl_links"] is message["unfurl_media"] is False
    limits.check_message(message)
    assert check_message(message) == []
    for view in views:
        limits.check_view(view)
        assert check_view(view) == []


@given(text=st.text(max_size=300).map(lambda t: t.replace("\r", "")), times=st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_a_long_text_comes_back_from_its_windows_as_it_was(text: str, times: int) -> None:
    long = clean(f"{text}\n" * times + "end")
    blocks = boxes.long_inputs("text", same("Text"), long, "en")
    state = {b["block_id"]: {"box": {"value": b["element"].get("initial_value")}} for b in blocks}
    assert boxes.read(state) == {"text": long}


@given(text=st.text(max_size=400), most=st.integers(1, 200))
def test_a_cut_text_is_never_longer_than_it_may_be(text: str, most: int) -> None:
    assert size(cut(text, most)) <= most


def test_a_card_that_is_too_long_keeps_its_buttons_and_opens_whole() -> None:
    long = "word " * 4000
    button = Buttons((Button(same("Go on"), Action("review")),))
    card = Card(same("Long"), (*[Paragraph(same(f"{n} {long}")) for n in range(60)], button))
    message, (view, *_) = cards.drawn(card, "en")
    limits.check_message(message)
    assert check_message(message) == check_view(view) == []
    assert Action("review") in cards.actions([message])
    assert texts.CUT.en in list(cards.every(message, "text"))


def test_a_refused_chart_is_told_in_words() -> None:
    chart = Chart(same("Done by then"), (Bar(same("4 Dec"), 40),), same("40 of 100 by 4 Dec."))
    native, words = (
        render.message(Card(same("x"), (chart,)), render.Sheet("en", charts=charts))["blocks"]
        for charts in (True, False)
    )
    assert native[0]["type"] == "data_visualization"
    assert "data_visualization" not in [b["type"] for b in words]
    for drawn in (native, words):
        assert "40 of 100 by 4 Dec." in list(cards.every(drawn, "text"))


def said(payload: Payload) -> str:
    """All that a person reads in a payload, without its spaces."""
    names = ("text", "initial_value", "initial_date", "title", "label")
    found = (x for block in payload["blocks"] for name in names for x in cards.every(block, name))
    submit = cards.every(payload.get("submit", {}), "text")
    return "\n".join(
        squeezed(x)
        for x in [html.unescape(str(payload.get("text", ""))), *runs(payload), *found, *submit]
    )


def runs(payload: Payload) -> Iterator[str]:
    """The runs of each rich text, joined."""
    for block in payload["blocks"]:
        if block["type"] == "rich_text":
            yield "".join(cards.every(block, "text"))


def _box(number: int, typed: str) -> Box:
    kinds: tuple[Kind, ...] = ("date", "choice", "long_text", "rows", "text")
    kind = kinds[number]
    return Box(
        f"f{number}",
        kind,
        same(typed),
        same(typed),
        ({"name": typed},) if kind == "rows" else typed,
        placeholder=same(typed),
        hint=same(typed),
        problem=same(typed),
        options=(Option("a", same(typed), same(typed)),),
        columns=(BoxColumn("name", "text", same(typed), same(typed)),),
    )


def test_a_link_opens_its_address() -> None:
    card = Card(same("x"), (Link(Text(en="Open", zh="打开"), "https://x.example/d?a=1&b=2"),))
    (row,) = render.blocks(card, render.Sheet("en", key="k"))
    (button,) = row["elements"]
    assert (button["url"], button["text"]["text"]) == ("https://x.example/d?a=1&b=2", "Open")
