"""The block elements: the shape of each, where each may stand, and which of them hold a value."""

import re
from typing import Any

from tests.platforms.slack.fake.objects import (
    confirm,
    conversation_filter,
    dispatch,
    group,
    identifier,
    image_source,
    link,
    option,
    plain,
    plain_option,
    slack_file,
    text,
    trigger,
    url_source,
)
from tests.platforms.slack.fake.schema import (
    Check,
    Findings,
    Shape,
    boolean,
    broken,
    items,
    not_both,
    one_of,
    one_required,
    string,
    whole,
)

DAY = re.compile(r"\d{4}-\d\d-\d\d")
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def shaped(pattern: re.Pattern[str], wanted: str) -> Check:
    """A string of a pattern."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            broken(findings, pointer, f"must be {wanted}")

    return check


def _interactive(kind: str, needs: dict[str, Check], may: dict[str, Check], *rules: Check) -> Check:
    return Shape({"type": one_of(kind), **needs}, {"action_id": identifier, **may}, tuple(rules))


def _chosen(kind: str, needs: dict[str, Check], may: dict[str, Check], *rules: Check) -> Check:
    """An element that holds a value."""
    common: dict[str, Check] = {"focus_on_load": boolean, "placeholder": plain(150)}
    return _interactive(kind, needs, {**common, **may}, *rules)


def _typed(kind: str, needs: dict[str, Check], may: dict[str, Check], *rules: Check) -> Check:
    """An element that is typed into."""
    return _chosen(kind, needs, {"dispatch_action_config": dispatch, **may}, *rules)


def _initial_among_options(value: Any, pointer: str, findings: Findings) -> None:
    groups = value.get("option_groups") or [{"options": value.get("options") or []}]
    offered = [o for g in groups if isinstance(g, dict) for o in g.get("options") or []]
    many = value.get("initial_options")
    chosen = many if isinstance(many, list) else []
    if "initial_option" in value:
        chosen = [*chosen, value["initial_option"]]
    if any(o not in offered for o in chosen):
        name = "initial_option" if "initial_option" in value else "initial_options"
        broken(findings, f"{pointer}/{name}", f"{name} must match one of the options")


def _values_once(value: Any, pointer: str, findings: Findings) -> None:
    options = value.get("options")
    values = [o.get("value") for o in options or [] if isinstance(o, dict)]
    if len(values) != len(set(map(str, values))):
        broken(findings, f"{pointer}/options", "option values must be unique")


def _ordered(low: str, high: str) -> Check:
    def check(value: Any, pointer: str, findings: Findings) -> None:
        try:
            wrong = low in value and high in value and float(value[low]) > float(value[high])
        except (TypeError, ValueError):
            return
        if wrong:
            broken(findings, f"{pointer}/{low}", f"{low} cannot be greater than {high}")

    return check


def _initial_fits(value: Any, pointer: str, findings: Findings) -> None:
    initial, most, least = (value.get(k) for k in ("initial_value", "max_length", "min_length"))
    if not isinstance(initial, str):
        return
    if isinstance(most, int) and len(initial) > most:
        broken(findings, f"{pointer}/initial_value", f"must be less than {most + 1} characters")
    if isinstance(least, int) and len(initial) < least:
        broken(findings, f"{pointer}/initial_value", f"must be more than {least - 1} characters")


_labelled = {"confirm": confirm}
_many: dict[str, Check] = {**_labelled, "max_selected_items": whole(1, 1000)}
_ids = items(string(255), 100)
_pool: dict[str, Check] = {
    "options": items(plain_option, 100),
    "option_groups": items(group, 100),
}
_pool_rules = (
    not_both("options", "option_groups"),
    one_required("options", "option_groups"),
    _initial_among_options,
    _values_once,
)
_boxes = items(option(text(75)), 10)
_conversations: dict[str, Check] = {
    "default_to_current_conversation": boolean,
    "filter": conversation_filter,
}
_answerable: dict[str, Check] = {"response_url_enabled": boolean}

button = _interactive(
    "button",
    {"text": plain(75)},
    {
        "url": link,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": confirm,
        "accessibility_label": string(75),
    },
)
image = Shape(
    {"type": one_of("image"), "alt_text": string(2000)},
    {"image_url": link, "slack_file": slack_file},
    image_source,
)
_feedback = Shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

ELEMENTS: dict[str, Check] = {
    "button": button,
    "image": image,
    "overflow": _interactive(
        "overflow",
        {"options": items(option(plain(75), with_url=True), 5)},
        {"confirm": confirm},
        _values_once,
    ),
    "checkboxes": _interactive(
        "checkboxes",
        {"options": _boxes},
        {"initial_options": _boxes, "confirm": confirm, "focus_on_load": boolean},
        _initial_among_options,
        _values_once,
    ),
    "radio_buttons": _interactive(
        "radio_buttons",
        {"options": _boxes},
        {"initial_option": option(text(75)), "confirm": confirm, "focus_on_load": boolean},
        _initial_among_options,
        _values_once,
    ),
    "datepicker": _chosen(
        "datepicker", {}, {**_labelled, "initial_date": shaped(DAY, "a date like 2026-11-23")}
    ),
    "timepicker": _chosen(
        "timepicker",
        {},
        {
            **_labelled,
            "initial_time": shaped(HOUR, "a time like 09:30"),
            "timezone": string(100),
        },
    ),
    "datetimepicker": _interactive(
        "datetimepicker",
        {},
        {
            **_labelled,
            "initial_date_time": whole(1_000_000_000, 9_999_999_999),
            "focus_on_load": boolean,
        },
    ),
    "static_select": _chosen(
        "static_select", {}, {**_labelled, **_pool, "initial_option": plain_option}, *_pool_rules
    ),
    "multi_static_select": _chosen(
        "multi_static_select",
        {},
        {**_many, **_pool, "initial_options": items(plain_option, 100)},
        *_pool_rules,
    ),
    "external_select": _chosen(
        "external_select",
        {},
        {**_labelled, "initial_option": plain_option, "min_query_length": whole(0, 3000)},
    ),
    "multi_external_select": _chosen(
        "multi_external_select",
        {},
        {
            **_many,
            "initial_options": items(plain_option, 100),
            "min_query_length": whole(0, 3000),
        },
    ),
    "users_select": _chosen("users_select", {}, {**_labelled, "initial_user": string(255)}),
    "multi_users_select": _chosen("multi_users_select", {}, {**_many, "initial_users": _ids}),
    "conversations_select": _chosen(
        "conversations_select",
        {},
        {**_labelled, **_conversations, **_answerable, "initial_conversation": string(255)},
    ),
    "multi_conversations_select": _chosen(
        "multi_conversations_select",
        {},
        {**_many, **_conversations, "initial_conversations": _ids},
    ),
    "channels_select": _chosen(
        "channels_select", {}, {**_labelled, **_answerable, "initial_channel": string(255)}
    ),
    "multi_channels_select": _chosen(
        "multi_channels_select", {}, {**_many, "initial_channels": _ids}
    ),
    "plain_text_input": _typed(
        "plain_text_input",
        {},
        {
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
        _ordered("min_length", "max_length"),
        _initial_fits,
    ),
    "email_text_input": _typed("email_text_input", {}, {"initial_value": string(3000, 0)}),
    "url_text_input": _typed("url_text_input", {}, {"initial_value": string(3000, 0)}),
    "number_input": _typed(
        "number_input",
        {"is_decimal_allowed": boolean},
        {
            "initial_value": shaped(DECIMAL, "a number in a string"),
            "min_value": shaped(DECIMAL, "a number in a string"),
            "max_value": shaped(DECIMAL, "a number in a string"),
        },
        _ordered("min_value", "max_value"),
    ),
    "file_input": _interactive(
        "file_input", {}, {"filetypes": items(string(255), 100), "max_files": whole(1, 10)}
    ),
    "workflow_button": Shape(
        {
            "type": one_of("workflow_button"),
            "text": plain(75),
            "workflow": Shape({"trigger": trigger}),
            "action_id": identifier,
        },
        {"style": one_of("primary", "danger"), "accessibility_label": string(75)},
    ),
    "feedback_buttons": _interactive(
        "feedback_buttons", {"positive_button": _feedback, "negative_button": _feedback}, {}
    ),
    "icon_button": _interactive(
        "icon_button",
        {"icon": one_of("trash"), "text": plain(75)},
        {
            "value": string(2000),
            "confirm": confirm,
            "accessibility_label": string(75),
            "visible_to_user_ids": items(string(255), 10),
        },
    ),
    "url": url_source,
}

SELECTS = tuple(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
PICKERS = ("datepicker", "timepicker", "radio_buttons", "checkboxes")
IN_ACTIONS = frozenset(
    {"button", "overflow", "datetimepicker", "workflow_button", *PICKERS, *SELECTS}
)
IN_SECTION = frozenset({"button", "overflow", "image", "workflow_button", *PICKERS, *SELECTS})
IN_INPUT = frozenset(
    {
        "plain_text_input", "email_text_input", "url_text_input", "number_input",
        "rich_text_input", "file_input", "datetimepicker", *PICKERS, *SELECTS,
    }
)  # fmt: skip
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})
HOLDS_VALUE = IN_INPUT  # what stands in `state.values`

# Elements that not every surface draws (Slack's table of block elements).
SURFACES_OF_ELEMENTS: dict[str, frozenset[str]] = {
    "email_text_input": frozenset({"modal"}),
    "url_text_input": frozenset({"modal"}),
    "number_input": frozenset({"modal"}),
    "file_input": frozenset({"modal"}),
    "rich_text_input": frozenset({"modal", "home"}),
    "datetimepicker": frozenset({"modal", "message"}),
    "workflow_button": frozenset({"message"}),
}
