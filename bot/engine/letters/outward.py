"""A message that leaves the house: its letter, bound to the words that were agreed to, and its record."""

from dataclasses import replace
from datetime import timedelta

from pydantic_core import to_json

from bot.core.approving.letters import customer_card
from bot.core.approving.release import Delivery
from bot.core.case import Case
from bot.core.effects import Deliver
from bot.core.stamp import Stamp
from bot.engine.keeping.chain import RECORD
from bot.engine.ports import Entry, Letter, Place

FRESH = timedelta(hours=4)  # bad news that could not leave for so long is asked about again
CERTAIN = timedelta(minutes=30)  # in which a platform's word that nothing arrived is believed
_SLOT = "customer:"


class NotAgreed(Exception):
    """A message was about to leave whose words were not agreed to."""


def letter(base: Letter, case: Case, wish: Deliver) -> Letter:
    """The letter to the customer. Raises NotAgreed where an approval is of other words.

    Its slot holds one message for ever, so that a number is never delivered twice.
    """
    outgoing = case.outgoing
    if outgoing is None or outgoing.number != wish.number:
        raise NotAgreed(f"case {case.id} has no message {wish.number} on its way")
    release = outgoing.release
    if any(a.state != "approved" or a.digest != release.digest for a in outgoing.approvals):
        raise NotAgreed(f"message {wish.number} of case {case.id} is not agreed to")
    return replace(
        base,
        place=_place(case),
        slot=f"{_SLOT}{outgoing.number}",
        language=release.language,
        card=customer_card(release),
        again=wish.again,
    )


def number_of(slot: str) -> int | None:
    """The number of the message that a slot holds; None for a slot of our own cards."""
    number = slot.removeprefix(_SLOT) if slot.startswith(_SLOT) else ""
    return int(number) if number.isdecimal() else None


def record(case: Case, delivery: Delivery, stamp: Stamp) -> Entry:
    """The entry that keeps a delivery for ever, linked to the one before."""
    return Entry(
        event=stamp.id,
        kind=RECORD,
        at=stamp.at,
        by=delivery.by,
        body=to_json(delivery).decode(),
        case=case.id,
        revision=case.revision,
        chained=True,
    )


def _place(case: Case) -> Place:
    """Where the customer reads it."""
    outgoing = case.outgoing
    if outgoing is None or not outgoing.release.to:
        raise NotAgreed(f"case {case.id} says nobody to write to")
    release = outgoing.release
    if release.way == "email":
        around = case.surroundings
        answers_to = around.owner_email if around else ""
        envelope = {"to": release.to, "answers_to": answers_to}
        return Place("mail", to_json(envelope).decode())
    platform, _, conversation = release.to[0].partition(":")
    return Place(platform, conversation)
