"""The labelled texts, sentence by sentence, as the judge will meet them."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.coach.lines import task_of
from bot.coach.score import read_item
from bot.core.coaching.coach import Finding, Task, review
from bot.core.coaching.context import context_of
from bot.core.coaching.detectors.matching import matched
from bot.core.coaching.detectors.subject import prepare
from bot.core.coaching.frames import Span
from bot.core.coaching.judge import features, language_of
from bot.core.coaching.rubric import Coaching, Place
from bot.core.words import Language
from tests.coaching.learning.house import drafts

HERE = Path(__file__).parent
_KNOWN = {
    "today": "2026-05-26", "original_date": "2026-06-02", "new_date": "2026-06-16",
    "remedy_approved": False,
}  # fmt: skip
_LINE = re.compile(r"([+-]) ([a-z_.]+) \| ([a-z]+) \| ([^|]+?)(?: \|(.*))?")
# Of two of these a fair reader may find the other in the same words too: there it is left open.
_NEAR = (
    ("cause.blame_shift", "tone.defensive", "cause.names_person", "disclose.confidential"),
    ("tone.minimise", "impact.unfounded_denial", "tone.defensive", "impact.vague"),
    ("remedy.vague", "remedy.unauthorised", "remedy.personal_gift", "legal.liability_admission",
     "remedy.contract_change_informal", "promise.certainty"),
    ("timing.withhold", "status.contradicts_slip", "cause.vague", "remedy.vague"),
    ("plan.quality_shortcut", "timing.withhold"),
    ("promise.certainty", "status.contradicts_slip"),
)  # fmt: skip
SIGNS = ("own.part",)  # no checks: what is said that is good, known in its own lines
# Where one of these is a fault, the text has not what would excuse it.
_LACKS = {"cause.blame_shift": "own.part", "draft.no_ownership": "own.part"}
_MARKED = re.compile(r"«([^»]*)»")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: what can be weighed in it, what detectors raised, and what is true of it.

    `labels` holds each check that is known to be there or not. `hand` is who wrote it; `whole` tells
    the text that it stands in from all others; `marked` are its faulty words.
    """

    hand: str
    whole: str
    language: Language
    features: frozenset[str]
    raised: frozenset[str]
    labels: Mapping[str, bool]
    marked: tuple[Span, ...] = ()


def made_from(language: Language) -> str:
    """A digest of the labelled texts of a language: what its judge was learnt from."""
    digest = hashlib.sha256()
    for path in (*_sentence_files(), *_labelled_files()):
        if f"{language}_" in path.name or f"_{language}" in path.name or path.stem == "sample":
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _sentence_files() -> Sequence[Path]:
    return sorted((HERE / "sentences").glob("*.txt"))


def _labelled_files() -> Sequence[Path]:
    return sorted(HERE.parent.rglob("*.jsonl"))


def sentences(coaching: Coaching, checks: Sequence[str]) -> Iterator[Sentence]:
    """All sentences of all labelled texts. `coaching` is without a judge."""
    for path in _sentence_files():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _of_line(line, path.stem, coaching, checks)
    for path in _labelled_files():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _of_item(json.loads(line), path.stem, coaching, checks)
    seen: set[frozenset[str]] = set()
    for name, task in drafts(coaching):
        for sentence in _of_house(name, task, coaching, checks):
            if sentence.features not in seen:
                seen.add(sentence.features)
                yield sentence


def _of_house(
    name: str, task: Task, coaching: Coaching, checks: Sequence[str]
) -> Iterator[Sentence]:
    """A draft of the house is sound, but for what a detector sees in the answers it tells."""
    for _, known, raised in _parts(task, coaching):
        unknown = raised | frozenset(SIGNS)
        labels = {check: False for check in checks if check not in unknown}
        yield Sentence("house", name, task.language, known, raised, labels)


