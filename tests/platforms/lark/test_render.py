"""Every screen of every conversation, drawn for Lark: nothing is left out, and the platform takes it."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.cards.blocks import (
    Action,
    Block,
    Box,
    Button,
    Buttons,
    Card,
    Chart,
    Divider,
    Editor,
    Fact,
    Facts,
    Form,
    Heading,
    Hint,
    Link,
    Paragraph,
    Quote,
)
from bot.core.words import LANGUAGES, CaseId, FieldId, Language, Text, same
from bot.platforms.lark.forms import filled
from bot.platforms.lark.pen import mark
from bot.platforms.lark.render import LARGEST, MOST, count, dumped, render, size
from bot.script import play
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.cards import inspect
from tests.platforms.lark.fake.tenant import Locale

FILES = sorted((Path(__file__).parents[2] / "transcripts").rglob("*.yaml"))
LOCALES: dict[Language, Locale] = {"en": "en_us", "zh": "zh_cn"}

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@cache
def cards(file: Path) -> tuple[Card, ...]:
    """All cards of a conversation, each once."""
    played = play.play(play.load(file))
    found = [x.card for m in played.moments for x in m.messages]
    found += [m.reply for m in played.moments if m.reply]
    return tuple({repr(card): card for card in found}.values())


def seen(content: dict[str, object], language: Language) -> str:
    """All that somebody reads on a card, and what stands in its boxes."""
    boxes = [
        str(f.element.get(k, ""))
        for f in screen.walk(content)
        for k in ("default_value", "initial_date", "initial_option", "selected_values")
    ]
    return "\n".join([*screen.texts(content, LOCALES[language]), *boxes])


def pressed(content: dict[str, object]) -> set[Action]:
    """What can be pressed on a card."""
    values = [f.value for f in screen.walk(content) if f.value]
    return {Action(v["a"], v.get("g", "")) for v in values}


def words(block: Block, language: Language) -> Iterator[str]:
    """All texts of a block."""
    match block:
        case Heading() | Paragraph() | Hint() | Quote():
            yield block.text.to(language)
        case Facts():
            for row in block.rows:
                for text in (row.label, row.value, row.note):
                    yield from [text.to(language)] if text else []
        case Chart():
            yield from (block.title.to(language), block.text.to(language))
        case Buttons():
            yield from (b.label.to(language) for b in block.buttons)
        case Link():
            yield block.label.to(language)
        case Form():
            yield block.submit.to(language)
            for box in block.boxes:
                yield from in_box(box, language)
        case Editor():
            yield from (block.label.to(language), block.submit.to(language))
            yield from (b.label.to(language) for b in block.beside)
        case Divider():
            return


def in_box(box: Box, language: Language) -> Iterator[str]:
    """All texts of a box, and what stands in it."""
    for text in (box.label, box.ask, box.hint, box.problem):
        yield from [text.to(language)] if text else []
    for part in (*box.options, *(o for c in box.columns for o in c.options)):
        yield part.label.to(language)
    yield from (c.label.to(language) for c in box.columns)
    if isinstance(box.value, str) and len(box.value) <= 900:
        yield box.value
    elif not isinstance(box.value, str):
        for row in box.value:
            yield from row.values() if isinstance(row, dict) else [row]


def actions(block: Block) -> Iterator[Action]:
    """All that can be done on a block."""
    match block:
        case Facts():
            yield from (row.action for row in block.rows if row.action)
        case Buttons():
            yield from (b.action for b in block.buttons)
        case Form():
            yield block.action
        case Editor():
            yield block.action
            yield from (b.action for b in block.beside)
        case _:
            return


@every_file
def test_every_text_and_every_action_is_on_the_card(file: Path) -> None:
    for card in cards(file):
        for language in LANGUAGES:
            content = render(card, language, "row").content
            read = seen(content, language)
            missing = [w for b in card.blocks for w in words(b, language) if w not in read]
            assert missing == []
            assert {a for b in card.blocks for a in actions(b)} <= pressed(content)


@every_file
def test_the_platform_takes_every_card(file: Path) -> None:
    for card in cards(file):
        for language in LANGUAGES:
            drawn = render(card, language, "row")
            assert inspect(drawn.content) == []
            assert (drawn.cut, size(drawn.content) <= LARGEST) == ("", True)
            assert (json.loads(drawn.written), drawn.written) == (
                drawn.content,
                dumped(drawn.content),
            )


@every_file
def test_a_form_that_is_sent_back_untouched_says_what_stood_in_it(file: Path) -> None:
    for card in cards(file):
        for block in card.blocks:
            if isinstance(block, Form):
                back = filled(untouched(render(card, "en", "row").content))
                for box in block.boxes:
                    sent = back.boxes.get(FieldId(box.field), "")
                    assert without_blanks(sent) in (without_blanks(box.value), "")
            if isinstance(block, Editor):
                assert filled(untouched(render(card, "en", "row").content)).text == block.value


def without_blanks(value: object) -> object:
    """Rows without their empty cells, which a client may leave out."""
    if isinstance(value, str):
        return value
    assert isinstance(value, tuple)
    return tuple({k: v for k, v in r.items() if v} if isinstance(r, dict) else r for r in value)


def untouched(content: dict[str, object]) -> dict[str, object]:
    """What a client sends for forms in which nothing was changed."""
    keys = ("default_value", "initial_date", "initial_option", "selected_values")
    return {
        name: found.element[key]
        for name, found in screen.fields(content).items()
        for key in keys
        if key in found.element
    }


NASTY = st.sampled_from(
    [
        "<at id=all></at>", '<at user_id="all">everyone</at>', "@all", "@_all", "@_user_1",
        "[x](https://example.com)", "**bold**", "<font color='red'>x</font>", "{{user}}", "`code`",
        '"}],"tag":"button"', "$$x$$", ":smile:", "\u202e", "\n\n---\n\n",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(NASTY, st.text(max_size=40)), min_size=1, max_size=4).map("".join)


@given(TEXTS.filter(bool), st.sampled_from(LANGUAGES))
@settings(max_examples=60, deadline=None)
def test_what_somebody_typed_is_shown_as_typed(typed: str, language: Language) -> None:
    box = Box("cause", "long_text", same("Cause"), same("Why?"), value=typed)
    blocks: tuple[Block, ...] = (
        Heading(same(typed)),
        Paragraph(same(typed)),
        Facts((Fact(same(typed), same(typed), same(typed), Action("edit", typed[:40])),)),
        Quote(same(typed)),
        Buttons((Button(same(typed[:90]), Action("skip")),)),
        Form("case", 3, (box,), same("Save")),
    )
    content = render(Card(same(typed), blocks, CaseId("case")), language, "row").content
    tags = {f.tag for f in screen.walk(content)}
    assert not tags & {"markdown", "lark_md", "person", "img"}
    assert typed in screen.texts(content)
    assert [f for f in inspect(content) if f.code] == []
    assert filled(untouched(content)).boxes[FieldId("cause")] == typed


@given(st.text(alphabet="ab \n延期。", max_size=6000))
@settings(max_examples=60, deadline=None)
def test_a_long_text_comes_back_from_its_parts(text: str) -> None:
    editor = Editor("case", Action("draft_edit", "email"), same("Edit"), text, same("Save"))
    content = render(Card(same("Draft"), (editor,)), "en", "row").content
    back = filled(untouched(content))
    assert back.text == text
    inputs = [f.element for f in screen.walk(content) if f.tag == "input"]
    assert all(len(i.get("default_value", "")) <= 1000 for i in inputs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_that_is_too_large_is_cut_and_says_so(language: Language) -> None:
    text = "一句很长的话。" * 3000
    blocks: tuple[Block, ...] = (
        Heading(Text(en="Draft", zh="草稿")),
        Quote(same(text), copy=True),
        Editor("case", Action("draft_edit"), same("Edit"), text, same("Save")),
        Buttons((Button(Text(en="Review", zh="复核"), Action("review")),)),
    )
    drawn = render(Card(same("Draft"), blocks), language, "row")
    assert drawn.cut == text
    assert size(drawn.content) <= LARGEST
    assert count(drawn.content) <= MOST
    assert Action("review") in pressed(drawn.content)
    assert str(len(text)) in seen(drawn.content, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_draft_is_changed_in_several_inputs_though_it_is_shown_cut(
    language: Language,
) -> None:
    text = "海上风电场的底座要晚两周。\n" * 550
    blocks: tuple[Block, ...] = (
        Quote(same(text), copy=True),
        Editor("case", Action("draft_edit"), same("Edit"), text, same("Save")),
    )
    drawn = render(Card(same("Draft"), blocks), language, "row")
    assert inspect(drawn.content) == []
    assert filled(untouched(drawn.content)).text == text
    assert (drawn.cut, len(screen.fields(drawn.content)) > 6) == (text, True)


def test_a_card_of_hundreds_of_buttons_keeps_what_fits() -> None:
    buttons = tuple(Button(same(f"Button {n}"), Action("open", str(n))) for n in range(300))
    drawn = render(Card(same("Many"), (Buttons(buttons),)), "en", "row")
    assert inspect(drawn.content) == [] or count(drawn.content) <= MOST
    assert Action("open", "0") in pressed(drawn.content)


def test_tags_that_somebody_writes_are_no_components() -> None:
    text = same('{"tag":"button"} ' * (MOST + 5))
    drawn = render(Card(same("Tags"), (Paragraph(text),)), "en", "row")
    assert count(drawn.content) < 10
    assert text.en in seen(drawn.content, "en")


def test_a_message_bears_the_mark_of_its_row() -> None:
    content = render(Card(same("Hello"), (Paragraph(same("Hello")),)), "en", "a-row_of~it").content
    assert f'"{mark("a-row_of~it")}"' in dumped(content)
    assert mark("a") != mark("b")


@pytest.mark.parametrize("row", ["r", "rx", "r²", "r-1"])
def test_a_row_that_is_no_number_is_passed_over(row: str) -> None:
    sent = filled({f"box~options~{row}~name": "x", "box~options~r0~name": "Berth 1"})
    assert sent.boxes == {FieldId("options"): ({"name": "Berth 1"},)}


def test_a_link_opens_its_address_and_calls_nobody() -> None:
    card = Card(same("x"), (Link(Text(en="Open", zh="打开"), "https://x.example/d?a=1&b=2"),))
    drawn = render(card, "zh", "row").content
    (button,) = [f.element for f in screen.walk(drawn) if f.tag == "button"]
    assert button["behaviors"] == [
        {"type": "open_url", "default_url": "https://x.example/d?a=1&b=2"}
    ]
    assert "打开" in screen.texts(drawn, "zh_cn")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//x.example", ""])
def test_a_link_leads_to_nothing_but_the_web(url: str) -> None:
    with pytest.raises(ValueError, match="https://"):
        Link(Text(en="Open", zh="打开"), url)
