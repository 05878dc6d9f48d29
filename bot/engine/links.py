"""Links that a customer opens without an account: signed, for one case, and over on a day.

A link says whose case it is and until when it holds; whoever changes a letter of it has none.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from bot.core.words import CaseId, TenantId

PATH = "/feedback"
LONGEST = 600  # characters of a token
_SEAL = 16  # bytes of a signature


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link stands for."""

    tenant: TenantId
    case: CaseId
    number: int  # of the case's links, from 1
    until: datetime


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links under an address, and reads them. `key` is known to nobody else."""

    address: str  # https://candor.example
    key: bytes

    def made(self, ticket: Ticket) -> str:
        """The whole link."""
        return f"{self.address}{PATH}/{self.token(ticket)}"

    def token(self, ticket: Ticket) -> str:
        """The part of the link that says which it is."""
        whole = (ticket.tenant, ticket.case, ticket.number, int(ticket.until.timestamp()))
        body = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
        return f"{_written(body)}.{_written(self._seal(body))}"

    def read(self, token: str) -> Ticket | None:
        """What a token stands for, over or not; None for one that was not made here."""
        if len(token) > LONGEST:
            return None
        body, _, seal = token.partition(".")
        try:
            raw, given = _bytes(body), _bytes(seal)
            if not hmac.compare_digest(given, self._seal(raw)):
                return None
            tenant, case, number, until = json.loads(raw)
        except ValueError:
            return None
        at = datetime.fromtimestamp(until, UTC)
        return Ticket(TenantId(tenant), CaseId(case), number, at)

    def _seal(self, body: bytes) -> bytes:
        return hmac.digest(self.key, b"feedback\n" + body, sha256)[:_SEAL]


def _written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """The bytes of a part. Raises ValueError for anything that was not written here."""
    raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if _written(raw) != text:
        raise ValueError("written in another way")
    return raw
