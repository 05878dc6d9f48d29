"""Frames: word patterns as people write them in YAML, compiled to expressions that stay linear.

    word          that word            word*   the word with any ending
    (a|b)         one of these         (a|b)?  one of these or nothing
    {name}        a word list          #       a number
    ~             up to a few words    ~~      up to a dozen words
    <  >          the beginning, the end of a clause

Nothing in this language repeats without a bound, so no text can make a frame slow.
"""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add

from bot.core.reading.numerals import normalise
from bot.core.words import Language

Span = tuple[int, int]  # first character, and the one after the last

_GAPS: Mapping[Language, tuple[int, int]] = {"en": (32, 80), "zh": (10, 26)}
_DEEPEST = 4  # word lists that hold word lists
_SPECIAL = frozenset("(|){}~#<>* ")
_NUMBER = (
    r"(?:\d{1,9}(?:[.,]\d{1,3})?|[零一二两三四五六七八九十百千万半几]{1,6}|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|several|couple)\b)"
)
_START = r"(?:^|(?<=[.!?;:,。、\n(])\s{0,2}|(?<=\band\s)|(?<=\bbut\s))"
_END = r"(?=\s{0,2}(?:[.!?;:,。、\n)]|$))"
_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PLAIN_WORD = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")
_BEGINNINGS = (3, 4, 5, 6)  # letters by which the index knows a word with any ending
_WEAK = frozenset(["we", "i", "our", "the", "a", "an", "to", "of", "is", "are", "was", "it", "this", "that", "they", "their", "you", "your", "not", "no", "be", "in", "on", "for", "and", "will", "have", "has", "do", "at", "us", "so"])  # fmt: skip


class BadFrame(ValueError):
    """A frame, or a word of a list in it, cannot be used; the message says what to mend."""

    def __init__(self, source: str, why: str) -> None:
        self.source = source
        super().__init__(f"{source!r}: {why}")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: `source` as written, `pattern` to match with.

    One of `keys` must stand in a text before the pattern is worth trying, and one of `also`, when
    there are any; there are ten thousand frames, and tuples are a third of what sets would be. A frame of one plain word has it as `literal`, to be found without a pattern.
    """

    source: str
    pattern: str
    keys: tuple[str, ...]
    also: tuple[str, ...] = ()
    literal: str | None = None

    def find(self, text: str) -> list[tuple[int, int]]:
        """Every place of the frame in `text`, in order and apart."""
        literal = self.literal
        if literal is None:
            return [match.span() for match in compiled(self.pattern).finditer(text)]
        found: list[tuple[int, int]] = []
        at = text.find(literal)
        while at >= 0:
            end = at + len(literal)
            if not literal.isascii() or _alone(text, at, end):
                found.append((at, end))
            at = text.find(literal, end)
        return found


@dataclass(slots=True)
class _Part:
    """A piece of a frame: its expression, its keys (None: it has no fixed word)."""

    pattern: str
    keys: frozenset[str] | None
    also: frozenset[str] | None = None


Lists = dict[tuple[str, int], _Part]  # by name, and how deep in other lists it stands


@dataclass(slots=True)
class _Parser:
    """Reads one frame from left to right."""

    source: str
    language: Language
    lists: Mapping[str, Sequence[str]]
    read: Lists
    depth: int = 0
    at: int = 0
    parts: list[_Part] = field(default_factory=list)

    def alternatives(self, closing: str) -> _Part:
        """What stands up to `closing`, split at bars."""
        found: list[_Part] = []
        while True:
            found.append(self.sequence(closing))
            if self.at < len(self.source) and self.source[self.at] == "|":
                self.at += 1
                continue
            break
        if closing:
            if self.at >= len(self.source):
                raise BadFrame(self.source, "a bracket stays open; close it")
            self.at += 1
        return _any_of(found)

    def sequence(self, closing: str) -> _Part:
        parts: list[_Part] = []
        gap = False  # whether the space before the next part is taken
        while self.at < len(self.source) and self.source[self.at] not in {"|", closing or "|"}:
            sign = self.source[self.at]
            if sign == " ":
                self.at += 1
                if not gap and parts:
                    parts.append(_space(self.language))
                gap = True
                continue
            if sign == "~":
                if gap and parts:
                    parts.pop()
                parts.append(self.gap())
                gap = True
                continue
            part = self.part(sign)
            if self.optional():
                self.skip_space()
                tail = r"\s{1,2}" if self.language == "en" and not self.ended(closing) else r"\s?"
                if parts and not gap and self.language == "en":
                    raise BadFrame(self.source, "an optional group needs a space before it")
                if self.ended(closing) and gap and parts:
                    parts.pop()
                    part = _Part(rf"(?:\s{{0,2}}{part.pattern})?", None)
                else:
                    part = _Part(rf"(?:{part.pattern}{tail})?", None)
                    gap = True
                    parts.append(part)
                    continue
            parts.append(part)
            gap = False
        best = _ranked(p.keys for p in parts)
        if len(parts) == 1:
            return parts[0]
        return _Part("".join(p.pattern for p in parts), *best)

    def ended(self, closing: str) -> bool:
        return self.at >= len(self.source) or self.source[self.at] in {"|", closing or "|"}

    def part(self, sign: str) -> _Part:
        if sign == "(":
            self.at += 1
            return self.alternatives(")")
        if sign == "{":
            return self.named()
        self.at += 1
        match sign:
            case "#":
                return _Part(_NUMBER, None)
            case "<":
                return _Part(_START, None)
            case ">":
                return _Part(_END, None)
            case ")" | "}" | "*":
                raise BadFrame(self.source, f"{sign} stands alone; take it out")
            case _:
                return self.word(sign)

    def word(self, first: str) -> _Part:
        start = self.at - 1
        while self.at < len(self.source) and self.source[self.at] not in _SPECIAL:
            self.at += 1
        literal = self.source[start : self.at]
        if "?" in literal:
            raise BadFrame(
                self.source,
                "a question mark follows a bracket; write (…)? around what may be missing",
            )
        open_ended = self.at < len(self.source) and self.source[self.at] == "*"
        if open_ended:
            self.at += 1
        left = r"\b" if first.isascii() and first.isalnum() else ""
        last = literal[-1]
        right = r"\b" if last.isascii() and last.isalnum() else ""
        if open_ended:
            right = r"[a-z'-]{0,12}"
        return _Part(
            left + re.escape(literal) + right, _literal_keys(literal, open_ended=open_ended)
        )

    def named(self) -> _Part:
        end = self.source.find("}", self.at)
        name = self.source[self.at + 1 : end] if end > 0 else ""
        if name not in self.lists:
            raise BadFrame(self.source, f"there is no word list {name!r}; write one")
        if self.depth >= _DEEPEST:
            raise BadFrame(self.source, "word lists stand in each other too deeply; flatten them")
        self.at = end + 1
        found = self.read.get((name, self.depth))
        if found is None:
            inner = self.language, self.lists, self.read, self.depth + 1
            words = [_Parser(normalise(w), *inner).alternatives("") for w in self.lists[name]]
            self.read[name, self.depth] = found = _any_of(words)
        return found

    def gap(self) -> _Part:
        wide = self.source.startswith("~~", self.at)
        self.at += 2 if wide else 1
        self.skip_space()
        most = _GAPS[self.language][1 if wide else 0]
        return _Part(rf"[^;]{{0,{most}}}?", None)

    def optional(self) -> bool:
        if self.at < len(self.source) and self.source[self.at] == "?":
            self.at += 1
            return True
        return False

    def skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] == " ":
            self.at += 1


def parse(
    source: str,
    language: Language,
    lists: Mapping[str, Sequence[str]],
    read: Lists | None = None,
) -> Frame:
    """The frame that `source` means: as texts are read, capitals and full-width signs made plain.

    `read` keeps what each list means from one frame of this language to the next. Raises BadFrame
    when it is not one.
    """
    part = _Parser(normalise(source), language, lists, {} if read is None else read).alternatives(
        ""
    )
    if not part.keys:
        raise BadFrame(source, "holds no fixed word; name one that must be there")
    plain = normalise(source)
    literal = plain if _PLAIN_WORD.fullmatch(plain) else None
    return Frame(source, part.pattern, _kept(part.keys), _kept(part.also or ()), literal)


def _kept(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys in order; of the same one, the same string for all frames."""
    return tuple(sorted(map(sys.intern, keys)))


