"""An app by a scan: somebody scans a code with Feishu or Lark, and the app is made as Candor needs it.

The flow is that of lark-oapi's `scene.registration` (1.7.5): a device authorisation, in which the
page behind the code shows what the app will have. It makes custom apps of the scanner's tenant.
"""

import asyncio
import base64
import gzip
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import aiohttp
import segno

from bot.core.words import Text
from bot.engine.errors import CandorError
from bot.platforms.lark import console

PATIENCE = aiohttp.ClientTimeout(total=10)
LONGEST = 900.0  # seconds that a scan is waited for
_PATH = "/oauth/v1/app/registration"
LARK = "https://open.larksuite.com"  # where the tenants of the brand Lark are
_BORDER = 2  # modules of white round a code


class NotMade(CandorError):
    """No app came of it; the sentence says why, and what to do."""

    sentence = Text(
        en="No app was made. Try again, or create it on the page that candor setup lark names.",
        zh="应用没有创建。请再试一次，或在 candor setup lark 给出的页面上创建。",
    )


DENIED = Text(
    en="The scan was turned down, so no app was made.", zh="扫码后没有确认，应用没有创建。"
)
EXPIRED = Text(
    en="Nobody scanned the code in time; run the command again for a new one.",
    zh="二维码已过期；请重新运行命令获取新的。",
)
AWAY = Text(
    en="{host} cannot be reached from here: check the network, or the proxy in HTTPS_PROXY.",
    zh="从这里无法访问 {host}：请检查网络，或 HTTPS_PROXY 里的代理。",
)


@dataclass(frozen=True, slots=True)
class Made:
    """The app, whoever made it, and where its server API is."""

    app_id: str
    secret: str
    operator: str  # open_id; empty when it was not told
    base_url: str

    def __repr__(self) -> str:
        return f"Made(app_id={self.app_id!r}, base_url={self.base_url!r})"

    def settings(self) -> str:
        """The lines of an environment file."""
        lines = [
            f"CANDOR_LARK_APP_ID={self.app_id}",
            f"CANDOR_LARK_APP_SECRET={self.secret}",
            f"CANDOR_LARK_BASE_URL={self.base_url}",
        ]
        return "\n".join(
            [*lines, *([f"CANDOR_LARK_OPERATOR={self.operator}"] * bool(self.operator))]
        )


@dataclass(frozen=True, slots=True)
class _Scan:
    """A scan that is waited for."""

    device: str
    interval: float  # seconds between two questions
    until: float  # by the loop's clock


async def register(
    base_url: str,
    show: Callable[[str], None],
    *,
    switched_on: console.Wanted = console.USUAL,
    lark: str = LARK,
) -> Made:
    """The app that comes of a scan; `show` gets the link to make a code of. Raises NotMade.

    Whoever scans may be of a tenant of the brand Lark: then the app is made there.
    """
    async with aiohttp.ClientSession(timeout=PATIENCE, trust_env=True) as session:
        told = await _post(session, base_url, {"action": "init"})
        if "client_secret" not in told.get("supported_auth_methods", ()):
            raise NotMade
        wanted = {
            "action": "begin",
            "archetype": "PersonalAgent",
            "auth_method": "client_secret",
            "request_user_info": "open_id",
        }
        begun = await _post(session, base_url, wanted)
        if not {"verification_uri_complete", "device_code"} <= begun.keys():
            raise NotMade
        show(_link(str(begun["verification_uri_complete"]), switched_on))
        ends = asyncio.get_running_loop().time() + min(float(begun.get("expires_in", 600)), LONGEST)
        scan = _Scan(str(begun["device_code"]), float(begun.get("interval", 5)), ends)
        return await _made(session, (base_url, lark), scan)


def drawn(link: str, width: int) -> str:
    """The code for a terminal of so many columns; empty when it is too narrow."""
    code = segno.make(link, error="l", micro=False)
    if code.symbol_size(border=_BORDER)[0] > width:
        return ""
    out = io.StringIO()
    code.terminal(out, border=_BORDER, compact=True)
    return out.getvalue()


def picture(link: str) -> bytes:
    """The code as a picture (PNG)."""
    out = io.BytesIO()
    segno.make(link, error="l", micro=False).save(out, kind="png", scale=6)
    return out.getvalue()


async def _made(session: aiohttp.ClientSession, hosts: tuple[str, str], scan: _Scan) -> Made:
    """Ask until somebody has scanned it, at the pace that the platform wants: where it began, and
    at Lark once the scanner's tenant is said to be there, since its secret is told there alone.
    """
    here, lark = hosts
    while asyncio.get_running_loop().time() < scan.until:
        told = await _post(session, here, {"action": "poll", "device_code": scan.device})
        said = told.get("user_info")
        who: Mapping[str, Any] = said if isinstance(said, dict) else {}
        if told.get("client_id") and told.get("client_secret"):
            operator = str(who.get("open_id", ""))
            return Made(str(told["client_id"]), str(told["client_secret"]), operator, here)
        if who.get("tenant_brand") == "lark" and here != lark:
            here = lark
            continue
        scan = _paced(scan, str(told.get("error", "")))
        await asyncio.sleep(scan.interval)
    raise NotMade(EXPIRED)


def _paced(scan: _Scan, error: str) -> _Scan:
    """The scan, waited for on; raises NotMade when there is nothing to wait for."""
    match error:
        case "authorization_pending":
            return scan
        case "slow_down":
            return replace(scan, interval=scan.interval + 5)
        case "access_denied":
            raise NotMade(DENIED)
        case "expired_token":
            raise NotMade(EXPIRED)
        case _:
            raise NotMade


async def _post(
    session: aiohttp.ClientSession, base_url: str, form: Mapping[str, str]
) -> Mapping[str, Any]:
    """What is told; a scan that is waited for is told with an error's status."""
    url = base_url.replace("://open.", "://accounts.", 1) + _PATH
    try:
        async with session.post(url, data=form, allow_redirects=False) as answer:
            told = await answer.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError):
        raise NotMade(AWAY.fill(host=urlsplit(url).netloc)) from None
    except ValueError:
        raise NotMade from None
    if not isinstance(told, dict):
        raise NotMade
    return told


def _link(uri: str, switched_on: console.Wanted) -> str:
    """The page with what the app is to have filled in."""
    parts = urlsplit(uri)
    more = {
        "from": "sdk",
        "tp": "sdk",
        "source": "python-sdk/candor",
        "name": "Candor",
        "addons": _addons(switched_on),
    }
    query = {**dict(parse_qsl(parts.query)), **more}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _addons(switched_on: console.Wanted) -> str:
    wanted = {
        "scopes": {"tenant": sorted(console.scopes(switched_on))},
        "events": {"items": {"tenant": sorted(console.EVENTS)}},
        "callbacks": {"items": sorted(console.CALLBACKS)},
    }
    packed = gzip.compress(json.dumps(wanted, separators=(",", ":")).encode(), mtime=0)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")
