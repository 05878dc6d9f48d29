"""Aliases under which words are kept that shall bear no name: the same for the same person each time.

An alias is made with a key that is not in the database, so that nobody who reads the tables can try
the names of a team one after the other.
"""

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256

from bot.core.words import CaseId, PersonId, TenantId

NOBODY = PersonId("")  # in the stamp of what nobody's name is kept with
_LENGTH = 16  # bytes of an alias

Key = Callable[[], bytes]


def alias(key: bytes, tenant: TenantId, case: CaseId, person: PersonId) -> str:
    """What stands for this person in this case, and in no other."""
    whole = "\n".join(("alias", tenant, case, person)).encode()
    return hmac.digest(key, whole, sha256)[:_LENGTH].hex()


def passing() -> Key:
    """A key that lasts as long as this process does."""
    made = secrets.token_bytes(32)
    return lambda: made