def _alone(text: str, start: int, end: int) -> bool:
    """Whether no letter, digit or underscore touches a word on either side."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and (before.isalnum() or before == "_")) and not (
        after.isascii() and (after.isalnum() or after == "_")
    )


@lru_cache(maxsize=16384)
def compiled(pattern: str) -> re.Pattern[str]:
    """The expression of a frame, made on first use."""
    return re.compile(pattern, re.ASCII | re.DOTALL)


def keys_of(text: str) -> set[str]:
    """The keys that stand in a text: words, their beginnings, Chinese characters and pairs."""
    found: set[str] = set()
    for word in set(_WORD.findall(text)):
        found.update(_keys_of_word(word))
    for run in _HAN.findall(text):
        found.update(run)
        found.update(map(add, run, run[1:]))
    if "%" in text:
        found.add("%")
    return found


@lru_cache(maxsize=16384)
def _keys_of_word(word: str) -> tuple[str, ...]:
    return (word, *(word[:n] + "*" for n in _BEGINNINGS if len(word) >= n))


def _space(language: Language) -> _Part:
    return _Part(r"\s{1,2}" if language == "en" else r"\s?", None)


def _any_of(parts: Sequence[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    keys: set[str] = set()
    for part in parts:
        if part.keys is None:
            keys.clear()
            break
        keys |= part.keys
    return _Part("(?:" + "|".join(p.pattern for p in parts) + ")", frozenset(keys) or None)


def _ranked(
    found: Iterable[frozenset[str] | None],
) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """The set of keys that says most, and the one after it."""
    known = [keys for keys in found if keys]
    known.sort(key=lambda keys: (min(map(_weight, keys)), -len(keys)), reverse=True)
    return (known[0] if known else None, known[1] if len(known) > 1 else None)


def _weight(key: str) -> int:
    if key in _WEAK:
        return 0
    if not key.isascii():
        return 4 if len(key) > 1 else 2
    return min(len(key), 7)


def _literal_keys(literal: str, *, open_ended: bool) -> frozenset[str] | None:
    words = _WORD.findall(literal)
    keys = set(words)
    if open_ended and words and literal.endswith(words[-1]):
        keys.discard(words[-1])
        if len(words[-1]) >= min(_BEGINNINGS):
            keys.add(words[-1][: max(_BEGINNINGS)] + "*")
    for run in _HAN.findall(literal):
        keys.add(run[:2])
    if not keys and "%" in literal:
        keys.add("%")
    return frozenset({max(sorted(keys), key=_weight)}) if keys else None
