"""What a tracker says otherwise is told on the way out, and moves neither the text nor an approval."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.core.case import Case
from bot.core.tracking.facts import Milestone, ProjectFacts
from bot.core.tracking.tracked import Followed, Origin, Tracking
from bot.core.words import same
from bot.engine.tick import tick
from bot.engine.trackers import Listing, Trackers
from tests.approval.scene import HERE, Scene, plain, words

ORIGIN = Origin("pingcode", same("PingCode"))
LATER = "PingCode has the end of the project on"


class Tracker:
    """A tracker that knows one project, whose end it has on this day."""

    name, label = ORIGIN.name, ORIGIN.label

    def __init__(self, end: date) -> None:
        self.end = end
        self.scene: Scene | None = None
        self.read = 0

    async def projects(self) -> Listing:
        return Listing(())

    async def facts(self, ref: str) -> ProjectFacts:
        self.read += 1
        assert self.scene is not None
        return facts(self.end, self.scene.house.clock())

    async def close(self) -> None:
        return None


def facts(end: date, at: datetime) -> ProjectFacts:
    whole = Milestone("p", "Tram depot", "project", end)
    return ProjectFacts("pingcode", "TRM", "Tram depot", None, at, (whole,))


def tracked(end: date) -> Case:
    """A case that goes by a tracker, which was read a day ago."""
    read_at = datetime(2026, 5, 17, 9, 0, tzinfo=UTC)
    followed = Followed(ORIGIN, "p", "Tram depot", facts(end, read_at))
    return replace(plain(), tracking=Tracking((ORIGIN,), followed=followed))


async def on_the_way(
    end_before: date, end_now: date, *, is_there: bool = True
) -> tuple[Scene, Tracker]:
    """The send card of such a case; the tracker now has another day."""
    tracker, scene = Tracker(end_now), Scene(tracked(end_before))
    tracker.scene = scene
    found = {"pingcode": tracker} if is_there else {}
    scene.house = replace(scene.house, trackers=Trackers(found))
    await scene.begin()
    await read(scene)
    return scene, tracker


async def read(scene: Scene) -> None:
    await tick(scene.house)
    await scene.house.trackers.idle()


async def test_send_reads_the_tracker_anew_and_tells_a_later_difference() -> None:
    scene, tracker = await on_the_way(date(2026, 5, 20), date(2027, 3, 1))
    assert tracker.read == 1
    assert f"{LATER} Monday 1 March 2027, after the new date of" in words(scene.card())


async def test_without_a_difference_nothing_is_told() -> None:
    scene, _ = await on_the_way(date(2026, 5, 20), date(2026, 5, 20))
    assert "PingCode" not in words(scene.card())


async def test_what_the_tracker_says_changes_nothing_that_is_sent() -> None:
    scene, _ = await on_the_way(date(2026, 5, 20), date(2027, 3, 1))
    filed = await scene.store.case(HERE, scene.case.id)
    assert filed is not None
    assert filed.case.answers == scene.case.answers
    assert filed.case.edits == scene.case.edits
    await scene.choose("send")
    assert "It goes out on" in words(scene.card())


async def test_a_tracker_that_is_away_is_said_and_stops_nothing() -> None:
    scene, _ = await on_the_way(date(2026, 5, 20), date(2027, 3, 1), is_there=False)
    assert "PingCode could not be read again: it does not answer." in words(scene.card())
    await scene.choose("send")
    assert "It goes out on" in words(scene.card())


async def test_it_is_read_once_for_a_while_however_often_one_looks() -> None:
    scene, tracker = await on_the_way(date(2026, 5, 20), date(2027, 3, 1))
    for _ in range(3):
        await scene.click("draft")
        await scene.click("make_ready")
        await read(scene)
    assert tracker.read == 1
