"""Settings through the engine: kept with the person, carried into their open cases, said there."""

from dataclasses import replace

from bot.core.approving.organisation import Member, Organisation, Organisations
from bot.core.cards.blocks import Form
from bot.core.case import Case
from bot.core.words import CaseId, FieldId, PersonId
from bot.engine.deliver import deliver
from bot.engine.inbound import Reply
from tests.engine.room import HERE, Room


async def stored(room: Room, id_: CaseId | None) -> Case:
    assert id_ is not None
    filed = await room.store.case(HERE, id_)
    assert filed is not None
    return filed.case


async def settle(room: Room, **words: str) -> Reply:
    return await room.click(None, "settle", boxes={FieldId(k): v for k, v in words.items()})


async def test_the_settings_are_a_form_of_no_case(room: Room) -> None:
    [card] = (await room.command("settings")).cards
    form = next(b for b in card.blocks if isinstance(b, Form))
    assert (form.case, form.action.name) == ("", "settle")


async def test_what_is_settled_reaches_all_open_cases_and_none_that_is_over(room: Room) -> None:
    over = (await room.command("new Wind farm")).case
    await room.click(over, "abandon")
    first = (await room.command("new Depot")).case
    second = (await room.command("new Bridge")).case
    await deliver(room.house)
    reply = await settle(room, language="zh", zone="Shanghai", calendar="CN")
    assert set(reply.also) == {first, second}
    assert reply.language == "zh"
    for id_ in (first, second):
        case = await stored(room, id_)
        assert (case.language, case.zone, case.calendar) == ("zh", "Asia/Shanghai", "CN")
    assert (await stored(room, over)).zone == "Asia/Kolkata"
    await deliver(room.house)
    assert [m.language for m in room.channel.messages] == ["en", "zh", "zh"]


async def test_a_case_that_is_talked_about_stays_the_one_for_the_next_line(room: Room) -> None:
    first = (await room.command("new Depot")).case
    await room.command("new Bridge")
    await room.click(first, "open", boxes={})
    await room.command(f"show {first}")
    await settle(room, zone="Shanghai")
    assert (await room.say("Hollow Hill")).case == first


async def test_a_zone_or_language_that_is_typed_reaches_them_too(room: Room) -> None:
    id_ = (await room.command("new Depot")).case
    assert (await room.command("zone Berlin")).also == (id_,)
    assert (await stored(room, id_)).zone == "Europe/Berlin"
    assert (await room.command("zone Berlin")).also == ()
    await room.say("中文")
    assert (await stored(room, id_)).language == "zh"


async def test_a_deputy_is_one_of_the_house(room: Room) -> None:
    people = (Member(PersonId("omar"), "Omar Haddad"),)
    room.house = replace(room.house, organisations=Organisations((Organisation(people=people),)))
    assert (await settle(room, deputy="Omar")).cards == ()
    person = await room.store.person(HERE, PersonId("anna"))
    assert person is not None
    assert (person.manners.deputy, person.manners.deputy_name) == ("omar", "Omar Haddad")
    [card] = (await settle(room, deputy="Eve")).cards
    form = next(b for b in card.blocks if isinstance(b, Form))
    (box,) = [b for b in form.boxes if b.problem is not None]
    assert (box.field, box.value) == ("deputy", "Eve")


async def test_hours_alone_touch_no_case(room: Room) -> None:
    id_ = (await room.command("new Depot")).case
    before = await stored(room, id_)
    assert (await settle(room, work="8-16")).also == ()
    assert await stored(room, id_) == before
    person = await room.store.person(HERE, PersonId("anna"))
    assert person is not None
    assert person.manners.work_until.hour == 16


async def test_what_cannot_be_taken_comes_back_as_the_form_and_changes_nothing(room: Room) -> None:
    await room.command("new Depot")
    reply = await settle(room, zone="Mars", work="8-16")
    [card] = reply.cards
    form = next(b for b in card.blocks if isinstance(b, Form))
    assert [b.field for b in form.boxes if b.problem] == ["zone"]
    person = await room.store.person(HERE, PersonId("anna"))
    assert person is not None
    assert (person.zone, person.manners.work_until.hour) == ("Asia/Kolkata", 18)
