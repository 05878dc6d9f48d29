"""Asking for approval, what the approvers say, and what makes it void."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.core.approving import agreed, rules, several, times
from bot.core.approving.events import (
    ApprovalAsked,
    ApprovalWithdrawn,
    Approved,
    ApproverEvent,
    ApproverNamed,
    ChangeWanted,
    ColleagueFound,
    HandedOver,
)
from bot.core.approving.preparing import Prepared
from bot.core.approving.release import Approval, ApprovalState, Outgoing, Release
from bot.core.approving.showing import (
    card,
    cards,
    cards_at,
    customer_of,
    notice,
    owner_of,
    silent,
    still_asked,
    turned,
    when_named,
)
from bot.core.approving.wording import TELL
from bot.core.case import Case
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import in_phase
from bot.core.effects import DropPing, Effect, FindColleague, SetPing, Toast
from bot.core.playbook import Playbook
from bot.core.stamp import Stamp
from bot.core.words import PersonId, Text, same

RETRACTABLE = ("asked", "refused", "ready", "waiting", "failed")  # it has not left


def ask(playbook: Playbook, case: Case, event: ApprovalAsked, prepared: Prepared) -> Turned:
    """Everybody who must agree is asked for exactly these words; where nobody must, it is ready."""
    if case.outgoing is not None and case.outgoing.state not in ("refused", "delivered"):
        return case, (Toast(TELL.already_asked),)
    if prepared.release.digest != event.digest or not prepared.is_free:
        return turned(case, Toast(TELL.changed_since))
    _, shown = agreed.lapsed(case, prepared.release.digest)
    after = started(playbook, case, event.stamp, prepared)
    if after.outgoing is None:
        return case, ()
    places = range(len(after.outgoing.approvals))
    return turned(after, *shown, *_questions(playbook, after, places, event.stamp.at))


def started(playbook: Playbook, case: Case, stamp: Stamp, prepared: Prepared) -> Case:
    """The case with this release under a number of its own, asked of everybody who must agree.

    Whoever agreed to the very same words, while somebody else wanted a change, is not asked again.
    """
    release, number = prepared.release, case.releases + 1
    found = rules.approvals(playbook, case, release, today=release.day)
    stand = agreed.carried(case.outgoing, found)
    approvals = tuple(a if a.by else rules.opened(a, stamp.at) for a in stand)
    is_open = any(a.state != "approved" for a in approvals)
    outgoing = Outgoing(number, release, approvals, "asked" if is_open else "ready")
    return in_state(replace(case, releases=number, asked_once=_asked_once(case)), outgoing)


def in_state(case: Case, outgoing: Outgoing) -> Case:
    """The case with the message as it now is, in the phase that belongs to it."""
    after = replace(case, outgoing=outgoing)
    if case.phase in ("collecting", "reviewing", "awaiting_approval", "ready"):
        match outgoing.state:
            case "asked":
                return replace(after, phase="awaiting_approval")
            case "refused":
                return replace(after, phase="reviewing")
            case "ready" | "waiting" | "leaving" | "unknown" | "failed":
                return replace(after, phase="ready")
            case "delivered":
                return replace(after, phase="told")
            case _:
                assert_never(outgoing.state)
    return after


def withdraw(playbook: Playbook, case: Case, event: ApprovalWithdrawn) -> Turned:
    """The question taken back by the owner; nobody's approval counts any more."""
    outgoing = case.outgoing
    if outgoing is None or outgoing.number != event.number or outgoing.state not in RETRACTABLE:
        return case, (Toast(TELL.not_now),)
    after, effects = taken_back(playbook, case)
    return turned(after, *effects)


def taken_back(playbook: Playbook, case: Case) -> Turned:
    """The case without a message on its way; who was asked sees that it is void."""
    outgoing = case.outgoing
    if outgoing is None:
        return case, ()
    void = replace(
        outgoing, approvals=tuple(replace(a, state=_voided(a)) for a in outgoing.approvals)
    )
    phase = "reviewing" if case.phase in ("awaiting_approval", "ready") else case.phase
    after = replace(
        case,
        outgoing=None,
        phase=phase,
        asked_about=_seen(case, outgoing),
        asked_once=_asked_once(case),
    )
    after = in_phase(playbook, after)
    return after, (*cards(void), *still_asked(outgoing), DropPing("send"))


def name_approver(case: Case, event: ApproverNamed) -> Turned:
    """The owner names somebody for a role that nobody has; the shell looks for them."""
    approval = _approval(case.outgoing, event.number, event.place)
    if approval is None or approval.state != "nobody":
        return case, (Toast(TELL.not_now),)
    name = event.name.strip()
    if not name:
        return case, (Toast(TELL.nobody_by_name),)
    return case, (FindColleague(event.number, event.place, approval.turn, name),)


