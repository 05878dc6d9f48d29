"""An old window's words are set beside, where its box no longer held what the answer replaced."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.core import flow
from bot.core.case import Case, TextValue
from bot.core.events import Begun, Raw, Stamp, Submitted
from bot.core.words import CaseId, EventId, FieldId, PersonId, TenantId
from tests.core.talk import PLAYBOOK

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PROJECT = FieldId("project")


@dataclass
class Windows:
    """One case; every form says at which revision its window was drawn."""

    case: Case
    count: int = 0

    def send(self, project: Raw, *, seen: int | None = None) -> int:
        """Send the project's box from a window; gives the revision after it."""
        self.count += 1
        stamp = Stamp(EventId(f"e{self.count}"), AT + timedelta(minutes=self.count), PersonId("p"))
        at = self.case.revision if seen is None else seen
        self.case, _ = flow.reduce(PLAYBOOK, self.case, Submitted(stamp, {PROJECT: project}, at))
        return self.case.revision

    @property
    def held(self) -> set[object]:
        """The words that the case holds for the project."""
        answers = (self.case.answers.get(PROJECT), self.case.others.get(PROJECT))
        return {a.value.text for a in answers if a and isinstance(a.value, TextValue)}


def windows() -> Windows:
    stamp = Stamp(EventId("e0"), AT, PersonId("p"))
    begun = Begun(stamp, CaseId("c"), TenantId("t"), "en", "Europe/London", "GB")
    return Windows(flow.begin(PLAYBOOK, begun)[0])


def test_the_old_answer_typed_over_a_refused_one_is_no_box_left_as_it_was() -> None:
    sut = windows()
    sut.send("Depot")
    drawn = sut.send("🙂")
    sut.send("Wash hall")
    sut.send("Depot", seen=drawn)
    assert sut.held == {"Wash hall", "Depot"}


def test_an_answer_given_again_over_a_refused_one_is_news_for_an_old_window() -> None:
    sut = windows()
    sut.send("Wash hall")
    drawn = sut.send("🙂")
    sut.send("Wash hall")
    sut.send("Depot", seen=drawn)
    assert sut.held == {"Wash hall", "Depot"}


def test_a_box_left_as_it_was_is_still_no_second_answer() -> None:
    sut = windows()
    drawn = sut.send("Depot")
    sut.send("Wash hall")
    before = sut.case
    sut.send("Depot", seen=drawn)
    assert replace(sut.case, revision=before.revision, touched_at=before.touched_at) == before
