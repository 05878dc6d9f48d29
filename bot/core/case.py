"""A case and what it holds: answers, skips, what is still open, the draft. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator

from bot.core.approving.release import (
    Delivery,
    Outcome,
    Outgoing,
    Precedent,
    Release,
    Surroundings,
    Way,
)
from bot.core.coaching.told import Coached
from bot.core.following.feedback import Feedback
from bot.core.following.standing import Standing
from bot.core.following.voices import LookBack
from bot.core.following.watching import Check
from bot.core.foresight.forecast_words import Bar
from bot.core.foresight.ledger import Promise
from bot.core.lessons.lesson import Lesson
from bot.core.meetings.meeting import Meeting, Purpose
from bot.core.mirroring.mirrored import UNMIRRORED, Mirrored
from bot.core.pings.reminder import Key, Reminder
from bot.core.pings.rooms import Room
from bot.core.playbook import Channel, Reader, Tone
from bot.core.rehearsal.practice import Practice
from bot.core.sharing.viewers import Sharing
from bot.core.tracking.tracked import UNTRACKED, Tracking
from bot.core.words import CaseId, FieldId, Language, PersonId, StepId, TenantId, Text

Phase = Literal[
    "collecting",
    "reviewing",
    "awaiting_approval",
    "ready",
    "told",
    "following",
    "recovered",
    "learning",
    "closed",
    "abandoned",
]


@dataclass(frozen=True, slots=True)
class TextValue:
    """What somebody wrote, as they wrote it."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class ChoiceValue:
    """The id of one choice."""

    id: str
    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class ChoicesValue:
    """The ids of several choices, in the playbook's order."""

    ids: tuple[str, ...]
    kind: Literal["choices"] = "choices"


@dataclass(frozen=True, slots=True)
class DateValue:
    """A day; for a range, its first day and its last."""

    day: date
    end: date | None = None
    kind: Literal["date"] = "date"


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number, with the unit as the person wrote it."""

    number: Decimal
    unit: str | None = None
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class PercentValue:
    """A percentage, 0 to 100."""

    percent: Decimal
    kind: Literal["percent"] = "percent"


@dataclass(frozen=True, slots=True)
class MoneyValue:
    """A sum in a currency (ISO 4217 code)."""

    amount: Decimal
    currency: str
    kind: Literal["money"] = "money"


@dataclass(frozen=True, slots=True)
class YesNoValue:
    """Yes or no."""

    yes: bool
    kind: Literal["yes_no"] = "yes_no"


@dataclass(frozen=True, slots=True)
class PersonValue:
    """A person, by the name they are called."""

    name: str
    kind: Literal["person"] = "person"


Cell = Annotated[
    TextValue | ChoiceValue | DateValue | NumberValue | MoneyValue | PersonValue,
    Discriminator("kind"),
]


@dataclass(frozen=True, slots=True)
class RowsValue:
    """Rows of a table; each maps a column's id to its cell, and lacks what was left empty."""

    rows: tuple[Mapping[str, Cell], ...]
    kind: Literal["rows"] = "rows"


Value = Annotated[
    TextValue
    | ChoiceValue
    | ChoicesValue
    | DateValue
    | NumberValue
    | PercentValue
    | MoneyValue
    | YesNoValue
    | PersonValue
    | RowsValue,
    Discriminator("kind"),
]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one field was answered with, when and by whom; `revision` is the case's at that time."""

    value: Value
    at: datetime
    by: PersonId
    revision: int
    origin: Text | None = None  # where a value came from that the person did not type
    before: Value | None = None  # what it replaced, to know a box that was sent back unchanged
    before_revision: int = 0  # and that answer's revision
    before_until: int = 0  # and the revision from which its box held something else; 0 is never
    covered_at: int = 0  # since when this answer's own box holds something else; 0 is never


