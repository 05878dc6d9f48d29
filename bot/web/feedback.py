"""The page on which a customer says how they were told: one link, no account, two scales, one line.

It runs no script, and knows nothing that the customer was not told.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.core.following.feedback import BEST, QUOTE
from bot.core.reading.formats import show_date
from bot.core.words import Language, Text
from bot.engine.errors import CandorError
from bot.engine.feedback import Said, Sheet, give, sheet
from bot.engine.house import House
from bot.engine.links import PATH, Links, Ticket
from bot.web.feedback_words import PAGE
from bot.web.platforms import Wake

LARGEST = 16 * 1024  # bytes of an answer
_SPAN = timedelta(minutes=10)
_OF_A_LINK, _OF_AN_ADDRESS = 60, 600  # requests in that time; a whole firm may have one address
_KEPT = 5000  # links and addresses that are counted
_KEY = 32  # bytes
_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",  # it holds what the customer wrote
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",  # so that the browser says where an answer comes from
    "X-Robots-Tag": "noindex, nofollow",
}


def links(address: str, kept_in: Path) -> Links | None:
    """The links under this address; their key is made once and kept beside the database.

    None where customers cannot reach this server.
    """
    if not address:
        return None
    return Links(address, key(kept_in))


def key(kept_in: Path) -> bytes:
    """The key in this file, made when it is first asked for."""
    if not kept_in.exists() or kept_in.stat().st_size < _KEY:
        _keep_key(kept_in)
    return kept_in.read_bytes()


def _keep_key(kept_in: Path) -> None:
    """Whole or not at all: with half a key, anybody could sign."""
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    begun = kept_in.with_name(f"{kept_in.name}.{secrets.token_hex(4)}")
    begun.touch(mode=0o600)
    begun.write_bytes(secrets.token_bytes(_KEY))
    begun.replace(kept_in)


def routes(house: House, wake: Wake) -> Sequence[BaseRoute]:
    """The page and its style; none where no links can be made."""
    if house.links is None:
        return ()
    page = _Page(house, house.links, wake)
    return (
        Route(f"{PATH}/style.css", _style, methods=["GET"]),
        Route(f"{PATH}/{{token}}", page.shown, methods=["GET"]),
        Route(f"{PATH}/{{token}}", page.answered, methods=["POST"]),
    )


class _Page:
    """What one link shows, and takes."""

    def __init__(self, house: House, links: Links, wake: Wake) -> None:
        self._house, self._links, self._wake = house, links, wake
        self._by_link = Pace(house.clock, _OF_A_LINK)
        self._by_address = Pace(house.clock, _OF_AN_ADDRESS)

    async def shown(self, request: Request) -> Response:
        """The two questions, with what was answered before; to look at it changes nothing."""
        ticket, found = await self._found(request)
        if not isinstance(found, Sheet) or ticket is None:
            return found if isinstance(found, Response) else _refused("unknown", 404, request)
        thanks = request.query_params.get("thanks") is not None and found.given is not None
        language = _language(request, found.language)
        return _html(_form(found, language, thanks=thanks), language)

    async def answered(self, request: Request) -> Response:
        """Take the answer in and show it again; the last one counts."""
        if not self._is_from_the_page(request):
            return _refused("elsewhere", 403, request)
        ticket, found = await self._found(request)
        if not isinstance(found, Sheet) or ticket is None:
            return found if isinstance(found, Response) else _refused("unknown", 404, request)
        language = _language(request, found.language)
        said = _said(await _body(request))
        if said is None:
            return _html(_form(found, language, missing=True), language, 422)
        try:
            line = await give(self._house, ticket, said)
        except CandorError:
            return _refused("trouble", 503, request, language)
        if line is not None:
            self._wake(line)
        where = f"{PATH}/{request.path_params['token']}?thanks&lang={language}"
        return Response(status_code=303, headers={"Location": where, **_HEADERS})

    async def _found(self, request: Request) -> tuple[Ticket | None, Sheet | Response | None]:
        if not self._by_address.allows(request.client.host if request.client else ""):
            return None, _refused("pace", 429, request)
        token = str(request.path_params["token"])
        ticket = self._links.read(token)
        if ticket is None:
            return None, None
        if not self._by_link.allows(token):
            return None, _refused("pace", 429, request)
        try:
            found = await sheet(self._house, ticket)
        except CandorError:
            return ticket, _refused("trouble", 503, request)
        if found is not None and self._house.clock() >= ticket.until:
            return ticket, _refused("over", 410, request, found.language)
        return ticket, found

    def _is_from_the_page(self, request: Request) -> bool:
        """Whether an answer comes from our own page, as every browser says."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        if kind != "application/x-www-form-urlencoded":
            return False
        site = request.headers.get("sec-fetch-site")
        if site is not None and site != "same-origin":
            return False
        return request.headers.get("origin", "") == _origin(self._links.address)


