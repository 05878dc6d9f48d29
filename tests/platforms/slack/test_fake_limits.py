"""Each documented limit of Slack's holds in the fake: right at the limit, wrong one past it."""

from typing import Any

import pytest

from tests.platforms.slack.fake.blocks import BLOCKS, SURFACES, Surface
from tests.platforms.slack.fake.payloads import VIEW_BYTES, check_blocks, check_view
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.limit_cases import (
    LIMITS,
    Limit,
    actions,
    button,
    chart,
    choice,
    field,
    menu,
    message,
    modal,
    mrkdwn,
    option,
    pie,
    plain,
    raw,
    section,
    table,
    typed,
    words,
)

ONE_OF_EACH: dict[str, Payload] = {
    "actions": actions(button()),
    "alert": {"type": "alert", "text": mrkdwn(1), "level": "warning"},
    "card": {"type": "card", "title": mrkdwn(1)},
    "carousel": {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn(1)}]},
    "container": {"type": "container", "title": words(1), "child_blocks": [section()]},
    "context": {"type": "context", "elements": [mrkdwn(1)]},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": words(1), "value": "good"},
                "negative_button": {"text": words(1), "value": "bad"},
            }
        ],
    },
    "data_table": table("data_table"),
    "data_visualization": chart(),
    "divider": {"type": "divider"},
    "file": {"type": "file", "external_id": "x", "source": "remote"},
    "header": {"type": "header", "text": words(1)},
    "image": {"type": "image", "image_url": "x", "alt_text": "x"},
    "input": field(typed()),
    "markdown": {"type": "markdown", "text": "x"},
    "plan": {"type": "plan", "title": "x"},
    "rich_text": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    },
    "section": section(),
    "table": table(),
    "task_card": {"type": "task_card", "task_id": "x", "title": "x", "status": "pending"},
    "video": {
        "type": "video",
        "alt_text": "x",
        "title": words(1),
        "thumbnail_url": "x",
        "video_url": "x",
    },
}


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_a_limit_is_met_exactly(limit: Limit) -> None:
    assert limit.check(limit.most) == []
    assert limit.check(limit.most + 1) != []


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_a_surface_takes_the_blocks_that_it_draws(kind: str, surface: Surface) -> None:
    found = check_blocks([ONE_OF_EACH[kind]], surface)
    assert (found == []) == (kind in SURFACES[surface])


WRONG: dict[str, Any] = {
    "no blocks at all": [],
    "an empty text": [section(text=mrkdwn(0))],
    "a section of nothing": [{"type": "section"}],
    "an unknown block": [{"type": "sparkles"}],
    "a block without a type": [{"text": mrkdwn(1)}],
    "an unknown property": [section(colour="red")],
    "an unknown property of an element": [actions(button(colour="red"))],
    "markdown where plain text belongs": [actions(button(text=mrkdwn(1)))],
    "a header in mrkdwn": [{"type": "header", "text": mrkdwn(1)}],
    "verbatim on plain text": [section(text={**plain("x"), "verbatim": True})],
    "emoji on mrkdwn": [section(text={**mrkdwn(1), "emoji": True})],
    "two blocks of one id": [section(block_id="b"), section(block_id="b")],
    "two actions of one id": [actions(button(1), button(1))],
    "a field among buttons": [actions(typed())],
    "a button in a field": [field(button())],
    "a field beside a section": [section(accessory=typed())],
    "buttons without one": [actions()],
    "a menu without options": [actions({"type": "static_select", "action_id": "m"})],
    "a menu with both": [actions(menu(options=[option()], option_groups=[]))],
    "a default that is not offered": [actions(menu(initial_option=option(9)))],
    "two options of one value": [actions(menu(options=[option(1), option(1)]))],
    "an overflow of none": [actions(choice("overflow", 0))],
    "a style of its own": [actions(button(style="wild"))],
    "a day that is none": [
        actions({"type": "datepicker", "action_id": "d", "initial_date": "23.11.2026"})
    ],
    "a number field in a message": [
        field({"type": "number_input", "action_id": "n", "is_decimal_allowed": False})
    ],
    "fewer at most than at least": [field(typed(min_length=9, max_length=8))],
    "rows of unlike width": [table(rows=[[raw("x")], [raw("x"), raw("y")]])],
    "a data table of its header alone": [table("data_table", rows=[[raw("x")]])],
    "a slice of nothing": [
        {**pie(1), "chart": {"type": "pie", "segments": [{"label": "x", "value": 0}]}}
    ],
    "points that are no categories": [
        {**chart(), "chart": {**chart()["chart"], "axis_config": {"categories": ["other"]}}}
    ],
    "an image from two places": [
        {"type": "image", "image_url": "x", "slack_file": {"id": "F"}, "alt_text": "x"}
    ],
    "blocks that are no list": {"type": "section"},
}


@pytest.mark.parametrize("blocks", WRONG.values(), ids=WRONG.keys())
def test_what_slack_refuses_in_a_message_is_refused(blocks: Any) -> None:
    assert check_blocks(blocks, "message") != []


WRONG_VIEWS: dict[str, Payload] = {
    "no title": {"type": "modal", "blocks": [section()]},
    "a field and nothing to send it with": modal(blocks=[field(typed())]),
    "no blocks": modal(blocks=[]),
    "an unknown property": modal(colour="red"),
    "a Home with a title": {"type": "home", "title": words(1), "blocks": [section()]},
    "another kind": {**modal(), "type": "drawer"},
}


@pytest.mark.parametrize("view", WRONG_VIEWS.values(), ids=WRONG_VIEWS.keys())
def test_what_slack_refuses_in_a_view_is_refused(view: Payload) -> None:
    assert check_view(view) != []


def test_a_view_of_more_than_250_kb_is_too_large() -> None:
    blocks = [section(text={"type": "mrkdwn", "text": "长" * 2900}) for _ in range(30)]
    found = check_view(modal(blocks=blocks))
    assert len(str(blocks).encode()) > VIEW_BYTES
    assert [f.error for f in found] == ["view_too_large"]


def test_a_message_without_a_sentence_for_readers_is_noted_but_taken() -> None:
    [found] = message(text="", blocks=[section()])
    assert found.soft
    assert message(blocks=[section()]) == []


def test_text_is_cut_at_forty_thousand_characters() -> None:
    assert message(text="x" * 40_000) == []
    assert [f.soft for f in message(text="x" * 40_001)] == [True]


def test_metadata_holds_ids_and_little_of_them() -> None:
    def said(**payload: Any) -> list[str]:
        metadata = {"event_type": "candor_row", "event_payload": payload}
        return [f.error or "noted" for f in message(metadata=metadata)]

    assert said(row="c-41.7#3") == []
    assert said(text="We are late again") == ["noted"]
    assert said(**{f"k{n}": "x" * 200 for n in range(50)}) == ["metadata_too_large"]
    assert [f.error for f in message(metadata={"row": "1"})] == ["invalid_metadata_format"]


def test_a_finding_names_the_place_as_slack_does() -> None:
    [found] = check_blocks([section(), section(text=mrkdwn(3001))], "message")
    assert str(found) == "must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
