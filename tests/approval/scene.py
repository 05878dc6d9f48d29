"""A house with an owner, approvers and a customer, and a case whose answers all stand."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.content.coaching import default_coaching
from bot.core.approving.organisation import Known, Member, Organisation, Organisations
from bot.core.approving.release import Release
from bot.core.cards.blocks import (
    Action,
    Buttons,
    Card,
    Editor,
    Facts,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.case import Case
from bot.core.words import CaseId, EventId, Language, PersonId, TenantId
from bot.engine.deliver import deliver
from bot.engine.handle import handle
from bot.engine.house import House, Shelf
from bot.engine.inbound import Clicked, Commanded, Envelope, Profile, Reply
from bot.engine.papers import File, Kind
from bot.engine.ports import Channel, Filed, MessageRef, Place, Store
from bot.engine.tick import tick
from bot.papers.files import file
from bot.store.memory.store import MemoryStore
from tests.delivery_cases import PLAYBOOK, full
from tests.engine.room import Clock, FakeChannel, Message

HERE = TenantId("here")
PM, OMAR, LIN, IDA = PersonId("pm"), PersonId("omar"), PersonId("lin"), PersonId("ida")
AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)  # a Monday, the day of `delivery_cases`
CASE = CaseId("hall-4")
CUSTOMER = "C-marrow"

ORGANISATION = Organisation(
    people=(
        Member(PM, "Ida Moreau", email="ida@house.example"),
        Member(OMAR, "Omar Haddad"),
        Member(LIN, "Lin Jing"),
        Member(IDA, "Petra Lindqvist"),
    ),
    roles={
        "account_lead": (OMAR, LIN),
        "delivery_director": (OMAR, LIN),
        "finance": (LIN, OMAR),
        "contract_reviewer": (LIN, PM),
    },
    customers=(
        Known("Marrow Bakeries", "Asia/Kolkata", "IN", ("marrow.example",), f"slack:{CUSTOMER}"),
        Known("青河水务", "Asia/Shanghai", "CN", ("qinghe.example",), f"slack:{CUSTOMER}"),
    ),
    domains=("house.example",),
)


@dataclass
class Platform(FakeChannel):
    """A platform with errors for what goes to the customer alone, as in FakeChannel."""

    way_out: list[Exception] = field(default_factory=list)  # before anything has happened
    arrived: list[Exception] = field(default_factory=list)  # after the message was accepted

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """A new message; raises as told."""
        if conversation == CUSTOMER and self.way_out:
            raise self.way_out.pop(0)
        ref = await super().post(conversation, key, card, language, under=under)
        if conversation == CUSTOMER and self.arrived:
            raise self.arrived.pop(0)
        return ref


class Scene:
    """One case in a house, and what people see of it on a platform."""

    def __init__(
        self,
        case: Case | None = None,
        *,
        store: Store | None = None,
        organisation: Organisation = ORGANISATION,
        more: Mapping[str, Channel] | None = None,
        files: bool = False,
        desk: str = "slack",
        first: int = 1,
    ) -> None:
        """`desk` is the platform of our own people; the customer may be on another.

        Ids count from `first`, for a store in which another scene has been.
        """
        self.desk = desk
        self.clock = Clock(AT)
        self.channel = Platform()
        self.store = store or MemoryStore()
        self.case = case or plain()
        numbers = itertools.count(first)
        self.events = itertools.count(first)
        self.house = House(
            store=self.store,
            shelf=Shelf([PLAYBOOK]),
            clock=self.clock,
            new_id=lambda: f"id-{next(numbers):06}",
            channels={desk: self.channel, **(more or {})},
            profile=Profile("en", "Europe/London", "GB"),
            coaching=default_coaching,
            organisations=Organisations((organisation,)),
            make_file=made if files else None,
            takes_files=frozenset({"slack"} if files else ()),
        )

    async def begin(self) -> "Scene":
        """The case is in the store, its draft is opened and made ready to send."""
        async with self.store.turn(HERE) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(self.case, Place(self.desk, "D-pm")), was=None)
        await self.click("draft")
        await self.click("make_ready")
        return self

    async def click(
        self, name: str, argument: str = "", *, by: PersonId = PM, text: str = ""
    ) -> Reply:
        """A click, and all that follows from it at once."""
        reply = await self.press(Action(name, argument), by=by, text=text)
        await self.settle()
        return reply

    async def press(self, action: Action, *, by: PersonId = PM, text: str = "") -> Reply:
        """A click alone."""
        id_ = EventId(f"e{next(self.events)}")
        envelope = Envelope(id_, HERE, by, self.desk, f"D-{by}", self.clock())
        seen = (await self.now()).revision
        reply = await handle(self.house, Clicked(envelope, CASE, action, seen, text=text))
        assert not reply.fault, reply.toast
        return reply

    async def choose(
        self, name: str, argument: str = "", *, by: PersonId = PM, text: str = ""
    ) -> Reply:
        """A button or box that really stands on the latest card of a person."""
        found = [a for a in pressable(self.card(by)) if a.name == name]
        found = [a for a in found if a.argument.startswith(argument)]
        assert found, f"{name} is not among {[a.name for a in pressable(self.card(by))]}"
        reply = await self.press(found[0], by=by, text=text)
        await self.settle()
        return reply

    async def share(self, name: str = "Petra Lindqvist") -> None:
        """A colleague may read the case; the list of who may is open, and they have looked."""
        id_ = EventId(f"e{next(self.events)}")
        envelope = Envelope(id_, HERE, PM, self.desk, f"D-{PM}", self.clock())
        await handle(self.house, Commanded(envelope, f"invite {name}"))
        await self.click("sharing")
        await self.click("invite_yes", IDA)
        await self.click("look", by=IDA)

    async def settle(self) -> None:
        """Fire what is due and send what waits."""
        await tick(self.house)
        await deliver(self.house)

    async def later(self, **by: int) -> None:
        """The clock moves on."""
        self.clock.move(timedelta(**by))
        await self.settle()

    async def now(self) -> Case:
        """The case as it stands."""
        filed = await self.store.case(HERE, CASE)
        assert filed is not None
        return filed.case

    def messages(self, conversation: str) -> list[Message]:
        """What stands in a conversation."""
        return [m for m in self.channel.messages if m.conversation == conversation]

    def card(self, person: PersonId = PM) -> Card:
        """The latest card with something to do in a person's own conversation; notices aside."""
        place = f"D-{person}" if person == PM else person
        mine = self.messages(place) + self.messages(f"D-{person}")
        full_cards = [m.card for m in mine if any(isinstance(b, Heading) for b in m.card.blocks)]
        return full_cards[-1]

    def actions(self, person: PersonId = PM) -> list[Action]:
        """What can be pressed on a person's latest card."""
        return pressable(self.card(person))

    @property
    def sent(self) -> list[str]:
        """What the customer has to read."""
        return [words(m.card) for m in self.messages(CUSTOMER)]