def _of_line(line: str, hand: str, coaching: Coaching, checks: Sequence[str]) -> Iterator[Sentence]:
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise ValueError(f"{hand}: {line!r} is no labelled sentence; see the package's first words")
    sign, check, place, written, more = match.groups()
    others = frozenset(other.strip() for other in (more or "").split(",") if other.strip())
    text, marked = _unmarked(written)
    language: Language = "zh" if hand.startswith("zh") else "en"
    task = _task(text, place, language)
    parts = list(_parts(task, coaching))
    for span, known, raised in parts:
        inside = tuple((a - span[0], b - span[0]) for a, b in marked if a < span[1] and b > span[0])
        here = bool(inside) or not marked
        labels = dict(_sound(sign, check, others, checks))
        if len(parts) == 1:
            labels |= dict.fromkeys(others & frozenset(checks), True)
        if sign == "+":
            labels = _faulty(labels, check, checks, here=here)
            if not marked and len(parts) > 1:
                labels.pop(check, None)  # nobody knows in which of the sentences it is
        yield Sentence(hand, line, language_of(text), known, raised, labels, inside)


def _sound(
    sign: str, check: str, others: frozenset[str], checks: Sequence[str]
) -> Iterator[tuple[str, bool]]:
    """What a line says is not there: all that it does not name, but for what nobody looked for."""
    for one in checks:
        unlooked = one in SIGNS and one != check
        # Where nobody owns up there may well be another fault.
        doubtful = sign == "-" and check in SIGNS and one != check
        if not (one in others or unlooked or doubtful):
            yield one, False


def _faulty(
    labels: Mapping[str, bool], check: str, checks: Sequence[str], *, here: bool
) -> dict[str, bool]:
    """The labels of a sentence of a faulty text, which has the fault `here` or in another sentence."""
    found = dict(labels)
    if here:
        near = frozenset(one for group in _NEAR if check in group for one in group)
        found = {one: true for one, true in found.items() if true or one not in near}
        if _LACKS.get(check) in checks:
            found[_LACKS[check]] = False
    if check in checks:
        found[check] = here
    return found


def _of_item(
    data: Mapping[str, object], hand: str, coaching: Coaching, checks: Sequence[str]
) -> Iterator[Sentence]:
    item = read_item(data)
    parts = list(_parts(task_of(item), coaching))
    for _, known, raised in parts:
        labels = {}
        for check in checks:
            if check in item.may or check in SIGNS:
                continue
            if check not in item.flags or len(parts) == 1:
                labels[check] = check in item.flags
            elif any(check in found for _, _, found in parts):
                labels[check] = check in raised
        for check in item.flags & {"cause.blame_shift", "draft.no_ownership"}:
            if _LACKS[check] in checks:
                labels[_LACKS[check]] = False
        yield Sentence(hand, item.id, item.language, known, raised, labels)


def _task(text: str, place: str, language: Language) -> Task:
    known = context_of(_KNOWN)
    at: Place = next(p for p in _PLACES if p == place)
    return Task(text, at, language, known, "email" if at == "draft" else None)


_PLACES: tuple[Place, ...] = (
    "cause", "status", "impact", "plan", "contingency", "remedy", "followup", "draft",
)  # fmt: skip


def _parts(task: Task, coaching: Coaching) -> Iterator[tuple[Span, frozenset[str], frozenset[str]]]:
    """Each sentence: its place, what can be weighed in it, and what detectors raise there."""
    subject = prepare(task, coaching)
    findings = review(task, coaching).findings
    for start, end in subject.sentences:
        signs = matched(coaching, task.place, subject.claimed[start:end])
        raised = frozenset(f.check for f in findings if _within(f, start, end))
        read = features(subject.nameless[start:end], task.place, signs)
        yield (start, end), frozenset(read), raised


def _within(finding: Finding, start: int, end: int) -> bool:
    return finding.span[1] > finding.span[0] and start <= finding.span[0] < end


def _unmarked(written: str) -> tuple[str, list[Span]]:
    """The text without its marks, and where they were."""
    text, spans, at = "", [], 0
    for match in _MARKED.finditer(written):
        text += written[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + written[at:], spans
