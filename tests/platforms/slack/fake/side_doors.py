"""The addresses beside the Web API: response URLs and uploads."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from tests.platforms.slack.fake.answers import take_message
from tests.platforms.slack.fake.errors import ApiError
from tests.platforms.slack.fake.payloads import check_message
from tests.platforms.slack.fake.realm import Call, Realm
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.tokens import ResponseUrl
from tests.platforms.slack.fake.workspace import Channel, filled


class ResponseUrls:
    """Answers `/response/TEAM/SECRET`: five posts within half an hour."""

    def __init__(self, realm: Realm) -> None:
        self._realm = realm

    async def take(self, request: Request) -> Response:
        body: Payload = await request.json()
        call = Call("response_url", body, self._realm.clock())
        self._realm.calls.append(call)
        if self._realm.doors:
            call.status, answer = self._realm.doors.pop(0)
            return JSONResponse(answer, call.status)
        if self._realm.is_new(body.get("blocks")):
            call.status = 400
            return JSONResponse({"ok": False, "error": "invalid_blocks"}, 400)
        try:
            secret = request.path_params["secret"]
            url = self._realm.passes.take_response(secret, self._realm.clock())
            self._take(url, body)
        except ApiError as error:
            self._realm.blame("response_url", error.error)
            call.status = error.status
            return JSONResponse({"ok": False, "error": error.error}, error.status)
        call.status = 200
        return PlainTextResponse("ok")

    def _take(self, url: ResponseUrl, body: Payload) -> None:
        channel = self._realm.workspaces[url.team].channels[url.channel]
        source = channel.message(url.source) if url.source else None
        if body.get("delete_original") and source is not None:
            kept = channel.ephemerals if source.only_for else channel.messages
            kept.remove(source)
        elif body.get("replace_original") and source is not None:
            self._replace(channel, source.ts, body)
        else:
            person = self._realm.user(url.user)
            if take_message(self._realm, "response_url", body, channel, person) is None:
                raise ApiError("invalid_blocks", status=400)

    def _replace(self, channel: Channel, ts: str, body: Payload) -> None:
        findings = check_message(body)
        self._realm.blame_findings("response_url", findings)
        if any(not finding.soft for finding in findings):
            raise ApiError("invalid_blocks", status=400)
        message = self._realm.find_message(channel.id, ts)
        message.text = str(body.get("text") or "")
        message.blocks = filled(body.get("blocks") or [], ts[-4:])
        message.edited = self._realm.ts()


class Uploads:
    """Answers `/upload/v1/TEAM/FILE`: the bytes of a file whose address was asked for."""

    def __init__(self, realm: Realm) -> None:
        self._realm = realm

    async def take(self, request: Request) -> Response:
        workspace = self._realm.workspaces[request.path_params["team"]]
        file = workspace.files.get(request.path_params["file"])
        content = await request.body()
        call = Call("upload", {"file": request.path_params["file"]}, self._realm.clock())
        self._realm.calls.append(call)
        if file is None or len(content) != file.length:
            self._realm.blame("upload", "the bytes are not as many as was said")
            call.status = 500
            return PlainTextResponse("Error - length mismatch", 500)
        file.content = content
        call.status = 200
        return PlainTextResponse(f"OK - {len(content)}")


class Downloads:
    """Answers `/files-pri/TEAM-FILE/download/…`: the bytes, for a token with the scope.

    Anybody else gets what Slack gives a browser: a page to sign in, with a status of success.
    """

    def __init__(self, realm: Realm) -> None:
        self._realm = realm

    async def take(self, request: Request) -> Response:
        team, _, id_ = request.path_params["place"].partition("-")
        call = Call("download", {"file": id_}, self._realm.clock())
        self._realm.calls.append(call)
        call.status = 200
        _, _, value = request.headers.get("authorization", "").partition(" ")
        token = self._realm.tokens.get(value)
        if token is None or token.team != team or "files:read" not in token.scopes:
            return HTMLResponse("<html><title>Sign in</title></html>")
        file = self._realm.workspaces[team].files.get(id_)
        if file is None:
            return HTMLResponse("<html>Not found</html>", 404)
        return Response(file.content, media_type="application/octet-stream")