def made(case: Case, release: Release, kind: Kind, at: datetime) -> File:
    """A file as the wiring makes it."""
    return file(case, release, kind, at=at)


def plain(**changed: str) -> Case:
    """A light delay without any remedy or contract term: nobody has to agree to it."""
    answers = {
        "goodwill": "none", "contract_term": "none", "reader": "day_to_day", "channel": "email",
        **changed,
    }  # fmt: skip
    case = full("en", **answers)
    drop = [f for f in ("customer_deadline", "customer_deadline_what") if f not in changed]
    kept = {k: v for k, v in case.answers.items() if k not in drop}
    return replace(
        case, id=CASE, tenant=HERE, owner=PM, answers=kept, revision=60, phase="reviewing"
    )


def heavy(**changed: str) -> Case:
    """A delay that hits the customer's own date, with a remedy that costs work of ours."""
    return _stands(full("en", **{"contract_term": "none", **changed}))


def _stands(case: Case) -> Case:
    """The case with nothing open any more, ready to be reviewed."""
    fields = PLAYBOOK.fields.values()
    passed = tuple(f.id for f in fields if not f.required and f.id not in case.answers)
    return replace(
        case, id=CASE, tenant=HERE, owner=PM, revision=60, phase="reviewing", passed=passed
    )


def words(card: Card) -> str:
    """All that a card says, in English."""
    found: list[str] = []
    for block in card.blocks:
        match block:
            case Heading() | Paragraph() | Hint() | Quote():
                found.append(block.text.en)
            case Facts(rows=rows):
                found += [f"{r.label.en}: {r.value.en}" for r in rows]
            case Buttons(buttons=buttons):
                found += [b.label.en for b in buttons]
            case Editor(label=label, beside=beside):
                found += [label.en, *(b.label.en for b in beside)]
            case _:
                pass
    return "\n".join(found)


def pressable(card: Card) -> list[Action]:
    """All that can be pressed on a card, boxes included."""
    found: list[Action] = []
    for block in card.blocks:
        match block:
            case Buttons(buttons=buttons):
                found += [b.action for b in buttons]
            case Editor(action=action, beside=beside):
                found += [action, *(b.action for b in beside)]
            case _:
                pass
    return found
