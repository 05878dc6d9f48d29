"""The coach: all checks over one answer or draft, precedence, order of severity, grade, strength."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.grounds import literally, scant
from bot.core.coaching.detectors.plans import is_founded
from bot.core.coaching.detectors.registry import DETECTORS, OF_WHOLE_CASES
from bot.core.coaching.detectors.rewording import reword
from bot.core.coaching.detectors.subject import Hit, Subject, Task, prepare
from bot.core.coaching.frames import Span
from bot.core.coaching.rubric import SEVERITIES, Check, Coaching, Place, Principle, Severity
from bot.core.coaching.weighing import same_words, weighed
from bot.core.words import Language, Text

Grade = Literal["A", "B", "C", "D"]

__all__ = ["Context", "Finding", "Grade", "Review", "Task", "grade", "review", "strength"]

# Which check keeps another from being raised beside it (rubric, section 3).
_WINS: Mapping[str, tuple[str, ...]] = {
    "cause.force_majeure_bare": ("cause.vague",),
    "disclose.confidential": ("cause.vague",),
    "cause.blame_shift": ("cause.vague",),
    "cause.speculation": ("cause.vague",),
    "cause.names_person": ("cause.vague",),
    "timing.withhold": ("cause.vague",),
    "status.vague": ("status.no_remaining",),
    "impact.unfounded_denial": ("impact.vague",),
    "plan.no_date": ("plan.no_evidence", "plan.no_milestones", "plan.confidence_unstated"),
    "contingency.too_few": ("contingency.no_tradeoff", "contingency.no_decision"),
    "remedy.personal_gift": ("remedy.unauthorised", "remedy.vague"),
    "remedy.contract_change_informal": ("remedy.unauthorised", "promise.certainty"),
    "legal.liability_admission": ("remedy.unauthorised",),
    "remedy.vague": ("remedy.unauthorised", "promise.certainty"),
}
# In a draft: the fact whose absence is told by a more exact check.
_EXACT: Mapping[str, tuple[str, ...]] = {
    "cause": ("cause.vague", "cause.blame_shift"),
    "new_date": ("draft.unsupported_fact", "plan.no_date", "plan.date_conflict"),
}

# Checks of wording, of which two on the same words would be one fault told twice.
_WORDING = frozenset(
    {
        "cause.blame_shift", "timing.withhold", "promise.certainty", "impact.unfounded_denial",
        "plan.quality_shortcut", "disclose.confidential", "remedy.personal_gift", "remedy.vague",
        "remedy.contract_change_informal", "remedy.unauthorised", "legal.liability_admission",
        "status.contradicts_slip", "tone.defensive", "tone.minimise",
    }
)  # fmt: skip
_GROUNDED = "draft.unsupported_fact"
# What may stand in a sentence with a claim that nobody gave: an offer that nobody gave is both.
_WITH_CLAIMS = (_GROUNDED, "remedy.unauthorised")
_FOREMOST = "disclose.confidential"  # what is not ours to tell is told first, whatever else it is
# Checks of what somebody means to do or to say, which can be told and refused in one breath.
_INTENDED = _WORDING - {"cause.blame_shift", "disclose.confidential", "tone.defensive"}
_INTO = 4  # characters of a finding into which the refusal may reach
# Whose words they are first: the checks of the step that is answered.
_OWN: Mapping[str, tuple[str, ...]] = {
    "cause": ("cause.",),
    "status": ("status.",),
    "impact": ("impact.",),
    "plan": ("plan.", "promise."),
    "remedy": ("remedy.", "legal."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the coach says of one place in a text.

    `span` and `phrase` are exact in the text as given; both are empty where something is missing.
    `message` says what the customer will read, `rewording` uses the person's own facts only.
    """

    check: str
    severity: Severity
    principle: Principle
    span: Span
    phrase: str
    message: Text
    question: Text
    rewording: Text | None = None
    worded: bool = False  # a claim in words, which the ledger of figures and names does not read


@dataclass(frozen=True, slots=True)
class Review:
    """All of a text's findings, most severe first; advice apart, which is never scored."""

    findings: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    grade: Grade
    strength: Text | None

    @property
    def flags(self) -> tuple[str, ...]:
        """The ids of the checks that fired, in alphabetical order."""
        return tuple(sorted(finding.check for finding in self.findings))

    @property
    def ready(self) -> bool:
        """Whether nothing holds the text back."""
        return all(finding.severity != "blocker" for finding in self.findings)


def review(task: Task, coaching: Coaching) -> Review:
    """Every check over one text. Never raises, whatever the text and the context hold."""
    subject = prepare(task, coaching)
    hits: dict[str, list[Hit]] = {}
    few = scant(task.context)
    for detector in DETECTORS:
        if few and detector in OF_WHOLE_CASES:
            continue
        for hit in detector(subject):
            known = coaching.check_of.get(hit.check)
            if known and task.place in known.applies and not _disavowed(subject, hit):
                hits.setdefault(hit.check, []).append(hit)
    meant = {c: h for c, h in weighed(subject, hits).items() if not _disavowed(subject, h)}
    kept = _apart(_preceding(_yielding(subject, meant, hits)), task.place, coaching)
    order = coaching.order
    found = [
        _finding(subject, coaching.check_of[check], kept[check])
        for check in sorted(kept, key=lambda check: order[check])
    ]
    scored = tuple(f for f in found if not coaching.check_of[f.check].advice)
    advice = tuple(f for f in found if coaching.check_of[f.check].advice)
    severities = [f.severity for f in scored]
    grave = any(severity != "minor" for severity in severities)
    return Review(scored, advice, grade(severities), strength(subject, grave=grave))


