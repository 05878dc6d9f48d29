"""What entries of a calendar have in common: who is asked, a link that comes later, a key as an id."""

import hashlib
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from bot.engine.meetings import Guest
from bot.engine.outside import NotFound, Unreadable

LOOKS = (0.0, 0.5, 1.5)  # seconds before each look at an entry whose link is not ready
SOON = timedelta(seconds=5)  # until a link that was not ready is asked for again
LONGEST = 400  # characters of an id

Wait = Callable[[float], Awaitable[None]]


def unasked(people: Sequence[Guest], there: Iterable[str], host: str) -> list[Guest]:
    """Those with an address who are not asked yet, each once; the host need not be."""
    known = {address.lower() for address in (*there, host)}
    found: dict[str, Guest] = {}
    for guest in people:
        if guest.email and guest.email.lower() not in known:
            found.setdefault(guest.email.lower(), guest)
    return list(found.values())


def id_of(value: object) -> str:
    """What the product calls an entry. Raises Unreadable for anything else."""
    if not isinstance(value, str) or not value or len(value) > LONGEST or not _is_plain(value):
        raise Unreadable("no id in the answer")
    return value


def checked(ref: str) -> str:
    """An id as it was given out. Raises NotFound for one that no product gives."""
    if not ref or len(ref) > LONGEST or not _is_plain(ref):
        raise NotFound("no such id")
    return ref


def uuid_of(key: str) -> str:
    """The same for the same key, in the shape that products take a key in."""
    return str(UUID(bytes=hashlib.sha256(key.encode()).digest()[:16]))


def _is_plain(text: str) -> bool:
    return text.isascii() and all(c.isalnum() or c in "-_=+@." for c in text) and ".." not in text
