"""How a message on its way is shown again after an event: to the owner, and to who was asked."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.approving.release import Approval, Outgoing
from bot.core.case import Case, text_of
from bot.core.dialogue import live
from bot.core.dialogue.live import Turned
from bot.core.effects import ApprovalScreen, DropPing, Effect, NoticeScreen, Show
from bot.core.phrases import SAY
from bot.core.reading.formats import show_date
from bot.core.words import Text, same


def turned(case: Case, *effects: Effect) -> Turned:
    """The case with its live message drawn again where that shows the message on its way."""
    if case.sending and not case.stopped and case.step is None:
        return case, (*live.refresh(case)[1], *effects)
    return case, effects


def card(outgoing: Outgoing, place: int, turn: int) -> Show:
    """The card of whoever was asked at this place, at that turn of the line."""
    asked = outgoing.approvals[place].line[turn]
    slot = f"approval:{outgoing.number}:{place}:{turn}"
    return Show(slot, ApprovalScreen(outgoing, place, turn), to=asked.id)


def cards(outgoing: Outgoing) -> tuple[Show, ...]:
    """The cards of everybody who was ever asked about it."""
    return cards_at(outgoing, range(len(outgoing.approvals)))


def cards_at(outgoing: Outgoing, places: Iterable[int]) -> tuple[Show, ...]:
    """The cards of everybody who was ever asked at these places."""
    return tuple(
        card(outgoing, place, turn)
        for place in places
        if outgoing.approvals[place].state != "nobody"
        for turn in range(outgoing.approvals[place].turn + 1)
    )


def asked_by(slot: str) -> str | None:
    """The kind of the reminder about whoever is asked in this slot; None for any other slot."""
    word, _, rest = slot.partition(":")
    return f"silent/{rest.replace(':', '/')}" if word == "approval" else None


def notice(case: Case, text: Text) -> Show:
    """A message of its own to the owner, once for this revision."""
    return Show(f"notice:{case.revision + 1}", NoticeScreen(text))


def silent(outgoing: Outgoing, place: int) -> str:
    """The kind of the reminder that whoever is asked there has not answered."""
    return f"silent/{outgoing.number}/{place}/{outgoing.approvals[place].turn}"


def still_asked(outgoing: Outgoing) -> tuple[DropPing, ...]:
    """The reminders about approvers, all to be forgotten."""
    return tuple(
        DropPing(silent(outgoing, place))
        for place, approval in enumerate(outgoing.approvals)
        if approval.state == "asked"
    )


def customer_of(case: Case) -> Text:
    """The customer by name, or the project where nobody named them."""
    name = text_of(case, "customer") or text_of(case, "project")
    return same(name) if name else SAY.no_project


def owner_of(case: Case) -> str:
    """What the owner is called; empty when nobody has told."""
    return case.surroundings.owner_name if case.surroundings else ""


def when(at: datetime | None, zone: str) -> Text:
    """A day and a time in that zone: "Fri 27 Nov 2026, 14:05"."""
    if at is None:
        return same("…")
    local = at.astimezone(ZoneInfo(zone or "UTC"))
    return Text(
        en=f"{show_date(local.date(), 'en')}, {local:%H:%M}",
        zh=f"{show_date(local.date(), 'zh')}{local:%H:%M}",
    )


def when_named(at: datetime | None, zone: str) -> Text:
    """The same with the zone by its name, for somebody whose own zone is not known."""
    moment = when(at, zone)
    return Text(en=f"{moment.en} ({zone or 'UTC'})", zh=f"{moment.zh}（{zone or 'UTC'}）")


def names(approval: Approval) -> Text:
    """Who is or was asked."""
    return same(approval.asked.name) if approval.asked else approval.name
