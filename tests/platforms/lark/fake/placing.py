"""Where an element may stand, what it needs there, and the few values with rules of their own."""

from collections.abc import Mapping
from typing import Any

from tests.platforms.lark.fake.checks import (
    GONE,
    NAMES,
    NO_SUBMIT,
    Check,
    Finding,
    Shape,
    Walk,
    anything,
    listing,
    mapping,
    shaped,
    string,
    translated,
)

DEEPEST = 5  # containers inside one another
OLD_TAGS = frozenset({"action", "note"})
AT_ROOT = frozenset({"form", "table"})
ONLY_IN_FORM = frozenset({"multi_select_static", "multi_select_person"})
CONTAINERS = frozenset({"form", "column_set", "interactive_container", "collapsible_panel"})
NAMED = frozenset(
    {
        "button", "input", "select_static", "multi_select_static", "select_person",
        "multi_select_person", "date_picker", "picker_time", "picker_datetime", "select_img",
        "checker",
    }
)  # fmt: skip

_URLS: Mapping[str, Check] = {
    f"{where}_url": string() for where in ("default", "android", "ios", "pc")
}


def behavior(walk: Walk, value: object, path: str) -> None:
    """A link, or a callback whose value is an object: the SDKs fail on anything else."""
    kind = value.get("type") if isinstance(value, Mapping) else None
    if kind == "callback":
        own: Mapping[str, Check] = {"value": mapping(anything)}
        walk.object(value, Shape({"type": anything, **own}, frozenset({"value"})), path)
    elif kind == "open_url":
        walk.object(value, Shape({"type": anything, **_URLS}, frozenset({"default_url"})), path)
    else:
        walk.refuse(path, f"{kind!r} is no behavior")


def elements(walk: Walk, value: object, path: str) -> None:
    """What a body or container holds."""
    listing(element)(walk, value, path)


def element(walk: Walk, value: object, path: str) -> None:
    """One element, where it stands."""
    tag = value.get("tag") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(tag, str):
        walk.refuse(path, "an element with a tag is wanted")
        return
    here = f"{path}(tag: {tag})"
    if tag in OLD_TAGS:
        why = f"cards of schema V2 no longer support this capability; unsupported tag {tag}"
        walk.refuse(here, why, GONE)
    elif tag not in walk.elements:
        walk.refuse(here, f"type of element is not supported tag: {tag}")
    else:
        _placed(walk, value, tag, here)
        _entered(walk, value, tag, here)


def _placed(walk: Walk, value: Mapping[str, Any], tag: str, path: str) -> None:
    """Is it allowed here, and has it what it needs here?"""
    in_form = "form" in walk.within
    if tag in AT_ROOT and walk.within:
        walk.refuse(path, f"{tag} may only stand at the root")
    if tag in ONLY_IN_FORM and not in_form:
        walk.refuse(path, f"{tag} may only stand in a form")
    if tag in NAMED and in_form and not value.get("name"):
        walk.refuse(path, "an element of a form has no name", NAMES)
    if tag == "button" and in_form and "form_action_type" not in value:
        walk.refuse(path, "property form_action_type is required")
    for only in ("required", "form_action_type"):
        if only in value and not in_form:
            walk.refuse(path, f"{only} is for elements of a form")


def _entered(walk: Walk, value: Mapping[str, Any], tag: str, path: str) -> None:
    around, before = walk.within, walk.submits
    if tag in CONTAINERS:
        walk.within = (*around, tag)
        if len(walk.within) > DEEPEST:
            walk.refuse(path, f"containers nest deeper than {DEEPEST}")
    walk.object(value, walk.elements[tag], path)
    walk.submits += value.get("form_action_type") == "submit"
    if tag == "form" and walk.submits == before:
        walk.refuse(path, "no button submits the form", NO_SUBMIT)
    if tag == "markdown":
        translated(walk, value, path)
    _chosen(walk, value, path)
    walk.within = around


def _chosen(walk: Walk, value: Mapping[str, Any], path: str) -> None:
    """What is chosen before anybody touches it must be among the options."""
    initial, among = value.get("initial_option"), value.get("options")
    if not initial or not isinstance(among, list):
        return
    known = [o.get("value") for o in among if isinstance(o, Mapping)]
    if initial not in known:
        walk.findings.append(Finding(path, f"initial_option {initial!r} is not among the options"))


def options(each: Shape) -> Check:
    """The options of a select; no two have the same value."""

    def check(walk: Walk, value: object, path: str) -> None:
        listing(shaped(each))(walk, value, path)
        if not isinstance(value, list):
            return
        values = [o.get("value") for o in value if isinstance(o, Mapping)]
        if len(set(values)) < len(values):
            walk.refuse(path, "two options have the same value")

    return check


def input_value(walk: Walk, value: object, path: str) -> None:
    """What stands in an input; longer than any input takes, nobody could send it."""
    if not isinstance(value, str):
        walk.refuse(path, "a string is wanted")
    elif len(value) > 1000:
        walk.findings.append(Finding(path, "longer than any input takes"))
