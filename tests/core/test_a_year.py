"""A year of a team of fifty with two hundred cases: nobody is asked too much, and nothing is lost."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from bot.core import flow
from bot.core.case import Answer, Case, DateValue, RowsValue, Value
from bot.core.dialogue.live import Turned
from bot.core.effects import DropPing, LeadScreen, SetPing, Show
from bot.core.events import PingDue, Stamp
from bot.core.following import laying
from bot.core.following.events import PingAnswered
from bot.core.pings.manners import Manners, Schedule, allowed, next_moment, spread
from bot.core.pings.reminder import Board, Key, key_in
from bot.core.words import CaseId, EventId, FieldId, PersonId
from tests import delivery_cases
from tests.core.followed import TOLD_AT, Followed

PEOPLE, CASES = 50, 200
A_DAY, A_WEEK = 2, 8  # messages that one person gets at most: the knobs
A_LEAD = 3  # silences of one case that its lead hears of, in all the months that it lasts
PLACES = (
    ("Europe/London", "GB"), ("Asia/Shanghai", "CN"), ("Asia/Kolkata", "IN"),
    ("America/New_York", "US"), ("Australia/Lord_Howe", "AU"),
)  # fmt: skip


@cache
def told() -> Case:
    """A case that was told, before any of its pings."""
    return replace(Followed().tell().case, reminders={})


def _later(value: Value, days: timedelta) -> Value:
    match value:
        case DateValue(day=day):
            return DateValue(day + days)
        case RowsValue(rows=rows):
            return RowsValue(
                tuple(
                    {k: _cell(v, days) if isinstance(v, DateValue) else v for k, v in row.items()}
                    for row in rows
                )
            )
        case _:
            return value


def _cell(value: DateValue, days: timedelta) -> DateValue:
    return DateValue(value.day + days)


@dataclass
class Team:
    """Everybody, all cases, and the alarms to come; each person answers most of what is asked."""

    cases: dict[CaseId, Case] = field(default_factory=dict)
    people: dict[PersonId, Schedule] = field(default_factory=dict)
    due: dict[tuple[CaseId, str], datetime] = field(default_factory=dict)
    queue: list[tuple[datetime, CaseId, str]] = field(default_factory=list)
    messages: dict[PersonId, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    asked: Counter[tuple[CaseId, Key]] = field(default_factory=Counter)
    leads: Counter[tuple[CaseId, str]] = field(default_factory=Counter)  # by what it is about
    events: int = 0

    def begin(self, n: int) -> None:
        """One more case, told on a working morning somewhere in the year."""
        owner = PersonId(f"p{n % PEOPLE}")
        zone, code = PLACES[n % len(PLACES)]
        manners = Manners(
            work_from=time(7 + n % 4),
            quiet_from=time(12) if n % 3 else None,
            quiet_until=time(13, 30) if n % 3 else None,
            lead=PersonId("boss"),
        )
        schedule = self.people.setdefault(owner, Schedule(zone, code, manners))
        days = timedelta(days=7 * (n * 37 % 48) - 126)
        at = TOLD_AT + days
        given = tuple(replace(p, date=p.date + days) for p in told().given)
        asked = told().answer_by
        answers: Mapping[FieldId, Answer] = {
            k: replace(a, value=_later(a.value, days)) for k, a in told().answers.items()
        }
        case = replace(
            told(), id=CaseId(f"c{n}"), owner=owner, zone=schedule.zone, calendar=code,
            answers=answers, told_at=at, begun_at=at, touched_at=at, given=given,
            answer_by=asked + days if asked else None,
        )  # fmt: skip
        before = replace(case, told_at=None)
        self._take(laying.kept(delivery_cases.PLAYBOOK, before, (case, ()), self._stamp(case, at)))

    def run(self) -> None:
        """Until nothing is left to ring."""
        while self.queue:
            at, id_, kind = heapq.heappop(self.queue)
            if self.due.get((id_, kind)) == at:
                self._ring(at, id_)

    def _ring(self, at: datetime, first: CaseId) -> None:
        """All that is due for this owner, in one message, or later when manners say so."""
        owner = self.cases[first].owner
        schedule = self.people[owner]
        mine = [k for k, due in self.due.items() if due <= at and self.cases[k[0]].owner == owner]
        moment = next_moment(schedule, at)
        for id_, kind in mine:
            del self.due[id_, kind]
            if moment > at:
                self._set(id_, kind, spread(schedule, moment, owner))
        if moment > at:
            return
        assert allowed(schedule, at)
        board = Board(first, f"pings:{self.events}", tuple(dict.fromkeys(k[0] for k in mine)))
        before = sum(self.asked.values())
        for id_, kind in mine:
            self._give(PingDue(self._stamp(self.cases[id_], at), kind, schedule, board), id_)
        if sum(self.asked.values()) > before:
            self.messages[owner].append(at)
            self._answer(board, at)

    def _answer(self, board: Board, at: datetime) -> None:
        """Seven of ten questions are answered at once; one owner in ten never answers."""
        for id_ in board.cases:
            for key, one in self.cases[id_].reminders.items():
                if one.board == board and one.state == "asked":
                    luck = sum(f"{id_}{key}{len(one.asked)}".encode()) % 10
                    if luck < 7 and sum(self.cases[id_].owner.encode()) % 10:
                        stamp = self._stamp(self.cases[id_], at + timedelta(minutes=5))
                        self._give(PingAnswered(stamp, key, "done"), id_)

    def _give(self, event: PingDue | PingAnswered, id_: CaseId) -> None:
        before = self.cases[id_]
        turned = flow.reduce(delivery_cases.PLAYBOOK, before, event)
        self._take(turned)
        for key, now in turned[0].reminders.items():
            was = before.reminders.get(key)
            fresh = was is None or was.day != now.day
            self.asked[id_, key] += len(now.asked) - (0 if fresh else len(was.asked if was else ()))
        for effect in turned[1]:
            if isinstance(effect, Show) and isinstance(effect.screen, LeadScreen):
                self.leads[id_, effect.slot.split(":")[1]] += 1

    def _take(self, turned: Turned) -> None:
        case, effects = turned
        self.cases[case.id] = case
        for effect in effects:
            if isinstance(effect, SetPing) and key_in(effect.kind):
                self._set(case.id, effect.kind, effect.due)
            elif isinstance(effect, DropPing):
                self.due.pop((case.id, effect.kind), None)

    def _set(self, id_: CaseId, kind: str, due: datetime) -> None:
        self.due[id_, kind] = due
        heapq.heappush(self.queue, (due, id_, kind))

    def _stamp(self, case: Case, at: datetime) -> Stamp:
        self.events += 1
        return Stamp(EventId(f"e{self.events}"), at, case.owner)


def weeks(moments: list[datetime]) -> Iterator[tuple[int, int]]:
    yield from ((m.isocalendar().year, m.isocalendar().week) for m in moments)


def test_a_year_of_a_team_of_fifty_stays_under_the_knobs() -> None:
    team = Team()
    for n in range(CASES):
        team.begin(n)
    team.run()
    per_day = Counter((who, m.date()) for who, ms in team.messages.items() for m in ms)
    per_week = Counter((who, w) for who, ms in team.messages.items() for w in weeks(ms))
    assert max(per_day.values()) <= A_DAY
    assert max(per_week.values()) <= A_WEEK
    assert max(team.asked.values()) <= 2
    open_ = [r for c in team.cases.values() for r in c.reminders.values() if r.is_open]
    assert open_ == []  # answered, parked, lapsed: nothing is left hanging
    assert len(team.messages) == PEOPLE
    assert team.leads
    assert max(team.leads.values()) == 1  # of each silence the lead hears once
    assert max(Counter(id_ for id_, _ in team.leads).values()) <= A_LEAD
    assert min(m for ms in team.messages.values() for m in ms) > datetime(2025, 12, 31, tzinfo=UTC)
    assert date(2027, 6, 1) > max(m.date() for ms in team.messages.values() for m in ms)
