"""What a workspace holds: people, channels, messages, views and files."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.platforms.slack.fake import escaping
from tests.platforms.slack.fake.schema import Payload

_NAMED = re.compile(r"(?<![\w.])@(\w+)")

ChannelKind = Literal["im", "mpim", "public", "private"]


@dataclass(slots=True)
class User:
    """A person or a bot, as users.info tells of them."""

    id: str
    name: str
    team: str
    real_name: str = ""
    email: str = ""
    tz: str = "Europe/Berlin"
    locale: str = "en-US"
    title: str = ""
    is_bot: bool = False
    is_restricted: bool = False  # a guest
    is_ultra_restricted: bool = False  # a guest of one channel
    is_stranger: bool = False  # of another organisation, and shares no channel
    deleted: bool = False
    quiet: tuple[int, int] | None = None  # do not disturb, from and until, seconds since 1970
    enterprise: str = ""  # whose workspaces they are in


@dataclass(slots=True)
class Message:
    """One message; `blocks` have the ids that Slack fills in."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Payload] = field(default_factory=list)
    metadata: Payload | None = None
    thread_ts: str | None = None
    bot_id: str | None = None
    edited: str | None = None  # when
    files: list[Payload] = field(default_factory=list)
    only_for: str | None = None  # the one person who sees an ephemeral message
    sent: Payload = field(default_factory=dict)  # the arguments as they came last

    @property
    def live(self) -> list[str]:
        """What Slack acts on in it: mentions, broadcasts, links."""
        return escaping.live([self.text, *self.blocks])

    @property
    def words(self) -> list[str]:
        """Every text in its blocks as people see it, in order."""
        return escaping.words(self.blocks)

    def shown(self, *, with_metadata: bool = False) -> Payload:
        """As the Web API and events tell of it."""
        told: Payload = {"type": "message", "user": self.user, "ts": self.ts}
        told["text"] = escaping.told(self.text)
        if self.bot_id:
            told |= {"bot_id": self.bot_id, "app_id": APP_ID}
        if self.blocks:
            told["blocks"] = escaping.told(self.blocks)
        if self.thread_ts:
            told["thread_ts"] = self.thread_ts
        if self.edited:
            told["edited"] = {"user": self.user, "ts": self.edited}
        if self.files:
            told["files"] = self.files
        if with_metadata and self.metadata is not None:
            told["metadata"] = self.metadata
        return told


APP_ID = "A0CANDOR"


@dataclass(slots=True)
class Channel:
    """A conversation of any kind."""

    id: str
    kind: ChannelKind
    name: str = ""
    members: list[str] = field(default_factory=list)
    is_archived: bool = False
    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False
    is_org_shared: bool = False
    shared_team_ids: list[str] = field(default_factory=list)
    pending_connected_team_ids: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    ephemerals: list[Message] = field(default_factory=list)

    def message(self, ts: str) -> Message | None:
        """The message that stands there, ephemeral ones too."""
        both = itertools.chain(self.messages, self.ephemerals)
        return next((m for m in both if m.ts == ts), None)


@dataclass(slots=True)
class View:
    """A modal of a stack, or a Home tab, with what a person has filled in so far."""

    id: str
    user: str
    content: Payload  # as the app sent it, with the ids that Slack fills in
    hash: str
    root: str
    previous: str | None = None
    values: dict[tuple[str, str], Payload] = field(default_factory=dict)


@dataclass(slots=True)
class File:
    """An uploaded file; it is nowhere until the upload is completed."""

    id: str
    name: str
    length: int
    content: bytes = b""
    title: str = ""
    channel: str = ""
    complete: bool = False
    mode: str = "hosted"  # as the file object says: hosted, snippet, external, tombstone


@dataclass(slots=True)
class Canvas:
    """A canvas that the app made."""

    id: str
    title: str
    text: str
    readers: list[str] = field(default_factory=list)


class Workspace:
    """One team: everything that its people and the app see."""

    def __init__(self, team: str, name: str, enterprise: str | None = None) -> None:
        self.team = team
        self.name = name
        self.enterprise = enterprise
        self.whole = False  # the app is installed for all of the enterprise
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.modals: dict[str, list[View]] = {}  # user id to their stack, the root first
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.canvases: dict[str, Canvas] = {}
        self.bot = self.add_user(f"UBOT{team[1:]}", "candor", is_bot=True)
        self.bot_id = f"B{team[1:]}"
        self._count = itertools.count(1)

    @property
    def host(self) -> str:
        return f"{self.name.lower().replace(' ', '-')}.slack.com"

    def add_user(self, id_: str, name: str, **more: Any) -> User:
        """Somebody of this workspace, or with `team=` of another one."""
        user = User(id_, name, more.pop("team", self.team), **more)
        user.real_name = user.real_name or name.capitalize()
        user.email = user.email or f"{name}@example.com"
        self.users[id_] = user
        return user

    def add_channel(
        self, id_: str, kind: ChannelKind = "public", members: tuple[str, ...] = (), **more: Any
    ) -> Channel:
        """A channel; the app is in it only when its bot is among the members."""
        channel = Channel(id_, kind, more.pop("name", id_.lower()), list(members), **more)
        self.channels[id_] = channel
        return channel

    def dm(self, user: str) -> Channel:
        """The conversation of a person with the app, opened if it is not yet."""
        for channel in self.channels.values():
            if channel.kind == "im" and user in channel.members:
                return channel
        id_ = f"D{len(self.channels):02}{user[1:]}"
        return self.add_channel(id_, "im", (user, self.bot.id), name="")

    def post(self, channel: Channel, message: Message) -> Message:
        """Let a message stand: in its channel, or before the one who sees it."""
        (channel.ephemerals if message.only_for else channel.messages).append(message)
        return message

    def mentioning(self, text: str, *, labelled: bool = False) -> str:
        """What people type, escaped, with `@name` of somebody here as Slack passes a mention on."""
        ids = {user.name: user.id for user in self.users.values()}

        def mention(found: re.Match[str]) -> str:
            id_ = ids.get(found[1])
            label = f"|{found[1]}" if labelled else ""
            return f"<@{id_}{label}>" if id_ else found[0]

        return _NAMED.sub(mention, escaping.escaped(text))

    def views(self) -> Iterator[View]:
        """Every view that is open."""
        yield from itertools.chain(*self.modals.values(), self.homes.values())

    def new(self, letter: str) -> str:
        """A fresh id of a kind: V for views, F for files."""
        return f"{letter}{self.team[1:]}{next(self._count):05}"


def filled(blocks: list[Payload], name: str) -> list[Payload]:
    """Blocks with the block and action ids that Slack gives where the app gave none."""
    count = itertools.count(1)

    def with_action(element: Any) -> Any:
        if isinstance(element, dict) and element.get("type") not in (
            "image",
            "plain_text",
            "mrkdwn",
        ):
            return {"action_id": f"{name}a{next(count)}", **element}
        return element

    def with_ids(block: Payload) -> Payload:
        found = {"block_id": f"{name}b{next(count)}", **block}
        if block["type"] in ("actions", "context_actions"):
            found["elements"] = [with_action(e) for e in block["elements"]]
        for part in ("accessory", "element"):
            if part in block:
                found[part] = with_action(block[part])
        if block["type"] == "card" and "actions" in block:
            found["actions"] = [with_action(e) for e in block["actions"]]
        if "child_blocks" in block:
            found["child_blocks"] = [with_ids(b) for b in block["child_blocks"]]
        if block["type"] == "carousel":
            found["elements"] = [with_ids(b) for b in block["elements"]]
        return found

    return [with_ids(block) for block in blocks]
