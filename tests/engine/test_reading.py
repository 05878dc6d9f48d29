"""Many readings of a tracker at once: a few at a time, each to its end, however slow it is."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.core.case import Case
from bot.core.tracking.facts import ProjectFacts
from bot.core.tracking.tracked import FACTS, Followed
from bot.core.words import CaseId, Text
from bot.engine.errands import AT_ONCE
from bot.engine.ports import Ping
from bot.engine.tick import tick
from bot.engine.trackers import Listing, Trackers
from tests.engine.room import HERE, Room

SLOW = timedelta(seconds=40) / AT_ONCE  # until the next of those that are read together is there
MANY = 80  # take far longer than a ping that is being read stands aside


@dataclass
class Slow:
    """A tracker that takes its time; what is due meanwhile comes up meanwhile."""

    room: Room
    name: str = "pingcode"
    label: Text = field(default_factory=lambda: Text(en="PingCode", zh="PingCode"))
    asked: list[str] = field(default_factory=list)

    async def projects(self) -> Listing:
        return Listing(())

    async def facts(self, ref: str) -> ProjectFacts:
        self.asked.append(ref)
        if len(self.asked) < 4 * MANY:  # else it would go on for ever
            self.room.clock.at += SLOW
            await tick(self.room.house)
        return ProjectFacts("pingcode", ref, "Tram depot", None, self.room.clock())

    async def close(self) -> None:
        self.asked.clear()


async def stored(room: Room, id_: CaseId) -> Case:
    filed = await room.store.case(HERE, id_)
    assert filed is not None
    return filed.case


async def follows(room: Room, person: str) -> CaseId:
    """A case of this person that goes by a project whose facts are to be read now."""
    id_ = await room.begin("Tram depot", person)
    async with room.store.turn(HERE) as turn:
        filed = await turn.case(id_)
        assert filed is not None
        case, (origin,) = filed.case, filed.case.tracking.origins
        tracking = replace(case.tracking, followed=Followed(origin, person, "Tram depot"))
        after = replace(case, revision=case.revision + 1, tracking=tracking)
        await turn.save(replace(filed, case=after), was=case.revision)
        await turn.set_ping(Ping(HERE, id_, FACTS, room.clock()))
    return id_


async def test_each_of_many_readings_comes_to_its_end_and_none_is_done_in_vain() -> None:
    room = Room()
    tracker = Slow(room)
    room.house = replace(room.house, trackers=Trackers({"pingcode": tracker}))
    ids = [await follows(room, f"p{n}") for n in range(MANY)]
    await tick(room.house)
    await room.house.trackers.idle()
    followed = [(await stored(room, id_)).tracking.followed for id_ in ids]
    assert [f for f in followed if f is None or f.facts is None] == []
    assert sorted(tracker.asked) == sorted(f"p{n}" for n in range(MANY))
