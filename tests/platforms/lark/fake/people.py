"""Who somebody is, and which chats there are.

Source: contact-v3/user/get, im-v1/chat/{get,list}, im-v1/chat-members/get on open.feishu.cn. None
of them tells a person's language or time zone.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.tenant import Chat, Tenant

USER = "GET /open-apis/contact/v3/users/:user_id"
CHAT = "GET /open-apis/im/v1/chats/:chat_id"
CHATS = "GET /open-apis/im/v1/chats"
MEMBERS = "GET /open-apis/im/v1/chats/:chat_id/members"

T = TypeVar("T")


class People:
    """contact/v3 and im/v1/chats."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def endpoints(self) -> tuple[Endpoint, ...]:
        """All four."""
        chats = ("im:chat:readonly", "im:chat")
        return (
            Endpoint(
                USER, self.user, ("contact:contact.base:readonly", "contact:user.base:readonly")
            ),
            Endpoint(CHAT, self.chat, chats),
            Endpoint(CHATS, self.chats, chats),
            Endpoint(MEMBERS, self.members, ("im:chat.members:read", *chats)),
        )

    async def user(self, asked: Asked) -> Mapping[str, Any]:
        """A person of the tenant and of the contact scope."""
        kind = asked.query.get("user_id_type", "open_id")
        person = self._tenant.by_id(kind, asked.path["user_id"])
        if person is None:
            raise Refused(41012)
        if person.tenant != self._tenant.key or not person.available:
            raise Refused(41050)
        told = {"open_id": person.open_id, "union_id": person.union_id}
        if "contact:user.base:readonly" in self._tenant.app.scopes:
            told |= {"name": person.name, "en_name": person.name}
        return {"user": told}

    async def chat(self, asked: Asked) -> Mapping[str, Any]:
        """A chat that the bot is in."""
        chat = self._entered(asked.path["chat_id"])
        return {
            "name": chat.name,
            "description": "",
            "owner_id": chat.members[0] if chat.members else "",
            "owner_id_type": "open_id",
            "chat_mode": chat.kind,
            "chat_type": "private",
            **({"external": chat.external} if self._tenant.tells_external else {}),
            "tenant_key": self._tenant.key,
            "user_count": str(len(chat.members)),
            "bot_count": "1",
            "chat_status": "normal",
        }

    async def chats(self, asked: Asked) -> Mapping[str, Any]:
        """A page of the groups that the bot is in."""
        found = [
            {"chat_id": c.id, "name": c.name, "external": c.external, "chat_status": "normal"}
            for c in list(self._tenant.chats.values())
            if c.kind == "group" and c.bot_in and not c.disbanded
        ]
        return page(found, asked)

    async def members(self, asked: Asked) -> Mapping[str, Any]:
        """A page of the people in a chat; bots are not among them."""
        chat = self._entered(asked.path["chat_id"])
        people = [self._tenant.people[m] for m in chat.members]
        found = [
            {
                "member_id_type": "open_id",
                "member_id": p.open_id,
                "name": p.name,
                "tenant_key": p.tenant,
            }
            for p in people
        ]
        return {**page(found, asked), "member_total": len(found)}

    def _entered(self, id_: str) -> Chat:
        chat = self._tenant.chats.get(id_)
        if chat is None:
            raise Refused(232006)
        if chat.disbanded:
            raise Refused(232009)
        if not chat.bot_in:
            raise Refused(232011)
        if chat.external and not self._tenant.app.shares_externally:
            raise Refused(232033)
        return chat


def page(found: Sequence[T], asked: Asked) -> dict[str, Any]:
    """The part of a list that a request wants; raises Refused for a size that is not allowed."""
    size, start = asked.query.get("page_size", "20"), asked.query.get("page_token") or "0"
    if not size.isdecimal() or not 1 <= int(size) <= 50 or not start.isdecimal():
        raise Refused(230001, "invalid page_size or page_token")
    end = int(start) + int(size)
    more = end < len(found)
    return {
        "items": list(found[int(start) : end]),
        "has_more": more,
        "page_token": str(end) if more else "",
    }
