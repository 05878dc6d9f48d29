"""Case to card, one function a moment. Each card says in one sentence what the whole of it says."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.core.actions import on
from bot.core.approving.wording import TELL
from bot.core.cards.approval_card import approval_card
from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.cards.draft_card import draft_card, foreign_blocks
from bot.core.cards.follow_cards import agenda_card, lesson_card, link_card, offer_card, watch_card
from bot.core.cards.meeting_card import meeting_card
from bot.core.cards.minutes_card import minutes_card
from bot.core.cards.note_blocks import counted, note_blocks
from bot.core.cards.practice_card import practice_card
from bot.core.cards.room_card import room_card
from bot.core.cards.send_card import send_card
from bot.core.cards.sharing_cards import shared_fact, sharing_card
from bot.core.cards.shown import REASONS, answered, project_name, reason_text, shown
from bot.core.cards.standing_blocks import clock_blocks, loose_blocks, weight_blocks
from bot.core.cards.step_card import progress, standing, step_card
from bot.core.cards.tracker_blocks import difference_blocks
from bot.core.cards.voices_card import voices_card
from bot.core.case import Case
from bot.core.dialogue import path
from bot.core.dialogue.viewing import variant_of
from bot.core.effects import (
    AgendaScreen,
    ApprovalScreen,
    ClearScreen,
    DraftScreen,
    InvitedScreen,
    InviteScreen,
    LeadScreen,
    LessonScreen,
    LinkScreen,
    MeetingScreen,
    MinutesScreen,
    MovedScreen,
    NoticeScreen,
    NudgeScreen,
    OfferScreen,
    PracticeScreen,
    RecapScreen,
    ReviewScreen,
    RoomScreen,
    Screen,
    SendScreen,
    SharedScreen,
    SharingScreen,
    SkipScreen,
    StepScreen,
    StoppedScreen,
    ViewScreen,
    VoicesScreen,
    WatchScreen,
)
from bot.core.message import draft
from bot.core.message.mixed import foreign
from bot.core.phrases import SAY
from bot.core.playbook import Field, Playbook, Step
from bot.core.words import FieldId, StepId, Text, same

_AS_IT_READS = Text(en="The message as it reads now", zh="消息目前是这样写的")


_WAITS_TOO = Text(en="{project} waits, too.", zh="“{project}”也还没写完。")
_GO_ON = Text(en="Continue {project}", zh="继续“{project}”")

_Later = (
    AgendaScreen
    | MeetingScreen
    | OfferScreen
    | LessonScreen
    | WatchScreen
    | LinkScreen
    | RoomScreen
    | VoicesScreen
    | MinutesScreen
    | SendScreen
    | ApprovalScreen
    | NoticeScreen
    | LeadScreen
)


def draw(playbook: Playbook, case: Case, screen: Screen, *, today: date) -> Card:
    """The card of a screen, as the case stands. `today` is the owner's day."""
    match screen:
        case StepScreen(step=step, about=about):
            card = step_card(playbook, case, playbook.by_id[step], about=about, today=today)
        case RecapScreen(step=step, fields=fields):
            card = _recap(playbook, case, step, fields, today=today)
        case SkipScreen(step=step):
            card = _skip(playbook, playbook.by_id[step])
        case ClearScreen(field=field):
            card = _clear(playbook, case, field)
        case ReviewScreen():
            card = _review(playbook, case, today=today)
        case DraftScreen(variant=variant):
            card = draft_card(playbook, case, variant, today=today)
        case StoppedScreen():
            card = _stopped(playbook, case)
        case MovedScreen():
            card = Card(SAY.moved, (Hint(SAY.moved),))
        case NudgeScreen():
            card = _nudge(playbook, case, screen)
        case PracticeScreen(practice=practice, past=past):
            card = practice_card(case, practice, past=past)
        case SharingScreen() | InviteScreen() | InvitedScreen() | ViewScreen() | SharedScreen():
            card = sharing_card(playbook, case, screen, today=today)
        case _:
            card = _later(playbook, case, screen, today=today)
    return replace(card, case=case.id)


def _later(playbook: Playbook, case: Case, screen: _Later, *, today: date) -> Card:
    """The screens that come after the draft."""
    match screen:
        case WatchScreen():
            return watch_card(case)
        case LinkScreen():
            return link_card(case, screen)
        case RoomScreen() | VoicesScreen() | MinutesScreen():
            return _in_channel(playbook, case, screen)
        case AgendaScreen() | OfferScreen() | LessonScreen() | MeetingScreen():
            return _afterwards(playbook, case, screen)
        case SendScreen() | ApprovalScreen() | NoticeScreen() | LeadScreen():
            return _on_its_way(playbook, case, screen, today=today)
        case _:
            assert_never(screen)


