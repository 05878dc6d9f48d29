"""What Lark gets for a card, and how much of its limits that uses. Pure; nothing is sent."""

from json import loads

from bot.core.cards.blocks import Card
from bot.core.words import Language, Text
from bot.platforms.lark.render import LARGEST, MOST, count, plain, render, size
from bot.web.platforms import Drawing, Used

_BYTES = Text(en="bytes", zh="字节数")
_COMPONENTS = Text(en="components", zh="组件数")


def look(card: Card, language: Language, key: str) -> Drawing:
    """The message as the platform takes it; `key` is the row of the outbox.

    Its `content` travels as text; here it is opened, so that one can read it.
    """
    if card.plain:
        sent = plain(card, language)
        kind, content = sent["msg_type"], loads(sent["content"])
    else:
        kind, content = "interactive", render(card, language, key).content
    payload = {"msg_type": kind, "content": content}
    return Drawing(
        payload,
        (Used(_BYTES, size(content), LARGEST), Used(_COMPONENTS, count(content), MOST)),
    )
