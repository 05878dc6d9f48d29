"""Any order of events, repeated, late or from two windows, loses no answer and says nothing twice.

A model beside the case writes down every word that somebody gave, and strikes it out only when
somebody who had seen it gave another answer, emptied it, or confirmed that it should go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from bot.content import playbooks as content
from bot.core import actions, flow
from bot.core.cards import screens
from bot.core.cards.blocks import Action, Buttons, Card, Editor, Facts, Form
from bot.core.cards.shown import in_box
from bot.core.case import Case, Offer, Pending, TextValue
from bot.core.coaching.events import CoachSpoke, NoteKept, NoteUsed
from bot.core.coaching.told import Coached, Note
from bot.core.dialogue import live, pings
from bot.core.dialogue.inputs import is_none, read
from bot.core.dialogue.path import open_field
from bot.core.dialogue.wording import READ
from bot.core.effects import Effect, ReviewScreen, Show, StepScreen
from bot.core.effects import Screen as ScreenShown
from bot.core.events import (
    Begun,
    DraftOpened,
    Event,
    ExampleAsked,
    PingDue,
    Raw,
    Recalled,
    Resumed,
    Reviewed,
    SkipAsked,
    Stamp,
    Stopped,
    Submitted,
    Typed,
    WentBack,
    WhyAsked,
)
from bot.core.meetings.events import (
    MeetingBooked,
    MeetingCancelled,
    MeetingOpened,
    MeetingWished,
)
from bot.core.playbook import Field, FieldKind, Playbook
from bot.core.sharing.events import SharingOpened
from bot.core.words import CaseId, EventId, FieldId, PersonId, TenantId, same
from bot.store import codec
from tests.core.talk import FULL, PLAYBOOK

_Anew = MeetingOpened | SharingOpened  # their card stands at the bottom each time it is asked for
BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

# What people put into boxes: good, to be chosen from, not to be taken, nothing.
INPUTS: Mapping[str, tuple[Raw, ...]] = {
    "project": ("Depot", "Wash hall", "🙂", ""),
    "customer": ("Northbay", "Harrow", ""),
    "original_date": ("2026-04-01", "2026-04-02", "never", ""),
    "first_sign": ("2026-02-20", "tomorrow", ""),
    "customer_language": ("en", "zh", "Klingon", ""),
    "cause": ("Pump 3 leaks", "Pump 4 leaks", "…", ""),
    "party": ("ours", "theirs", "them", ""),
    "own_part": ("Not tested", "Not read", ""),
    "note": ("HR knows", "Legal knows", "none", ""),
    "new_date": ("2026-04-15", "2026-04-18", "2026-03-20", "3/4", ""),
    "basis": ("Ten seals", "Two seals", ""),
    "milestones": (
        FULL["milestones"],
        ({"name": "Test", "day": "2026-04-10"}, {"name": "Seals", "day": "2026-04-08"}),
        ({"name": "Alone", "day": "2026-04-08"},),
        (),
    ),
    "percent": ("80", "140", "", "none"),
    "cost": ("EUR 1200", "much", ""),
    "hours": ("12", "900", ""),
    "helpers": (("test",), ("night", "build"), ("moon",), ()),
    "weekend": ("yes", "no", "perhaps", ""),
    "owner": ("Ida", "Bo", ""),
}
LINES = (
    "Depot", "Northbay", "2026-04-01", "1 April", "en", "Pump 5 leaks", "ours", "theirs", "yes",
    "no", "none", "2026-04-15", "2026-04-18", "3/4", "Test ; 2026-04-08 ; Ida",
    "Seals ; 2026-04-09", "140", "🙂", "test, night", " ", "Two seals",
)  # fmt: skip
WORDINGS = ("Dear Ida, it is late.", "Dear Bo, we are late.", "延期了", "  ")


@dataclass(frozen=True, slots=True)
class World:
    """A playbook, and what people put into its boxes and type."""

    playbook: Playbook
    inputs: Mapping[str, tuple[Raw, ...]]
    lines: tuple[str, ...]

    def boxes(self, shown: Sequence[str]) -> st.SearchStrategy[dict[str, Raw]]:
        """What is put into a few of the boxes on a card."""
        known = [n for n in shown if n in self.inputs] or sorted(self.inputs)
        names = st.lists(st.sampled_from(known), min_size=1, max_size=5, unique=True)
        return names.flatmap(
            lambda some: st.fixed_dictionaries({n: st.sampled_from(self.inputs[n]) for n in some})
        )


ROW = READ.row_problem.en.partition("{")[0]  # how a word on a row that cannot be taken begins


@dataclass(frozen=True, slots=True)
class Screen:
    """A card as one window drew it: what can be pressed, and the case's revision then."""

    seen: int
    actions: tuple[Action, ...]
    boxes: Mapping[str, Raw]
    editor: Action | None = None  # of the draft, with the version and the revision it was drawn of


