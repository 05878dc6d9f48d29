"""A line typed below the draft, put into its text or in its place where the owner says so."""

from bot.core.case import Case, Edit
from bot.core.copies import replace
from bot.core.dialogue import live
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import local_day
from bot.core.effects import Toast
from bot.core.events import ReplyUsed
from bot.core.message import draft
from bot.core.message.composing import subject_line
from bot.core.phrases import SAY
from bot.core.playbook import Playbook

_MOVABLE = ("asked", "refused", "ready")  # a message in these states can still be another


def below_the_draft(case: Case) -> Case:
    """The case with the draft itself on the screen, where a line may be meant for its text."""
    if case.sending and (case.outgoing is None or case.outgoing.state in _MOVABLE):
        return replace(case, sending=False)
    return case


def used(playbook: Playbook, case: Case, event: ReplyUsed) -> Turned:
    """The typed line as the whole text, or as a paragraph more before the end of the text."""
    variant = case.variant
    if variant is None or draft.key(variant) != event.variant:
        return case, (Toast(SAY.already_settled),)
    if not case.loose or event.live != case.live:
        return case, (Toast(SAY.already_settled),)
    on_screen = draft.text_on_screen(playbook, case, variant, local_day(case, event.stamp.at))
    text = _instead(on_screen, case.loose) if event.whole else _more(on_screen, case.loose)
    edit = Edit(
        text, on_screen.draft.digest, event.stamp.at, event.stamp.by, revision=case.revision + 1
    )
    return live.refresh(replace(case, loose="", edits={**case.edits, event.variant: edit}))


def _instead(now: draft.OnScreen, words: str) -> str:
    """The words, below the subject that stands where they bring none of their own."""
    present, given = subject_line(now.text), subject_line(words)
    return f"{present}\n\n{words}" if present and not given else words


def _more(now: draft.OnScreen, words: str) -> str:
    """The text with the words before its greeting at the end, where that is a paragraph."""
    ends = [line.span[0] for line in now.draft.sentences if line.part == "closing"]
    end = now.draft.text[min(ends) :] if ends else ""
    body = now.text.removesuffix(end)
    if end and now.text.endswith(f"\n\n{end}"):
        return f"{body.rstrip()}\n\n{words}\n\n{end}"
    return f"{now.text.rstrip()}\n\n{words}"
