"""Digests: one message for all cases of a person, or a sentence on what is asked just then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core.cards import digest_card
from bot.core.desk import Person
from bot.core.following.digest import Line, lines
from bot.core.pings import digests
from bot.core.pings.kinds import Digest
from bot.core.pings.manners import next_moment, spread
from bot.core.words import TenantId
from bot.engine import reminding
from bot.engine.house import House
from bot.engine.ports import USEFUL, Filed, Letter, Ping, Turn
from bot.engine.reminding import Also, Besides

_OVER = ("closed", "abandoned")
LATE = timedelta(days=1)  # after which what a week brings waits for the next one


def is_digest(ping: Ping) -> bool:
    """Whether it is one of a person, and no question of a case."""
    return ping.kind.startswith(digests.PREFIX)


async def tell(house: House, turn: Turn, ping: Ping, filed: Filed, person: Person | None) -> bool:
    """Tell what the day or the week holds, once for all cases of this owner, and set the next one.

    `ping` has been taken. What is asked at the same moment carries it as a sentence. False when it
    waits for a moment that manners allow. Raises Conflict.
    """
    now = house.clock()
    person = reminding.with_absence(house, person or _stranger(ping, filed))
    digest = digests.named(_all(house, ping.tenant), ping.kind)
    if digest is None:
        return False
    if digest.every == "week" and now - ping.due > LATE:
        await _taken(house, turn, person, digest, [ping])  # the next one comes on its own day
        return False
    moment = next_moment(person.schedule, now)
    if moment > now:
        due = spread(person.schedule, moment, person.id)
        await turn.set_ping(replace(ping, due=due))
        return False
    found = await _taken(house, turn, person, digest, [ping])
    asks = await turn.due_asks(person.id, now) if digest.every == "working_day" else ()
    if asks and await turn.take_ping(asks[0]):
        asked = await turn.case(asks[0].case)
        if asked is not None:
            also = _given(_besides(house, filed, person, digest, found))
            return await reminding.remind(house, turn, asks[0], asked, person, also=also)
    if found:
        await turn.put([_letter(house, filed, person, digest, found)])
    return True


async def besides(house: House, turn: Turn, filed: Filed, person: Person | None) -> Besides | None:
    """What else the day brings, where a digest of it is due now; the next one is set."""
    if person is None:
        return None
    now = house.clock()
    for digest in _all(house, filed.case.tenant):
        if digest.every != "working_day":
            continue
        due = await turn.due_digests(person.id, digests.name_of(digest), now)
        taken = [p for p in due if await turn.take_ping(p)]
        if taken:
            found = await _taken(house, turn, person, digest, taken)
            return _besides(house, filed, person, digest, found)
    return None


async def _taken(
    house: House, turn: Turn, person: Person, digest: Digest, taken: Sequence[Ping]
) -> tuple[Line, ...]:
    """What it holds, if it is wanted; those of all other cases are taken too, and the next set."""
    now = house.clock()
    others = await turn.due_digests(person.id, digests.name_of(digest), now)
    following = digests.due(digest, person.schedule, now, who=person.id)
    for one in (*taken, *[p for p in others if await turn.take_ping(p)]):
        found = await turn.case(one.case)
        if found is not None and found.case.phase not in _OVER:
            await turn.set_ping(replace(one, due=following))
    if not digests.is_wanted(digest, person.manners):
        return ()
    cases = [f.case for f in await turn.cases(person.id) if f.case.phase not in _OVER]
    return lines(digest, cases, today=person.schedule.day(now), days=person.schedule.days)


def _all(house: House, tenant: TenantId) -> tuple[Digest, ...]:
    """Those of today's playbook: they are a person's, whatever their cases were begun with."""
    return house.playbook(tenant).pings.digests


def _stranger(ping: Ping, filed: Filed) -> Person:
    case = filed.case
    return Person(case.owner, ping.tenant, case.language, case.zone, case.calendar)


def _besides(
    house: House, filed: Filed, person: Person, digest: Digest, found: tuple[Line, ...]
) -> Besides | None:
    note = digest_card.note(found, today=person.schedule.day(house.clock()))
    return Besides(note, _letter(house, filed, person, digest, found)) if note else None


def _given(besides: Besides | None) -> Also:
    async def given() -> Besides | None:
        return besides

    return given


def _letter(
    house: House, filed: Filed, person: Person, digest: Digest, found: tuple[Line, ...]
) -> Letter:
    now = house.clock()
    today = person.schedule.day(now)
    return Letter(
        id=house.new_id(),
        case=filed.case.id,
        place=reminding.home(house, filed, person),
        slot=f"{digests.name_of(digest)}:{today.isoformat()}",
        language=person.language,
        card=digest_card.digest_card(digest, found, today=today),
        at=now,
        expires_at=now + USEFUL,
    )
