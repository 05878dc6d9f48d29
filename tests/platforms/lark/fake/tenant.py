"""What a tenant holds: the app, people, chats, messages, commands and documents."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tests.platforms.lark.fake.watch import Watch

Locale = Literal["en_us", "zh_cn"]
Kind = Literal["text", "post", "interactive", "image", "file", "sticker"]

SCOPES = frozenset(
    {
        "application:application:self_manage",
        "application:app_slash_command:read",
        "application:app_slash_command:write",
        "contact:user.base:readonly",
        "docx:document.block:convert",
        "docx:document:create",
        "docx:document:write_only",
        "docs:permission.member:create",
        "im:chat:readonly",
        "im:chat.members:read",
        "im:message",
        "im:message.group_at_msg:readonly",
        "im:message.p2p_msg:readonly",
        "im:message:readonly",
        "im:message:send_as_bot",
        "im:user_agent:read",
    }
)


@dataclass(slots=True)
class App:
    """The app as its console shows it."""

    id: str = "cli_a1b2c3d4e5f60708"
    secret: str = "s3cret-of-the-app"
    name: str = "Candor"
    bot: str = "ou_00000000000000000000000000000b07"
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    enabled: bool = True
    has_bot: bool = True
    shares_externally: bool = False  # the ability to speak in groups with other tenants


@dataclass(slots=True)
class Person:
    """Somebody with an account."""

    open_id: str
    union_id: str
    user_id: str
    name: str
    locale: Locale
    zone: str
    tenant: str
    available: bool = True  # within the availability of the app
    stopped: bool = False  # stopped the bot from sending messages
    client: str = "7.60.0"


@dataclass(slots=True)
class Chat:
    """A conversation: of a person with the bot, or a group."""

    id: str
    kind: Literal["p2p", "group"]
    name: str
    members: list[str]  # open_ids
    external: bool = False
    bot_in: bool = True
    disbanded: bool = False
    muted: bool = False  # the bot may not speak
    takes_cards: bool = True
    encrypted: bool = False


@dataclass(slots=True)
class Message:
    """A message as it stands, and how it stood before."""

    id: str
    chat: str
    sender: str  # an open_id, or the app's id
    by: Literal["user", "app"]
    kind: Kind
    content: str
    at: datetime
    uuid: str = ""
    parent: str = ""
    root: str = ""
    thread: str = ""
    mentions: list[dict[str, str]] = field(default_factory=list)
    updated_at: datetime | None = None
    recalled: bool = False
    follow_ups: list[dict[str, str]] = field(default_factory=list)  # words by language
    versions: list[str] = field(default_factory=list)  # every content that it had, oldest first

    @property
    def card(self) -> dict[str, Any]:
        """The card that it shows now."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    def bubbles(self, locale: Locale) -> list[str]:
        """The words of the bubbles below it, in the language of the viewer."""
        return [words.get(locale, words[""]) for words in self.follow_ups]

    def version(self, number: int) -> dict[str, Any]:
        """A card that it showed once; -1 is the one that it shows now."""
        found: dict[str, Any] = json.loads(self.versions[number])
        return found


@dataclass(slots=True)
class Document:
    """A document that the app made."""

    id: str
    title: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)  # open_ids that it was shared with
    chats: list[str] = field(default_factory=list)  # whose members can open it


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the app handed over."""

    name: str
    content: bytes


class Tenant:
    """One tenant and what it can be looked up by."""

    def __init__(self, now: Callable[[], datetime], key: str = "2ed263bf32cf1651") -> None:
        self.key = key
        self.app = App()
        self.people: dict[str, Person] = {}
        self.chats: dict[str, Chat] = {}
        self.messages: dict[str, Message] = {}
        self.commands: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, Document] = {}
        self.files: dict[str, Upload] = {}  # by their key
        self.tells_external = True  # of a group, when it is asked
        self.watch = Watch()
        self._now = now
        self._count = 0

    def person(
        self,
        name: str,
        locale: Locale = "en_us",
        *,
        zone: str = "Asia/Shanghai",
        tenant: str = "",
    ) -> Person:
        """A new account; of another tenant when one is named."""
        number = f"{self.number():032x}"
        ids = (f"ou_{number}", f"on_{number}", number[-8:])
        found = Person(*ids, name, locale, zone, tenant or self.key)
        self.people[found.open_id] = found
        return found

    def group(self, name: str, *members: Person, external: bool = False) -> Chat:
        """A new group with the bot in it."""
        chat = Chat(
            f"oc_{self.number():032x}", "group", name, [m.open_id for m in members], external
        )
        self.chats[chat.id] = chat
        return chat

    def direct(self, person: Person) -> Chat:
        """The conversation of the person with the bot; it is there from the first message on."""
        for chat in self.chats.values():
            if chat.kind == "p2p" and chat.members == [person.open_id]:
                return chat
        chat = Chat(f"oc_{self.number():032x}", "p2p", "", [person.open_id])
        self.chats[chat.id] = chat
        return chat

    def put(self, message: Message) -> Message:
        """Let a message stand in its chat."""
        message.versions.append(message.content)
        self.messages[message.id] = message
        self.watch.touch()
        return message

    def change(self, message: Message, content: str) -> None:
        """Let a message show another content from now on."""
        message.content = content
        message.versions.append(content)
        message.updated_at = self._now()
        self.watch.touch()

    def in_chat(self, chat: Chat) -> list[Message]:
        """The messages of a chat, oldest first, recalled ones too."""
        return [m for m in list(self.messages.values()) if m.chat == chat.id]

    def by_id(self, kind: str, id_: str) -> Person | None:
        """The person with this open_id, union_id or user_id."""
        return next((p for p in self.people.values() if getattr(p, kind) == id_), None)

    def number(self) -> int:
        """A number that was not given before."""
        self._count += 1
        return self._count

    def now(self) -> datetime:
        """The time of the whole fake."""
        return self._now()
