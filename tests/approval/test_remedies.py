"""A remedy that nobody approved reaches no customer; one that is too large is called so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.coaching import default_coaching
from bot.core.actions import CHANNELS, READERS, TONES
from bot.core.approving import redress
from bot.core.approving.preparing import prepare
from bot.core.approving.rules import above_limit
from bot.core.case import Case, ChoiceValue, Edit, Pending, Variant, text_of
from bot.core.message import draft
from bot.core.words import LANGUAGES, FieldId, same
from bot.script import play
from bot.script.performance import play as perform
from tests.approval.scene import AT, LIN, OMAR, PM, Scene, heavy, words
from tests.delivery_cases import PLAYBOOK, TODAY

FILES = sorted((Path(__file__).parents[1] / "transcripts").rglob("*.yaml"))
GOODWILL, DETAIL = FieldId("goodwill"), FieldId("goodwill_detail")
APPROVED = FieldId("remedy_approved")


def unapproved(case: Case) -> Iterator[Case]:
    """The case with its remedy not approved, in every way that this can be."""
    answer = case.answers[APPROVED]
    rest = {k: v for k, v in case.answers.items() if k != APPROVED}
    yield replace(case, answers=rest)
    refused = replace(answer, value=ChoiceValue("not_yet"))
    yield replace(case, answers={**rest, APPROVED: refused})
    yield replace(case, stale=(*case.stale, APPROVED))
    later = replace(case.answers[DETAIL], revision=answer.revision + 1)
    yield replace(case, answers={**case.answers, DETAIL: later})


def with_remedy() -> list[Case]:
    """Every case of the written conversations that offers a remedy, and two more."""
    found = [heavy()]
    for file in FILES:
        cases = perform(play.load(file), PLAYBOOK, default_coaching()).cases
        found += [c for c in cases if {GOODWILL, DETAIL, APPROVED} <= set(c.answers)]
    return found


def test_no_variant_of_any_conversation_tells_an_unapproved_remedy() -> None:
    cases = with_remedy()
    assert len(cases) > 5
    for case in (each for one in cases for each in unapproved(one)):
        detail = text_of(case, "goodwill_detail").casefold()
        for channel in CHANNELS:
            for reader in READERS:
                for language in LANGUAGES:
                    variant = Variant(channel, reader, language)
                    found = draft.assemble(PLAYBOOK, case, variant, today=TODAY).text
                    assert detail not in found.casefold(), (case.id, variant)


def test_an_unapproved_remedy_written_by_hand_holds_the_message() -> None:
    variant = Variant("email", "day_to_day", "en")
    for case in unapproved(heavy()):
        edit = Edit(f"Subject: News\n\nWe give you {text_of(case, 'goodwill_detail')}.", "", AT, PM)
        typed = replace(case, edits={draft.key(variant): edit}, passed=())
        assert prepare(PLAYBOOK, typed, variant, today=TODAY).holds


@pytest.mark.parametrize(
    ("detail", "above"),
    [
        ("two days of training", False),
        ("three days of training", True),
        ("16 hours of training", True),  # nobody can tell how many days that is
        ("some training", True),
        ("2 days of training plus 50,000 EUR", True),
        ("two days of training until 30 June", False),
        ("培训两天", False),
        ("培训五天", True),
    ],
)
def test_what_is_above_the_owner_s_limit_is_known(detail: str, above: bool) -> None:
    remedy = next(r for r in PLAYBOOK.remedies if r.id == "extra_days")
    assert above_limit(remedy, detail) is above


async def test_within_the_limit_the_owner_decides_and_above_it_the_director() -> None:
    within = heavy(goodwill="extra_days", goodwill_detail="two days of training until 30 June")
    above = heavy(goodwill="extra_days", goodwill_detail="five days of training until 30 June")
    assert "must agree" not in words((await Scene(within).begin()).card())
    scene = await Scene(above).begin()
    assert "more days are offered than the owner may give alone" in words(scene.card())
    await scene.choose("approval_ask")
    assert "up to 2 days" in words(scene.card(OMAR))


async def test_contract_matters_go_to_the_reviewer_alone() -> None:
    text = "Subject: News\n\nThe new date is 19 June. No delay damages fall due before that."
    scene = await Scene(heavy(goodwill="none")).begin()
    await scene.click("draft")
    await scene.choose("draft_edit", text=text)
    await scene.click("make_ready")
    assert "Contract reviewer must agree" in words(scene.card())
    await scene.choose("approval_ask")
    assert scene.messages(str(LIN))
    assert not scene.messages(str(OMAR))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"goodwill": "credit", "goodwill_detail": "a credit of 25 %"}, "25 % is offered"),
        (
            {"goodwill": "extra_days", "goodwill_detail": "12 days of training"},
            "12 working days are offered for a slip of 10 working days",
        ),
        (
            {"goodwill": "credit", "goodwill_detail": "EUR 500", "impact_known": "none_known"},
            "no effect on them is named",
        ),
    ],
)
def test_more_than_the_loss_is_called_so(changed: dict[str, str], said: str) -> None:
    found = " ".join(r.en for r in redress.remarks(PLAYBOOK, heavy(**changed)))
    assert said in found


def test_a_modest_remedy_is_only_set_beside_what_went_before() -> None:
    (remark,) = redress.remarks(PLAYBOOK, heavy())
    assert "has had no remedy before" in remark.en
    earlier = replace(heavy(goodwill_detail="a fitter for a week"), told_at=AT)
    before = redress.precedents([earlier])
    (remark,) = redress.remarks(PLAYBOOK, replace(heavy(), precedents=before))
    assert "Support on site, or for longer, a fitter for a week" in remark.en


def test_without_a_remedy_there_is_nothing_to_say() -> None:
    assert redress.remarks(PLAYBOOK, heavy(goodwill="none")) == ()


def test_an_unread_answer_to_an_optional_question_holds_nothing() -> None:
    case, variant = heavy(), Variant("email", "day_to_day", "en")
    name = FieldId("feedback")
    unread = Pending("whatever", same("It does not read as a choice."))
    passed = tuple(f for f in case.passed if f != name)
    bare = {k: v for k, v in case.answers.items() if k != name}
    waits = replace(case, answers=bare, passed=passed, pending={name: unread})
    assert prepare(PLAYBOOK, waits, variant, today=TODAY).holds == ()
    standing = replace(case, pending={FieldId("impact"): unread})
    assert prepare(PLAYBOOK, standing, variant, today=TODAY).holds


async def test_a_version_that_holds_no_remedy_asks_nobody_for_it() -> None:
    scene = await Scene(heavy()).begin()
    assert "the remedy costs work of ours" in words(scene.card())
    await scene.click("draft", "chat//")
    await scene.click("make_ready")
    said = words(scene.card())
    assert "a fitter" not in said
    assert "the remedy costs" not in said
    assert "has had no remedy before" not in said


async def test_words_of_ones_own_may_offer_it_so_that_it_is_asked_for() -> None:
    scene = await Scene(heavy()).begin()
    await scene.click("draft", "chat//")
    text = "The new date is 19 June, and somebody of ours will stand beside your people."
    await scene.choose("draft_edit", text=text)
    await scene.click("make_ready")
    assert "the remedy costs work of ours" in words(scene.card())


NOTE = "Clause 9, second instalment: from 5 June to the day of acceptance, keep the retention"


async def test_the_note_for_legal_stands_on_the_reviewers_card_alone() -> None:
    term = {"contract_term": "payment_node", "contract_detail": NOTE}
    scene = await Scene(heavy(**term)).begin()
    await scene.choose("approval_ask")
    assert f"For legal, for you only; it goes to no customer:\n{NOTE}" in words(scene.card(LIN))
    assert NOTE not in words(scene.card(OMAR))
    assert NOTE not in words(scene.card())
    for who in (OMAR, LIN):
        await scene.choose("approve", by=who)
    await scene.choose("send")
    await scene.later(seconds=60)
    (sent,) = scene.sent
    assert "Clause 9" not in sent


async def test_where_no_term_is_touched_an_old_note_is_shown_to_nobody() -> None:
    scene = await Scene(heavy(contract_term="none", contract_detail=NOTE)).begin()
    await scene.choose("approval_ask")
    assert NOTE not in words(scene.card(OMAR))


def test_no_version_in_any_channel_or_tone_holds_the_note_for_legal() -> None:
    case = heavy(contract_term="damages", contract_detail=NOTE)
    assert text_of(case, "contract_detail") == NOTE
    for channel in CHANNELS:
        for reader in READERS:
            for language in LANGUAGES:
                for tone in TONES:
                    variant = Variant(channel, reader, language, tone)
                    found = draft.assemble(PLAYBOOK, case, variant, today=TODAY).text.casefold()
                    assert found
                    assert not [w for w in ("clause 9", "instalment", "retention") if w in found]
