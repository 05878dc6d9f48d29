"""What tenants, conversations and messages of Lark are called.

A tenant is called by its key; behind a further app, "app.key", since an open_id is of one app alone:
so nobody whom one app tells of is ever taken for somebody of another. A conversation is called "tenant/id": the id of a person (ou_…) for what is said to them alone, or
of a group (oc_…), which an operator may name without its tenant. A message is called
"chat/message/milliseconds of its making", with "/group" where it stands in one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.core.words import TenantId
from bot.engine.ports import MessageRef

NAME = "lark"


@dataclass(frozen=True, slots=True)
class Posted:
    """What a message reference says."""

    chat: str
    message: str
    at: datetime
    in_group: bool = False


def tenant_of(app: str, key: str) -> TenantId:
    """What a tenant is called that an app tells of; `app` is empty for the first one."""
    return TenantId(f"{app}.{key}" if app else key)


def app_of(tenant: TenantId) -> str:
    """The further app that a tenant is behind; empty for the first one."""
    return tenant.rpartition(".")[0]


def posted(ref: MessageRef) -> Posted:
    """The parts of a reference."""
    chat, message, made, *group = ref.split("/")
    at = datetime.fromtimestamp(int(made) / 1000, UTC)
    return Posted(chat, message, at, in_group=bool(group))


def conversation(tenant: str, id_: str) -> str:
    """What the conversation with this person or group is called."""
    return f"{tenant}/{id_}"


def placed(where: str, ref: MessageRef) -> MessageRef:
    """The reference, marked where it stands in a group."""
    return MessageRef(f"{ref}/group") if where.rpartition("/")[2].startswith("oc_") else ref


def named(chat: str, item: Mapping[str, Any]) -> MessageRef:
    """The reference of a message as the platform tells of it."""
    return MessageRef(f"{chat}/{item['message_id']}/{item.get('create_time', '0')}")
