"""Progress: what is left, figures that contradict each other, "on track" while the date moves."""

import re
from collections.abc import Iterator

from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span

_DIGIT = re.compile(r"\d")
_OF = re.compile(r"(\d{1,5})\s?(?:/|of|[a-z ]{0,30}out of)\s?(?:the |our )?(\d{1,5})(?![\d/-])")
COUNTS_ZH = re.compile(
    r"(\d{1,5})\s?[\u4e00-\u9fff]{1,8}?(?:里|中|,|，)?\s?(?:只|才|已经?|目前)?\s?[\u4e00-\u9fff]{1,6}?(?:了|好|完|过|成|到|换|装|通)\s?(\d{1,5})"
)
_SAME_UNIT = re.compile(
    r"(\d{1,5})\s?([\u4e00-\u9fff])[\u4e00-\u9fff]{1,12}?(?<![剩余差欠缺还])(\d{1,5})\s?\2"
)  # 14道焊口合格11道
_ZH_LEFT = re.compile(
    r"(\d{1,5})\s?[\u4e00-\u9fff]{1,8}?[,，]?\s?(?:还)?(?:剩|差|欠|缺)(?:下|余)?\s?(\d{1,5})"
)
_OF_FIRST = re.compile(
    r"\bof (?:the |our |all )?(\d{1,5}) [a-z -]{2,40}?,? (\d{1,5}) (?:[a-z]+ )?(?:are|is|have|has|were|stand|run|work|hang)\b"
)
_EN_LEFT = re.compile(
    r"(\d{1,5}) [a-z ]{2,30}[,:;]? (\d{1,5}) (?:[a-z]+ ){0,2}(?:are |is )?(?:left|open|remain(?:ing)?|to go|missing)"
)

_FRACTIONS = (
    (re.compile(r"\bhalf (?:of it |of the (?:work|job) )?(?:is |are )?(?:done|finished|complete|through|over|ready)\b|\bhalf-?way\b|(?:干|做|完成|过|搞|弄)(?:完|了|成)?(?:了)?(?:一|大)?半(?!年|天|个|成)"), 50.0),
    (re.compile(r"\b(?:two|2) thirds? (?:is |are )?(?:done|finished|complete)\b|(?:完成|做|干)(?:了)?三分之二"), 66.7),
    (re.compile(r"\b(?:a|one) third (?:is |are )?(?:done|finished|complete)\b|(?:完成|做|干)(?:了)?三分之一"), 33.3),
    (re.compile(r"\bthree quarters? (?:is |are )?(?:done|finished|complete)\b|(?:完成|做|干)(?:了)?四分之三"), 75.0),
)  # fmt: skip


def no_remaining(subject: Subject) -> Iterator[Hit]:
    """Says what is done, not what is left; an "x of y" names both."""
    if subject.task.place != "status" or subject.has("remaining") or shares(subject):
        return
    today = subject.context.today
    dated = (day for day in subject.days if _DIGIT.search(day.mention.text))
    if today and any(day.first > today for day in dated):
        return  # what comes on a later day is what is left
    yield Hit("status.no_remaining", _whole(subject))


def mismatch(subject: Subject) -> Iterator[Hit]:
    """A percentage that does not fit the counts, or the work left."""
    if subject.task.place != "status":
        return
    known = subject.context
    percent = next((q for q in subject.quantities if q.kind == "percent"), None)
    said = float(percent.value) if percent else _fraction(subject)
    claims = [c for c in (known.percent_done, said) if c is not None]
    span = percent.span if percent else _whole(subject)
    counted = shares(subject)
    for claim in claims:
        limit = subject.threshold("count_points")
        if counted and all(abs(share - claim) > limit for share in counted):
            yield Hit("status.percent_mismatch", span, {"n": round(counted[0])})
            return
        spent, left = known.spent_days, known.remaining_days
        if spent is not None and left is not None and spent + left > 0:
            share = 100 * spent / (spent + left)
            if abs(share - claim) > subject.threshold("effort_points"):
                yield Hit("status.percent_mismatch", span, {"n": round(share)})
                return


def _claims_to_hold(subject: Subject) -> Iterator[Span]:
    """Words that say that the date holds. Where a draft names the new date, a time word near
    "unchanged" speaks of something else, such as the scope of an option.
    """
    yield from subject.spans("on_track", "plan_holds", "timing_steady", "timing_kept")
    new = subject.context.new_date
    told = new is not None and any(day.covers(new) for day in subject.days)
    if subject.task.place == "draft" and told:
        return
    near = subject.threshold(f"unchanged_reach_{subject.language}")
    yield from subject.pairs("time_noun", "unchanged", near)
    yield from subject.pairs("unchanged", "time_noun", near)


def contradicts_slip(subject: Subject) -> Iterator[Hit]:
    """A claim that the whole is on plan while the new date is later than the agreed one."""
    known = subject.context
    if (
        subject.task.place not in {"status", "draft"}
        or known.new_date is None
        or known.original_date is None
    ):
        return
    if known.new_date <= known.original_date:
        return
    for start, end in _claims_to_hold(subject):
        number = subject.number_of(start)
        dated = any(day.covers(known.new_date) for day in subject.days_in(number))
        if dated and not subject.among(
            number, "on_track", "plan_holds", "timing_steady", "timing_kept"
        ):
            continue
        part = subject.among(number, "only_a_part", "new_plan", "part_claim")
        if not part and not subject.has("slip_told"):
            yield Hit("status.contradicts_slip", (start, end))
            return


def _fraction(subject: Subject) -> float | None:
    """A share that is told in words: "half done", 干了一半."""
    return next((n for words, n in _FRACTIONS if words.search(subject.claimed)), None)


def shares(subject: Subject) -> list[float]:
    """The counts in the text as percentages done, the first one first."""
    found = [
        100 * float(q.value) / float(q.of)
        for q in subject.quantities
        if q.kind == "ratio" and q.of and q.of >= q.value
    ]
    text = subject.claimed
    for match in _OF.finditer(text):
        if 0 < int(match[2]) >= int(match[1]):
            found.append(100 * int(match[1]) / int(match[2]))
    for match in _OF_FIRST.finditer(text):
        if 0 < int(match[1]) >= int(match[2]):
            found.append(100 * int(match[2]) / int(match[1]))
    for match in _SAME_UNIT.finditer(text):
        if 0 < int(match[1]) >= int(match[3]):
            found.append(100 * int(match[3]) / int(match[1]))
    for match in COUNTS_ZH.finditer(text):
        if 0 < int(match[1]) >= int(match[2]):
            found.append(100 * int(match[2]) / int(match[1]))
    for match in (*_ZH_LEFT.finditer(text), *_EN_LEFT.finditer(text)):
        if 0 < int(match[1]) >= int(match[2]):
            found.append(100 - 100 * int(match[2]) / int(match[1]))
    pooled = [(q.value, q.of) for q in subject.quantities if q.kind == "ratio" and q.of]
    if len(pooled) > 1:
        found.append(100 * float(sum(a for a, _ in pooled)) / float(sum(b for _, b in pooled)))
    return found


def _whole(subject: Subject) -> tuple[int, int]:
    return subject.sentences[0] if subject.sentences else (0, 0)
