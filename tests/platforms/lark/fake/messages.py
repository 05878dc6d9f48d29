"""im/v1/messages: sending, answering, patching, reading.

Source: reference/im-v1/message/{create,reply,patch,get,list,push_follow_up} on open.feishu.cn.
"""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from tests.platforms.lark.fake.cards import Cards
from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint, violation
from tests.platforms.lark.fake.limits import Limits
from tests.platforms.lark.fake.people import page
from tests.platforms.lark.fake.tenant import Chat, Kind, Message, Person, Tenant

SEND = "POST /open-apis/im/v1/messages"
REPLY = "POST /open-apis/im/v1/messages/:message_id/reply"
PATCH = "PATCH /open-apis/im/v1/messages/:message_id"
GET = "GET /open-apis/im/v1/messages/:message_id"
LIST = "GET /open-apis/im/v1/messages"
FOLLOW_UP = "POST /open-apis/im/v1/messages/:message_id/push_follow_up"

SENDING = ("im:message", "im:message:send_as_bot")
READING = ("im:message", "im:message:readonly")
UUID_LIFE = timedelta(hours=1)
UPDATABLE = timedelta(days=14)
FOLLOW_UP_LIFE = timedelta(seconds=600)
KINDS: tuple[Kind, ...] = ("text", "post", "interactive", "file")
TURNS = 100  # of the loop, in which what has come is read
LARGEST: Mapping[Kind, int] = {
    "text": 150 * 1024,
    "post": 30 * 1024,
    "interactive": 30 * 1024,
    "file": 30 * 1024,
}  # bytes
A_SECOND = 5  # messages to a person or group, and patches of a message

# what reading tells of a card, by `card_msg_content_type`; without it, only a placeholder
CARD_SHAPES = {"": "", "user_card_content": "user_dsl", "raw_card_content": "json_card"}
PLACEHOLDER = {
    "title": None,
    "elements": [[{"tag": "text", "text": "请升级至最新版本客户端，以查看内容"}]],
}

Repeated = Literal["first", "refused"]


