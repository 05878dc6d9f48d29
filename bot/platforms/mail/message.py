"""A message to a customer as a mail. Pure: no clock, no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from json import loads

from bot.core.cards.blocks import Card, Paragraph
from bot.engine.errors import BadContent

_POLICY = SMTP.clone(max_line_length=76)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who gets a mail, and who their answer goes to; empty where nobody is named."""

    to: tuple[str, ...]
    answers_to: str = ""


def envelope(conversation: str) -> Envelope:
    """What the name of a conversation of this platform says; raises BadContent when it is none."""
    try:
        found = loads(conversation)
        to, answers_to = tuple(str(a) for a in found["to"]), str(found["answers_to"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadContent from error
    if not to:
        raise BadContent
    return Envelope(to, answers_to)


def message(
    key: str, card: Card, envelope_: Envelope, *, sender: str, at: datetime
) -> EmailMessage:
    """The mail, whose Message-ID comes of the key, so that it is the same for every try.

    Raises BadContent for what no header may hold, such as a line break in a subject.
    """
    mail = EmailMessage(_POLICY)
    try:
        mail["Subject"] = card.text.en
        mail["From"] = Address(addr_spec=sender)
        mail["To"] = _addresses(envelope_.to)
        if envelope_.answers_to:
            mail["Reply-To"] = Address(addr_spec=envelope_.answers_to)
        mail["Date"] = at
        mail["Message-ID"] = message_id(key, sender)
        mail.set_content("\n\n".join(_words(card)) + "\n", cte="quoted-printable")
    except (ValueError, IndexError) as error:
        raise BadContent from error
    return mail


def message_id(key: str, sender: str) -> str:
    """The name of the mail, the same as long as the key is."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in key)
    return f"<candor.{safe}@{sender.rpartition('@')[2]}>"


def _addresses(to: Sequence[str]) -> list[Address]:
    return [Address(addr_spec=address) for address in to]


def _words(card: Card) -> list[str]:
    return [b.text.en for b in card.blocks if isinstance(b, Paragraph)]
