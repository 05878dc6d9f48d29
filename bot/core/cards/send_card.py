"""The card of a message before it leaves: what they will see, who must agree, how it goes."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.actions import draft_action, on
from bot.core.approving import agreed, redress, rules, times
from bot.core.approving.preparing import Prepared, ways
from bot.core.approving.react import prepared_now
from bot.core.approving.release import Approval, Outgoing, Release, Surroundings, Way
from bot.core.approving.showing import customer_of, when
from bot.core.approving.wording import TELL, WAYS, WHY, WHY_ELSE
from bot.core.cards.asked_blocks import asked_blocks, last_asked
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
    Quote,
)
from bot.core.cards.order_blocks import order_blocks
from bot.core.cards.standing_blocks import loose_blocks
from bot.core.cards.told_blocks import told_blocks
from bot.core.cards.tracker_blocks import difference_blocks
from bot.core.case import Case, Variant, customer_language
from bot.core.foresight.weighing import tell_by, verdict_of
from bot.core.message import draft
from bot.core.message.mixed import foreign
from bot.core.phrases import SAY
from bot.core.playbook import Playbook
from bot.core.reading.formats import join
from bot.core.words import Language, Text, same

ZERO = timedelta(0)
_AFTER_THEIR_DAY = Text(
    en="{at} is after {by}, by which they should know. Send it now, or call them first.",
    zh="{at}晚于最晚告知时间（{by}）。请现在就发，或先打个电话。",
)
_LANGUAGES: dict[Language, Text] = {"en": SAY.english, "zh": SAY.chinese}


def send_card(playbook: Playbook, case: Case, *, today: date) -> Card:
    """The message of the draft on the screen, as far on its way as it is."""
    variant = case.variant
    if variant is None:
        return Card(TELL.not_now, (Hint(TELL.not_now),))
    outgoing = case.outgoing
    if outgoing is not None and outgoing.state in ("waiting", "leaving", "unknown", "failed"):
        return _under_way(case, outgoing)
    if outgoing is not None and outgoing.state == "delivered":
        return _told(case, outgoing)
    prepared = prepared_now(playbook, case, variant, today=today)
    title = _title(case, prepared.release)
    blocks: list[Block] = [Heading(title), *order_blocks(case, variant, today=today)]
    blocks += _preview(case, prepared.release, copy=_is_agreed(playbook, case, prepared))
    blocks += _ways(case, variant, prepared.release.way)
    blocks += [Hint(hold, "look") for hold in prepared.holds]
    blocks += difference_blocks(playbook, case) if case.told_at is None else []
    if prepared.look_at:
        steps = [playbook.by_id[step] for step in prepared.look_at]
        blocks.append(Buttons(tuple(Button(s.title, Action("edit", s.id)) for s in steps)))
    if rules.offered_in(playbook, case, prepared.release) is not None:
        blocks += [Hint(said, "look") for said in redress.remarks(playbook, case)]
    blocks += _language(playbook, case, variant)
    if outgoing is None or outgoing.state == "refused":
        blocks += _recipients(case, prepared)
    blocks += _foreign(prepared)
    if outgoing is None or outgoing.state == "refused":
        blocks += _before(playbook, case, prepared, outgoing)
    else:
        blocks += _asked(case, outgoing)
        if outgoing.state == "ready":
            blocks += _ready(case, prepared)
    blocks.append(Buttons(_ways_out(case)))
    return Card(title, tuple(blocks))


def _title(case: Case, release: Release) -> Text:
    title = TELL.title_call if release.is_call else TELL.title
    return title.fill(customer=customer_of(case))


def _preview(case: Case, release: Release, *, copy: bool) -> list[Block]:
    if release.is_call:  # for the owner's eyes, red lines and all
        sheet = Quote(same(release.text), release.language, copy=copy)
        return [Hint(TELL.call_sheet, "look"), sheet]
    around = case.surroundings or Surroundings()
    to = ", ".join(release.to) if release.way == "email" else around.conversation_name
    rows = [Fact(TELL.by_way, WAYS[release.way])]
    if release.way != "self":
        rows.append(Fact(TELL.to_whom, same(to) if to else TELL.nobody))
    if release.subject:
        rows.append(Fact(TELL.subject, same(release.subject)))
    blocks: list[Block] = [Facts(tuple(rows))]
    if release.text:
        blocks.append(Hint(TELL.preview))
        blocks.append(Quote(same(release.text), release.language, copy=copy))
    return blocks


def _ways(case: Case, variant: Variant, chosen: Way) -> list[Block]:
    there = ways(case, variant)
    said: list[Block] = []
    if chosen == "chat" and variant.channel in ("email", "letter"):
        as_chat = Button(TELL.as_chat, draft_action(channel="chat"))
        hint = TELL.mail_in_chat if "email" in there else TELL.no_mail
        said = [Hint(hint, "look"), Buttons((as_chat,))]
    if len(there) < 2:
        return said
    others = tuple(Button(WAYS[way], Action("way", way)) for way in there if way != chosen)
    return [*said, Buttons(others)]


def _language(playbook: Playbook, case: Case, variant: Variant) -> list[Block]:
    """That the message is in another language than theirs, or holds answers that are."""
    mixed = foreign(playbook, case, variant)
    if mixed and draft.key(variant) not in case.edits:
        fields = [playbook.fields[f] for f in mixed]
        labels = Text(
            en=", ".join(f.label.en for f in fields), zh="、".join(f.label.zh for f in fields)
        )
        said = SAY.foreign_words.fill(language=_LANGUAGES[variant.language], labels=labels)
        steps = dict.fromkeys(playbook.step_of[f.id] for f in fields)
        edit = Buttons(tuple(Button(s.title, Action("edit", s.id)) for s in steps))
        return [Hint(said, "look"), edit]
    theirs = customer_language(case)
    if variant.language == theirs:
        return []
    said = TELL.in_their_language.fill(
        language=_LANGUAGES[variant.language], other=_LANGUAGES[theirs]
    )
    switch = Button(_LANGUAGES[theirs], draft_action(language=theirs))
    return [Hint(said, "look"), Buttons((switch,))]


def _recipients(case: Case, prepared: Prepared) -> list[Block]:
    if prepared.release.way != "email":
        return []
    value = ", ".join(case.to)
    return [Editor(case.id, Action("recipients"), TELL.give_to, value, TELL.save_to)]


def _foreign(prepared: Prepared) -> list[Block]:
    if not prepared.foreign:
        return []
    said = TELL.outside.fill(addresses=", ".join(prepared.foreign))
    yes = Button(TELL.mean_it, Action("foreign", prepared.release.digest))
    return [Hint(said, "look"), Buttons((yes,))]


def _before(
    playbook: Playbook, case: Case, prepared: Prepared, outgoing: Outgoing | None
) -> list[Block]:
    """Who would be asked and why; with nobody to ask, the ways to send."""
    blocks: list[Block] = []
    if outgoing is not None:
        comments = [a.comment for a in outgoing.approvals if a.comment]
        blocks = [Facts(tuple(_fact(case, a) for a in outgoing.approvals if a.state == "change"))]
        blocks += [Quote(same(comment)) for comment in comments]
    blocks += asked_blocks(case, last_asked(case), prepared.release, owner=True)
    needed = agreed.carried(
        outgoing,
        rules.approvals(playbook, case, prepared.release, today=prepared.release.day),
    )
    if not needed:
        blocks.append(Hint(TELL.nobody_must, "good"))
        return [*blocks, *(_ready(case, prepared) if prepared.is_free else [])]
    rows = (_fact(case, a) if a.by else _would(a) for a in needed)
    blocks.append(Facts(tuple(rows)))
    stand = [a.by.name for a in needed if a.by]
    if stand:
        names = Text(en=join(stand, "en"), zh=join(stand, "zh"))
        blocks.append(Hint(TELL.stands.fill(names=names), "good"))
    if prepared.is_free:
        label = TELL.ask if outgoing is None else TELL.ask_again
        button = Button(label, Action("approval_ask", prepared.release.digest), "primary")
        blocks.append(Buttons((button,)))
    return blocks


def _would(approval: Approval) -> Fact:
    who = TELL.would_ask.fill(name=approval.line[0].name) if approval.line else TELL.no_one_has
    why = reasons(approval)
    said = Text(en=f"{who.en}: {why.en}", zh=f"{who.zh}：{why.zh}")
    return Fact(TELL.must_agree.fill(role=approval.name), said)


def reasons(approval: Approval) -> Text:
    """Every reason of an approval in one phrase."""
    return Text(
        en="; ".join(b.en for b in approval.because), zh="；".join(b.zh for b in approval.because)
    )


def _asked(case: Case, outgoing: Outgoing) -> list[Block]:
    """Who has been asked and what they said; who stands for a role that nobody has."""
    if not outgoing.approvals:
        return [Hint(TELL.nobody_must, "good")]
    blocks: list[Block] = [Facts(tuple(_fact(case, a) for a in outgoing.approvals))]
    empty = [n for n, a in enumerate(outgoing.approvals) if a.state == "nobody"]
    for place in empty[:1]:  # one box a card
        action = Action("approver_name", f"{outgoing.number}/{place}")
        label = TELL.name_for.fill(role=outgoing.approvals[place].name)
        blocks.append(Editor(case.id, action, label, "", TELL.save_name))
    if outgoing.state == "ready":
        return [*blocks, Hint(TELL.all_agreed, "good")]  # nothing is asked any more
    back = Button(TELL.withdraw, Action("approval_back", str(outgoing.number)))
    return [*blocks, Buttons((back,))]


def _fact(case: Case, approval: Approval) -> Fact:
    return Fact(TELL.must_agree.fill(role=approval.name), _state(case, approval))


def _state(case: Case, approval: Approval) -> Text:
    name = approval.by.name if approval.by else approval.asked.name if approval.asked else ""
    match approval.state:
        case "nobody" | "void":
            return TELL.no_one_has
        case "asked":
            return TELL.asked_of.fill(name=name, moment=when(approval.asked_at, case.zone))
        case "approved":
            return TELL.agreed_by.fill(name=name, moment=when(approval.at, case.zone))
        case "change":
            return TELL.change_by.fill(name=name, moment=when(approval.at, case.zone))


def _ready(case: Case, prepared: Prepared) -> list[Block]:
    """Send, schedule, or what one needs to send it oneself."""
    digest = prepared.release.digest
    if prepared.release.way == "self":
        told = Editor(case.id, Action("told", digest), TELL.i_told, "", TELL.i_told_save)
        hint = TELL.call_hint if prepared.release.is_call else TELL.self_hint
        return [Hint(hint), *_files(case, prepared.release), told]
    around = case.surroundings or Surroundings()
    zone = around.zone or case.zone
    slot = times.good_slot(case.touched_at, zone, around.calendar)
    label = TELL.schedule_there if _is_elsewhere(case) else TELL.schedule
    later = Button(label.fill(moment=when(slot, zone)), Action("send_later", digest))
    return [
        *_times(case, slot),
        *_too_late(case, slot, prepared.release),
        Hint(TELL.send_how),
        Buttons((Button(TELL.send, Action("send", digest), "primary"), later)),
    ]


def _too_late(case: Case, at: datetime, release: Release) -> list[Block]:
    """That a moment lies after the one by which the customer should know; none for an update."""
    found = verdict_of(case, today=release.day) if case.told_at is None else None
    by = tell_by(case, found) if found is not None else None
    if by is None or at <= by:
        return []
    moments = {"at": when(at, case.zone), "by": when(by, case.zone)}
    return [Hint(_AFTER_THEIR_DAY.fill(**moments), "look")]


def _files(case: Case, release: Release) -> list[Block]:
    """The files to take away; of a call sheet, which they never read, only the invitation."""
    if case.surroundings is None or not case.surroundings.takes_files:
        return [Hint(TELL.no_files)]
    kinds = {"eml": TELL.file_eml, "docx": TELL.file_docx, "ics": TELL.file_ics}
    if release.is_call:
        kinds = {"ics": TELL.file_ics}
    buttons = tuple(
        Button(text, Action("file", f"{kind}/{release.digest}")) for kind, text in kinds.items()
    )
    return [Buttons(buttons)]


def _is_elsewhere(case: Case) -> bool:
    """Whether the customer's clock is known and another than the owner's."""
    zone = case.surroundings.zone if case.surroundings else ""
    return bool(zone) and zone != case.zone


def _times(case: Case, at: datetime) -> list[Block]:
    """Their clock beside the owner's, and the next good time on both."""
    if not _is_elsewhere(case) or case.surroundings is None:
        return []
    zone = case.surroundings.zone
    both = TELL.both_times.fill(here=when(at, case.zone), there=when(at, zone))
    rows = [Fact(TELL.their_clock, gap) for gap in [_gap(case, at, zone)] if gap is not None]
    return [Facts((*rows, Fact(TELL.next_good, both)))]