def drawn(case: Case, card: Card) -> Screen:
    """What a window keeps of a card."""
    buttons = [b.action for x in card.blocks if isinstance(x, Buttons) for b in x.buttons]
    rows = [r.action for x in card.blocks if isinstance(x, Facts) for r in x.rows if r.action]
    form = next((x for x in card.blocks if isinstance(x, Form)), None)
    boxes: Mapping[str, Raw] = {b.field: b.value for b in form.boxes} if form else {}
    editors = [x for x in card.blocks if isinstance(x, Editor)]
    buttons += [b.action for x in editors for b in x.beside]
    editor = next((x.action for x in editors if x.action.name == "draft_edit"), None)
    return Screen(case.revision, (*buttons, *rows), boxes, editor)


def words_of(case: Case) -> str:
    """Every word the case holds, wherever it waits."""
    values = [*case.answers.values(), *case.others.values()]
    kept = [str(in_box(a.value)) for a in values]
    kept += [p.raw for p in case.pending.values()]
    kept += [str(in_box(r.value)) for p in case.pending.values() for r in p.readings]
    kept += [e.text for e in (*case.edits.values(), *case.other_edits.values())]
    kept += [s.reason for s in case.skips.values()]
    return "\n".join([*kept, case.loose]).replace("\t", " ; ")


