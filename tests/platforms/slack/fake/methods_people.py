"""auth.test, users.info, team.info: who the app is, and who people are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.platforms.slack.fake.asked import Asked, Method
from tests.platforms.slack.fake.errors import ApiError
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.workspace import APP_ID, User


def _auth(asked: Asked) -> Payload:
    workspace = asked.workspace
    if asked.token.kind == "app":
        return {"app_id": APP_ID, "app_name": "Candor"}
    told = {
        "url": f"https://{workspace.host}/",
        "team": workspace.name,
        "user": workspace.bot.name,
        "team_id": workspace.team,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": workspace.whole,
    }
    return told | ({"enterprise_id": workspace.enterprise} if workspace.enterprise else {})


def _bot(asked: Asked) -> Payload:
    if asked.get("bot") != asked.workspace.bot_id:
        raise ApiError("bot_not_found")
    bot = {"id": asked.workspace.bot_id, "app_id": APP_ID, "user_id": asked.workspace.bot.id}
    return {"bot": {**bot, "name": asked.workspace.bot.name, "deleted": False}}


def _info(asked: Asked) -> Payload:
    person = asked.workspace.users.get(str(asked.get("user")))
    if person is None:
        raise ApiError("user_not_found")
    told = shown(person, asked.realm.clock(), team=asked.workspace.team)
    if asked.flag("include_locale"):
        told["locale"] = person.locale
    return {"user": told}


def shown(person: User, now: datetime, *, team: str) -> Payload:
    """The user object; a stranger's says little, an external person's no address."""
    own = person.team == team
    profile = {"real_name": person.real_name, "display_name": person.name, "title": person.title}
    if own:
        profile["email"] = person.email
    told: Payload = {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
        "profile": profile,
    }
    if person.enterprise:
        told["enterprise_user"] = {"id": person.id, "enterprise_id": person.enterprise}
    if person.is_stranger:
        told["is_stranger"] = True
    if person.deleted:
        return told
    offset = now.astimezone(ZoneInfo(person.tz)).utcoffset()
    told |= {
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_admin": False,
        "is_owner": False,
    }
    return told


def _dnd(asked: Asked) -> Payload:
    person = asked.workspace.users.get(str(asked.get("user")))
    if person is None:
        raise ApiError("user_not_found")
    begins, ends = person.quiet or (1, 1)
    return {
        "dnd_enabled": person.quiet is not None,
        "next_dnd_start_ts": begins,
        "next_dnd_end_ts": ends,
    }


def _team(asked: Asked) -> Payload:
    workspace = asked.workspace
    team = {"id": workspace.team, "name": workspace.name, "domain": workspace.host.split(".")[0]}
    if workspace.enterprise:
        team |= {"enterprise_id": workspace.enterprise, "enterprise_name": "Enterprise"}
    return {"team": team}


METHODS = (
    Method("dnd.info", _dnd, tier=3, reads=True, may="user", scopes="dnd:read"),
    Method("auth.test", _auth, tier=4),
    Method("bots.info", _bot, tier=3, may="bot", scopes="users:read"),
    Method(
        "users.info",
        _info,
        tier=4,
        reads=True,
        needs="user",
        may="include_locale",
        scopes="users:read",
    ),
    Method("team.info", _team, tier=3, may="team domain", scopes="team:read"),
)