def colleague_found(playbook: Playbook, case: Case, event: ColleagueFound) -> Turned:
    """Somebody was named: by the owner for an empty role, or by who hands the question over."""
    outgoing = case.outgoing
    approval = _approval(outgoing, event.number, event.place)
    if outgoing is None or approval is None or approval.turn != event.turn:
        return case, (Toast(TELL.not_now),)
    if event.colleague is None:
        return case, (Toast(TELL.nobody_by_name),)
    if event.colleague.id == case.owner:
        return case, (Toast(TELL.not_yourself),)
    if approval.state == "nobody":
        now = replace(approval, line=(event.colleague,), state="asked", asked_at=event.stamp.at)
        after = _with(case, event.place, now)
        return turned(after, *_questions(playbook, after, [event.place], event.stamp.at))
    if approval.state != "asked":
        return case, (Toast(TELL.not_now),)
    line = (*approval.line[: approval.turn + 1], event.colleague)
    rest = tuple(c for c in approval.line[approval.turn + 1 :] if c.id != event.colleague.id)
    longer = _with(case, event.place, replace(approval, line=(*line, *rest)))
    return _passed(playbook, longer, event.place, event.stamp.at, TELL.note_handed)


def decide(case: Case, event: ApproverEvent) -> Turned:
    """What an approver says; a late or foreign click changes nothing and is told why."""
    approval = _approval(case.outgoing, event.number, event.place)
    refusal = _refusal(case, approval, event)
    if refusal is not None or approval is None or case.outgoing is None:
        return case, (Toast(refusal or TELL.text_changed),)
    match event:
        case Approved():
            return _approved(case, approval, event)
        case ChangeWanted():
            return _change_wanted(case, approval, event)
        case HandedOver():
            return case, (FindColleague(event.number, event.place, event.turn, event.name),)
        case _:
            assert_never(event)


def was_asked(case: Case, person: PersonId) -> bool:
    """Whether somebody is or was asked to agree to a message of this case."""
    rounds = [case.outgoing.approvals] if case.outgoing else []
    rounds += [d.approvals for d in case.deliveries]
    asked = {c.id for approvals in rounds for a in approvals for c in a.line[: a.turn + 1]}
    return person in asked or person in case.asked_once


def fell_silent(playbook: Playbook, case: Case, kind: str, at: datetime) -> Turned:
    """Whoever was asked has not answered in time: the next in line is asked, both are told."""
    outgoing = case.outgoing
    if outgoing is None or outgoing.state != "asked":
        return case, ()
    for place, approval in enumerate(outgoing.approvals):
        if approval.state == "asked" and silent(outgoing, place) == kind:
            if several.holds_several(approval):
                return _parted(playbook, case, place, at)
            if approval.turn + 1 < len(approval.line):
                return _passed(playbook, case, place, at, TELL.note_passed)
            name = approval.asked.name if approval.asked else ""
            return turned(case, notice(case, TELL.note_silent.fill(name=name)))
    return case, ()


def _parted(playbook: Playbook, case: Case, place: int, at: datetime) -> Turned:
    """Somebody asked for several roles is silent: whoever is next in each is asked."""
    outgoing = case.outgoing
    if outgoing is None:
        return case, ()
    silent_one = outgoing.approvals[place]
    alone = rules.apart(playbook, case, outgoing.release, today=outgoing.release.day)
    first, *others = several.parted(silent_one, alone)
    more = tuple(rules.opened(a, at) for a in others)
    found = (*outgoing.approvals[:place], first, *outgoing.approvals[place + 1 :], *more)
    parted = replace(outgoing, approvals=found)
    after = replace(case, outgoing=parted)
    asked = _questions(playbook, after, range(len(outgoing.approvals), len(found)), at)
    if first.turn + 1 < len(first.line):
        after, effects = _passed(playbook, after, place, at, TELL.note_passed)
        return after, (*effects, *asked)
    name = silent_one.asked.name if silent_one.asked else ""
    said = notice(case, TELL.note_silent.fill(name=name))
    return turned(after, *([card(parted, place, first.turn)] if others else []), *asked, said)


def _approved(case: Case, approval: Approval, event: Approved) -> Turned:
    """One press counts for every role that the same person is asked for."""
    after = case
    for place, one in enumerate(case.outgoing.approvals if case.outgoing else ()):
        if one.state == "asked" and one.asked == approval.asked and one.digest == event.digest:
            done = replace(one, state="approved", at=event.stamp.at, by=one.asked)
            after = _with(after, place, done)
    if after.outgoing is not None and all(a.state == "approved" for a in after.outgoing.approvals):
        after = in_state(after, replace(after.outgoing, state="ready"))
    return _decided(case, after, event, TELL.note_agreed)


def _change_wanted(case: Case, approval: Approval, event: ChangeWanted) -> Turned:
    comment = event.comment.strip()
    if not comment:
        return case, (Toast(TELL.say_what),)
    done = replace(approval, state="change", at=event.stamp.at, by=approval.asked, comment=comment)
    after = _with(case, event.place, done)
    if after.outgoing is None:
        return case, ()
    open_ = after.outgoing
    rest = tuple(replace(a, state="void") if a.state == "asked" else a for a in open_.approvals)
    refused = replace(open_, state="refused", approvals=rest)
    after = replace(in_state(after, refused), asked_about=_seen(case, refused))
    after, effects = _decided(case, after, event, TELL.note_change)
    void = [n for n, a in enumerate(open_.approvals) if a.state == "asked"]
    return after, (*cards_at(refused, void), *effects, *still_asked(open_))


