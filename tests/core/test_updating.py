"""Regular updates to the customer: half written on their day, sent like any message, and counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.approving.react import prepared_now
from bot.core.approving.rules import approvals
from bot.core.cards import screens
from bot.core.case import ChoiceValue, DateValue, Edit, TextValue, Variant, text_of
from bot.core.dialogue import live
from bot.core.dialogue.scalars import local_day
from bot.core.effects import DraftScreen, Toast
from bot.core.events import DraftOpened, Submitted
from bot.core.following.anchors import milestones
from bot.core.following.updating import STATE, UPDATE
from bot.core.following.wording import FOLLOW
from bot.core.message import claims, composing, draft
from bot.core.message.facts import facts
from bot.core.playbook import Step
from bot.core.words import FieldId, Language
from tests import delivery_cases
from tests.core.followed import Followed

FIRST = date(2026, 5, 22)  # a Friday, as agreed


def on_the_day(language: Language = "en") -> Followed:
    """The first update is due."""
    told = Followed(language).tell()
    told.until(FIRST)
    return told


def in_chat(told: Followed) -> composing.Draft:
    """The update as it would go by chat."""
    variant = Variant("chat", "day_to_day", told.language, update=1)
    today = local_day(told.case, told.at)
    return draft.assemble(told.playbook, told.case, variant, today=today)


def text_of_draft(told: Followed) -> str:
    assert told.case.variant is not None
    today = local_day(told.case, told.at)
    return draft.text_on_screen(told.playbook, told.case, told.case.variant, today).text


def fill(told: Followed, **boxes: str) -> Followed:
    raw = {FieldId(k): v for k, v in boxes.items()}
    return told.give(Submitted(told.stamp(), raw, told.case.revision))


def test_the_ping_of_an_update_offers_to_write_it() -> None:
    assert on_the_day().buttons("next_update/0") == [
        "Write the update", "Nothing new", "Done", "Schedule a meeting", "Snooze",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Nothing has changed since my last message", "next on Friday 29 May"]),
        ("zh", ["上次之后没有变化", "5月26日（周二）再跟您说进展"]),
    ],
)
def test_nothing_new_is_one_tap_to_a_short_heartbeat(language: Language, words: list[str]) -> None:
    told = on_the_day(language).press("next_update/0", "no_news")
    assert isinstance(live.current(told.case), DraftScreen)
    text = text_of_draft(told)
    assert [w for w in words if w not in text] == []
    assert len(text) < 300


@pytest.mark.parametrize(
    ("language", "plain", "quiet"),
    [
        ("en", "Hello Ms Okafor, here is the update on Hall 4.", "Hello Ms Okafor. Nothing has"),
        ("zh", "苏工，您好，跟您说一下三号泵站改造的进展。", "苏工，您好。上次之后没有变化"),
    ],
)
def test_an_update_by_chat_greets_too(language: Language, plain: str, quiet: str) -> None:
    assert in_chat(on_the_day(language).press("/", "no_news")).text.startswith(quiet)
    told = fill(on_the_day(language).press("/", "write"), update_state="partly")
    assert in_chat(told).text.startswith(plain)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_claim_of_an_update_is_traced(language: Language) -> None:
    told = on_the_day(language).press("next_update/0", "write")
    fill(told, update_state="partly")
    words = {
        "en": ("Rig wired", "Two relays failed the test.", "10 of 12 relays"),
        "zh": ("试验台接线", "两只继电器没通过测试。", "12只装好10只"),
    }[language]
    what, why, count = words
    fill(
        told, update_promised=what, update_why=why, update_count=count,
        update_milestone=what, update_milestone_day="2026-06-02", update_confidence="weaker",
        update_danger="", update_decision="", update_decide_by="", update_next="2026-05-29",
    )  # fmt: skip
    assert told.case.variant is not None
    today = local_day(told.case, told.at)
    made = draft.assemble(told.playbook, told.case, told.case.variant, today=today)
    ledger = claims.check(made.text, facts(told.playbook, told.case, today=today), draft=made)
    assert [(e.verdict, e.claim.text) for e in ledger.flagged] == []
    assert what in made.text
    assert "original" not in made.text


def test_what_the_plan_knows_is_written_already() -> None:
    told = on_the_day()
    told.until(date(2026, 6, 11)).press("milestone_reached/1", "done")
    told.press("/", "write")
    boxes = {k: o.value for k, o in told.case.offers.items()}
    assert FieldId("update_next") in boxes
    assert text_of(told.case, "update_state") == "came"
    shown = str(
        screens.draw(told.playbook, told.case, live.current(told.case), today=told.at.date())
    )
    assert "This is what the plan and your answers say" in shown


def test_a_milestone_at_risk_makes_the_date_less_sure() -> None:
    told = on_the_day()
    told.until(date(2026, 6, 9)).press("milestone_check/1", "at_risk").press("/", "write")
    assert told.case.offers[FieldId("update_confidence")].value == ChoiceValue("weaker")


def test_an_update_that_left_is_counted_and_its_ping_answered() -> None:
    told = on_the_day().press("next_update/0", "no_news").leave()
    assert (told.case.updates, told.case.update_day) == (1, date(2026, 5, 29))
    assert told.reminder("next_update/0").state == "answered"
    assert told.reminder("next_update/1").day == date(2026, 5, 29)
    assert [d.release.variant for d in told.case.deliveries][-1].endswith(".update1")
    assert told.case.phase == "following"


def test_the_next_update_begins_empty_and_one_that_is_begun_goes_on() -> None:
    told = on_the_day().press("next_update/0", "write")
    fill(told, update_state="came", update_promised="Rig wired")
    told.press("next_update/0", "write")
    assert text_of(told.case, "update_promised") == "Rig wired"
    told.press("/", "no_news")
    told.leave().until(date(2026, 5, 29)).press("next_update/1", "write")
    assert FieldId("update_promised") not in told.case.answers


def test_nothing_new_keeps_the_words_of_an_update_that_was_begun() -> None:
    told = on_the_day().press("next_update/0", "write")
    fill(told, update_state="partly")
    fill(told, update_promised="Rig wired", update_why="Two relays failed.")
    told.press("/", "no_news")
    assert "Nothing has changed since" in text_of_draft(told)
    assert "relays" not in text_of_draft(told)
    told.press("/", "write")
    fill(told, update_state="partly")
    assert text_of(told.case, "update_why") == "Two relays failed."
    told.press("/", "no_news").leave()
    assert told.case.updates == 1


def test_no_update_is_written_while_another_message_is_on_its_way() -> None:
    told = on_the_day().press("next_update/0", "no_news")
    outgoing = Followed().tell().case.outgoing
    assert outgoing is not None
    told.case = replace(told.case, outgoing=replace(outgoing, state="waiting"))
    told.press("next_update/0", "write")
    assert told.toasts == [
        "A message to this customer is on its way already; settle that one first."
    ]


def test_an_update_offers_no_remedy_so_nobody_agrees_to_one() -> None:
    told = Followed(changed={"goodwill": "credit", "goodwill_detail": "2 %"})
    case, plain = told.case, Variant("email", "day_to_day", "en")
    delay = prepared_now(told.playbook, case, plain, today=FIRST).release
    update = prepared_now(told.playbook, case, replace(plain, update=1), today=FIRST).release
    roles = [
        {a.role for a in approvals(told.playbook, case, r, today=FIRST)} for r in (delay, update)
    ]
    assert "finance" not in str(roles[1])
    assert roles[1] <= roles[0]


def test_an_update_in_words_of_ones_own_may_offer_it_so_that_it_is_asked_for() -> None:
    told = Followed(changed={"goodwill": "credit", "goodwill_detail": "2 %"})
    case, way = told.case, Variant("email", "day_to_day", "en", update=1)
    update = prepared_now(told.playbook, case, way, today=FIRST).release
    assert "finance" not in str(approvals(told.playbook, case, update, today=FIRST))
    by_hand = Edit("And 2 % off, as a sign of good will.", "0", told.stamp().at, case.owner)
    edited = replace(case, edits={update.variant: by_hand})
    release = prepared_now(told.playbook, edited, way, today=FIRST).release
    assert release.text == by_hand.text
    assert "finance" in str(approvals(told.playbook, edited, release, today=FIRST))


def test_the_message_of_the_delay_can_be_opened_again_after_an_update() -> None:
    told = (
        on_the_day()
        .press("next_update/0", "no_news")
        .leave()
        .give(DraftOpened(on_the_day().stamp()))
    )
    assert told.case.variant is not None
    assert told.case.variant.update == 0


def test_what_an_update_promises_takes_the_place_of_what_was_promised_before() -> None:
    told = on_the_day().press("next_update/0", "write")
    fill(told, update_state="came", update_promised="Rig wired")
    fill(
        told, update_promised="Rig wired", update_count="", update_milestone="Dry run",
        update_milestone_day="2026-06-02", update_confidence="same",
        update_danger="", update_decision="choose A or B", update_decide_by="2026-05-27", update_next="2026-05-29",
    )  # fmt: skip
    told.leave()
    nexts = [p.date for p in told.case.given if p.kind == "next_update"]
    assert nexts == [date(2026, 5, 29)]
    assert [p.what for p in told.case.given if p.date == date(2026, 6, 2)] == ["Dry run"]
    assert date(2026, 5, 27) not in [p.date for p in told.case.given]


def test_every_sentence_of_an_update_is_used_by_some_update() -> None:
    used: set[str] = set()
    for state, sure in (("came", "firmer"), ("partly", "same"), ("not_yet", "weaker")):
        told = on_the_day().press("next_update/0", "write")
        fill(told, update_state=state)
        fill(
            told, update_promised="Rig wired", update_why="The relay failed.", update_count="3 of 4",
            update_milestone="Dry run", update_milestone_day="2026-06-02", update_confidence=sure,
            update_danger="Crane, 9 June", update_decision="choose A or B", update_decide_by="2026-05-27", update_next="2026-05-29",
            update_meeting="29 May at 10:00",
        )  # fmt: skip
        used |= sentences(told)
    told, what, day = at_risk()
    told.press("next_update/0", "write")
    fill(
        told, update_why="The relay failed.", update_milestone=what,
        update_milestone_day=day.isoformat(), update_confidence="same",
        update_danger="Crane, 9 June", update_decision="", update_decide_by="", update_next="2026-05-29",
    )  # fmt: skip
    used |= sentences(told)
    used |= sentences(on_the_day().press("next_update/0", "no_news"))
    used |= sentences(Followed().tell().until(date(2026, 5, 27)).press("/", "no_news"))  # late
    told = fill(on_the_day().press("next_update/0", "write"), update_state="partly")
    used |= {line.sentence for line in in_chat(told).sentences}
    used |= {line.sentence for line in in_chat(on_the_day().press("/", "no_news")).sentences}
    of_updates = {s.id for s in delivery_cases.PLAYBOOK.draft.sentences if s.about == ("update",)}
    assert of_updates - used == set()


def sentences(told: Followed) -> set[str]:
    assert told.case.variant is not None
    made = draft.assemble(
        told.playbook, told.case, told.case.variant, today=local_day(told.case, told.at)
    )
    return {line.sentence for line in made.sentences}


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("en", date(2026, 5, 27), "hear from me on Friday 22 May. This comes 2 working days late"),
        ("zh", date(2026, 5, 27), "说好5月22日（周五）给您进展，这次晚了2个工作日，抱歉"),
        ("en", date(2026, 5, 23), "hear from me on Friday 22 May. This comes only now"),
        ("zh", date(2026, 5, 23), "说好5月22日（周五）给您进展，今天才发，抱歉"),
    ],
)
def test_a_late_update_owns_by_how_much(language: Language, day: date, words: str) -> None:
    told = Followed(language).tell()
    told.until(day).press("/", "no_news")
    text = text_of_draft(told)
    assert words in text
    assert told.case.variant is not None
    made = draft.assemble(told.playbook, told.case, told.case.variant, today=day)
    assert claims.check(text, facts(told.playbook, told.case, today=day), draft=made).flagged == ()


def test_a_late_update_does_not_say_that_it_was_promised_for_today() -> None:
    told = Followed().tell().until(date(2026, 5, 27)).press("/", "write")
    fill(told, update_state="came")
    fill(
        told, update_promised="Rig wired", update_count="", update_milestone="",
        update_milestone_day="", update_confidence="same", update_danger="", update_decision="",
        update_decide_by="", update_next="2026-06-05",
    )  # fmt: skip
    text = text_of_draft(told)
    assert "Promised for then: Rig wired. It is done." in text
    assert "today" not in text


@pytest.mark.parametrize("day", [date(2026, 5, 22), date(2026, 5, 27)])
def test_the_owner_is_told_that_a_late_update_says_so(day: date) -> None:
    told = Followed().tell().until(day).press("/", "write")
    card = screens.draw(told.playbook, told.case, live.current(told.case), today=day)
    late = "It was due on Fri 22 May 2026; the message says that it comes 2 working days late."
    assert (late in str(card)) is (day > FIRST)


def test_an_update_on_its_day_excuses_nothing() -> None:
    assert "sorry" not in text_of_draft(on_the_day().press("next_update/0", "no_news"))


def test_what_the_first_message_told_is_not_missed_in_an_update() -> None:
    told = on_the_day().press("next_update/0", "no_news")
    assert told.case.variant is not None
    made = draft.assemble(told.playbook, told.case, told.case.variant, today=FIRST)
    assert draft.left_out(told.playbook, told.case, made) == ()


def at_risk(language: Language = "en") -> tuple[Followed, str, date]:
    """On the day of an update nothing is due, and a milestone was called at risk; the plan was left."""
    told = on_the_day(language)
    number, what, day = next(m for m in milestones(told.case) if m[2] > FIRST)
    return told.press(f"milestone_check/{number}", "at_risk"), what, day


@pytest.mark.parametrize(("language", "says"), [("en", "In danger: "), ("zh", "现在有风险")])
def test_what_was_called_at_risk_stands_in_the_next_update(language: Language, says: str) -> None:
    told, what, day = at_risk(language)
    told.press("next_update/0", "write")
    offered = {name: offer.value for name, offer in told.case.offers.items()}
    assert told.case.answers[STATE].value == ChoiceValue("in_danger")
    assert offered[FieldId("update_milestone")] == TextValue(what)
    assert offered[FieldId("update_milestone_day")] == DateValue(day)
    fill(
        told, update_why="Two rods failed.", update_milestone=what,
        update_milestone_day=day.isoformat(), update_confidence="weaker",
        update_danger="", update_decision="", update_decide_by="", update_next="2026-05-29",
    )  # fmt: skip
    text = text_of_draft(told)
    assert f"{what}" in text
    assert says in text
    assert "Two rods failed." in text
    assert "Next:" not in text
    assert "下一步" not in text


def test_nothing_new_is_not_said_of_a_date_that_was_called_at_risk() -> None:
    told, _, _ = at_risk()
    told.press("next_update/0", "no_news")
    assert told.case.step == UPDATE
    assert told.case.answers[STATE].value == ChoiceValue("in_danger")
    assert Toast(FOLLOW.has_changed) in told.effects


def offered(told: Followed) -> dict[str, object]:
    return {str(name): offer.value for name, offer in told.case.offers.items()}


def both_at_risk(language: Language = "en") -> Followed:
    told, _, _ = at_risk(language)
    return told.press("milestone_check/2", "at_risk").press("/", "write")


@pytest.mark.parametrize(
    ("language", "also"),
    [("en", "Also in danger: Trial week done, 18 Jun 2026."), ("zh", "同样有风险的：")],
)
def test_all_dates_that_were_called_at_risk_stand_in_the_update(
    language: Language, also: str
) -> None:
    told = both_at_risk(language)
    found = offered(told)
    second = list(milestones(told.case))[1]
    named = found["update_danger"]
    assert isinstance(named, TextValue)
    assert named.text.startswith(second[1])
    fill(
        told, update_why="The relay failed.", update_milestone=next(iter(milestones(told.case)))[1],
        update_milestone_day="2026-06-11", update_confidence="weaker", update_danger=named.text,
        update_decision="", update_decide_by="", update_next="2026-05-29",
    )  # fmt: skip
    assert told.case.variant is not None
    made = draft.assemble(told.playbook, told.case, told.case.variant, today=FIRST)
    ledger = claims.check(made.text, facts(told.playbook, told.case, today=FIRST), draft=made)
    assert also in made.text
    assert [(e.verdict, e.claim.text) for e in ledger.flagged] == []


def test_beside_what_was_due_the_dates_in_danger_are_named_apart_from_the_next_one() -> None:
    told = on_the_day().until(date(2026, 6, 11)).press("milestone_reached/1", "done")
    told.press("milestone_check/2", "at_risk").press("/", "write")
    assert text_of(told.case, "update_state") == "came"
    assert offered(told)["update_danger"] == TextValue("Trial week done, 18 Jun 2026")
    assert "update_milestone" not in offered(told)


def test_the_new_date_itself_in_danger_is_told_and_promised_to_nobody_anew() -> None:
    told = on_the_day().press("new_date_in_danger/0", "at_risk").press("/", "write")
    assert offered(told)["update_milestone"] == TextValue("the new bread line")
    before = {(p.kind, p.date) for p in told.case.given if p.kind != "next_update"}
    fill(
        told, update_why="The belt failed its test.", update_milestone="the new bread line",
        update_milestone_day="2026-06-19", update_confidence="weaker",
        update_danger="Crane away, 16 June", update_decision="", update_decide_by="",
        update_next="2026-05-29",
    )  # fmt: skip
    assert "In danger: the new bread line, planned for Friday 19 June." in text_of_draft(told)
    told.leave()
    assert {(p.kind, p.date) for p in told.case.given if p.kind != "next_update"} == before


def test_a_danger_that_was_told_or_is_over_is_not_told_again() -> None:
    told, _, _ = at_risk()
    told.press("milestone_reached/1", "done").press("/", "no_news")
    assert isinstance(live.current(told.case), DraftScreen)
    told, _, _ = at_risk()
    told.at += timedelta(minutes=5)
    told.leave().press("/", "no_news")  # said to the customer on the very same day
    assert isinstance(live.current(told.case), DraftScreen)


def test_in_a_playbook_of_before_a_danger_makes_less_sure_and_is_no_lack_of_news() -> None:
    told = on_the_day()
    later = tuple(before_dangers(step) for step in told.playbook.later)
    told.playbook = replace(told.playbook, later=later)
    told.press("milestone_check/1", "at_risk").press("next_update/0", "no_news")
    assert told.case.step == UPDATE
    assert Toast(FOLLOW.has_changed) in told.effects
    assert STATE not in told.case.answers
    assert not {"update_state", "update_danger"} & offered(told).keys()
    assert offered(told)["update_confidence"] == ChoiceValue("weaker")


def before_dangers(step: Step) -> Step:
    """The step as it was before an update could be about a date in danger."""
    fields = (f for f in step.fields if f.id != "update_danger")
    kept = tuple(
        replace(f, choices=tuple(c for c in f.choices if c.id != "in_danger")) for f in fields
    )
    return replace(step, fields=kept)
