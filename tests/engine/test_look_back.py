"""A look back through the engine: who of the team may answer, under which name, and what is kept of it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.core.approving.organisation import Known, Organisation, Organisations
from bot.core.cards.blocks import Buttons, Card, Form
from bot.core.case import TextValue
from bot.core.desk import Person
from bot.core.events import Raw
from bot.core.following.voices import LookBack
from bot.core.pings.reminder import name_of
from bot.core.words import CaseId, FieldId, PersonId
from bot.engine.inbound import Reply
from bot.engine.ports import Filed, Ping, Place
from tests.core.test_look_back import ANONYMOUS, unbound
from tests.engine.faults import FaultyStore
from tests.engine.room import HERE, Message, Room
from tests.engine.test_reminding import run, stored
from tests.engine.test_team import TEAM, at, bind, look

KEY = "retrospective/0"
WORDS = "Ringing them first."
MINUTES: tuple[Mapping[str, Raw], ...] = (
    {
        "retro_causes": "The load test came after the order.",
        "retro_late": "The supplier answered five days late in March.",
        "retro_actions": ({"name": "Test before ordering", "owner": "Ida", "day": "2026-07-06"},),
    },
    {"retro_keep": "The call before the mail."},
)


async def asked(room: Room, *, anonymous: bool = False) -> CaseId:
    """A case that was delivered, in its channel, whose look back has just come due there."""
    told = unbound(ANONYMOUS) if anonymous else unbound()
    case = replace(told.case, id=CaseId("c1"), tenant=HERE, owner=PersonId("anna"))
    anna = Person(PersonId("anna"), HERE, "en", "Europe/London", "GB",
                  platform="slack", conversation="D-anna")  # fmt: skip
    reminder = told.reminder(KEY)
    async with room.store.turn(HERE) as turn:
        await turn.keep_playbook(told.playbook)
        await turn.save_person(anna)
        await turn.save(Filed(case, Place("slack", "D-anna")), was=None)
        await turn.set_ping(Ping(HERE, case.id, name_of(reminder.key), reminder.due))
    look(room)
    room.clock.at = reminder.due
    await bind(room)
    await run(room)
    assert (await stored(room, case.id)).look_back == LookBack(anonymous)
    return case.id


async def say(
    room: Room, case: CaseId, words: str = WORDS, *, by: str = "bo", where: str = TEAM
) -> Reply:
    envelope = room.envelope(by, heard_in=where, name=f"{by.capitalize()} Hansen")
    boxes = {FieldId("voice_helped"): words}
    return await room.click(case, "look_back", boxes=boxes, envelope=envelope)


def said(room: Room) -> list[Message]:
    return at(room.channel.messages, TEAM)


async def test_the_form_comes_below_the_first_message_and_the_owner_is_asked_as_well(
    room: Room,
) -> None:
    await asked(room)
    (form,) = [m for m in said(room) if any(isinstance(b, Form) for b in m.card.blocks)]
    assert form.under is not None
    assert any(
        "look back at the delay" in m.card.text.en for m in at(room.channel.messages, "D-anna")
    )


async def test_anybody_there_may_answer_and_the_thread_says_only_how_many(room: Room) -> None:
    case = await asked(room)
    reply = await say(room, case)
    assert reply.toast is not None
    assert reply.toast.en == "Noted, with your name. Thank you."
    await say(room, case, "The plan.", by="eva")
    await say(room, case, "The early call.")
    await run(room)
    assert [m.card.text.en for m in said(room)[-1:]] == ["2 people have answered."]
    assert not [m for m in said(room) if "Ringing" in str(m.card) or "Hansen" in str(m.card)]
    back = (await stored(room, case)).look_back
    assert back is not None
    assert [(v.name, v.words["voice_helped"]) for v in back.in_order] == [
        ("Bo Hansen", "The early call."),
        ("Eva Hansen", "The plan."),
    ]


async def test_the_owner_may_answer_there_too(room: Room) -> None:
    case = await asked(room)
    await say(room, case, by="anna")
    back = (await stored(room, case)).look_back
    assert back is not None
    assert [v.name for v in back.in_order] == ["Anna Hansen"]


@pytest.mark.parametrize("where", ["", "C0OTHER"])
async def test_from_anywhere_else_nobody_answers_for_the_team(room: Room, where: str) -> None:
    case = await asked(room)
    before = await stored(room, case)
    reply = await say(room, case, where=where)
    assert reply.toast is not None
    assert reply.toast.en.startswith("This conversation belongs")
    assert await stored(room, case) == before


async def test_what_the_team_says_is_drawn_into_the_card_that_its_owner_has_open(
    room: Room,
) -> None:
    case = await asked(room)
    await room.click(None, f"ping/{case}/{KEY}/retrospective/", envelope=room.envelope("anna"))
    await say(room, case)
    await run(room)
    alone = [m for m in at(room.channel.messages, "D-anna") if WORDS in str(m.card)]
    assert len(alone) == 1
    assert "Bo Hansen" in str(alone[0].card)


async def kept(room: Room, case: CaseId) -> str:
    """All that the tables hold of what was said, as text."""
    async with room.store.turn(HERE) as turn:
        filed = await turn.case(case)
    assert filed is not None
    entries = await room.store.entries(HERE, case)
    spoken = [e for e in entries if WORDS in e.body]
    assert spoken
    return f"{filed.case.look_back} {spoken}"


async def test_where_no_name_is_to_be_known_it_stands_neither_in_the_case_nor_in_the_log(
    room: Room,
) -> None:
    case = await asked(room, anonymous=True)
    reply = await say(room, case)
    assert reply.toast is not None
    assert reply.toast.en == "Noted, without your name. Thank you."
    found = (await kept(room, case)).lower()
    assert WORDS.lower() in found
    assert "hansen" not in found
    assert "'bo'" not in found
    assert '"bo"' not in found


async def test_without_a_name_each_still_changes_their_own(room: Room) -> None:
    case = await asked(room, anonymous=True)
    await say(room, case)
    await say(room, case, "The plan.", by="eva")
    await say(room, case, "The early call.")
    back = (await stored(room, case)).look_back
    assert back is not None
    found = sorted(v.words["voice_helped"] for v in back.in_order)
    assert found == ["The early call.", "The plan."]


async def test_an_alias_is_made_with_a_key_that_the_tables_do_not_hold(room: Room) -> None:
    case = await asked(room, anonymous=True)
    first = replace(room.house, alias_key=lambda: b"one")
    other = replace(room.house, alias_key=lambda: b"two")
    for house in (first, other):
        room.house = house
        await say(room, case)
    back = (await stored(room, case)).look_back
    assert back is not None
    assert len(back.voices) == 2


async def test_words_that_met_a_fault_are_kept_without_a_name_as_well() -> None:
    store = FaultyStore()
    room = Room(store)
    case = await asked(room, anonymous=True)
    store.errors = [RuntimeError("disk")]
    reply = await say(room, case)
    assert reply.fault is not None
    (entry,) = [e for e in await store.entries(HERE, None) if reply.fault in e.body]
    assert WORDS in entry.body
    assert entry.by == ""
    assert "Hansen" not in entry.body
    assert '"bo"' not in entry.body
    assert "D-bo" not in entry.body


async def minutes_of(room: Room) -> CaseId:
    """A case whose look back is written down, in its channel."""
    case = await asked(room)
    await say(room, case)
    await room.click(None, f"ping/{case}/{KEY}/retrospective/", envelope=room.envelope("anna"))
    for boxes in MINUTES:
        seen = (await stored(room, case)).revision
        raw = {FieldId(name): value for name, value in boxes.items()}
        await room.click(case, "submit", seen=seen, boxes=raw, envelope=room.envelope("anna"))
    await run(room)
    return case


async def share(room: Room, case: CaseId, what: str, by: str = "anna", where: str = "") -> Reply:
    envelope = room.envelope(by, heard_in=where)
    return await room.click(None, f"ping/{case}///{what}", envelope=envelope)


async def looks(room: Room, case: CaseId) -> list[Message]:
    """The cards on which their owner looks at the minutes, after a wish to share them."""
    await share(room, case, "share")
    await run(room)
    return looked(room)


def looked(room: Room) -> list[Message]:
    return [m for m in at(room.channel.messages, "D-anna") if shows_minutes(m.card)]


def shows_minutes(card: Card) -> bool:
    """Whether they stand on it as they would be read, and not in the form that was filled in."""
    return card.text.en.startswith("Look back at") and "The load test came after" in str(card)


def post(card: Card) -> str:
    """What the button that posts them carries."""
    (last,) = [b for x in card.blocks if isinstance(x, Buttons) for b in x.buttons]
    return last.action.argument.partition("///")[2]


async def test_the_minutes_stand_in_the_thread_after_a_look_and_only_once(room: Room) -> None:
    case = await minutes_of(room)
    before = len(said(room))
    (look_at,) = await looks(room, case)
    assert len(said(room)) == before
    assert "is not in it" in str(look_at.card)
    pressed = post(look_at.card)
    for _ in range(2):
        await share(room, case, pressed)
        await run(room)
    minutes = said(room)[before:]
    assert ["The load test came after" in str(m.card) for m in minutes] == [True]
    assert minutes[0].under is not None
    assert WORDS not in str(minutes[0].card)


async def test_minutes_that_were_posted_lose_their_button_and_say_where_they_went(
    room: Room,
) -> None:
    case = await minutes_of(room)
    (look_at,) = await looks(room, case)
    await share(room, case, post(look_at.card))
    await run(room)
    (now,) = looked(room)
    assert not [b for b in now.card.blocks if isinstance(b, Buttons)]
    assert "Posted in" in str(now.card)


async def test_minutes_that_changed_since_the_look_are_shown_anew_before_they_are_posted(
    room: Room,
) -> None:
    case = await minutes_of(room)
    before = len(said(room))
    (look_at,) = await looks(room, case)
    stale = post(look_at.card)
    filed = await room.store.case(HERE, case)
    assert filed is not None
    retold = replace(
        filed.case.answers[FieldId("retro_keep")], value=TextValue("A call on Mondays.")
    )
    changed = replace(
        filed.case,
        answers={**filed.case.answers, FieldId("retro_keep"): retold},
        revision=filed.case.revision + 1,
    )
    async with room.store.turn(HERE) as turn:
        await turn.save(Filed(changed, filed.place), was=filed.case.revision)
    await share(room, case, stale)
    await run(room)
    assert len(said(room)) == before
    (anew,) = looked(room)
    assert "They have changed since you looked" in str(anew.card)
    assert "A call on Mondays." in str(anew.card)
    await share(room, case, post(anew.card))
    await run(room)
    assert ["A call on Mondays." in str(m.card) for m in said(room)[before:]] == [True]


async def test_a_button_from_before_the_words_were_bound_shows_them_first(room: Room) -> None:
    case = await minutes_of(room)
    before = len(said(room))
    await share(room, case, "share_now/1")
    await run(room)
    assert (len(said(room)), len(looked(room))) == (before, 1)


async def test_nobody_of_the_team_shares_the_minutes(room: Room) -> None:
    case = await minutes_of(room)
    before = len(said(room))
    (look_at,) = await looks(room, case)
    await share(room, case, post(look_at.card), by="bo", where=TEAM)
    await run(room)
    assert len(said(room)) == before


async def test_minutes_go_nowhere_where_the_customer_reads(room: Room) -> None:
    case = await minutes_of(room)
    before = len(said(room))
    (look_at,) = await looks(room, case)
    marrow = Known("Marrow", conversation=f"slack:{TEAM}")
    seen = Organisations((Organisation(id="*", customers=(marrow,)),))
    room.house = replace(room.house, organisations=seen)
    await share(room, case, post(look_at.card))
    await run(room)
    assert len(said(room)) == before
