"""Blockers of the coach that bear on a text: those on the draft, and those on words of a step in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.case import Case
from bot.core.coaching.told import Note
from bot.core.dialogue.notes import kept_name
from bot.core.message import draft
from bot.core.playbook import Playbook
from bot.core.words import StepId


@dataclass(frozen=True, slots=True)
class Blocker:
    """One blocker, and why the owner keeps the words; None as long as they have not said."""

    about: str  # the draft's variant, or the step
    note: Note
    reason: str | None

    @property
    def family(self) -> str:
        """The family of the check: legal, remedy, timing."""
        return self.note.check.partition(".")[0]


def bearing(playbook: Playbook, case: Case, variant: str, text: str) -> tuple[Blocker, ...]:
    """Every blocker on this text, the draft's own first.

    Words of a step count as far as they stand in the text, so that what is left out of it holds
    nothing; what the draft says of a check itself takes the place of what the step says.
    """
    own = tuple(_of(case, variant))
    checks = {b.note.check for b in own}
    told = tuple(
        b
        for step in playbook.steps
        for b in _of(case, step.id)
        if b.note.check not in checks and _stands(playbook, case, step.id, b.note, text)
    )
    return (*own, *told)


def _of(case: Case, about: str) -> Iterator[Blocker]:
    coached = case.coached.get(about)
    for note in coached.notes if coached else ():
        if note.severity == "blocker":
            yield Blocker(about, note, case.kept.get(kept_name(about, note)))


def _stands(playbook: Playbook, case: Case, step: StepId, note: Note, text: str) -> bool:
    """Whether the words are in the text; a note on no words in particular counts with its step."""
    if note.phrase:
        return _plain(note.phrase) in _plain(text)
    told = draft.told_fields(playbook, case)
    return any(f.id in told for f in playbook.by_id[step].fields)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
