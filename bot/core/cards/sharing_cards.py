"""Cards about who may read a case: to its owner, and to the colleagues who are invited to read."""

from collections.abc import Sequence
from datetime import date

from bot.core.approving.release import Delivery
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
    Paragraph,
    Quote,
)
from bot.core.cards.desk_cards import PHASES, Listed, case_facts
from bot.core.cards.promise_facts import promise_fact
from bot.core.cards.shown import answered, project_name, reason_text
from bot.core.case import Case
from bot.core.dialogue import path
from bot.core.dialogue.scalars import both, local_day
from bot.core.dialogue.viewing import variant_of
from bot.core.effects import (
    InvitedScreen,
    InviteScreen,
    SharedScreen,
    SharingScreen,
    ViewerScreen,
    ViewScreen,
)
from bot.core.message import draft
from bot.core.phrases import SAY
from bot.core.playbook import Playbook, Step
from bot.core.sharing.react import owner_of
from bot.core.sharing.viewers import Viewer
from bot.core.sharing.wording import SHARE
from bot.core.words import FieldId, PersonId, Text, same

OPEN, INVITE, STOP = "sharing", "invite", "stop_sharing"  # the owner's buttons
YES, NO = "invite_yes", "invite_no"
LOOK, LEAVE = "look", "step_out"  # a viewer's
_WHO_CAN = Button(SHARE.see_all, Action(OPEN))


def sharing_card(playbook: Playbook, case: Case, screen: ViewerScreen, *, today: date) -> Card:
    """The card of one of these screens."""
    match screen:
        case SharingScreen():
            return _viewers(case)
        case InviteScreen(id=id_, name=name):
            return _invite(case, id_, name)
        case InvitedScreen():
            return _invitation(case)
        case ViewScreen(viewer=id_):
            viewer = case.sharing.viewers.get(id_)
            return _view(playbook, case, viewer, today=today) if viewer else _sentence(SHARE.ended)
        case SharedScreen(text=text, more=more):
            return _sentence(text, *((_WHO_CAN,) if more else ()))


def shared_fact(case: Case) -> Facts:
    """With whom a case is shared, as a line of the owner's own card."""
    return Facts((Fact(SHARE.fact, _names(case) or SHARE.nobody, action=Action(OPEN)),))


def which_to_read(cases: Sequence[Listed]) -> Card:
    """Several that are shared with somebody could be meant."""
    facts = case_facts(cases, action="show")
    return Card(SHARE.which_shared, (Heading(SHARE.which_shared), facts))


def sentence(text: Text) -> Card:
    """One sentence to the owner, with how it is done."""
    how = () if text == SHARE.how else (Hint(SHARE.how),)
    return Card(text, (Paragraph(text), *how))


def _viewers(case: Case) -> Card:
    head = SHARE.title.fill(project=project_name(case))
    viewers = case.sharing.viewers
    rows = [
        Fact(same(v.name), SHARE.since.fill(day=both(local_day(case, v.at))))
        for v in viewers.values()
    ]
    stops = [
        Button(SHARE.stop.fill(name=v.name), Action(STOP, id_), "danger")
        for id_, v in viewers.items()
    ]
    blocks: list[Block] = [Heading(head), Facts(tuple(rows)) if rows else Paragraph(SHARE.only_you)]
    blocks += [Buttons(tuple(stops))] if stops else []
    box = Box("who", "person", SHARE.who, SHARE.who_ask, placeholder=SHARE.who_such)
    form = Form(case.id, case.revision, (box,), SHARE.invite, action=Action(INVITE))
    return Card(head, (*blocks, Hint(SHARE.besides), form, Hint(SHARE.how)))


def _invite(case: Case, id_: PersonId, name: str) -> Card:
    """Who will read what, before they are told."""
    head = SHARE.invite_title.fill(name=name, project=project_name(case))
    rows = (
        Fact(SHARE.progress, SHARE.how_far),
        Fact(SHARE.answers, SHARE.all_answers),
        Fact(SHARE.message, SHARE.both_messages),
        Fact(SHARE.promises, SHARE.all_promises),
        Fact(SHARE.kept_back, SHARE.kept),
        Fact(SHARE.reads_now, _names(case) or SHARE.only_you),
    )
    buttons = (
        Button(SHARE.yes.fill(name=name), Action(YES, id_), "primary"),
        Button(SHARE.no, Action(NO, id_)),
    )
    said = Paragraph(SHARE.will_read.fill(name=name))
    return Card(head, (Heading(head), said, Facts(rows), Hint(SHARE.until), Buttons(buttons)))


