"""Events and callbacks as the platform writes them.

Sources: event-subscription-guide/event-subscriptions (schema 2.0 and the older 1.0),
im-v1/message/events/receive, feishu-cards/card-callback-communication on open.feishu.cn.
"""

import json
from typing import Any

from tests.platforms.lark.fake.messages import milliseconds
from tests.platforms.lark.fake.tenant import Chat, Message, Person, Tenant

Envelope = dict[str, Any]

RECEIVED = "im.message.receive_v1"
ENTERED = "im.chat.access_event.bot_p2p_chat_entered_v1"
MENU = "application.bot.menu_v6"
ADDED = "im.chat.member.bot.added_v1"
REMOVED = "im.chat.member.bot.deleted_v1"
DISBANDED = "im.chat.disbanded_v1"
PRESSED = "card.action.trigger"
APP_STATUS = "app_status_change"  # of schema 1.0
KINDS = (RECEIVED, ENTERED, MENU, ADDED, REMOVED, DISBANDED, PRESSED, APP_STATUS)


class Envelopes:
    """Writes them; `token` is the verification token that they carry."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self.token = ""

    def wrap(self, kind: str, event: dict[str, Any]) -> Envelope:
        """Any event of schema 2.0, with a fresh id."""
        at = milliseconds(self._tenant.now())
        header = {
            "event_id": self.fresh(),
            "event_type": kind,
            "create_time": at + "000" if kind == PRESSED else at,
            "token": self.token,
            "app_id": self._tenant.app.id,
            "tenant_key": self._tenant.key,
        }
        return {"schema": "2.0", "header": header, "event": event}

    def old(self, kind: str, event: dict[str, Any]) -> Envelope:
        """Any event of schema 1.0."""
        own = {"app_id": self._tenant.app.id, "tenant_key": self._tenant.key, "type": kind}
        return {
            "uuid": self.fresh(),
            "token": self.token,
            "ts": f"{self._tenant.now().timestamp():.6f}",
            "type": "event_callback",
            "event": {**own, **event},
        }

    def fresh(self) -> str:
        """An event id."""
        return f"{self._tenant.number():032x}"

    def received(self, person: Person | None, message: Message) -> Envelope:
        """Somebody wrote; None for another bot."""
        chat = self._tenant.chats[message.chat]
        told: dict[str, Any] = {
            "message_id": message.id,
            "create_time": milliseconds(message.at),
            "update_time": milliseconds(message.at),
            "chat_id": chat.id,
            "chat_type": chat.kind,
            "message_type": message.kind,
            "content": message.content,
        }
        places = {"root_id": message.root, "parent_id": message.parent, "thread_id": message.thread}
        told |= {name: value for name, value in places.items() if value}
        if message.mentions:
            told["mentions"] = [self._mention(m) for m in message.mentions]
        sender: dict[str, Any] = {
            "sender_id": {"open_id": "ou_another_bot"},
            "sender_type": "bot",
            "tenant_key": self._tenant.key,
        }
        if person is not None:
            sender = {
                "sender_id": ids(person),
                "sender_type": "user",
                "tenant_key": person.tenant,
            }
        if person is not None and "im:user_agent:read" in self._tenant.app.scopes:
            told["user_agent"] = _user_agent(person)
        return self.wrap(RECEIVED, {"sender": sender, "message": told})

    def entered(self, person: Person, chat: Chat, last: Message | None) -> Envelope:
        """Somebody opened the direct conversation."""
        event: dict[str, Any] = {"chat_id": chat.id, "operator_id": ids(person)}
        if last is not None:
            event["last_message_id"] = last.id
            event["last_message_create_time"] = milliseconds(last.at)
        return self.wrap(ENTERED, event)

    def menu(self, person: Person, key: str) -> Envelope:
        """Somebody tapped an item of the bot's menu; the time is in seconds, no chat is told."""
        operator = {"operator_name": person.name, "operator_id": ids(person)}
        at = int(self._tenant.now().timestamp())
        return self.wrap(MENU, {"operator": operator, "event_key": key, "timestamp": at})

    def about_chat(self, kind: str, person: Person, chat: Chat) -> Envelope:
        """The bot was added or removed, or the chat is gone."""
        event = {
            "chat_id": chat.id,
            "operator_id": ids(person),
            "external": chat.external,
            "operator_tenant_key": person.tenant,
            "name": chat.name,
        }
        return self.wrap(kind, event)

    def pressed(
        self, person: Person, message: Message, action: dict[str, Any], token: str
    ) -> Envelope:
        """Somebody used an element of a card."""
        operator = {"tenant_key": person.tenant, **ids(person)}
        event = {
            "operator": operator,
            "token": token,
            "action": {"timezone": person.zone, **action},
            "host": "im_message",
            "context": {"open_message_id": message.id, "open_chat_id": message.chat},
        }
        return self.wrap(PRESSED, event)

    def _mention(self, mention: dict[str, str]) -> dict[str, Any]:
        id_ = {"open_id": mention["id"], "union_id": f"on_{mention['id'][3:]}"}
        return {
            "key": mention["key"],
            "id": id_,
            "name": mention["name"],
            "mentioned_type": "bot" if mention["id"] == self._tenant.app.bot else "user",
            "tenant_key": mention.get("tenant") or self._tenant.key,
        }


def kind(envelope: Envelope) -> str:
    """The type of an event of either schema."""
    header = envelope.get("header", {})
    return str(header.get("event_type") or envelope["event"].get("type", ""))


def ids(person: Person) -> dict[str, str]:
    """Who somebody is; the user_id needs a scope of its own that Candor does not ask for."""
    return {"open_id": person.open_id, "union_id": person.union_id}


def text(words: str) -> str:
    """The content of a text message."""
    return json.dumps({"text": words}, ensure_ascii=False)


def _user_agent(person: Person) -> str:
    language, _, region = person.locale.partition("_")
    locale = f"{language}_{region.upper()}"
    return f"Mozilla/5.0 (Macintosh) Lark/{person.client} LarkLocale/{locale} SDK-Version/7.60.3"
