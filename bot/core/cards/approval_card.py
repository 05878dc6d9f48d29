"""The card of an approver: what is promised, why they are asked, the exact text; later a stamp."""

from bot.core.approving import redress, rules
from bot.core.approving.release import Approval, Colleague, Outgoing, Release, Surroundings
from bot.core.approving.showing import customer_of, owner_of, when, when_named
from bot.core.approving.wording import TELL, WAYS
from bot.core.cards.asked_blocks import asked_blocks
from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Card,
    Editor,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.cards.shown import answered
from bot.core.case import Case, day_of, text_of
from bot.core.dialogue import path
from bot.core.effects import ApprovalScreen
from bot.core.playbook import Playbook
from bot.core.reading.formats import show_date, show_days, show_percent
from bot.core.words import Text, same

_PASSES = 4  # people to hand over to, shown at most


def approval_card(playbook: Playbook, case: Case, screen: ApprovalScreen) -> Card:
    """The question to whoever is asked at that turn; a stamp once it is decided or void."""
    outgoing, place, turn = screen.outgoing, screen.place, screen.turn
    approval = outgoing.approvals[place]
    if approval.state == "asked" and turn == approval.turn:
        return _question(playbook, case, outgoing, place)
    said = _stamp(case, approval, turn, zone=screen.zone)
    title = TELL.asks.fill(owner=_owner(case), customer=customer_of(case))
    quote: tuple[Block, ...] = ()
    if approval.state in ("approved", "change") and turn == approval.turn:
        words = approval.comment or outgoing.release.text
        language = None if approval.comment else outgoing.release.language
        quote = (Quote(same(words), language),)
    return Card(said, (Heading(title), Hint(said), *quote))


def _question(playbook: Playbook, case: Case, outgoing: Outgoing, place: int) -> Card:
    approval, release = outgoing.approvals[place], outgoing.release
    title = TELL.asks.fill(owner=_owner(case), customer=customer_of(case))
    blocks: list[Block] = [Heading(title)]
    summary = _summary(case)
    if summary is not None:
        blocks.append(Paragraph(summary))
    because = Text(
        en="; ".join(b.en for b in approval.because), zh="；".join(b.zh for b in approval.because)
    )
    blocks.append(Paragraph(TELL.you_as.fill(role=approval.name, because=because)))
    blocks.append(Facts(tuple(_facts(playbook, case, outgoing))))
    if rules.offered_in(playbook, case, release) is not None:
        blocks += [Hint(said, "look") for said in redress.remarks(playbook, case)]
    blocks += _for_the_role(playbook, case, approval)
    before = case.asked_about.get(approval.asked.id) if approval.asked else None
    blocks += asked_blocks(case, before, release)
    preview = TELL.sheet_of.fill(owner=_owner(case)) if release.is_call else TELL.preview
    blocks += [Hint(preview), Quote(same(release.text), release.language)]
    return Card(title, (*blocks, *_decisions(case, outgoing, place)))


def _decisions(case: Case, outgoing: Outgoing, place: int) -> list[Block]:
    """What can be pressed, with one box only, since a card of some platforms has no room for two."""
    approval = outgoing.approvals[place]
    name = f"{outgoing.number}/{place}/{approval.turn}"
    approve = Action("approve", f"{name}/{outgoing.release.digest}")
    passing = tuple(
        Button(TELL.pass_on.fill(name=c.name), Action("hand_over", f"{name}/{c.id}"))
        for c in _others(case, approval)
    )
    return [
        Buttons((Button(TELL.approve, approve, "primary"), *passing)),
        Editor(case.id, Action("change", name), TELL.want_change, "", TELL.save_change),
    ]


def _others(case: Case, approval: Approval) -> list[Colleague]:
    """Whom the question can be handed to: the next in line first, then whoever has a role."""
    around = case.surroundings or Surroundings()
    known = [
        *approval.line[approval.turn + 1 :],
        *(c for line in around.roles.values() for c in line),
    ]
    asked = {case.owner, *(c.id for c in approval.line[: approval.turn + 1])}
    return [c for c in dict.fromkeys(known) if c.id not in asked][:_PASSES]


