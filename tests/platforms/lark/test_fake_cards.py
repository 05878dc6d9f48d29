"""Each rule of Card JSON 2.0: a card that keeps it is taken, one that breaks it is refused."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake import checks
from tests.platforms.lark.fake.cards import inspect
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.samples import (
    Element,
    box,
    button,
    card,
    day,
    form,
    select,
    submit,
    text,
)

Change = Callable[[Element], object]


def whole() -> Element:
    """A card with one of nearly everything that Candor draws."""
    return card(
        text("A remark", tag="markdown"),
        {"tag": "hr"},
        {"tag": "div", "text": text("Plain words"), "element_id": "plain_1"},
        {
            "tag": "column_set",
            "columns": [
                {"tag": "column", "width": "weighted", "weight": 2, "elements": [button("Back")]}
            ],
        },
        form(
            box(max_length=1000, required=True),
            day(initial_date="2026-12-04"),
            select(initial_option="low"),
            {"tag": "multi_select_static", "name": "who", "options": [], "selected_values": []},
            {"tag": "checker", "name": "sure", "text": text("I am sure")},
            submit(),
        ),
        {"tag": "chart", "chart_spec": {"type": "bar", "title": {"text": "Dates"}}},
        {"tag": "collapsible_panel", "header": {"title": text("More")}, "elements": []},
    )


def at(shown: Element, number: int) -> Element:
    found: Element = shown["body"]["elements"][number]
    return found


def nested(depth: int) -> Element:
    inner: Element = {"tag": "hr"}
    for _ in range(depth):
        inner = {"tag": "interactive_container", "elements": [inner]}
    return inner


def twice(shown: Element) -> None:
    at(shown, 1)["element_id"] = "plain_1"


def same_values(shown: Element) -> None:
    at(shown, 4)["elements"][2]["options"] = [{"text": text("a"), "value": "x"}] * 2


def callback(value: object) -> Element:
    found = button("Go")
    found["behaviors"] = [{"type": "callback", "value": value}]
    return found


BROKEN: dict[str, tuple[int, Change]] = {
    "an unknown property of the card": (checks.PARSE, lambda c: c.update(i18n_elements={})),
    "an unknown property of an element": (checks.PARSE, lambda c: at(c, 1).update(colour="red")),
    "an unknown property of a text": (checks.PARSE, lambda c: at(c, 2)["text"].update(i18n={})),
    "an unknown property of a behaviour": (
        checks.PARSE,
        lambda c: c["body"]["elements"].append(
            button("Go") | {"behaviors": [{"type": "callback", "value": {}, "key": 1}]}
        ),
    ),
    "another schema": (checks.PARSE, lambda c: c.update(schema="1.0")),
    "no body": (checks.PARSE, lambda c: c.pop("body")),
    "a card that is not shared": (checks.PARSE, lambda c: c["config"].update(update_multi=False)),
    "a tag that does not exist": (checks.PARSE, lambda c: at(c, 1).update(tag="textarea")),
    "a tag of schema 1.0": (checks.GONE, lambda c: at(c, 1).update(tag="note")),
    "an action module": (checks.GONE, lambda c: at(c, 1).update(tag="action")),
    "a form in a container": (
        checks.PARSE,
        lambda c: at(c, 6)["elements"].append(form(submit(name="s2"), name="f2")),
    ),
    "a table in a form": (
        checks.PARSE,
        lambda c: at(c, 4)["elements"].append({"tag": "table", "columns": [{}], "rows": []}),
    ),
    "a multiple select outside a form": (
        checks.PARSE,
        lambda c: c["body"]["elements"].append({"tag": "multi_select_static", "name": "m"}),
    ),
    "containers six deep": (checks.PARSE, lambda c: c["body"]["elements"].append(nested(6))),
    "a form without a name": (checks.PARSE, lambda c: at(c, 4).pop("name")),
    "a form without a submit button": (
        checks.NO_SUBMIT,
        lambda c: at(c, 4)["elements"][-1].update(form_action_type="reset"),
    ),
    "a button in a form that does nothing with it": (
        checks.PARSE,
        lambda c: at(c, 4)["elements"].append(button("Skip", name="skip")),
    ),
    "a field without a name": (checks.NAMES, lambda c: at(c, 4)["elements"][0].pop("name")),
    "an empty name": (checks.NAMES, lambda c: at(c, 4)["elements"][0].update(name="")),
    "a name twice": (checks.NAMES, lambda c: at(c, 4)["elements"][0].update(name="until")),
    "a form and a field of one name": (checks.NAMES, lambda c: at(c, 4).update(name="until")),
    "a required field outside a form": (
        checks.PARSE,
        lambda c: c["body"]["elements"].append(box("free", required=True)),
    ),
    "a submit button outside a form": (
        checks.PARSE,
        lambda c: c["body"]["elements"].append(submit(name="s2")),
    ),
    "an element_id twice": (checks.IDS, twice),
    "an element_id that begins with a digit": (
        checks.IDS,
        lambda c: at(c, 2).update(element_id="1st"),
    ),
    "an element_id of 21 characters": (
        checks.IDS,
        lambda c: at(c, 2).update(element_id="a" * 21),
    ),
    "a callback with a string": (
        checks.PARSE,
        lambda c: c["body"]["elements"].append(callback("go")),
    ),
    "a behaviour of another kind": (
        checks.PARSE,
        lambda c: c["body"]["elements"].append(button("Go") | {"behaviors": [{"type": "request"}]}),
    ),
    "an input of 1,001 characters": (
        checks.PARSE,
        lambda c: at(c, 4)["elements"][0].update(max_length=1001),
    ),
    "a placeholder of 101 characters": (
        checks.PARSE,
        lambda c: at(c, 4)["elements"][1].update(placeholder=text("a" * 101, "b")),
    ),
    "a label of 101 characters in one language": (
        checks.PARSE,
        lambda c: c["body"]["elements"].append(button("Go") | {"text": text("a", "b" * 101)}),
    ),
    "two options of one value": (checks.PARSE, same_values),
    "a confirmation without a title": (
        checks.PARSE,
        lambda c: c["body"]["elements"].append(button("Go", confirm={"text": text("Sure?")})),
    ),
    "a weight of six": (
        checks.PARSE,
        lambda c: at(c, 3)["columns"][0].update(weight=6),
    ),
    "a language that does not exist": (
        checks.PARSE,
        lambda c: at(c, 2)["text"]["i18n_content"].update(en="words"),
    ),
    "a colour of the title that does not exist": (
        checks.PARSE,
        lambda c: c["header"].update(template="pink"),
    ),
    "a person who is not there": (
        checks.NOBODY,
        lambda c: c["body"]["elements"].append({"tag": "person", "user_id": "ou_nobody"}),
    ),
    "a choice of people who are not there": (
        checks.NOBODY,
        lambda c: c["body"]["elements"].append(
            {"tag": "select_person", "name": "p", "options": [{"value": "ou_nobody"}]}
        ),
    ),
    "201 elements": (
        checks.LIMIT,
        lambda c: c["body"].update(elements=[{"tag": "hr"} for _ in range(200)]),
    ),
    "six tables": (
        checks.LIMIT,
        lambda c: c["body"].update(
            elements=[{"tag": "table", "columns": [{}], "rows": []} for _ in range(6)]
        ),
    ),
}

KEPT: dict[str, Change] = {
    "200 elements": lambda c: c["body"].update(elements=[{"tag": "hr"} for _ in range(199)]),
    "five tables": lambda c: c["body"].update(
        elements=[{"tag": "table", "columns": [{}], "rows": []} for _ in range(5)]
    ),
    "containers five deep": lambda c: c["body"]["elements"].append(nested(5)),
    "two forms": lambda c: c["body"]["elements"].append(form(submit(name="s2"), name="f2")),
    "a reset button": lambda c: at(c, 4)["elements"].append(
        button("Clear", name="clear", form_action_type="reset")
    ),
    "two submit buttons": lambda c: at(c, 4)["elements"].append(submit("Later", "later")),
    "a select outside a form": lambda c: c["body"]["elements"].append(select("free")),
    "an element_id of 20 characters": lambda c: at(c, 2).update(element_id="a" * 20),
    "a label of 100 characters": lambda c: c["body"]["elements"].append(button("a" * 96)),
    "a link": lambda c: c["body"]["elements"].append(
        button("Go") | {"behaviors": [{"type": "open_url", "default_url": "https://example.com"}]}
    ),
    "a confirmation": lambda c: c["body"]["elements"].append(
        button("Go", confirm={"title": text("Sure?"), "text": text("It goes out.")})
    ),
    "a summary": lambda c: c["config"].update(
        summary={"content": "Step 1", "i18n_content": {"en_us": "Step 1", "zh_cn": "第 1 步"}}
    ),
    "a long text of a person in one language": lambda c: at(c, 2).update(
        text={"tag": "plain_text", "content": "word " * 50}
    ),
    "a person who is there": lambda c: c["body"]["elements"].append(
        {"tag": "person_list", "persons": [{"id": "ou_maya"}]}
    ),
    "plain words that look like a call": lambda c: at(c, 2).update(text=text("<at id=all></at>")),
    "numbers in one language": lambda c: at(c, 2).update(
        text={"tag": "plain_text", "content": "12 %"}
    ),
    "a text of its languages alone": lambda c: at(c, 2)["text"].pop("content"),
}

OURS: dict[str, Change] = {
    "a remark that calls everybody": lambda c: at(c, 0)["i18n_content"].update(
        en_us="<at id=all></at> hello"
    ),
    "a text in one language": lambda c: at(c, 2)["text"].pop("i18n_content"),
    "a remark in one language": lambda c: at(c, 0).pop("i18n_content"),
    "a text without Chinese": lambda c: at(c, 2)["text"]["i18n_content"].pop("zh_cn"),
    "a text with empty English": lambda c: at(c, 2)["text"]["i18n_content"].update(en_us=""),
    "an option in one language": lambda c: at(c, 4)["elements"][2]["options"][0]["text"].pop(
        "i18n_content"
    ),
    "a summary in one language": lambda c: c["config"].update(summary={"content": "Step 1"}),
    "a choice that is not among the options": lambda c: at(c, 4)["elements"][2].update(
        initial_option="gone"
    ),
    "no preview": lambda c: c.pop("header"),
    "more in an input than it takes": lambda c: at(c, 4)["elements"][0].update(
        default_value="a" * 1001
    ),
}


def changed(change: Change) -> Element:
    shown = deepcopy(whole())
    change(shown)
    return shown


def test_a_card_that_keeps_every_rule_has_no_finding() -> None:
    assert inspect(whole()) == []


@pytest.mark.parametrize("rule", KEPT)
def test_what_the_platform_allows_has_no_finding(rule: str) -> None:
    assert inspect(changed(KEPT[rule]), {"ou_maya"}) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_what_the_platform_refuses_is_found_with_its_code(rule: str) -> None:
    code, change = BROKEN[rule]
    assert code in {f.code for f in inspect(changed(change))}


@pytest.mark.parametrize("rule", OURS)
def test_what_only_we_mind_is_found_and_not_refused(rule: str) -> None:
    findings = inspect(changed(OURS[rule]))
    assert findings
    assert {f.code for f in findings} == {0}


@pytest.mark.parametrize("junk", [None, 3, "card", [], {"tag": 3}, {"tag": None}])
def test_junk_in_the_place_of_an_element_is_found(junk: object) -> None:
    assert {f.code for f in inspect(card({"tag": "hr"}) | {"body": {"elements": [junk]}})} == {
        checks.PARSE
    }


@pytest.mark.parametrize("name", ["config", "header", "body", "card_link"])
def test_junk_in_the_place_of_an_object_is_found(name: str) -> None:
    junk: Any = 3
    assert checks.PARSE in {f.code for f in inspect(whole() | {name: junk})}


async def test_a_refused_card_is_told_with_its_sub_code_and_path(
    fake: FakeLark, plain: Plain
) -> None:
    maya = fake.tenant.person("Maya")
    answer = await plain.send(maya.open_id, changed(BROKEN["a tag of schema 1.0"][1]))

    assert (plain.status, answer["code"]) == (400, 230099)
    assert "ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [1](tag: note)" in answer["msg"]
    assert fake.sent(maya) == []
    assert len(fake.violations) == 1
    fake.violations.clear()


async def test_a_card_of_more_than_30_kilobytes_is_refused(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    large = await plain.send(maya.open_id, card(text("a" * 15_500, tag="markdown")))
    small = await plain.send(maya.open_id, card(text("a" * 9_000, "好" * 3_000, tag="markdown")))

    assert (large["code"], small["code"]) == (230025, 0)
    fake.violations.clear()
