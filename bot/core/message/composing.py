"""Sentences set in the layout's order to one text, each with its place in it."""

from dataclasses import dataclass
from hashlib import sha256

from bot.core.case import Variant
from bot.core.message.tongues import count_words
from bot.core.playbook import Layout, Part
from bot.core.words import FieldId, Text

_SUBJECT = Text(en="Subject: ", zh="主题：")
_WITH_SUBJECT = ("email", "letter")
_LISTED: tuple[Part, ...] = ("questions", "reactions")
_MARKS = ("- ", "• ", "– ", "* ")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a draft with the answers it is made of; `span` is its place in the text."""

    sentence: str
    part: Part
    text: str
    answers: tuple[FieldId, ...]
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message made of answers. `words` counts the body: English words, Chinese characters;
    `gave_way` are answers that it would tell if its channel had more room.
    """

    variant: Variant
    subject: str
    sentences: tuple[Line, ...]
    text: str
    digest: str
    words: int
    budget: int
    gave_way: tuple[FieldId, ...] = ()


def digest_of(text: str) -> str:
    """The name of an exact text: the first 32 hexadecimal digits of its SHA-256."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def subject_line(text: str) -> str:
    """The first line, where it is the subject of a mail or letter; else nothing."""
    first = text.partition("\n")[0].strip()
    marks = ("Subject:", "subject:", "主题：", "主题:")
    return first if first.startswith(marks) else ""


def composed(lines: list[Line], layout: Layout, variant: Variant) -> Draft:
    """The lines in the layout's order, with their places in the text."""
    out: list[str] = []
    placed: list[Line] = []
    size = 0

    def put(text: str, line: Line | None = None) -> None:
        nonlocal size
        out.append(text)
        if line is not None:
            placed.append(
                Line(line.sentence, line.part, text, line.answers, (size, size + len(text)))
            )
        size += len(text)

    subjects = [line for line in lines if line.part == "subject"]
    if subjects and variant.channel in _WITH_SUBJECT:
        put(_SUBJECT.to(variant.language))
        put(" ".join(subjects[0].text.split()), subjects[0])
    head = size
    for parts in layout.paragraphs:
        before = "\n\n" if size else ""
        previous: Line | None = None
        for line in (x for part in parts for x in lines if x.part == part != "subject"):
            put(before if previous is None else _between(previous, line, variant))
            put(line.text, line)
            previous = line
    text = "".join(out)
    return Draft(
        variant=variant,
        subject=placed[0].text if head else "",
        sentences=tuple(placed),
        text=text,
        digest=digest_of(text),
        words=count_words(text[head:], variant.language),
        budget=layout.words if variant.language == "en" else layout.characters,
    )


def _between(previous: Line, line: Line, variant: Variant) -> str:
    """A line break round lists and between the lines of a call; else what the language puts."""
    if variant.channel == "call" or _is_list(previous) or _is_list(line):
        return "\n"
    latin = previous.text[-1].isascii() and line.text[0].isascii()
    ended = previous.text[-1] in ".!?"  # a Latin end mark needs its space also before Chinese
    return " " if variant.language == "en" or latin or ended else ""


def _is_list(line: Line) -> bool:
    return line.part in _LISTED or "\n" in line.text or line.text.startswith(_MARKS)
