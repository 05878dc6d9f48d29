"""One person and the bot at a table: what comes in goes through the core, and nothing else.

It does what the engine does (`bot/engine/handle.py`), with dictionaries in the place of a store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core import actions, commands, desk, flow
from bot.core.approving.events import ColleagueFound, Delivered, HouseTold
from bot.core.approving.letters import customer_card
from bot.core.approving.organisation import Organisation
from bot.core.cards import desk_cards, screens
from bot.core.cards.blocks import Card
from bot.core.cards.follow_desk import followups, found_lessons, month_of, report_card
from bot.core.cards.ping_card import on_board, ping_card
from bot.core.case import Case, Offer
from bot.core.coaching.rubric import Coaching
from bot.core.commands import Command, Unknown
from bot.core.desk import Begin, Desk, Look, Pass, Person
from bot.core.dialogue import notes, recall
from bot.core.dialogue.inputs import picks
from bot.core.dialogue.pings import SPREAD, together
from bot.core.dialogue.scalars import local_day
from bot.core.effects import (
    AskCoach,
    AskCustomer,
    AskHouse,
    BeginNext,
    Deliver,
    DropPing,
    Effect,
    FindColleague,
    JudgeLesson,
    KeepLesson,
    Recall,
    SeekLessons,
    SetPing,
    Show,
    ShowBoard,
    Toast,
)
from bot.core.events import Begun, Event, PingDue, SettingsChanged, Stamp, Typed
from bot.core.following import clicks as ping_clicks
from bot.core.following.events import LessonsFound
from bot.core.lessons.lesson import Lesson, best, voted
from bot.core.pings.reminder import Board, key_in
from bot.core.playbook import Playbook
from bot.core.rehearsal import calling
from bot.core.rehearsal.calling import Customers
from bot.core.reports.report import of_month
from bot.core.settling import SAVE
from bot.core.words import CaseId, EventId, FieldId, PersonId, Text
from bot.engine.inbound import Clicked, Commanded, Envelope, Said, Spoken
from bot.engine.incoming import team
from bot.script import outside, reading
from bot.script.moment import Message as Message
from bot.script.moment import Moment as Moment
from bot.script.moment import is_open, slot_of, stamp_of, with_customer
from bot.script.organisation import CHANNEL, HOUSE
from bot.script.organisation import CUSTOMER as CUSTOMER_PLACE

CUSTOMER = PersonId(CUSTOMER_PLACE)
Key = tuple[CaseId, str]  # a case and one of its slots, or one of its kinds of reminder


@dataclass(slots=True)
class _Coming:
    """What comes of one inbound, while it comes."""

    case: CaseId | None = None
    events: list[Event | Begun] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    shows: list[tuple[CaseId, Show | ShowBoard]] = field(default_factory=list)
    reply: Card | None = None
    toast: Text | None = None
    left: list[Message] = field(default_factory=list)  # to the customer


@dataclass(slots=True)
class Table:
    """The person, their cases, the messages on the screen and the reminders to come."""

    playbook: Playbook
    person: Person
    clock: datetime
    coaching: Coaching | None = None
    customers: Customers = field(default_factory=dict)
    organisation: Organisation = HOUSE
    tracker: outside.Telling | None = None
    cases: dict[CaseId, Case] = field(default_factory=dict)  # in the order they began
    messages: dict[Key, Message] = field(default_factory=dict)
    pings: dict[Key, datetime] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    line: int = 0
    lessons: dict[str, Lesson] = field(default_factory=dict)
    _stamps: int = 0

    def envelope(self, by: str = "", *, channel: bool = False) -> Envelope:
        """The envelope of what comes in now, from the person or from a colleague."""
        self._stamps += 1
        id_ = EventId(f"event-{self._stamps}")
        who = PersonId(by) if by else self.person.id
        heard_in = CHANNEL.conversation if channel else ""
        tenant, at = self.person.tenant, self.clock
        return Envelope(id_, tenant, who, CHANNEL.platform, by or "dm", at, heard_in=heard_in)

    def receive(self, inbound: Spoken) -> None:
        """Takes one thing in."""
        coming = _Coming()
        match inbound:
            case Said():
                command = commands.typed(inbound.text)
                case = self.front()
                if command is None or (case and picks(self.playbook, case, inbound.text)):
                    self._typed(inbound, coming)
                else:
                    self._command(command, inbound, coming)
            case Commanded():
                self._command(commands.slash(inbound.words), inbound, coming)
            case Clicked():
                self._clicked(inbound, coming)
        self.person = replace(self.person, greeted=True, front=coming.case or self.person.front)
        self._note(inbound, coming)

    def ring(self, case: CaseId, kind: str) -> None:
        """A reminder of the case falls due; pings come together with all others that are due."""
        if kind == "nudge" or outside.is_asked(kind):
            self._nudge(case) if kind == "nudge" else self._outside(case, kind)
            return
        together = [(case, kind)]
        if key_in(kind) is not None:
            due = sorted((at, key) for key, at in self.pings.items() if at <= self.clock)
            together += [k for _, k in due if key_in(k[1]) is not None and k != (case, kind)]
        cases = tuple(dict.fromkeys(id_ for id_, _ in together))
        coming, board = _Coming(), None
        for id_, name in together:
            self.pings.pop((id_, name), None)
            stamp = Stamp(self.envelope().id, self.clock, self.person.id)
            board = board or Board(case, f"pings:{stamp.id}", cases)
            self._reduce(id_, PingDue(stamp, name, self.person.schedule, board), coming)
        self._note(None, replace(coming, case=case))

    def _outside(self, id_: CaseId, kind: str) -> None:
        """What was asked of a tracker or a meeting system is told, or done."""
        self.pings.pop((id_, kind), None)
        stamp = Stamp(self.envelope().id, self.clock, self.person.id)
        coming = _Coming(id_)
        for told in outside.done(self.cases[id_], kind, self.organisation, self.tracker, stamp):
            self._reduce(id_, told, coming)
        self._note(None, coming)

    def _nudge(self, case: CaseId) -> None:
        """One message for all conversations that fell silent at about the same time."""
        until = self.clock + SPREAD
        due = [id_ for (id_, kind), at in self.pings.items() if kind == "nudge" and at <= until]
        coming = _Coming()
        for one, others, beside in together(self.cases[case], (self.cases[i] for i in due)):
            self.pings.pop((one.id, "nudge"), None)
            stamp = Stamp(self.envelope().id, self.clock, self.person.id)
            event = PingDue(stamp, "nudge", others=others, beside=beside)
            self._reduce(one.id, event, coming)
        self._note(None, replace(coming, case=case))

    def front(self) -> Case | None:
        """The case that a typed line belongs to: the one at the front, or the only open one."""
        found = self.cases.get(self.person.front) if self.person.front else None
        if found is not None and is_open(found):
            return found
        rest = self._open()
        return rest[0] if len(rest) == 1 else None

    def live_card(self, case: Case) -> Card | None:
        """The card of the case's live message, as it stands on the screen."""
        found = self.messages.get((case.id, f"live:{case.live}"))
        return found.card if found else None

    def _open(self) -> list[Case]:
        found = [c for c in self.cases.values() if is_open(c)]
        return sorted(found, key=lambda c: c.touched_at, reverse=True)

    def _typed(self, said: Said, coming: _Coming) -> None:
        case = self.front()
        summaries = [desk.summary(c) for c in self._open()]
        if case is not None:
            self._reduce(case.id, Typed(stamp_of(said), said.text), coming)
        elif not self.person.greeted:
            coming.reply = desk_cards.greeting()
        else:
            coming.reply = desk_cards.nothing_open(summaries, said.text)

    def _command(self, command: Command | Unknown, inbound: Spoken, coming: _Coming) -> None:
        cases, stamp = [desk.summary(c) for c in self._open()], stamp_of(inbound)
        here, house = CHANNEL if inbound.envelope.heard_in else None, self.organisation
        came = reading.received(self.person, command, cases, stamp, house, here)
        self._told(came, stamp, coming)
        match came.act:
            case Begin(project=project, watch=watch):
                self._begin(project, stamp, coming, watch=watch)
            case Pass(case=case, event=event):
                self._reduce(case, event, coming)
            case Look():
                coming.reply = self._look(came.act)
            case None:
                pass

    def _look(self, wish: Look) -> Card:
        """What is over many cases: follow-ups, lessons, the report."""
        today = self.clock.astimezone(ZoneInfo(self.person.zone)).date()
        if wish.what == "lessons":
            kept = reversed(self.lessons.values())
            return found_lessons(best(kept, wish.words, today=today, limit=5), wish.words)
        if wish.what == "followups":
            pairs = [(self.playbook, c) for c in self._open()]
            return followups(pairs, today=today, manners=self.person.manners, words=wish.words)
        month = month_of(wish.words, today) or today
        labels = {c.id: c.label for c in self.playbook.fields[FieldId("cause_kind")].choices}
        return report_card(of_month(self.cases.values(), month, today=today), labels=labels)

    def _told(self, came: Desk, stamp: Stamp, coming: _Coming) -> None:
        """The person as they are from now on, and their open cases with them."""
        was, self.person, at = self.person, came.person, coming.case
        coming.reply, coming.toast = came.reply, came.toast
        place = came.person.language, came.person.zone, came.person.calendar
        for case in self._open() if place != (was.language, was.zone, was.calendar) else ():
            self._reduce(case.id, SettingsChanged(stamp, *place), coming)
        coming.case = at

    def _clicked(self, click: Clicked, coming: _Coming) -> None:
        if click.action == SAVE:
            stamp = stamp_of(click)
            named = self.organisation.named
            settled = desk.settle(self.person, click.boxes, stamp, named=named)
            return self._told(settled, stamp, coming)
        wish = actions.command(click.action)
        if wish is not None:
            return self._command(wish, click, coming)
        came = actions.Click(click.seen, click.boxes, click.text)
        event = actions.event(stamp_of(click), click.action, came)
        case = ping_clicks.case_in(click.action) or click.case
        if event is not None and case in self.cases:
            name, event = reading.signed(event, self.organisation, click.envelope.person)
            self._reduce(case, team.named_by(name, event, self.cases[case], click.envelope), coming)
        return None

    def _begin(
        self,
        project: str,
        stamp: Stamp,
        coming: _Coming,
        found: Mapping[FieldId, Offer] | None = None,
        *,
        watch: bool = False,
    ) -> None:
        me = self.person
        id_ = CaseId(f"case-{len(self.cases) + 1}")
        begun = Begun(
            stamp, id_, me.tenant, me.language, me.zone, me.calendar, project, found or {}, watch,
            name=self.organisation.name_of(me.id), trackers=outside.origins(self.tracker),
        )  # fmt: skip
        case, effects = flow.begin(self.playbook, begun)
        coming.events.append(begun)
        self._settle(case, effects, stamp, coming)

    def _reduce(self, id_: CaseId, event: Event, coming: _Coming) -> None:
        case, effects = flow.reduce(self.playbook, self.cases[id_], event)
        coming.events.append(event)
        self._settle(case, effects, event.stamp, coming)

    def _settle(
        self, case: Case, effects: tuple[Effect, ...], stamp: Stamp, coming: _Coming
    ) -> None:
        """Keeps the case, answers what it recalls, and minds its reminders."""
        coming.case = case.id
        self.cases[case.id] = case
        coming.effects += effects
        coming.shows += [(case.id, e) for e in effects if isinstance(e, Show | ShowBoard)]
        for wish in [e for e in effects if isinstance(e, Recall)]:
            now = self.cases[case.id]
            earlier = with_customer(self.cases.values(), now, wish.customer)
            came = recall.answer(self.playbook, now, earlier, stamp=stamp)
            if came is not None:
                self._reduce(case.id, came, coming)
        self._look_up(case.id, effects, stamp, coming)
        for question in [e for e in effects if isinstance(e, AskCoach)]:
            if self.coaching is None:
                continue
            now = self.cases[case.id]
            today = local_day(now, stamp.at)
            spoke = notes.answer(
                self.playbook, now, question, self.coaching, stamp=stamp, today=today
            )
            self._reduce(case.id, spoke, coming)
        if any(isinstance(e, AskCustomer) for e in effects):
            self._call(self.cases[case.id], stamp, coming)
        for effect in effects:
            if isinstance(effect, SetPing):
                self.pings[case.id, effect.kind] = effect.due
            elif isinstance(effect, DropPing):
                self.pings.pop((case.id, effect.kind), None)
            elif isinstance(effect, Deliver):
                self._deliver(case.id, effect.number, stamp, coming)
            elif isinstance(effect, KeepLesson | JudgeLesson | SeekLessons):
                self._learn(case.id, effect, stamp, coming)
            elif isinstance(effect, BeginNext):
                self._begin(effect.project, stamp, coming, effect.found)

    def _look_up(
        self, id_: CaseId, effects: tuple[Effect, ...], stamp: Stamp, coming: _Coming
    ) -> None:
        """What the operator has set, and who is meant by a name."""
        for wish in effects:
            if isinstance(wish, AskHouse):
                now = self.cases[id_]
                today = local_day(now, stamp.at)
                around = self.organisation.surroundings(
                    wish.customer, now.owner, today=today, can_mail=False
                )
                self._reduce(id_, HouseTold(stamp, around), coming)
            elif isinstance(wish, FindColleague):
                found = self.organisation.named(wish.name)
                at = wish.number, wish.place, wish.turn
                self._reduce(id_, ColleagueFound(stamp, *at, found), coming)

    def _deliver(self, id_: CaseId, number: int, stamp: Stamp, coming: _Coming) -> None:
        """The customer has the message at once."""
        outgoing = self.cases[id_].outgoing
        if outgoing is None:
            return
        coming.left.append(
            Message(id_, f"customer:{number}", customer_card(outgoing.release), to=CUSTOMER)
        )
        self._reduce(id_, Delivered(stamp, number), coming)

    def _learn(
        self,
        id_: CaseId,
        wish: KeepLesson | JudgeLesson | SeekLessons,
        stamp: Stamp,
        coming: _Coming,
    ) -> None:
        """A lesson is kept, judged, or looked for among those that were kept."""
        if isinstance(wish, KeepLesson):
            self.lessons[wish.lesson.id] = wish.lesson
        elif isinstance(wish, SeekLessons):
            today = local_day(self.cases[id_], stamp.at)
            kept = reversed(self.lessons.values())
            found = best(kept, wish.words, today=today, category=wish.category)
            self._reduce(id_, LessonsFound(stamp, found), coming)
        elif wish.lesson in self.lessons:
            judged = voted(self.lessons[wish.lesson], helpful=wish.helpful)
            self.lessons[wish.lesson] = judged

    def _call(self, case: Case, stamp: Stamp, coming: _Coming) -> None:
        """The customer of a practised call goes on."""
        line, today = calling.Line(self.customers, self.coaching), local_day(case, stamp.at)
        spoke = calling.answer(self.playbook, case, line, stamp=stamp, today=today)
        if spoke is not None:
            self._reduce(case.id, spoke, coming)

    def _note(self, inbound: Spoken | None, coming: _Coming) -> None:
        """Writes the moment down; of a message that is said twice in it, the last words count."""
        changed = self._drawn(coming)
        self.messages |= changed
        toasts = [e.text for e in coming.effects if isinstance(e, Toast)]
        toasts += [coming.toast] if coming.toast else []
        self.moments.append(
            Moment(
                -1 if inbound is None else self.line,
                self.clock,
                inbound,
                coming.case,
                tuple(coming.events),
                tuple(coming.effects),
                tuple(changed.values()),
                coming.reply,
                toasts[-1] if toasts else None,
            )
        )

    def _drawn(self, coming: _Coming) -> dict[Key, Message]:
        found: dict[Key, Message] = {}
        for key, (id_, show) in {slot_of(id_, e): (id_, e) for id_, e in coming.shows}.items():
            card = self._card(self.cases[id_], show)
            before = self.messages.get(key)
            if before is None or before.card != card:
                stood = before is not None
                to = show.to if isinstance(show, Show) else show.board.to
                room = show.room if isinstance(show, Show) else show.board.room
                found[key] = Message(*key, card, stood, to, room is not None)
        return found | {(m.case, m.slot): m for m in coming.left}

    def _card(self, case: Case, show: Show | ShowBoard) -> Card:
        if isinstance(show, Show):
            return screens.draw(self.playbook, case, show.screen, today=local_day(case, self.clock))
        cases = [(self.playbook, self.cases[c]) for c in show.board.cases]
        return ping_card(on_board(show.board, cases), at=self.clock)
