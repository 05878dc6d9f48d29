"""The playground's routes: the page, its state, what people do on it, and the stream of changes."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import anyio
import structlog
from pydantic import ValidationError
from sse_starlette.sse import EventSourceResponse
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from bot.core.words import CaseId
from bot.engine.errors import CandorError
from bot.engine.handle import handle
from bot.engine.house import House
from bot.engine.inbound import Inbound, Profile, Reply
from bot.engine.papers import File
from bot.engine.ports import MessageRef
from bot.engine.tables import Milestones, UnreadableTable
from bot.platforms.playground import history, inbound
from bot.platforms.playground.client import PlaygroundChannel, posted
from bot.platforms.playground.clock import MovedClock, target
from bot.platforms.playground.guard import LARGEST, Guard
from bot.platforms.playground.people import (
    PEOPLE,
    TENANT,
    PlaceKind,
    Someone,
    open_to,
    place,
    shown,
    shown_commands,
    shown_places,
    someone,
)
from bot.platforms.playground.render import Payload, render
from bot.platforms.playground.sample import is_half_done, play
from bot.web.platforms import Look

PAGE = Path(__file__).parent / "page"
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}

STOPS = 50  # that one move of the clock makes at most

B = TypeVar("B", bound=inbound.Body)
Endpoint = Callable[[Request], Awaitable[Response]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Playground:
    """What the page stands on. `settle` fires what is due and sends what is waiting."""

    house: House
    channel: PlaygroundChannel
    clock: MovedClock
    settle: Callable[[], Awaitable[object]]
    kept_in: str  # where the data is, in words for the banner
    looks: Mapping[str, Look] = field(default_factory=dict)  # platforms that cards are drawn for
    hosts: tuple[str, ...] = ()  # host names taken besides those of this machine, without a port
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))


def routes(playground: Playground) -> list[Route]:
    """All routes of the page, each behind the guard; to be mounted at the root."""
    guard = [Middleware(Guard, token=playground.token, hosts=playground.hosts)]
    desk = _Desk(playground)
    gets = {
        "/": desk.page,
        "/page/{file}": desk.page,
        "/api/state": desk.state,
        "/api/inspect": desk.inspect,
        "/api/payload": desk.payload,
        "/api/events": desk.events,
    }
    posts = {
        "/api/say": desk.say,
        "/api/click": desk.click,
        "/api/language": desk.language,
        "/api/table": desk.table,
        "/api/clock": desk.move_clock,
        "/api/reset": desk.reset,
    }
    return [
        Route(path, _told(end), methods=[method], middleware=guard)
        for method, ends in (("GET", gets), ("POST", posts))
        for path, end in ends.items()
    ]


async def begin(playground: Playground) -> bool:
    """Lay out the sample when nobody has been here yet; True when it was.

    One that was cut short by the end of a process is taken away and laid out anew.
    """
    store = playground.house.store
    if await is_half_done(store):
        await store.erase(TENANT)
    elif await store.person(TENANT, PEOPLE[0].id) is not None:
        return False
    await play(playground.house, playground.settle)
    return True


class _Desk:
    """The endpoints."""

    def __init__(self, playground: Playground) -> None:
        self._at = playground
        self._house = playground.house
        self._files = {f.name: f for f in PAGE.iterdir() if f.suffix in TYPES}
        self._resetting = asyncio.Lock()

    async def page(self, request: Request) -> Response:
        """The page, or one of its files."""
        found = self._files.get(request.path_params.get("file", "index.html"))
        if found is None:
            raise HTTPException(404)
        return FileResponse(found, media_type=TYPES[found.suffix])

    async def state(self, request: Request) -> Response:
        """All that the page shows, and the token for what it sends."""
        who, kind = _where(request)
        last = self._at.channel.last  # before the store is read, so that nothing falls between
        people = [await self._person(p) for p in PEOPLE]
        profile = next(p for p in people if p["id"] == who.id)
        next_due = await self._house.store.next_due()
        return JSONResponse(
            {
                "token": self._at.token,
                "last_event": last,
                "person": who.id,
                "conversation": kind,
                "people": people,
                "conversations": shown_places(who),
                "commands": shown_commands(),
                "messages": await history.messages(
                    self._house.store, self._at.channel, place(kind, who)
                ),
                "zone": profile["zone"],
                "now": self._at.clock().isoformat(),
                "real": int(self._at.clock.real().timestamp() * 1000),
                "moved": self._at.clock.is_moved,
                "next_ping": next_due.isoformat() if next_due else None,
                "kept_in": self._at.kept_in,
                "looks": list(self._at.looks),
            }
        )

    async def inspect(self, request: Request) -> Response:
        """The cases and the outbox behind a conversation."""
        who, kind = _where(request)
        return JSONResponse(await history.behind(self._house.store, place(kind, who)))

    async def payload(self, request: Request) -> Response:
        """A message as another platform would get it, with the limits it uses."""
        who, kind = _where(request)
        look = self._at.looks.get(request.query_params.get("look", ""))
        ref = MessageRef(request.query_params.get("message", ""))
        here = place(kind, who)
        card = await history.card_of(self._house.store, self._at.channel, here, ref)
        if look is None or card is None:
            raise HTTPException(404)
        known = await self._house.store.person(TENANT, who.id)
        language = known.language if known else who.profile.language
        drawn = look(card, language, posted(ref).key)
        used = [{"what": shown(u.what), "count": u.count, "most": u.most} for u in drawn.used]
        return JSONResponse({"payload": drawn.payload, "used": used})

    async def events(self, request: Request) -> Response:
        """The stream of changes, from the last one that the page has seen."""
        last = request.headers.get("last-event-id") or request.query_params.get("last", "")
        ended = anyio.Event()  # set when the server stops, so that it need not wait for the page
        feed = self._at.channel.feed(last, ended)
        return EventSourceResponse(feed, ping=20, shutdown_event=ended, shutdown_grace_period=1)

    async def say(self, request: Request) -> Response:
        """Take in a line; outside the own conversation only commands are for the bot."""
        body = await _body(request, inbound.SayBody)
        if body.conversation != "dm" and not inbound.is_command(body.text):
            raise HTTPException(422)
        return await self._answer(body.id, inbound.said(body, self._at.clock()))

    async def click(self, request: Request) -> Response:
        """Take in a click or a form."""
        body = await _body(request, inbound.ClickBody)
        case = CaseId(body.case) if body.case else None
        if case is None and body.message:
            here = place(body.conversation, someone(body.person))
            case = await history.case_of(self._house.store, here, body.message)
        return await self._answer(body.id, inbound.clicked(body, self._at.clock(), case))

    async def language(self, request: Request) -> Response:
        """Take in the language switch; the page itself shows that it worked."""
        body = await _body(request, inbound.LanguageBody)
        reply, is_taken = await self._take(inbound.language_chosen(body, self._at.clock()))
        toast = None if is_taken else _shown(reply)["toast"]
        return JSONResponse({"taken": is_taken, "toast": toast, "cards": []})

    async def table(self, request: Request) -> Response:
        """The milestones in a file, to be looked at; nothing is kept of it."""
        body = await _body(request, inbound.TableBody)
        read = self._house.read_milestones
        if read is None:
            raise HTTPException(404)
        today = self._at.clock().date()
        look = partial(
            read, body.name, body.content, {str(k): v for k, v in body.columns.items()}, today=today
        )
        try:
            found = await anyio.to_thread.run_sync(look)
        except UnreadableTable as error:
            return JSONResponse({"problem": shown(error.text)})
        return JSONResponse(_milestones(found))

    async def move_clock(self, request: Request) -> Response:
        """Move the clock, and fire on the way what falls due on the way, each at its own time."""
        body = await _body(request, inbound.ClockBody)
        target_ = await self._target(body)
        for _ in range(STOPS):
            due = await self._house.store.next_due()
            if due is None or not self._at.clock() < due < target_:
                break
            self._at.clock.move_to(due)
            await self._settle()
        self._at.clock.move_to(target_)
        await self._settle()
        return JSONResponse({"at": self._at.clock().isoformat()})

    async def reset(self, request: Request) -> Response:
        """Delete everything and lay out the sample anew."""
        await _body(request, inbound.Body)
        async with self._resetting:
            await self._house.store.erase(TENANT)
            self._at.clock.move_to(self._at.clock.real())
            await play(self._house, self._at.settle)
            self._at.channel.reload()
        return JSONResponse({"at": self._at.clock().isoformat()})

    async def _answer(self, id_: str, inbound_: Inbound) -> Response:
        reply, is_taken = await self._take(inbound_)
        if is_taken:
            await self._settle()
        at = self._at.clock().isoformat()
        return JSONResponse({"id": id_, "at": at, "taken": is_taken, **_shown(reply)})

    async def _take(self, inbound_: Inbound) -> tuple[Reply, bool]:
        """What goes back, and whether it was taken in, which is for `handle` alone to say."""
        try:
            reply = await handle(self._house, inbound_)
            if reply.later is not None:  # a page waits longer than a platform does
                reply = await reply.later()
        except CandorError as error:
            return Reply(toast=error.text), False
        return reply, not reply.fault

    async def _settle(self) -> None:
        """Send what waits, if it can be done now; otherwise the waker sends it later."""
        try:
            await self._at.settle()
        except Exception as error:  # noqa: BLE001 - what was taken in stays taken in
            _log.error("not settled", error=type(error).__name__)

    async def _target(self, body: inbound.ClockBody) -> datetime:
        clock = self._at.clock
        if body.to == "next_ping":
            return await self._house.store.next_due() or clock()
        who = someone(body.person)
        known = await self._house.store.person(TENANT, who.id)
        profile = who.profile
        if known is not None:
            profile = Profile(known.language, known.zone, known.calendar)
        return target(clock(), body.to, profile, real=clock.real())

    async def _person(self, who: Someone) -> Payload:
        known = await self._house.store.person(TENANT, who.id)
        return {
            "id": who.id,
            "name": who.name,
            "role": shown(who.role),
            "language": known.language if known else who.profile.language,
            "zone": known.zone if known else who.profile.zone,
        }


def _told(end: Endpoint) -> Endpoint:
    """The endpoint, whose trouble is told in one sentence and 503 in place of a fault."""

    async def told(request: Request) -> Response:
        try:
            return await end(request)
        except CandorError as error:
            return JSONResponse({"error": shown(error.text)}, 503)

    return told


def _where(request: Request) -> tuple[Someone, PlaceKind]:
    wanted = request.query_params.get("conversation")
    who = someone(request.query_params.get("person", ""))
    kinds = open_to(who)
    return who, next((k for k in kinds if k == wanted), kinds[0])


async def _body(request: Request, kind: type[B]) -> B:
    """The body as `kind`; raises HTTPException 413 when it is too large, 400 when it is off."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST:
            raise HTTPException(413)
    try:
        return kind.model_validate_json(bytes(read))
    except ValidationError:
        raise HTTPException(400) from None


def _shown(reply: Reply) -> Payload:
    return {
        "toast": shown(reply.toast) if reply.toast else None,
        "cards": [render(card) for card in reply.cards],
        "case": reply.case,
        "file": _file(reply.file) if reply.file else None,
    }


def _milestones(found: Milestones) -> Payload:
    return {
        "header": found.header,
        "columns": dict(found.columns),
        "rows": [
            {
                "name": row.name,
                "day": row.day.isoformat() if row.day else "",
                "owner": row.owner,
                "problem": shown(row.problem) if row.problem else None,
            }
            for row in found.rows
        ],
        "left_out": found.left_out,
    }


def _file(file: File) -> Payload:
    content = b64encode(file.content).decode()
    return {"name": file.name, "type": file.media_type, "content": content}
