"""What can happen in Lark, as far as it concerns the bot. Values only."""

from dataclasses import dataclass

from bot.engine.inbound import Clicked, Commanded, Envelope, Handed, Inbound, Said


@dataclass(frozen=True, slots=True)
class Arrived:
    """A person opened the conversation with the bot."""

    envelope: Envelope
    chat: str


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A person wants to see all that they have before them."""

    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The bot was named in a group; `inbound` goes on in the person's own conversation."""

    inbound: Commanded
    chat: str
    message: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was added to a group."""

    envelope: Envelope
    chat: str
    external: bool
    by_own: bool  # by somebody of the own tenant


@dataclass(frozen=True, slots=True)
class Left:
    """The bot was removed from a group."""

    envelope: Envelope
    chat: str
    by_own: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A line or command in the person's own conversation, which takes place in that chat."""

    inbound: Said | Commanded
    chat: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A file was sent in the person's own conversation, which takes place in that chat."""

    inbound: Handed
    chat: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Something was sent that holds no words."""

    envelope: Envelope
    chat: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A button or form. `zone` is where the client says that the person is; empty if it does not."""

    inbound: Clicked
    chat: str
    zone: str
    row: str  # of the outbox, that its card was drawn from


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody of another tenant wrote, or pressed: then without a message. With them it may not
    speak alone.
    """

    message: str = ""


@dataclass(frozen=True, slots=True)
class Switched:
    """The app was stopped, or started again, by an administrator."""

    on: bool


Happening = (
    Written
    | Mentioned
    | Touched
    | Arrived
    | Overlooked
    | Joined
    | Left
    | Picture
    | Sent
    | Outsider
    | Switched
    | Inbound
)
