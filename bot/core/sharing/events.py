"""What can happen to the reading of a case by others. Past tense."""

from dataclasses import dataclass

from bot.core.approving.release import Colleague
from bot.core.stamp import Stamp
from bot.core.words import PersonId


@dataclass(frozen=True, slots=True)
class SharingOpened:
    """Who may read the case was asked for, by its owner."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class ViewerNamed:
    """The owner named somebody who is to read; `who` is whom the words `name`, if anybody.

    `outside` says that they are none of ours.
    """

    stamp: Stamp
    name: str
    who: Colleague | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class ViewerInvited:
    """The owner agreed that whoever was named reads; `owner` is what the owner is called."""

    stamp: Stamp
    who: PersonId
    owner: str = ""


@dataclass(frozen=True, slots=True)
class InvitationDropped:
    """The owner thought better of it."""

    stamp: Stamp
    who: PersonId


@dataclass(frozen=True, slots=True)
class ViewerRemoved:
    """The owner took an invitation back."""

    stamp: Stamp
    who: PersonId


@dataclass(frozen=True, slots=True)
class ViewerLooked:
    """A viewer wants to read the case; `on` numbers the message of the button, if it shows it."""

    stamp: Stamp
    on: int | None = None


@dataclass(frozen=True, slots=True)
class ViewerLeft:
    """A viewer stepped out by themselves."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class ViewerLost:
    """A viewer is out of reach, or with `outside` none of ours any more."""

    stamp: Stamp
    who: PersonId
    outside: bool = False


@dataclass(frozen=True, slots=True)
class ReadingOver:
    """The case has been kept long enough and is about to be let go of."""

    stamp: Stamp


ByViewer = ViewerLooked | ViewerLeft
ByOwner = SharingOpened | ViewerNamed | ViewerInvited | InvitationDropped | ViewerRemoved
SharingEvent = ByOwner | ByViewer | ViewerLost | ReadingOver