def _gap(case: Case, at: datetime, zone: str) -> Text | None:
    """How far their clock is from the owner's; None where both show the same."""
    here, there = (at.astimezone(ZoneInfo(z or "UTC")).utcoffset() for z in (case.zone, zone))
    minutes = int(((there or ZERO) - (here or ZERO)).total_seconds()) // 60
    if not minutes:
        return None
    hours, rest = divmod(abs(minutes), 60)
    text = Text(
        en=f"{hours} h {rest} min" if rest else f"{hours} h",
        zh=f"{hours}小时{rest}分" if rest else f"{hours}小时",
    )
    said = TELL.ahead if minutes > 0 else TELL.behind
    return said.fill(hours=text, zone=zone)


def _under_way(case: Case, outgoing: Outgoing) -> Card:
    """Waiting to leave, leaving, or in trouble on the way."""
    title = _title(case, outgoing.release)
    blocks: list[Block] = [Heading(title), *_preview(case, outgoing.release, copy=True)]
    blocks += _agreed(case, outgoing)
    blocks += [*_trouble(case, outgoing), *loose_blocks(case)]
    stop = Button(SAY.stop, on("stop", case))
    draft = (Button(TELL.to_draft, draft_action()),) if outgoing.state == "failed" else ()
    return Card(title, (*blocks, Buttons((*draft, stop))))


