"""Ways out: how many there are, what each costs, who decides."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.core.coaching.detectors.subject import Hit, Subject

_LABELS = re.compile(
    r"(?:\b(?:option|way|variant|route|solution|number|no\.|plan)\s?([a-d1-5]|one|two|three)\b|\(([a-d1-5])\)|(?:^|(?<=[.;:,。\n]\s)|(?<=[。;\n]))([a-d1-5])\s?[:.)]"
    r"|\b(first|second|third)(?:ly)?(?:\s(?:way|option|choice))?\s?[:,]|(?:^|(?<=[.;\n]\s))([a-d]),\s|\b(one|two|three)\s?:|(?:^|(?<=[.;\n]\s))(one|two|three),|(?:方案|选项|办法|方法|路径|选择|路子|思路|法子)\s?([一二三甲乙丙abc123])|([一二三四其])\s?是|第([一二三])[种条个]"
    r"|([①②③④])|(?:^|(?<=[。;；\n]))\s?([一二三四])、|其([一二三])|(?:^|(?<=[。;,\n]))([abc甲乙丙])(?:\s?[:、.)]|\s?(?=[用先租借上保分换走]))|(?:^|(?<=[。;,\n]))\s?([ab])\s(?=[\u4e00-\u9fff]))",
    re.MULTILINE,
)
_NUMBER_OR = re.compile(
    r"(?:\d|one|two|three|four|five|six|days?|weeks?)\s(?:or|to)\s(?:\d|two|three|four|five|six|seven)|[一二两三四五\d]\s?或\s?[一二两三四五\d]|whether or not|sooner or later|more or less"
)

# A sentence with a thing of its own, not one that says more of the one before.
_PART = re.compile(
    r";\s*(?=\S)|\s/\s|\n|(?<=[a-z0-9])\.\s+(?=(?:a|an|one) [a-z])|(?<=[。;])(?=(?:租|借|买|先|另|请|用|走|调|换|分|让|把)[\u4e00-\u9fff])"
)
_DIGIT = re.compile(r"\d")
_PRICES = frozenset({"money", "percent", "duration"})
_PRICE = 100  # from here on a bare number beside a way is taken for what it costs
_NAMED = re.compile(r"(?:^|[.;。；]\s*)[A-Z\u4e00-\u9fff][\w\u4e00-\u9fff' -]{1,30}[:：]")


def too_few(subject: Subject) -> Iterator[Hit]:
    """Fewer than two workable ways; waiting for the new date is none."""
    if subject.task.place == "contingency" and count(subject) < subject.threshold("options"):
        yield Hit("contingency.too_few", subject.first("no_way"))


def no_tradeoff(subject: Subject) -> Iterator[Hit]:
    """Ways without money, time, scope, effort or risk beside any of them."""
    if subject.task.place != "contingency" or subject.has("tradeoff"):
        return
    if not any(q.kind in _PRICES or q.value >= _PRICE for q in subject.quantities):
        yield Hit("contingency.no_tradeoff")


def no_decision(subject: Subject) -> Iterator[Hit]:
    """Ways without a recommendation and without who decides by when."""
    if subject.task.place == "contingency" and not subject.has("recommendation", "decision"):
        yield Hit("contingency.no_decision")


def labels(subject: Subject) -> frozenset[str]:
    """What the ways of a text are called by: a, b; one, two."""
    return frozenset(next(g for g in m.groups() if g) for m in _LABELS.finditer(subject.claimed))


def count(subject: Subject) -> int:
    """How many ways a text names, waiting not counted."""
    named = labels(subject)
    ways = max(len(named), 1)
    joined = [
        start
        for start, end in subject.spans("or_else")
        if not any(m.start() <= start < m.end() for m in _NUMBER_OR.finditer(subject.claimed))
    ]
    if ways < 2:
        ways = 1 + len(joined)
    if ways < 2:
        ways = max(ways, _priced_parts(subject))
    if ways < 2 and subject.has("two_ways"):
        ways = 2
    refused = {subject.number_of(start) for start, _ in subject.spans("no_way")}
    others = (subject.has("two_ways") and bool(subject.quantities)) or any(
        subject.number_of(start) not in refused for start in joined
    )
    if refused and len(named) < 2 and _priced_parts(subject) < 2 and not others:
        return 0
    return ways - len(subject.spans("waiting"))


def _priced_parts(subject: Subject) -> int:
    """The parts, each with a name or its own place and its price: "rent, 900; borrow, free"."""
    named = len(_NAMED.findall(subject.visible))
    bounds = [0, *(m.end() for m in _PART.finditer(subject.claimed)), len(subject.claimed)]
    parts = list(pairwise(bounds))
    priced = [*subject.spans("tradeoff"), *(m.span() for m in _DIGIT.finditer(subject.claimed))]
    counted = sum(any(a <= s < b for s, _ in priced) for a, b in parts)
    return max(1, counted, named if priced else 0)
