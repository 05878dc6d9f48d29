"""Files with dates that somebody sends: fetched from their message.

Source: reference/im-v1/message-resource/get on open.feishu.cn. Whoever may read messages may fetch
what they hold, so no scope of its own is needed.
"""

from bot.core.words import Text
from bot.engine.tables import LARGEST, Brought, UnreadableTable, too_large
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import MENDED, ApiError, Cut

_NOT_THERE = Text(
    en="{name} could not be fetched; it may have been recalled. Send it again",
    zh="没能取到{name}，可能已被撤回，请重新发送",
)


async def fetch(api: Api, handle: str) -> Brought:
    """The file of a message, "message/key/name". Raises UnreadableTable with the sentence to show."""
    message, key, name = [*handle.split("/", 2), "", ""][:3]
    path = f"/open-apis/im/v1/messages/{message}/resources/{key}"
    try:
        data = await api.download(path, {"type": "file"}, most=LARGEST)
    except ApiError as error:
        raise UnreadableTable(MENDED.get(error.code) or _NOT_THERE.fill(name=name)) from error
    except Cut as error:
        raise UnreadableTable(_NOT_THERE.fill(name=name)) from error
    if len(data) > LARGEST:
        raise too_large(name)
    return Brought(name, data)
