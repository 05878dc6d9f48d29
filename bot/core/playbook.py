"""What a playbook may say: steps, fields, choices, remedies and the sentences of a draft.

A playbook is data. Every value here is read from YAML in `playbooks/` and holds a closed
vocabulary: there are no expressions, only names of fields, parts, channels and readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import ConfigDict

from bot.core.following.agenda import Agenda
from bot.core.pings.kinds import PingPlan
from bot.core.words import FieldId, StepId, Text

STRICT = ConfigDict(extra="forbid")

FieldKind = Literal[
    "text",  # one line
    "long_text",  # several sentences
    "choice",
    "choices",
    "date",
    "number",
    "percent",
    "money",
    "yes_no",
    "person",
    "rows",
]
ColumnKind = Literal["text", "date", "money", "number", "choice", "person"]
Channel = Literal["email", "chat", "letter", "call"]
Reader = Literal["executive", "day_to_day", "technical"]
About = Literal["delay", "update"]  # what a message is: of the delay, or a regular update
Tone = Literal["plain", "shorter", "warmer", "formal"]
Part = Literal[
    "subject", "greeting", "news", "cause", "status", "impact", "plan", "options", "remedy",
    "effort", "follow_up", "ask", "questions", "reactions", "closing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be picked. `words` are further ways to type it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    label: Text
    hint: Text | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when `field` is answered with one of `any_of`; with no `any_of`, when it is answered."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    field: FieldId
    any_of: tuple[str, ...] = ()
    absent: bool = False  # holds when the field has no answer


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a field of kind `rows`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    kind: ColumnKind
    label: Text
    placeholder: Text | None = None
    required: bool = True
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A good answer beside a weak one, and why the good one is better."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    good: Text
    weak: Text
    because: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a step."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: FieldId
    kind: FieldKind
    label: Text  # two or three words, for forms and lists
    ask: Text  # the question, one sentence
    why: Text  # why it is asked, one sentence
    example: Example
    placeholder: Text | None = None
    required: bool = True
    internal: bool = False  # never reaches the customer's text
    carried: bool = False  # offered from the last case with the same customer
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    min_rows: int = 1
    max_rows: int = 8
    unit: Text | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    not_before: FieldId | None = None  # this date may not lie before that one
    past: bool = False  # a date that has happened; False: no rule
    future: bool = False  # a date that is still to come
    aside: bool = False  # a box that may be filled; nobody asks for it and nothing waits for it
    # samples: how much was done in each period; name: what something is called, no sentence about it
    reads_as: Literal["text", "samples", "name"] = "text"
    told_in: FieldId | None = None  # a sentence typed here instead of a pick answers that one
    needs: tuple[FieldId, ...] = ()  # asked again when one of these changes
    when: tuple[Condition, ...] = ()  # asked only when all hold

    def choice(self, id_: str) -> Choice | None:
        """The choice named `id_`."""
        return next((c for c in self.choices if c.id == id_), None)


@dataclass(frozen=True, slots=True)
class Step:
    """One message of the walk-through: a form of one or more fields."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: StepId
    title: Text
    intro: Text  # one sentence above the questions
    lost: Text  # what is lost by skipping it, one sentence
    fields: tuple[Field, ...]
    skippable: bool = True


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy of the catalogue, with its limit and who must approve it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    kind: Literal["goodwill", "contract", "none"]
    label: Text
    fits: Text
    beware: Text
    cost_owner: Text
    approver: Text
    limit: Decimal | None = None  # largest value the owner may give alone, in `limit_unit`
    limit_unit: str | None = None  # percent, day, hour or a currency code
    owner_may_approve: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft: a template in both languages and the answers it is made of.

    It is left out when one of `needs` has no answer, or when a condition fails. `channels`,
    `readers` and `tones` left empty mean all of them. One that `yields` gives way where the text
    would grow longer than its channel's budget, the highest number first.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    part: Part
    text: Text  # Jinja2 templates
    needs: tuple[FieldId, ...] = ()
    may: tuple[FieldId, ...] = ()  # fields it uses when they are there
    when: tuple[Condition, ...] = ()
    channels: tuple[Channel, ...] = ()
    readers: tuple[Reader, ...] = ()
    tones: tuple[Tone, ...] = ()
    about: tuple[About, ...] = ("delay",)
    replaces: tuple[str, ...] = ()  # ids of sentences that it stands in the place of
    yields: int = 0


