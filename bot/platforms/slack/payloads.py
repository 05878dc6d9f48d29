"""What Slack sends, checked: who acts, where, and for which installation."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from bot.core.words import PersonId, TenantId
from bot.platforms.payload import Loose


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


Body = CommandBody | EventBody | InteractionBody


def tenant_of(body: Body) -> TenantId:
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


def person_of(body: Body) -> PersonId:
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


def channel_of(body: Body) -> str:
    """The channel in which it happened; empty in the conversation with the bot, and in windows."""
    if isinstance(body, CommandBody):
        found = body.channel_id
    elif isinstance(body, EventBody):
        found = body.event.channel or ""
    else:
        found = body.container.channel_id if body.container else ""
    return found if found[:1] in ("C", "G") else ""
