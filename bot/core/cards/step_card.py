"""The card of one open step: where one is, what is asked, what stands in the boxes, what to press."""

from datetime import date
from typing import Literal

from bot.core.actions import on, settles
from bot.core.cards.blocks import (
    Action,
    Block,
    Box,
    BoxColumn,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Form,
    Heading,
    Hint,
    Option,
    Paragraph,
    Quote,
)
from bot.core.cards.follow_cards import hint_blocks
from bot.core.cards.note_blocks import note_blocks, notes_behind
from bot.core.cards.shown import in_box, shortened, shown
from bot.core.cards.standing_blocks import (
    clock_blocks,
    late_blocks,
    outlook_blocks,
    outside_blocks,
    promise_blocks,
)
from bot.core.cards.tracker_blocks import step_blocks
from bot.core.case import Case, DateValue, Offer, Value, text_of
from bot.core.dialogue import path
from bot.core.dialogue.amending import meant_elsewhere
from bot.core.dialogue.rows import as_table
from bot.core.dialogue.wording import READ
from bot.core.following.wording import FOLLOW
from bot.core.message.draft import NEW_DATE, REMEDY_APPROVED
from bot.core.phrases import SAY
from bot.core.playbook import Choice, Field, Playbook, Step
from bot.core.reading import formats
from bot.core.reading.calendars import calendar
from bot.core.tracking import offering
from bot.core.tracking.wording import TRACK
from bot.core.words import StepId, Text, same

_ROWS = Text(en="At least {least} rows, at most {most}.", zh="至少{least}条，最多{most}条。")
_CLEARABLE = 3  # clear buttons on one card; the rest is cleared one after the other


def step_card(
    playbook: Playbook, case: Case, step: Step, *, about: Literal["", "why", "example"], today: date
) -> Card:
    """The step with its form; `about` adds the reason or an example for the open question."""
    fields = path.visible(case, step)
    waiting = path.open_field(playbook, case)
    focus = waiting or (fields[0] if fields else None)
    heading = progress(playbook, step, case)
    blocks: list[Block] = [heading]
    if not playbook.is_later(step.id):
        blocks += notes_behind(case)
    blocks.append(Paragraph(_lead(case, step, fields)))
    if focus is not None and about:
        blocks += _about(focus, about)
    blocks += _loose(playbook, case, fields, focus)
    blocks += step_blocks(case, fields)
    blocks += _offered(case, fields)
    blocks += _to_settle(case, fields)
    blocks += standing(playbook, case, step.id, whole=True, today=today)
    blocks += note_blocks(case, step.id, edit=None)
    boxes = tuple(_box(case, f, today) for f in fields)
    asks = waiting.id if waiting is not None else ""
    blocks.append(Form(case.id, case.revision, boxes, SAY.save_next, asks))
    if waiting is not None and waiting.kind == "rows":
        columns = Text(
            en="; ".join(c.label.en for c in waiting.columns),
            zh="；".join(c.label.zh for c in waiting.columns),
        )
        least = waiting.min_rows
        said = SAY.type_rows_least if least > 1 else SAY.type_rows
        blocks.append(Hint(said.fill(label=waiting.label, columns=columns, least=least)))
    elif waiting is not None and len(fields) > 1:
        blocks.append(Hint(SAY.type_it.fill(label=waiting.label)))
    blocks.append(Buttons(_buttons(playbook, case, step, fields)))
    question = focus.ask if focus is not None else step.intro
    return Card(_joined(heading.text, question), tuple(blocks))


def _lead(case: Case, step: Step, fields: tuple[Field, ...]) -> Text:
    """What the step is about; half way through it, the question that is next."""
    waiting = path.open_fields(case, step)
    if not waiting or not any(f.id in case.answers for f in fields):
        return step.intro
    return SAY.next_question.fill(question=waiting[0].ask)


def standing(
    playbook: Playbook, case: Case, step: StepId, *, whole: bool, today: date
) -> list[Block]:
    """What the bot says of a step by itself: the clock at the first sign, the ledger and the
    forecast at the new date.
    """
    blocks: list[Block] = []
    asked = {f.id for f in playbook.by_id[step].fields}
    if whole and "update_state" in asked:
        blocks += late_blocks(case, today=today)
    if "first_sign" in asked:
        blocks += clock_blocks(case, today=today)
    if NEW_DATE in asked:
        blocks += [*promise_blocks(case), *outside_blocks(case, today=today)]
        blocks += outlook_blocks(case, whole=whole)
    if whole and ("cause" in asked or NEW_DATE in asked):
        blocks += hint_blocks(case)
    return blocks