class Histories(RuleBasedStateMachine):
    """One case, two windows that may be old, and a model of every word that was given."""

    world: ClassVar[World] = World(PLAYBOOK, INPUTS, LINES)
    screens_seen = Bundle("screens_seen")

    def __init__(self) -> None:
        super().__init__()
        self.case: Case
        self.at = BEGAN
        self.count = 0
        self.posted: set[str] = set()
        self.shown: ScreenShown = ReviewScreen()
        self.owed: dict[FieldId, dict[str, int]] = {}  # words of a field, and when they came
        self.owed_loose: dict[str, int] = {}
        self.owed_edits: dict[str, dict[str, int]] = {}  # wordings of a draft, by its version
        self.last: Event | None = None

    @initialize(target=screens_seen)
    def begin(self) -> Screen:
        begun = Begun(self.stamp(), CaseId("c"), TenantId("t"), "en", "Europe/London", "GB")
        self.case, effects = flow.begin(self.world.playbook, begun)
        self.say(effects)
        return self.look()

    # What people do

    @rule(target=screens_seen)
    def open_a_window(self) -> Screen:
        return self.look()

    @rule(target=screens_seen, screen=screens_seen, data=st.data())
    def send_a_form(self, screen: Screen, data: st.DataObject) -> Screen:
        """The boxes that were changed, and the others as this window had drawn them."""
        boxes = data.draw(self.world.boxes(sorted(screen.boxes)))
        sent = {**screen.boxes, **{k: v for k, v in boxes.items() if k in screen.boxes}}
        raw = {FieldId(k): v for k, v in sent.items()}
        changed = {FieldId(k) for k, v in sent.items() if v != screen.boxes[k]}
        event = Submitted(self.stamp(), raw, screen.seen)
        self.owe_form(event, changed)
        self.give(event)
        return self.look()

    @rule(target=screens_seen, data=st.data())
    def type_a_line(self, data: st.DataObject) -> Screen:
        line = data.draw(st.sampled_from(self.world.lines))
        self.owe_line(line)
        self.give(Typed(self.stamp(), line))
        return self.look()

    @rule(target=screens_seen, screen=screens_seen, pick=st.integers(0, 60))
    def press_a_button(self, screen: Screen, pick: int) -> Screen:
        choosable = [a for a in screen.actions if actions.command(a) is None]
        if choosable:
            action = choosable[pick % len(choosable)]
            event = actions.event(self.stamp(), action, actions.Click(screen.seen))
            assert event is not None, action
            self.forgive(action, screen)
            before = self.case
            self.give(event)
            if action.name == "reply" and before.loose and not self.case.loose:
                self.put_into_a_wording(action, screen)
        return self.look()

    @rule(target=screens_seen, make=st.sampled_from([WentBack, WhyAsked, ExampleAsked, Stopped, Resumed, Reviewed]))  # fmt: skip
    def type_a_command(self, make: type[WentBack]) -> Screen:
        self.give(make(self.stamp()))
        return self.look()

    @rule(target=screens_seen)
    def type_skip(self) -> Screen:
        field = open_field(self.world.playbook, self.case)
        if field is not None and not field.required and field.id not in self.case.answers:
            self.owed.pop(field.id, None)  # left empty by somebody who has it before them
        self.give(SkipAsked(self.stamp(), typed=True))
        return self.look()

    @rule(target=screens_seen)
    def time_passes(self) -> Screen:
        self.at += timedelta(days=1)
        self.give(PingDue(self.stamp(), "nudge"))
        return self.look()

    @rule(target=screens_seen)
    def an_earlier_case_is_found(self) -> Screen:
        found = {"customer": "Northbay", "cause": "Pump 1 leaks", "basis": "One seal"}
        offers = {FieldId(k): Offer(TextValue(v), same("last case")) for k, v in found.items()}
        self.give(Recalled(self.stamp(), offers))
        return self.look()

    @rule(target=screens_seen, come=st.sampled_from(["opened", "sent", "booked", "cancelled"]))
    def a_call_is_scheduled(self, come: str) -> Screen:
        """Its own card stands beside the conversation, and takes no word of it."""
        meeting = self.case.meetings.get("call")
        number = meeting.number if meeting else 1
        made: Mapping[str, Event] = {
            "opened": MeetingOpened(self.stamp(), "call"),
            "sent": MeetingWished(self.stamp(), "call", {}, number, 0),
            "booked": MeetingBooked(self.stamp(), "call", number, "zoom", same("Zoom"), "r"),
            "cancelled": MeetingCancelled(self.stamp(), "call", number),
        }
        self.give(made[come])
        return self.look()

    @rule(target=screens_seen)
    def open_the_draft(self) -> Screen:
        self.give(DraftOpened(self.stamp()))
        return self.look()

    @rule(target=screens_seen, screen=screens_seen, text=st.sampled_from(WORDINGS))
    def save_a_wording(self, screen: Screen, text: str) -> Screen:
        """The editor of a window, which may be old, or of a version no longer shown."""
        if screen.editor is None:
            return self.look()
        version = screen.editor.argument.split("/")[0]
        if text.strip():
            owed = self.owed_edits.get(version, {})
            unseen = {w: at for w, at in owed.items() if at > screen.seen}
            self.owed_edits[version] = {text: owed.get(text, self.case.revision + 1), **unseen}
        event = actions.event(self.stamp(), screen.editor, actions.Click(screen.seen, text=text))
        assert event is not None
        self.give(event)
        return self.look()

    @rule(target=screens_seen)
    def the_coach_speaks(self) -> Screen:
        """Of the first word of the cause, with another in its place."""
        answer = self.case.answers.get(FieldId("cause"))
        if answer is not None and isinstance(answer.value, TextValue):
            word = answer.value.text.split()[0]
            note = Note(
                "wording", "major", "P1", word, same("m"), same("q"), "Valve",
                FieldId("cause"), (0, len(word)),
            )  # fmt: skip
            self.give(CoachSpoke(self.stamp(), "cause", Coached((note,))))
        return self.look()

    @rule(target=screens_seen, screen=screens_seen)
    def take_the_coachs_word(self, screen: Screen) -> Screen:
        before = self.case.answers.get(FieldId("cause"))
        self.give(NoteUsed(self.stamp(), "cause", "wording", screen.seen))
        after = self.case.answers.get(FieldId("cause"))
        if before is not after and before is not None and after is not None:
            owed = self.owed.get(FieldId("cause"), {})
            assert before.revision <= screen.seen
            owed.pop(str(in_box(before.value)), None)
        return self.look()

    @rule(target=screens_seen)
    def keep_ones_own_word(self) -> Screen:
        self.give(NoteKept(self.stamp(), "cause", "wording", "it is so"))
        return self.look()

    @rule()
    def the_last_click_comes_twice(self) -> None:
        """The same again at once, with an id of its own."""
        if self.last is None or isinstance(
            self.last, Typed | PingDue | Recalled | SkipAsked | _Anew
        ):
            return
        if getattr(self.last, "live", 0) is None:
            return  # a typed command; typed twice it is answered twice
        before = self.case
        self.give(replace(self.last, stamp=self.stamp()))
        assert self.case is before, self.last

    # What must hold

    @invariant()
    def no_word_is_lost(self) -> None:
        if not hasattr(self, "case"):
            return
        held = words_of(self.case)
        lost = [
            w
            for words in (*self.owed.values(), *self.owed_edits.values(), self.owed_loose)
            for w in words
            if w not in held
        ]
        assert not lost, lost

    @invariant()
    def what_stands_can_be_drawn(self) -> None:
        if hasattr(self, "case"):
            card = screens.draw(self.world.playbook, self.case, self.shown, today=self.at.date())
            assert card.text.en

    @invariant()
    def the_live_message_shows_what_is_open(self) -> None:
        if hasattr(self, "case"):
            shown = self.shown
            if isinstance(shown, StepScreen):
                shown = replace(shown, about="")
            assert shown == live.current(self.case)

    # How it is kept

    def teardown(self) -> None:
        """What is read of a case is what was written, be it at the end of any history."""
        if hasattr(self, "case"):
            adapter = codec.CASE.adapter  # which has nothing at hand
            assert adapter.validate_json(adapter.dump_json(self.case)) == self.case

    def stamp(self) -> Stamp:
        self.count += 1
        self.at += timedelta(minutes=1)
        return Stamp(EventId(f"e{self.count}"), self.at, PersonId("p"))

    def look(self) -> Screen:
        card = screens.draw(self.world.playbook, self.case, self.shown, today=self.at.date())
        return drawn(self.case, card)

    def give(self, event: Event) -> None:
        before = self.case
        self.case, effects = flow.reduce(self.world.playbook, self.case, event)
        grown = self.case.revision - before.revision
        assert grown == (0 if self.case is before else 1)
        if not grown:
            self.stood_there()
        self.last = event
        self.say(effects)

    def say(self, effects: tuple[Effect, ...]) -> None:
        """A slot is one message for ever, and a live one that was left is never live again."""
        shows = [e for e in effects if isinstance(e, Show)]
        for show in shows:
            kind, _, number = show.slot.partition(":")
            if show.slot not in self.posted and kind == "live":
                assert int(number) == self.case.live
            if kind == "nudge":
                assert show.slot not in self.posted
            self.posted.add(show.slot)
        live = [e.screen for e in shows if e.slot == f"live:{self.case.live}"]
        if live:
            self.shown = live[-1]

    # The model

    def stood_there(self) -> None:
        """What came just now and changed nothing stood on every screen that was drawn of the case."""
        for owed in (*self.owed.values(), *self.owed_edits.values(), self.owed_loose):
            for words, at in owed.items():
                owed[words] = min(at, self.case.revision)

    def owe_form(self, event: Submitted, changed: set[FieldId]) -> None:
        now = self.case.revision + 1
        for name, raw in event.boxes.items():
            field = self.world.playbook.fields[name]
            words = given(self.world.playbook, self.case, name, raw, self.at)
            if name not in changed and (not words or self.holds(name, words)):
                continue
            seen = {w: at for w, at in self.owed.get(name, {}).items() if at > event.seen}
            none = isinstance(raw, str) and is_none(field, raw)
            if not words or (none and not field.required):
                if not field.required and name not in self.case.answers and len(seen) == 0:
                    self.owed.pop(name, None)
                continue
            waits = self.case.pending.get(name)
            # a day with two readings has one when the other is past; sent again, it is taken
            anew = waits is not None and waits.raw == raw and words != (raw,)
            if name in changed or anew:
                came = self.stands_since(name, raw, words) or now
                old = self.owed.get(name, {})
                self.owed[name] = {**seen, **{w: old.get(w, came) for w in words}}

    def stands_since(self, name: FieldId, raw: Raw, words: tuple[str, ...]) -> int:
        """When what is given came to the case, where it stands there in everybody's sight; else 0."""
        waits, other = self.case.pending.get(name), self.case.others.get(name)
        if waits is not None and waits.raw == raw:
            return waits.revision
        if other is not None and all(w in str(in_box(other.value)) for w in words):
            return other.revision
        return self.case.answers[name].revision if self.holds(name, words) else 0

    def owe_line(self, line: str) -> None:
        if not line.strip() or (self.case.practice is not None and line.isdecimal()):
            return None  # nothing, or the number of a customer to practise with
        case, now = self.case, self.case.revision + 1
        if case.nudges == len(pings.NUDGES):
            case = replace(case, stopped=False)  # only silence has parked it
        if case.asking is not None and not case.stopped:
            return self.owe_at_question(line)
        field = open_field(self.world.playbook, case)
        if field is None:
            self.owed_loose[line] = now
        elif not field.required and is_none(field, line):
            if field.id not in case.answers:
                self.owed.pop(field.id, None)
        elif field.kind == "rows" and field.id in case.pending:
            words, waits = (
                given(self.world.playbook, case, field.id, line, self.at),
                case.pending[field.id],
            )
            old = self.owed.get(field.id, {})
            if waits.problem.en.startswith(ROW):  # a line that could not be taken is replaced
                old = {w: at for w, at in old.items() if at != waits.revision}
            self.owed[field.id] = {**old, **dict.fromkeys(words, now)}
        else:
            words = given(self.world.playbook, case, field.id, line, self.at)
            old = self.owed.get(field.id, {})
            self.owed[field.id] = {w: old.get(w, now) for w in words}
        return None

    def owe_at_question(self, line: str) -> None:
        """A line while a confirmation is open: it may settle it."""
        asking = self.case.asking
        assert asking is not None
        if line == "no" or asking.what == "skip":
            return
        if line == "yes" and asking.field is not None:
            self.owed.pop(asking.field, None)
            return
        case, self.case = self.case, replace(self.case, asking=None)
        self.owe_line(line)
        self.case = case

    def forgive(self, action: Action, screen: Screen) -> None:
        """A button that takes words away, or chooses between them, strikes out what it showed."""
        name, _, rest = action.argument.partition("/")
        field = FieldId(name)
        owed = self.owed.get(field, {})
        if action.name == "clear_yes" and self.case.asking is not None:
            self.owed.pop(field, None)
        elif action.name == "draft_undo_yes":
            owed_edits = self.owed_edits.get(name, {})
            self.owed_edits[name] = {w: at for w, at in owed_edits.items() if at > screen.seen}
        elif action.name == "edit_other":
            chosen = self.case.other_edits if rest.startswith("take") else self.case.edits
            left = {chosen[name].text} if name in chosen else set()
            owed_edits = self.owed_edits.get(name, {})
            unseen = {w: at for w, at in owed_edits.items() if at > screen.seen or w in left}
            self.owed_edits[name] = unseen
        elif action.name in ("other", "reading"):
            self.owed[field] = {w: at for w, at in owed.items() if at > screen.seen}
        elif (action.name == "put" and rest.startswith(f"{self.case.live}/")) or (
            action.name == "put" and rest == ""
        ):
            self.owed_loose.clear()
            self.owed[field] = {w: at for w, at in owed.items() if at > screen.seen}
            if not name:  # the line was let go, also one that a form had brought
                gone = self.case.loose.split("\n")
                for one, words in self.owed.items():
                    self.owed[one] = {w: at for w, at in words.items() if w not in gone}

    def put_into_a_wording(self, action: Action, screen: Screen) -> None:
        """A line that was typed is a part of a draft now, or all of it, in the place of what it showed."""
        version, how, *_ = action.argument.split("/")
        owed = self.owed_edits.get(version, {})
        if how == "whole":
            owed = {w: at for w, at in owed.items() if at > screen.seen}
        self.owed_edits[version] = {**owed, **dict.fromkeys(self.owed_loose, self.case.revision)}
        self.owed_loose.clear()

    def holds(self, name: FieldId, words: tuple[str, ...]) -> bool:
        answer = self.case.answers.get(name)
        return answer is not None and all(w in str(in_box(answer.value)) for w in words)


