"""What Slack sends, turned into what the engine takes in. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.core.words import EventId, FieldId, PersonId, TenantId
from bot.engine.inbound import Clicked, Commanded, Envelope, Handed, Pointed, Profile, Said
from bot.platforms.slack import boxes, marks
from bot.platforms.slack.marks import Opener, Slip
from bot.platforms.slack.payloads import (
    Body,
    CommandBody,
    EventBody,
    InteractionBody,
    Message,
    channel_of,
    person_of,
    tenant_of,
)
from bot.platforms.slack.places import PLATFORM
from bot.platforms.slack.written import ANGLES, typed

START, FROM_MESSAGE = "delay_start", "delay_from_message"  # callback ids of the shortcuts
TABLES = (".csv", ".tsv", ".xlsx", ".xml")  # how files with dates end
SPOKEN = (None, "file_share", "thread_broadcast")  # subtypes of what people write

Values = Mapping[str, Mapping[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Opening:
    """A window is to be opened, drawn from a row of the outbox."""

    tenant: TenantId
    person: PersonId
    opener: Opener


@dataclass(frozen=True, slots=True)
class MoreRows:
    """A window is to show more rows of its tables, with what stands in its inputs."""

    tenant: TenantId
    person: PersonId
    slip: Slip
    standing: Mapping[FieldId, Any]


def is_for_us(body: EventBody) -> bool:
    """Whether a message event is a line that a person wrote to the bot."""
    inner = body.event
    return (
        inner.type == "message"
        and inner.channel_type == "im"
        and inner.subtype in SPOKEN
        and bool(inner.user)
        and not inner.bot_id
    )


def commanded(body: CommandBody, at: datetime, profile: Profile | None) -> Commanded:
    """A slash command as the engine takes it."""
    return Commanded(_envelope(body, body.trigger_id, at, profile), typed(body.text))


def mentioned(body: EventBody, at: datetime, profile: Profile | None) -> Commanded:
    """A mention, whose other words are taken as those of a command."""
    bots = [a.user_id for a in body.authorizations if a.user_id]
    words = body.event.text
    for bot in bots:
        words = re.sub(rf"<@{re.escape(bot)}(?:\|[^>]*)?>", " ", words)
    return Commanded(_envelope(body, body.event_id, at, profile), typed(words).strip())


def said(body: EventBody, at: datetime, profile: Profile | None) -> Said:
    """A line in the conversation with the bot."""
    return Said(_envelope(body, body.event_id, at, profile), typed(body.event.text))


def file_of(body: EventBody) -> str:
    """The id of the file to look at: one that may hold dates, or one that came without a word."""
    shared = body.event.files
    fitting = [f.id for f in shared if f.name.lower().endswith(TABLES)]
    alone = [f.id for f in shared] if not body.event.text.strip() else []
    return next(iter([*fitting, *alone]), "")


def handed(body: EventBody, at: datetime, profile: Profile | None) -> Handed:
    """A file in the conversation with the bot."""
    id_ = f"{body.event_id}:file"  # beside the words that came with it
    return Handed(_envelope(body, id_, at, profile), file_of(body))


def started(body: InteractionBody, at: datetime, profile: Profile | None) -> Commanded:
    """The global shortcut: the same as the bare command."""
    return Commanded(_envelope(body, body.trigger_id or body.action_ts, at, profile), "")


def pointed(body: InteractionBody, at: datetime, profile: Profile | None) -> Pointed:
    """The message shortcut: the message with its day and its link."""
    message = body.message or Message()
    envelope = _envelope(body, body.trigger_id or body.action_ts, at, profile)
    return Pointed(envelope, typed(message.text), _link(body, message), _moment(message.ts, at))


def pressed(
    body: InteractionBody, at: datetime, profile: Profile | None
) -> Clicked | Opening | MoreRows | None:
    """What a press comes to; None when the element is not one of ours that does anything."""
    if not body.actions:
        return None
    action = body.actions[0]
    tenant, person = tenant_of(body), person_of(body)
    envelope = _envelope(body, body.trigger_id or f"{action.action_ts}/{person}", at, profile)
    if action.action_id.startswith(marks.OPEN):
        opener = marks.opened(action.value)
        return Opening(tenant, person, opener) if opener else None
    if action.action_id == marks.ROWS and body.view is not None:
        slip = marks.read_slip(body.view.private_metadata)
        return MoreRows(tenant, person, slip, boxes.read(_values(body))) if slip else None
    if action.action_id == marks.SUBMIT:
        slip = marks.read_slip(action.value)
        return _sent(envelope, slip, _values(body)) if slip else None
    press = marks.pressed(action.value) if action.action_id.startswith(marks.PRESS) else None
    return Clicked(envelope, press.case, press.action, 0) if press else None


def submitted(body: InteractionBody, at: datetime, profile: Profile | None) -> Clicked | None:
    """A window that was sent; None when nothing comes of it, such as the text to copy."""
    view = body.view
    slip = marks.read_slip(view.private_metadata) if view else None
    if view is None or slip is None or slip.opener.window not in ("form", "editor"):
        return None
    # Sent twice, it has the same id and the same hash; drawn anew, another hash.
    return _sent(_envelope(body, f"{view.id}/{view.hash}", at, profile), slip, _values(body))


def first_input(body: InteractionBody) -> str:
    """The block id of a window's first input, where a problem can be shown; empty without one."""
    return next((b for b in _values(body) if marks.read_box(b)), "")


def _sent(envelope: Envelope, slip: Slip, values: Values) -> Clicked:
    found = boxes.read(values)
    if slip.opener.window != "editor":
        return Clicked(envelope, slip.case, slip.action, slip.seen, found)
    text = found.get(FieldId("text"), "")
    return Clicked(
        envelope, slip.case, slip.action, slip.seen, text=text if isinstance(text, str) else ""
    )


def _values(body: InteractionBody) -> Values:
    state = body.state or (body.view.state if body.view else None)
    return state.values if state else {}


def _link(body: InteractionBody, message: Message) -> str:
    if body.team is None or body.channel is None or not body.team.domain or not message.ts:
        return ""
    link = (
        f"https://{body.team.domain}.slack.com/archives/{body.channel.id}"
        f"/p{message.ts.replace('.', '')}"
    )
    if message.thread_ts and message.thread_ts != message.ts:
        return f"{link}?thread_ts={message.thread_ts}&cid={body.channel.id}"
    return link


def _moment(ts: str, otherwise: datetime) -> datetime:
    seconds = ts.partition(".")[0]
    if not seconds.isdecimal() or len(seconds) > 11:
        return otherwise
    return datetime.fromtimestamp(int(seconds), UTC)


def _envelope(
    body: Body,
    id_: str,
    at: datetime,
    profile: Profile | None,
) -> Envelope:
    """From wherever it was sent: what is to be kept is said in the person's own conversation."""
    person = person_of(body)
    return Envelope(
        EventId(id_),
        tenant_of(body),
        person,
        PLATFORM,
        person,
        at,
        profile,
        heard_in=channel_of(body),
        named=_named(body),
        name=body.user.name if isinstance(body, InteractionBody) else "",
    )


def _named(body: Body) -> Mapping[str, PersonId]:
    """The people whom the words mention, as `typed` writes them."""
    if isinstance(body, InteractionBody):
        return {}
    text = body.text if isinstance(body, CommandBody) else body.event.text
    found = ANGLES.finditer(text)
    return {typed(m[0]): PersonId(m[1][1:]) for m in found if m[1][:2] in ("@U", "@W")}
