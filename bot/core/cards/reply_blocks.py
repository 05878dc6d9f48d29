"""A line typed below the draft, and what it can become."""

from bot.core.cards.blocks import Action, Block, Button, Buttons, Hint, Quote
from bot.core.cards.shown import shortened
from bot.core.case import Case, Variant
from bot.core.message import draft
from bot.core.words import Text, same

_WROTE = Text(
    en="You wrote this while the draft was open. It is kept, and the draft has not changed. If it "
    "answers a question, open that step; it will be offered there.",
    zh="这段话是您看草稿时写的，已经留着，草稿还没动。如果是某一步的回答，打开那一步就能放进去。",
)
_ADD = Text(en="Add it to the text", zh="加进正文")
_WHOLE = Text(en="Make it the whole text", zh="用它作全文")
_LEAVE = Text(en="Leave it out", zh="不用了")


def reply_blocks(case: Case, variant: Variant) -> list[Block]:
    """What was typed while the draft was open; nothing changes until one of these is pressed."""
    if not case.loose:
        return []
    key = draft.key(variant)
    return [
        Hint(_WROTE, "look"),
        Quote(same(shortened(case.loose))),
        Buttons(
            (
                Button(_ADD, Action("reply", f"{key}/add/{case.live}")),
                Button(_WHOLE, Action("reply", f"{key}/whole/{case.live}")),
                Button(_LEAVE, Action("put", f"/{case.live}/{case.revision}")),
            )
        ),
    ]
