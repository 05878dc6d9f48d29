"""conversations.* and users.conversations: where the app is, who else is, and what was said."""

from tests.platforms.slack.fake.asked import BY_KIND, Asked, Method
from tests.platforms.slack.fake.errors import ApiError
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.workspace import Channel, ChannelKind, Message

TYPES: dict[str, ChannelKind] = {
    "public_channel": "public",
    "private_channel": "private",
    "im": "im",
    "mpim": "mpim",
}


def shown(asked: Asked, channel: Channel) -> Payload:
    """The conversation object."""
    told: Payload = {
        "id": channel.id,
        "created": 1_700_000_000,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_channel": channel.kind == "public",
        "is_group": channel.kind in ("private", "mpim"),
        "is_private": channel.kind != "public",
        "is_org_shared": channel.is_org_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_shared": channel.is_ext_shared or channel.is_org_shared,
        "is_pending_ext_shared": channel.is_pending_ext_shared,
        "context_team_id": asked.workspace.team,
        "shared_team_ids": channel.shared_team_ids or [asked.workspace.team],
        "pending_connected_team_ids": channel.pending_connected_team_ids,
    }
    if channel.kind == "im":
        others = [m for m in channel.members if m != asked.workspace.bot.id]
        gone = asked.workspace.users[others[0]].deleted
        return told | {"user": others[0], "is_user_deleted": gone}
    member = asked.workspace.bot.id in channel.members
    host = {"conversation_host_id": asked.workspace.team} if channel.is_ext_shared else {}
    return told | {"name": channel.name, "is_member": member, **host}


def _open(asked: Asked) -> Payload:
    if asked.get("channel"):
        return {"channel": {"id": asked.channel("write").id}, "no_op": True, "already_open": True}
    wanted = [part for part in str(asked.get("users", "")).split(",") if part]
    if not wanted:
        raise ApiError("users_list_not_supplied")
    for id_ in wanted:
        person = asked.workspace.users.get(id_)
        if person is None:
            raise ApiError("user_not_found")
        if person.deleted:
            raise ApiError("user_disabled")
        if person.is_bot:
            raise ApiError("cannot_dm_bot")
    asked.need_scope("im:write" if len(wanted) == 1 else "mpim:write")
    channel = asked.workspace.dm(wanted[0]) if len(wanted) == 1 else _group(asked, wanted)
    told = shown(asked, channel) if asked.flag("return_im") else {"id": channel.id}
    return {"channel": told}


def _group(asked: Asked, people: list[str]) -> Channel:
    members = {*people, asked.workspace.bot.id}
    for channel in asked.workspace.channels.values():
        if channel.kind == "mpim" and set(channel.members) == members:
            return channel
    id_ = asked.workspace.new("G")
    return asked.workspace.add_channel(id_, "mpim", tuple(sorted(members)))


def _info(asked: Asked) -> Payload:
    channel = asked.channel("read")
    told = shown(asked, channel)
    if asked.flag("include_num_members"):
        told["num_members"] = len(channel.members)
    return {"channel": told}


def _members(asked: Asked) -> Payload:
    channel = asked.channel("read")
    found, cursor = asked.page(channel.members, usual=100, most=1000)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def _join(asked: Asked) -> Payload:
    channel = asked.channel()
    if channel.kind != "public":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    if asked.workspace.bot.id not in channel.members:
        channel.members.append(asked.workspace.bot.id)
    return {"channel": shown(asked, channel)}


def _history(asked: Asked) -> Payload:
    channel = _readable(asked)
    roots = [m for m in channel.messages if m.thread_ts in (None, m.ts)]
    return _told(asked, [m for m in reversed(roots) if _within(asked, m)])


def _replies(asked: Asked) -> Payload:
    channel = _readable(asked)
    root = str(asked.get("ts"))
    thread = [m for m in channel.messages if root in (m.ts, m.thread_ts)]
    if not thread:
        raise ApiError("thread_not_found")
    return _told(asked, [m for m in thread if m.ts == root or _within(asked, m)])


def _readable(asked: Asked) -> Channel:
    channel = asked.channel("history")
    if asked.workspace.bot.id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _within(asked: Asked, message: Message) -> bool:
    oldest, latest = str(asked.get("oldest", "0")), asked.get("latest")
    at, low = float(message.ts), float(oldest)
    high = float("inf") if latest is None else float(latest)
    return low <= at <= high if asked.flag("inclusive") else low < at < high


def _told(asked: Asked, messages: list[Message]) -> Payload:
    most = 15 if asked.realm.rates.history_is_slow else 999
    found, cursor = asked.page(messages, usual=min(100, most), most=most)
    with_metadata = asked.flag("include_all_metadata")
    answer: Payload = {
        "messages": [m.shown(with_metadata=with_metadata) for m in found],
        "has_more": bool(cursor),
    }
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _of_user(asked: Asked) -> Payload:
    wanted = [part.strip() for part in str(asked.get("types", "public_channel")).split(",")]
    if any(name not in TYPES for name in wanted):
        raise ApiError("invalid_types")
    kinds = [TYPES[name] for name in wanted]
    for kind in kinds:
        asked.need_scope(f"{BY_KIND[kind]}:read")
    bot = asked.workspace.bot.id
    person = str(asked.get("user", bot))
    if person not in asked.workspace.users:
        raise ApiError("user_not_found")
    found = [
        c
        for c in asked.workspace.channels.values()
        if c.kind in kinds
        and person in c.members
        and (c.kind == "public" or bot in c.members)
        and not (c.is_archived and asked.flag("exclude_archived"))
    ]
    page, cursor = asked.page(found, usual=100, most=999)
    channels = [shown(asked, c) for c in page]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


_SPAN = "cursor limit oldest latest inclusive include_all_metadata"
METHODS = (
    Method("conversations.open", _open, tier=3, may="users channel return_im prevent_creation"),
    Method(
        "conversations.info",
        _info,
        tier=3,
        reads=True,
        needs="channel",
        may="include_locale include_num_members",
    ),
    Method(
        "conversations.members", _members, tier=4, reads=True, needs="channel", may="cursor limit"
    ),
    Method("conversations.join", _join, tier=3, needs="channel", scopes="channels:join"),
    Method("conversations.history", _history, tier=3, reads=True, needs="channel", may=_SPAN),
    Method("conversations.replies", _replies, tier=3, reads=True, needs="channel ts", may=_SPAN),
    Method(
        "users.conversations",
        _of_user,
        tier=3,
        may="types user exclude_archived cursor limit team_id",
    ),
)
