"""The Web API over HTTP: a call is read, may go wrong, is allowed, judged, done and answered."""

import asyncio
import base64
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.platforms.slack.fake import (
    methods_app,
    methods_chat,
    methods_conversations,
    methods_people,
    methods_views,
)
from tests.platforms.slack.fake.asked import Asked, Method
from tests.platforms.slack.fake.errors import ApiError
from tests.platforms.slack.fake.faults import (
    Cut,
    Fault,
    Hang,
    RateLimited,
    Refused,
    Slow,
    Status,
    Wait,
)
from tests.platforms.slack.fake.lines import Lines
from tests.platforms.slack.fake.realm import Call, Realm
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.tokens import Token

METHODS: dict[str, Method] = {
    method.name: method
    for part in (
        methods_app.METHODS,
        methods_chat.METHODS,
        methods_conversations.METHODS,
        methods_people.METHODS,
        methods_views.METHODS,
    )
    for method in part
}
IN_FORMS = ("blocks", "view", "metadata", "attachments", "files")  # JSON inside of a form
STALE = Token("", "bot", "")


class WebApi:
    """Answers `/api/METHOD`."""

    def __init__(self, realm: Realm, lines: Lines) -> None:
        self._realm = realm
        self._lines = lines

    async def take(self, request: Request) -> Response:
        """Answer one call, and record it."""
        method = request.path_params["method"]
        arguments, token = await read(request)
        call = Call(method, arguments, self._realm.clock(), token)
        self._realm.calls.append(call)
        self._realm.heard.set()
        line = method, token, str(arguments.get("channel", ""))
        self._realm.rates.watch(*line)
        response = await self._answered(request, call)
        call.status = response.status_code
        if response.status_code == 429:
            self._realm.rates.hold(*line, int(response.headers["Retry-After"]))
        return response

    async def _answered(self, request: Request, call: Call) -> Response:
        fault = self._realm.faults.due(call.method, call.arguments)
        stopped = await self._before(request, fault)
        if stopped is not None:
            return stopped
        response = self._done(call)
        await self._after(request, fault)
        return response

    async def _before(self, request: Request, fault: Fault | None) -> Response | None:
        """What a fault answers in place of the method; None lets it be done."""
        match fault:
            case RateLimited(seconds):
                return limited(seconds)
            case Status(code):
                return Response("upstream error", code)
            case Refused(error, more):
                return JSONResponse({"ok": False, "error": error, **more})
            case Hang(after=False):
                await self._realm.faults.hang()
                return self._lines.cut(request)
            case Cut(after=False):
                return self._lines.cut(request)
            case Slow() | Hang() | Cut() | Wait() | None:
                return None

    async def _after(self, request: Request, fault: Fault | None) -> None:
        """What a fault does once the method is done."""
        match fault:
            case Hang():
                await self._realm.faults.hang()
                self._lines.cut(request)
            case Cut():
                self._lines.cut(request)
            case Wait():
                await self._realm.faults.hang()
            case Slow(seconds):
                await asyncio.sleep(seconds)
            case RateLimited() | Status() | Refused() | None:
                return

    def _done(self, call: Call) -> Response:
        headers: dict[str, str] = {}
        try:
            method = self._method(call)
            asked = self._allowed(call, method)
            headers["x-oauth-scopes"] = ",".join(sorted(asked.token.scopes))
            headers["x-accepted-oauth-scopes"] = method.scopes
            wait = self._realm.rates.wait(
                call.method,
                asked.workspace.team,
                tier=method.tier,
                channel=str(call.arguments.get("channel", "")),
            )
            if wait:
                return limited(wait)
            call.answer = {"ok": True, **method.answer(asked)}
        except ApiError as error:
            call.answer = {"ok": False, "error": error.error, **error.more}
            return JSONResponse(call.answer, error.status, headers=headers)
        return JSONResponse(call.answer, headers=headers)

    def _method(self, call: Call) -> Method:
        found = METHODS.get(call.method)
        if found is None:
            self._realm.blame(call.method, "unknown method")
            raise ApiError("unknown_method")
        return found

    def _allowed(self, call: Call, method: Method) -> Asked:
        token = self._token(call, method)
        team = token.team or next(iter(self._realm.workspaces))
        asked = Asked(call.method, self._realm, self._realm.workspaces[team], token, call.arguments)
        for scope in method.scopes.split():
            asked.need_scope(scope)
        known = {"team_id", *method.needs.split(), *method.may.split()}
        for name in sorted(set(call.arguments) - known):
            self._realm.blame(call.method, f"unknown argument: {name}")
        for name in method.needs.split():
            if call.arguments.get(name) in (None, ""):
                self._realm.blame(call.method, f"missing argument: {name}")
                messages = [f"[ERROR] missing required field: {name}"]
                raise ApiError("invalid_arguments", response_metadata={"messages": messages})
        return asked

    def _token(self, call: Call, method: Method) -> Token:
        if method.token == "none":
            return STALE
        if not call.token:
            raise ApiError("not_authed")
        token = self._realm.tokens.get(call.token)
        if token is None:
            raise ApiError("invalid_auth")
        if token.state != "live":
            raise ApiError(token.state)
        if token.kind != method.token and call.method != "auth.test":
            raise ApiError("not_allowed_token_type")
        return token


def limited(seconds: int) -> Response:
    """429 as Slack gives it."""
    body = {"ok": False, "error": "ratelimited"}
    return JSONResponse(body, 429, headers={"Retry-After": str(seconds)})


async def read(request: Request) -> tuple[Payload, str]:
    """The arguments of a call, from the query, a form or JSON, and its token."""
    arguments: Payload = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0]
    body = await request.body()
    method = METHODS.get(request.path_params.get("method", ""))
    if kind == "application/json":
        arguments |= {} if method is not None and method.reads else json.loads(body or b"{}")
    elif body:
        form = await request.form()
        arguments |= {name: value for name, value in form.items() if isinstance(value, str)}
    for name in IN_FORMS:
        if isinstance(arguments.get(name), str):
            arguments[name] = _decoded(arguments[name])
    scheme, _, credential = request.headers.get("authorization", "").partition(" ")
    if scheme == "Basic":
        client, _, secret = base64.b64decode(credential).decode().partition(":")
        arguments |= {"client_id": client, "client_secret": secret}
    token = credential if scheme == "Bearer" else str(arguments.pop("token", ""))
    arguments.pop("token", None)
    return arguments, token


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
