"""What people find in blocks and put into them: elements by their words, values by their kind."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.platforms.slack.fake.blocks import elements_of, every
from tests.platforms.slack.fake.elements import DAY, HOLDS_VALUE, HOUR
from tests.platforms.slack.fake.errors import CannotDo
from tests.platforms.slack.fake.escaping import seen
from tests.platforms.slack.fake.schema import Payload

Place = tuple[str, str]  # block_id and action_id
Values = Mapping[str, Any]  # what a test fills in, by block_id, action_id or label

TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_ONE = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
_OPTION = ("static_select", "external_select", "radio_buttons")
_OPTIONS = ("multi_static_select", "multi_external_select", "checkboxes")


@dataclass(frozen=True, slots=True)
class Found:
    """An element with the block that it stands in."""

    block: Payload
    element: Payload

    @property
    def place(self) -> Place:
        return self.block["block_id"], self.element["action_id"]

    @property
    def names(self) -> set[str]:
        """What a test may call it."""
        label = self.block.get("label") or {}
        shown = self.element.get("text") or self.element.get("placeholder") or {}
        said = {shown.get("text"), label.get("text"), self.element["action_id"]}
        return {seen(name) for name in said if name}


def interactive(blocks: Iterable[Payload]) -> list[Found]:
    """All that can be pressed, chosen in or typed into, in order."""
    return [
        Found(block, element)
        for block, _ in every(list(blocks), "")
        for element, _ in elements_of(block)
        if "action_id" in element
    ]


def find(blocks: Iterable[Payload], wanted: str, *, nth: int | None = None) -> Found:
    """The one element of that action id or words; the nth of several."""
    all_of_them = interactive(blocks)
    found = [f for f in all_of_them if wanted in f.names]
    if not found:
        there = sorted({name for f in all_of_them for name in f.names})
        raise CannotDo(f"nothing here is called {wanted!r}; there are {there}")
    if len(found) > 1 and nth is None:
        raise CannotDo(f"{len(found)} are called {wanted!r}; say which with nth")
    return found[nth or 0]


def pressed(found: Found) -> Found:
    """An element that can be pressed."""
    if found.element["type"] not in ("button", "icon_button", "feedback_buttons"):
        raise CannotDo(f"{found.element['type']} is nothing to press")
    return found


def told_at_once(found: Found) -> Found:
    """An element that the app hears of before any form is sent."""
    if found.block["type"] == "input" and not found.block.get("dispatch_action"):
        raise CannotDo(f"{found.element['action_id']} tells nothing before the form is sent")
    return found


def option_of(element: Payload, wanted: Any) -> Payload:
    """The option of that value or words, as it comes back."""
    if isinstance(wanted, dict):
        return wanted  # an external one, as it was offered
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    offered: list[Payload] = [o for g in groups for o in g["options"]]
    for option in offered:
        if wanted in (option["value"], seen(option["text"]["text"])):
            return option
    raise CannotDo(f"{wanted!r} is not among {[o['text']['text'] for o in offered]}")


def value(element: Payload, given: Any) -> Payload:
    """A value of an element as it stands in `state.values`."""
    kind = element["type"]
    if kind in TYPED:
        return {"type": kind, "value": None if given in (None, "") else str(given)}
    if kind in _OPTION:
        chosen = None if given is None else option_of(element, given)
        return {"type": kind, "selected_option": chosen}
    if kind in _OPTIONS:
        many = given if isinstance(given, list | tuple) else [] if given is None else [given]
        return {"type": kind, "selected_options": [option_of(element, one) for one in many]}
    if kind == "datepicker" and given is not None and not DAY.fullmatch(str(given)):
        raise CannotDo(f"{given!r} is not a date that can be picked")
    if kind == "timepicker" and given is not None and not HOUR.fullmatch(str(given)):
        raise CannotDo(f"{given!r} is not a time that can be picked")
    if kind not in _ONE:
        raise CannotDo(f"nothing can be filled into a {kind}")
    plural = kind.startswith("multi_") or kind == "file_input"
    empty: Any = [] if plural else None
    filled = empty if given is None else list(given) if plural else given
    return {
        "type": kind,
        _ONE[kind]: str(filled) if kind in ("datepicker", "timepicker") and filled else filled,
    }


def initial(element: Payload) -> Payload:
    """What stands in an element that nobody has touched."""
    kind = element["type"]
    own = {
        "datepicker": "initial_date",
        "timepicker": "initial_time",
        "datetimepicker": "initial_date_time",
        "users_select": "initial_user",
        "conversations_select": "initial_conversation",
        "channels_select": "initial_channel",
        "multi_users_select": "initial_users",
        "multi_conversations_select": "initial_conversations",
        "multi_channels_select": "initial_channels",
        **dict.fromkeys(_OPTION, "initial_option"),
        **dict.fromkeys(_OPTIONS, "initial_options"),
    }
    return value(element, element.get(own.get(kind, "initial_value")))


def fill(blocks: Iterable[Payload], values: Values, into: dict[Place, Payload]) -> None:
    """Put a test's values into the fields of blocks; a value for no field is the test's error."""
    fields = [f for f in interactive(blocks) if f.element["type"] in HOLDS_VALUE]
    for name, given in values.items():
        fitting = [f for f in fields if name == f.block["block_id"]] or [
            f for f in fields if name in f.names
        ]
        if len(fitting) != 1:
            there = sorted(f.block["block_id"] for f in fields)
            raise CannotDo(f"{len(fitting)} fields are called {name!r}; there are {there}")
        into[fitting[0].place] = value(fitting[0].element, given)


def state(blocks: Iterable[Payload], filled: Mapping[Place, Payload]) -> Payload:
    """`state.values`: each field by block and action, filled or as it began."""
    told: dict[str, Payload] = {}
    for field in interactive(blocks):
        if field.element["type"] in HOLDS_VALUE:
            block, action = field.place
            held = filled.get(field.place)
            same = held is not None and held["type"] == field.element["type"]
            told.setdefault(block, {})[action] = held if same else initial(field.element)
    return told


def missing(blocks: Iterable[Payload], values: Payload) -> dict[str, str]:
    """By block id, why Slack's own client would not send a form."""
    complaints: dict[str, str] = {}
    for field in interactive(blocks):
        if field.block["type"] != "input":
            continue
        block, action = field.place
        held = values[block][action]
        content = next((v for k, v in held.items() if k != "type"), None)
        if content in (None, "", []):
            if not field.block.get("optional"):
                complaints[block] = "Please complete this required field."
        elif (wrong := _unfit(field.element, str(content))) is not None:
            complaints[block] = wrong
    return complaints


