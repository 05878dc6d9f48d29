"""What may leave, who must agree to it, and what has left. Values only; no rule lives here.

A release is an exact text for exact recipients by one way. Its digest names it; an approval is of
that digest, so that whatever changes later was approved by nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from json import dumps
from typing import Literal

from bot.core.words import Language, PersonId, Text

Way = Literal["chat", "email", "self"]
WAYS: tuple[Way, ...] = ("chat", "email", "self")
ApprovalState = Literal["nobody", "asked", "approved", "change", "void"]
Reaction = Literal["accepted", "wants_call", "disputes", "asks_remedy", "no_answer"]
REACTIONS: tuple[Reaction, ...] = (
    "accepted", "wants_call", "disputes", "asks_remedy", "no_answer",
)  # fmt: skip
ReleaseState = Literal[
    "asked",  # somebody must agree first
    "refused",  # somebody wants a change
    "ready",  # all have agreed, or nobody has to
    "waiting",  # asked to leave; can still be undone
    "leaving",  # given to the way out
    "unknown",  # may have gone out; a person decides
    "failed",  # certainly not delivered
    "delivered",
]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the own house, by the id and the name that the platform knows."""

    id: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the operator has set for this customer, as it was when the message was made ready.

    `roles` gives the people of each role in the order in which they are asked. `conversation` is
    the customer's own, as "platform:conversation"; empty when there is none.
    """

    roles: Mapping[str, tuple[Colleague, ...]] = field(default_factory=dict)
    conversation: str = ""
    conversation_name: str = ""
    zone: str = ""  # IANA name, of the customer
    calendar: str = ""  # country code
    domains: tuple[str, ...] = ()  # of the customer's addresses
    own_domains: tuple[str, ...] = ()
    can_mail: bool = False
    meeting_link: str = ""
    can_link: bool = False  # a customer can be asked by a link
    takes_files: bool = False  # the owner's platform can bring a file
    takes_pages: bool = False  # and make a page of its own: a canvas, a document
    owner_name: str = ""
    owner_email: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """An exact text for exact recipients. `to` holds addresses, or one "platform:conversation"."""

    variant: str  # "email.executive.en"
    language: Language
    way: Way
    to: tuple[str, ...]
    subject: str
    text: str
    day: date  # the owner's day on which it was made from the answers
    corrects: int = 0  # the delivery that it corrects

    @property
    def is_call(self) -> bool:
        """Whether the text is the owner's own sheet for a call, which the customer never reads."""
        return self.variant.startswith("call.")

    @property
    def digest(self) -> str:
        """The name of exactly this text, these recipients and this way: SHA-256, 64 digits."""
        parts = {
            "to": sorted(self.to),
            "way": self.way,
            "language": self.language,
            "subject": self.subject,
            "text": self.text,
            "corrects": self.corrects,
        }
        canonical = dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Approval:
    """What one role says of a release. `line` are those who may be asked, `turn` who is now."""

    role: str
    name: Text  # of the role
    because: tuple[Text, ...]
    digest: str
    line: tuple[Colleague, ...] = ()
    turn: int = 0
    state: ApprovalState = "nobody"
    asked_at: datetime | None = None
    at: datetime | None = None
    by: Colleague | None = None  # who decided
    comment: str = ""

    @property
    def asked(self) -> Colleague | None:
        """Who is asked now; None when nobody is."""
        return self.line[self.turn] if self.turn < len(self.line) else None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way out. Each number is delivered once at most."""

    number: int  # of the case, from 1
    release: Release
    approvals: tuple[Approval, ...] = ()
    state: ReleaseState = "ready"
    asked_by: PersonId | None = None  # who pressed Send
    due: datetime | None = None  # when it leaves, unless it is undone
    scheduled: bool = False
    tries: int = 0
    why: str = ""  # the class of what went wrong


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that left: the exact words, to whom, when, how, and who had agreed."""

    number: int
    digest: str
    release: Release
    by: PersonId
    at: datetime
    how: Literal["sent", "told", "said_arrived"]  # by the bot; by the owner; by the owner's word
    approvals: tuple[Approval, ...] = ()
    ref: str = ""  # the platform's name of the message
    told_by: str = ""  # in the owner's words: by which channel


@dataclass(frozen=True, slots=True)
class Precedent:
    """A remedy that a customer was offered before."""

    remedy: str  # its id in the catalogue
    detail: str
    day: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the customer took it, as the owner says, with their words where some were kept."""

    number: int
    at: datetime
    reaction: Reaction
    quote: str = ""

    @property
    def is_heard(self) -> bool:
        """Whether the customer has said anything: words alone are an answer, too."""
        return self.reaction != "no_answer" or bool(self.quote)