def _in_channel(
    playbook: Playbook, case: Case, screen: RoomScreen | VoicesScreen | MinutesScreen
) -> Card:
    match screen:
        case RoomScreen(room=room):
            return room_card(case, room)
        case VoicesScreen():
            return voices_card(playbook, case, screen)
        case MinutesScreen():
            return minutes_card(playbook, case, screen)


def _afterwards(
    playbook: Playbook,
    case: Case,
    screen: AgendaScreen | OfferScreen | LessonScreen | MeetingScreen,
) -> Card:
    match screen:
        case MeetingScreen(purpose=purpose):
            return meeting_card(case, purpose)
        case AgendaScreen(agenda=name):
            return agenda_card(playbook, case, name)
        case OfferScreen():
            return offer_card(case, screen)
        case LessonScreen(lesson=lesson, offers=offers):
            return lesson_card(case, lesson, offers)


def _on_its_way(
    playbook: Playbook,
    case: Case,
    screen: SendScreen | ApprovalScreen | NoticeScreen | LeadScreen,
    *,
    today: date,
) -> Card:
    match screen:
        case SendScreen():
            return send_card(playbook, case, today=today)
        case ApprovalScreen():
            return approval_card(playbook, case, screen)
        case LeadScreen(text=text):
            return Card(text, (Paragraph(text),))
        case NoticeScreen(text=text):
            open_ = Button(TELL.open_it, Action("show_it", str(case.live)))
            return Card(text, (Paragraph(text), Buttons((open_,))))


def _recap(
    playbook: Playbook, case: Case, step_id: StepId, names: tuple[FieldId, ...], *, today: date
) -> Card:
    step = playbook.by_id[step_id]
    edit = Buttons((Button(SAY.edit, Action("edit", step.id)),))
    skip = case.skips.get(step.id)
    if skip is not None:
        reason = SAY.skipped.fill(reason=reason_text(skip.reason))
        text = Text(en=f"{step.title.en}: {reason.en}", zh=f"{step.title.zh}：{reason.zh}")
        return Card(text, (Paragraph(text), edit))
    fields = [
        f for f in path.visible(case, step) if (not names or f.id in names) and f.id in case.answers
    ]
    head = (SAY.recap if fields else SAY.recap_empty).fill(title=step.title)
    rows = tuple(Fact(f.label, shown(f, case.answers[f.id].value)) for f in fields)
    blocks: tuple[Block, ...] = (Facts(rows),) if rows else (Paragraph(head),)
    notes: list[Block] = []
    if not names:
        notes += standing(playbook, case, step.id, whole=False, today=today)
        notes += note_blocks(case, step.id, edit=Action("edit", step.id)) or [edit]
    return Card(head, (*blocks, *notes) if notes else (*blocks, edit))


def _skip(playbook: Playbook, step: Step) -> Card:
    head = SAY.skip_title.fill(title=step.title)
    reasons = [
        Button(text, Action("skip_because", f"{step.id}/{reason}"))
        for reason, text in REASONS.items()
    ]
    buttons = (*reasons, Button(SAY.no_skip, Action("dismiss"), "primary"))
    heading = progress(playbook, step)
    blocks = (heading, Paragraph(head), Hint(step.lost, "look"), Paragraph(SAY.skip_ask))
    return Card(head, (*blocks, Buttons(buttons)))


def _clear(playbook: Playbook, case: Case, name: FieldId) -> Card:
    field = playbook.fields[name]
    head = SAY.clear_title.fill(label=field.label)
    return Card(
        head,
        (
            Heading(head),
            Quote(answered(field, case.answers.get(name))),
            Paragraph(SAY.clear_ask),
            Buttons(
                (
                    Button(SAY.keep, Action("dismiss"), "primary"),
                    Button(SAY.clear_yes, Action("clear_yes", name), "danger"),
                )
            ),
        ),
    )


def _review(playbook: Playbook, case: Case, *, today: date) -> Card:
    head = SAY.review_title.fill(project=project_name(case))
    waits = path.next_step(playbook, case)
    note = Hint(_still_open(playbook, case), "look") if waits else Hint(SAY.review_done, "good")
    blocks: list[Block] = [Heading(head), note, *clock_blocks(case, today=today)]
    blocks += weight_blocks(case, today=today)
    blocks += difference_blocks(playbook, case)
    blocks += loose_blocks(case)
    mixed = foreign(playbook, case, variant_of(case))
    for step in playbook.steps:
        blocks += _reviewed_step(case, step, mixed)
    blocks += _as_it_reads(playbook, case, today=today)
    blocks.append(shared_fact(case))
    go_on = Button(SAY.resume, Action("edit", waits), "primary") if waits else None
    write = Button(SAY.draft, Action("draft"), "plain" if waits else "primary")
    stop = Button(SAY.stop, on("stop", case))
    blocks.append(Buttons((go_on, write, stop) if go_on else (write, stop)))
    return Card(head, tuple(blocks))


