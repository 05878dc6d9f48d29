"""Who must agree is looked at again whenever an answer changes, and once more before it leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.approving.leaving import fall_due
from bot.core.approving.react import kept
from bot.core.approving.wording import TELL
from bot.core.case import Case, ChoiceValue
from bot.core.dialogue.answers import put
from bot.core.effects import Deliver, Toast
from bot.core.events import Stamp
from bot.core.words import EventId, FieldId
from tests.approval.scene import AT, OMAR, PM, Scene, heavy
from tests.delivery_cases import PLAYBOOK


async def agreed() -> Case:
    """A message that all have agreed to, of a case that touches no term of the contract."""
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    await scene.choose("approve", by=OMAR)
    case = await scene.now()
    assert case.outgoing is not None
    assert case.outgoing.state == "ready"
    return case


def touching(case: Case, term: str) -> Case:
    """The case after its owner has said which term of the contract the delay touches."""
    stamp = Stamp(EventId("later"), AT + timedelta(minutes=5), PM)
    return put(PLAYBOOK, case, FieldId("contract_term"), ChoiceValue(term), stamp=stamp)


@pytest.mark.parametrize(("term", "stands"), [("damages", False), ("none", True)])
async def test_an_answer_that_adds_an_approver_takes_the_approval_back(
    term: str, stands: bool
) -> None:
    case = await agreed()
    after, effects = kept(PLAYBOOK, case, (touching(case, term), ()))
    assert (after.outgoing is not None) is stands
    assert (Toast(TELL.approval_void) in effects) is not stands


@pytest.mark.parametrize(("term", "leaves"), [("damages", False), ("none", True)])
async def test_what_somebody_new_must_agree_to_does_not_leave(term: str, leaves: bool) -> None:
    case = touching(await agreed(), term)
    assert case.outgoing is not None
    waiting = replace(case, outgoing=replace(case.outgoing, state="waiting", due=AT))
    after, effects = fall_due(PLAYBOOK, waiting, AT)
    assert any(isinstance(e, Deliver) for e in effects) is leaves
    assert (after.outgoing is not None) is leaves
