"""How signs join: what an entry needs beside it, what excuses it, what was answered of it."""

from collections.abc import Mapping

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import context_of
from bot.core.coaching.rubric import Place

DELAY = {"today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-05-29"}
CAUSE = {"cause_party": "ours", "cause": "we sized the heating pump for water, not for glycol"}
TOLD = (
    "The heating comes on 29 May, not 15 May. We sized the pump for water and it runs with glycol."
)


def raised(
    text: str, place: Place = "draft", known: Mapping[str, object] | None = None
) -> set[str]:
    """The checks that a text raises."""
    read = review(
        Task(text, place, "en", context_of({**DELAY, **(known or {})})), default_coaching()
    )
    return set(read.flags)


def test_terms_are_changed_informally_only_where_a_term_is_named() -> None:
    check = "remedy.contract_change_informal"
    assert check in raised("Over a pint: the second milestone counts as passed.", "remedy")
    assert check not in raised("Over a pint: the second fitter comes on Monday.", "remedy")


def test_certainty_of_our_own_fault_in_the_same_sentence_is_no_promise() -> None:
    check = "promise.certainty"
    assert check not in raised("Our mistake, no ifs: the mortar was the wrong one.", "cause")
    assert check in raised("We mixed the wrong mortar. No ifs: it stands on the 12th.", "cause")


def test_a_negation_before_counts_where_the_words_hold_none_of_their_own() -> None:
    def withheld(text: str) -> bool:
        return "timing.withhold" in raised(text, "followup")

    assert withheld("My idea is to let it out in dribs and drabs.")
    assert withheld("There's no point spoiling it for them.")
    assert not withheld("We do not let it out in dribs and drabs.")


@pytest.mark.parametrize(
    "contact",
    [
        "15 May is the first of my Friday summaries.",
        "A Friday letter keeps you abreast, 15 May is when it starts.",
        "Friday is mail day on our desk, 15 May for starters.",
    ],
)
def test_the_day_that_was_answered_for_contact_is_the_next_contact(contact: str) -> None:
    known = {**CAUSE, "next_update": "Fridays, first on 8 May or 15 May"}
    assert "followup.no_cadence" not in raised(f"{TOLD} {contact}", known=known)
    assert "followup.no_cadence" in raised(f"{TOLD} You will hear from us.", known=known)


def test_a_remedy_that_nobody_approved_may_not_be_told_in_any_words() -> None:
    remedy = {"what": "reading service for the first year at no charge", "approved": False}
    text = f"{TOLD} For the first year the reading service costs the society nothing."
    assert "remedy.unauthorised" in raised(text, known={**CAUSE, "remedy": remedy})
    assert "remedy.unauthorised" not in raised(
        text, known={**CAUSE, "remedy": {**remedy, "approved": True}}
    )


def test_a_present_in_a_draft_is_also_a_fact_that_nobody_answered() -> None:
    text = f"{TOLD} A case of wine for the foreman is on its way, for him personally."
    assert {"remedy.personal_gift", "draft.unsupported_fact"} <= raised(text, known=CAUSE)


def test_an_ask_without_a_day_is_found_by_what_is_asked() -> None:
    ask = {"what": "approval of the new flue route", "by": None}
    text = f"{TOLD} What I still lack is your approval of the new flue route."
    assert "plan.customer_action_undated" in raised(text, known={**CAUSE, "ask": ask})


@pytest.mark.parametrize(
    "text",
    [
        "Somebody let Kev loose on the label template.",
        "After all it was Femke by whom the teachers were told the wrong week.",
        "Two days extra to undo what Mr Subramaniam terminated the wrong way round.",
        "I write it myself now, Sophie's last one having gone out with wrong figures.",
    ],
)
def test_a_person_is_pointed_at_without_the_word_fault(text: str) -> None:
    assert "cause.names_person" in raised(text, "status")


def test_the_cause_told_with_a_thing_of_ours_has_an_owner() -> None:
    own = "The heating comes on 29 May, not 15 May. Our pump was sized for water, not for glycol."
    assert "draft.no_ownership" not in raised(own, known=CAUSE)
    nobody = "The heating comes on 29 May. The pump was sized for water, not for glycol."
    assert "draft.no_ownership" in raised(nobody, known=CAUSE)


def test_an_answer_without_approval_that_neither_refuses_nor_waits_gives_something() -> None:
    unapproved = {"remedy_approved": False}
    coat = "I told the vicar that the second coat of paint is with the firm."
    assert "remedy.unauthorised" in raised(coat, "remedy", unapproved)
    assert "remedy.unauthorised" not in raised(coat, "remedy")
    waits = "The second coat is before the board."
    assert "remedy.unauthorised" not in raised(waits, "remedy", unapproved)


def test_an_effect_without_figure_burden_or_source_is_denied() -> None:
    denied = "As far as one can judge from here it leaves them cold."
    assert "impact.unfounded_denial" in raised(denied, "impact")
    told = "The night desk works with paper slips."
    assert "impact.unfounded_denial" not in raised(told, "impact")


def test_a_stretch_of_days_is_no_day_without_work() -> None:
    text = "29 May if the primer dries in five days. Eleven panels at two a day."
    assert "plan.non_working_day" not in raised(text, "plan")
    assert "plan.non_working_day" in raised("The panels hang on 23 May.", "plan")


def test_a_short_form_is_no_customer_and_the_architect_no_colleague() -> None:
    moved = "We moved our people, who don't go with LEDs, and the rest stays."
    assert "disclose.confidential" not in raised(moved, "cause")
    sitting = "The architect is sitting on the door schedule, nobody else."
    assert "cause.names_person" not in raised(sitting, "status")
