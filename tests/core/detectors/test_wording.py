"""Faults of wording: what the frames find is raised where it matters, and not where it is excused."""

import pytest

from bot.core.coaching.detectors import wording
from bot.core.coaching.rubric import Place
from tests.core.detectors.hits import Known, hits, language_of, subject_of

DAY: Known = {"today": "2026-06-03"}
SURE, GIFT, CHANGE = "promise.certainty", "remedy.personal_gift", "remedy.contract_change_informal"
SHORT, LIABLE, VAGUE = "plan.quality_shortcut", "legal.liability_admission", "remedy.vague"


def raised(text: str, place: Place, known: Known | None = None) -> list[str]:
    """The checks, each once, in alphabetical order."""
    subject = subject_of(text, place, known or DAY, language=language_of(text))
    return sorted({found.check for found in hits(wording.faults, subject)})


@pytest.mark.parametrize(
    ("rule", "text", "place", "checks"),
    [
        ("a fault", "We guarantee it.", "plan", [SURE]),
        ("a fault in another place of its own", "We guarantee it.", "draft", [SURE]),
        ("a gift", "We bring her a bottle of wine.", "remedy", [GIFT]),
        ("a gift where none is asked for", "We bring her a bottle of wine.", "plan", []),
        ("two faults", "We bring her a bottle of wine. We guarantee it.", "remedy", [SURE, GIFT]),
        ("a fault that is not of this place beside one that is", "We bring her a bottle of wine. We guarantee it.", "plan", [SURE]),
        ("a fault that needs a sign, with it", "The clause moves over a beer.", "remedy", [CHANGE]),
        ("a fault that needs a sign, without it", "The visit moves over a beer.", "remedy", []),
        ("without the sign, beside another fault", "The visit moves over a beer, we guarantee it.", "remedy", [SURE]),
        ("nothing", "Two fitters hang doors.", "plan", []),
        ("保证", "我们保证。", "plan", [SURE]),
        ("口头改条款", "竣工的违约金条款，我们口头说好不算。", "remedy", [CHANGE]),
    ],
)  # fmt: skip
def test_fault_is_raised_where_it_matters(
    rule: str, text: str, place: Place, checks: list[str]
) -> None:
    assert raised(text, place) == sorted(checks), rule


@pytest.mark.parametrize(
    ("rule", "text", "answer", "draft"),
    [
        ("in the next sentence", "We skip the load test. That is not an option.", [], []),
        ("in the same sentence", "We skip the load test, that is not an option.", [], []),
        ("two sentences on", "We skip the load test. Fine. That is not an option.", [], [SHORT]),
        ("in the sentence before", "That is not an option. We skip the load test.", [], [SHORT]),
        ("nowhere", "We skip the load test.", [SHORT], [SHORT]),
        ("one of two places", "We skip the load test. That is not an option. Fine. We skip the leak test.", [], [SHORT]),
        ("beside certainty: our own fault", "We guarantee it, our mistake.", [], []),
        ("our own fault in the next sentence", "We guarantee it. Our mistake.", [SURE], [SURE]),
        ("our own fault in the sentence before", "Our mistake. We guarantee it.", [SURE], [SURE]),
        ("excused beside another fault", "We skip the load test, that is not an option. Fine. We guarantee it.", [SURE], [SURE]),
        ("没同意", "省掉负荷试验，我们没同意。", [], []),
        ("省掉", "省掉负荷试验。", [SHORT], [SHORT]),
    ],
)  # fmt: skip
def test_sign_excuses_a_fault_in_an_answer_anywhere_and_in_a_draft_near_by(
    rule: str, text: str, answer: list[str], draft: list[str]
) -> None:
    assert (raised(text, "plan"), raised(text, "draft")) == (answer, draft), rule


@pytest.mark.parametrize(
    ("key", "name"), [("project", "Guarantee Desk"), ("customer", "Guarantee Desk"), ("sender", "Guarantee Desk")]
)  # fmt: skip
def test_words_of_a_name_are_no_fault(key: str, name: str) -> None:
    text = "The guarantee desk moves."
    assert raised(text, "plan") == [SURE]
    assert raised(text, "plan", {**DAY, key: name}) == []
    assert raised("It is definitely the guarantee desk.", "plan", {**DAY, key: name}) == [SURE]


def test_words_of_several_names_are_no_fault_either() -> None:
    names: Known = {**DAY, "project": "Hall 4", "customer": "Guarantee Bank", "sender": "Ida"}
    assert raised("The guarantee bank waits.", "plan", names) == []


