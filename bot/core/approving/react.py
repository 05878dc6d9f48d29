"""What each event between a draft and a message that left makes of the case."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.core.approving import addresses, agreed, asking, leaving, rules
from bot.core.approving.events import (
    ApprovalAsked,
    ApprovalWithdrawn,
    Approved,
    ApproverEvent,
    ApproverNamed,
    ArrivalSaid,
    ChangeWanted,
    ColleagueFound,
    CorrectionOpened,
    Delivered,
    DeliveryFailed,
    ForeignAllowed,
    HandedOver,
    HouseTold,
    HowItWent,
    RecipientsGiven,
    ReleaseEvent,
    SendAsked,
    SendOpened,
    SendRepeated,
    SendUndone,
    ToldByOwner,
    WayChosen,
)
from bot.core.approving.preparing import Prepared, prepare, ways
from bot.core.approving.release import Outgoing, Release, Way
from bot.core.approving.showing import customer_of, notice, turned
from bot.core.approving.wording import TELL
from bot.core.case import Case, Variant, text_of
from bot.core.dialogue import live
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import awake
from bot.core.dialogue.scalars import local_day
from bot.core.dialogue.viewing import variant_named, variant_of
from bot.core.effects import AskHouse, Effect, Toast
from bot.core.events import PingDue
from bot.core.meetings.telling import UPDATE_MEETING
from bot.core.playbook import Playbook

CHANGEABLE = ("asked", "ready", "waiting", "failed")  # states in which a change of the text voids


def react(playbook: Playbook, case: Case, event: ReleaseEvent | ApproverEvent) -> Turned:
    """The case one event nearer to the customer, or a word on why not."""
    match event:
        case Approved() | ChangeWanted() | HandedOver():
            turned_ = asking.decide(case, event)
        case ApprovalAsked() | SendAsked() | ToldByOwner():
            turned_ = _with_text(playbook, case, event)
        case ApprovalWithdrawn():
            turned_ = asking.withdraw(playbook, case, event)
        case ApproverNamed():
            turned_ = asking.name_approver(case, event)
        case ColleagueFound():
            turned_ = asking.colleague_found(playbook, case, event)
        case SendUndone() | Delivered() | ArrivalSaid() | DeliveryFailed() | SendRepeated():
            turned_ = _left(playbook, case, event)
        case HowItWent():
            turned_ = _left(playbook, case, event)
        case _:
            turned_ = _set_up(playbook, case, event)
    return turned_


def rang(playbook: Playbook, case: Case, event: PingDue) -> Turned:
    """What a reminder of this room makes of the case."""
    at = event.stamp.at
    if event.kind == leaving.SEND:
        return leaving.fall_due(playbook, case, at)
    if event.kind == leaving.OUTCOME:
        return leaving.look_again(case, at)
    return asking.fell_silent(playbook, case, event.kind, at)


def kept(playbook: Playbook, before: Case, turned_: Turned) -> Turned:
    """The same, with the approval taken away where the text, recipients or way have changed.

    So too where somebody must agree now who was never asked.

    A draft that is left by going elsewhere is no longer on its way to the screen either.
    """
    after, effects = turned_
    if after.sending and (after.step is not None or after.variant is None):
        after = replace(after, sending=False)
    outgoing = after.outgoing
    if outgoing is None or after is before:
        return after, effects
    if outgoing.state == "refused":
        return _given_kept(playbook, before, after, effects)
    if outgoing.state not in CHANGEABLE:
        return after, effects
    if after.phase == "abandoned":
        after, more = asking.taken_back(playbook, after)
        return replace(after, phase="abandoned"), (*effects, *more)
    told: Effect = Toast(TELL.approval_void)
    if _names_a_meeting_that_changed(before, after, outgoing):
        told = notice(after, TELL.note_meeting.fill(customer=customer_of(after)))
    elif rules.covered(playbook, after, outgoing) and _same_words(
        playbook, before, after, outgoing
    ):
        return after, effects
    after, more = asking.taken_back(playbook, after)
    after, shown = turned(after)
    return after, (*effects, *shown, *more, told)


def _names_a_meeting_that_changed(before: Case, after: Case, outgoing: Outgoing) -> bool:
    """Whether it was moved or cancelled while an update that may tell of it is on its way."""
    variant = variant_named(outgoing.release.variant)
    is_update = variant is not None and bool(variant.update)
    return is_update and UPDATE_MEETING in after.stale and UPDATE_MEETING not in before.stale


def _given_kept(
    playbook: Playbook, before: Case, after: Case, effects: tuple[Effect, ...]
) -> Turned:
    """The same while somebody wants a change: what others agreed to counts for their words only."""
    variant = variant_named(after.outgoing.release.variant) if after.outgoing else None
    unmoved = after.answers is before.answers and _alike(before, after)
    if after.outgoing is None or variant is None or unmoved:
        return after, effects
    now = prepare(playbook, after, variant, today=after.outgoing.release.day)
    after, shown = agreed.lapsed(after, now.release.digest)
    if not shown:
        return after, effects
    after, again = turned(after)
    return after, (*effects, *again, *shown, Toast(TELL.approval_void))


def _same_words(playbook: Playbook, before: Case, after: Case, outgoing: Outgoing) -> bool:
    variant = variant_named(outgoing.release.variant)
    if variant is None:
        return False
    if after.answers is before.answers and _alike(before, after):
        return True
    now = prepare(playbook, after, variant, today=outgoing.release.day)
    return now.release.digest == outgoing.release.digest


def _alike(before: Case, after: Case) -> bool:
    """Whether nothing that a text is made of has changed, so that it need not be made again."""
    return all(
        getattr(before, name) is getattr(after, name)
        for name in (
            "skips", "edits", "pending", "others", "stale", "outlook", "surroundings", "way", "to",
            "corrects", "outgoing",
        )
    )  # fmt: skip


def _with_text(
    playbook: Playbook, case: Case, event: ApprovalAsked | SendAsked | ToldByOwner
) -> Turned:
    variant = case.variant
    if variant is None:
        return case, (Toast(TELL.not_now),)
    prepared = prepared_now(playbook, case, variant, today=local_day(case, event.stamp.at))
    match event:
        case ApprovalAsked():
            return asking.ask(playbook, case, event, prepared)
        case SendAsked():
            return leaving.send(playbook, case, event, prepared)
        case ToldByOwner():
            return leaving.tell(playbook, case, event, prepared)
        case _:
            assert_never(event)


def prepared_now(playbook: Playbook, case: Case, variant: Variant, *, today: date) -> Prepared:
    """The release as it stands; one on its way keeps the day on which it was made."""
    outgoing = case.outgoing
    open_ = outgoing is not None and outgoing.state in CHANGEABLE
    if outgoing is not None and open_ and variant_named(outgoing.release.variant) == variant:
        return prepare(playbook, case, variant, today=outgoing.release.day)
    return prepare(playbook, case, variant, today=today)


def takeable(playbook: Playbook, case: Case, digest: str, *, today: date) -> Release | None:
    """The release with this digest, if its text may be taken away: nothing holds it, all agreed.

    One that was delivered may be taken again.
    """
    outgoing = case.outgoing
    if outgoing is not None and outgoing.release.digest == digest:
        open_ = outgoing.state not in ("asked", "refused")
        return outgoing.release if open_ else None
    if case.variant is None:
        return None
    found = prepared_now(playbook, case, case.variant, today=today)
    if found.release.digest != digest or not found.is_free:
        return None
    needed = rules.approvals(playbook, case, found.release, today=found.release.day)
    return None if needed else found.release


def _set_up(playbook: Playbook, case: Case, event: "_SetUp") -> Turned:
    """What the owner sets before anybody is asked: the screen, the recipients, the way."""
    match event:
        case SendOpened():
            turned_ = _opened(case, event.below)
        case HouseTold(surroundings=around):
            same = around == case.surroundings
            turned_ = (case, ()) if same else turned(replace(case, surroundings=around))
        case RecipientsGiven(text=text):
            to = addresses.split(text)
            turned_ = turned(replace(case, to=to)) if to != case.to else (case, ())
        case ForeignAllowed():
            turned_ = _foreign_allowed(playbook, case, event)
        case WayChosen(way=way):
            turned_ = _way_chosen(case, way)
        case CorrectionOpened():
            turned_ = _correction_opened(case, event)
        case _:
            assert_never(event)
    return turned_


def _left(playbook: Playbook, case: Case, event: "_Left") -> Turned:
    """What becomes of a message that was asked to leave."""
    match event:
        case SendUndone():
            turned_ = leaving.undo(case, event)
        case Delivered() | ArrivalSaid():
            turned_ = leaving.arrived(playbook, case, event)
        case DeliveryFailed():
            turned_ = leaving.fail(case, event)
        case SendRepeated():
            turned_ = leaving.repeat(case, event)
        case HowItWent():
            turned_ = leaving.went(case, event)
        case _:
            assert_never(event)
    return turned_


_SetUp = SendOpened | HouseTold | RecipientsGiven | ForeignAllowed | WayChosen | CorrectionOpened
_Left = SendUndone | Delivered | ArrivalSaid | DeliveryFailed | SendRepeated | HowItWent


def _way_chosen(case: Case, way: Way) -> Turned:
    if case.variant is None or way not in ways(case, case.variant):
        return case, (Toast(TELL.not_now),)
    return turned(replace(case, way=way)) if way != case.way else (case, ())


def _opened(case: Case, below: int | None) -> Turned:
    ask = AskHouse(text_of(case, "customer"))
    on_screen = case.variant is not None and case.step is None and not case.stopped
    there = case.sending and on_screen and case.practice is None
    if there and below != case.live:
        return case, (*live.refresh(case)[1], ask)
    variant = case.variant
    if variant is None and case.outgoing is not None:
        variant = variant_named(case.outgoing.release.variant)
    after = replace(
        awake(case), step=None, variant=variant or variant_of(case), practice=None, sending=True
    )
    moves = there or not on_screen
    after, effects = live.move(case, after) if moves else live.refresh(after)
    return after, (*effects, ask)


def _foreign_allowed(playbook: Playbook, case: Case, event: ForeignAllowed) -> Turned:
    if case.variant is None:
        return case, (Toast(TELL.not_now),)
    found = prepared_now(playbook, case, case.variant, today=local_day(case, event.stamp.at))
    if found.release.digest != event.digest or not found.foreign:
        return turned(case, Toast(TELL.changed_since))
    return turned(replace(case, foreign=(*case.foreign, *found.foreign)))


def _correction_opened(case: Case, event: CorrectionOpened) -> Turned:
    if all(d.number != event.number for d in case.deliveries):
        return case, (Toast(TELL.not_now),)
    if case.outgoing is None or case.outgoing.state != "delivered":
        return case, (Toast(TELL.not_now),)
    after = replace(case, corrects=event.number, outgoing=None, sending=False)
    return live.refresh(after)