def _names(case: Case) -> Text | None:
    names = [v.name for v in case.sharing.viewers.values()]
    return Text(en=", ".join(names), zh="、".join(names)) if names else None


def _invitation(case: Case) -> Card:
    head = SHARE.invitation.fill(owner=owner_of(case), project=project_name(case))
    buttons = (
        Button(SHARE.look, Action(LOOK), "primary"),
        Button(SHARE.step_out, Action(LEAVE)),
    )
    return Card(head, (Paragraph(head), Hint(SHARE.invitation_how), Buttons(buttons)))


def _view(playbook: Playbook, case: Case, viewer: Viewer, *, today: date) -> Card:
    """All of it but for what is internal and what one role alone may see."""
    head = SHARE.view_title.fill(project=project_name(case))
    shared = SHARE.view_from.fill(owner=owner_of(case), day=both(today))
    blocks: list[Block] = [Heading(head), Hint(shared), Facts(tuple(_status(case)))]
    hidden = {name for role in playbook.approval.roles for name in role.sees}
    hidden |= {field.id for field in playbook.fields.values() if field.internal}
    for step in (*playbook.steps, *playbook.later):
        blocks += _answers(case, step, hidden, later=playbook.is_later(step.id))
    blocks += _message(playbook, case, today)
    rows = tuple(promise_fact(p) for p in case.given)
    blocks += [Hint(SHARE.promised), Facts(rows)] if rows else []
    buttons = (
        Button(SHARE.look_again, Action(LOOK, str(viewer.looks)), "primary"),
        Button(SHARE.step_out, Action(LEAVE)),
    )
    return Card(head, (*blocks, Buttons(buttons)))


def _status(case: Case) -> list[Fact]:
    rows = [Fact(SHARE.status, PHASES[case.phase])]
    if case.told_at is not None:
        rows.append(Fact(SHARE.told_on, when(case.told_at, case.zone)))
    if case.recovered_at is not None:
        rows.append(Fact(SHARE.delivered_on, both(local_day(case, case.recovered_at))))
    return rows


def _answers(case: Case, step: Step, hidden: set[FieldId], *, later: bool) -> list[Block]:
    """The answers of a step; of one that is opened by itself only where there are any."""
    skip = case.skips.get(step.id)
    if skip is not None:
        return [Facts((Fact(step.title, SAY.skipped.fill(reason=reason_text(skip.reason))),))]
    fields = [f for f in path.visible(case, step) if f.id in case.answers and f.id not in hidden]
    if later and not fields:
        return []
    waits = [f for f in path.open_fields(case, step) if f.id not in hidden]
    state = Fact(step.title, SAY.open_ if waits else SAY.done)
    rows = (Fact(f.label, answered(f, case.answers[f.id])) for f in fields)
    return [Facts((state, *rows))]


def _message(playbook: Playbook, case: Case, today: date) -> list[Block]:
    """What the customer was told first and last; before that, the message that the answers make so far."""
    if case.deliveries:
        shown = (case.deliveries[0], *case.deliveries[1:][-1:])
        return [block for delivery in shown for block in _told(case, delivery)]
    variant = case.variant or variant_of(case)
    found = draft.text_on_screen(playbook, case, variant, today)
    if not any(line.part == "news" for line in found.draft.sentences):
        return []
    return [Hint(SHARE.draft), Quote(same(found.text), variant.language)]


def _told(case: Case, delivery: Delivery) -> tuple[Block, Block]:
    release = delivery.release
    told = SHARE.told.fill(moment=when(delivery.at, case.zone))
    return Hint(told), Quote(same(release.text), release.language)


def _sentence(text: Text, *buttons: Button) -> Card:
    return Card(text, (Paragraph(text), *((Buttons(buttons),) if buttons else ())))
