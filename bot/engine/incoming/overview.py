"""What somebody has before them: who they are here, and their open cases. Read only."""

from dataclasses import dataclass, replace

from bot.core.cards.blocks import Buttons, Card
from bot.core.cards.connect_cards import DOOR
from bot.core.case import Case
from bot.core.desk import Person
from bot.core.words import PersonId, TenantId
from bot.engine.house import House
from bot.engine.inbound import Profile
from bot.engine.incoming import connecting, team


@dataclass(frozen=True, slots=True)
class Overview:
    """A person, as far as they are known, and their open cases, the one touched last first.

    `shared` are those of others that they may read; `connects` says that they look after the systems
    of their organisation.
    """

    person: Person
    cases: tuple[Case, ...]
    shared: tuple[Case, ...] = ()
    connects: bool = False

    def with_door(self, home: Card) -> Card:
        """Their own page, with the way to those systems."""
        return replace(home, blocks=(*home.blocks, Buttons((DOOR,)))) if self.connects else home


async def overview(
    house: House,
    tenant: TenantId,
    id_: PersonId,
    profile: Profile | None = None,
    *,
    platform: str = "",
) -> Overview:
    """The overview of a person; somebody new is what their profile says, or what the house does."""
    async with house.store.turn(tenant) as turn:
        known = await turn.person(id_)
        filed = await turn.cases(id_)
        read = await turn.shared_with(id_)
    profile = profile or house.profile
    person = known or Person(id_, tenant, profile.language, profile.zone, profile.calendar)
    open_ = (f.case for f in filed if f.case.phase not in ("closed", "abandoned"))
    reads = bool(read) and await _is_ours(house, platform, tenant, id_)
    shared = tuple(f.case for f in read) if reads else ()
    return Overview(person, tuple(open_), shared, connecting.may(house, tenant, id_))


async def _is_ours(house: House, platform: str, tenant: TenantId, id_: PersonId) -> bool:
    """Whether somebody still belongs here; where the platform does not tell, nothing is shown."""
    if house.organisations.of(tenant).has_left(id_):
        return False
    return await team.belonging(house, platform, tenant, id_) == "ours"