def given(playbook: Playbook, case: Case, name: FieldId, raw: Raw, at: datetime) -> tuple[str, ...]:
    """The words of an input that must be found again, as they stand in a box."""
    found = read(playbook, case, playbook.fields[name], raw, at=at)
    match found:
        case None:
            return ()
        case Pending(raw=""):
            return ()  # "none" where rows are asked for
        case Pending():
            kept: object = raw
        case _:
            kept = in_box(found)
    if isinstance(kept, str):
        return (kept.strip(),)
    items = list(kept) if isinstance(kept, tuple) else []
    return tuple(
        w for item in items for w in (item.values() if isinstance(item, dict) else (item,)) if w
    )


BY_KIND: Mapping[FieldKind, tuple[Raw, ...]] = {
    "text": ("Wash hall", "Pump 3", "none", "🙂", ""),
    "long_text": ("Pump 3 leaks", "Pump 4 leaks", "none", "…", ""),
    "person": ("Ida", "Bo", ""),
    "date": ("2026-04-15", "2026-04-18", "2026-02-27", "3/4", "never", ""),
    "number": ("12", "900", "many", ""),
    "percent": ("80", "140", "", "none"),
    "money": ("EUR 1200", "much", ""),
    "yes_no": ("yes", "no", "perhaps", ""),
}


