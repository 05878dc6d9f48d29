"""The house's own drafts, of every written conversation and channel: sentences that are sound."""

from collections.abc import Iterator
from pathlib import Path

from bot.content.rehearsals import default_customers
from bot.core import flow
from bot.core.actions import CHANNELS
from bot.core.case import Case
from bot.core.coaching.coach import Task
from bot.core.coaching.rubric import Coaching
from bot.core.dialogue import notes
from bot.core.dialogue.scalars import local_day
from bot.core.effects import AskCoach
from bot.core.events import DraftOpened
from bot.core.playbook import Playbook
from bot.core.stamp import Stamp
from bot.core.words import EventId
from bot.script import play
from bot.script.performance import seated
from tests.delivery_cases import PLAYBOOK

TRANSCRIPTS = Path(__file__).parents[2] / "transcripts"


def shown_drafts(case: Case, playbook: Playbook) -> Iterator[tuple[Case, AskCoach]]:
    """The case with each channel's draft on the screen, and what the coach is then asked."""
    stamp = Stamp(EventId("draft"), case.touched_at, case.owner)
    for channel in CHANNELS:
        shown, effects = flow.reduce(playbook, case, DraftOpened(stamp, channel))
        yield from ((shown, effect) for effect in effects if isinstance(effect, AskCoach))


def drafts(coaching: Coaching) -> Iterator[tuple[str, Task]]:
    """Each draft that somebody could be shown, by the conversation's name."""
    for file in sorted(TRANSCRIPTS.rglob("*.yaml")):
        transcript = play.load(file)
        player = seated(transcript, PLAYBOOK, coaching, default_customers())
        for number, line in enumerate(transcript.script.lines):
            player.do(number, line)
        for case in player.table.cases.values():
            for shown, _ in shown_drafts(case, PLAYBOOK):
                if shown.variant is not None:
                    today = local_day(shown, shown.touched_at)
                    yield file.stem, notes.task_of(PLAYBOOK, shown, shown.variant, today=today)