class Pace:
    """At most so many requests of one kind in ten minutes; the oldest names are forgotten."""

    def __init__(self, clock: Callable[[], datetime], most: int) -> None:
        self._clock, self._most = clock, most
        self._seen: dict[str, list[datetime]] = {}

    def allows(self, name: str) -> bool:
        """Whether one more of this name may come now."""
        now = self._clock()
        recent = [at for at in self._seen.pop(name, []) if now - at < _SPAN]
        self._seen[name] = [*recent, now][-self._most - 1 :]
        while len(self._seen) > _KEPT:
            del self._seen[next(iter(self._seen))]
        return len(self._seen[name]) <= self._most


async def _style(_: Request) -> Response:
    text = Path(__file__).with_name("feedback.css").read_text(encoding="utf-8")
    return Response(text, media_type="text/css", headers=_HEADERS)


async def _body(request: Request) -> Mapping[str, str]:
    """The fields of a form, each once; nothing where there is more than a form of ours holds."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST:
            return {}
    try:
        found = parse_qs(bytes(read).decode("utf-8"), max_num_fields=8)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}


def _said(body: Mapping[str, str]) -> Said | None:
    """The answer; None where a scale was left out."""
    early, trust = (_score(body.get(name, "")) for name in ("early", "trust"))
    if not early or not trust:
        return None
    return Said(early, trust, " ".join(body.get("quote", "").split())[:QUOTE])


def _score(text: str) -> int:
    return next((n for n in range(1, BEST + 1) if str(n) == text), 0)


def _language(request: Request, usual: Language) -> Language:
    wished = request.query_params.get("lang")
    return "zh" if wished == "zh" else "en" if wished == "en" else usual


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _form(
    found: Sheet,
    language: Language,
    *,
    thanks: bool = False,
    missing: bool = False,
) -> str:
    until = show_date(found.until, language)
    parts = [f"<h1>{_text(PAGE.title, language, project=found.project or '…')}</h1>"]
    if thanks:
        parts.append(f'<p role="status">{_text(PAGE.thanks, language, day=until)}</p>')
    elif missing:
        parts.append(f'<p role="alert">{_text(PAGE.missing, language)}</p>')
    else:
        parts.append(f"<p>{_text(PAGE.intro, language, day=until)}</p>")
    given = found.given
    parts.append(f'<form method="post" action="?lang={language}">')
    parts += _scale("early", PAGE.early, PAGE.in_time, language, given.early if given else 0)
    parts += _scale("trust", PAGE.trust, PAGE.trusted, language, given.trust if given else 0)
    quote = escape(given.quote if given else "")
    parts.append(
        f'<label for="quote">{_text(PAGE.quote, language)}</label>'
        f'<textarea id="quote" name="quote" rows="3" maxlength="{QUOTE}">{quote}</textarea>'
        f"<button>{_text(PAGE.send, language)}</button></form>"
    )
    other: Language = "en" if language == "zh" else "zh"
    parts.append(f'<p><a href="?lang={other}" lang="{other}">{PAGE.other.to(language)}</a></p>')
    return "".join(parts)


def _scale(
    name: str, question: Text, words: Mapping[int, Text], language: Language, chosen: int
) -> list[str]:
    rows = [f"<fieldset><legend>{_text(question, language)}</legend>"]
    for score in range(BEST, 0, -1):
        checked = " checked" if score == chosen else ""
        rows.append(
            f'<label><input type="radio" name="{name}" value="{score}" required{checked}> '
            f"{_text(words[score], language)}</label>"
        )
    return [*rows, "</fieldset>"]


def _text(text: Text, language: Language, **slots: str) -> str:
    return escape(text.fill(**slots).to(language))


def _refused(why: str, status: int, request: Request, usual: Language | None = None) -> Response:
    """One sentence in place of the page, in both languages where nobody knows which."""
    text = PAGE.refused[why]
    wished = request.query_params.get("lang")
    language = usual or ("zh" if wished == "zh" else "en")
    said = [language] if usual else ["en", "zh"]
    rows = (f'<p lang="{x}">{escape(text.en if x == "en" else text.zh)}</p>' for x in said)
    title = f"<h1>{escape(PAGE.name.to(language))}</h1>"
    return _html(f"{title}{''.join(rows)}", language, status)


def _html(body: str, language: Language, status: int = 200) -> HTMLResponse:
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(PAGE.name.to(language))}</title>"
        f'<link rel="stylesheet" href="{PATH}/style.css"></head>'
        f"<body><main>{body}</main></body></html>"
    )
    return HTMLResponse(page, status, headers=_HEADERS)
