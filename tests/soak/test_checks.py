"""Each thing that a soak checks is found where it does not hold, and nowhere else."""

from dataclasses import replace

import pytest

from tests.soak import checks
from tests.soak.record import Logged, Record, Row
from tests.soak.seeds import Due
from tests.soak.town import Standing, Written

SAID, TOLD, STRANGE, FOREIGN = "zqa1x11", "zqa2x22", "zqa3x33", "zqb4x44"
ASK = "milestone_check/1"
ANSWER = Logged("T1", "case", "Typed", "e1", f'{{"text": "{SAID}"}}')
ASKED = Logged("T1", "case", "PingDue", "e2", f'{{"ping": "{ASK}"}}')
POST = Row("T1", "row", "post", "sent", "{}")

GOOD = Record(
    letters={"T1": "a", "T2": "b"},
    written=(Written(SAID, "T1", "U1", begins=True),),
    acknowledged=frozenset({SAID}),
    log=(ANSWER, ASKED),
    cases=(("T1", f'{{"name": "{SAID}"}}'),),
    people=(("T1", "{}"),),
    outbox=(POST,),
    standing=(Standing("T1", "row", f"thank you for {SAID}", "D1/1"),),
    read=(f"the bread line {TOLD} is late",),
    messages=(Due("T1", "case", "send", TOLD),),
    asks=(Due("T1", "case", ASK),),
    exits=(0, 0),
    fallen=(1,),
    lines='{"event": "look failed"}\n',
)

BROKEN = {
    "something waits": (replace(GOOD, waiting=2), "2 rows still wait"),
    "an answer is in no log": (
        replace(GOOD, log=(ASKED,)),
        f"{SAID} was acknowledged and is lost",
    ),
    "an answer is in no case": (
        replace(GOOD, cases=()),
        f"{SAID} was acknowledged and stands in no case",
    ),
    "an answer is in the log of another tenant": (
        replace(GOOD, letters={"T1": "a", "T2": "a"}, log=(replace(ANSWER, tenant="T2"), ASKED)),
        f"{SAID} was acknowledged and is lost",
    ),
    "an answer counts twice": (
        replace(GOOD, log=(ANSWER, replace(ANSWER, event="e3"), ASKED)),
        f"{SAID} counted 2 times",
    ),
    "a customer is told twice": (
        replace(GOOD, read=(*GOOD.read, *GOOD.read)),
        f"the message {TOLD} of case stands 2 times",
    ),
    "a customer is not told": (
        replace(GOOD, read=()),
        f"the message {TOLD} of case stands 0 times",
    ),
    "a customer reads what is not for them": (
        replace(GOOD, read=(*GOOD.read, f"{STRANGE} is for us alone")),
        f"{STRANGE} reached a customer",
    ),
    "a reminder is asked twice": (
        replace(GOOD, log=(*GOOD.log, ASKED)),
        f"the reminder {ASK} of case was asked 2 times",
    ),
    "a reminder is not asked": (
        replace(GOOD, log=(ANSWER,)),
        f"the reminder {ASK} of case was asked 0 times",
    ),
    "a row stands twice": (
        replace(GOOD, standing=(*GOOD.standing, *GOOD.standing)),
        "the row row stands 2 times (D1/1, D1/1)",
    ),
    "a row stands nowhere": (replace(GOOD, standing=()), "the row row is sent and stands nowhere"),
    "a row is dead": (replace(GOOD, outbox=(replace(POST, state="dead"),)), "the row row is dead"),
    "nobody knows of a row": (
        replace(GOOD, outbox=(replace(POST, state="unknown"),)),
        "the row row is unknown",
    ),
    "a case is another tenant's": (
        replace(GOOD, cases=(*GOOD.cases, ("T1", FOREIGN))),
        f"{FOREIGN} is seen in the tenant T1",
    ),
    "a person is another tenant's": (
        replace(GOOD, people=(("T1", FOREIGN),)),
        f"{FOREIGN} is seen in the tenant T1",
    ),
    "a log is another tenant's": (
        replace(GOOD, log=(*GOOD.log, replace(ANSWER, event="e3", body=FOREIGN))),
        f"{FOREIGN} is seen in the tenant T1",
    ),
    "a row is another tenant's": (
        replace(GOOD, outbox=(replace(POST, body=FOREIGN),)),
        f"{FOREIGN} is seen in the tenant T1",
    ),
    "a message is another tenant's": (
        replace(GOOD, standing=(Standing("T1", "row", FOREIGN),)),
        f"{FOREIGN} is seen in the tenant T1",
    ),
    "a rule is broken": (replace(GOOD, rules=("Lark: two at once",)), "Lark: two at once"),
    "a process ends badly": (replace(GOOD, exits=(0, -15)), "a process ended with -15"),
    "a process ends unasked": (
        replace(GOOD, fallen=(0,)),
        "a process ended by itself as if told to",
    ),
    "a word is in a log": (replace(GOOD, lines=f"no room for {SAID}"), f"{SAID} is in a log"),
}


def test_a_good_record_holds() -> None:
    assert checks.faults(GOOD) == ()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_told_in_one_sentence(name: str) -> None:
    record, sentence = BROKEN[name]
    assert checks.faults(record) == (sentence,)


def test_what_nobody_acknowledged_may_be_lost() -> None:
    assert checks.faults(replace(GOOD, acknowledged=frozenset(), log=(ASKED,))) == ()


def test_at_a_weekend_nobody_is_asked() -> None:
    assert checks.faults(replace(GOOD, times=0, log=(ANSWER,))) == ()


def test_every_check_is_shown_to_fail() -> None:
    failing = {
        check for check in checks.CHECKS for record, _ in BROKEN.values() if [*check(record)]
    }
    assert failing == set(checks.CHECKS)
