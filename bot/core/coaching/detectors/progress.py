"""Progress: what is left, figures that contradict each other, "on track" while the date moves."""

import re
from collections.abc import Iterator

from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.reading.numerals import WORDS

_DIGIT = re.compile(r"\d")
_OF = re.compile(r"(\d{1,5})\s?(?:/|of|[a-z ]{0,30}out of)\s?(?:the |our )?(\d{1,5})(?![\d/-])")
COUNTS_ZH = re.compile(
    r"(?<![\d.])(\d{1,5})\s?[\u4e00-\u9fff]{1,8}?(?:里|中|,|，)?\s?(?:只|才|已经?|目前)?\s?[\u4e00-\u9fff]{1,6}?(?:了|好|完|过|成|到|换|装|通)\s?(\d{1,5})"
)
SAME_UNIT = re.compile(
    r"(?<![\d.])(\d{1,5})\s?([\u4e00-\u9fff])[\u4e00-\u9fff]{1,12}?(?<!还有)(?<![剩余差欠缺还])(\d{1,5})\s?\2(?![\u4e00-\u9fff]{0,3}[没未])"
)  # 14道焊口合格11道
_ZH_LEFT = re.compile(
    r"(\d{1,5})\s?[\u4e00-\u9fff]{1,8}?[,，]?\s?(?:还)?(?:剩|差|欠|缺)(?:下|余)?\s?(\d{1,5})"
)
_OF_FIRST = re.compile(
    r"\bof (?:the |our |all )?(\d{1,5}) [a-z -]{2,40}?,? (\d{1,5}) (?:[a-z]+ )?(?:are|is|have|has|were|stand|run|work|hang)\b"
)
_DONE = r"(?:[a-z]+ ){0,3}(?:done|finished|ready|complete|migrated|moved|fixed|in|up)[,;:]"
_EN_LEFT = re.compile(
    rf"(\d{{1,5}}) (?!{_DONE})[a-z ]{{2,30}}[,:;]? (\d{{1,5}}) (?:[a-z]+ ){{0,2}}(?:are |is )?(?:left|open|remain(?:ing)?|to go|missing)"
)
_EN_DONE_LEFT = re.compile(
    rf"(\d{{1,5}}) {_DONE} (\d{{1,5}}) (?:[a-z]+ ){{0,3}}(?:left|open|remain(?:ing)?|to go|missing)"
)
_EN_LEFT_OF = re.compile(
    r"(\d{1,5}|[a-z]+) (?:[a-z]+ ){0,3}(?:left|open|missing|to go|outstanding)(?: out)? (?:of|from) (?:the )?(\d{1,5}|[a-z]+)\b"
)
_ZH_NOT_YET = re.compile(
    r"(\d{1,5})\s?([\u4e00-\u9fff])[\u4e00-\u9fff]{0,6}?[里中,，]?还?有(\d{1,5})\s?\2[\u4e00-\u9fff]{0,3}?[没未]"
)
_ZH_LATER = re.compile(
    r"(?<![剩余差欠缺还有\d.])(\d{1,5})\s?([\u4e00-\u9fff])(?![\u4e00-\u9fff]{0,3}[没未剩])"
)
# Each with the group of the whole and the group of the part.
_DONE_OF = ((_OF, 2, 1), (_OF_FIRST, 1, 2), (SAME_UNIT, 1, 3), (COUNTS_ZH, 1, 2))
_LEFT_OF = ((_ZH_LEFT, 1, 2), (_EN_LEFT, 1, 2), (_EN_LEFT_OF, 2, 1), (_ZH_NOT_YET, 1, 3))
_MOVED = re.compile(
    r"\b(?:moves?|moved|slips?|slipped|shifts?|shifted|late|later|delayed|postponed|instead of|rather than)\b|推|延|晚|改[到为至在]|挪|顺"
)
_DONE_BEFORE = re.compile(r"(?:过|完|完成|成|好|装|做|验|交)了?$")
_SPENT = re.compile(r"\b(?:spent|used|booked|burnt|worked|behind us)\b|已?用了|花了|投入")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

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
    percents = [q for q in subject.quantities if q.kind == "percent"]
    given = known.percent_done
    if given is not None:  # the share that was given is of the whole; another one is of a part
        percents.sort(key=lambda q: abs(float(q.value) - given))
    percent = percents[0] if percents else None
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
        if subject.task.place == "status" and _late_elsewhere(subject, number):
            continue
        dated = any(day.covers(known.new_date) for day in subject.days_in(number))
        if dated and not subject.among(
            number, "on_track", "plan_holds", "timing_steady", "timing_kept"
        ):
            continue
        part = subject.among(number, "only_a_part", "new_plan", "part_claim")
        if not part and not subject.has("slip_told"):
            yield Hit("status.contradicts_slip", (start, end))
            return