class Messages:
    """The messages of the tenant, as the app may act on them.

    `repeated` says what a uuid gets that was used within the hour; the platform promises only
    that no second message stands: the first one's answer, or 230049. `terse` leaves the times out.
    """

    def __init__(self, tenant: Tenant, limits: Limits, cards: Cards) -> None:
        self._tenant = tenant
        self._limits = limits
        self._cards = cards
        self.repeated: Repeated = "first"
        self.terse = False
        self.pressed: list[str] = []  # messages with a press under way

    def endpoints(self) -> tuple[Endpoint, ...]:
        """All that Candor uses of im/v1/messages."""
        return (
            Endpoint(SEND, self.send, SENDING),
            Endpoint(REPLY, self.reply, SENDING),
            Endpoint(PATCH, self.patch, ("im:message", "im:message:update", *SENDING[1:])),
            Endpoint(GET, self.get, READING),
            Endpoint(LIST, self.page, READING),
            Endpoint(FOLLOW_UP, self.follow_up, SENDING),
        )

    async def send(self, asked: Asked) -> Mapping[str, Any]:
        """A new message to a person or a chat."""
        return self._post(asked, self._receiver(asked))

    async def reply(self, asked: Asked) -> Mapping[str, Any]:
        """A message that answers another; in its thread when asked for."""
        to = self._message(asked.path["message_id"])
        if to.recalled:
            raise Refused(230011)
        return self._post(asked, self._tenant.chats[to.chat], to)

    async def patch(self, asked: Asked) -> Mapping[str, Any]:
        """Put a card in the place of an own one."""
        message = self._own(asked.path["message_id"])
        content = asked.need("content")
        if message.kind != "interactive":
            raise Refused(230001, "This message is NOT a card.")
        self.check_updatable(message)
        if await self._is_locked(message):
            raise Refused(230099, "ErrCode: 11310; ErrMsg: card action is lock; ErrorValue: ")
        self._fits("interactive", content)
        self._cards.check(content)
        if not self._limits.allow(f"patch {message.id}", A_SECOND):
            raise Refused(230020)
        self._tenant.change(message, content)
        return {}

    async def get(self, asked: Asked) -> Mapping[str, Any]:
        """One message."""
        message = self._message(asked.path["message_id"])
        self._may_read(self._tenant.chats[message.chat])
        return {"items": [self._read(message, asked)]}

    async def page(self, asked: Asked) -> Mapping[str, Any]:
        """A page of a chat's messages."""
        if asked.query.get("container_id_type") != "chat":
            raise Refused(230001, "invalid container_id_type")
        chat = self._chat(asked.query.get("container_id", ""))
        shown = page(self._within(chat, asked), asked)
        return {**shown, "items": [self._read(m, asked) for m in shown["items"]]}

    async def follow_up(self, asked: Asked) -> Mapping[str, Any]:
        """Bubbles under the newest message of a direct conversation."""
        message = self._own(asked.path["message_id"])
        chat = self._tenant.chats[message.chat]
        bubbles = asked.body.get("follow_ups")
        if not isinstance(bubbles, list) or not 1 <= len(bubbles) <= 3:
            raise Refused(230001, "follow_ups must be 1 to 3")
        is_newest = self._tenant.in_chat(chat)[-1].id == message.id
        is_young = self._tenant.now() - message.at < FOLLOW_UP_LIFE
        if chat.kind != "p2p" or not is_newest or not is_young:
            raise Refused(230001, "follow-ups are for the newest message of a p2p chat")
        message.follow_ups = [_bubble(b) for b in bubbles]
        return {}

    def check_updatable(self, message: Message) -> None:
        """Raises Refused when the message is too old, recalled or out of reach."""
        if message.recalled:
            raise Refused(230011)
        if self._tenant.now() - message.at > UPDATABLE:
            raise Refused(230031)
        self._reach(self._tenant.chats[message.chat])

    def shown(self, message: Message) -> dict[str, Any]:
        """The message as the server API tells it."""
        id_type = "app_id" if message.by == "app" else "open_id"
        told: dict[str, Any] = {
            "message_id": message.id,
            "msg_type": message.kind,
            "create_time": milliseconds(message.at),
            "update_time": milliseconds(message.updated_at or message.at),
            "deleted": message.recalled,
            "updated": message.updated_at is not None,
            "chat_id": message.chat,
            "sender": {
                "id": message.sender,
                "id_type": id_type,
                "sender_type": message.by,
                "tenant_key": self._tenant.key,
            },
            "body": {"content": message.content},
        }
        if self.terse:
            del told["create_time"], told["update_time"]
        places = {"root_id": message.root, "parent_id": message.parent, "thread_id": message.thread}
        return told | {name: value for name, value in places.items() if value}

    async def _is_locked(self, message: Message) -> bool:
        """Whether a press is under way. An answer that was sent before this call has come by now,
        only the hand that waits for it may not have had its turn: it gets it first.
        """
        for _ in range(TURNS):
            if message.id not in self.pressed:
                return False
            await asyncio.sleep(0)
        return True

    def _read(self, message: Message, asked: Asked) -> dict[str, Any]:
        """The message as reading tells it: a card of schema 2.0 only to those who ask for it."""
        told = self.shown(message)
        if message.kind != "interactive":
            return told
        wanted = asked.query.get("card_msg_content_type", "")
        if wanted not in CARD_SHAPES:
            raise Refused(230001, "invalid card_msg_content_type")
        name = CARD_SHAPES[wanted]
        content = {name: message.content} if name else PLACEHOLDER
        return told | {"body": {"content": json.dumps(content, ensure_ascii=False)}}

    def _may_read(self, chat: Chat) -> None:
        if not chat.bot_in:
            raise Refused(230002)
        if chat.kind == "group" and "im:message.group_msg" not in self._tenant.app.scopes:
            raise Refused(230027, "need scope: im:message.group_msg")

    def _receiver(self, asked: Asked) -> Chat:
        kind = asked.query.get("receive_id_type", "")
        if kind not in ("open_id", "union_id", "user_id", "email", "chat_id"):
            why = "receive_id_type is required"
            raise Refused(99992402, error=violation("receive_id_type", why))
        id_ = asked.need("receive_id")
        if kind == "chat_id":
            return self._chat(id_)
        person = self._tenant.by_id(kind, id_)
        if person is None:
            raise Refused(230001, "invalid receive_id")
        self._reach_person(person)
        return self._tenant.direct(person)

    def _content(self, asked: Asked) -> tuple[Kind, str]:
        kind, content = _kind(asked.need("msg_type")), asked.need("content")
        try:
            parsed = json.loads(content)
        except ValueError:
            parsed = None
        if not isinstance(parsed, dict):
            raise Refused(230001, "invalid message content")
        self._fits(kind, content)
        if kind == "interactive":
            self._cards.check(content)
        return kind, content

    def _fits(self, kind: Kind, content: str) -> None:
        if len(content.encode()) > LARGEST[kind]:
            raise Refused(230025)

    def _post(self, asked: Asked, chat: Chat, to: Message | None = None) -> dict[str, Any]:
        self._reach(chat)
        kind, content = self._content(asked)
        if kind == "interactive" and not chat.takes_cards:
            raise Refused(230054)
        if kind == "file" and json.loads(content).get("file_key") not in self._tenant.files:
            raise Refused(230001, "invalid file_key")
        uuid = asked.body.get("uuid") or ""
        earlier = self._earlier(uuid)
        if earlier is not None:
            return self._again(earlier)
        if not self._limits.allow(f"to {chat.id}", A_SECOND):
            raise Refused(230020)
        message = Message(
            f"om_{self._tenant.number():032x}",
            chat.id,
            self._tenant.app.id,
            "app",
            kind,
            content,
            self._tenant.now(),
            uuid,
        )
        if to is not None:
            self._place(message, to, thread=bool(asked.body.get("reply_in_thread")))
        return self.shown(self._tenant.put(message))

    def _place(self, message: Message, to: Message, *, thread: bool) -> None:
        if thread and not to.thread:
            to.thread = f"omt_{self._tenant.number():012x}"
        message.parent, message.root, message.thread = to.id, to.root or to.id, to.thread

    def _again(self, earlier: Message) -> dict[str, Any]:
        if self.repeated == "refused":
            raise Refused(230049)
        return self.shown(earlier)

    def _earlier(self, uuid: str) -> Message | None:
        if len(uuid) > 50:
            raise Refused(230001, "uuid is longer than 50 characters")
        since = self._tenant.now() - UUID_LIFE
        found = (m for m in list(self._tenant.messages.values()) if uuid and m.uuid == uuid)
        return next((m for m in found if m.at > since), None)

    def _chat(self, id_: str) -> Chat:
        chat = self._tenant.chats.get(id_)
        if chat is None:
            raise Refused(230001, "invalid receive_id")
        return chat

    def _reach(self, chat: Chat) -> None:
        """Raises Refused when the bot may not speak here."""
        app = self._tenant.app
        if not app.has_bot:
            raise Refused(230006)
        if chat.kind == "p2p":
            self._reach_person(self._tenant.people[chat.members[0]])
        refusals = {
            232009: chat.disbanded,
            230002: not chat.bot_in,
            230027: chat.external and not app.shares_externally,
            230018: chat.muted,
            230075: chat.encrypted,
        }
        for code, applies in refusals.items():
            if applies:
                raise Refused(code)

    def _reach_person(self, person: Person) -> None:
        if person.tenant != self._tenant.key:
            raise Refused(230038)
        if not person.available:
            raise Refused(230013)
        if person.stopped:
            raise Refused(230053)

    def _message(self, id_: str) -> Message:
        message = self._tenant.messages.get(id_)
        if message is None:
            raise Refused(230001, "invalid message_id")
        return message

    def _own(self, id_: str) -> Message:
        message = self._message(id_)
        if message.sender != self._tenant.app.id:
            raise Refused(230012)
        return message

    def _within(self, chat: Chat, asked: Asked) -> list[Message]:
        self._may_read(chat)
        start = int(asked.query.get("start_time") or 0)
        end = int(asked.query.get("end_time") or 1 << 40)
        found = [m for m in self._tenant.in_chat(chat) if start <= int(m.at.timestamp()) <= end]
        newest_first = asked.query.get("sort_type") == "ByCreateTimeDesc"
        return found[::-1] if newest_first else found


def _bubble(told: object) -> dict[str, str]:
    """The words of a bubble by language; those for every other language under ""."""
    if not isinstance(told, dict) or not isinstance(told.get("content"), str):
        raise Refused(230001, "a follow-up has no content")
    words = {"": told["content"]}
    for other in told.get("i18n_contents", ()):
        words[str(other["language"])] = str(other["content"])
    return words


def _kind(name: str) -> Kind:
    for kind in KINDS:
        if kind == name:
            return kind
    raise Refused(230001, "invalid msg_type")


def milliseconds(at: datetime) -> str:
    """An instant as the platform writes it."""
    return str(int(at.timestamp() * 1000))
