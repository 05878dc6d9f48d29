"""The payloads that Slack sends to an app, field by field."""

from datetime import datetime
from typing import Any

from tests.platforms.slack.fake.realm import Realm
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.workspace import APP_ID, Channel, User, Workspace

VERIFICATION = "the old verification token"


def channel_name(channel: Channel) -> str:
    """How commands and interactions name a conversation."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


def interaction(kind: str, workspace: Workspace, user: User, **more: Any) -> Payload:
    """What every interaction says."""
    enterprise = (
        {"id": workspace.enterprise, "name": "Enterprise"} if workspace.enterprise else None
    )
    return {
        "type": kind,
        "team": {"id": workspace.team, "domain": workspace.host.split(".")[0]},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team,
        },
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "enterprise": enterprise,
        "is_enterprise_install": workspace.whole,
        **more,
    }


def command(workspace: Workspace, user: User, channel: Channel, **more: str) -> dict[str, str]:
    """The form of a slash command."""
    form = {
        "token": VERIFICATION,
        "team_id": workspace.team,
        "team_domain": workspace.host.split(".")[0],
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "api_app_id": APP_ID,
        "is_enterprise_install": str(workspace.whole).lower(),
        **more,
    }
    if workspace.enterprise:
        form |= {"enterprise_id": workspace.enterprise, "enterprise_name": "Enterprise"}
    return form


def event(realm: Realm, workspace: Workspace, inner: Payload, *, shared: bool = False) -> Payload:
    """An event in its wrapper, with a fresh id."""
    now: datetime = realm.clock()
    number = realm.number()
    authorization = {
        "enterprise_id": workspace.enterprise,
        "team_id": None if workspace.whole else workspace.team,
        "user_id": workspace.bot.id,
        "is_bot": True,
        "is_enterprise_install": workspace.whole,
    }
    return {
        "token": VERIFICATION,
        "team_id": workspace.team,
        "context_team_id": workspace.team,
        "context_enterprise_id": workspace.enterprise,
        "api_app_id": APP_ID,
        "event": {"event_ts": realm.ts(), **inner},
        "type": "event_callback",
        "event_id": f"Ev{workspace.team[1:]}{number:06}",
        "event_time": int(now.timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{number:06}",
    }


def rich_text(text: str) -> list[Payload]:
    """The blocks that Slack gives to what a person typed; words in them are not escaped."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]