def _trouble(case: Case, outgoing: Outgoing) -> Iterator[Block]:
    number = str(outgoing.number)
    again = Button(TELL.again, Action("send_again", number))
    match outgoing.state:
        case "waiting":
            yield Hint(_leaves(case, outgoing), "look")
            yield Buttons((Button(TELL.undo, Action("send_undo", number), "primary"),))
        case "leaving":
            yield Hint(TELL.leaving)
        case "unknown":
            yield Hint(TELL.unknown, "problem")
            yield Buttons((Button(TELL.arrived, Action("arrived", number), "primary"), again))
        case "failed":
            why = WHY.get(outgoing.why, WHY_ELSE)
            yield Hint(TELL.failed.fill(why=why), "problem")
            yield Buttons((again,))
        case _:
            return


def _leaves(case: Case, outgoing: Outgoing) -> Text:
    """When it leaves, on the owner's clock and on theirs where that is another."""
    here = when(outgoing.due, case.zone)
    if not _is_elsewhere(case) or case.surroundings is None:
        return TELL.leaves_at.fill(moment=here)
    return TELL.leaves_at_both.fill(here=here, there=when(outgoing.due, case.surroundings.zone))


def _agreed(case: Case, outgoing: Outgoing) -> list[Block]:
    if not outgoing.approvals:
        return []
    return [Facts(tuple(_fact(case, a) for a in outgoing.approvals))]


def _told(case: Case, outgoing: Outgoing) -> Card:
    title = TELL.title_done.fill(customer=customer_of(case))
    blocks: list[Block] = [Heading(title), *told_blocks(case, outgoing)]
    blocks += _preview(case, outgoing.release, copy=True)
    blocks += _agreed(case, outgoing)
    return Card(title, (*blocks, Buttons(_ways_out(case))))


def _is_agreed(playbook: Playbook, case: Case, prepared: Prepared) -> bool:
    """Whether the text may be taken away as it is: everybody who must agree has."""
    if not prepared.is_free:
        return False
    outgoing = case.outgoing
    if outgoing is not None and outgoing.state == "ready":
        return True
    return not rules.approvals(playbook, case, prepared.release, today=prepared.release.day)


def _ways_out(case: Case) -> tuple[Button, ...]:
    return (
        Button(TELL.to_draft, draft_action()),
        Button(SAY.review, on("review", case)),
        Button(SAY.stop, on("stop", case)),
    )
