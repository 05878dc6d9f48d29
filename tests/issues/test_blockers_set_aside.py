"""A blocker that the owner sets aside is seen by somebody else, with the owner's reason."""

from dataclasses import replace

import pytest

from bot.core.approving.preparing import Prepared, prepare
from bot.core.approving.release import Approval
from bot.core.approving.rules import approvals
from bot.core.case import Case, Variant
from bot.core.coaching.told import Coached, Note
from bot.core.dialogue.notes import kept_name
from bot.core.message import draft
from bot.core.words import same
from tests.approval.scene import plain
from tests.delivery_cases import PLAYBOOK, TODAY

VARIANT = Variant("email", "day_to_day", "en")
ON_THE_DRAFT = draft.key(VARIANT)
TOLD, UNTOLD = "cooling belt failed its test", "Two fitters hand in their notice"


def noted(about: str, check: str, phrase: str, reason: str = "") -> Case:
    """A case with one blocker on the draft or a step, kept where there is a reason."""
    note = Note(check, "blocker", "P1", phrase, same("A blocker."), same("Why?"))
    case = replace(plain(), coached={about: Coached((note,))})
    return replace(case, kept={kept_name(about, note): reason}) if reason else case


def prepared(case: Case) -> Prepared:
    return prepare(PLAYBOOK, case, VARIANT, today=TODAY)


def asked(case: Case) -> tuple[Approval, ...]:
    return approvals(PLAYBOOK, case, prepared(case).release, today=TODAY)


@pytest.mark.parametrize(
    ("check", "role"),
    [
        ("legal.liability_admission", "contract_reviewer"),
        ("remedy.unauthorised", "delivery_director"),
        ("timing.withhold", "account_lead"),
    ],
)
@pytest.mark.parametrize("about", [ON_THE_DRAFT, "cause"])
def test_a_blocker_set_aside_needs_a_second_person(about: str, check: str, role: str) -> None:
    assert asked(noted(about, check, TOLD)) == ()
    (found,) = asked(noted(about, check, TOLD, "the board said so"))
    assert found.role == role
    assert "the board said so" in found.because[0].en


def test_a_blocker_on_words_that_the_text_leaves_out_holds_nothing_and_asks_nobody() -> None:
    free = prepared(plain()).holds
    assert prepared(noted("cause", "remedy.unauthorised", UNTOLD)).holds == free
    assert asked(noted("cause", "remedy.unauthorised", UNTOLD, "it is so")) == ()


def test_a_blocker_on_words_of_a_step_that_stand_in_the_text_holds_it_and_says_where() -> None:
    found = prepared(noted("cause", "disclose.confidential", TOLD))
    assert found.look_at == ("cause",)
    assert any("A remark at Cause holds this back" in hold.en for hold in found.holds)
    assert prepared(noted("cause", "disclose.confidential", TOLD, "it is public")).look_at == ()


def test_who_looks_is_data_of_the_playbook() -> None:
    other = replace(PLAYBOOK.approval, second_look={"others": "executive"})
    book = replace(PLAYBOOK, approval=other)
    case = noted("cause", "legal.liability_admission", TOLD, "counsel agreed")
    release = prepared(case).release
    assert [a.role for a in approvals(book, case, release, today=TODAY)] == ["executive"]


def test_a_blocker_on_the_draft_is_not_asked_about_twice() -> None:
    draft_note = Note("legal.liability_admission", "blocker", "P5", TOLD, same("A."), same("W?"))
    both = noted("cause", "legal.liability_admission", TOLD, "counsel agreed")
    coached = {**both.coached, ON_THE_DRAFT: Coached((draft_note,))}
    kept = {**both.kept, kept_name(ON_THE_DRAFT, draft_note): "counsel agreed"}
    (found,) = asked(replace(both, coached=coached, kept=kept))
    assert len(found.because) == 1
