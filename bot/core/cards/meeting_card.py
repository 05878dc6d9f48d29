"""The card of a meeting: its form, when and where it is, what is asked about it."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.approving.showing import when
from bot.core.cards.blocks import (
    Action,
    Block,
    Box,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Form,
    Heading,
    Hint,
    Link,
)
from bot.core.cards.shown import project_name
from bot.core.case import Case, text_of
from bot.core.following.wording import CASE_FILE
from bot.core.meetings import clicks, planning
from bot.core.meetings.events import Pressed
from bot.core.meetings.meeting import FORGETFUL, ICS, WITH_CUSTOMER, Meeting, Purpose
from bot.core.meetings.meeting import Form as Filled
from bot.core.meetings.wording import ICS_FILE, MEET, NO_CUSTOMER, PRESS, WHAT
from bot.core.words import Text, same

INVITES = ("lark_event", "teams", "google")  # they write to those who are asked to come
_OVER = ("closed", "abandoned")


def meeting_card(case: Case, purpose: Purpose) -> Card:
    """The meeting as it stands."""
    meeting = case.meetings.get(purpose)
    title = _title(case, purpose)
    if meeting is None:
        return Card(title, (Hint(title),))
    return Card(title, (Heading(title), *_body(case, meeting), *_strays(case, meeting)))


def _body(case: Case, meeting: Meeting) -> list[Block]:
    """All but what may stand elsewhere."""
    if meeting.asking is not None:
        said = MEET.doing[meeting.asking].fill(moment=when(meeting.to, case.zone))
        return [*_facts(case, meeting), Hint(said)]
    refused = _refused(meeting)
    if meeting.form is not None:
        return [*refused, *_form(case, meeting, meeting.form)]
    if meeting.state == "planned":
        return [*refused, *_planned(case, meeting)]
    return [*refused, *_facts(case, meeting), *_standing(case, meeting)]


def _strays(case: Case, meeting: Meeting) -> Iterator[Block]:
    """What may stand in a meeting system though nobody needs it, and what became of that."""
    for stray in meeting.strays:
        label, moment = stray.label or same(stray.provider), when(stray.start, case.zone)
        said = MEET.stray[stray.became].fill(label=label, moment=moment)
        yield Hint(said, "look" if stray.became in ("", "unknown") else "good")


def opener(case: Case, purpose: Purpose) -> Button:
    """The button that schedules a meeting, or opens the one that stands."""
    label = MEET.schedule_call if purpose == "call" else MEET.schedule
    return Button(MEET.open_it if is_ahead(case, purpose) else label, clicks.opens(purpose))


def is_ahead(case: Case, purpose: Purpose) -> bool:
    """Whether one is booked that was still to come when the owner was last there."""
    meeting = case.meetings.get(purpose)
    if meeting is None or meeting.state != "booked" or meeting.start is None:
        return False
    return meeting.start > case.touched_at


def day_blocks(case: Case, meeting: Meeting) -> list[Block]:
    """When it is and how one gets in, beside what reminds of it."""
    if meeting.state != "booked" or meeting.start is None:
        return []
    said = MEET.today.fill(topic=meeting.topic, moment=when(meeting.start, case.zone))
    code = [Hint(MEET.today_code.fill(code=meeting.code))] if meeting.code else []
    return [Hint(said), *code, *_way_in(meeting)]


def _way_in(meeting: Meeting) -> list[Block]:
    """What opens it: the platforms make no link of an address that stands in a text."""
    return [Link(MEET.enter, meeting.join_url)] if meeting.join_url else []


def _title(case: Case, purpose: Purpose) -> Text:
    customer = text_of(case, "customer")
    name = same(customer) if customer else NO_CUSTOMER
    return WHAT[purpose].fill(customer=name, project=project_name(case))


def _refused(meeting: Meeting) -> list[Block]:
    """Why the last thing that was asked for was not done."""
    if meeting.why is None or meeting.failed is None:
        return []
    said = MEET.refused[meeting.failed].fill(label=meeting.label or "…", why=meeting.why)
    if meeting.unsure:
        return [Hint(said, "problem"), Hint(MEET.unsure, "look")]
    return [Hint(MEET.stands[meeting.failed].fill(said=said), "problem")]


def _form(case: Case, meeting: Meeting, form: Filled) -> Iterator[Block]:
    remarks = planning.remarks_of(form)
    moves = meeting.state == "booked"
    button = MEET.move_it if moves else MEET.book
    if remarks is not None:
        button = MEET.move_all_the_same if moves else MEET.all_the_same
        yield Hint(remarks, "look")
    how = MEET.how_to_move if moves else MEET.how
    yield Hint(how.fill(button=button, zone=case.zone))
    boxes = tuple(_boxes(form, moves=moves))
    yield Form(case.id, 0, boxes, button, action=clicks.sends(meeting))
    back = clicks.presses(meeting, "back")
    yield Buttons((Button(MEET.leave_it if moves else PRESS["back"], back),))


def _boxes(form: Filled, *, moves: bool) -> Iterator[Box]:
    wrong = form.problems.get
    if not moves:
        yield Box("topic", "text", MEET.topic, MEET.topic_ask, form.topic, problem=wrong("topic"))
    yield Box("day", "date", MEET.day, MEET.day_ask, form.day, problem=wrong("day"))
    yield Box(
        "time", "text", MEET.time, MEET.time_ask, form.time, MEET.time_such, problem=wrong("time")
    )
    yield Box(
        "minutes", "number", MEET.minutes, MEET.minutes_ask, form.minutes, problem=wrong("minutes")
    )
    if not moves:
        yield Box(
            "people", "text", MEET.people, MEET.people_ask, form.people,
            problem=wrong("people"), required=False,
        )  # fmt: skip


def _planned(case: Case, meeting: Meeting) -> list[Block]:
    """Nothing is booked: what was wished for, and how it goes on."""
    if case.phase in _OVER:
        return []
    said: list[Block] = []
    if meeting.failed is not None:
        buttons = [_button(meeting, "again", style="primary")]
        if meeting.provider != ICS:
            is_kept = meeting.unsure and meeting.provider not in FORGETFUL
            by_file = MEET.by_file_unsure if is_kept else MEET.by_file
            said = [Hint(by_file.fill(label=meeting.label or same("…")))]
            buttons.append(_button(meeting, "by_file"))
        buttons.append(_button(meeting, "change"))
        return [*_facts(case, meeting), *said, Buttons(tuple(buttons))]
    return [Buttons((Button(MEET.schedule, clicks.opens(meeting.purpose)),))]


def _facts(case: Case, meeting: Meeting) -> list[Block]:
    """Day and time in the owner's zone and there, the link, the number, the people."""
    if meeting.start is None:
        return []
    said = MEET.moment.fill(
        moment=when(meeting.start, case.zone), zone=case.zone, minutes=meeting.minutes
    )
    rows = [Fact(MEET.topic, same(meeting.topic)), Fact(MEET.when, said)]
    rows += _their_clock(case, meeting, meeting.start)
    opens = meeting.state != "cancelled"
    rows += [Fact(MEET.join, same(meeting.join_url))] if meeting.join_url and opens else []
    rows += [Fact(MEET.number, same(meeting.code))] if meeting.code and opens else []
    rows += [Fact(MEET.asked, same(", ".join(meeting.people)))] if meeting.people else []
    return [Facts(tuple(rows)), *(_way_in(meeting) if opens and meeting.state == "booked" else [])]