def _facts(playbook: Playbook, case: Case, outgoing: Outgoing) -> list[Fact]:
    release = outgoing.release
    around = case.surroundings
    to = ", ".join(release.to)
    if release.way == "chat" and around is not None:
        to = around.conversation_name or to
    rows = [Fact(TELL.by_way, _way(case, release))]
    rows += [Fact(TELL.to_whom, same(to))] if to else []
    rows += [Fact(TELL.subject, same(release.subject))] if release.subject else []
    remedy = rules.offered_in(playbook, case, release)
    if remedy is not None:
        detail = text_of(case, "goodwill_detail")
        value = Text(
            en=f"{remedy.label.en}: {detail}" if detail else remedy.label.en,
            zh=f"{remedy.label.zh}：{detail}" if detail else remedy.label.zh,
        )
        rows.append(Fact(TELL.offered, value))
        limit = TELL.limit_none
        if remedy.owner_may_approve and remedy.limit is not None:
            limit = TELL.limit_up_to.fill(limit=_limit(int(remedy.limit), remedy.limit_unit))
        rows.append(Fact(TELL.limit, limit))
    return rows


def _way(case: Case, release: Release) -> Text:
    """How it goes out, as somebody else than its owner reads it."""
    if release.is_call:
        return TELL.owner_calls.fill(owner=_owner(case))
    return TELL.owner_sends.fill(owner=_owner(case)) if release.way == "self" else WAYS[release.way]


def _limit(value: int, unit: str | None) -> Text:
    if unit == "day":
        return Text(
            en=show_days(value, "en", working=False), zh=show_days(value, "zh", working=False)
        )
    if unit == "percent":
        return Text(en=show_percent(value, "en"), zh=show_percent(value, "zh"))
    return same(f"{value} {unit or ''}".strip())


def _summary(case: Case) -> Text | None:
    before, after = day_of(case, "original_date"), day_of(case, "new_date")
    promised = text_of(case, "promised") or text_of(case, "project")
    if before is None or after is None or not promised:
        return None
    return TELL.summary.fill(
        promised=promised,
        before=Text(en=show_date(before, "en"), zh=show_date(before, "zh")),
        after=Text(en=show_date(after, "en"), zh=show_date(after, "zh")),
    )


def _for_the_role(playbook: Playbook, case: Case, approval: Approval) -> list[Block]:
    """What the owner wrote for whoever has this role, which no customer reads."""
    roles = [playbook.approval.role(id_) for id_ in approval.role.split("+")]
    names = dict.fromkeys(name for role in roles if role for name in role.sees)
    counted = path.standing(playbook, case)
    blocks: list[Block] = []
    for field in (playbook.fields[name] for name in names if name in counted):
        blocks.append(Hint(TELL.for_role.fill(label=field.label)))
        blocks.append(Quote(answered(field, counted[field.id])))
    return blocks


def _stamp(case: Case, approval: Approval, turn: int, *, zone: str) -> Text:
    """What became of the question, on the reader's clock; on the owner's by name where unknown."""
    moment = when(approval.at, zone) if zone else when_named(approval.at, case.zone)
    if turn < approval.turn:
        following: Colleague = approval.line[turn + 1]
        return TELL.stamp_passed.fill(name=following.name)
    name = approval.by.name if approval.by else ""
    match approval.state:
        case "approved":
            return TELL.stamp_approved.fill(name=name, moment=moment)
        case "change":
            return TELL.stamp_change.fill(name=name, moment=moment)
        case "asked" | "void" | "nobody":
            return TELL.stamp_void.fill(customer=customer_of(case))


def _owner(case: Case) -> Text:
    owner = owner_of(case)
    return same(owner) if owner else TELL.owner_word