@dataclass(frozen=True, slots=True)
class ToneShape:
    """What a tone spares the reader; its own sentences name it themselves."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    tone: Tone
    label: Text
    leave_out: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of one channel: its parts in order, and its word budget for each reader."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    channel: Channel
    label: Text
    paragraphs: tuple[tuple[Part, ...], ...]
    words: int  # budget in English, words
    characters: int  # budget in Chinese, characters
    leave_out: Mapping[Reader, tuple[Part, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """How answers become a message."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    layouts: tuple[Layout, ...]
    sentences: tuple[Sentence, ...]
    tones: tuple[ToneShape, ...] = ()  # besides the plain one


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who may have to agree before a message leaves; the operator says who that is."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: Text
    sees: tuple[FieldId, ...] = ()  # answers that stand on this role's card, internal ones too


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Who must agree when all that it names holds; a rule that names nothing always holds."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    roles: tuple[str, ...]
    because: Text  # one reason, as the approver and the owner read it
    severity: tuple[Literal["low", "medium", "high", "critical"], ...] = ()
    slips: int = 0  # earlier slips of this promise, at least
    remedies: tuple[str, ...] = ()  # goodwill that the message offers
    above_limit: bool = False  # more than the owner may give alone, or nobody can tell how much
    over_percent: Decimal | None = None  # more than this share is offered
    over_sum: Mapping[str, Decimal] = field(default_factory=dict)  # more than this, by currency
    contract_terms: tuple[str, ...] = ()  # terms of the contract that the delay touches
    contract_words: bool = False  # the text speaks of the contract's terms
    readers: tuple[Reader, ...] = ()
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractWords:
    """Patterns of words by which a text speaks of the contract's terms."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovalPlan:
    """Who must agree to what before it leaves. Without rules nobody has to."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    roles: tuple[Role, ...] = ()
    rules: tuple[ApprovalRule, ...] = ()
    levels: tuple[str, ...] = ()  # roles, the lowest first; a further slip goes higher
    silent_after: int = 4  # working hours until the next in line is asked
    contract_words: ContractWords = field(default_factory=ContractWords)
    second_look: Mapping[str, str] = field(default_factory=dict)  # roles by family of checks

    def role(self, id_: str) -> Role | None:
        """The role named `id_`."""
        return next((r for r in self.roles if r.id == id_), None)


@dataclass(frozen=True)
class Playbook:
    """A whole playbook; `digest` names the exact words a case was begun with."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    title: Text
    steps: tuple[Step, ...]
    remedies: tuple[Remedy, ...]
    draft: DraftPlan
    digest: str = ""
    approval: ApprovalPlan = field(default_factory=ApprovalPlan)
    pings: PingPlan = field(default_factory=PingPlan)
    agendas: tuple[Agenda, ...] = ()
    later: tuple[Step, ...] = ()  # opened by themselves, after the customer was told

    @cached_property
    def fields(self) -> Mapping[FieldId, Field]:
        """All fields by id, in the order they are asked."""
        return {f.id: f for s in (*self.steps, *self.later) for f in s.fields}

    @cached_property
    def step_of(self) -> Mapping[FieldId, Step]:
        """The step each field belongs to."""
        return {f.id: s for s in (*self.steps, *self.later) for f in s.fields}

    @cached_property
    def by_id(self) -> Mapping[StepId, Step]:
        """All steps by id."""
        return {s.id: s for s in (*self.steps, *self.later)}

    def is_later(self, step: StepId | None) -> bool:
        """Whether a step is one of those that are opened by themselves."""
        return any(s.id == step for s in self.later)

    @cached_property
    def dependents(self) -> Mapping[FieldId, tuple[FieldId, ...]]:
        """For each field, the fields that are asked again when it changes."""
        found: dict[FieldId, tuple[FieldId, ...]] = {}
        for f in self.fields.values():
            for needed in f.needs:
                found[needed] = (*found.get(needed, ()), f.id)
        return found
