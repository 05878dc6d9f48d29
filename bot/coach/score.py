"""How well the coach does on labelled texts: precision, recall, F1, false alarms, kappa."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.coaching.coach import Review
from bot.core.coaching.rubric import STEPS, Place
from bot.core.words import LANGUAGES, Language


class BadItem(ValueError):
    """A line is no labelled text: write an object with lang, kind, text and step or channel."""


_GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled text of the sample's schema."""

    id: str
    language: Language
    place: Place
    text: str
    channel: str | None
    known: Mapping[str, object]
    flags: frozenset[str]
    may: frozenset[str]
    grade: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """Hits, false alarms and misses."""

    hit: int = 0
    alarm: int = 0
    miss: int = 0

    @property
    def precision(self) -> float:
        """Hits among what was raised; 1 when nothing was."""
        return self.hit / (self.hit + self.alarm) if self.hit + self.alarm else 1.0

    @property
    def recall(self) -> float:
        """Hits among what should have been raised; 1 when nothing should."""
        return self.hit / (self.hit + self.miss) if self.hit + self.miss else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = 2 * self.hit + self.alarm + self.miss
        return 2 * self.hit / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of all items, or of those in one language."""

    items: int
    micro: Count
    macro: float  # mean F1 of the checks that occur
    clean: int
    clean_alarms: int
    blockers: Count
    kappa: float | None  # None without graded drafts

    @property
    def false_alarm_share(self) -> float:
        """The share of clean items on which anything was raised."""
        return self.clean_alarms / self.clean if self.clean else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The whole score: all items, each language, each check, and where labels and flags differ."""

    whole: Part
    languages: Mapping[Language, Part]
    checks: Mapping[str, Count]
    differences: tuple[str, ...] = field(default=())

    def lines(self) -> Iterable[str]:
        """The report as text."""
        yield f"{'check':34} {'precision':>9} {'recall':>7} {'F1':>6} {'hit':>4} {'alarm':>6} {'miss':>5}"
        for check, c in sorted(self.checks.items()):
            yield f"{check:34} {c.precision:9.2f} {c.recall:7.2f} {c.f1:6.2f} {c.hit:4} {c.alarm:6} {c.miss:5}"
        parts: list[tuple[str, Part]] = [("all", self.whole), *self.languages.items()]
        for name, part in parts:
            kappa = "-" if part.kappa is None else f"{part.kappa:.3f}"
            yield (
                f"{name}: {part.items} items, micro F1 {part.micro.f1:.3f} (precision {part.micro.precision:.3f}, "
                f"recall {part.micro.recall:.3f}), macro F1 {part.macro:.3f}, clean items with an alarm "
                f"{part.clean_alarms}/{part.clean} ({100 * part.false_alarm_share:.1f} %), blocker recall "
                f"{part.blockers.recall:.3f}, kappa {kappa}"
            )


def read_item(data: Mapping[str, object]) -> Item:
    """An item of the sample's schema. Raises BadItem that says what is missing."""
    text, language = data.get("text"), data.get("lang", "en")
    if not isinstance(text, str):
        raise BadItem("text is missing; add it")
    if language not in LANGUAGES:
        raise BadItem(f"lang is {language!r}; write en or zh")
    kind = data.get("kind", "draft" if "step" not in data else "answer")
    step = "draft" if kind == "draft" else data.get("step")
    place = next((p for p in (*STEPS, "draft", "retrospective", "feedback") if p == step), None)
    if place is None:
        raise BadItem(f"step is {step!r}; write one of {', '.join(STEPS)}")
    known = data.get("facts" if kind == "draft" else "fields") or {}
    if not isinstance(known, Mapping):
        raise BadItem("fields and facts must be objects; write them in braces")
    channel, grade = data.get("channel"), data.get("grade")
    return Item(
        id=str(data.get("id", "")),
        language="zh" if language == "zh" else "en",
        place=place,
        text=text,
        channel=channel if isinstance(channel, str) else None,
        known=known,
        flags=_ids(data.get("flags")),
        may=_ids(data.get("may")),
        grade=grade if isinstance(grade, str) else None,
    )


def score_items(items: Sequence[Item], reviews: Sequence[Review]) -> Report:
    """The report on labelled items and the reviews of them, in the same order."""
    pairs = list(zip(items, reviews, strict=True))
    checks: dict[str, Counter[str]] = {}
    differences = []
    for item, found in pairs:
        raised = _raised(item, found)
        for check in raised | item.flags:
            kind = "hit" if check in raised & item.flags else "alarm" if check in raised else "miss"
            checks.setdefault(check, Counter())[kind] += 1
        if raised != item.flags:
            more, less = sorted(raised - item.flags), sorted(item.flags - raised)
            differences.append(f"{item.id} {item.place}: alarms {more}, misses {less}: {item.text}")
    return Report(
        _part(pairs),
        {lang: _part([p for p in pairs if p[0].language == lang]) for lang in LANGUAGES},
        {check: Count(c["hit"], c["alarm"], c["miss"]) for check, c in checks.items()},
        tuple(differences),
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """The quadratic-weighted kappa of two graders; None without pairs, 1 when both never differ."""
    if not pairs:
        return None
    size = len(_GRADES)
    places = [
        (_GRADES.index(a), _GRADES.index(b)) for a, b in pairs if a in _GRADES and b in _GRADES
    ]
    n = len(places)
    rows, columns = Counter(a for a, _ in places), Counter(b for _, b in places)
    seen = sum((a - b) ** 2 for a, b in places) / n if n else 0.0
    chance = (
        sum(rows[a] * columns[b] * (a - b) ** 2 for a in range(size) for b in range(size)) / (n * n)
        if n
        else 0.0
    )
    return 1.0 if chance == 0 else 1.0 - seen / chance


def _part(pairs: Sequence[tuple[Item, Review]]) -> Part:
    each: dict[str, Counter[str]] = {}
    blockers: Counter[str] = Counter()
    alarms = 0
    for item, found in pairs:
        raised = _raised(item, found)
        alarms += bool(raised and not item.flags)
        severe = {f.check for f in found.findings if f.severity == "blocker"}
        for check in raised | item.flags:
            kind = "hit" if check in raised & item.flags else "alarm" if check in raised else "miss"
            each.setdefault(check, Counter())[kind] += 1
            if check in severe or check in _BLOCKERS:
                blockers[kind] += 1
    total: Counter[str] = sum(each.values(), Counter())
    counts = [Count(c["hit"], c["alarm"], c["miss"]) for c in each.values()]
    graded = [(item.grade, found.grade) for item, found in pairs if item.grade]
    return Part(
        len(pairs),
        Count(total["hit"], total["alarm"], total["miss"]),
        sum(c.f1 for c in counts) / len(counts) if counts else 1.0,
        sum(not item.flags for item, _ in pairs),
        alarms,
        Count(blockers["hit"], blockers["alarm"], blockers["miss"]),
        kappa(graded),
    )


_BLOCKERS = frozenset(
    {
        "disclose.confidential", "timing.withhold", "status.contradicts_slip", "plan.too_early",
        "remedy.unauthorised", "remedy.personal_gift", "legal.liability_admission",
        "draft.unsupported_fact", "draft.placeholder",
    }
)  # fmt: skip


def _raised(item: Item, found: Review) -> frozenset[str]:
    """What was raised; checks that may be raised count neither way."""
    return frozenset(found.flags) - (item.may - item.flags)


def _ids(value: object) -> frozenset[str]:
    return frozenset(str(v) for v in value) if isinstance(value, list | tuple) else frozenset()