def progress(playbook: Playbook, step: Step, case: Case | None = None) -> Heading:
    """Where one is: "Step 3 of 9 · Impact", with its place among the segments.

    A step outside of the walk names the project of its case: several may be open at once.
    """
    if playbook.is_later(step.id):
        name = shortened(text_of(case, "project")) if case is not None else ""
        title = step.title
        named = Text(en=f"{title.en} · {name}", zh=f"{title.zh} · {name}")
        return Heading(named if name else title)
    place = [s.id for s in playbook.steps].index(step.id) + 1
    count = len(playbook.steps)
    text = SAY.progress.fill(place=place, count=count, title=step.title)
    return Heading(text, step=place, steps=count)


def _about(field: Field, about: Literal["why", "example"]) -> list[Block]:
    if about == "why":
        return [Hint(_joined(SAY.why_title, field.why))]
    example = field.example
    return [
        Facts((Fact(SAY.good_example, example.good), Fact(SAY.weak_example, example.weak))),
        Hint(example.because),
    ]


def _loose(
    playbook: Playbook, case: Case, fields: tuple[Field, ...], focus: Field | None
) -> list[Block]:
    """A line without a place, with the answers that it can be: the likely ones, else any."""
    if not case.loose:
        return []
    meant = meant_elsewhere(playbook, case, focus, case.loose, at=case.touched_at) if focus else ()
    fields = (*meant, focus) if focus and meant else fields
    now = f"{case.live}/{case.revision}"
    buttons = [
        Button(SAY.put_in.fill(label=f.label), Action("put", f"{f.id}/{now}")) for f in fields
    ]
    buttons.append(Button(SAY.let_go, Action("put", f"/{now}")))
    return [
        Hint(SAY.loose_line, "look"),
        Quote(same(shortened(case.loose))),
        Buttons(tuple(buttons)),
    ]


def _offered(case: Case, fields: tuple[Field, ...]) -> list[Block]:
    offers = [(f, case.offers[f.id]) for f in fields if f.id in case.offers]
    if not offers:
        return []
    rows = tuple(Fact(f.label, shown(f, o.value)) for f, o in offers)
    blocks: list[Block] = [Hint(_whence(case, offers[0][1])), Facts(rows)]
    if any(offering.is_whole(f, o.value) for f, o in offers):
        blocks.append(Buttons((Button(SAY.take_offer, on("take_offer", case)),)))
    return blocks


def _whence(case: Case, offer: Offer) -> Text:
    """Where it comes from: updates, a tracker, or an earlier case."""
    if offer.origin == FOLLOW.from_updates:
        return FOLLOW.half_written
    earlier = offering.others(case).values()
    return (SAY.offered if offer in earlier else TRACK.offered).fill(origin=offer.origin)


def _to_settle(case: Case, fields: tuple[Field, ...]) -> list[Block]:
    """Readings to choose from, answers from two windows, and what a table was refused for, since
    its box is long or behind a button.
    """
    blocks: list[Block] = []
    for f in fields:
        pending = case.pending.get(f.id)
        if pending is not None and not pending.readings and f.kind == "rows":
            blocks.append(Hint(_about_field(f, _problem(case, f, pending.problem)), "look"))
        if pending is not None and pending.readings:
            blocks.append(Hint(_about_field(f, pending.problem), "look"))
            blocks.append(
                Buttons(
                    tuple(
                        Button(r.label, settles("reading", f"{f.id}/{i}", case))
                        for i, r in enumerate(pending.readings)
                    )
                )
            )
        if f.id in case.others:
            blocks += _two_windows(case, f)
    return blocks


def _about_field(field: Field, said: Text) -> Text:
    return Text(en=f"{field.label.en}: {said.en}", zh=f"{field.label.zh}：{said.zh}")


def _problem(case: Case, field: Field, problem: Text) -> Text:
    """What is wrong, and that the question may be left where it need not be answered."""
    if field.required or field.id in case.answers:
        return problem
    return Text(en=f"{problem.en} {READ.may_leave.en}", zh=f"{problem.zh}{READ.may_leave.zh}")


