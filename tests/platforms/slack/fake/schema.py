"""Small checkers that are put together into the shape of a payload, with Slack's own wording.

A checker takes a value, its JSON pointer and the list that findings are added to.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule. `error` is what the method answers; a soft one is only recorded."""

    message: str
    pointer: str
    error: str = ""
    soft: bool = False

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


Findings = list[Finding]
Check = Callable[[Any, str, Findings], None]


def broken(findings: Findings, pointer: str, message: str, error: str = "") -> None:
    findings.append(Finding(message, pointer, error))


def string(most: int, least: int = 1) -> Check:
    """A string of `least` to `most` characters, counted as Unicode code points."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str):
            broken(findings, pointer, "must provide a string")
        elif len(value) > most:
            broken(findings, pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            broken(findings, pointer, f"must be more than {least - 1} characters")

    return check


def boolean(value: Any, pointer: str, findings: Findings) -> None:
    if not isinstance(value, bool):
        broken(findings, pointer, "must provide a boolean")


def anything(value: Any, pointer: str, findings: Findings) -> None:
    """Nothing is asked of it."""


def whole(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            broken(findings, pointer, "must provide a number")
        elif value < least:
            broken(findings, pointer, f"must be greater than or equal to {least}")
        elif value > most:
            broken(findings, pointer, f"must be less than or equal to {most}")

    return check


def number(value: Any, pointer: str, findings: Findings) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        broken(findings, pointer, "must provide a number")
    elif not isfinite(value):
        broken(findings, pointer, "must provide a finite number")


def one_of(*allowed: str) -> Check:
    def check(value: Any, pointer: str, findings: Findings) -> None:
        if value not in allowed:
            broken(findings, pointer, f"must be a valid enum value: {', '.join(allowed)}")

    return check


def items(each: Check, most: int, least: int = 1) -> Check:
    """An array of `least` to `most` items that each pass."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, list):
            broken(findings, pointer, "must provide an array")
            return
        if len(value) > most:
            broken(findings, pointer, f"no more than {most} items allowed")
        if len(value) < least:
            broken(findings, pointer, f"no fewer than {least} items allowed")
        for index, item in enumerate(value):
            each(item, f"{pointer}/{index}", findings)

    return check


def either(*checks: Check) -> Check:
    """What passes one of them; the complaint is that of the one with fewest findings."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        tries: list[Findings] = [[] for _ in checks]
        for candidate, found in zip(checks, tries, strict=True):
            candidate(value, pointer, found)
        tries.sort(key=len)
        findings.extend(tries[0])

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: what it must have, what it may have, and rules over the whole of it."""

    needs: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    rules: tuple[Check, ...] = ()

    def __call__(self, value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            broken(findings, pointer, "must provide an object")
            return
        for name in self.needs:
            if name not in value:
                broken(findings, pointer, f"missing required field: {name}")
        for name, part in value.items():
            check = self.needs.get(name) or self.may.get(name)
            if check is None:
                broken(findings, f"{pointer}/{name}", f"invalid additional property: {name}")
            else:
                check(part, f"{pointer}/{name}", findings)
        for rule in self.rules:
            rule(value, pointer, findings)


def by_type(shapes: Mapping[str, Check], allowed: Collection[str] | None = None) -> Check:
    """An object whose `type` says which of the shapes it has; only `allowed` ones, if given."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            broken(findings, pointer, "missing required field: type")
        elif kind not in shapes or (allowed is not None and kind not in allowed):
            broken(findings, f"{pointer}/type", f"unsupported type: {kind}")
        else:
            shapes[kind](value, pointer, findings)

    return check


def not_both(first: str, second: str) -> Check:
    """A rule over an object: at most one of two properties."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if first in value and second in value:
            broken(findings, pointer, f"cannot provide both {first} and {second}")

    return check


def one_required(*names: str) -> Check:
    """A rule over an object: at least one of some properties, and not empty."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not any(value.get(name) for name in names):
            broken(findings, pointer, f"must provide one of: {', '.join(names)}")

    return check
