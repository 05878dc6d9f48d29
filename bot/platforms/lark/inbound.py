"""What the platform pushes, turned into what the engine takes in. Pure."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from pydantic import ValidationError

from bot.core import actions, commands
from bot.core.cards.blocks import Action
from bot.core.commands import Command
from bot.core.following.clicks import case_in
from bot.core.words import CaseId, EventId, Language, PersonId, TenantId
from bot.engine.inbound import Clicked, Commanded, Envelope, Handed, Profile, Said
from bot.platforms.lark.forms import filled
from bot.platforms.lark.happenings import (
    Arrived,
    Happening,
    Joined,
    Left,
    Mentioned,
    Outsider,
    Overlooked,
    Picture,
    Sent,
    Switched,
    Touched,
    Written,
)
from bot.platforms.lark.payloads import (
    Called,
    Header,
    Membership,
    Menu,
    Message,
    Opened,
    Received,
)
from bot.platforms.lark.references import NAME, conversation, tenant_of

_DELAY = re.compile(r"^\s*(?:/\s?(?:delay|延期)|延期)(?=\s|$)", re.IGNORECASE)
_LOCALE = re.compile(r"LarkLocale/([A-Za-z]{2})")
OVERVIEW = "delay_list"  # the menu's item that shows everything
_MENU: Mapping[str, str] = {"delay_start": "", "delay_settings": "settings"}


def challenge(payload: Mapping[str, Any]) -> str | None:
    """What must be sent back when the console checks the address; None for anything else."""
    if payload.get("type") != "url_verification":
        return None
    return str(payload.get("challenge", ""))


def is_call(payload: Mapping[str, Any]) -> bool:
    """Whether it is a press on a card, which is answered and never pushed again."""
    header = payload.get("header")
    return isinstance(header, Mapping) and header.get("event_type") == "card.action.trigger"


def read(
    payload: Mapping[str, Any], *, now: datetime, profile: Profile, app: str = ""
) -> Happening | None:
    """What happened; None for what is none of the bot's business, or of a shape not known.

    `profile` is of a person of whom nothing is known; `app` is the further app that tells of it.
    """
    try:
        if "header" not in payload:
            return _older(payload)
        header = Header.model_validate(payload["header"])
        make = _READERS.get(header.event_type)
        if make is None:
            return None
        return make(_Post(header, now, profile, app), payload.get("event"))
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class _Post:
    """What all events share."""

    header: Header
    now: datetime
    profile: Profile
    app: str

    @property
    def tenant(self) -> TenantId:
        return tenant_of(self.app, self.header.tenant_key)

    def envelope(self, person: str, id_: str, at: str, profile: Profile | None = None) -> Envelope:
        return Envelope(
            id=EventId(id_),
            tenant=self.tenant,
            person=PersonId(person),
            platform=NAME,
            conversation=conversation(self.tenant, person),
            at=min(_instant(at, self.now), self.now),
            profile=profile or self.profile,
        )

    def event(self, person: str) -> Envelope:
        """Of an event that is known by its own id."""
        return self.envelope(person, f"e:{self.header.event_id}", self.header.create_time)


def _received(post: _Post, event: object) -> Happening | None:
    came = Received.model_validate(event)
    message = came.message
    if came.sender.sender_type != "user":
        return None
    if came.sender.tenant_key not in ("", post.header.tenant_key):
        return Outsider(message.message_id)
    envelope = post.envelope(
        came.sender.sender_id.open_id,
        f"m:{message.message_id}",
        message.create_time,
        replace(post.profile, language=_language(message.user_agent, post.profile.language)),
    )
    home = post.header.tenant_key
    envelope = replace(envelope, named=_named(message, home), strangers=_strangers(message, home))
    words = _words(message)
    if message.chat_type != "p2p":
        where = conversation(post.tenant, message.chat_id)
        found = Commanded(replace(envelope, heard_in=where), _asked(words or ""))
        return Mentioned(found, message.chat_id, message.message_id)
    if words is None:
        handle = _file(message)
        sent = Sent(Handed(envelope, handle), message.chat_id) if handle else None
        return sent or Picture(envelope, message.chat_id)
    command = _DELAY.match(words)
    if command:
        return Written(Commanded(envelope, words[command.end() :].strip()), message.chat_id)
    return Written(Said(envelope, words), message.chat_id)


def _asked(words: str) -> str:
    """What a line in a group asks for; only commands are for the bot there, the rest gets help."""
    command = _DELAY.match(words)
    if command:
        return words[command.end() :].strip()
    asked = commands.slash(words)
    of_here = isinstance(asked, Command) and asked.verb == "channel"
    known = of_here or isinstance(commands.typed(words), Command)
    return words.strip() if known else "help"


def _opened(post: _Post, event: object) -> Happening:
    came = Opened.model_validate(event)
    return Arrived(post.event(came.operator_id.open_id), came.chat_id)


def _menu(post: _Post, event: object) -> Happening:
    came = Menu.model_validate(event)
    envelope = post.event(came.operator.operator_id.open_id)
    if came.event_key == OVERVIEW:
        return Overlooked(envelope)
    return Commanded(envelope, _MENU.get(came.event_key, "help"))


def _joined(post: _Post, event: object) -> Happening:
    came = Membership.model_validate(event)
    envelope = post.event(came.operator_id.open_id)
    return Joined(envelope, came.chat_id, came.external, _is_own(post, came))


def _left(post: _Post, event: object) -> Happening:
    came = Membership.model_validate(event)
    return Left(post.event(came.operator_id.open_id), came.chat_id, _is_own(post, came))


def _is_own(post: _Post, came: Membership) -> bool:
    return came.operator_tenant_key in ("", post.header.tenant_key)


def _called(post: _Post, event: object) -> Happening | None:
    came = Called.model_validate(event)
    if came.operator.tenant_key not in ("", post.header.tenant_key):
        return Outsider()
    value = came.action.value
    name, argument = value.get("a"), value.get("g", "")
    if not isinstance(name, str) or not isinstance(argument, str) or len(name + argument) > 500:
        return None
    zone = came.action.timezone if came.action.timezone in _zones() else ""
    profile = replace(post.profile, zone=zone) if zone else post.profile
    action = Action(name, argument)
    case, seen = value.get("c"), value.get("r", 0)
    # A card of no case stands as it is: its buttons may be pressed again, and mean it.
    again = actions.command(action) is not None or not (case or case_in(action))
    id_ = f"e:{post.header.event_id}" if again else _press(came)
    envelope = post.envelope(came.operator.open_id, id_, post.header.create_time, profile)
    sent = filled(came.action.form_value, value.get("o"))
    click = Clicked(
        envelope,
        case=CaseId(case) if isinstance(case, str) and case else None,
        action=action,
        seen=seen if isinstance(seen, int) else 0,
        boxes=sent.boxes,
        text=sent.text,
    )
    row = value.get("k", "")
    return Touched(click, came.context.open_chat_id, zone, row if isinstance(row, str) else "")


@cache
def _zones() -> frozenset[str]:
    """All names of zones; to ask for them reads a folder, which takes milliseconds."""
    return frozenset(available_timezones())


def _press(came: Called) -> str:
    """The same for the same person, card, button and row of the outbox, and what stood in the form.

    The row stands for the version of the case that the card shows: a second press on what has not
    changed since is the first one again, one on a card that was drawn anew is not.
    """
    parts = [
        came.operator.open_id,
        came.context.open_message_id,
        *(str(came.action.value.get(k, "")) for k in "agckr"),
        json.dumps(came.action.form_value, sort_keys=True, ensure_ascii=False, default=str),
    ]
    whole = "\0".join(parts).encode()
    return f"c:{hashlib.sha256(whole).hexdigest()[:40]}"


def _older(payload: Mapping[str, Any]) -> Happening | None:
    """An event of schema 1.0; of these only the app's own state matters."""
    event = payload.get("event")
    if not isinstance(event, Mapping) or event.get("type") != "app_status_change":
        return None
    return Switched(on=str(event.get("status", "")).startswith("start"))


