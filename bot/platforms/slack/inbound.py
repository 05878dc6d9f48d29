"""What Slack sends, checked, and turned into what the engine takes in. Pure but for the types.

Every payload is read by a model that names only what is used; whatever else Slack adds passes by.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.core.words import EventId, FieldId, PersonId, TenantId
from bot.engine.inbound import Clicked, Commanded, Envelope, Handed, Pointed, Profile, Said
from bot.platforms.slack import boxes, marks
from bot.platforms.slack.marks import Opener, Slip
from bot.platforms.slack.places import PLATFORM
from bot.platforms.slack.written import ANGLES, typed

START, FROM_MESSAGE = "delay_start", "delay_from_message"  # callback ids of the shortcuts
TABLES = (".csv", ".tsv", ".xlsx", ".xml")  # how files with dates end
SPOKEN = (None, "file_share", "thread_broadcast")  # subtypes of what people write

Values = Mapping[str, Mapping[str, dict[str, Any]]]


class Loose(BaseModel):
    """A part of a payload, of which only the named fields matter."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _left_out(cls, given: Any) -> Any:
        """What is null is what was left out."""
        if isinstance(given, dict) and None in given.values():
            return {name: value for name, value in given.items() if value is not None}
        return given


class CommandBody(Loose):
    """A slash command."""

    team_id: str
    user_id: str
    channel_id: str
    trigger_id: str
    text: str = ""
    api_app_id: str = ""
    response_url: str = ""
    enterprise_id: str | None = None
    is_enterprise_install: Literal["true", "false"] | bool = False


class Shared(Loose):
    """A file of a message; of one from elsewhere Slack tells the id alone."""

    id: str
    name: str = ""


class Happening(Loose):
    """The inner part of an event."""

    type: str
    user: str | None = None
    team: str | None = None
    user_team: str | None = None
    text: str = ""
    channel: str | None = None
    channel_type: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    ts: str = ""
    thread_ts: str | None = None
    tab: str = ""
    tokens: Mapping[str, Any] = {}  # that were revoked
    files: tuple[Shared, ...] = ()


class Authorization(Loose):
    """For which installation an event came."""

    user_id: str | None = None
    is_enterprise_install: bool = False


class EventBody(Loose):
    """An event in its wrapper."""

    event_id: str
    team_id: str | None = None
    enterprise_id: str | None = None
    context_team_id: str | None = None
    context_enterprise_id: str | None = None
    event: Happening
    authorizations: tuple[Authorization, ...] = ()


class Team(Loose):
    """A workspace, or an enterprise."""

    id: str
    domain: str = ""


class User(Loose):
    """Who acted."""

    id: str
    team_id: str | None = None
    name: str = ""


class Pressed(Loose):
    """One element that was used."""

    action_id: str
    value: str = ""
    action_ts: str = ""


class Container(Loose):
    """Where the element stands."""

    type: str
    message_ts: str = ""
    channel_id: str = ""
    is_ephemeral: bool = False


class State(Loose):
    """What stands in the inputs."""

    values: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)


class View(Loose):
    """A window, or the Home tab."""

    id: str
    type: str = "modal"
    hash: str = ""
    private_metadata: str = ""
    state: State | None = None


class Message(Loose):
    """The message that an interaction is about."""

    text: str = ""
    ts: str = ""
    thread_ts: str | None = None


class InteractionBody(Loose):
    """A press, a form that was sent, a shortcut."""

    type: str
    user: User
    team: Team | None = None
    enterprise: Team | None = None
    is_enterprise_install: bool = False
    trigger_id: str = ""
    callback_id: str = ""
    action_ts: str = ""
    api_app_id: str = ""
    response_url: str = ""
    container: Container | None = None
    channel: Team | None = None
    message: Message | None = None
    actions: tuple[Pressed, ...] = ()
    state: State | None = None
    view: View | None = None


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


def tenant_of(body: CommandBody | EventBody | InteractionBody) -> TenantId:
    """The workspace, or the enterprise where the app is installed for the whole of it."""
    if isinstance(body, CommandBody):
        whole = body.is_enterprise_install in (True, "true")
        team, enterprise = body.team_id, body.enterprise_id
    elif isinstance(body, EventBody):
        whole = any(a.is_enterprise_install for a in body.authorizations)
        team = body.context_team_id or body.team_id or ""
        enterprise = body.context_enterprise_id or body.enterprise_id
    else:
        whole = body.is_enterprise_install
        team = body.team.id if body.team else ""
        enterprise = body.enterprise.id if body.enterprise else None
    return TenantId(enterprise if whole and enterprise else team)


def person_of(body: CommandBody | EventBody | InteractionBody) -> PersonId:
    """Who acted; empty when an event names nobody."""
    match body:
        case CommandBody():
            return PersonId(body.user_id)
        case EventBody():
            return PersonId(body.event.user or "")
        case InteractionBody():
            return PersonId(body.user.id)


def home_team(body: EventBody | InteractionBody) -> str:
    """The workspace that the person belongs to, as far as Slack says it."""
    if isinstance(body, InteractionBody):
        return body.user.team_id or ""
    return body.event.user_team or body.event.team or ""


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
    body: CommandBody | EventBody | InteractionBody,
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
        heard_in=_channel_of(body),
        named=_named(body),
        name=body.user.name if isinstance(body, InteractionBody) else "",
    )


def _named(body: CommandBody | EventBody | InteractionBody) -> Mapping[str, PersonId]:
    """The people whom the words mention, as `typed` writes them."""
    if isinstance(body, InteractionBody):
        return {}
    text = body.text if isinstance(body, CommandBody) else body.event.text
    found = ANGLES.finditer(text)
    return {typed(m[0]): PersonId(m[1][1:]) for m in found if m[1][:2] in ("@U", "@W")}


def _channel_of(body: CommandBody | EventBody | InteractionBody) -> str:
    """The channel in which it happened; empty in the conversation with the bot, and in windows."""
    if isinstance(body, CommandBody):
        found = body.channel_id
    elif isinstance(body, EventBody):
        found = body.event.channel or ""
    else:
        found = body.container.channel_id if body.container else ""
    return found if found[:1] in ("C", "G") else ""
