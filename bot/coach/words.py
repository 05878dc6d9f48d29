"""`candor coach` for people: one text coached in words, and a labelled file scored in a table."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from bot.coach.lines import coach_text, score
from bot.coach.score import BadItem
from bot.core.coaching.coach import Finding, Review
from bot.core.message.tongues import language_of
from bot.core.words import Language, Text
from bot.settings import SettingsRefused

_PHRASE = 80  # characters of the words that are quoted back
_SEVERITY: Mapping[str, Text] = {
    "blocker": Text(en="must not leave like this", zh="这样不能发"),
    "major": Text(en="mend before it leaves", zh="发之前要改"),
    "minor": Text(en="a hint", zh="小提示"),
}
_CLEAN = Text(en="Nothing to add.", zh="没有要补充的。")
_GRADE = Text(en="Grade {grade}.", zh="等级{grade}。")
_PERHAPS = Text(en="Perhaps: {words}", zh="可以这样说：{words}")


def read_text(file: Path | None) -> str:
    """The file's text, or standard input's. Raises SettingsRefused in one sentence."""
    try:
        return file.read_text(encoding="utf-8-sig") if file else sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsRefused(f"{file} cannot be read as UTF-8 text: {error}.") from error


def read_facts(file: Path | None) -> Mapping[str, object]:
    """What is known of the case, from a JSON file. Raises SettingsRefused in one sentence."""
    if file is None:
        return {}
    try:
        known = json.loads(read_text(file))
    except json.JSONDecodeError as error:
        raise SettingsRefused(f"{file}: line {error.lineno} is no JSON; {error.msg}.") from error
    if not isinstance(known, dict):
        raise SettingsRefused(f"{file}: the facts are one object, such as {{}}.")
    return known


def in_words(
    text: str, channel: str, language: Language | None, known: Mapping[str, object]
) -> str:
    """What the coach says of a text that somebody has written, in the text's language."""
    language = language or language_of(text, "en")
    return "\n".join(_said(coach_text(text, channel, language, known), language))


def scored(text: str, err: TextIO) -> str:
    """The table of a labelled file; a malformed line is told on `err` and left out."""
    items: list[Mapping[str, object]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            score([item])
        except (json.JSONDecodeError, BadItem, AttributeError) as error:
            err.write(f"line {number}: {error}\n")
            continue
        items.append(item)
    return "\n".join(score(items).lines())


def _said(found: Review, language: Language) -> Iterator[str]:
    for finding in found.findings:
        yield from _finding(finding, language)
    for finding in found.advice:
        yield f"· {finding.question.to(language)}"
    if not found.findings:
        yield _CLEAN.to(language)
    yield _GRADE.fill(grade=found.grade).to(language)


def _finding(finding: Finding, language: Language) -> Iterator[str]:
    severity = _SEVERITY[finding.severity].to(language)
    words = " ".join(finding.phrase.split())
    phrase = f" “{words[:_PHRASE]}{'…' if len(words) > _PHRASE else ''}”" if words else ""
    yield f"[{finding.check}] {severity}{':' if language == 'en' else '：'}{phrase}"
    yield f"    {finding.message.to(language)}"
    yield f"    {finding.question.to(language)}"
    if finding.rewording is not None:
        yield f"    {_PERHAPS.fill(words=finding.rewording.to(language)).to(language)}"