def _as_it_reads(playbook: Playbook, case: Case, *, today: date) -> list[Block]:
    """The message that the answers make so far, once it says the news; and what mixes languages."""
    variant = variant_of(case)
    found = draft.text_on_screen(playbook, case, variant, today)
    if not any(line.part == "news" for line in found.draft.sentences):
        return []
    quote = Quote(same(found.text), variant.language)
    return [*foreign_blocks(playbook, case, variant), Hint(_AS_IT_READS), quote]


def _still_open(playbook: Playbook, case: Case) -> Text:
    titles = [s.title for s in playbook.steps if path.open_fields(case, s)]
    labels = Text(en=", ".join(t.en for t in titles), zh="、".join(t.zh for t in titles))
    return SAY.review_open.fill(labels=labels)


def _reviewed_step(case: Case, step: Step, mixed: Collection[FieldId]) -> list[Block]:
    """The answers of a step; one in the other language than the message needs a look."""
    skip = case.skips.get(step.id)
    state, said = _step_state(case, step, mixed), counted(case, step.id)
    open_step = Fact(step.title, state, note=said, action=Action("edit", step.id))
    fields = [
        f
        for f in path.visible(case, step)
        if not f.aside or f.id in case.answers or f.id in case.pending
    ]
    if skip is not None or not any(f.id in case.answers or f.id in case.pending for f in fields):
        return [Facts((open_step,))]
    rows = [
        Fact(f.label, answered(f, case.answers.get(f.id)), note=_note(case, f, mixed))
        if f.id in case.answers or not path.is_open(case, f)
        else Fact(f.label, _note(case, f, mixed) or SAY.open_)
        for f in fields
    ]
    return [Facts((open_step, *rows))]


def _step_state(case: Case, step: Step, mixed: Collection[FieldId]) -> Text:
    skip = case.skips.get(step.id)
    if skip is not None:
        return SAY.skipped.fill(reason=reason_text(skip.reason))
    waiting = path.open_fields(case, step)
    if not waiting:
        return SAY.look if any(f.id in mixed for f in step.fields) else SAY.done
    return SAY.look if all(f.id in case.answers for f in waiting) else SAY.open_


def _note(case: Case, field: Field, mixed: Collection[FieldId]) -> Text | None:
    if (
        field.id in mixed
        or field.id in case.stale
        or field.id in case.pending
        or field.id in case.others
    ):
        return SAY.look
    return SAY.open_ if path.is_open(case, field) else None


def _stopped(playbook: Playbook, case: Case) -> Card:
    head = SAY.stopped_title.fill(project=project_name(case))
    done = sum(not path.open_fields(case, s) for s in playbook.steps)
    body = SAY.stopped.fill(done=done, count=len(playbook.steps))
    blocks: list[Block] = [Heading(head), Paragraph(body)]
    blocks += loose_blocks(case)
    blocks.append(
        Buttons(
            (
                Button(SAY.resume, on("resume", case), "primary"),
                Button(SAY.review, on("review", case)),
                Button(SAY.begin_anew, Action("new")),
            )
        )
    )
    return Card(Text(en=f"{head.en}. {body.en}", zh=f"{head.zh}。{body.zh}"), tuple(blocks))


def _nudge(playbook: Playbook, case: Case, screen: NudgeScreen) -> Card:
    step = playbook.by_id.get(path.next_step(playbook, case) or case.step or StepId(""))
    title = step.title if step else SAY.draft
    said = SAY.nudge_last if screen.last else SAY.nudge
    text = said.fill(project=project_name(case), title=title)
    own = on("resume", case)
    if not screen.others:
        return Card(text, (Paragraph(text), Buttons((Button(SAY.resume, own, "primary"),))))
    blocks: list[Block] = [Paragraph(text)]
    for other in screen.others:
        more = SAY.nudge_last if other.last else _WAITS_TOO
        blocks.append(Paragraph(more.fill(project=other.project)))
    waiting = [(project_name(case), own)]
    waiting += [(o.project, Action("open", o.case)) for o in screen.others]
    return Card(
        text, (*blocks, Buttons(tuple(Button(_GO_ON.fill(project=p), a) for p, a in waiting)))
    )
