"""A small playbook with every kind of input, and somebody who talks through it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.core import flow
from bot.core.actions import Click
from bot.core.actions import event as event_of
from bot.core.cards import screens
from bot.core.cards.blocks import Action, Buttons, Card, Facts
from bot.core.cards.shown import in_box
from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.effects import Effect, ReviewScreen, Screen, Show, Toast
from bot.core.events import Begun, Event, Raw, Stamp, Submitted, Typed
from bot.core.playbook import Choice, Column, Condition, DraftPlan, Example, Field, Playbook, Step
from bot.core.words import CaseId, EventId, FieldId, PersonId, StepId, TenantId, Text, same

BEGUN_AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday


def _field(id_: str, kind: str = "text", **more: object) -> Field:
    words = Text(en=id_.replace("_", " ").capitalize(), zh=f"{id_}项")
    example = Example(same("pump 3 leaks"), same("later"), same("one is a fact"))
    made = Field(FieldId(id_), kind, words, same(f"{id_}?"), same("because"), example)  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


def _choices(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(n, Text(en=n.capitalize(), zh=f"{n}选")) for n in names)


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", "text", same("Name")),
        Column("day", "date", same("Day")),
        Column("owner", "person", same("Owner"), required=False),
    )


def _needs(*names: str) -> tuple[FieldId, ...]:
    return tuple(FieldId(n) for n in names)


START = (
    _field("project"),
    _field("customer"),
    _field("original_date", "date"),
    _field("first_sign", "date", past=True, internal=True),
    _field(
        "customer_language",
        "choice",
        choices=(
            Choice("en", Text(en="English", zh="英文"), words=("english",)),
            Choice("zh", Text(en="Chinese", zh="中文"), words=("chinese",)),
        ),
        carried=True,
    ),
)
CAUSE = (
    _field("cause", "long_text"),
    _field("party", "choice", choices=_choices("ours", "theirs")),
    _field(
        "own_part",
        "long_text",
        when=(Condition(FieldId("party"), ("ours",)),),
        needs=_needs("party"),
    ),
    _field("note", "long_text", required=False, internal=True, needs=_needs("cause")),
)
PLAN = (
    _field(
        "new_date",
        "date",
        future=True,
        not_before=FieldId("original_date"),
        needs=_needs("original_date"),
    ),
    _field("basis", "long_text", needs=_needs("new_date")),
    _field(
        "milestones", "rows", columns=_columns(), min_rows=2, max_rows=4, needs=_needs("new_date")
    ),
)
EXTRAS = (
    _field("percent", "percent", required=False),
    _field("cost", "money", required=False),
    _field("hours", "number", required=False, minimum=Decimal(0), maximum=Decimal(500)),
    _field("helpers", "choices", choices=_choices("test", "build", "night"), required=False),
    _field("weekend", "yes_no", required=False),
    _field("owner", "person"),
)


def playbook() -> Playbook:
    """Four steps; the first cannot be skipped."""
    steps = (("start", START), ("cause", CAUSE), ("plan", PLAN), ("extras", EXTRAS))
    return Playbook(
        "talk",
        same("A talk"),
        tuple(
            Step(
                StepId(id_),
                same(id_.capitalize()),
                same("intro"),
                same("much"),
                fields,
                id_ != "start",
            )
            for id_, fields in steps
        ),
        (),
        DraftPlan((), ()),
        "talk-1",
    )


PLAYBOOK = playbook()

FULL: Mapping[str, Raw] = {
    "project": "Depot",
    "customer": "Northbay",
    "original_date": "2026-04-01",
    "first_sign": "2026-02-20",
    "customer_language": "en",
    "cause": "Pump 3 leaks since Tuesday.",
    "party": "ours",
    "own_part": "We had not tested it under load.",
    "note": "HR knows.",
    "new_date": "2026-04-15",
    "basis": "Ten seals are left, one a day.",
    "milestones": (
        {"name": "Seals", "day": "2026-04-08", "owner": "Ida"},
        {"name": "Test", "day": "2026-04-14", "owner": "Bo"},
    ),
    "percent": "80",
    "cost": "EUR 1200",
    "hours": "12",
    "helpers": ("test", "night"),
    "weekend": "no",
    "owner": "Ida Moreau",
}


@dataclass
class Talk:
    """One person and one case. `effects` are those of the last event."""

    case: Case = field(init=False)
    effects: tuple[Effect, ...] = ()
    at: datetime = BEGUN_AT
    playbook: Playbook = PLAYBOOK
    count: int = 0
    shown: Screen = field(default_factory=ReviewScreen)
    pressed: Action = field(default_factory=lambda: Action(""))

    def __post_init__(self) -> None:
        begun = Begun(self.stamp(), CaseId("c1"), TenantId("t1"), "en", "Europe/London", "GB", "")
        self.case, self.effects = flow.begin(self.playbook, begun)
        self._look()

    def stamp(self) -> Stamp:
        """The next event's stamp, a minute later."""
        self.count += 1
        self.at += timedelta(minutes=1)
        return Stamp(EventId(f"e{self.count}"), self.at, PersonId("U1"))

    def give(self, event: Event) -> "Talk":
        """Reduces one event."""
        self.case, self.effects = flow.reduce(self.playbook, self.case, event)
        self._look()
        return self

    def type(self, text: str) -> "Talk":
        """A typed line."""
        return self.give(Typed(self.stamp(), text))

    def submit(self, boxes: Mapping[str, Raw], *, seen: int | None = None) -> "Talk":
        """A form, drawn at revision `seen` or just now."""
        raw = {FieldId(k): v for k, v in boxes.items()}
        return self.give(Submitted(self.stamp(), raw, self.case.revision if seen is None else seen))

    def click(self, name: str, argument: str = "") -> "Talk":
        """A button of the live card, by its name and the beginning of its argument."""
        start = argument and f"{argument}/"
        found = [a for a in self.pressable() if a.name == name]
        found = [a for a in found if f"{a.argument}/".startswith(start)]
        assert found, f"no {name} {argument} on the card"
        return self.press(found[0])

    def press(self, action: Action) -> "Talk":
        """Any button, also one that no card has now."""
        self.pressed = action
        made = event_of(self.stamp(), action, Click(self.case.revision))
        assert made is not None
        return self.give(made)

    def again(self) -> "Talk":
        """The last button once more: a double click."""
        return self.press(self.pressed)

    def fill_all(self) -> "Talk":
        """Every question answered."""
        return self.submit(FULL)

    @property
    def toasts(self) -> list[str]:
        """What passed by, in English."""
        return [e.text.en for e in self.effects if isinstance(e, Toast)]

    @property
    def slots(self) -> list[str]:
        """The slots that were shown, in order."""
        return [e.slot for e in self.effects if isinstance(e, Show)]

    def value(self, name: str) -> object:
        """An answer as it stands in its box; None without one."""
        answer = self.case.answers.get(FieldId(name))
        return in_box(answer.value) if answer else None

    def card(self) -> Card:
        """The live card."""
        today = local_day(self.case, self.at)
        return screens.draw(self.playbook, self.case, self.shown, today=today)

    def pressable(self) -> tuple[Action, ...]:
        """What can be pressed on the live card."""
        blocks = self.card().blocks
        buttons = [
            b.action for block in blocks if isinstance(block, Buttons) for b in block.buttons
        ]
        rows = [r.action for block in blocks if isinstance(block, Facts) for r in block.rows]
        return (*buttons, *(action for action in rows if action))

    @property
    def names(self) -> set[str]:
        """The names of what can be pressed on the live card."""
        return {a.name for a in self.pressable()}

    def _look(self) -> None:
        shows = [e for e in self.effects if isinstance(e, Show) and e.slot.startswith("live:")]
        self.shown = shows[-1].screen if shows else self.shown
