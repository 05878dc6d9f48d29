"""The link by which a workspace installs the app: out to Slack with a state, back with a code.

The state is sealed, ten minutes good, bound to the browser by a cookie, and taken once. Source:
docs.slack.dev, installing with OAuth.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import Protocol
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.core.words import EventId, Language, TenantId, Text
from bot.engine.errors import CandorError
from bot.engine.safe import Unreadable
from bot.platforms.slack.installation import Installation
from bot.platforms.slack.link import Link
from bot.platforms.slack.manifest import BACK
from bot.web.platforms import Site

INSTALL = "/slack/install"
STYLE = "/feedback/style.css"  # served wherever CANDOR_PUBLIC_URL is set, as it is here
COOKIE = "candor_slack_install"
GOOD_FOR = timedelta(minutes=10)
STATES = TenantId("slack.install")  # under which the states that came back are noted

INSTALLED = Text(
    en="Candor is installed in {place}. Go to Slack and type /delay.",
    zh="Candor 已安装到{place}。请到 Slack 里输入 /delay。",
)
DENIED = Text(
    en="Nothing was installed, because it was not agreed to in Slack.",
    zh="在 Slack 里没有同意，所以没有安装。",
)
STALE = Text(
    en="This link has been used, is older than ten minutes, or was opened in another browser. "
    "Please begin again with Install.",
    zh="这个链接已经用过、超过十分钟，或是在另一个浏览器里打开的。请重新点“安装”。",
)
REFUSED = Text(
    en="Slack did not confirm the installation. Please begin again with Install in a minute.",
    zh="Slack 没有确认安装。请过一分钟重新点“安装”。",
)
AGAIN = Text(en="Install", zh="安装")

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address holds a code
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
_log = structlog.get_logger(__name__)


class Exchange(Protocol):
    """Where somebody agrees, and what becomes of the code that they bring back."""

    @property
    def authorize(self) -> str:
        """Slack's page."""
        ...

    async def exchange(self, code: str) -> Installation:
        """The installation that a code stands for, kept. Raises a CandorError, or ValueError."""
        ...


def routes(installed: Exchange, link: Link, site: Site) -> Sequence[BaseRoute]:
    """The way out and the way back."""
    found = _Installing(installed, link, site)
    return (
        Route(INSTALL, found.out, methods=["GET"]),
        Route(BACK, found.back, methods=["GET"]),
    )


class _Installing:
    """The two routes."""

    def __init__(self, installed: Exchange, link: Link, site: Site) -> None:
        self._installed, self._link, self._house = installed, link, site.house

    async def out(self, _: Request) -> Response:
        """To Slack's page, with a state that only this browser can bring back."""
        state = self._link.vault.seal(secrets.token_urlsafe(24), self._house.clock())
        asks = {
            "client_id": self._link.client_id,
            "scope": ",".join(sorted(self._link.scopes)),
            "redirect_uri": self._link.back,
            "state": state,
        }
        answer = RedirectResponse(f"{self._installed.authorize}?{urlencode(asks)}", 302, _HEADERS)
        answer.set_cookie(
            COOKIE,
            state,
            max_age=int(GOOD_FOR.total_seconds()),
            path=BACK,
            secure=self._link.address.startswith("https://"),
            httponly=True,
            samesite="lax",
        )
        return answer

    async def back(self, request: Request) -> Response:
        """From Slack's page: a code is exchanged once, by the browser that went out."""
        asked = request.query_params
        if not await self._is_ours(asked.get("state", ""), request.cookies.get(COOKIE, "")):
            return _page(request, STALE, 400, again=True)
        if asked.get("error") or not asked.get("code"):
            return _page(request, DENIED, 400, again=True)
        try:
            found = await self._installed.exchange(asked["code"])
        except (CandorError, ValueError) as error:
            _log.warning("slack app was not installed", error=type(error).__name__)
            return _page(request, REFUSED, 502, again=True)
        self._look(found)
        return _page(request, INSTALLED.fill(place=found.name), 200)

    def _look(self, found: Installation) -> None:
        _log.info("slack app was installed", tenant=found.tenant, whole=found.whole)

    async def _is_ours(self, state: str, cookie: str) -> bool:
        """Whether this browser brings it back, in time, for the first time."""
        now = self._house.clock()
        if not state or not secrets.compare_digest(state.encode(), cookie.encode()):
            return False
        try:
            once = self._link.vault.open_(state, at=now, within=GOOD_FOR)
        except Unreadable:
            return False
        async with self._house.store.turn(STATES) as turn:
            return await turn.take_in(EventId(once), now)


def _page(request: Request, text: Text, status: int, *, again: bool = False) -> Response:
    """One sentence, in the browser's language, and a way to begin again."""
    language: Language = (
        "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"
    )
    link = f'<p><a href="{INSTALL}">{escape(AGAIN.to(language))}</a></p>' if again else ""
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>Candor</title><link rel="stylesheet" href="{STYLE}"></head>'
        f"<body><main><h1>Candor</h1>"
        f"<p>{escape(text.to(language))}</p>{link}</main></body></html>"
    )
    answer = HTMLResponse(page, status, _HEADERS)
    answer.delete_cookie(COOKIE, path=BACK)
    return answer