def _their_clock(case: Case, meeting: Meeting, start: datetime) -> list[Fact]:
    zone = case.surroundings.zone if case.surroundings else ""
    if meeting.purpose not in WITH_CUSTOMER or not zone:
        return []
    here, there = (start.astimezone(ZoneInfo(z)).utcoffset() for z in (case.zone, zone))
    return [Fact(MEET.there, when(start, zone))] if here != there else []


def _standing(case: Case, meeting: Meeting) -> list[Block]:
    """A meeting that is booked, or was: what is asked about it, and what can be done."""
    at = when(meeting.start, case.zone)
    file = [_file(meeting)] if meeting.takes_files else []
    if meeting.state == "cancelled":
        tell = MEET.tell_them if meeting.takes_files else MEET.tell_them_yourself
        said: list[Block] = [Hint(MEET.cancelled.fill(moment=at), "good")]
        said += [] if meeting.provider in INVITES else [Hint(tell)]
        anew = [] if case.phase in _OVER else [Button(MEET.anew, clicks.opens(meeting.purpose))]
        buttons = (*file, *anew)
        return [*said, *([Buttons(buttons)] if buttons else [])]
    if meeting.offer:
        return _offer(case, meeting, at)
    if meeting.failed is not None:
        again = _button(meeting, "again", style="primary")
        return [Buttons((again, _button(meeting, "move"), _button(meeting, "cancel"), *file))]
    buttons = (_button(meeting, "move"), _button(meeting, "cancel"), *file)
    return [*_how(meeting), Buttons(buttons)]


def _offer(case: Case, meeting: Meeting, at: Text) -> list[Block]:
    keep = _button(meeting, "no")
    if meeting.offer == "move" and meeting.offered is not None:
        to = when(meeting.offered, case.zone)
        yes = Button(MEET.moves_to.fill(to=to), clicks.presses(meeting, "yes"), "primary")
        return [Hint(MEET.move_ask.fill(moment=at, to=to), "look"), Buttons((yes, keep))]
    ask = MEET.over_ask if _is_over(case, meeting) else MEET.cancel_ask
    yes = Button(PRESS["yes"], clicks.presses(meeting, "yes"), "danger")
    return [Hint(ask.fill(moment=at), "look"), Buttons((yes, keep))]


def _is_over(case: Case, meeting: Meeting) -> bool:
    """Whether what it belongs to is not followed up any more."""
    reminder = case.reminders.get(meeting.ping) if meeting.ping is not None else None
    ended = reminder is not None and reminder.state in ("stopped", "lapsed")
    return ended or case.phase in _OVER


def _how(meeting: Meeting) -> Iterator[Block]:
    """That it is booked, and who tells the people."""
    if meeting.provider == ICS:
        yield Hint(MEET.noted if meeting.takes_files else MEET.noted_only, "good")
        if not meeting.join_url:
            yield Hint(MEET.no_link, "look")
        return
    label = meeting.label or same("…")
    yield Hint(MEET.booked.fill(label=label), "good")
    if meeting.provider in INVITES:
        if meeting.people:
            yield Hint(MEET.invites.fill(label=label))
        return
    yield Hint(MEET.no_invites.fill(label=label))


def _file(meeting: Meeting) -> Button:
    return Button(ICS_FILE, Action(CASE_FILE, f"{meeting.purpose}.ics"))


def _button(meeting: Meeting, what: Pressed, *, style: str = "plain") -> Button:
    return Button(
        PRESS[what],
        clicks.presses(meeting, what),
        "primary" if style == "primary" else "plain",
    )
