"""chat.*: messages that are posted, changed, taken back, and shown to one person."""

from tests.platforms.slack.fake.asked import Asked, Method
from tests.platforms.slack.fake.errors import ApiError
from tests.platforms.slack.fake.payloads import MOST_TEXT, check_message
from tests.platforms.slack.fake.schema import Finding, Payload
from tests.platforms.slack.fake.workspace import Channel, Message, filled


def _post(asked: Asked) -> Payload:
    channel = _open(asked)
    message = _made(asked, channel)
    thread = asked.get("thread_ts")
    if thread is not None and channel.message(str(thread)) is not None:
        message.thread_ts = str(thread)  # below one that was deleted, Slack posts to the channel
    asked.workspace.post(channel, message)
    answer = {"channel": channel.id, "ts": message.ts, "message": message.shown()}
    return answer | _warned(asked)


def _post_ephemeral(asked: Asked) -> Payload:
    channel = _open(asked)
    person = str(asked.get("user"))
    if person not in asked.workspace.users:
        raise ApiError("user_not_found")
    if person not in channel.members:
        raise ApiError("user_not_in_channel")
    message = _made(asked, channel)
    message.only_for = person
    message.thread_ts = asked.get("thread_ts")
    asked.workspace.post(channel, message)
    return {"message_ts": message.ts}


def _update(asked: Asked) -> Payload:
    channel = asked.channel()
    message = _own(asked, channel, "cant_update_message")
    changed = {name: asked.get(name) for name in ("text", "blocks", "metadata")}
    if changed["text"] is None and changed["blocks"] is None:
        raise ApiError("no_text")
    said = {**asked.arguments, "text": changed["text"]}
    if changed["blocks"] == []:  # takes the blocks away
        said.pop("blocks")
    asked.judge(check_message(said), "invalid_blocks")
    message.text = str(changed["text"] or message.text)[:MOST_TEXT]
    if changed["blocks"] is not None:
        message.blocks = filled(changed["blocks"], message.ts[-4:])
    if changed["metadata"] is not None:
        message.metadata = changed["metadata"]
    message.edited = asked.realm.ts()
    message.sent = dict(asked.arguments)
    shown = message.shown()
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def _delete(asked: Asked) -> Payload:
    channel = asked.channel()
    message = _own(asked, channel, "cant_delete_message")
    channel.messages.remove(message)
    return {"channel": channel.id, "ts": message.ts}


def _permalink(asked: Asked) -> Payload:
    channel = asked.channel()
    ts = str(asked.get("message_ts"))
    if not any(m.ts == ts for m in channel.messages):
        raise ApiError("message_not_found")
    link = f"https://{asked.workspace.host}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _open(asked: Asked) -> Channel:
    """The channel, if the app may write there; a person's id stands for their DM.

    A deactivated person's DM takes messages (issue 1156 of python-slack-sdk).
    """
    wanted = str(asked.get("channel"))
    channel = asked.workspace.dm(wanted) if wanted in asked.workspace.users else asked.channel()
    if channel.is_archived:
        raise ApiError("is_archived")
    if channel.kind == "im" and not asked.realm.manifest.messages_tab:
        raise ApiError("messages_tab_disabled")
    member = asked.workspace.bot.id in channel.members
    if not member and "chat:write.public" not in asked.token.scopes:
        raise ApiError("not_in_channel")
    return channel


def _made(asked: Asked, channel: Channel) -> Message:
    arguments = asked.arguments
    if not any(arguments.get(name) for name in ("text", "blocks", "attachments")):
        asked.judge([Finding("must provide text or blocks", "/text")], "no_text")
    findings = check_message(arguments)
    for flag in ("unfurl_links", "unfurl_media"):
        if asked.method == "chat.postMessage" and str(arguments.get(flag)).lower() != "false":
            findings.append(Finding(f"{flag} is not switched off", f"/{flag}", soft=True))
    asked.judge(findings, "invalid_blocks")
    if asked.realm.is_new(arguments.get("blocks")):
        raise ApiError("invalid_blocks")
    ts = asked.realm.ts()
    return Message(
        channel=channel.id,
        ts=ts,
        user=asked.workspace.bot.id,
        text=str(arguments.get("text") or "")[:MOST_TEXT],
        blocks=filled(arguments.get("blocks") or [], ts[-4:]),
        metadata=arguments.get("metadata"),
        bot_id=asked.workspace.bot_id,
        sent=dict(arguments),
    )


def _own(asked: Asked, channel: Channel, refusal: str) -> Message:
    ts = str(asked.get("ts"))
    message = next((m for m in channel.messages if m.ts == ts), None)
    if message is None:
        raise ApiError("message_not_found")
    if message.user != asked.workspace.bot.id:
        raise ApiError(refusal)
    if channel.is_archived:
        raise ApiError("is_archived")
    if asked.workspace.bot.id not in channel.members:
        raise ApiError("not_in_channel" if channel.kind == "public" else "channel_not_found")
    return message


def _warned(asked: Asked) -> Payload:
    if len(str(asked.get("text", ""))) <= MOST_TEXT:
        return {}
    return {
        "warning": "message_truncated",
        "response_metadata": {"warnings": ["message_truncated"]},
    }


_WRITTEN = "text blocks attachments metadata parse link_names"
METHODS = (
    Method(
        "chat.postMessage",
        _post,
        tier=4,
        needs="channel",
        may=f"{_WRITTEN} thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn client_msg_id",
        scopes="chat:write",
    ),
    Method(
        "chat.postEphemeral",
        _post_ephemeral,
        tier=4,
        needs="channel user",
        may="text blocks attachments parse link_names thread_ts",
        scopes="chat:write",
    ),
    Method(
        "chat.update",
        _update,
        tier=3,
        needs="channel ts",
        may=f"{_WRITTEN} reply_broadcast file_ids",
        scopes="chat:write",
    ),
    Method("chat.delete", _delete, tier=3, needs="channel ts", scopes="chat:write"),
    Method("chat.getPermalink", _permalink, tier=4, needs="channel message_ts"),
)
