"""Reasons: blame, persons named as culprits, guesses, force majeure as a bare label."""

import re
from collections.abc import Iterator

from bot.core.coaching.detectors.subject import Hit, Span, Subject
from bot.core.message.lexicon import NOT_A_SURNAME, ORDINARY, SURNAMES

_NAME_EN = re.compile(
    r"\b(?:[A-Z][a-z]{1,15} (?:[A-Z]\.? )?)?([A-Z][a-z]{2,15})(?:'s|’s)?(?: in our team| from our side| from \w+|, our \w+,)?(?:,? who)?(?: (?:again|then|had|has|simply|accidentally|apparently|once more))?\s{1,2}$"
)
_NOT_NAMES = frozenset(
    [
        "nobody",
        "somebody",
        "everybody",
        "everyone",
        "someone",
        "anyone",
        "customs",
        "people",
        "supplier",
        "client",
        "customer",
        "vendor",
        "management",
        "finance",
        "purchasing",
        "logistics",
        "engineering",
        "production",
        "sales",
        "marketing",
        "procurement",
        "legal",
        "operations",
        "support",
        "nothing",
    ]
)
_ADVERBS_ZH = (
    r"(?:又|把|给|当时|那天|自己|一个人|一时|不小心|粗心|没留神|那边|上次|昨天|居然|竟然|也|就|在)?"
)
_NAME_ZH = re.compile(
    rf"(?:(?:[小老][{SURNAMES}](?![时段区型程序板])|阿[\u4e00-\u9fff]|[{SURNAMES}](?:工|总|经理|主管|师傅|主任|姐|哥|叔|姨|博|会计)"
    rf"|(?:同事|员工|工程师|开发|测试|设计师|经理|采购|组的|负责人)[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    rf"{_ADVERBS_ZH}[^,。;、\n]{{0,6}}|(?<![\u4e00-\u9fff])([{SURNAMES}][\u4e00-\u9fff]{{1,2}}){_ADVERBS_ZH}(?:\d{{1,2}}月\d{{1,2}}日)?(?:型号|料号|图纸|单子)?)$"
)
_LOOK_BACK = 44  # characters


def blame(subject: Subject) -> Iterator[Hit]:
    """The whole fault put on others, or our part denied, and no sentence that states our part."""
    accused = subject.spans("accusation", "denied_part")
    if accused and not subject.has("own_part"):
        yield Hit("cause.blame_shift", accused[0])


def culprit(subject: Subject) -> Iterator[Hit]:
    """A person as the subject of a failure."""
    for start, end in subject.spans("person_failed"):
        span = _person_before(subject, start)
        if span:
            yield Hit("cause.names_person", (span[0], end))
            return


def guess(subject: Subject) -> Iterator[Hit]:
    """A hedge about the cause, and no day or step that will confirm it."""
    place = subject.task.place
    entry = {"cause": "hedge", "draft": "hedged_cause"}.get(place)
    if entry and subject.has(entry) and not subject.has("confirmation"):
        yield Hit("cause.speculation", subject.first(entry))


def bare_label(subject: Subject) -> Iterator[Hit]:
    """Force majeure without the event, or without both its dates and the proof."""
    if subject.task.place not in {"cause", "draft"} or not subject.has("force_majeure"):
        return
    proven = bool(subject.days) or subject.has("proof")
    if not (subject.has("natural_event") and proven):
        yield Hit("cause.force_majeure_bare", subject.first("force_majeure"))


def _person_before(subject: Subject, position: int) -> Span | None:
    sentence = subject.sentences[subject.number_of(position)][0]
    start = max(sentence, position - _LOOK_BACK)
    before = subject.visible[start:position]
    known = " ".join(subject.context.prose[-3:])
    english = _NAME_EN.search(before)
    if english:
        name = english[1].lower()
        common = name in ORDINARY or name in _NOT_NAMES or name.endswith(("ing", "ment", "tion"))
        if not common and english[1] not in _addressees(subject):
            return (start + english.start(), position)
    chinese = _NAME_ZH.search(before)
    wordlike = chinese is not None and (chinese[1] or "")[:2] in NOT_A_SURNAME
    if chinese and not wordlike and chinese[0] not in known:
        return (start + chinese.start(), position)
    return None


def _addressees(subject: Subject) -> str:
    known = subject.context
    return " ".join(filter(None, (known.sender, known.customer, known.project)))