def _unfit(element: Payload, text: str) -> str | None:
    match element["type"]:
        case "plain_text_input":
            fits = element.get("min_length", 0) <= len(text) <= element.get("max_length", 3000)
        case "email_text_input":
            fits = re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) is not None
        case "url_text_input":
            fits = re.match(r"https?:", text) is not None
        case "number_input":
            fits = _is_number(element, text)
        case _:
            fits = True
    return None if fits else f"{text!r} does not fit"


def _is_number(element: Payload, text: str) -> bool:
    decimal = r"(\.\d+)?" if element["is_decimal_allowed"] else ""
    if not re.fullmatch(rf"-?\d+{decimal}", text):
        return False
    least, most = element.get("min_value", text), element.get("max_value", text)
    return float(least) <= float(text) <= float(most)


def action(found: Found, given: Any, ts: str) -> Payload:
    """One entry of `actions`: what a person did with an element."""
    element = found.element
    told: Payload = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": found.block["block_id"],
        "action_ts": ts,
    }
    if element["type"] == "button":
        shown = {"text": {"emoji": True, **element["text"]}}
        return told | shown | {k: element[k] for k in ("value", "style", "url") if k in element}
    if element["type"] == "overflow":
        return told | {"selected_option": option_of(element, given)}
    if element["type"] in ("icon_button", "feedback_buttons"):
        return told | {"value": given or element.get("value", "")}
    begun = {k: v for k, v in element.items() if k.startswith("initial_")}
    placeholder = {"placeholder": element["placeholder"]} if "placeholder" in element else {}
    return told | value(element, given) | begun | placeholder
