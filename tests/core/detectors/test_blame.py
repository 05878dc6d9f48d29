"""Blame: another party made responsible, our part denied, and what keeps a sentence from it."""

import pytest

from bot.core.coaching.detectors import blame
from bot.core.coaching.rubric import Place
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

DAY: Known = {"today": "2026-06-03"}


@pytest.mark.parametrize(
    ("rule", "text", "place", "expected"),
    [
        ("an accusation", "The supplier is to blame.", "cause", "supplier is to blame"),
        ("our part denied", "It is not our fault.", "cause", "not our"),
        ("our part stated as well", "The supplier is to blame. We checked the valves too late ourselves.", "cause", None),
        ("no influence", "No influence on that.", "cause", "No influence"),
        ("nothing we could do", "It was out of our hands.", "cause", "out of our hands"),
        ("nothing we could do, beside what has a check of its own", "No influence on that. Force majeure.", "cause", None),
        ("an accusation counts beside that, too", "The supplier is to blame. Force majeure.", "cause", "supplier is to blame"),
        ("a person who is named is told by another check", "No influence on that. Carlos forgot the valves.", "cause", None),
        ("the first of several", "It was out of our hands. The supplier is to blame.", "cause", "out of our hands"),
        ("a party and what it failed to do", "The architect never answered.", "cause", "architect never"),
        ("in a draft", "The architect never answered.", "draft", "architect never"),
        ("we are the subject of the act", "The architect and we never answered.", "cause", None),
        ("too far apart to belong together", "The architect of the new hall on the old quay of the inner harbour let things slide.", "cause", None),
        ("a sentence apart", "The architect knows. It never rains.", "cause", None),
        ("the delay is laid at a party's door", "The delay is because of the architect.", "cause", "because of the architect"),
        ("told with a date it is a fact", "The delay is because of the architect, 3 May.", "cause", None),
        ("laid at its door in a draft", "The delay is because of the architect.", "draft", None),
        ("left undone", "The architect did not send the plans.", "cause", "architect did not send"),
        ("left undone until a date", "The architect did not send the plans until 3 May.", "cause", None),
        ("left undone, in a draft", "The architect did not send the plans.", "draft", None),
        ("at any step", "We did our part.", "plan", "We did our part"),
        ("sent away to others", "Ask the crane hire people.", "plan", "Ask the crane hire"),
        ("our part denied, beside what has a check of its own", "It is not our fault. Force majeure.", "cause", "not our fault"),
        ("sent away, beside that", "Ask the crane hire people. Force majeure.", "cause", "Ask the crane hire"),
        ("what a party is accused of by a word", "The architect dithered over it.", "cause", "architect dithered"),
        ("that word with us as its subject", "The architect waited while we dithered.", "cause", None),
        ("a date in another sentence is no fact of it", "It was 3 May. The delay is because of the architect.", "cause", "because of the architect"),
        ("a figure after it neither", "The delay is because of the architect. 12 frames wait.", "cause", "because of the architect"),
        ("a day without figures is a fact", "The delay has been because of the architect since Monday.", "cause", None),
        ("全怪设计院，在哪一步都算", "全怪设计院。", "plan", "全怪"),
        ("put on them", "You gave us the wrong measurements.", "draft", "You gave us the wrong"),
        ("put on them with a figure, to them", "You gave us the wrong measurements for 12 frames.", "draft", None),
        ("put on them with a figure, among us", "They gave us the wrong measurements for 12 frames.", "cause", "They gave us the wrong"),
        ("where effects are told", "You gave us the wrong measurements.", "impact", None),
        ("a neutral fact", "The supplier delivered the valves on 3 May.", "cause", None),
        ("全怪供应商", "全怪供应商。", "cause", "全怪"),
        ("也说了自己的", "全怪供应商。我们自己也下单晚了。", "cause", None),
        ("拖了", "货代拖了。", "cause", "货代拖了"),
        ("没给图", "设计院没给图。", "cause", "设计院没给"),
        ("没给图，有日期", "设计院5月3日没给图。", "cause", None),
        ("中性的事实", "供应商5月3日到货。", "cause", None),
    ],
)  # fmt: skip
def test_blame_is_put_on_nobody_without_our_part(
    rule: str, text: str, place: Place, expected: str | None
) -> None:
    subject = subject_of(text, place, DAY, language=language_of(text))
    wanted = [] if expected is None else [Found("cause.blame_shift", expected, {})]
    assert hits(blame.blame, subject) == wanted, rule
