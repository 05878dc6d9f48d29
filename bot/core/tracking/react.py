"""What a case becomes when a tracker is opened, picked, left or read; and when it is to be read."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.core.case import Case, TextValue
from bot.core.dialogue import answers, live
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import local_day
from bot.core.effects import (
    DraftScreen,
    DropPing,
    ReviewScreen,
    SendScreen,
    SetPing,
    StepScreen,
    Toast,
    WatchScreen,
)
from bot.core.phrases import SAY
from bot.core.playbook import Playbook
from bot.core.tracking import offering, tracked, warning
from bot.core.tracking.events import (
    FactsRead,
    ProjectsListed,
    TrackerAsked,
    TrackerEvent,
    TrackerLeft,
    TrackerOpened,
    TrackerPicked,
)
from bot.core.tracking.tracked import FACTS, LIST, Followed, Picking
from bot.core.tracking.wording import origin
from bot.core.words import FieldId

PROJECT = FieldId("project")


def react(playbook: Playbook, case: Case, event: TrackerEvent) -> Turned:
    """The case after it. Nothing here waits: what is to be read is a ping, and comes as an event."""
    match event:
        case TrackerOpened():
            return _opened(case, event)
        case TrackerPicked():
            return _picked(playbook, case, event)
        case TrackerLeft():
            return _left(case, event)
        case TrackerAsked():
            return _asked(case, event)
        case ProjectsListed():
            return _listed(playbook, case, event)
        case FactsRead():
            return _read(playbook, case, event)
        case _:
            assert_never(event)


def reread(before: Case, after: Case, at: datetime) -> Turned:
    """The facts are read anew when the review, the draft or the way out comes on the screen."""
    followed = after.tracking.followed
    if followed is None or not _relies(after) or not tracked.is_stale(followed, at):
        return after, ()
    if _relies(before) and live.current(before) == live.current(after):
        return after, ()
    return _asking(after, followed, at)


def _relies(case: Case) -> bool:
    screen = live.current(case)
    return isinstance(screen, ReviewScreen | DraftScreen | SendScreen) and case.told_at is None


def _asking(case: Case, followed: Followed, at: datetime) -> Turned:
    """With a reading under way."""
    return _following(case, replace(followed, asked_at=at)), (SetPing(FACTS, at),)


def _opened(case: Case, event: TrackerOpened) -> Turned:
    of = next((o for o in case.tracking.origins if o.name == event.source), None)
    if of is None or live.is_old(case, event.live):
        return case, (Toast(SAY.already_settled),)
    before = case.tracking.picking
    if before is not None and before.origin == of and before.projects and event.page >= 0:
        return live.refresh(_choosing(case, replace(before, page=event.page)))
    after, shows = live.refresh(_choosing(case, Picking(of)))
    return after, (*shows, SetPing(LIST, event.stamp.at))


def _listed(playbook: Playbook, case: Case, event: ProjectsListed) -> Turned:
    picking = case.tracking.picking
    if picking is None or picking.origin.name != event.source:
        return case, ()
    found = replace(
        picking, projects=event.projects, page=0, waits=False, why=event.why, more=event.more
    )
    return _shown(playbook, _choosing(case, found))


def _picked(playbook: Playbook, case: Case, event: TrackerPicked) -> Turned:
    picking = case.tracking.picking
    found = next((p for p in picking.projects if p.ref == event.ref), None) if picking else None
    if picking is None or found is None or live.is_old(case, event.live):
        return case, (Toast(SAY.already_settled),)
    followed = Followed(picking.origin, found.ref, found.name)
    after = replace(case, offers=offering.others(case))
    after, effects = _asking(_choosing(after, None), followed, event.stamp.at)
    if PROJECT in playbook.fields and PROJECT not in case.answers:
        source = origin(picking.origin, event.stamp.at, case.zone)
        name = TextValue(found.name)
        after = answers.put(playbook, after, PROJECT, name, stamp=event.stamp, origin=source)
    after, shows = live.refresh(after)
    return after, (*shows, *effects)


def _left(case: Case, event: TrackerLeft) -> Turned:
    tracking = case.tracking
    if live.is_old(case, event.live) or (tracking.picking is None and tracking.followed is None):
        return case, (Toast(SAY.already_settled),)
    if tracking.picking is not None:
        return live.refresh(_choosing(case, None))
    after, shows = live.refresh(_following(replace(case, offers=offering.others(case)), None))
    return after, (*shows, DropPing(FACTS))


def _asked(case: Case, event: TrackerAsked) -> Turned:
    followed = case.tracking.followed
    if followed is None or live.is_old(case, event.live):
        return case, (Toast(SAY.already_settled),)
    after, effects = _asking(case, followed, event.stamp.at)
    after, shows = live.refresh(after)
    return after, (*shows, *effects)


def _read(playbook: Playbook, case: Case, event: FactsRead) -> Turned:
    followed = case.tracking.followed
    if followed is None or (followed.origin.name, followed.ref) != (event.source, event.ref):
        return case, ()
    at, beside = event.stamp.at, offering.others(case)
    if event.facts is None:
        now = replace(followed, why=event.why, asked_at=at)  # so that it is not tried at once
        return _also(playbook, case, _following(case, now), event)
    day = local_day(case, event.facts.read_at)
    now = tracked.read(followed, event.facts, at, day)
    now = replace(now, late=max(now.late, event.late))
    after = offering.with_offers(playbook, _following(case, now), beside)
    return _also(playbook, case, after, event)


def _also(playbook: Playbook, before: Case, case: Case, event: FactsRead) -> Turned:
    """With a first sign where the facts are one, the next morning, and the card drawn again."""
    at = event.stamp.at
    after, signs = warning.heeded(before, case, at) if event.facts is not None else (case, ())
    after, shows = _shown(playbook, after)
    if before.watch:
        signs = (*signs, SetPing(FACTS, warning.next_morning(case, at)))
    return after, (*shows, *signs)


def _shown(playbook: Playbook, case: Case) -> Turned:
    """Drawn again where the live message tells of a tracker; nobody else's typing is disturbed."""
    screen = live.current(case)
    if isinstance(screen, StepScreen):
        fields = {f.id for f in playbook.by_id[screen.step].fields}
        tells = bool(fields & {PROJECT, offering.WATCHED, *case.offers})
    else:
        tells = isinstance(screen, ReviewScreen | DraftScreen | SendScreen | WatchScreen)
    return live.refresh(case) if tells else (case, ())


def _choosing(case: Case, picking: Picking | None) -> Case:
    return replace(case, tracking=replace(case.tracking, picking=picking))


def _following(case: Case, followed: Followed | None) -> Case:
    return replace(case, tracking=replace(case.tracking, followed=followed))
