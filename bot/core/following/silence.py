"""Two questions without an answer: whose silence it is, who is told of it, and that it is told once."""

from dataclasses import replace

from bot.core.case import Case, text_of
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import both, local_day
from bot.core.effects import Effect, LeadScreen, SetPing, Show
from bot.core.events import PingDue
from bot.core.following.events import OwnerLost
from bot.core.following.wording import FOLLOW
from bot.core.pings.due import Fallen
from bot.core.pings.reminder import Board, Reminder
from bot.core.words import PersonId, Text, same


def counted(reminder: Reminder, board: Board | None) -> Reminder:
    """The ping with what counts for whoever is asked now: nobody's silence is another's.

    An owner who is back, or whose deputy is another one now, is asked as for the first time.
    """
    last, now = reminder.board, board.to if board is not None else None
    if last is None or last.to == now:
        return reminder
    return replace(reminder, asked=())


def is_silent(case: Case, reminder: Reminder) -> bool:
    """Whether nothing was done in this case since it was asked first."""
    return bool(reminder.asked) and case.touched_at < reminder.asked[0]


def is_deputys(case: Case, fallen: Fallen, board: Board | None) -> bool:
    """Whether a deputy is asked nothing more here, so that it waits until the owner is back."""
    if board is None or board.to is None:
        return False
    return fallen.tell == "lead" or (fallen.tell == "person" and case.silent == board.to)


def of_deputy(
    case: Case, reminder: Reminder, what: Text, event: PingDue, lead: PersonId | None
) -> Turned:
    """It waits for the owner, who is away and was not asked; the lead is told of it once."""
    board = event.board
    if board is None or board.until is None:
        return case, ()
    waits = SetPing(event.kind, board.until)
    if case.silent == board.to or not is_silent(case, reminder):
        return case, (waits,)
    told = FOLLOW.lead_deputy.fill(
        owner=name_of(case),
        deputy=same(board.name) if board.name else FOLLOW.their_deputy,
        day=both(local_day(case, board.until)),
        about=_about(case, what),
        what=what,
    )
    after = replace(case, silent=board.to)
    return after, (waits, *_to_lead(case, f"lead:{reminder.key}", told, lead, but=board.to))


def of_owner(
    case: Case, reminder: Reminder, what: Text, lead: PersonId | None
) -> tuple[Effect, ...]:
    """Said to the lead, once; where nobody is known to lead, the card of the ping says it all."""
    told = FOLLOW.lead.fill(owner=name_of(case), about=_about(case, what), what=what)
    return _to_lead(case, f"lead:{reminder.key}", told, lead)


def owner_lost(case: Case, event: OwnerLost) -> Turned:
    """Nothing is asked until they are back; the lead hears of it once."""
    if case.unheard or case.phase in ("closed", "abandoned"):
        return case, ()
    told = FOLLOW.owner_lost.fill(
        owner=name_of(case),
        project=text_of(case, "project") or "…",
        customer=text_of(case, "customer") or "…",
    )
    return replace(case, unheard=True), _to_lead(case, "lead:lost", told, event.lead)


def _about(case: Case, what: Text) -> Text | str:
    """The project and the customer, as far as the question does not name them itself."""
    project, customer = (
        name if (name := text_of(case, field)) and name not in what.en else ""
        for field in ("project", "customer")
    )
    if not project and not customer:
        return ""
    if not project or not customer:
        return FOLLOW.about.fill(names=project or customer)
    names = Text(en=f"{project} ({customer})", zh=f"{project}（{customer}）")
    return FOLLOW.about.fill(names=names)


def name_of(case: Case) -> Text:
    """What the owner is called."""
    name = case.surroundings.owner_name if case.surroundings else ""
    return same(name) if name else FOLLOW.somebody


def _to_lead(
    case: Case, slot: str, told: Text, lead: PersonId | None, *, but: PersonId | None = None
) -> tuple[Effect, ...]:
    """Whom the owner has named, else the account lead; never the owner, nor whom it is about."""
    named = [p for p in (lead, *_leads_of(case)) if p not in (None, case.owner, but)]
    if not named:
        return ()
    return (Show(f"{slot}:{case.revision + 1}", LeadScreen(told), to=named[0]),)


def _leads_of(case: Case) -> tuple[PersonId, ...]:
    """The account leads, where the operator has named any."""
    roles = case.surroundings.roles if case.surroundings else {}
    return tuple(c.id for c in roles.get("account_lead", ()))