def _words(message: Message) -> str | None:
    """The text of a message, mentions of the bot taken out; None when it holds no text."""
    try:
        content = json.loads(message.content)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    if message.message_type == "text":
        words = str(content.get("text", ""))
    elif message.message_type == "post":
        words = _rich(content)
    else:
        return None
    for mention in sorted(message.mentions, key=lambda m: -len(m.key)):
        name = "" if mention.mentioned_type == "bot" else f"@{mention.name}"
        words = words.replace(mention.key, name)
    return words.strip()


def _file(message: Message) -> str:
    """What names the file of a message; empty for a message of another kind."""
    if message.message_type != "file":
        return ""
    try:
        content = json.loads(message.content)
        key, name = str(content["file_key"]), str(content.get("file_name") or "file")
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return f"{message.message_id}/{key}/{name[:80]}" if key and "/" not in key else ""


def _named(message: Message, tenant: str) -> Mapping[str, PersonId]:
    """The people of the own tenant whom a message mentions, as its words write them."""
    ours = [m for m in message.mentions if m.tenant_key in ("", tenant)]
    people = [m for m in ours if m.mentioned_type != "bot" and m.open_id]
    return {f"@{m.name}": PersonId(m.open_id) for m in people}


def _strangers(message: Message, tenant: str) -> tuple[str, ...]:
    """The people of other tenants whom a message mentions, as its words write them."""
    return tuple(f"@{m.name}" for m in message.mentions if m.tenant_key not in ("", tenant))


def _rich(content: Mapping[str, Any]) -> str:
    """The words of a rich text, line by line."""
    lines = [str(content["title"])] if content.get("title") else []
    for line in content.get("content") or ():
        parts = [p for p in line if isinstance(p, Mapping)] if isinstance(line, list) else []
        lines.append("".join(str(p.get("text") or p.get("user_id") or "") for p in parts))
    return "\n".join(lines)


def _language(agent: str, otherwise: Language) -> Language:
    found = _LOCALE.search(agent)
    if found is None:
        return otherwise
    return "zh" if found[1].lower() == "zh" else "en"


def _instant(digits: str, otherwise: datetime) -> datetime:
    """Milliseconds since 1970; of card callbacks, microseconds."""
    if not digits.isdecimal() or not 12 <= len(digits) <= 17:
        return otherwise
    seconds = int(digits) / (1e6 if len(digits) > 14 else 1e3)
    return datetime.fromtimestamp(seconds, UTC)


_READERS: Mapping[str, Callable[[_Post, object], Happening | None]] = {
    "im.message.receive_v1": _received,
    "im.chat.access_event.bot_p2p_chat_entered_v1": _opened,
    "application.bot.menu_v6": _menu,
    "im.chat.member.bot.added_v1": _joined,
    "im.chat.member.bot.deleted_v1": _left,
    "card.action.trigger": _called,
}
