"""A typed line with more than one answer in it, or with the answer to the next question."""

from dataclasses import replace
from time import process_time

import pytest

from bot.core import flow
from bot.core.case import Case, ChoiceValue
from bot.core.effects import Effect, Recall
from bot.core.events import Begun
from bot.core.words import CaseId, FieldId, StepId, TenantId
from tests.core.talk import Talk
from tests.delivery_cases import PLAYBOOK

LABELLED = [
    ("Apollo, customer Ms Brandt", "Apollo", "Ms Brandt"),
    ("Apollo, customer: Brandt & Co", "Apollo", "Brandt & Co"),
    ("Project: Tram depot, wash hall; customer: City of Bern", "Tram depot, wash hall",
     "City of Bern"),
    ("阿波罗，客户：北湾博物馆", "阿波罗", "北湾博物馆"),
    ("项目：阿波罗；客户是北湾博物馆", "阿波罗", "北湾博物馆"),
]  # fmt: skip
WHOLE = [
    "Tram depot, customer portal",
    "Tram depot, wash hall",
    "阿波罗，客户管理系统",
    "Customer portal",
    "Customer Portal",
    "Tram depot, Customer Portal",
    "客户 门户系统",
    "客户为先平台",
    "客户：",
]
ACCOUNTS = [
    "On 9 February the glass arrived with the wrong coating; seven days lost.",
    "2月9日到货的玻璃镀膜不对，重做耽误了七天。",
]


def begun(project: str) -> tuple[Case, tuple[Effect, ...]]:
    """A case that was begun with these words after the command."""
    stamp = Talk(playbook=PLAYBOOK).stamp()
    return flow.begin(
        PLAYBOOK, Begun(stamp, CaseId("c1"), TenantId("t1"), "en", "UTC", "GB", project)
    )


@pytest.mark.parametrize(("line", "project", "customer"), LABELLED)
def test_the_first_line_can_name_the_customer_too(line: str, project: str, customer: str) -> None:
    talk = Talk(playbook=PLAYBOOK).type(line)
    assert (talk.value("project"), talk.value("customer")) == (project, customer)
    assert Recall(customer) in talk.effects


@pytest.mark.parametrize(("line", "project", "customer"), LABELLED)
def test_so_can_the_words_after_the_command(line: str, project: str, customer: str) -> None:
    case, effects = begun(line)
    talk = Talk(playbook=PLAYBOOK)
    talk.case = case
    assert (talk.value("project"), talk.value("customer")) == (project, customer)
    assert Recall(customer) in effects


@pytest.mark.parametrize("line", WHOLE)
def test_a_name_with_a_comma_stays_one_name(line: str) -> None:
    talk = Talk(playbook=PLAYBOOK).type(line)
    assert (talk.value("project"), talk.value("customer")) == (line, None)


def test_a_date_beside_the_name_is_read_and_an_odd_one_waits_in_its_box() -> None:
    talk = Talk(playbook=PLAYBOOK).type("Apollo; promised date: 4 December 2026")
    assert talk.value("original_date") == "2026-12-04"
    talk = Talk(playbook=PLAYBOOK).type("Apollo; promised date: when the snow melts")
    assert talk.value("project") == "Apollo"
    assert talk.case.pending[FieldId("original_date")].raw == "when the snow melts"


def test_a_customer_that_is_given_already_is_not_overwritten() -> None:
    talk = Talk(playbook=PLAYBOOK).submit({"customer": "Northbay"}).type("Apollo, customer: Brandt")
    assert talk.value("customer") == "Northbay"
    assert talk.value("project") == "Apollo, customer: Brandt"


def at_the_cause() -> Talk:
    """A conversation in which the kind of cause is asked."""
    talk = Talk(playbook=PLAYBOOK)
    talk.case = replace(talk.case, step=StepId("cause"))
    return talk


@pytest.mark.parametrize("line", ACCOUNTS)
def test_what_happened_typed_where_a_kind_is_asked_is_the_account(line: str) -> None:
    talk = at_the_cause().type(line)
    assert talk.value("cause") == line
    assert FieldId("cause_kind") not in talk.case.pending
    assert talk.case.step == "cause"


def test_an_account_that_names_a_kind_is_asked_about_too() -> None:
    line = "The vendor sent the glass with the wrong coating on 9 February."
    talk = at_the_cause().type(line)
    assert talk.value("cause") == line
    (reading,) = talk.case.pending[FieldId("cause_kind")].readings
    assert reading.value == ChoiceValue("supplier")


@pytest.mark.parametrize(
    "line",
    [
        "technical", "故障", "3", "Something else", "I do not know yet", "we don't really know it",
        "我们还不太清楚原因", "这个问题是什么意思？", "can you explain this question", "no idea at the moment",
    ],
)  # fmt: skip
def test_a_pick_or_a_few_words_are_no_account(line: str) -> None:
    assert at_the_cause().type(line).value("cause") is None


def test_a_second_account_does_not_replace_the_first() -> None:
    talk = at_the_cause().type(ACCOUNTS[0]).type(ACCOUNTS[1])
    assert talk.value("cause") == ACCOUNTS[0]
    assert talk.case.pending[FieldId("cause_kind")].raw == ACCOUNTS[1]


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2026年12月4日新品上市", ["2026-12-04"]),
        ("it was 4 December 2026, before the fair", ["2026-12-04"]),
        ("4 December 2026 for the hall, 9 December 2026 for the yard", ["2026-12-04", "2026-12-09"]),
    ],
)  # fmt: skip
def test_a_date_within_a_sentence_is_asked_about(line: str, days: list[str]) -> None:
    talk = Talk(playbook=PLAYBOOK).submit({"project": "A", "customer": "B", "promised": "C"})
    talk.type(line)
    assert talk.value("original_date") is None
    readings = talk.case.pending[FieldId("original_date")].readings
    assert [str(getattr(r.value, "day", "")) for r in readings] == days


@pytest.mark.parametrize(
    "line", ["x" * 59_000, "\n" * 30_000 + "x", ", " * 29_000, "客户 " * 20_000]
)
def test_a_long_line_without_a_sense_is_read_in_no_time(line: str) -> None:
    """In the time of some ten such lines of another kind, since machines differ."""
    plain = "The glass came late. " * 2_800
    spent = min(_seconds(line) for _ in range(3))
    assert spent < 20 * max(min(_seconds(plain) for _ in range(3)), 0.002)


def _seconds(line: str) -> float:
    talks = at_the_cause(), Talk(playbook=PLAYBOOK)
    since = process_time()
    for talk in talks:
        talk.type(line)
    return process_time() - since
