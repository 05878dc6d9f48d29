"""The cards of a practised call: who picks up, what they say, and what was heard afterwards."""

from collections.abc import Sequence

from bot.core.actions import draft_action, on, practise
from bot.core.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.cards.shown import shortened
from bot.core.cards.standing_blocks import loose_blocks
from bot.core.case import Case
from bot.core.phrases import SAY
from bot.core.rehearsal.call import Rehearsal
from bot.core.rehearsal.debrief import Debrief, Remark
from bot.core.rehearsal.practice import Practice
from bot.core.words import Text, same

_REPLIES_SHOWN = 4  # in the debrief; the worst come first


def practice_card(case: Case, practice: Practice, *, past: bool) -> Card:
    """The card of a practice where it stands; `past` leaves the words without the buttons."""
    call, heard = practice.rehearsal, practice.debrief
    if call is None:
        card = _choice(case, practice)
    elif heard is None:
        card = _line(case, practice, call, past=past)
    else:
        card = _afterwards(case, practice, call, heard)
    if not past:
        return card
    return Card(card.text, tuple(b for b in card.blocks if not isinstance(b, Buttons)))


def _choice(case: Case, practice: Practice) -> Card:
    rows = [
        Fact(_NUMBERED.fill(number=number, title=caller.title), caller.about)
        for number, caller in enumerate(practice.callers, 1)
    ]
    callers = [Button(c.title, practise(case, c.id)) for c in practice.callers]
    blocks: list[Block] = [Heading(SAY.practise), Paragraph(_CHOOSE if rows else _NOBODY)]
    if rows:
        blocks += [Facts(tuple(rows)), Hint(_UNREAD)]
    blocks += loose_blocks(case)
    blocks.append(Buttons((*callers, Button(_TO_DRAFT, draft_action()))))
    return Card(SAY.practise, tuple(blocks))


def _line(case: Case, practice: Practice, call: Rehearsal, *, past: bool) -> Card:
    head = _HEAD.fill(title=_title(practice))
    buttons = (
        Button(_HANG_UP, on("practise_end", case)),
        Button(_TO_DRAFT, draft_action()),
    )
    blocks: tuple[Block, ...] = (Heading(head), Quote(same(call.line), call.language))
    if not past:
        blocks = (*blocks, Hint(_HOW), Buttons(buttons))
    return Card(_SAID.fill(head=head, line=call.line), blocks)


def _afterwards(case: Case, practice: Practice, call: Rehearsal, heard: Debrief) -> Card:
    head = _LOOK_BACK.fill(title=_title(practice))
    blocks: list[Block] = [Heading(head)]
    if call.turns and not call.turns[-1].ask:  # a call that was broken off has no closing line
        blocks.append(Quote(same(call.line), call.language))
    blocks.append(Paragraph(heard.text))
    blocks += [Hint(good, "good") for good in heard.strengths[:1]]
    blocks += _remarks(heard.remarks)
    blocks.append(Hint(_UNREAD))
    buttons = (
        Button(_AGAIN, practise(case, practice.persona), "primary"),
        Button(_ANOTHER, practise(case)),
        Button(_TO_DRAFT, draft_action()),
    )
    return Card(_SAID.fill(head=head, line=heard.text), (*blocks, Buttons(buttons)))


def _remarks(remarks: Sequence[Remark]) -> list[Block]:
    """Each reply with all that is to be said of it, once."""
    of: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        of.setdefault((remark.question, remark.reply), []).append(remark)
    blocks: list[Block] = []
    for (question, reply), told in list(of.items())[:_REPLIES_SHOWN]:
        asked = Fact(_ASKED, same(question))
        blocks.append(Facts((asked, Fact(_REPLIED, same(shortened(reply))))))
        blocks += [Hint(remark.text, "look") for remark in told]
    more = len(of) - _REPLIES_SHOWN
    if more == 1:
        blocks.append(Hint(_ONE_MORE))
    elif more > 1:
        blocks.append(Hint(_MORE.fill(count=more)))
    return blocks


def _title(practice: Practice) -> Text:
    return practice.caller.title if practice.caller else _CUSTOMER


_CHOOSE = Text(
    en="Who picks up the phone? They ask what such a customer would ask about this delay, and you "
    "type what you would say. Afterwards you see how it came across.",
    zh="谁来接电话？对方会就这次延期提问，您把会说的话打出来。练完以后，看看对方听到的是什么。",
)
_UNREAD = Text(
    en="This is practice: no customer reads it, and nothing of it goes into your answers or the "
    "message.",
    zh="这是练习：客户看不到，也不会写进您的回答或给客户的消息。",
)
_NOBODY = Text(
    en="No customer to practise with is set up here.", zh="这里还没有设置可以陪练的客户。"
)
_NUMBERED = Text(en="{number}. {title}", zh="{number}. {title}")
_HEAD = Text(en="Practice · {title}", zh="练习 · {title}")
_LOOK_BACK = Text(en="After the practice · {title}", zh="练习回顾 · {title}")
_SAID = Text(en="{head}: {line}", zh="{head}：{line}")
_HOW = Text(
    en="This is practice, no customer reads it. Type what you would say; “stop” ends the call.",
    zh="这是练习，客户看不到。直接打字，像在电话里那样说；输入“结束”就挂断。",
)
_HANG_UP = Text(en="End the call", zh="挂断")
_AGAIN = Text(en="Practise again", zh="再练一次")
_ANOTHER = Text(en="Another customer", zh="换一位客户")
_TO_DRAFT = Text(en="Back to the draft", zh="回到草稿")
_ASKED = Text(en="They asked", zh="对方问")
_REPLIED = Text(en="You said", zh="您说")
_ONE_MORE = Text(
    en="One more reply could be better; these matter most.",
    zh="还有一处回答可以更好，先看上面最要紧的。",
)
_MORE = Text(
    en="{count} more replies could be better; these matter most.",
    zh="还有{count}处回答可以更好，先看上面最要紧的。",
)
_CUSTOMER = Text(en="A customer", zh="客户")
