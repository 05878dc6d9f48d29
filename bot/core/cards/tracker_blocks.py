"""What a card tells of a tracker: the choice of a project, what was read, what differs."""

from bot.core.cards.blocks import Block, Button, Buttons, Hint
from bot.core.case import Case
from bot.core.playbook import Field, Playbook
from bot.core.tracking import clicks, differences
from bot.core.tracking.tracked import Followed, Picking
from bot.core.tracking.wording import TRACK, moment, opening
from bot.core.words import FieldId, Text, same

PAGE = 8  # projects that are shown at a time
_LONGEST = 60  # characters of a name on a button
_CHOSEN_AT = {FieldId("project"), FieldId("watch_dates")}  # where a project is chosen
_TOLD_AT = {FieldId("percent_done")}  # where it is said that nothing could be read


def step_blocks(case: Case, fields: tuple[Field, ...]) -> list[Block]:
    """On the step that asks for the project, its tracker; where things are counted, why it is silent."""
    names, tracking = {f.id for f in fields}, case.tracking
    if names & _CHOSEN_AT:
        if tracking.picking is not None:
            return _choice(case, tracking.picking)
        if tracking.followed is not None:
            return _state(case, tracking.followed, buttons=True)
        takes = [
            Button(TRACK.take.fill(tracker=o.label), clicks.opens(case, o.name))
            for o in tracking.origins
        ]
        return [Buttons(tuple(takes))] if takes else []
    if names & _TOLD_AT and tracking.followed is not None and tracking.followed.why is not None:
        return _state(case, tracking.followed, buttons=True)
    return []


def watch_blocks(case: Case) -> list[Block]:
    """On the watched dates, the tracker they go by, or why it could not be read."""
    followed = case.tracking.followed
    return _state(case, followed, buttons=False) if followed is not None else []


def difference_blocks(playbook: Playbook, case: Case) -> list[Block]:
    """Where the tracker and the answers differ, and what could not be read of it."""
    followed = case.tracking.followed
    if followed is None:
        return []
    found: list[Block] = [Hint(said, "look") for said in differences.differences(playbook, case)]
    if followed.why is not None:
        return [*found, *_state(case, followed, buttons=False)]
    if (found or followed.rests) and followed.facts is not None:
        said = TRACK.rests if followed.rests else TRACK.read_at
        at = moment(followed.facts.read_at, case.zone)
        found.append(Hint(opening(said.fill(tracker=followed.origin.label, moment=at))))
    return found


def _choice(case: Case, picking: Picking) -> list[Block]:
    label = picking.origin.label
    leave = Button(TRACK.none_of_these, clicks.leaves(case))
    if picking.waits:
        return [Hint(TRACK.looking.fill(tracker=label)), Buttons((leave,))]
    if picking.why is not None or not picking.projects:
        why = picking.why
        said = TRACK.nothing if why is None else TRACK.failed.fill(tracker=label, why=why)
        return [Hint(opening(said.fill(tracker=label)), "look")]
    start = picking.page * PAGE if picking.page * PAGE < len(picking.projects) else 0
    shown = picking.projects[start : start + PAGE]
    buttons = [Button(same(p.name[:_LONGEST]), clicks.picks(case, p.ref)) for p in shown]
    if start + PAGE < len(picking.projects):
        following = clicks.opens(case, picking.origin.name, start // PAGE + 1)
        buttons.append(Button(TRACK.next_page, following))
    elif start:
        buttons.append(Button(TRACK.first_page, clicks.opens(case, picking.origin.name)))
    blocks: list[Block] = [Hint(TRACK.which.fill(tracker=label)), Buttons((*buttons, leave))]
    return [*blocks, Hint(TRACK.many)] if picking.more else blocks


def _state(case: Case, followed: Followed, *, buttons: bool) -> list[Block]:
    """What was read, that it is being read, or why it was not."""
    label, facts = followed.origin.label, followed.facts
    leave = Button(TRACK.other.fill(tracker=label), clicks.leaves(case))
    again = Button(TRACK.again, clicks.reads_again(case))
    if followed.why is not None:
        said = TRACK.failed.fill(tracker=label, why=followed.why)
        if facts is not None:
            at = moment(facts.read_at, case.zone)
            said = TRACK.failed_again.fill(tracker=label, why=followed.why, moment=at)
        return [Hint(opening(said), "look"), *([Buttons((again, leave))] if buttons else [])]
    if facts is None:
        told = TRACK.reading.fill(tracker=label, project=followed.name)
        return [Hint(told), *([Buttons((leave,))] if buttons else [])]
    at = moment(facts.read_at, case.zone)
    said = TRACK.goes_by.fill(
        project=followed.name, tracker=label, moment=at, said=_summary(followed)
    )
    blocks: list[Block] = [Hint(said, "good"), *(Hint(note, "look") for note in facts.notes[:3])]
    return [*blocks, Buttons((leave,))] if buttons else blocks


def _summary(followed: Followed) -> Text:
    """How much is done and how much is late, as the tracker counts."""
    facts = followed.facts
    whole = facts.whole if facts else None
    counted = TRACK.uncounted
    if whole is not None and whole.done is not None and whole.total is not None:
        counted = TRACK.done.fill(done=whole.done, total=whole.total)
    count = followed.late
    late = TRACK.late_one if count == 1 else TRACK.late.fill(count=count)
    parts = [counted, late if count else TRACK.none_late]
    if facts is not None and facts.truncated:
        parts.append(TRACK.more_late)
    return Text(en=", ".join(p.en for p in parts), zh="，".join(p.zh for p in parts))
