"""What Slack gets for a card, and how much of its limits that uses. Pure; nothing is sent."""

from bot.core.cards.blocks import Card
from bot.core.words import Language, Text
from bot.platforms.slack import limits
from bot.platforms.slack.render import Sheet, message
from bot.platforms.slack.texts import size
from bot.web.platforms import Drawing, Used

_BLOCKS = Text(en="blocks", zh="区块数")
_CHARACTERS = Text(en="characters in all blocks", zh="区块总字数")
_TEXT = Text(en="characters of the top-level text", zh="消息摘要字数")


def look(card: Card, language: Language, key: str) -> Drawing:
    """The message as `chat.postMessage` takes it; `key` is the row of the outbox."""
    payload = message(card, Sheet(language, key))
    blocks = payload["blocks"]
    characters = sum(limits.characters(block) for block in blocks)
    used = (
        Used(_BLOCKS, len(blocks), limits.MOST_BLOCKS["message"]),
        Used(_CHARACTERS, characters, limits.TOGETHER),
        Used(_TEXT, size(payload["text"]), limits.TEXT),
    )
    return Drawing(payload, used)
