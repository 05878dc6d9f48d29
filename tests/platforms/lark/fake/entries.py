"""What a person can enter into the fields of a card, and how the client sends it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.screen import LISTS, Element, Found, NotThere, shown
from tests.platforms.lark.fake.tenant import Person

Value = str | bool | list[str]
Blanks = Literal["missing", "empty"]

_DAY, _TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"
_DATES = {
    "date_picker": (_DAY, "%Y-%m-%d"),
    "picker_time": (_TIME, "%H:%M"),
    "picker_datetime": (f"{_DAY} {_TIME}", "%Y-%m-%d %H:%M"),
}
_INITIAL = ("default_value", "initial_date", "initial_time", "initial_datetime")


def sent(
    form: Element, fill: Mapping[str, Value], person: Person, at: datetime, blanks: Blanks
) -> dict[str, Value]:
    """The values that a form sends: those of `fill` in place of what stood in it.

    Raises NotThere for a field that is not in it, is disabled, required and empty, or does not
    take the value: the client would not let it through.
    """
    values: dict[str, Value] = {}
    fields = {str(f.element["name"]): f for f in screen.walk(form) if f.tag in screen.FIELDS}
    if set(fill) - set(fields):
        raise NotThere(f"the form has no field {sorted(set(fill) - set(fields))}")
    for name, found in fields.items():
        if name in fill and found.element.get("disabled"):
            raise NotThere(f"{name!r} is disabled")
        given = fill.get(name, _stands(found))
        if given not in ("", []):
            values[name] = entered(found, given, person, at)
        elif found.element.get("required"):
            raise NotThere(f"{name!r} is required")
        elif blanks == "empty":
            values[name] = given
    return values


def entered(found: Found, value: Value, person: Person, at: datetime) -> Value:
    """The value as the client sends it; a choice may be given by its words. Raises NotThere."""
    if found.tag == "checker":
        return bool(value)
    if found.tag in LISTS:
        chosen = value if isinstance(value, list) else []
        return [_option(found.element, v, person) for v in chosen]
    if not isinstance(value, str):
        raise NotThere(f"{value!r} cannot be entered into a {found.tag}")
    if found.tag in _DATES:
        return _dated(found.tag, value, person, at)
    if found.tag == "input":
        return _typed(found.element, value)
    return _option(found.element, value, person)


def _stands(found: Found) -> Value:
    """What a field holds before anybody touches it."""
    element = found.element
    if found.tag == "checker":
        return bool(element.get("checked", False))
    if found.tag in LISTS:
        return list(element.get("selected_values", ()))
    if element.get("initial_option"):
        return str(element["initial_option"])
    if element.get("initial_index"):
        return str(element["options"][element["initial_index"] - 1]["value"])
    return next((str(element[key]) for key in _INITIAL if element.get(key)), "")


def _typed(element: Element, value: str) -> str:
    if len(value) > int(element.get("max_length", 1000)):
        raise NotThere("the text is longer than the input takes")
    if "\n" in value and element.get("input_type") != "multiline_text":
        raise NotThere("the input takes one line")
    return value


def _option(element: Element, value: str, person: Person) -> str:
    options = element.get("options", ())
    for option in options:
        if value in (option["value"], shown(option.get("text", {}), person.locale)):
            return str(option["value"])
    if not options and "person" in str(element["tag"]):
        return value  # without options, anybody of the conversation can be chosen
    raise NotThere(f"{value!r} is not among {[o['value'] for o in options]}")


def _dated(tag: str, value: str, person: Person, at: datetime) -> str:
    """A picked day or time with the offset that the person's zone has then."""
    pattern, form = _DATES[tag]
    if not re.fullmatch(pattern, value):
        raise NotThere(f"{value!r} cannot be picked in a {tag}")
    zone = ZoneInfo(person.zone)
    picked = datetime.strptime(value, form).replace(tzinfo=zone)
    then = at.astimezone(zone) if tag == "picker_time" else picked
    return f"{value} {then:%z}"
