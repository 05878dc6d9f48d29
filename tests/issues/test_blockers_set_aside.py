"""A blocker that the owner sets aside is seen by somebody else, with the owner's reason."""

from dataclasses import replace

import pytest

from bot.core.approving.preparing import prepare
from bot.core.approving.rules import approvals
from bot.core.case import Coached, Note, Variant
from bot.core.dialogue.notes import kept_name
from bot.core.message import draft
from bot.core.words import same
from tests.approval.scene import plain
from tests.delivery_cases import PLAYBOOK, TODAY


@pytest.mark.parametrize(
    ("check", "role"),
    [
        ("legal.liability_admission", "contract_reviewer"),
        ("remedy.unauthorised", "delivery_director"),
    ],
)
def test_a_blocker_set_aside_needs_a_second_person(check: str, role: str) -> None:
    variant = Variant("email", "day_to_day", "en")
    about = draft.key(variant)
    note = Note(check, "blocker", "P1", "we are at fault", same("A blocker."), same("Why?"))
    case = replace(plain(), coached={about: Coached((note,))})
    release = prepare(PLAYBOOK, case, variant, today=TODAY).release
    assert approvals(PLAYBOOK, case, release, today=TODAY) == ()
    kept = replace(case, kept={kept_name(about, note): "the board said so"})
    (found,) = approvals(PLAYBOOK, kept, release, today=TODAY)
    assert found.role == role
    assert "the board said so" in found.because[0].en
