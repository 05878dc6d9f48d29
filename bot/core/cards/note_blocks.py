"""The coach's notes as blocks of a card: the exact words, why, one rewording, what to press."""

from bot.core.actions import settles
from bot.core.cards.blocks import Action, Block, Button, Buttons, Hint, Quote
from bot.core.case import Case, Note
from bot.core.dialogue.notes import standing_notes
from bot.core.phrases import SAY
from bot.core.words import Text, same

_IF_TOLD = Text(
    en="If these words go into the message, they hold it back until they are changed, or kept with "
    "a reason in words.",
    zh="这句话要是写进消息里，改好之前不能发；要保留，请写明理由。",
)
AT_ONCE = 2  # notes shown for one answer; the rest on request


def note_blocks(case: Case, about: str, *, edit: Action | None) -> list[Block]:
    """The notes that stand on a step or a draft, a strength first; none when nothing stands.

    `edit` opens the place where the words can be changed.
    """
    notes = standing_notes(case, about)
    coached = case.coached.get(about)
    blocks: list[Block] = []
    if notes and coached is not None and coached.strength is not None:
        blocks.append(Hint(coached.strength, "good"))
    shown = notes if case.all_notes == about else notes[:AT_ONCE]
    for note in shown:
        blocks += _note(case, about, note, edit)
    if len(notes) > len(shown):
        label = SAY.notes_more.fill(count=len(notes) - len(shown))
        blocks.append(Buttons((Button(label, Action("notes", about)),)))
    return blocks


def blocking(case: Case, about: str) -> int:
    """How many standing notes hold the message back."""
    return sum(n.severity == "blocker" for n in standing_notes(case, about))


def _note(case: Case, about: str, note: Note, edit: Action | None) -> list[Block]:
    name = f"{about}/{note.check}"
    if note.again and note.severity != "blocker":
        return [Hint(_again(note))]
    blocks: list[Block] = [_said(note), Hint(note.question)]
    if note.severity == "blocker":
        is_draft = "." in about  # the name of a variant; a step's has none
        blocks.append(Hint(SAY.note_blocks if is_draft else _IF_TOLD, "problem"))
    if note.rewording:
        blocks += [Hint(SAY.note_instead), Quote(same(note.rewording))]
    if case.asking is not None and case.asking.note == name:
        blocks.append(Hint(SAY.keep_why, "look"))
    return [*blocks, Buttons(_buttons(case, note, name, edit))]


def _said(note: Note) -> Hint:
    text = SAY.note.fill(phrase=note.phrase, message=note.message) if note.phrase else note.message
    match note.severity:
        case "blocker":
            return Hint(text, "problem")
        case "major":
            return Hint(text, "look")
        case "minor":
            return Hint(text)


def _again(note: Note) -> Text:
    if note.phrase:
        return SAY.note_again.fill(phrase=note.phrase)
    return SAY.note_again_whole.fill(message=note.message)


def _buttons(case: Case, note: Note, name: str, edit: Action | None) -> tuple[Button, ...]:
    rewords = settles("note_use", name, case)
    use = (Button(SAY.note_use, rewords, "primary"),) if note.rewording else ()
    change = (Button(SAY.edit, edit),) if edit is not None else ()
    return (*use, *change, Button(SAY.note_keep, Action("note_keep", name)))
