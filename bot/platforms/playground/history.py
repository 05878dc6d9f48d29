"""What a conversation holds, read from the store: the bot's messages and what people wrote."""

from collections.abc import Iterable
from json import loads
from typing import Any

from pydantic_core import to_jsonable_python

from bot.core.cards.blocks import Card
from bot.core.words import CaseId
from bot.engine.ports import Entry, MessageRef, Parcel, Place, Store
from bot.platforms.playground.client import Message, PlaygroundChannel, posted
from bot.platforms.playground.people import TENANT, shown
from bot.platforms.playground.render import Payload

_WRITTEN = ("Typed", "Said", "Wrote", "Command", "Unknown")


async def messages(store: Store, channel: PlaygroundChannel, place: Place) -> list[Payload]:
    """All messages of a conversation in their order, as the page takes them."""
    parcels = await store.messages(TENANT, place)
    standing = {p.ref: Message(p.ref, posted(p.ref), p.card) for p in parcels if p.ref}
    standing |= {m.ref: m for m in channel.recent(place.conversation)}
    found = [m.shown() for m in standing.values()]
    if place.conversation.startswith("dm:"):
        person = place.conversation.removeprefix("dm:")
        lines = [_line(e) for e in await _written(store, _cases(parcels)) if e.by == person]
        found += [line for line in lines if line["text"].strip()]
    return sorted(found, key=lambda m: (m["order"], m["by"] == "candor"))


async def card_of(
    store: Store, channel: PlaygroundChannel, place: Place, ref: MessageRef
) -> Card | None:
    """The card that stands in a message; None for one that is not kept."""
    lately = next((m.card for m in channel.recent(place.conversation) if m.ref == ref), None)
    if lately is not None:
        return lately
    return next((p.card for p in await store.messages(TENANT, place) if p.ref == ref), None)


async def case_of(store: Store, place: Place, ref: str) -> CaseId | None:
    """The case that a message belongs to; None for one that is not kept."""
    parcels = await store.messages(TENANT, place)
    return next((p.case for p in parcels if p.ref == MessageRef(ref)), None)


async def behind(store: Store, place: Place) -> Payload:
    """What lies behind a conversation: its cases as they stand, and its outbox, latest first."""
    ids = _cases(await store.messages(TENANT, place))
    cases: list[Payload] = []
    outbox: list[Payload] = []
    for id_ in ids:
        filed = await store.case(TENANT, id_)
        if filed is not None:
            cases.append({"id": id_, "body": to_jsonable_python(filed.case)})
        outbox += [_row(p) for p in await store.parcels(TENANT, id_)]
    return {"cases": cases[::-1], "outbox": outbox[::-1][:100]}


async def _written(store: Store, cases: Iterable[CaseId]) -> list[Entry]:
    entries = list(await store.entries(TENANT, None))
    for id_ in cases:
        entries += await store.entries(TENANT, id_)
    return [e for e in entries if e.kind in _WRITTEN]


def _line(entry: Entry) -> Payload:
    body: dict[str, Any] = loads(entry.body)
    order = entry.event.partition("-")[0]
    return {
        "id": entry.event,
        "at": entry.at.isoformat(),
        "order": int(order) if order.isdecimal() else int(entry.at.timestamp() * 1000),
        "by": entry.by,
        "kind": "text",
        "text": body.get("text", ""),  # a command that was pressed has no words
    }


def _cases(parcels: Iterable[Parcel]) -> list[CaseId]:
    return list(dict.fromkeys(p.case for p in parcels))


def _row(parcel: Parcel) -> Payload:
    return {
        "text": shown(parcel.card.text),
        "kind": parcel.kind,
        "state": parcel.state,
        "slot": parcel.slot,
    }
