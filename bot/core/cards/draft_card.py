"""The card of the draft: the message in full, what the ledger says of it, and its other versions."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from bot.core.actions import CHANNELS, READERS, draft_action, on, practise, settles
from bot.core.approving.wording import TELL
from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Card,
    Editor,
    Heading,
    Hint,
    Quote,
)
from bot.core.cards.meeting_card import opener
from bot.core.cards.note_blocks import blocking, note_blocks
from bot.core.cards.reply_blocks import reply_blocks
from bot.core.cards.scorecard import scorecard
from bot.core.cards.shown import project_name, shortened
from bot.core.cards.standing_blocks import repeat_blocks, tell_blocks
from bot.core.cards.tone_blocks import changed_blocks, tone_buttons
from bot.core.case import Asking, Case, Variant, text_of
from bot.core.dialogue import path
from bot.core.dialogue.notes import standing_notes
from bot.core.following.wording import FOLLOW
from bot.core.message import claims, draft
from bot.core.message.by_hand import ByHand, by_hand
from bot.core.message.facts import facts
from bot.core.message.mixed import foreign
from bot.core.message.tongues import count_words
from bot.core.phrases import SAY
from bot.core.playbook import Field, Playbook, Reader
from bot.core.words import FieldId, Language, Text, same

_FLAGS_SHOWN = 3
_READERS: dict[Reader, Text] = {
    "executive": SAY.executive,
    "day_to_day": SAY.day_to_day,
    "technical": SAY.technical,
}
_LANGUAGES: dict[Language, Text] = {"en": SAY.english, "zh": SAY.chinese}


def draft_card(playbook: Playbook, case: Case, variant: Variant, *, today: date) -> Card:
    """The draft of one variant on the screen; nothing in it is sent by showing it."""
    on_screen = draft.text_on_screen(playbook, case, variant, today)
    title = _title(playbook, case, variant)
    blocks: list[Block] = [Heading(title)]
    if not variant.update:
        blocks += [*tell_blocks(case, today=today), *repeat_blocks(case)]
    if not any(line.part == "news" for line in on_screen.draft.sentences):
        blocks.append(Hint(SAY.draft_empty, "look"))
    if on_screen.edited:
        said = SAY.edited_stale if on_screen.outdated else SAY.edited
        blocks.append(Hint(said, "look" if on_screen.outdated else "plain"))
    known = facts(playbook, case, today=today)
    ledger = claims.check(on_screen.text, known, draft=on_screen.draft)
    marks = tuple(e.claim.span for e in ledger.flagged)
    if on_screen.text:
        inside = sum(e.verdict == "internal" for e in ledger.flagged)
        held = blocking(case, draft.key(variant)) + inside
        if held:
            blocks.append(Hint(SAY.held_back.fill(count=held), "problem"))
        blocks.append(Quote(same(on_screen.text), variant.language, marks, copy=not held))
        dropped = claims.missing(on_screen.text, known, on_screen.draft)
        changed = by_hand(on_screen.text, on_screen.draft)
        blocks += _traced(playbook, ledger, dropped, changed)
        flags = [_flag(playbook, e).text for e in ledger.flagged]
        lost = [_lost(playbook, f).text for f in dropped]
        mixed = bool(foreign(playbook, case, variant))
        blocks += _coached(case, draft.key(variant), flags, lost, mixed=mixed)
    blocks += _two_wordings(case, variant)
    blocks += reply_blocks(case, variant)
    blocks += _remarks(playbook, case, variant, on_screen)
    blocks.append(
        Editor(
            case.id,
            settles("draft_edit", draft.key(variant), case),
            SAY.edit_draft,
            on_screen.text,
            SAY.save_edit,
        )
    )
    if on_screen.edited and case.asking == Asking("undo", note=draft.key(variant)):
        blocks.append(Hint(SAY.undo_ask, "look"))
    blocks.append(Buttons(_buttons(case, draft.key(variant), edited=on_screen.edited)))
    blocks += changed_blocks(playbook, case, on_screen, today=today)
    blocks += [Hint(SAY.variants), *_versions(playbook, variant)]
    said = _not_sent(variant)
    return Card(Text(en=f"{title.en}. {said.en}", zh=f"{title.zh}。{said.zh}"), tuple(blocks))


def _not_sent(variant: Variant) -> Text:
    """That nobody has heard of it yet; a sheet for a call is never sent."""
    return SAY.draft_not_called if variant.channel == "call" else SAY.draft_not_sent


def _two_wordings(case: Case, variant: Variant) -> list[Block]:
    """A wording that another window saved meanwhile, to be chosen or left."""
    key = draft.key(variant)
    other = case.other_edits.get(key)
    if other is None:
        return []
    use = Button(SAY.use_this, settles("edit_other", f"{key}/take", case))
    keep = Button(SAY.keep_present, settles("edit_other", f"{key}/keep", case))
    return [
        Hint(SAY.two_wordings, "look"),
        Quote(same(other.text), variant.language),
        Buttons((use, keep)),
    ]


def _coached(
    case: Case, about: str, flags: Sequence[Text], lost: Sequence[Text], *, mixed: bool
) -> list[Block]:
    """The coach's notes on the draft, and the scorecard when it is asked for."""
    coached = case.coached.get(about)
    if coached is None:
        return []
    blocks = note_blocks(case, about, edit=None)
    if not (standing_notes(case, about) or flags or lost or mixed):
        blocks.append(Hint(SAY.grade_ready, "good"))
    if case.all_notes == about:
        return [*blocks, *scorecard(case, about, flags, lost)]
    return [*blocks, Buttons((Button(SAY.scorecard, Action("notes", about)),))]


