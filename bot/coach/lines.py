"""`candor coach`: coached lines in and out as JSON, and one text that somebody has written."""

import json
from collections.abc import Iterable, Mapping
from typing import TextIO

from bot.coach.score import BadItem, Item, Report, read_item, score_items
from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Review, Task, review
from bot.core.coaching.context import context_of
from bot.core.coaching.rubric import Coaching
from bot.core.words import Language


def coach_lines(stream: Iterable[str], out: TextIO, err: TextIO) -> int:
    """Writes one JSON line for each line of `stream`; the number of malformed lines.

    A malformed line is reported on `err` with its number, and the rest goes on.
    """
    coaching = default_coaching()
    wrong = 0
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            item = _item(line)
        except BadItem as error:
            wrong += 1
            err.write(f"line {number}: {error}\n")
            continue
        answered = _line(item, review(task_of(item), coaching))
        out.write(json.dumps(answered, ensure_ascii=False) + "\n")
    return wrong


def score(items: Iterable[Mapping[str, object]]) -> Report:
    """How the coach does on labelled items of the sample's schema."""
    coaching = default_coaching()
    labelled = [read_item(item) for item in items]
    return score_items(labelled, [review(task_of(item), coaching) for item in labelled])


def coach_text(
    text: str,
    channel: str | None,
    language: Language,
    facts: Mapping[str, object] | None = None,
    *,
    coaching: Coaching | None = None,
) -> Review:
    """The review of a draft that somebody has written; without facts only its wording counts."""
    task = Task(text, "draft", language, context_of(facts or {}), channel)
    return review(task, coaching or default_coaching())


def task_of(item: Item) -> Task:
    """What is to be coached in an item."""
    return Task(item.text, item.place, item.language, context_of(item.known), item.channel)


def _item(line: str) -> Item:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadItem(f"is not JSON ({error}); mend it") from error
    if not isinstance(data, dict):
        raise BadItem("is not an object; write one item in braces")
    return read_item(data)


def _line(item: Item, found: Review) -> Mapping[str, object]:
    language = item.language
    line: dict[str, object] = {
        "id": item.id,
        "flags": list(found.flags),
        "findings": [
            {
                "check": f.check,
                "severity": f.severity,
                "span": list(f.span),
                "phrase": f.phrase,
                "message": f.message.to(language),
                "question": f.question.to(language),
                **({"rewording": f.rewording.to(language)} if f.rewording else {}),
            }
            for f in found.findings
        ],
    }
    if item.place == "draft":
        line["grade"] = found.grade
    return line