def _decided(case: Case, after: Case, event: Approved | ChangeWanted, said: Text) -> Turned:
    """The stamp on the approver's card, and a word to the owner."""
    outgoing = after.outgoing
    if outgoing is None or case.outgoing is None:
        return after, ()
    by = outgoing.approvals[event.place].by
    comment = outgoing.approvals[event.place].comment
    told = said.fill(name=by.name if by else "", customer=customer_of(case), comment=comment)
    owner = owner_of(case)
    thanks = TELL.thanks.fill(owner=same(owner) if owner else TELL.owner_word)
    pairs = enumerate(zip(case.outgoing.approvals, outgoing.approvals, strict=True))
    places = [n for n, (was, now) in pairs if was.state == "asked" and now.by is not None]
    return turned(
        after,
        *(card(outgoing, n, outgoing.approvals[n].turn) for n in places),
        notice(case, told),
        *(DropPing(silent(case.outgoing, n)) for n in places),
        Toast(thanks),
    )


def _passed(playbook: Playbook, case: Case, place: int, at: datetime, said: Text) -> Turned:
    """The question goes to the next in line; the one before and the owner are told."""
    outgoing = case.outgoing
    if outgoing is None:
        return case, ()
    before = outgoing.approvals[place]
    now = replace(before, turn=before.turn + 1, asked_at=at)
    after = _with(case, place, now)
    if after.outgoing is None or before.asked is None or now.asked is None:
        return case, ()
    told = said.fill(before=before.asked.name, name=now.asked.name)
    return turned(
        after,
        card(after.outgoing, place, before.turn),
        DropPing(silent(outgoing, place)),
        *_questions(playbook, after, [place], at),
        notice(case, told),
        Toast(TELL.stamp_passed.fill(name=now.asked.name)),
    )


def _questions(
    playbook: Playbook, case: Case, places: Iterable[int], at: datetime
) -> tuple[Effect, ...]:
    """The cards to who is asked at these places, and the reminders that they answer."""
    outgoing = case.outgoing
    effects: list[Effect] = []
    for place in places if outgoing is not None else ():
        if outgoing is not None and outgoing.approvals[place].state == "asked":
            hours = playbook.approval.silent_after
            due = times.after_work(at, hours, case.zone, case.calendar)
            effects.append(card(outgoing, place, outgoing.approvals[place].turn))
            effects.append(SetPing(silent(outgoing, place), due))
    return tuple(effects)


def _seen(case: Case, outgoing: Outgoing) -> Mapping[PersonId, Release]:
    """What each person was last asked about; whoever was asked about this message stands last."""
    asked = {c.id for a in outgoing.approvals for c in a.line[: a.turn + 1]}
    before = {who: release for who, release in case.asked_about.items() if who not in asked}
    return before | dict.fromkeys(sorted(asked), outgoing.release)


def _asked_once(case: Case) -> tuple[PersonId, ...]:
    """Everybody who was ever asked, so that a late click of theirs is answered."""
    approvals = case.outgoing.approvals if case.outgoing else ()
    asked = (c.id for a in approvals for c in a.line[: a.turn + 1])
    return tuple(dict.fromkeys((*case.asked_once, *asked)))


def _refusal(case: Case, approval: Approval | None, event: ApproverEvent) -> Text | None:
    """Why a click of an approver counts for nothing; None when it counts."""
    if event.stamp.by == case.owner:
        return TELL.own_message
    if approval is None or case.outgoing is None:
        return TELL.text_changed
    if approval.state in ("approved", "change") and approval.by is not None:
        return TELL.decided.fill(name=approval.by.name, moment=when_named(approval.at, case.zone))
    if approval.asked is None or approval.asked.id != event.stamp.by:
        return TELL.not_asked
    same_turn = event.turn == approval.turn and approval.state == "asked"
    return None if same_turn and _same_words(case.outgoing, approval, event) else TELL.text_changed


def _same_words(outgoing: Outgoing, approval: Approval, event: ApproverEvent) -> bool:
    """Whether what was agreed to is what would leave; a wish for a change needs no such thing."""
    if not isinstance(event, Approved):
        return True
    return event.digest == approval.digest == outgoing.release.digest


def _approval(outgoing: Outgoing | None, number: int, place: int) -> Approval | None:
    if outgoing is None or outgoing.number != number:
        return None
    return outgoing.approvals[place] if 0 <= place < len(outgoing.approvals) else None


def _with(case: Case, place: int, approval: Approval) -> Case:
    if case.outgoing is None:
        return case
    found = case.outgoing.approvals
    approvals = (*found[:place], approval, *found[place + 1 :])
    return replace(case, outgoing=replace(case.outgoing, approvals=approvals))


def _voided(approval: Approval) -> ApprovalState:
    return "void" if approval.state in ("asked", "approved") else approval.state
