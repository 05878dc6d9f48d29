"""The app's own affairs: being installed and removed, its sockets, and files that it uploads."""

import secrets

from tests.platforms.slack.fake.asked import Asked, Method
from tests.platforms.slack.fake.errors import ApiError
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.tokens import Token
from tests.platforms.slack.fake.workspace import APP_ID, Canvas, File, Message


def _connections_open(asked: Asked) -> Payload:
    asked.need_scope("connections:write")
    address = asked.realm.address.replace("http://", "ws://", 1)
    ticket = secrets.token_hex(8)
    asked.realm.tickets.add(ticket)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={APP_ID}"}


def _oauth_access(asked: Asked) -> Payload:
    realm = asked.realm
    if asked.get("client_id") != realm.client_id:
        raise ApiError("invalid_client_id")
    if asked.get("client_secret") != realm.client_secret:
        raise ApiError("bad_client_secret")
    workspace = realm.workspaces[_team(asked)]
    token = _granted(asked, workspace.team)
    installer = next(u.id for u in workspace.users.values() if not u.is_bot)
    enterprise = (
        {"id": workspace.enterprise, "name": "Enterprise"} if workspace.enterprise else None
    )
    return {
        "app_id": APP_ID,
        "authed_user": {"id": installer},
        "scope": ",".join(sorted(token.scopes)),
        "token_type": "bot",
        "access_token": token.value,
        "bot_user_id": workspace.bot.id,
        "team": None if workspace.whole else {"id": workspace.team, "name": workspace.name},
        "enterprise": enterprise,
        "is_enterprise_install": workspace.whole,
        **(_ending(asked, workspace.team) if realm.rotates else {}),
    }


def _team(asked: Asked) -> str:
    """Whose code or refresh token it is; each is good once."""
    if asked.get("grant_type") == "refresh_token":
        team = asked.realm.renewals.pop(str(asked.get("refresh_token")), None)
        if team is None:
            raise ApiError("invalid_refresh_token")
        return team
    team = asked.realm.codes.pop(str(asked.get("code")), None)
    if team is None:
        raise ApiError("invalid_code")
    return team


def _granted(asked: Asked, team: str) -> Token:
    """The token of a workspace, alive; a new one where tokens end."""
    realm = asked.realm
    last = [t for t in realm.tokens.values() if t.kind == "bot" and t.team == team][-1]
    if realm.rotates:
        last = Token(f"xoxe.xoxb-{secrets.token_hex(8)}", "bot", team, set(last.scopes))
        realm.tokens[last.value] = last
    last.state = "live"
    return last


def _ending(asked: Asked, team: str) -> Payload:
    renews = f"xoxe-{secrets.token_hex(8)}"
    asked.realm.renewals[renews] = team
    return {"expires_in": asked.realm.lives_for, "refresh_token": renews}


def _uninstall(asked: Asked) -> Payload:
    realm = asked.realm
    if asked.get("client_id") != realm.client_id:
        raise ApiError("invalid_client_id")
    if asked.get("client_secret") != realm.client_secret:
        raise ApiError("bad_client_secret")
    asked.token.state = "account_inactive"
    return {}


def _manifest(asked: Asked) -> Payload:
    if asked.get("app_id") != APP_ID:
        raise ApiError("invalid_app_id")
    return {"manifest": asked.realm.installed}


def _upload_url(asked: Asked) -> Payload:
    length = int(asked.get("length"))
    if length <= 0:
        raise ApiError("invalid_arguments")
    file = File(asked.workspace.new("F"), str(asked.get("filename")), length)
    asked.workspace.files[file.id] = file
    url = f"{asked.realm.address}/upload/v1/{asked.workspace.team}/{file.id}"
    return {"upload_url": url, "file_id": file.id}


