"""Slack's answers: signed commands and presses to `candor serve`, beside a bare Bolt app.

Both are one process with one worker on loopback, answering the very same requests over as many kept
connections. The bare app only acknowledges; Candor has committed its turn by then, and goes on
sending to a stand-in for Slack meanwhile. Requests are signed before the clock starts.

    python -m bench.slack_ack            this part alone
    python -m bench.slack_ack bare PORT  the bare app
    python -m bench.slack_ack slack PORT the stand-in
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from urllib.parse import urlencode

from bench.served import Load, Process, beside, loaded, serving, stand_in
from bench.table import Row, machine, markdown, spread

SECRET, TEAM = "a secret of the benchmark", "T0BENCH"
CONNECTIONS = ((1, 300), (8, 100), (64, 25))  # how many at once, requests of each
WARM = 40
ROUNDS = 2  # of which the one with the most answers a second counts, on either side
QUIET = 4  # seconds in which what was begun is sent
FORM = "application/x-www-form-urlencoded"

_numbers = itertools.count(1)
Make = Callable[[int], bytes]  # the body of a request of this person


def rows() -> Iterator[Row]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder, stand_in("bench.slack_ack", "slack") as slack:
        environment = {
            "CANDOR_DATA": folder,
            "CANDOR_SLACK_BOT_TOKEN": "xoxb-bench",
            "CANDOR_SLACK_SIGNING_SECRET": SECRET,
            "CANDOR_SLACK_BASE_URL": f"http://127.0.0.1:{slack.port}",
        }
        with serving(environment):
            pass  # the first start makes the database, and is larger by what made it
        with stand_in("bench.slack_ack", "bare") as bare, serving(environment) as candor:
            yield Row("slack: idle `candor serve`, memory", f"{candor.memory} MiB", "< 130 MB")
            yield from asyncio.run(_compared(bare, candor, slack.port))


async def _compared(bare: Process, candor: Process, slack: int) -> list[Row]:
    found: list[Row] = []
    for name, make in (("command", _command), ("press", partial(_press, slack))):
        await _load(candor, _begin, people=64, each=1)
        await asyncio.sleep(QUIET)
        for people, each in CONNECTIONS:
            floors: list[Load] = []
            ours: list[Load] = []
            for _ in range(ROUNDS):  # in turn, so that a busy moment of the machine meets both
                floors.append(await _load(bare, make, people, each))
                ours.append(await _load(candor, make, people, each))
            what = f"slack: {name}, {people} connection{'s' if people > 1 else ''}"
            found += _rows(what, _quietest(floors), _quietest(ours), people)
    return found


def _quietest(loads: Sequence[Load]) -> Load:
    return max(loads, key=lambda load: load.rate)


def _rows(what: str, floor: Load, ours: Load, people: int) -> Iterator[Row]:
    yield Row(f"{what}, bare Bolt", f"{spread(floor.seconds)}, {floor.rate:,.0f}/s")
    aim = "p99 < 100 ms, none over 1 s" if people == 64 else ""
    worst = f", worst {1000 * max(ours.seconds):.0f} ms" if people == 64 else ""
    yield Row(f"{what}, Candor", f"{spread(ours.seconds)}{worst}, {ours.rate:,.0f}/s", aim)
    yield from beside(what, floor, ours)


async def _load(process: Process, make: Make, people: int, each: int) -> Load:
    """So many people at once, each on a connection of their own, one request after the other."""
    warm = [[_signed(make(p)) for _ in range(WARM // people or 1)] for p in range(people)]
    prepared = [[_signed(make(p)) for _ in range(each)] for p in range(people)]
    return await loaded(process, warm, prepared)


def _signed(body: bytes) -> bytes:
    stamp = str(int(time.clock_gettime(time.CLOCK_REALTIME))).encode()
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: {FORM}\r\n"
        f"content-length: {len(body)}\r\nx-slack-request-timestamp: {stamp.decode()}\r\n"
        f"x-slack-signature: v0={digest}\r\n\r\n"
    )
    return head.encode() + body


def _slash(person: int, text: str) -> bytes:
    form = {
        "command": "/delay", "text": text, "team_id": TEAM, "user_id": f"U{person:04}",
        "channel_id": "C1", "channel_name": "general", "trigger_id": f"t{next(_numbers)}",
        "response_url": "", "api_app_id": "A1", "token": "old", "is_enterprise_install": "false",
    }  # fmt: skip
    return urlencode(form).encode()


def _begin(person: int) -> bytes:
    return _slash(person, "Wind farm")


def _command(person: int) -> bytes:
    return _slash(person, "help")


def _press(slack: int, person: int) -> bytes:
    """The language switch: it needs no message, and a person is changed and saved by it."""
    action = {
        "type": "button", "action_id": "do:language:0", "block_id": "b", "action_ts": "1.2",
        "value": json.dumps(["language", "switch", ""]),
    }  # fmt: skip
    payload = {
        "type": "block_actions", "team": {"id": TEAM, "domain": "bench"}, "token": "old",
        "user": {"id": f"U{person:04}", "team_id": TEAM}, "api_app_id": "A1",
        "trigger_id": f"t{next(_numbers)}", "is_enterprise_install": False,
        "response_url": f"http://127.0.0.1:{slack}/api/response",
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "D1"},
        "channel": {"id": "D1", "name": "directmessage"}, "actions": [action],
        "message": {"type": "message", "ts": "1.2", "text": "x" * 300},
    }  # fmt: skip
    return urlencode({"payload": json.dumps(payload)}).encode()


def _serve_bare(port: int) -> None:
    """A Bolt app with Candor's settings whose listeners only acknowledge."""
    import re

    import uvicorn
    from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_bolt.authorization import AuthorizeResult
    from slack_sdk.web.async_client import AsyncWebClient
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-bench")

    app = AsyncApp(
        client=AsyncWebClient(token="xoxb-bench"),
        signing_secret=SECRET,
        authorize=authorize,
        process_before_response=True,
    )

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.command(re.compile(""))(acknowledge)
    app.action(re.compile(""))(acknowledge)
    handler = AsyncSlackRequestHandler(app)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    served = Starlette(routes=[Route("/slack/events", take, methods=["POST"])])
    uvicorn.run(served, port=port, log_level="error", access_log=False)


def _serve_slack(port: int) -> None:
    """Enough of Slack that Candor can go on."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    async def answer(request: Request) -> Response:
        asked = json.loads(await request.body() or b"{}")
        user = {"id": "U", "team_id": TEAM, "tz": "Europe/Berlin", "locale": "en-GB"}
        said = {
            "ok": True, "team_id": TEAM, "user_id": "UBOT", "bot_id": "BBOT", "user": user,
            "channel": {"id": f"D{asked.get('users')}"}, "ts": f"{next(_numbers)}.000001",
        }  # fmt: skip
        if request.path_params["method"].startswith("chat."):
            said["channel"] = asked["channel"]
        return JSONResponse(said)

    served = Starlette(routes=[Route("/api/{method}", answer, methods=["GET", "POST"])])
    uvicorn.run(served, port=port, log_level="error", access_log=False)


def main() -> None:
    """One of the servers, or the table."""
    match sys.argv[1:]:
        case ["bare", port]:
            _serve_bare(int(port))
        case ["slack", port]:
            _serve_slack(int(port))
        case _:
            print(machine())
            print()
            print(markdown(rows()))


if __name__ == "__main__":
    main()
