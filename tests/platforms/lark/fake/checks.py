"""The parts of the check of cards: a walk that collects findings, and checks of single values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PARSE = 200621  # the card's JSON is off: unknown property, wrong type, wrong place
GONE = 200861  # a tag of schema 1.0
NAMES = 200530  # a name that is missing, empty or there twice
NO_SUBMIT = 300123  # a form without a button that submits it
IDS = 300301  # an element_id that is there twice or malformed
NOBODY = 100290  # a person who is not there
LIMIT = 11310  # too many elements or tables
LANGUAGES = frozenset(
    {
        "zh_cn", "en_us", "zh_hk", "zh_tw", "ja_jp", "id_id", "vi_vn", "th_th", "pt_br", "es_es",
        "ko_kr", "de_de", "fr_fr", "it_it", "ru_ru", "ms_my",
    }
)  # fmt: skip
OURS = ("en_us", "zh_cn")  # the languages that Candor speaks

_PIXELS = r"-?\d{1,2}(px)?"
_SPACE = re.compile(rf"{_PIXELS}( {_PIXELS}){{0,3}}")
OWN_WORDS = 200  # characters; what is longer and in one language is a person's own text
_LOUD = re.compile(r"<at\s[^>]*\ball\b")
_WORDS = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is off, and where. The platform refuses it when it has a code; else it is our rule."""

    path: str
    why: str
    code: int = 0