@dataclass(frozen=True, slots=True)
class Skip:
    """A step left out on purpose."""

    reason: str
    at: datetime
    by: PersonId


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed."""

    label: Text
    value: Value


@dataclass(frozen=True, slots=True)
class Pending:
    """Input that could not be taken yet: kept in its box with one sentence below it."""

    raw: str
    problem: Text
    readings: tuple[Reading, ...] = ()
    revision: int = 0  # the case's when it came


@dataclass(frozen=True, slots=True)
class Offer:
    """A value from an earlier case or a source, shown as a default until the person takes it."""

    value: Value
    origin: Text


@dataclass(frozen=True, slots=True)
class Asking:
    """A confirmation that is open: to skip the step, to clear one field, to keep what a blocker speaks
    of (`note` is "about/check"), for a typed reason, or to give up a wording (`note` its version).
    """

    what: Literal["skip", "clear", "keep", "undo"]
    field: FieldId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """Which draft is meant: for a channel, a reader and a language, in a tone."""

    channel: Channel
    reader: Reader
    language: Language
    tone: Tone = "plain"
    update: int = 0  # which regular update it is, from 1; 0 is the message of the delay


@dataclass(frozen=True, slots=True)
class Edit:
    """A draft that a person changed by hand; `digest` names the assembled text it started from."""

    text: str
    digest: str
    at: datetime
    by: PersonId
    revision: int = 0  # of the case, when it was saved


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the measured pace makes of the work that is left, as it was drawn once and is kept.

    Without a date the figures cannot say one, and `problem` says why.
    """

    target: date | None = None  # half of the futures are done by then
    commit: date | None = None  # 85 of 100 are
    share: float | None = None  # of the futures that are done by the new date, 0 to 1
    runs: int = 0
    bars: tuple[Bar, ...] = ()
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One delay of one project, from first sign to lessons.

    `revision` rises by one with every event that changed something; the store compares and sets
    it. `live` numbers the message that is open now, so that a moved question gets a new one.
    """

    id: CaseId
    tenant: TenantId
    owner: PersonId
    playbook: str
    digest: str  # the playbook's exact version
    language: Language  # the owner's
    zone: str  # IANA name
    calendar: str  # country code of the working calendar
    begun_at: datetime
    touched_at: datetime
    phase: Phase = "collecting"
    revision: int = 0
    live: int = 0
    step: StepId | None = None  # the open step; None when none is open
    stopped: bool = False  # saved and put aside
    answers: Mapping[FieldId, Answer] = field(default_factory=dict)
    skips: Mapping[StepId, Skip] = field(default_factory=dict)
    passed: tuple[FieldId, ...] = ()  # optional fields left empty on purpose
    stale: tuple[FieldId, ...] = ()  # to be looked at again: something they rest on changed
    pending: Mapping[FieldId, Pending] = field(default_factory=dict)
    others: Mapping[FieldId, Answer] = field(default_factory=dict)  # from another window
    offers: Mapping[FieldId, Offer] = field(default_factory=dict)
    asking: Asking | None = None
    loose: str = ""  # a typed line that no open question could take; kept until it is placed
    variant: Variant | None = None  # the draft on the screen, None for the case's own
    edits: Mapping[str, Edit] = field(default_factory=dict)  # by variant, "email.executive.en"
    other_edits: Mapping[str, Edit] = field(default_factory=dict)  # from another window
    coached: Mapping[str, Coached] = field(default_factory=dict)  # by step; a draft by its variant
    kept: Mapping[str, str] = field(default_factory=dict)  # "step/check" to the reason
    recaps: Mapping[StepId, str] = field(default_factory=dict)  # slot of each step's latest recap
    all_notes: str = ""  # the step whose notes are all shown
    notes_here: str = ""  # the step behind whose notes the card of the open one shows
    nudges: int = 0  # reminders since the person last did something
    told_at: datetime | None = None
    practice: Practice | None = None  # of the call, while it is on the screen
    practised: int = 0  # calls begun so far
    outlook: Outlook | None = None  # from remaining work and pace, when both are answered
    promises: tuple[Promise, ...] = ()  # dates this customer was told in earlier cases
    precedents: tuple[Precedent, ...] = ()  # remedies that this customer was offered before
    sending: bool = False  # the draft on the screen is being made ready to leave
    surroundings: Surroundings | None = None
    way: Way | None = None  # None: the first that is there
    to: tuple[str, ...] = ()  # addresses, as the owner gave them
    foreign: tuple[str, ...] = ()  # of them, those outside the customer's domain that are meant so
    outgoing: Outgoing | None = None
    releases: int = 0  # how many numbers have been given to messages on their way out
    asked_about: Mapping[PersonId, Release] = field(default_factory=dict)  # last, by each
    asked_once: tuple[PersonId, ...] = ()  # whoever was ever asked to agree
    corrects: int = 0  # the delivery that the next message corrects
    deliveries: tuple[Delivery, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    given: tuple[Promise, ...] = ()  # dates of ours in what this case told
    answer_by: date | None = None  # by which the customer was asked to decide
    reminders: Mapping[Key, Reminder] = field(default_factory=dict)
    quiet_until: datetime | None = (
        None  # put off as a whole: no digest speaks of it before that day
    )
    unheard: bool = False  # two pings stayed unanswered: nothing is asked until the owner is back
    silent: PersonId | None = None  # the deputy who left two unanswered, and is asked nothing more
    updates: int = 0  # regular updates given since the customer was told
    update_day: date | None = None  # on which they hear from us next; None: as answered
    updating: int = 0  # the update whose answers stand in the case; 0 before the first
    met: int = 0  # milestones met in a row
    on: Key | None = None  # the ping that led to the step that is open
    feedback: tuple[Feedback, ...] = ()
    links: int = 0  # to ask the customer with, made so far
    silences: int = 0  # of them, those that nobody used
    lessons: int = 0  # kept from this case
    lesson_waits: bool = False  # one is written, and its owner has not looked it over yet
    hints: tuple[Lesson, ...] = ()  # of earlier cases, that fit this one
    judged: tuple[str, ...] = ()  # of them, those that were called helpful or not
    watch: bool = False  # dates are watched; the walk opens with the first sign
    checks: tuple[Check, ...] = ()
    room: Room | None = None  # the project's channel, where the team is asked
    rooms: int = 0  # channels that it was bound to so far
    look_back: LookBack | None = None  # the team's part in it, once it was due
    sharing: Sharing = field(default_factory=Sharing)  # with colleagues who may read it
    recovered_at: datetime | None = None  # the delivery
    closed_at: datetime | None = None
    tracking: Tracking = UNTRACKED  # what a project tracker says of it
    mirrored: Mirrored = UNMIRRORED  # its copies in other systems
    meetings: Mapping[Purpose, Meeting] = field(default_factory=dict)  # the last of each kind
    meeting_number: int = 0  # meetings so far
    meeting_cards: int = 0  # messages that showed one so far
    offered: Mapping[str, Standing] = field(default_factory=dict)  # cards still to press, by slot
    owner_name: str = ""  # what its owner is called; signs where nobody else is named


def text_of(case: Case, name: str) -> str:
    """The plain text or id of a text, choice or person answer; empty without one."""
    answer = case.answers.get(FieldId(name))
    match answer.value if answer else None:
        case TextValue(text=found) | ChoiceValue(id=found) | PersonValue(name=found):
            return found
        case _:
            return ""


def day_of(case: Case, name: str) -> date | None:
    """The day of a date answer; of a range, its last day."""
    answer = case.answers.get(FieldId(name))
    match answer.value if answer else None:
        case DateValue(day=day, end=end):
            return end or day
        case _:
            return None


def first_day_of(case: Case, name: str) -> date | None:
    """The day of a date answer; of a range, its first day."""
    answer = case.answers.get(FieldId(name))
    return answer.value.day if answer and isinstance(answer.value, DateValue) else None


def customer_language(case: Case) -> Language:
    """The language the customer reads; the owner's until it is known."""
    match text_of(case, "customer_language"):
        case "en":
            return "en"
        case "zh":
            return "zh"
        case _:
            return case.language