def _late_elsewhere(subject: Subject, claimed: int) -> bool:
    """Whether another sentence says that the new date is a later one: the claim is of a part."""
    new = subject.context.new_date
    return new is not None and any(
        any(day.covers(new) for day in subject.days_in(number))
        and _MOVED.search(subject.claimed, *subject.sentences[number])
        for number in range(len(subject.sentences))
        if number != claimed
    )


def _fraction(subject: Subject) -> float | None:
    """A share that is told in words: "half done", 干了一半."""
    return next((n for words, n in _FRACTIONS if words.search(subject.claimed)), None)


def shares(subject: Subject) -> list[float]:
    """The counts in the text as percentages done, the first one first."""
    ratios = [
        (float(q.value), float(q.of)) for q in subject.quantities if q.kind == "ratio" and q.of
    ]
    text = _THOUSANDS.sub("", subject.claimed)
    found = [100 * part / whole for part, whole in ratios if whole >= part]
    found.extend(_told_shares(text))
    if found:
        found.extend(_later_counts(text))
    if len(ratios) > 1:
        found.append(100 * sum(part for part, _ in ratios) / sum(whole for _, whole in ratios))
    return found


def _told_shares(text: str) -> Iterator[float]:
    """The shares of counts that are told together: "5 of 10 hang", "three left out of ten", 还有12排没上电."""
    for pattern, whole, part in _DONE_OF:
        yield from (done for match in pattern.finditer(text) for done in _share(match, whole, part))
    for pattern, whole, part in _LEFT_OF:
        yield from (
            100 - left
            for match in pattern.finditer(text)
            if not _SPENT.search(text, max(0, match.start() - 12), match.end())
            for left in _left(text, match, whole, part)
        )
    for match in _EN_DONE_LEFT.finditer(text):
        done, left = int(match[1]), int(match[2])
        if done + left:
            yield 100 * done / (done + left)


def _left(text: str, match: re.Match[str], whole: int, part: int) -> Iterator[float]:
    """The percentage that is left; where the first count is of what is done, both make the whole."""
    if not _DONE_BEFORE.search(text, max(0, match.start() - 4), match.start()):
        yield from _share(match, whole, part)
    elif match[whole].isdecimal() and match[part].isdecimal() and int(match[part]):
        yield 100 * int(match[part]) / (int(match[whole]) + int(match[part]))


def _share(match: re.Match[str], whole: int, part: int) -> Iterator[float]:
    """The percentage of one group in another, in figures or words; none where it is no part."""
    of, some = (int(n) if n.isdecimal() else WORDS.get(n, -1) for n in (match[whole], match[part]))
    if 0 <= some <= of and of:
        yield 100 * some / of


def _later_counts(text: str) -> Iterator[float]:
    """The shares of each later count in the unit of a whole: 24台喷完24台，下线9台."""
    wholes: dict[str, list[int]] = {}
    for match in _ZH_LATER.finditer(text):
        wholes.setdefault(match[2], []).append(int(match[1]))
    for whole, *later in wholes.values():
        yield from (100 * n / whole for n in later[1:] if 0 < whole >= n)


def _whole(subject: Subject) -> tuple[int, int]:
    return subject.sentences[0] if subject.sentences else (0, 0)