Check = Callable[["Walk", Any, str], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """The properties that an object may have, and those that it must."""

    allowed: Mapping[str, Check]
    needed: frozenset[str] = frozenset()


@dataclass(slots=True)
class Walk:
    """One pass over a card."""

    elements: Mapping[str, Shape]
    findings: list[Finding] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    within: tuple[str, ...] = ()  # tags of the containers around
    submits: int = 0

    def refuse(self, path: str, why: str, code: int = PARSE) -> None:
        """Note what the platform refuses."""
        self.findings.append(Finding(path, why, code))

    def object(self, value: object, shape: Shape, path: str) -> None:
        """Check an object against its shape."""
        if not isinstance(value, Mapping):
            self.refuse(path, "an object is wanted")
            return
        for name in sorted(set(value) - set(shape.allowed)):
            self.refuse(path, f"unknown property, property: {name}")
        for name in sorted(shape.needed - set(value)):
            self.refuse(path, f"property {name} is required")
        for name, check in shape.allowed.items():
            if name in value:
                check(self, value[name], f"{path} -> {name}")


def string(most: int = 0, pattern: str = "") -> Check:
    """A text of at most so many characters, of this pattern."""

    def check(walk: Walk, value: object, path: str) -> None:
        if not isinstance(value, str):
            walk.refuse(path, "a string is wanted")
        elif most and len(value) > most:
            walk.refuse(path, f"more than {most} characters")
        elif pattern and not re.fullmatch(pattern, value):
            walk.refuse(path, f"{value!r} is not valid")

    return check


def whole(least: int, most: int) -> Check:
    """A whole number of this range."""

    def check(walk: Walk, value: object, path: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            walk.refuse(path, f"a whole number from {least} to {most} is wanted")

    return check


def choice(*values: str) -> Check:
    """One of these words."""

    def check(walk: Walk, value: object, path: str) -> None:
        if value not in values:
            walk.refuse(path, f"{value!r} is not one of {', '.join(values)}")

    return check


def listing(each: Check, least: int = 0, most: int = 0) -> Check:
    """A list of such values."""

    def check(walk: Walk, value: object, path: str) -> None:
        if not isinstance(value, list):
            walk.refuse(path, "a list is wanted")
            return
        if len(value) < least or (most and len(value) > most):
            walk.refuse(path, f"{len(value)} entries")
        for number, entry in enumerate(value):
            each(walk, entry, f"{path} -> [{number}]")

    return check


def shaped(shape: Shape) -> Check:
    """An object of this shape."""

    def check(walk: Walk, value: object, path: str) -> None:
        walk.object(value, shape, path)

    return check


def mapping(each: Check) -> Check:
    """An object with any keys, each with such a value."""

    def check(walk: Walk, value: object, path: str) -> None:
        if not isinstance(value, Mapping):
            walk.refuse(path, "an object is wanted")
            return
        for name, entry in value.items():
            each(walk, entry, f"{path} -> {name}")

    return check


def flag(walk: Walk, value: object, path: str) -> None:
    """true or false."""
    if not isinstance(value, bool):
        walk.refuse(path, "true or false is wanted")


def anything(walk: Walk, value: object, path: str) -> None:
    """What only the client looks into, such as a chart's definition."""


def space(walk: Walk, value: object, path: str) -> None:
    """A margin or padding: one to four numbers of pixels."""
    if not isinstance(value, str) or not _SPACE.fullmatch(value):
        walk.refuse(path, f"{value!r} is no space")


def languages(walk: Walk, value: object, path: str) -> None:
    """Texts by language; ours must both be there."""
    if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
        walk.refuse(path, "texts by language are wanted")
        return
    for name in sorted(set(value) - LANGUAGES):
        walk.refuse(path, f"unknown property, property: {name}")
    for name in OURS:
        if not value.get(name):
            walk.findings.append(Finding(path, f"nothing in {name}"))


def translated(walk: Walk, value: Mapping[str, Any], path: str) -> None:
    """Words that show must be there in both of our languages; a long text of a person need not."""
    content = value.get("content", "")
    if value.get("tag") != "plain_text":
        _calling(walk, [str(content), *_each_language(value)], path)
    if "i18n_content" in value or not isinstance(content, str):
        return
    if len(content) <= OWN_WORDS and _WORDS.search(content):
        walk.findings.append(Finding(path, f"not in both languages: {content[:40]!r}"))


def _calling(walk: Walk, words: Sequence[str], path: str) -> None:
    """In Markdown, whoever is named is called; nobody may call everybody."""
    for said in words:
        if _LOUD.search(said):
            walk.findings.append(Finding(path, f"calls everybody: {said[:40]!r}"))


def text(*tags: str, most: int = 0) -> Check:
    """A text object with one of these tags."""
    shape = Shape(
        {
            "tag": choice(*tags),
            "element_id": element_id,
            "content": string(most),
            "i18n_content": languages,
            "text_size": string(),
            "text_color": string(),
            "text_align": choice("left", "center", "right"),
            "lines": whole(1, 99),
        },
        frozenset({"tag"}),
    )

    def check(walk: Walk, value: object, path: str) -> None:
        walk.object(value, shape, path)
        if not isinstance(value, Mapping):
            return
        if "content" not in value and "i18n_content" not in value:
            walk.refuse(path, "property content is required")
        for words in _each_language(value):
            if most and len(words) > most:
                walk.refuse(path, f"more than {most} characters")
        translated(walk, value, path)

    return check


def element_id(walk: Walk, value: object, path: str) -> None:
    """An identifier that no other element of the card has."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,19}", value):
        walk.refuse(path, f"{value!r} is no element_id", IDS)
    elif value in walk.ids:
        walk.refuse(path, f"{value!r} is there twice", IDS)
    else:
        walk.ids.add(value)


def name(walk: Walk, value: object, path: str) -> None:
    """A name that no other element of the card has."""
    if not isinstance(value, str) or not value:
        walk.refuse(path, "a name is empty", NAMES)
    elif value in walk.names:
        walk.refuse(path, f"the name {value!r} is there twice", NAMES)
    else:
        walk.names.add(value)


def _each_language(value: Mapping[str, Any]) -> list[str]:
    texts = value.get("i18n_content", {})
    return [t for t in texts.values() if isinstance(t, str)] if isinstance(texts, Mapping) else []
