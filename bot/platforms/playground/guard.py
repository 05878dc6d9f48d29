"""The gate before every route of the playground: own host, own origin, own token, own scripts.

Against DNS rebinding the Host header must name this machine and the port that is served; against
requests from other sites every post must come from the page itself and bring its token.
"""

import hmac
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "X-Candor-Token"  # noqa: S105 - the name of a header
LARGEST = 1024 * 1024  # bytes of a body

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Dress:
    """Middleware: every answer wears the headers, that of an unknown path too.

    A page that brings one of them keeps its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self._app(scope, receive, _dressed(send, anew=False))


class Guard:
    """Middleware: refuses what does not come from the page, and dresses every answer."""

    def __init__(self, app: ASGIApp, *, token: str, hosts: tuple[str, ...] = ()) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(h.lower() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421, 403, 415 or 413 in its place."""
        status = self._refusal(scope)
        if status:
            await JSONResponse({"error": _SAID[status]}, status)(scope, receive, _dressed(send))
            return
        await self._app(scope, receive, _dressed(send))

    def _refusal(self, scope: Scope) -> int:
        headers = Headers(scope=scope)
        if not self._is_our_host(headers.get("host", ""), scope):
            return 421
        if scope["method"] in ("GET", "HEAD"):
            return 0 if _may_read(headers, str(scope["path"])) else 403
        if not self._is_our_page(headers, str(scope["scheme"])):
            return 403
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return 415
        length = headers.get("content-length", "0")
        return 0 if 0 <= _number(length) <= LARGEST else 413

    def _is_our_host(self, host: str, scope: Scope) -> bool:
        server: tuple[str, int | None] | None = scope.get("server")
        if server is None:
            return False
        usual = _PORTS.get(str(scope["scheme"]), 0)
        served = server[1] or usual
        name, port = _split(host.lower(), usual)
        if name in self._hosts:
            return port in (served, usual)  # the usual one: a server in front may serve it
        return port == served and (name == "localhost" or _is_loopback(name))

    def _is_our_page(self, headers: Headers, scheme: str) -> bool:
        if headers.get("origin", "") != f"{scheme}://{headers['host']}":
            return False
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        given = headers.get(TOKEN_HEADER, "").encode()
        return hmac.compare_digest(given, self._token.encode())


_PORTS = {"http": 80, "https": 443}
_SAID = {
    403: "this request does not come from the page; open the page itself and try there",
    413: "the body is larger than one mebibyte; send less",
    415: "only application/json is taken",
    421: "this host name is not served here; use the address that was printed at the start",
}


def _split(host: str, usual: int) -> tuple[str, int]:
    """Name and port of a Host header; the usual port when it names none, -1 when that is none."""
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host, usual
    return name, _number(port)


def _number(digits: str) -> int:
    """What a header's digits say; -1 for anything else, and for more than any port or body has."""
    return int(digits) if digits.isdecimal() and len(digits) < 16 else -1


def _may_read(headers: Headers, path: str) -> bool:
    site = headers.get("sec-fetch-site", "none")
    return site in ("same-origin", "none") or path == "/"


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


_WORN = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_NAMES = frozenset(name for name, _ in _WORN)


def _dressed(send: Send, *, anew: bool = True) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            names = {each[0].lower() for each in given}
            own = [each for each in given if each[0].lower() not in _NAMES]
            worn = [each for each in _WORN if each[0].lower() not in names]
            message["headers"] = own + _WORN if anew else given + worn
        await send(message)

    return dressed
