"""Reasons: guesses, and force majeure as a bare label."""

import pytest

from bot.core.coaching.detectors import causes
from bot.core.coaching.rubric import Place
from bot.core.words import Language
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

PUMP: Known = {"today": "2026-06-03", "cause": "the seals of pump two leaked at the pressure test"}


@pytest.mark.parametrize(
    ("rule", "text", "place", "expected"),
    [
        ("a hedge in the answer", "Maybe the seals leaked.", "cause", "Maybe"),
        ("known, no hedge", "The seals leaked.", "cause", None),
        ("another step", "Maybe the seals leaked.", "status", None),
        ("the test that settles it has its day", "Maybe the seals; they are being tested, result on 9 June.", "cause", None),
        ("a confirmation is named", "Maybe the seals; we confirm the cause on 9 June.", "cause", None),
        ("a guess at the cause in a draft", "It is probably due to the seals.", "draft", "probably due to"),
        ("of the seals, which are the cause", "Perhaps the seals of pump two leaked.", "draft", "Perhaps"),
        ("of one word of the cause only", "Perhaps pump three is next.", "draft", None),
        ("settled in the next sentence", "Perhaps the seals of pump two leaked. We confirm the cause on 9 June.", "draft", None),
        ("settled two sentences on", "Perhaps the seals of pump two leaked. The hall is cold. We confirm it on 9 June.", "draft", "Perhaps"),
        ("of no word of the cause, but of a breaking", "Perhaps the bearing broke.", "draft", "Perhaps"),
        ("of two words of the cause", "Perhaps pump seals.", "draft", "Perhaps"),
        ("a confirmation without its day", "Perhaps the seals of pump two leaked. We confirm the cause.", "draft", "Perhaps"),
        ("a day that confirms nothing", "Perhaps the seals of pump two leaked. The hall opens on 9 June.", "draft", "Perhaps"),
        ("settled in the same draft", "It is probably due to the seals; we confirm the cause on 9 June.", "draft", None),
        ("a test that is due on a day", "Maybe the seals, the test is due on 9 June.", "cause", None),
        ("a test that is due, no day", "Maybe the seals, the test is due.", "cause", "Maybe"),
        ("大概", "大概是密封圈漏了。", "cause", "大概"),
        ("没有猜", "密封圈漏了。", "cause", None),
        ("周二给结论", "大概是密封圈，正在测试，6月9日给结论。", "cause", None),
    ],
)  # fmt: skip
def test_cause_is_no_guess(rule: str, text: str, place: Place, expected: str | None) -> None:
    subject = subject_of(text, place, PUMP, language=language_of(text))
    found = hits(causes.guess, subject)
    assert found == ([] if expected is None else [Found("cause.speculation", expected, {})]), rule


@pytest.mark.parametrize(
    ("rule", "text", "place", "expected"),
    [
        ("the label alone", "It is force majeure.", "cause", "force majeure"),
        ("in a draft too", "It is force majeure.", "draft", "force majeure"),
        ("at another step", "It is force majeure.", "plan", None),
        ("the event alone", "Force majeure: a flood.", "cause", "Force majeure"),
        ("dates alone", "Force majeure from 3 to 6 May.", "cause", "Force majeure"),
        ("the event and its dates", "Force majeure: the flood of 3 to 6 May.", "cause", None),
        ("the event and its proof", "Force majeure: a flood, the certificate is enclosed.", "cause", None),
        ("the label is turned down", "We do not claim force majeure.", "cause", None),
        ("只有帽子", "因不可抗力延期。", "cause", "不可抗力"),
        ("有事件有日期", "5月3日至6日洪水，属不可抗力。", "cause", None),
    ],
)  # fmt: skip
def test_force_majeure_has_its_event_and_proof(
    rule: str, text: str, place: Place, expected: str | None
) -> None:
    language: Language = language_of(text)
    found = hits(causes.bare_label, subject_of(text, place, PUMP, language=language))
    wanted = [] if expected is None else [Found("cause.force_majeure_bare", expected, {})]
    assert found == wanted, rule


FROST: Known = {
    "today": "2026-01-21", "original_date": "2026-01-30", "new_date": "2026-02-20",
    "cause": "frost from 12 to 16 January burst nine valves", "impact": "no frost watering of the lower field",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "bare"),
    [
        ("the label alone", "We claim force majeure.", True),
        ("the event, with its days", "We claim force majeure: frost from 12 to 16 January.", False),
        ("the event in another sentence", "Frost burst nine valves on 14 January. That is force majeure.", False),
        ("the event as the effect only", "It is force majeure, done on 20 February. No frost watering of the lower field.", True),
        ("a question claims nothing", "Force majeure? Hardly, it froze in January.", False),
        ("a window is no wind", "It is force majeure. The old window stays until 3 February.", True),
        ("别往上靠", "别往不可抗力上靠，1月14日就是一般霜冻。", False),
        ("没同意", "有人劝我按不可抗力写，我没同意。", False),
        ("停电窗口不是停电", "属于不可抗力。停电窗口定在1月22日。", True),
    ],
)  # fmt: skip
def test_force_majeure_in_a_draft_has_its_event(rule: str, text: str, *, bare: bool) -> None:
    subject = subject_of(text, "draft", FROST, language=language_of(text))
    assert bool(hits(causes.bare_label, subject)) is bare, rule


@pytest.mark.parametrize(
    "text", ["台风让我们停工两周，属于不可抗力。", "停工两周，这是不可抗力，不用解释。"]
)
def test_force_majeure_is_claimed_all_the_same(text: str) -> None:
    subject = subject_of(text, "cause", language="zh")
    assert subject.has("force_majeure")
