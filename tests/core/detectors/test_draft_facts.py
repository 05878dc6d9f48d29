"""A draft against the facts: dates, numbers, counts, measures and names that nobody answered."""

from collections.abc import Sequence

import pytest

from bot.core.coaching.detectors import draft_facts
from bot.core.coaching.detectors.registry import Detector
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

FACTS: Known = {
    "today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18",
    "cause": "the seals of pump two leaked, ordered on 4 May", "status": "17 of 24 valves are fitted",
    "impact": "the night shift switches 40 lamps by hand", "options": ["rent two pumps for 900 euros a day"],
    "next_update": "every Tuesday, first on 9 June", "customer_deadline": "2026-06-25",
    "sender": "Nora Lindqvist", "people": 6,
}  # fmt: skip


def check(detector: Detector, text: str, known: Known, words: Sequence[str], rule: str) -> None:
    """That a detector tells `words` of a draft, each as its own slot, and nothing of an answer."""
    found = hits(detector, subject_of(text, "draft", known, language=language_of(text)))
    assert found == [Found("draft.unsupported_fact", w, {"x": w}) for w in words], rule
    answer = subject_of(text, "plan", known, language=language_of(text))
    assert hits(detector, answer) == []
    nothing = {"today": "2026-06-03", "next_update": "every Tuesday"}
    assert hits(detector, subject_of(text, "draft", nothing, language=language_of(text))) == []


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("the new date", "They run on 18 June.", []),
        ("the old one", "They should have run on 5 June.", []),
        ("theirs", "Your fair is on 25 June.", []),
        ("one of the cause", "Ordered on 4 May.", []),
        ("nobody's", "They run on 19 June.", ["19 June"]),
        ("the first of two", "They run on 19 or 20 June.", ["19"]),
        ("a stretch between two known dates", "Between 5 and 18 June they stand.", []),
        ("a day without figures", "They run on Tuesday.", []),
        ("a month is no day", "They run in June.", []),
        ("a bare ordinal of a known day", "They run on the 18th.", []),
        ("the day of the next contact", "You hear from us on 16 June.", []),
        ("6月19日没人说过", "水泵6月19日投运。", ["6月19日"]),
        ("6月18日", "水泵6月18日投运。", []),
    ],
)  # fmt: skip
def test_date_in_a_draft_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_date, text, FACTS, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("a count of the facts", "We have fitted 17 of 24 valves.", []),
        ("what is left of it", "7 valves are left.", []),
        ("its share", "That is 71 percent.", []),
        ("another share", "That is 85 percent.", ["85 percent"]),
        ("the length of the slip", "That is 13 days later.", []),
        ("in working days", "That is 9 working days later.", []),
        ("a field", "6 people work on it.", []),
        ("another count", "55 lamps are dark.", ["55 lamps"]),
        ("the sum of an option", "It costs 900 euros a day.", []),
        ("another sum", "It costs 800 euros a day.", ["800 euros"]),
        ("three at most are no claim", "Three things count.", []),
        ("four are one", "44 fitters come.", ["44 fitters"]),
        ("what is told of contact", "We call you at 55 minutes past.", []),
        ("55盏没人说过", "55盏灯不亮。", ["55"]),
        ("40盏", "40盏灯要手动。", []),
        ("花掉的天数只有回答说得出", "来回花了13天。", ["13天"]),
    ],
)  # fmt: skip
def test_number_in_a_draft_was_answered_or_follows(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_number, text, FACTS, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("the count as answered", "24台装好17台。", []),
        ("another part of a known whole", "24台装好15台。", ["15"]),
        ("what is left", "24台还剩7台。", []),
        ("an unknown whole", "30台装好15台。", []),
    ],
)  # fmt: skip
def test_part_of_a_known_whole_was_answered(rule: str, text: str, words: list[str]) -> None:
    known = {**FACTS, "status": "24台阀门装好17台"}
    check(draft_facts.unsupported_count, text, known, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("new people", "We have added two fitters.", ["We have added two fitters"]),
        ("nothing new", "Two fitters work on it.", []),
        ("加人", "我们加派了两名装配工。", ["加派了两名装配工"]),
        ("没有加人", "两名装配工在干。", []),
    ],
)  # fmt: skip
def test_measure_in_a_draft_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_measure, text, FACTS, words, rule)


def test_measure_that_was_answered_may_be_told() -> None:
    known = {**FACTS, "what_changed": "we have added two fitters"}
    subject = subject_of("We have added two fitters.", "draft", known)
    assert hits(draft_facts.unsupported_measure, subject) == []


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("a person nobody named", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask Fiona Beckett for more. Regards, Nora", ["Fiona Beckett"]),
        ("the sender", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask Nora Lindqvist for more. Regards, Nora", []),
        ("one word is no name", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask Fiona for more. Regards, Nora", []),
        ("who is greeted", "Dear Fiona Beckett, the pumps come later. We work on it. Regards, Nora", []),
        ("who signs", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask us. Regards, Fiona Beckett", []),
    ],
)  # fmt: skip
def test_name_in_a_draft_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_name, text, FACTS, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("没人提过的总监", "技术总监邹明会全程盯。", ["邹明"]),
        ("职务后面没有人名", "技术总监会全程盯。", []),
    ],
)  # fmt: skip
def test_holder_of_an_office_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_holder, text, FACTS, words, rule)


def test_holder_that_was_answered_may_be_named() -> None:
    known = {**FACTS, "what_changed": "技术总监邹明驻场"}
    subject = subject_of("技术总监邹明会全程盯。", "draft", known, language="zh")
    assert hits(draft_facts.unsupported_holder, subject) == []
