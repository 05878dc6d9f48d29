"""Call first or write first, with the reason, and the way to the call sheet."""

from datetime import date

from bot.core.actions import draft_action
from bot.core.approving.wording import TELL
from bot.core.cards.blocks import Block, Button, Buttons, Hint
from bot.core.cards.meeting_card import opener
from bot.core.case import Case, Variant
from bot.core.foresight import told
from bot.core.foresight.weighing import verdict_of
from bot.core.words import Text

_SHEET = Text(en="Open the call sheet", zh="打开通话提纲")


def order_blocks(case: Case, variant: Variant, *, today: date) -> list[Block]:
    """Which comes first by weight and by how often the date moved; nothing where it is not known."""
    verdict = verdict_of(case, today=today)
    if verdict is None or case.told_at is not None:
        return []
    why = Text(
        en="; ".join(r.en for r in verdict.reasons), zh="；".join(r.zh for r in verdict.reasons)
    )
    repeat = told.repeat_of(case)
    call = verdict.severity != "low" or (repeat is not None and repeat.call_first)
    if not call:
        return [Hint(TELL.write_first.fill(why=why))]
    if variant.channel == "call":
        return []
    sheet = Button(_SHEET, draft_action(channel="call"))
    return [Hint(TELL.call_first.fill(why=why), "look"), Buttons((sheet, opener(case, "call")))]
