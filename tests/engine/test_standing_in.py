"""Away, a deputy is asked and told why; silent, the lead is told whom the person named."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.core.approving.organisation import Away, Member, Organisation, Organisations
from bot.core.cards.blocks import Card, Facts, Hint
from bot.core.cards.home_card import home_card
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, PersonId
from tests.engine.room import HERE, Message, Room
from tests.engine.test_reminding import ANNA, TUESDAY, follow, labels, run, stored

CHECK = Key("milestone_check/1")
PEOPLE = (Member(ANNA, "Anna Berg"), Member(PersonId("ben"), "Ben Ode"))


def staff(room: Room, *, away: Mapping[str, tuple[Away, ...]] | None = None) -> None:
    """Lets the operator have named the two."""
    people = tuple(replace(m, away=(away or {}).get(m.id, ())) for m in PEOPLE)
    room.house = replace(
        room.house, organisations=Organisations((Organisation(HERE, people=people),))
    )


def hints(card: Card) -> str:
    return " ".join(b.text.en for b in card.blocks if isinstance(b, Hint))


def facts(card: Card) -> list[tuple[str, str]]:
    rows = [r for b in card.blocks if isinstance(b, Facts) for r in b.rows]
    return [(r.label.en, r.value.en) for r in rows]


async def awaying(room: Room, *words: str) -> list[Message]:
    """What is said on the day of the check, after these words of the owner's."""
    staff(room)
    await follow(room, "c1")
    room.clock.at = TUESDAY - timedelta(days=1)
    for line in words:
        await room.command(line)
    room.clock.at = TUESDAY
    return await run(room)


async def test_while_the_owner_is_away_the_deputy_is_asked_and_knows_why(room: Room) -> None:
    (message,) = await awaying(room, "deputy Ben Ode", "away until 15 June")
    assert message.conversation == "ben"
    assert "Anna Berg is away until Mon 15 Jun 2026, so you are asked." in hints(message.card)
    assert labels(message) == ["On track", "At risk", "Done", "Update", "Snooze"]


async def test_the_deputys_answer_counts_and_stands_with_their_name(room: Room) -> None:
    await awaying(room, "deputy Ben Ode", "away until 15 June")
    await room.click(None, f"ping/c1/{CHECK}/done/", envelope=room.envelope("ben"))
    case = await stored(room, CaseId("c1"))
    assert case.reminders[CHECK].answered_by == "Ben Ode"
    assert "Done, Ben Ode said on" in hints((await run(room))[0].card)


async def test_nobody_else_answers_for_the_owner(room: Room) -> None:
    await awaying(room, "deputy Ben Ode", "away until 15 June")
    await room.click(None, f"ping/c1/{CHECK}/done/", envelope=room.envelope("mallory"))
    assert "Done" in labels((await run(room))[0])


async def test_without_a_deputy_it_waits_for_the_owner(room: Room) -> None:
    assert await awaying(room, "away until 15 June") == []
    waiting = await room.store.pings(TUESDAY + timedelta(days=9))
    assert {p.due.date() for p in waiting if p.kind == name_of(CHECK)} == {date(2026, 6, 15)}


async def test_a_deputy_who_is_away_too_is_not_asked(room: Room) -> None:
    staff(room, away={"ben": (Away(date(2026, 6, 8), date(2026, 6, 12)),)})
    await follow(room, "c1")
    room.clock.at = TUESDAY
    await room.command("deputy Ben Ode")
    await room.command("away until 15 June")
    assert await run(room) == []


async def test_the_operators_absences_count_as_well(room: Room) -> None:
    staff(room, away={"anna": (Away(date(2026, 6, 8), date(2026, 6, 12)),)})
    await follow(room, "c1")
    await room.command("deputy @ben")
    room.clock.at = TUESDAY
    (message,) = await run(room)
    assert message.conversation == "ben"
    assert "away until Sat 13 Jun 2026" in hints(message.card)


async def test_back_again_the_owner_is_asked(room: Room) -> None:
    (message,) = await awaying(room, "deputy Ben Ode", "away until 15 June", "away off")
    assert message.conversation == "D-anna"


async def test_a_mention_names_somebody_whom_no_operator_listed(room: Room) -> None:
    envelope = replace(room.envelope(), named={"@Zoe": PersonId("U0ZOE")})
    reply = await room.command("lead @Zoe", envelope)
    assert ("Told when you stay silent", "Zoe") in facts(reply.cards[0])
    person = await room.store.person(HERE, ANNA)
    assert person is not None
    assert person.manners.lead == "U0ZOE"


async def test_an_unknown_name_changes_nothing_and_nobody_is_their_own_lead(room: Room) -> None:
    staff(room)
    reply = await room.command("lead Nemo")
    assert "I do not know “Nemo”" in reply.cards[0].text.en
    reply = await room.command("lead Anna Berg")
    assert "you yourself" in reply.cards[0].text.en
    person = await room.store.person(HERE, ANNA)
    assert person is not None
    assert person.manners.lead is None


async def test_two_questions_without_an_answer_are_told_to_the_lead_once(room: Room) -> None:
    messages = list(await awaying(room, "lead Ben Ode"))
    for _ in range(4):
        due = await room.store.next_due()
        if due is None:
            break
        room.clock.at = due
        messages = await run(room)
    told = [m for m in messages if m.conversation == "ben"]
    assert len(told) == 1
    assert "has not answered twice" in told[0].card.text.en


async def test_what_stayed_without_an_answer_stands_on_the_home_page(room: Room) -> None:
    await awaying(room)
    for _ in range(4):
        due = await room.store.next_due()
        room.clock.at = due or room.clock.at
        await run(room)
    person = await room.store.person(HERE, ANNA)
    async with room.store.turn(HERE) as turn:
        cases = [f.case for f in await turn.cases(ANNA)]
    assert person is not None
    card = home_card(person, cases, today=room.clock.at.date(), note=None)
    assert any("not answered: " in value for _, value in facts(card))
