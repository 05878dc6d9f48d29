"""Minutes as a canvas of Slack's own, that one person can change, or whoever is in a channel can read.

Source: canvases.create and canvases.access.set of docs.slack.dev; only paid workspaces have canvases
that stand by themselves. To lose one costs a click, so nothing is tried twice.
"""

from bot.core.words import PersonId, Text
from bot.engine.errors import Refused
from bot.engine.papers import File
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.texts import Payload, plain

SCOPE = "canvases:write"  # asked for only where the operator wants canvases
MADE = Text(
    en="Here are the minutes as a canvas. Only you can open it until you share it.",
    zh="复盘记录已生成画布。您分享之前，只有您能打开。",
)
OPEN = Text(en="Open the canvas", zh="打开画布")
NO_CANVAS = Text(
    en="This workspace has no canvases of that kind; they come with a paid plan.",
    zh="这个工作区没有这种画布，付费版才有。",
)
NOT_MADE = Text(
    en="Slack made no canvas of it. {why} The same comes as a file instead.",
    zh="Slack没能生成画布。{why}改为发文件给您。",
)


async def make(calls: Calls, person: PersonId, file: File) -> str:
    """The link to a new canvas with this text, open to that person. Raises as `Calls.call` does."""
    id_ = await _made(calls, file)
    await calls.call("canvases.access.set", canvas_id=id_, access_level="write", user_ids=[person])
    return await _link(calls, id_)


async def for_channel(calls: Calls, channel: str, file: File) -> tuple[str, str]:
    """The id of a new canvas and its link, that whoever is in the channel can read.

    Raises as `Calls.call` does; what was begun then stays, and nobody can open it.
    """
    id_ = await _made(calls, file)
    await calls.call(
        "canvases.access.set", canvas_id=id_, access_level="read", channel_ids=[channel]
    )
    return id_, await _link(calls, id_)


async def _made(calls: Calls, file: File) -> str:
    content = {"type": "markdown", "markdown": file.content.decode()}
    title = file.name.rpartition(".")[0]
    try:
        made = await calls.call("canvases.create", title=title, document_content=content)
    except Refused as error:
        raise Refused(NO_CANVAS, why=error.why) from error
    return str(made.get("canvas_id", ""))


async def _link(calls: Calls, id_: str) -> str:
    known = await calls.call("auth.test")
    return f"{str(known.get('url', '')).rstrip('/')}/docs/{known.get('team_id', '')}/{id_}"


def linked(payload: Payload, label: str, url: str) -> Payload:
    """A sentence with a button that opens the canvas."""
    button = {"type": "button", "action_id": "go:canvas", "text": plain(label, 75), "url": url}
    return {**payload, "blocks": [*payload["blocks"], {"type": "actions", "elements": [button]}]}