@pytest.mark.parametrize(
    ("rule", "text", "place", "checks"),
    [
        ("an offer", "They get a case of wine.", "remedy", [GIFT]),
        ("an offer that was turned down", "They asked for a case of wine. It was turned down.", "remedy", []),
        ("turned down beside a promise", "They asked for a case of wine. It was turned down. We guarantee it.", "remedy", [SURE]),
        ("in a step that knows no offers", "It was turned down. We skip the load test.", "plan", [SHORT]),
    ],
)  # fmt: skip
def test_offer_that_was_turned_down_is_none(
    rule: str, text: str, place: Place, checks: list[str]
) -> None:
    assert raised(text, place) == checks, rule


def test_remedy_that_was_turned_down_is_told_by_the_answer_on_it_alone() -> None:
    text = "The hamper was turned down."
    assert wording.turned_down(subject_of(text, "remedy", DAY))
    assert not wording.turned_down(subject_of("The hamper came.", "remedy", DAY))
    assert not wording.turned_down(subject_of(text, "draft", DAY))


WHAT = "we cover all your storage costs for three weeks"
APPROVED: Known = {**DAY, "remedy": {"what": WHAT, "approved": True}}


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "checks"),
    [
        ("the approved remedy", "We cover all your storage costs for three weeks.", "draft", APPROVED, []),
        ("not approved", "We cover all your storage costs for three weeks.", "draft", {**DAY, "remedy": {"what": WHAT, "approved": False}}, [LIABLE]),
        ("no remedy", "We cover all your storage costs for three weeks.", "draft", DAY, [LIABLE]),
        ("in the answer itself", "We cover all your storage costs for three weeks.", "remedy", APPROVED, [LIABLE]),
        ("something else", "We cover all your lost sales.", "draft", APPROVED, [LIABLE]),
        ("half of its words", "We cover all storage costs, and more.", "draft", APPROVED, []),
        ("less than half of its words", "We cover all you lose.", "draft", APPROVED, [LIABLE]),
        ("its words far behind", "We cover all that you want, whatever else may come up then, and it is storage costs for three weeks.", "draft", APPROVED, [LIABLE]),
        ("its words far before", "Storage costs for three weeks came up in the call of last Tuesday evening; we cover all.", "draft", APPROVED, [LIABLE]),
        ("its words right before", "Storage costs for three weeks: we cover all.", "draft", APPROVED, []),
        ("another fault stays", "We cover all your storage costs for three weeks. We guarantee it.", "draft", APPROVED, [SURE]),
        ("批准过的补偿", "三周的仓储费全部由我方承担。", "draft", {**DAY, "remedy": {"what": "三周的仓储费全部由我方承担", "approved": True}}, []),
        ("没有批准的", "你们的损失全部由我方承担。", "draft", {**DAY, "remedy": {"what": "三周的仓储费由我方承担", "approved": True}}, [LIABLE]),
    ],
)  # fmt: skip
def test_draft_may_tell_the_remedy_that_was_approved(
    rule: str, text: str, place: Place, known: Known, checks: list[str]
) -> None:
    assert raised(text, place, known) == checks, rule


SKIPPED: Known = {**DAY, "cause": "we skip the load test of cranes"}


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "checks"),
    [
        ("what was answered as the cause", "We skip the load test.", "draft", SKIPPED, []),
        ("another one", "We skip the leak test.", "draft", {**DAY, "cause": "the crane broke"}, [SHORT]),
        ("no cause answered", "We skip the load test.", "draft", DAY, [SHORT]),
        ("in the plan itself", "We skip the load test.", "plan", SKIPPED, [SHORT]),
        ("a promise stays", "We skip the load test. We guarantee it.", "draft", SKIPPED, [SURE]),
        ("a promise in the words of the cause stays", "We guarantee it.", "draft", {**DAY, "cause": "guarantee"}, [SURE]),
        ("原因里就有", "省掉负荷试验。", "draft", {**DAY, "cause": "省掉负荷试验"}, []),
    ],
)  # fmt: skip
def test_draft_may_tell_the_shortcut_that_was_the_cause(
    rule: str, text: str, place: Place, known: Known, checks: list[str]
) -> None:
    assert raised(text, place, known) == checks, rule


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("we skip the load test", True),
        ("skip the load", True),
        ("the load", False),
        ("the crane broke", False),
        (None, False),
    ],
)
def test_three_of_five_words_of_the_cause_tell_it(cause: str | None, told: bool) -> None:
    subject = subject_of("We skip the load test.", "draft", {**DAY, "cause": cause})
    assert wording.repeats_cause(subject, (3, 21)) is told


def test_words_that_say_nothing_repeat_no_cause() -> None:
    subject = subject_of("It is so.", "draft", SKIPPED)
    assert not wording.repeats_cause(subject, (0, 5))


def test_a_fault_is_told_at_its_places_but_not_without_end() -> None:
    subject = subject_of("It is definitely so. " * 25, "plan", DAY)
    spans = [hit.span for hit in wording.faults(subject)]
    assert spans == [(6 + 21 * n, 16 + 21 * n) for n in range(20)]