def _complete(asked: Asked) -> Payload:
    done = []
    for wanted in asked.get("files"):
        file = asked.workspace.files.get(str(wanted.get("id")))
        if file is None or not file.content:
            raise ApiError("file_not_found")
        file.title, file.complete = str(wanted.get("title") or file.name), True
        done.append(file)
    told = [{"id": f.id, "title": f.title, "name": f.name, "size": f.length} for f in done]
    if asked.get("channel_id"):
        channel = asked.workspace.channels.get(str(asked.get("channel_id")))
        if channel is None:
            raise ApiError("channel_not_found")
        if asked.workspace.bot.id not in channel.members:
            raise ApiError("not_in_channel")
        for file in done:
            file.channel = channel.id
        comment = str(asked.get("initial_comment", ""))
        ts, bot = asked.realm.ts(), asked.workspace.bot
        message = Message(channel.id, ts, bot.id, comment, bot_id=asked.workspace.bot_id)
        message.files, message.thread_ts = told, asked.get("thread_ts")
        asked.workspace.post(channel, message)
    return {"files": told}


def _info(asked: Asked) -> Payload:
    """A file that somebody sent. What is kept elsewhere, or was deleted, has no address."""
    file = asked.workspace.files.get(str(asked.get("file")))
    if file is None:
        raise ApiError("file_not_found")
    if file.mode == "tombstone":
        raise ApiError("file_deleted")
    external = file.mode == "external"
    told: Payload = {"id": file.id, "name": file.name, "size": file.length, "mode": file.mode}
    told["is_external"] = external
    place = f"{asked.workspace.team}-{file.id}"
    if not external:
        told["url_private_download"] = f"{asked.realm.address}/files-pri/{place}/download/x"
    return {"file": told, "comments": []}


def _canvas(asked: Asked) -> Payload:
    """A canvas by itself; workspaces that pay nothing have none."""
    content = asked.get("document_content")
    if asked.realm.pays_nothing:
        raise ApiError("free_team_not_allowed")
    if content.get("type") != "markdown" or not content.get("markdown"):
        raise ApiError("invalid_arguments")
    canvas = Canvas(asked.workspace.new("F"), str(asked.get("title")), content["markdown"])
    asked.workspace.canvases[canvas.id] = canvas
    return {"canvas_id": canvas.id}


def _canvas_access(asked: Asked) -> Payload:
    canvas = asked.workspace.canvases.get(str(asked.get("canvas_id")))
    people, channels = asked.get("user_ids"), asked.get("channel_ids")
    if canvas is None:
        raise ApiError("canvas_not_found")
    if bool(people) == bool(channels) or asked.get("access_level") not in ("read", "write"):
        raise ApiError("invalid_parameters")
    canvas.readers += [*(people or ()), *(channels or ())]
    return {}


METHODS = (
    Method(
        "canvases.create",
        _canvas,
        tier=2,
        needs="document_content",
        may="title channel_id",
        scopes="canvases:write",
    ),
    Method(
        "canvases.access.set",
        _canvas_access,
        tier=3,
        needs="canvas_id access_level",
        may="channel_ids user_ids",
        scopes="canvases:write",
    ),
    Method("apps.connections.open", _connections_open, tier=1, token="app"),
    Method(
        "oauth.v2.access",
        _oauth_access,
        tier=4,
        may="code client_id client_secret redirect_uri grant_type refresh_token",
        token="none",
    ),
    Method("apps.manifest.export", _manifest, tier=3, needs="app_id", token="config"),
    Method("apps.uninstall", _uninstall, tier=1, may="client_id client_secret"),
    Method(
        "files.getUploadURLExternal",
        _upload_url,
        tier=4,
        reads=True,
        needs="filename length",
        may="alt_txt snippet_type",
        scopes="files:write",
    ),
    Method("files.info", _info, tier=4, reads=True, needs="file", scopes="files:read"),
    Method(
        "files.completeUploadExternal",
        _complete,
        tier=4,
        needs="files",
        may="channel_id channels initial_comment thread_ts",
        scopes="files:write",
    ),
)
