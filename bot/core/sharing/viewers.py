"""Who else may read a case: colleagues whom its owner has invited. Values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.words import PersonId

MOST = 20  # viewers of one case


@dataclass(frozen=True, slots=True)
class Viewer:
    """A colleague who may read the case and change nothing in it."""

    name: str
    number: int  # of the invitation, from 1
    at: datetime
    looks: int = 0  # messages in which they were shown the case; the last one holds it


@dataclass(frozen=True, slots=True)
class Named:
    """A colleague whom the owner has named, before they agree to it; `slot` is where it is asked."""

    id: PersonId
    name: str
    slot: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a case is shared; `owner` is what its owner is called, where that is known."""

    viewers: Mapping[PersonId, Viewer] = field(default_factory=dict)
    invited: int = 0  # invitations so far
    owner: str = ""
    named: Named | None = None  # who is to be invited, if the owner agrees
    shown: str = ""  # slot of the message that lists the viewers to the owner