def grade(severities: Sequence[Severity]) -> Grade:
    """The grade of a draft from the severities of its findings (rubric, section 2)."""
    majors, minors = severities.count("major"), severities.count("minor")
    if "blocker" in severities or majors >= 3:
        return "D"
    if majors or minors >= 3:
        return "C"
    return "B" if minors else "A"


def strength(subject: Subject, *, grave: bool = False) -> Text | None:
    """One clause on what is good in a text; None when nothing stands out.

    Beside a `grave` finding a bare day or number is no praise, for it says little of the text.
    """
    for entry, said in _STRENGTHS.items():
        if subject.has(entry) and (entry != "basis" or is_founded(subject)):
            return said
    if grave:
        return None
    if any(q.kind == "ratio" for q in subject.quantities):
        return Text(en="You counted what is done.", zh="完成了多少，您是数出来的。")
    if any(day.single for day in subject.days):
        return Text(en="You name a day.", zh="您给了具体的日子。")
    return None


_STRENGTHS: Mapping[str, Text] = {
    "own_part": Text(en="You say which part was ours.", zh="您说清了哪一段是我们的责任。"),
    "told_late": Text(en="You own up to telling late.", zh="您承认了告知太晚。"),
    "date_for_date": Text(en="You say on which day you will know.", zh="您说了哪一天能给出结论。"),
    "basis": Text(en="You say what the date rests on.", zh="您说了日期的依据。"),
    "change": Text(en="You say what is different now.", zh="您说了这次有什么不同。"),
}


def _yielding(
    subject: Subject, meant: Mapping[str, Hit], hits: Mapping[str, Sequence[Hit]]
) -> dict[str, Hit]:
    """The hits; a claim in words only where no other check speaks of its sentence, and one found
    with another fault only where that stands."""
    taken = {
        number
        for check, hit in meant.items()
        if check not in _WITH_CLAIMS and not check.startswith("tone.") and hit.span[1] > hit.span[0]
        for number in range(subject.number_of(hit.span[0]), subject.number_of(hit.span[1] - 1) + 1)
    }
    left = dict(meant)
    if left.pop(_GROUNDED, None) is not None:
        for hit in hits[_GROUNDED]:
            if subject.context.told and not hit.worded:
                continue  # the ledger of the assembled draft knows more of figures
            free = subject.number_of(hit.span[0]) not in taken and not literally(subject, hit.span)
            if (hit.beside or hit.check) in meant and (free or not hit.worded):
                left[_GROUNDED] = hit
                break
    return left


def _preceding(hits: Mapping[str, Hit]) -> dict[str, Hit]:
    """The hits that remain when one fault raises one flag."""
    lost = {check for winner in hits for check in _WINS.get(winner, ())}
    gap = hits.get("draft.missing_fact")
    wrong = hits.get(_GROUNDED)
    if gap and wrong and gap.slots.get("name") == wrong.slots.get("name"):
        lost.add("draft.missing_fact")  # another cause than the given one is a wrong value
    if gap and any(winner in hits for winner in _EXACT.get(str(gap.slots.get("name")), ())):
        lost.add("draft.missing_fact")
    return {check: hit for check, hit in hits.items() if check not in lost}


def _disavowed(subject: Subject, hit: Hit) -> bool:
    """Whether an answer tells of a fault only to say, right after, that it was turned down."""
    if hit.check not in _INTENDED or subject.is_draft:
        return False
    number = subject.number_of(hit.span[0])
    end = subject.sentences[number][1] if subject.sentences else 0
    return any(hit.span[1] - _INTO <= start < end for start, _ in subject.spans("disavowed"))


def _apart(hits: Mapping[str, Hit], place: Place, coaching: Coaching) -> dict[str, Hit]:
    """Of hits on the same words one remains: a secret, that of the step itself, the graver, the longer.

    Only wording is judged so: a draft held against its facts may be wrong twice in one place.
    """
    kept: dict[str, Hit] = {}

    def rank(check: str) -> tuple[bool, bool, int, int]:
        start, end = hits[check].span
        grave = SEVERITIES.index(coaching.check_of[check].severity)
        own = check.startswith(_OWN.get(place, ("-",)))
        return (check != _FOREMOST, not own, grave, start - end)

    for check in sorted(hits, key=rank):
        clash = check in _WORDING and any(
            other in _WORDING and same_words(hits[check].span, hit.span)
            for other, hit in kept.items()
        )
        if not clash:
            kept[check] = hits[check]
    return kept


def _finding(subject: Subject, check: Check, hit: Hit) -> Finding:
    start, end = hit.span
    phrase = subject.text[start:end]
    slots = {"x": phrase, **hit.slots}
    return Finding(
        check.id,
        check.severity,
        check.principle,
        (start, end),
        phrase,
        _filled(check.message, slots),
        _filled(check.question, slots),
        hit.reword or reword(subject, check.id, hit.span),
        hit.worded,
    )


class _Lenient(dict[str, str]):
    """Slots; one without a value shows as dots, so that no text of a team can break a finding."""

    def __missing__(self, key: str) -> str:
        return "…"


def _filled(text: Text, slots: Mapping[str, Text | str | int]) -> Text:
    def side(language: Language) -> str:
        values = {k: v.to(language) if isinstance(v, Text) else str(v) for k, v in slots.items()}
        return text.to(language).format_map(_Lenient(values))

    return Text(en=side("en"), zh=side("zh"))
