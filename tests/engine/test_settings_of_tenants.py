"""What each tenant settles for itself: playbook, calendar, quiet hours, for how long it keeps."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.core.approving.organisation import Organisation, Organisations
from bot.core.case import Case
from bot.core.words import PersonId, TenantId
from bot.engine.handle import handle
from bot.engine.house import Shelf
from bot.engine.inbound import Commanded, Profile
from bot.engine.keeping.retention import Keeping, keeping_of
from tests.engine.room import HERE, Room, playbook

ELSEWHERE = TenantId("elsewhere")
DAY = timedelta(days=1)
OWN = Organisation(
    id=HERE,
    playbook="careful",
    calendar="CN",
    quiet_from=time(20),
    quiet_until=time(8),
    keep_cases_days=30,
    keep_log_days=0,
    meeting_link="https://meet.here.example",
)


@pytest.fixture
def room() -> Room:
    """A house with two playbooks, of whose two tenants one has settled everything."""
    found = Room()
    usual = playbook()
    careful = replace(usual, id="careful", digest="of-the-careful-one")
    found.house = replace(
        found.house,
        shelf=Shelf([usual, careful], default=usual.id),
        organisations=Organisations((OWN,)),
    )
    return found


async def begun(room: Room, tenant: TenantId) -> Case:
    envelope = room.envelope(tenant=tenant, profile=Profile("en", "Europe/London", "GB"))
    reply = await handle(room.house, Commanded(envelope, "new Apollo"))
    assert reply.case is not None
    filed = await room.store.case(tenant, reply.case)
    assert filed is not None
    return filed.case


async def test_a_case_begins_with_its_tenants_own_playbook(room: Room) -> None:
    assert (await begun(room, HERE)).digest == "of-the-careful-one"
    assert (await begun(room, ELSEWHERE)).digest == playbook().digest


async def test_a_newcomer_has_their_tenants_calendar_and_quiet_hours(room: Room) -> None:
    for tenant in (HERE, ELSEWHERE):
        await begun(room, tenant)
    ours = await room.store.person(HERE, PersonId("anna"))
    theirs = await room.store.person(ELSEWHERE, PersonId("anna"))
    assert ours is not None
    assert theirs is not None
    assert (ours.calendar, ours.manners.quiet_from) == ("CN", time(20))
    assert (theirs.calendar, theirs.manners.quiet_from) == ("GB", None)


def test_a_meeting_link_is_one_tenants_own(room: Room) -> None:
    organisations = room.house.organisations
    assert organisations.of(HERE).meeting_link == "https://meet.here.example"
    assert organisations.of(ELSEWHERE).meeting_link == ""


def test_who_has_settled_nothing_keeps_as_the_house_does() -> None:
    house = Keeping(cases=365 * DAY, log=90 * DAY)
    usual, own = keeping_of(Organisations((OWN, Organisation(id="plain"))), house)
    assert usual == house
    assert own == {HERE: Keeping(cases=30 * DAY, log=None)}


def test_what_every_tenant_settles_is_no_word_of_one_that_is_named() -> None:
    house = Keeping(cases=365 * DAY)
    named = (Organisation(id="*", keep_cases_days=7), Organisation(id="plain"))
    usual, own = keeping_of(Organisations(named), house)
    assert usual == Keeping(cases=7 * DAY)
    assert own == {TenantId("plain"): house}
