"""The coach's notes as blocks of a card: the exact words, why, one rewording, what to press."""

from bot.core.actions import settles
from bot.core.cards.blocks import Action, Block, Button, Buttons, Divider, Hint, Quote
from bot.core.case import Case
from bot.core.coaching.told import Note
from bot.core.dialogue.notes import standing_notes
from bot.core.phrases import SAY
from bot.core.words import Text, same

_IF_TOLD = Text(
    en="If these words go into the message, they hold it back until they are changed, or kept with "
    "a reason in words.",
    zh="这句话要是写进消息里，改好之前不能发；要保留，请写明理由。",
)
_BEHIND = Text(en="Your last step has {notes} from me.", zh="上一步有{notes}。")
_ONE = Text(en="1 note", zh="1条提醒")
_SOME = Text(en="{count} notes", zh="{count}条提醒")
_SHOW_ONE = Text(en="Show the note", zh="看这条提醒")
_SHOW_ALL = Text(en="Show the notes", zh="看这些提醒")
AT_ONCE = 2  # notes shown for one answer; the rest on request


def note_blocks(case: Case, about: str, *, edit: Action | None) -> list[Block]:
    """The notes that stand on a step or a draft, a strength first where nothing blocks; none when
    nothing stands.

    `edit` opens the place where the words can be changed.
    """
    notes = standing_notes(case, about)
    coached = case.coached.get(about)
    blocks: list[Block] = []
    held = any(n.severity == "blocker" for n in notes)  # praise beside it would sound hollow
    if notes and not held and coached is not None and coached.strength is not None:
        blocks.append(Hint(coached.strength, "good"))
    shown = notes if case.all_notes == about else notes[:AT_ONCE]
    for note in shown:
        blocks += _note(case, about, note, edit)
    if len(notes) > len(shown):
        label = SAY.notes_more.fill(count=len(notes) - len(shown))
        blocks.append(Buttons((Button(label, Action("notes", about)),)))
    return blocks


def notes_behind(case: Case) -> list[Block]:
    """What the coach says of the step that was left last: a line with a button, for the recap that
    holds the notes scrolls out of sight. Once pressed, the notes themselves.
    """
    about = _left_last(case)
    notes, count = standing_notes(case, about), counted(case, about)
    if count is None:
        return []
    said = Hint(_BEHIND.fill(notes=count), "look")
    if case.notes_here != about:
        label = _SHOW_ONE if len(notes) == 1 else _SHOW_ALL
        return [said, Buttons((Button(label, Action("notes_here", about)),))]
    edit = Action("edit", about)
    return [said, *(block for note in notes for block in _note(case, about, note, edit)), Divider()]


def _left_last(case: Case) -> str:
    """The step whose recap stands lowest; empty when none was left yet."""
    behind = [
        (int(slot.rpartition(":")[2]), s) for s, slot in case.recaps.items() if s != case.step
    ]
    return max(behind, default=(0, ""))[1]


def counted(case: Case, about: str) -> Text | None:
    """How many notes stand on a step, where any does."""
    count = len(standing_notes(case, about))
    if not count:
        return None
    return _ONE if count == 1 else _SOME.fill(count=count)


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
