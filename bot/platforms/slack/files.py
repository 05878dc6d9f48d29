"""Files that a person takes away: handed to Slack in three calls, shown in their own conversation.

Source: files.getUploadURLExternal and files.completeUploadExternal of docs.slack.dev. To lose one
costs a click, so nothing is tried twice.
"""

from bot.core.words import Text
from bot.engine.errors import CandorError
from bot.engine.papers import File
from bot.platforms.slack.calls import Calls

SCOPE = "files:write"  # asked for only where the operator wants files here
_NOT_BROUGHT = Text(
    en="I could not bring the file here. {why} The text above can be copied meanwhile.",
    zh="文件没能传过来。{why}可以先复制上面的文字。",
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
