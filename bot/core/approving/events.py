"""What can happen between a draft and a message that left."""

from dataclasses import dataclass

from bot.core.approving.release import Colleague, Reaction, Surroundings, Way
from bot.core.stamp import Stamp


@dataclass(frozen=True, slots=True)
class SendOpened:
    """The draft on the screen is to go out: who gets it, who must agree, how it leaves.

    `below` numbers the message that was live when a notice was written: it moves down to there.
    """

    stamp: Stamp
    below: int | None = None


@dataclass(frozen=True, slots=True)
class HouseTold:
    """What the operator's settings say for this case."""

    stamp: Stamp
    surroundings: Surroundings


@dataclass(frozen=True, slots=True)
class RecipientsGiven:
    """The addresses were written down, divided by commas or lines."""

    stamp: Stamp
    text: str


@dataclass(frozen=True, slots=True)
class ForeignAllowed:
    """Addresses outside the customer's domain are meant so."""

    stamp: Stamp
    digest: str


@dataclass(frozen=True, slots=True)
class WayChosen:
    """By which way it leaves."""

    stamp: Stamp
    way: Way


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """Those who must agree are to be asked, for exactly this text."""

    stamp: Stamp
    digest: str


@dataclass(frozen=True, slots=True)
class ApprovalWithdrawn:
    """The owner took the question back."""

    stamp: Stamp
    number: int


@dataclass(frozen=True, slots=True)
class ApproverNamed:
    """The owner names somebody for a role that nobody has."""

    stamp: Stamp
    number: int
    place: int
    name: str


@dataclass(frozen=True, slots=True)
class ColleagueFound:
    """Who is meant by a name; None when nobody is known by it."""

    stamp: Stamp
    number: int
    place: int
    turn: int
    colleague: Colleague | None


@dataclass(frozen=True, slots=True)
class SendAsked:
    """The message may leave: now after the time for undoing, or in the next good slot."""

    stamp: Stamp
    digest: str
    later: bool = False


@dataclass(frozen=True, slots=True)
class SendUndone:
    """It is not to leave after all."""

    stamp: Stamp
    number: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """It left and arrived; `ref` is the platform's name of the message."""

    stamp: Stamp
    number: int
    ref: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """It did not arrive, or, with `unknown`, nobody can say whether it did."""

    stamp: Stamp
    number: int
    why: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class ArrivalSaid:
    """The owner knows that a message of unknown fate arrived."""

    stamp: Stamp
    number: int


@dataclass(frozen=True, slots=True)
class SendRepeated:
    """The owner wants a message sent again that failed, or that may have gone out."""

    stamp: Stamp
    number: int


@dataclass(frozen=True, slots=True)
class ToldByOwner:
    """The owner told the customer; `told_by` says how and when, in their words."""

    stamp: Stamp
    digest: str
    told_by: str


@dataclass(frozen=True, slots=True)
class HowItWent:
    """How the customer took it; with a quote alone, their words to what was said before.

    `typed` names the live message below which the line was typed that holds their words.
    """

    stamp: Stamp
    number: int
    reaction: Reaction | None
    quote: str = ""
    typed: int | None = None


@dataclass(frozen=True, slots=True)
class CorrectionOpened:
    """A message that left is to be corrected openly by a new one."""

    stamp: Stamp
    number: int


@dataclass(frozen=True, slots=True)
class Approved:
    """An approver agreed to the text with this digest."""

    stamp: Stamp
    number: int
    place: int
    turn: int
    digest: str


@dataclass(frozen=True, slots=True)
class ChangeWanted:
    """An approver wants something changed, and says what."""

    stamp: Stamp
    number: int
    place: int
    turn: int
    comment: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """An approver passes the question to somebody else, by their id or name."""

    stamp: Stamp
    number: int
    place: int
    turn: int
    name: str


ReleaseEvent = (
    SendOpened
    | HouseTold
    | RecipientsGiven
    | ForeignAllowed
    | WayChosen
    | ApprovalAsked
    | ApprovalWithdrawn
    | ApproverNamed
    | ColleagueFound
    | SendAsked
    | SendUndone
    | Delivered
    | DeliveryFailed
    | ArrivalSaid
    | SendRepeated
    | ToldByOwner
    | HowItWent
    | CorrectionOpened
)
ApproverEvent = Approved | ChangeWanted | HandedOver
