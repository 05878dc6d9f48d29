"""Empty answers: what is left of a text when the words that say nothing are taken away."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.coaching.detectors.coverage import told
from bot.core.coaching.detectors.progress import shares
from bot.core.coaching.detectors.subject import Hit, Subject

_ENGLISH = re.compile(r"[a-z][a-z'-]{2,}")
_SHORT = 4  # letters up to which a word is taken whole
_HAN = re.compile(r"[\u4e00-\u9fff]")
_THEIRS = re.compile(
    r"\b(?:they|their|them|customers?|clients?|you|your|users?|patients?|guests?|visitors?|passengers?|staff|students?|pupils?)\b|[\u4e00-\u9fff]"
)
_DIGIT = re.compile(r"\d")
# An effect that one of these tells of is not denied; told in empty words it is vague.
_ADMITTED = ("denial_evidence", "impact_shown", "impact_unknown", "own_trouble", "empty_impact")
_IDIOM = re.compile(
    "七七八八|一[天周月年次]比一[天周月年次]|一步一步|一天一个样|三天两头|八九不离十|十有八九|一点一点|一步一个脚印|one by one|step by step"
)


def vague_cause(subject: Subject) -> Iterator[Hit]:
    """A cause without event, thing or mechanism; "open, we know on Tuesday" is fine."""
    if subject.task.place != "cause" or subject.has("mechanism"):
        return
    if subject.days and subject.has("stated_unknown"):
        return
    empty = subject.has("empty_cause", "circular_cause")
    left = content(subject, "empty_words", "empty_cause_words")
    measured = bool(subject.days) or _counted(subject)
    if subject.has("own_part") and not empty:
        return
    most = subject.threshold("vague_cause" if empty else "bare_cause")
    if left <= subject.threshold("empty_content") or (not measured and left <= most):
        yield Hit("cause.vague", subject.first("empty_cause", "circular_cause"))


def vague_cause_draft(subject: Subject) -> Iterator[Hit]:
    """A draft whose only reason is an empty word."""
    if not subject.is_draft:
        return
    known = subject.context.cause is not None
    if known and told(subject, "cause"):
        return
    for start, end in subject.spans("empty_cause"):
        number = subject.number_of(start)
        if subject.among(number, "contact", "keep_posted"):
            continue
        if known or not subject.among(number, "mechanism"):
            yield Hit("cause.vague", (start, end))
            return


def vague_status(subject: Subject) -> Iterator[Hit]:
    """A mood without a count, a percentage or a named finished part."""
    if subject.task.place != "status" or _counted(subject):
        return
    left = content(subject, "empty_words", "mood_words")
    mood = subject.has("mood")
    if subject.has("finished_part") and left > 0:
        return
    if left <= subject.threshold("vague_status" if mood else "bare_status"):
        yield Hit("status.vague", subject.first("mood"))


def nearly_done(subject: Subject) -> Iterator[Hit]:
    """ "Nearly done" beside a high percentage and nothing that could be counted: where work stays."""
    if subject.task.place != "status" or not subject.has("nearly_done"):
        return
    percents = [q.value for q in subject.quantities if q.kind == "percent"]
    counted = any(q.kind != "percent" for q in subject.quantities) or shares(subject)
    if percents and not counted and max(percents) >= subject.threshold("nearly_percent"):
        yield Hit("status.vague", subject.first("nearly_done"))


def vague_impact(subject: Subject) -> Iterator[Hit]:
    """An effect without process, group, date or amount of the customer, or only our own trouble."""
    if subject.task.place != "impact" or subject.has("denial"):
        return
    if subject.has("impact_unknown") and subject.days:
        return
    measured = bool(subject.days) or _counted(subject)
    left = content(subject, "empty_words", "empty_impact_words")
    theirs = subject.has("customer_side") and _THEIRS.search(subject.claimed)
    if subject.has("own_trouble") and not theirs:
        yield Hit("impact.vague", subject.first("own_trouble"))
    elif not measured and (
        left <= subject.threshold("empty_content")
        or (subject.has("empty_impact") and left <= subject.threshold("vague_content"))
    ):
        yield Hit("impact.vague", subject.first("empty_impact"))


def waved_away(subject: Subject) -> Iterator[Hit]:
    """An effect with no figure, no day, no burden and nobody who was asked: it is denied."""
    burdens = subject.coaching.vocabulary("burden_words", subject.language)
    if subject.task.place != "impact" or not burdens or subject.days or _counted(subject):
        return
    if subject.has(*_ADMITTED):
        return
    words = _ENGLISH.findall(subject.claimed)
    if len(words) >= subject.threshold("waved_words") and not any(
        word.startswith(burdens) if len(word) > _SHORT else word in burdens for word in words
    ):
        yield Hit("impact.unfounded_denial", subject.sentences[0])


def content(subject: Subject, *lists: str) -> int:
    """How much is said beyond the words of the lists: words, two Chinese characters as one."""
    english = frozenset(w for name in lists for w in subject.coaching.vocabulary(name, "en"))
    words = {
        word
        for word in _ENGLISH.findall(subject.claimed)
        if word.rstrip("'") not in english
        and word.split("'")[0] not in english
        and _plain(word) not in english
    }
    chinese = tuple(w for name in lists for w in subject.coaching.vocabulary(name, "zh"))
    rest = (
        _removal(chinese).sub("", subject.claimed)
        if _HAN.search(subject.claimed) and chinese
        else ""
    )
    return len(words) + len(_HAN.findall(rest)) // 2


def _plain(word: str) -> str:
    """The word without its commonest endings, as the lists have it."""
    for ending in ("ies", "ed", "ing", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word.removesuffix(ending) + ("y" if ending == "ies" else "")
    return word


@lru_cache(maxsize=64)
def _removal(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)))


def _counted(subject: Subject) -> bool:
    if _DIGIT.search(subject.claimed):
        return True
    idle = [m.span() for m in _IDIOM.finditer(subject.claimed)]
    return any(not any(a <= q.span[0] < b for a, b in idle) for q in subject.quantities)