def _title(playbook: Playbook, case: Case, variant: Variant) -> Text:
    labels = {x.channel: x.label for x in playbook.draft.layouts}
    name = text_of(case, "customer")
    said = FOLLOW.update_title if variant.update else SAY.draft_title
    return said.fill(
        customer=same(name) if name else project_name(case),
        channel=labels.get(variant.channel, same(variant.channel)),
        reader=_READERS[variant.reader],
    )


def _traced(
    playbook: Playbook, ledger: claims.Ledger, dropped: tuple[FieldId, ...], changed: ByHand
) -> list[Block]:
    """What the ledger found, the first few with their exact words; or that all is traced."""
    first = sorted(ledger.flagged, key=lambda e: e.verdict != "internal")  # what holds the message
    remarks = [_flag(playbook, e) for e in first]
    remarks += [_lost(playbook, f) for f in dropped]
    places = [e.claim.span[0] for e in first[:_FLAGS_SHOWN]]
    remarks += _by_hand(playbook, changed, places, frozenset(dropped))
    more = len(remarks) - _FLAGS_SHOWN
    if more > 0:
        return [*remarks[:_FLAGS_SHOWN], Hint(SAY.more_claims.fill(count=more), "look")]
    return [*remarks] if remarks else [Hint(SAY.traced, "good")]


def _by_hand(
    playbook: Playbook, changed: ByHand, places: Sequence[int], dropped: frozenset[FieldId]
) -> list[Hint]:
    """What was changed, left out and put in by hand, where no flag says it already."""

    def flagged(span: tuple[int, int]) -> bool:
        return any(span[0] <= start < span[1] for start in places)

    def said(text: Text, words: str, answers: Sequence[FieldId]) -> Hint:
        label = _labels([playbook.fields[f] for f in answers[:_FLAGS_SHOWN]])
        return Hint(text.fill(words=shortened(words), label=label), "look")

    otherwise = [x for x in changed.reworded if not flagged(x.span)]
    no_more = [x for x in changed.left_out if not dropped & {*x.answers}]
    more = [shortened(x.text) for x in changed.own if not flagged(x.span)]
    return [
        *(said(SAY.reworded_claim, x.text, x.answers) for x in otherwise),
        *(said(SAY.left_out, x.text, x.answers) for x in no_more),
        *(Hint(SAY.own_words.fill(words=words), "look") for words in more),
    ]


def _lost(playbook: Playbook, name: FieldId) -> Hint:
    return Hint(SAY.missing_claim.fill(label=playbook.fields[name].label), "look")


def _flag(playbook: Playbook, entry: claims.Entry) -> Hint:
    words = entry.claim.text
    match entry.verdict:
        case "internal":
            return Hint(SAY.internal_claim.fill(words=words), "problem")
        case "changed" if entry.answers:
            label = playbook.fields[entry.answers[0]].label
            return Hint(SAY.changed_claim.fill(words=words, label=label), "problem")
        case _:
            return Hint(SAY.foreign_claim.fill(words=words), "problem")


def foreign_blocks(playbook: Playbook, case: Case, variant: Variant) -> list[Block]:
    """Which answers are in the other language than the message, each open to be written anew."""
    mixed = foreign(playbook, case, variant)
    if not mixed:
        return []
    labels = _labels([playbook.fields[f] for f in mixed])
    said = SAY.foreign_words.fill(language=_LANGUAGES[variant.language], labels=labels)
    steps = dict.fromkeys(playbook.step_of[f] for f in mixed)
    edit = Buttons(tuple(Button(s.title, Action("edit", s.id)) for s in steps))
    return [Hint(said, "look"), edit]


