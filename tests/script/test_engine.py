"""The same conversations through the engine on SQLite: the same cases come of them."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.content import playbooks as content
from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.approving.organisation import Organisations
from bot.core.case import Case
from bot.core.pings.rooms import Here
from bot.core.words import CaseId, TenantId
from bot.engine import handle, tick
from bot.engine.deliver import deliver
from bot.engine.digesting import is_digest
from bot.engine.house import House, Shelf
from bot.engine.inbound import Clicked, Inbound, Profile
from bot.engine.ports import Store
from bot.engine.trackers import Trackers
from bot.script import play
from bot.script.organisation import CHANNEL, HOUSE
from bot.script.outside import telling
from bot.script.performance import TENANT, Played
from bot.script.performance import play as perform
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.engine.room import FakeChannel

FILES = sorted((Path(__file__).parents[1] / "transcripts").rglob("*.yaml"))
PLAYBOOK = content.load(content.home() / "delivery_delay")
CUSTOMERS = default_customers()


def tracked(played: Played, now: Callable[[], datetime]) -> Trackers:
    """The tracker of a written conversation, where it has one."""
    script = played.transcript.script
    found = telling(script.tracker, script.zone, now)
    return Trackers({found.name: found} if found is not None else {})


class Desk:
    """The engine, given what a played conversation gave the table."""

    def __init__(self, store: Store, played: Played) -> None:
        script = played.transcript.script
        self.played = played
        self.cases: dict[CaseId, CaseId] = {}  # the table's name of a case, and the engine's
        self.now = played.moments[0].at
        ids: Iterator[int] = itertools.count(1)
        self.house = House(
            store=store,
            shelf=Shelf([PLAYBOOK]),
            clock=lambda: self.now,
            new_id=lambda: f"id-{next(ids)}",
            channels={"table": FakeChannel()},
            profile=Profile(script.language, script.zone, script.calendar),
            coaching=default_coaching,
            customers=lambda: CUSTOMERS,
            organisations=Organisations((HOUSE,)),
            about={CHANNEL.platform: self.about},
            trackers=tracked(played, lambda: self.now),
        )

    async def run(self) -> dict[CaseId, Case]:
        """All moments in order; the cases that stand at the end, by the table's names."""
        for moment in self.played.moments:
            self.now = moment.at
            if moment.inbound is None:
                await self.ring(moment.case, moment.at)
                await deliver(self.house)
                continue
            reply = await handle.handle(self.house, self.named(moment.inbound))
            assert not reply.fault
            if moment.case is not None and reply.case is not None:
                self.cases.setdefault(moment.case, reply.case)
            await deliver(self.house)
        found = {}
        for name, id_ in self.cases.items():
            filed = await self.house.store.case(TENANT, id_)
            assert filed is not None
            found[name] = filed.case
        return found

    async def about(self, _: TenantId, conversation: str) -> Here:
        assert conversation == CHANNEL.conversation
        return CHANNEL

    async def ring(self, case: CaseId | None, at: datetime) -> None:
        assert case is not None
        far = at.replace(year=at.year + 1)
        mine = [p for p in await self.house.store.pings(far) if p.case == self.cases[case]]
        due = [p for p in mine if not is_digest(p)]  # of a person, which the table does not know
        assert due
        assert await tick.fire(self.house, due[0])
        await self.house.meetings.idle()
        await self.house.trackers.idle()

    def named(self, inbound: Inbound) -> Inbound:
        """The inbound with the engine's names of cases in the place of the table's."""
        if not isinstance(inbound, Clicked):
            return inbound
        action = inbound.action
        first, slash, rest = action.argument.partition("/")
        id_ = self.cases.get(CaseId(first))
        case = self.cases[inbound.case] if inbound.case else None
        argument = f"{id_}{slash}{rest}" if id_ else action.argument
        return replace(inbound, case=case, action=replace(action, argument=argument))


def alike(case: Case) -> object:
    """A case without what differs by nature: its id, and who gave its events their names."""
    answers = {k: (a.value, a.revision, a.at) for k, a in case.answers.items()}
    return (
        case.phase, case.revision, case.live, case.step, case.stopped, answers, case.passed,
        case.stale, case.pending, case.loose, case.nudges, case.others, dict(case.edits),
        case.practice, case.practised, case.told_at, case.outgoing, len(case.deliveries), dict(case.coached), case.kept,
        {k: s.reason for k, s in case.skips.items()}, case.rooms, asked(case),
        [(v.name, v.number, v.looks) for v in case.sharing.viewers.values()],
        {k: (m.state, m.start, m.minutes, m.join_url, m.sequence) for k, m in case.meetings.items()},
    )  # fmt: skip


def asked(case: Case) -> object:
    """What became of each ping of a case, in whose words, and whether its team was asked."""
    return {
        key: (r.state, r.answer, r.answered_by, r.note, r.reason, r.snoozed, r.thread is not None)
        for key, r in case.reminders.items()
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_the_engine_comes_to_the_same_cases(file: Path, tmp_path: Path) -> None:
    played = perform(play.load(file), PLAYBOOK, default_coaching(), CUSTOMERS)
    migrate(tmp_path / "candor.db", at=played.moments[0].at)
    store = SqlStore(tmp_path / "candor.db")
    try:
        found = await Desk(store, played).run()
    finally:
        await store.close()
    assert {k: alike(c) for k, c in found.items()} == {c.id: alike(c) for c in played.cases}
