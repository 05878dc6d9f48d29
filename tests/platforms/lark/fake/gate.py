"""What every call to the server API passes: record, fault, token, scope, rate; then the answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.faults import Code, Cut, Fault, Faults, Hang, Slow, Status
from tests.platforms.lark.fake.limits import MINUTE, Limits
from tests.platforms.lark.fake.tenant import Tenant
from tests.platforms.lark.fake.tokens import Tokens

PREFIX = "/open-apis"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as an endpoint takes it."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]

    def need(self, name: str) -> str:
        """A field of the body that must be a text; raises Refused."""
        value = self.body.get(name)
        if not isinstance(value, str) or not value:
            raise Refused(99992402, error=violation(name, f"{name} is required"))
        return value


@dataclass(slots=True)
class Call:
    """A request that came, and what was answered; status 0 when the line was cut or hangs."""

    endpoint: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    at: datetime
    status: int = 0
    code: int = -1
    acted: bool = False  # whether it had its effect


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of the server API. `scopes`: any one of them will do."""

    name: str  # method and path: "POST /open-apis/im/v1/messages"
    act: Callable[[Asked], Awaitable[Mapping[str, Any]]]
    scopes: tuple[str, ...] = ()
    open: bool = False  # needs no token
    flat: bool = False  # its answer stands beside code and msg, not in data
    raw: bool = False  # its answer is the bytes themselves
    per_second: int = 50
    per_minute: int = 1000


@dataclass(slots=True)
class Gate:
    """Stands before the endpoints."""

    tenant: Tenant
    tokens: Tokens
    limits: Limits
    cut: Callable[[tuple[str, int]], None]
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)

    def route(self, endpoint: Endpoint) -> Route:
        """The endpoint, served."""

        async def served(request: Request) -> Response:
            return await self._serve(endpoint, request)

        method, _, path = endpoint.name.partition(" ")
        return Route(_braced(path), served, methods=[method])

    async def _serve(self, endpoint: Endpoint, request: Request) -> Response:
        raw = await request.body()
        call = Call(
            endpoint.name, request.url.path, dict(request.query_params), dict(request.headers),
            await _form(request) or _object(raw), self.tenant.now(),
        )  # fmt: skip
        self.calls.append(call)
        self.tenant.watch.touch()
        fault = self.faults.take(endpoint.name)
        early = await self._before(fault, request)
        if early is not None:
            call.status = early.status_code
            call.code = fault.code if isinstance(fault, Code) else -1
            return early
        answer = await self._answer(
            endpoint, call, Asked(request.path_params, call.query, call.body)
        )
        if isinstance(fault, Cut):
            self._break(request)
            return answer
        call.status = answer.status_code
        return answer

    async def _before(self, fault: Fault | None, request: Request) -> Response | None:
        match fault:
            case Code():
                headers = {"x-ogw-ratelimit-reset": str(fault.reset)} if fault.reset else {}
                return _refusal(Refused(fault.code, fault.ext, headers=headers))
            case Status():
                return Response(fault.body, fault.status, headers=dict(fault.headers))
            case Hang():
                await asyncio.Event().wait()
            case Cut(accepted=False):
                self._break(request)
                await asyncio.Event().wait()
            case Slow():
                await asyncio.sleep(fault.seconds)
            case Cut() | None:
                pass
        return None

    def _break(self, request: Request) -> None:
        if request.client is not None:
            self.cut((request.client.host, request.client.port))

    async def _answer(self, endpoint: Endpoint, call: Call, asked: Asked) -> Response:
        try:
            self._admit(endpoint, call)
            data = await endpoint.act(asked)
        except Refused as refused:
            call.code = refused.code
            return _refusal(refused)
        call.code, call.acted = 0, True
        if endpoint.raw:
            return Response(data["content"], media_type="application/octet-stream")
        if endpoint.flat:
            return JSONResponse({"code": 0, "msg": "ok", **data})
        return JSONResponse({"code": 0, "msg": "success", "data": data})

    def _admit(self, endpoint: Endpoint, call: Call) -> None:
        if not endpoint.open:
            self.tokens.check(call.headers.get("authorization", ""))
            if not self.tenant.app.enabled:
                raise Refused(99991662)
            if endpoint.scopes and not self.tenant.app.scopes & set(endpoint.scopes):
                raise _missing(endpoint.scopes)
        second = self.limits.allow(endpoint.name, endpoint.per_second)
        if not (second and self.limits.allow(endpoint.name, endpoint.per_minute, MINUTE)):
            reset = "1" if not second else "60"
            raise Refused(99991400, headers={"x-ogw-ratelimit-reset": reset})


def violation(name: str, why: str) -> dict[str, object]:
    """The part of an answer that says which field is off."""
    return {"field_violations": [{"field": name, "description": why}]}


def _missing(scopes: tuple[str, ...]) -> Refused:
    needed = [{"type": "action_scope_required", "subject": s} for s in scopes]
    return Refused(99991672, f"[{', '.join(scopes)}]", error={"permission_violations": needed})


def _refusal(refused: Refused) -> Response:
    error = {"log_id": "20261123090000FA8E", **refused.error}
    body = {"code": refused.code, "msg": refused.message, "error": error}
    return JSONResponse(body, refused.status, headers=refused.headers)


def _braced(path: str) -> str:
    parts = (f"{{{p[1:]}}}" if p.startswith(":") else p for p in path.split("/"))
    return "/".join(parts)


async def _form(request: Request) -> dict[str, Any]:
    """The fields of a form with a file in it; the file as its bytes."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return {}
    async with request.form() as fields:
        found = fields.items()
        return {k: await v.read() if isinstance(v, UploadFile) else v for k, v in found}


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