def put_into(field: Field) -> tuple[Raw, ...]:
    """What people put into a field: good, to be chosen from, not to be taken, nothing."""
    if field.kind == "choices":
        return (tuple(c.id for c in field.choices[:2]), (field.choices[-1].id,), ("moon",), ())
    if field.kind == "choice":
        return (*(c.id for c in field.choices[:3]), "Klingon", "")
    if field.kind != "rows":
        return BY_KIND[field.kind]
    days = iter(("2026-04-08", "2026-04-10", "2026-04-06", "2026-04-09", "2026-04-13"))
    good, late = (tuple(row_of(field, next(days), f"{n}") for n in range(2)) for _ in range(2))
    return (good, late[::-1], (row_of(field, "2026-04-08", "alone"),), ())


def row_of(field: Field, day: str, name: str) -> Mapping[str, str]:
    """A row with something in each column."""
    by_kind = {"date": day, "number": "3", "money": "EUR 30", "person": "Ida"}
    return {c.id: by_kind.get(c.kind, f"{c.id} {name}") for c in field.columns}


SHIPPED = content.load_all(thorough=False)["delivery_delay"]


class ShippedHistories(Histories):
    """The same on the playbook that ships: ten steps, conditions, a remedy, a forecast."""

    world = World(
        SHIPPED,
        {f.id: put_into(f) for f in SHIPPED.fields.values()},
        (*LINES, "email", "executive", "supplier", "high", "weekly", "call", "not yet"),
    )


def run(machine: type[Histories], examples: int) -> type:
    """The histories of a machine as a test."""
    case = pytest.mark.timeout(300)(pytest.mark.slow(machine.TestCase))
    case.settings = settings(
        max_examples=examples,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    return case


TestHistories = run(Histories, 2_000)
TestShippedHistories = run(ShippedHistories, 250)
