"""What stands on the card once the customer has been told: when, what is promised, how it went."""

from bot.core.actions import draft_action
from bot.core.approving.release import REACTIONS, Delivery, Outgoing
from bot.core.approving.showing import when
from bot.core.approving.wording import REACTIONS as WORDS
from bot.core.approving.wording import TELL, WAYS
from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Editor,
    Fact,
    Facts,
    Hint,
    Quote,
)
from bot.core.cards.meeting_card import opener
from bot.core.cards.promise_facts import promise_fact, shown_day
from bot.core.cards.room_card import room_blocks
from bot.core.cards.shown import shortened
from bot.core.case import Case
from bot.core.message.overdue import asked_by
from bot.core.words import Text, same

_DELIVERED = Text(en="What they were promised. It is delivered.", zh="当时答应的事，已经交付。")


def told_blocks(case: Case, outgoing: Outgoing) -> list[Block]:
    """The delivery, its promises, and the question how it went."""
    delivery = next((d for d in case.deliveries if d.number == outgoing.number), None)
    if delivery is None:
        return []
    blocks: list[Block] = [*_typed(case, delivery), Hint(_said(case, delivery), "good")]
    rows = [promise_fact(p) for p in case.given]
    said = TELL.promised if case.recovered_at is None else _DELIVERED
    blocks += [Hint(said), Facts(tuple(rows))] if rows else []
    if case.answer_by is not None:
        day, ask = shown_day(case.answer_by), asked_by(case, case.answer_by) or "…"
        asked = TELL.asked_by.fill(day=day, ask=ask)
        blocks.append(Facts((Fact(TELL.asked_of_them, asked),)))
    rooms = room_blocks(case) if case.recovered_at is None else []
    return [*blocks, *_how_it_went(case, delivery), *rooms]


def _typed(case: Case, delivery: Delivery) -> list[Block]:
    """What was typed below this card, which may be what the customer said."""
    if not case.loose:
        return []
    keep = Action("typed_quote", f"{delivery.number}/{case.live}")
    drop = Action("put", f"/{case.live}/{case.revision}")
    buttons = (Button(TELL.typed_quote, keep, "primary"), Button(TELL.typed_drop, drop))
    return [Hint(TELL.typed, "look"), Quote(same(shortened(case.loose))), Buttons(buttons)]


def _said(case: Case, delivery: Delivery) -> Text:
    moment = when(delivery.at, case.zone)
    if delivery.how == "told":
        how = same(delivery.told_by) if delivery.told_by else WAYS["self"]
        return TELL.told.fill(moment=moment, how=how)
    return TELL.delivered.fill(moment=moment)


def _capital(text: Text) -> Text:
    """Words of a sentence as they stand on a button."""
    return Text(en=text.en[:1].upper() + text.en[1:], zh=text.zh)


def _how_it_went(case: Case, delivery: Delivery) -> list[Block]:
    number = delivery.number
    found = next((o for o in case.outcomes if o.number == number), None)
    has_words_alone = found is not None and found.reaction == "no_answer" and found.is_heard
    chosen = found.reaction if found is not None and not has_words_alone else None
    buttons = tuple(
        Button(
            _capital(WORDS[reaction]),
            Action("went", f"{number}/{reaction}"),
            "primary" if reaction == chosen else "plain",
        )
        for reaction in REACTIONS
    )
    blocks: list[Block] = [Hint(TELL.how_went)]
    if found is not None:
        noted = TELL.heard if has_words_alone else TELL.went.fill(reaction=WORDS[found.reaction])
        blocks.append(Hint(noted, "good"))
    if found is not None and found.quote:
        blocks.append(Quote(same(found.quote)))
    quote, keep = found.quote if found is not None else "", Action("quote", str(number))
    blocks.append(Editor(case.id, keep, TELL.quote, quote, TELL.save_quote, beside=buttons))
    is_call = delivery.release.is_call
    confirm = Button(TELL.confirm_call, draft_action(channel="email"), "primary")
    correct = Button(TELL.correct, Action("correct", str(number)))
    wants_call = found is not None and found.reaction == "wants_call"
    call = (opener(case, "call"),) if wants_call else ()
    return [*blocks, Buttons((*call, *((confirm,) if is_call else ()), correct))]
