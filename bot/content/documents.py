"""YAML files as data, each value with its line, and as checked values of a given kind.

YAML enters nowhere else. Files are data only: no tags, no anchors, no aliases, one document, and
within limits of size; every refusal is one sentence that names the file, the line and the remedy.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import yaml
from pydantic import TypeAdapter, ValidationError

LARGEST = 256 * 1024  # bytes of one file
DEEPEST = 20  # levels of nesting
MOST = 20_000  # values in one file

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_WORDS: Mapping[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}

Place = tuple[str | int, ...]  # keys and indexes from the top of a file to a value


class BadFile(ValueError):
    """A file cannot be used; each problem says where it is and what mends it."""

    def __init__(self, found: Iterable[str]) -> None:
        self.problems = tuple(found)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: what it holds, and the line on which each value begins."""

    name: str  # as people know it: playbooks/delivery_delay/steps/cause.yaml
    data: object
    lines: Mapping[Place, int]

    def at(self, path: Place) -> str:
        """The place of `path`, or of what holds it: "file:line"."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"


def read(path: Path, name: str) -> Document:
    """The YAML file at `path`, called `name` in every message.

    Raises BadFile with one problem: not to be read, too large, not YAML, or more than data.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadFile([f"{name}:1: cannot be read ({error.strerror}); check it"]) from error
    if len(raw) > LARGEST:
        raise BadFile([f"{name}:1: is larger than {LARGEST // 1024} KiB; split it"])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadFile([f"{name}:{line}: is not UTF-8; save it as UTF-8"]) from error
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """YAML text as data with its lines; the limits and errors are those of `read`."""
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadFile([f"{name}:{line}: is not YAML ({error.problem}); mend it"]) from error
    except yaml.YAMLError as error:
        raise BadFile([f"{name}:1: holds a character that YAML forbids; remove it"]) from error
    return Document(name, builder.root, builder.lines)


def validate(document: Document, kind: type) -> Any:
    """A document as a value of `kind`. Raises BadFile with every problem found."""
    try:
        return adapter(kind).validate_python(document.data)
    except ValidationError as error:
        raise BadFile(
            f"{document.at(e['loc'])}: {_sentence(e, kind)}" for e in error.errors()
        ) from error


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled; `key` is the key that waits for its value."""

    value: dict[str, object] | list[object]
    path: Place
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds data from YAML events, one by one, so that nothing large is made before it is refused."""

    name: str
    root: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0
    seen: int = 0

    def take(self, event: yaml.Event) -> None:
        """Adds one event."""
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.refuse(event, "a second document begins; keep one document in a file")
            case yaml.AliasEvent():
                self.refuse(event, "an alias (*) is not allowed; write the words out")
            case yaml.ScalarEvent():
                self.guard(event)
                self.scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self.guard(event)
                self.begin(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
            case _:
                pass

    def guard(self, event: Any) -> None:
        """Refuses what is more than data, and what is too much."""
        self.seen += 1
        if event.anchor is not None:
            self.refuse(event, "an anchor (&) is not allowed; write the words out")
        if event.tag is not None:
            self.refuse(event, f"a tag ({event.tag}) is not allowed; take it out")
        if self.seen > MOST:
            self.refuse(event, f"holds more than {MOST:,} values; split the file")
        if len(self.stack) >= DEEPEST:
            self.refuse(event, f"is nested deeper than {DEEPEST} levels; flatten it")

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """Takes a word as a key where one is due, else as a value."""
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.value, dict) and top.key is None:
            if event.value in top.value:
                self.refuse(event, f"{event.value} stands twice; keep one of them")
            top.key = event.value
            self.lines[(*top.path, event.value)] = _line(event)
            return
        self.place(event, event.value if event.style else _plain(event.value))

    def begin(self, event: yaml.Event, value: dict[str, object] | list[object]) -> None:
        """Opens a mapping or list."""
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.value, dict) and top.key is None:
            self.refuse(event, "a key must be one word; write it without brackets")
        self.stack.append(_Open(value, self.place(event, value)))

    def place(self, event: yaml.Event, value: object) -> Place:
        """Puts a value into what is open; its path."""
        top = self.stack[-1] if self.stack else None
        path: Place = ()
        if top is None:
            self.root = value
        elif isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        elif top.key is not None:
            path, top.value[top.key], top.key = (*top.path, top.key), value, None
        self.lines.setdefault(path, _line(event))
        return path

    def refuse(self, event: yaml.Event, why: str) -> NoReturn:
        """Stops with the place and the reason."""
        raise BadFile([f"{self.name}:{_line(event)}: {why}"])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(word: str) -> object:
    """What an unquoted word means: nothing, true, false, a whole number, else itself.

    Fewer than YAML 1.1 has: `no`, `on` and `2026-06-01` are words, and stay words.
    """
    if word in _WORDS:
        return _WORDS[word]
    return int(word) if len(word) < 20 and _WHOLE.fullmatch(word) else word


@cache
def adapter(kind: type) -> TypeAdapter[Any]:
    """The checker of `kind`, made once."""
    return TypeAdapter(kind)


_SAID: Mapping[str, str] = {
    "missing": "{key} is missing; add it",
    "literal_error": "{key} must be {expected}; write one of them",
    "string_type": "{key} must be text; put it in quotes",
    "bool_type": "{key} must be true or false; write one of them",
    "bool_parsing": "{key} must be true or false; write one of them",
    "tuple_type": "{key} must be a list; begin each line with a dash",
    "dict_type": "{key} must hold keys and values; write them below it",
    "mapping_type": "{key} must hold keys and values; write them below it",
    "dataclass_type": "{key} must hold keys and values; write them below it",
    "value_error": "{key}: {error}",
}


def _sentence(error: Any, kind: type) -> str:
    """One pydantic error as one sentence with its remedy."""
    where: Place = error["loc"]
    key = str(where[-1]) if where else "the file"
    if len(where) > 1 and isinstance(where[-1], int):
        key = f"number {where[-1] + 1} of {where[-2]}"
    if error["type"] == "unexpected_keyword_argument":
        near = get_close_matches(key, _keys(kind), n=1)
        return f"there is no key {key} here; {f'did you mean {near[0]}' if near else 'take it out'}"
    message = error["msg"]
    told = _SAID.get(error["type"], f"{{key}}: {message[:1].lower()}{message[1:]}; mend it")
    return told.format_map({"key": key, **error.get("ctx", {})})


@cache
def _keys(kind: type) -> tuple[str, ...]:
    """All keys that files of `kind` know, for suggestions."""
    found = adapter(kind).json_schema()
    names = set(found.get("properties", {}))
    for definition in found.get("$defs", {}).values():
        names.update(definition.get("properties", {}))
    return tuple(sorted(names))
