"""A conversation as inbounds: typed lines, forms and buttons, two cases, one left and resumed."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.content import playbooks as content
from bot.core.cards.blocks import Action
from bot.core.events import Raw
from bot.core.playbook import Playbook
from bot.core.words import CaseId, EventId, FieldId, PersonId, TenantId
from bot.engine.handle import handle
from bot.engine.house import House, Shelf
from bot.engine.inbound import Clicked, Commanded, Envelope, Inbound, Profile, Reply, Said
from bot.engine.ports import Store

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TENANT = TenantId("here")
FIRST, SECOND = CaseId("e0-1"), CaseId("e6-1")  # by `Counted`


def inbounds() -> tuple[Inbound, ...]:
    """All of them, in the order they happened."""
    boxes: dict[FieldId, Raw] = {
        FieldId("promised"): "the gearbox",
        FieldId("reader_name"): "Jo Park",
    }
    return (
        Commanded(_envelope(0), "new Apollo"),
        Said(_envelope(1), "Acme"),
        Clicked(_envelope(2), FIRST, Action("submit"), seen=2, boxes=boxes),
        Said(_envelope(3), "5 Dec 2026"),
        Clicked(_envelope(4), FIRST, Action("why"), seen=4),
        Said(_envelope(5), "list"),
        Commanded(_envelope(6), "new Borealis"),
        Said(_envelope(7), "ACME"),
        Clicked(_envelope(8), SECOND, Action("stop"), seen=3),
        Clicked(_envelope(9), FIRST, Action("resume"), seen=4),
        Said(_envelope(10), "back"),
        Said(_envelope(11), "no"),
    )


def _envelope(number: int) -> Envelope:
    return Envelope(
        id=EventId(f"e{number}"),
        tenant=TENANT,
        person=PersonId("anna"),
        platform="slack",
        conversation="D1",
        at=AT + number * timedelta(minutes=1),
    )


@dataclass
class Counted:
    """Ids that are the same for the same inbound, however often it is tried."""

    event: str = ""
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self) -> str:
        return f"{self.event}-{next(self.numbers)}"

    def begin(self, event: str) -> None:
        """From one again, for this inbound."""
        self.event, self.numbers = event, itertools.count(1)


@cache
def playbooks() -> tuple[Playbook, ...]:
    """The playbooks that ship."""
    return tuple(content.load_all().values())


def house(store: Store, ids: Counted) -> House:
    """A house with no way out."""
    return House(
        store=store,
        shelf=Shelf(playbooks()),
        clock=lambda: AT,
        new_id=ids,
        channels={},
        profile=Profile(language="en", zone="Asia/Shanghai", calendar="CN"),
    )


async def deliver_to(of: House, ids: Counted, inbound: Inbound) -> Reply:
    """One delivery of one inbound, as a platform makes it."""
    ids.begin(inbound.envelope.id)
    return await handle(of, inbound)