def _remarks(
    playbook: Playbook, case: Case, variant: Variant, on_screen: draft.OnScreen
) -> list[Block]:
    """What is open, mixed or long; that nothing has been sent."""
    remarks = foreign_blocks(playbook, case, variant)
    waiting = [f for s in playbook.steps for f in path.open_fields(case, s)]
    if waiting and not variant.update:
        remarks.append(Hint(SAY.still_open.fill(labels=_labels(waiting)), "look"))
    if not on_screen.edited and draft.is_nameless(playbook, case, on_screen.draft):
        step = playbook.step_of[draft.SENDER]
        remarks += [Hint(_NAMELESS, "look"), Buttons((Button(_NAME, Action("edit", step.id)),))]
    short = () if on_screen.edited else on_screen.draft.gave_way
    if short:
        labels = _labels([playbook.fields[f] for f in short])
        cut = _GAVE_WAY.fill(labels=labels, budget=on_screen.draft.budget)
        remarks.append(Hint(cut, "look"))
    left = draft.left_out(playbook, case, on_screen.draft)
    out = [f for f in left if f not in short]
    if out:
        remarks.append(Hint(_not_told([playbook.fields[f] for f in out], playbook)))
    count, budget = on_screen.draft.words, on_screen.draft.budget
    if on_screen.edited:
        count = count_words(on_screen.text, variant.language)
    said = SAY.draft_over if count > budget else SAY.draft_budget
    remarks.append(Hint(said.fill(count=count, budget=budget)))
    remarks.append(Hint(_not_sent(variant)))
    return remarks


def _not_told(fields: Sequence[Field], playbook: Playbook) -> Text:
    """What this version leaves out: a few by name, what weighs most first, the rest by number."""
    weight = {step: n for n, step in enumerate(_WEIGHS_MOST)}

    def rank(field: Field) -> int:
        return weight.get(playbook.step_of[field.id].id, len(weight))

    first = sorted(fields, key=rank)[:_NAMED]
    said = _NOT_TOLD if len(fields) <= _NAMED else _NOT_TOLD_MORE
    return said.fill(labels=_labels(first), more=len(fields) - _NAMED, all=len(fields))


def _buttons(case: Case, name: str, *, edited: bool) -> tuple[Button, ...]:
    undo: tuple[Button, ...] = (
        (Button(SAY.undo_edit, Action("draft_undo", name)),) if edited else ()
    )
    if edited and case.asking == Asking("undo", note=name):
        yes = Button(SAY.undo_yes, settles("draft_undo_yes", name, case), "danger")
        undo = (Button(SAY.keep, Action("dismiss"), "primary"), yes)
    is_call = case.variant is not None and case.variant.channel == "call"
    ready: Literal["plain", "primary"] = "plain" if undo else "primary"
    return (
        *undo,
        Button(TELL.go_call if is_call else TELL.go, Action("make_ready"), ready),
        *(() if case.variant and case.variant.update else (Button(SAY.practise, practise(case)),)),
        *((opener(case, "call"),) if is_call else ()),
        Button(SAY.review, on("review", case)),
        Button(SAY.stop, on("stop", case)),
    )


def _versions(playbook: Playbook, variant: Variant) -> list[Block]:
    labels = {x.channel: x.label for x in playbook.draft.layouts}
    channels = tuple(
        Button(labels[c], draft_action(channel=c), _style(here=c == variant.channel))
        for c in CHANNELS
        if c in labels
    )
    readers = tuple(
        Button(_READERS[r], draft_action(reader=r), _style(here=r == variant.reader))
        for r in READERS
    )
    languages = tuple(
        Button(text, draft_action(language=code), _style(here=code == variant.language))
        for code, text in _LANGUAGES.items()
    )
    tones = tone_buttons(playbook, variant)
    return [Buttons(channels), Buttons(readers), Buttons(languages), *tones]


def _style(*, here: bool) -> Literal["plain", "primary"]:
    return "primary" if here else "plain"


def _labels(fields: Sequence[Field]) -> Text:
    return Text(en=", ".join(f.label.en for f in fields), zh="、".join(f.label.zh for f in fields))


_NAMELESS = Text(en="No name stands under it yet. Who signs?", zh="落款还没有名字，写谁的？")
_NAME = Text(en="Add the name", zh="补上署名")
_GAVE_WAY = Text(
    en="Left out to stay within {budget} words: {labels}. Put it in by hand, or choose E-mail below.",
    zh="为了不超过{budget}字，没有写：{labels}。可以自己补上，或在下面改用邮件。",
)
_NAMED = 3  # left-out answers that are named; a longer list nobody reads
_WEIGHS_MOST = ("impact", "contingency", "remedy", "plan", "cause", "status")
_NOT_TOLD = Text(en="Not in this version: {labels}.", zh="这一版没有写到：{labels}。")
_NOT_TOLD_MORE = Text(
    en="Not in this version: {labels}, and {more} more.", zh="这一版没有写到：{labels}等{all}项。"
)
