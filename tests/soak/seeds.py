"""What waits in the tables when a soak begins: messages to customers, and reminders, all due in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import wiring
from bot.core.approving.leaving import SEND
from bot.core.approving.organisation import Known, Member, Organisation
from bot.core.case import Case
from bot.core.desk import Person
from bot.core.pings.manners import next_moment
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.ports import Filed, Ping, Place
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from tests.approval.scene import PM, Scene, plain
from tests.core.followed import Followed
from tests.delivery_cases import PLAYBOOK
from tests.soak.town import LETTERS, Town

EVERY = 8.0  # seconds between two messages to customers in one tenant, on the average
KEYS = ("milestone_check/1", "new_date_in_danger/0")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due once; a message to a customer has a mark in its words."""

    tenant: str
    case: str
    kind: str
    mark: str = ""


async def sow(town: Town, address: Address, seconds: float) -> tuple[Sequence[Due], Sequence[Due]]:
    """Messages to customers, then reminders of owners."""
    store = SharedStore(address)
    messages: list[Due] = []
    asks: list[Due] = []
    now = wiring.now()
    for place in LETTERS:
        async with store.turn(TenantId(town.tenant_of(place))) as turn:
            await turn.keep_playbook(PLAYBOOK)
        for number in range(max(3, int(seconds / EVERY))):
            due = now + timedelta(seconds=town.chance.uniform(3, seconds))
            messages.append(await _message(town, store, place, number, due))
            later = now + timedelta(seconds=town.chance.uniform(3, seconds))
            asks += await _asks(town, store, place, number, later)
    await store.close()
    return messages, asks


async def _message(town: Town, store: SharedStore, place: str, number: int, due: datetime) -> Due:
    """A message that its owner has sent, and that leaves when it is due."""
    platform = "lark" if place == "lark" else "slack"
    mark = f"zq{LETTERS[place]}{number}x{9_000_000 + town.chance.randrange(10**6)}"
    organisation = Organisation(
        people=(Member(PM, "Ida Moreau"),),
        customers=(Known("Marrow Bakeries", conversation=f"{platform}:{town.rooms[place]}"),),
    )
    scene = Scene(plain(promised=f"the bread line {mark}"), organisation=organisation)
    await scene.begin()
    await scene.choose("send")
    made = await scene.now()
    assert made.outgoing is not None
    assert made.outgoing.state == "waiting"
    assert mark in made.outgoing.release.text
    case = _owned(town, place, made, f"of-{LETTERS[place]}-{number}")
    leaving = replace(made.outgoing, due=due, asked_by=case.owner)
    await _keep(town, store, place, replace(case, outgoing=leaving), {SEND: due})
    return Due(case.tenant, case.id, SEND, mark)


async def _asks(
    town: Town, store: SharedStore, place: str, number: int, due: datetime
) -> Sequence[Due]:
    """Two questions to the owner of a case that its customer knows of."""
    case = _owned(town, place, Followed().tell().case, f"ask-{LETTERS[place]}-{number}")
    kinds = [name_of(Key(key)) for key in KEYS]
    await _keep(town, store, place, case, dict.fromkeys(kinds, due))
    return [Due(case.tenant, case.id, kind) for kind in kinds]


def _owned(town: Town, place: str, case: Case, id_: str) -> Case:
    """The case in that tenant, in the hands of its silent owner."""
    owner = PersonId(town.owner(place))
    tenant = TenantId(town.tenant_of(place))
    return replace(case, id=CaseId(id_), tenant=tenant, owner=owner, digest=PLAYBOOK.digest)


async def _keep(
    town: Town, store: SharedStore, place: str, case: Case, pings: dict[str, datetime]
) -> None:
    platform = "lark" if place == "lark" else "slack"
    said = f"{case.tenant}/{case.owner}" if place == "lark" else case.owner
    async with store.turn(case.tenant) as turn:
        person = _owner(case, platform, said)
        await turn.save_person(person)
        await turn.save(Filed(case, Place(platform, said)), was=None)
        for kind, due in pings.items():
            await turn.set_ping(Ping(case.tenant, case.id, kind, due))


def _owner(case: Case, platform: str, said: str) -> Person:
    """Somebody for whom it is about noon."""
    ahead = 12 - wiring.now().hour
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"  # its sign is turned round
    return Person(case.owner, case.tenant, "en", zone, "none", platform=platform, conversation=said)


def may_be_asked() -> bool:
    """Whether manners let anybody be asked today: not at a weekend."""
    case = replace(plain(), owner=PM)
    now = wiring.now()
    return next_moment(_owner(case, "slack", PM).schedule, now) <= now
