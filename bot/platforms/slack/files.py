"""Files that a person takes away, and those with dates that they send.

Taken away: handed to Slack in three calls, shown in their own conversation. Sent: asked for by its
id, and fetched from the address that Slack names. Source: files.getUploadURLExternal,
files.completeUploadExternal and files.info of docs.slack.dev, and its file object. To lose one costs
a click, so nothing is tried twice.
"""

from bot.core.words import Text
from bot.engine.errors import CandorError
from bot.engine.papers import File
from bot.engine.tables import LARGEST, Brought, UnreadableTable, too_large
from bot.platforms.slack.calls import Calls

SCOPE = "files:write"  # asked for only where the operator wants files here
READS = "files:read"  # the same, for dates that somebody sends
_NOT_BROUGHT = Text(
    en="I could not bring the file here. {why} The text above can be copied meanwhile.",
    zh="文件没能传过来。{why}可以先复制上面的文字。",
)
_NOT_THERE = Text(
    en="{name} is not kept by Slack, or not any more; send it again as a file",
    zh="Slack没有存{name}，或者已经删除，请作为文件重新发送",
)


async def bring(calls: Calls, channel: str, file: File) -> Text | None:
    """Bring the file into a conversation; the sentence to show where that failed."""
    try:
        size = len(file.content)
        place = await calls.call("files.getUploadURLExternal", filename=file.name, length=size)
        await calls.upload(str(place["upload_url"]), file.content)
        named = [{"id": str(place["file_id"]), "title": file.name}]
        await calls.call("files.completeUploadExternal", files=named, channel_id=channel)
    except CandorError as error:
        return _NOT_BROUGHT.fill(why=error.text)
    return None


async def fetch(calls: Calls, id_: str) -> Brought:
    """The file that somebody sent. Raises CandorError, with the sentence to show."""
    told = (await calls.call("files.info", file=id_)).get("file") or {}
    name = str(told.get("name") or told.get("title") or "file")[:120]
    if int(told.get("size") or 0) > LARGEST:
        raise too_large(name)
    url = str(told.get("url_private_download") or "")
    if not url or told.get("is_external"):
        raise UnreadableTable(_NOT_THERE.fill(name=name))
    data = await calls.download(url, most=LARGEST)
    if len(data) > LARGEST:
        raise too_large(name)
    return Brought(name, data)