def _two_windows(case: Case, field: Field) -> list[Block]:
    ours, theirs = case.answers.get(field.id), case.others[field.id]
    buttons = [
        Button(
            SAY.use_other.fill(value=_brief(field, theirs.value)),
            settles("other", f"{field.id}/take", case),
        )
    ]
    if ours is not None:
        keep = SAY.keep_this.fill(value=_brief(field, ours.value))
        buttons.append(Button(keep, settles("other", f"{field.id}/keep", case)))
    return [Hint(SAY.two_windows.fill(label=field.label), "look"), Buttons(tuple(buttons))]


def _box(case: Case, field: Field, today: date) -> Box:
    answer, pending = case.answers.get(field.id), case.pending.get(field.id)
    offer = case.offers.get(field.id)
    value: str | tuple[str, ...] | tuple[dict[str, str], ...] = ""
    if pending is not None:
        value = tuple(as_table(field, pending.raw)) if field.kind == "rows" else pending.raw
    elif answer is not None and (field.id != REMEDY_APPROVED or field.id not in case.stale):
        value = _standing(case, answer.value)  # an approval to be given again is never filled in
    elif offer is not None:
        value = _standing(case, offer.value)
    is_off = pending is not None and not pending.readings
    problem = _problem(case, field, pending.problem) if pending is not None and is_off else None
    return Box(
        field=field.id,
        kind=field.kind,
        label=field.label,
        ask=field.ask,
        value=value,
        placeholder=field.placeholder,
        hint=_hint(case, field, today),
        problem=problem,
        required=field.required,
        options=_options(field.choices),
        columns=tuple(
            BoxColumn(c.id, c.kind, c.label, c.placeholder, c.required, _options(c.choices))
            for c in field.columns
        ),
        min_rows=field.min_rows,
        max_rows=field.max_rows,
        aside=field.aside,
    )


def _standing(case: Case, value: Value) -> str | tuple[str, ...] | tuple[dict[str, str], ...]:
    """An answer as it stands in its box; a stretch of days, which no calendar picks, in words."""
    if isinstance(value, DateValue) and value.end is not None:
        return formats.show_range(value.day, value.end, case.language)
    return in_box(value)


def _hint(case: Case, field: Field, today: date) -> Text | None:
    answer, offer = case.answers.get(field.id), case.offers.get(field.id)
    if field.id in case.stale:
        return SAY.stale
    if answer is not None and answer.origin is not None:
        return SAY.from_origin.fill(origin=answer.origin)
    if answer is not None and isinstance(answer.value, DateValue):
        return _echo(case, answer.value, today)
    if offer is not None and answer is None:
        return SAY.from_origin.fill(origin=offer.origin)
    if field.kind == "rows" and answer is None and field.min_rows > 1:
        return _ROWS.fill(least=field.min_rows, most=field.max_rows)
    return None


def _echo(case: Case, value: DateValue, today: date) -> Text:
    days = calendar(case.calendar)
    if value.end is not None and value.end != value.day:
        return formats.echo_range(value.day, value.end, today, days)
    return formats.echo(value.day, today, days)


def _options(choices: tuple[Choice, ...]) -> tuple[Option, ...]:
    return tuple(Option(c.id, c.label, c.hint) for c in choices)


def _buttons(
    playbook: Playbook, case: Case, step: Step, fields: tuple[Field, ...]
) -> tuple[Button, ...]:
    buttons = []
    if playbook.steps[0].id != step.id and not playbook.is_later(step.id):
        buttons.append(Button(SAY.back, on("back", case)))
    if step.skippable:
        buttons.append(Button(SAY.skip, Action("skip")))
    buttons += [
        Button(SAY.stop, on("stop", case)),
        Button(SAY.why, on("why", case)),
        Button(SAY.example, on("example", case)),
    ]
    if case.answers.keys() - {f.id for f in fields}:
        buttons.append(Button(SAY.review, on("review", case)))
    complete = not path.open_fields(case, step)
    clearable = [f for f in fields if f.id in case.answers and (complete or not f.required)]
    for f in sorted(clearable, key=lambda f: f.required)[:_CLEARABLE]:  # optional ones first
        buttons.append(Button(SAY.clear.fill(label=f.label), Action("clear", f.id)))
    return tuple(buttons)


def _brief(field: Field, value: Value) -> Text:
    found = shown(field, value)
    return Text(en=found.en[:40], zh=found.zh[:40])


def _joined(head: Text, tail: Text) -> Text:
    return Text(en=f"{head.en}. {tail.en}", zh=f"{head.zh}。{tail.zh}")
