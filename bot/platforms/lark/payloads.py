"""The shapes of what the platform pushes, as far as they matter here; anything else is passed over.

Sources: im-v1/message/events/receive, feishu-cards/card-callback-communication,
application-v6/bot/events/menu and im-v1/chat-member-bot/events on open.feishu.cn.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from bot.platforms.payload import Loose

Word = Annotated[str, Field(max_length=300)]
Key = Annotated[str, Field(max_length=300, pattern=r"^[^./]*$")]  # see references.py


class Ids(Loose):
    """Who somebody is, for this app."""

    open_id: Word


class Header(Loose):
    """What every event of schema 2.0 begins with."""

    event_id: Word
    event_type: Word
    create_time: Word = "0"
    tenant_key: Key


class Sender(Loose):
    """Who wrote."""

    sender_id: Ids
    sender_type: Word
    tenant_key: Word = ""


class Mention(Loose):
    """A placeholder in a text, and whom it stands for."""

    key: Word
    name: str = ""
    mentioned_type: Word = ""
    tenant_key: Word = ""
    id: Any = None

    @property
    def open_id(self) -> str:
        """Of whom it names; empty where that is not told."""
        found = self.id.get("open_id") if isinstance(self.id, dict) else None
        return found if isinstance(found, str) else ""


class Message(Loose):
    """A message as it came."""

    message_id: Word
    chat_id: Word
    chat_type: Word
    message_type: Word
    content: str
    create_time: Word = "0"
    mentions: tuple[Mention, ...] = ()
    user_agent: str = ""


class Received(Loose):
    """im.message.receive_v1."""

    sender: Sender
    message: Message


class Opened(Loose):
    """im.chat.access_event.bot_p2p_chat_entered_v1."""

    chat_id: Word
    operator_id: Ids


class Operator(Loose):
    """Whoever used the menu."""

    operator_id: Ids


class Menu(Loose):
    """application.bot.menu_v6."""

    operator: Operator
    event_key: Word


class Membership(Loose):
    """im.chat.member.bot.added_v1 and deleted_v1."""

    chat_id: Word
    operator_id: Ids
    external: bool = False
    operator_tenant_key: Word = ""


class Presser(Ids):
    """Whoever pressed, and of which tenant."""

    tenant_key: Word = ""


class Pressed(Loose):
    """What was pressed on a card, and what stood in its form."""

    value: Mapping[str, Any] = {}
    form_value: Mapping[str, Any] = {}
    timezone: str = ""


class Where(Loose):
    """The card that it stands on."""

    open_message_id: Word = ""
    open_chat_id: Word = ""


class Called(Loose):
    """card.action.trigger."""

    operator: Presser
    action: Pressed
    context: Where = Where()
