"""Lark's answers: encrypted, signed messages and presses to `candor serve`, beside a bare handler.

Both are one process with one worker on loopback, answering the very same requests over as many kept
connections. The bare handler verifies, decrypts and answers; Candor has committed its turn by then,
and goes on sending to a stand-in for Lark meanwhile. Requests are sealed before the clock starts.

    python -m bench.lark_ack            this part alone
    python -m bench.lark_ack bare PORT  the bare handler
    python -m bench.lark_ack lark PORT  the stand-in
"""

import asyncio
import hashlib
import itertools
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from bench.served import Load, Process, beside, loaded, serving, stand_in, talk
from bench.table import Row, machine, markdown, spread
from bot.platforms.lark.app import PATH
from bot.platforms.lark.seal import Seal, sealed

KEY, TOKEN, TENANT = "the key of the benchmark", "a token of it", "t-bench"
CONNECTIONS = ((1, 100), (8, 25), (64, 6))  # how many at once, requests of each
WARM = 40
QUIET = 25  # seconds in which what was begun is sent, at the pace that Lark takes

_numbers = itertools.count(1)
Make = Callable[[int], dict[str, Any]]  # the event of this person


def rows() -> Iterator[Row]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder, stand_in("bench.lark_ack", "lark") as lark:
        environment = {
            "CANDOR_DATA": folder,
            "CANDOR_LARK_APP_ID": "cli_bench",
            "CANDOR_LARK_APP_SECRET": "secret",
            "CANDOR_LARK_ENCRYPT_KEY": KEY,
            "CANDOR_LARK_VERIFICATION_TOKEN": TOKEN,
            "CANDOR_LARK_MODE": "http",
            "CANDOR_LARK_BASE_URL": f"http://127.0.0.1:{lark.port}",
        }
        with stand_in("bench.lark_ack", "bare") as bare:
            yield from _measured(environment, bare)


def _measured(environment: dict[str, str], bare: Process) -> Iterator[Row]:
    begun = time.perf_counter()
    with serving(environment) as candor:
        asyncio.run(talk(candor.port, [_request(_message(0))]))
        started = time.perf_counter() - begun
        yield Row("lark: from start to the first answered event", f"{started:.1f} s", "3 s")
    with serving(environment) as candor:  # the first start is larger by what made the database
        asyncio.run(talk(candor.port, [_request(_message(0))]))
        yield Row("lark: idle `candor serve`, memory", f"{candor.memory} MiB", "< 130 MB")
        yield from asyncio.run(_compared(bare, candor))


async def _compared(bare: Process, candor: Process) -> list[Row]:
    found: list[Row] = []
    for name, make in (("message", _message), ("press", _press)):
        await asyncio.sleep(QUIET)
        for people, each in CONNECTIONS:
            floor = await _load(bare, make, people, each)
            ours = await _load(candor, make, people, each)
            found += _rows(f"lark: {name}, {people} connections", floor, ours, people)
    return found


def _rows(what: str, floor: Load, ours: Load, people: int) -> Iterator[Row]:
    yield Row(f"{what}, bare handler", f"{spread(floor.seconds)}, {floor.rate:,.0f}/s")
    aim = "p99 < 100 ms" if people == 64 else ""
    yield Row(f"{what}, Candor", f"{spread(ours.seconds)}, {ours.rate:,.0f}/s", aim)
    yield from beside(what, floor, ours)


async def _load(process: Process, make: Make, people: int, each: int) -> Load:
    """So many people at once, each on a connection of their own, one request after the other."""
    warm = [[_request(make(p)) for _ in range(WARM // people or 1)] for p in range(people)]
    prepared = [[_request(make(p)) for _ in range(each)] for p in range(people)]
    return await loaded(process, warm, prepared)


def _request(event: dict[str, Any]) -> bytes:
    """The whole request, encrypted and signed as the platform does it."""
    body = sealed(json.dumps(event).encode(), KEY, secrets.token_bytes(16))
    stamp = str(int(time.clock_gettime(time.CLOCK_REALTIME)))
    digest = hashlib.sha256((stamp + "n" + KEY).encode() + body).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\nx-lark-request-timestamp: {stamp}\r\n"
        f"x-lark-request-nonce: n\r\nx-lark-signature: {digest}\r\n\r\n"
    )
    return head.encode() + body


def _event(kind: str, event: dict[str, Any]) -> dict[str, Any]:
    header = {
        "event_id": f"e{next(_numbers)}", "event_type": kind, "token": TOKEN, "app_id": "cli_bench",
        "create_time": str(int(1000 * time.clock_gettime(time.CLOCK_REALTIME))),
        "tenant_key": TENANT,
    }  # fmt: skip
    return {"schema": "2.0", "header": header, "event": event}


def _message(person: int) -> dict[str, Any]:
    message = {
        "message_id": f"om_{next(_numbers)}", "chat_id": f"oc_{person}", "chat_type": "p2p",
        "message_type": "text", "content": json.dumps({"text": "help"}),
        "user_agent": "Mozilla/5.0 Lark/7.60.0 LarkLocale/en_US",
    }  # fmt: skip
    sender = {"sender_id": {"open_id": f"ou_{person}"}, "sender_type": "user"}
    return _event("im.message.receive_v1", {"sender": sender, "message": message})


def _press(person: int) -> dict[str, Any]:
    """The language switch: it needs no message, and a person is changed and saved by it."""
    value = {"a": "language", "g": "switch", "k": f"row-{next(_numbers)}"}
    pressed = {
        "operator": {"open_id": f"ou_{person}", "tenant_key": TENANT},
        "token": "c-1", "action": {"tag": "button", "value": value},
        "context": {"open_message_id": "om_1", "open_chat_id": f"oc_{person}"},
    }  # fmt: skip
    return _event("card.action.trigger", pressed)


def _serve_bare(port: int) -> None:
    """A handler that verifies, decrypts and answers, by the same means."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    seal = Seal(KEY, TOKEN)

    async def take(request: Request) -> Response:
        seal.open(await request.body(), request.headers, datetime.now(UTC))  # noqa: TID251
        return JSONResponse({})

    served = Starlette(routes=[Route(PATH, take, methods=["POST"])])
    uvicorn.run(served, port=port, log_level="error", access_log=False)


def _serve_lark(port: int) -> None:
    """Enough of Lark that Candor can go on."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    async def answer(request: Request) -> Response:
        if request.url.path.endswith("internal"):
            return JSONResponse({"code": 0, "tenant_access_token": "t-1", "expire": 7200})
        number = next(_numbers)
        asked = await request.json() if request.method == "POST" else {}
        chat = str(asked.get("receive_id", "oc_1")).replace("ou_", "oc_")  # of whom it is sent to
        data = {"message_id": f"om_{number}", "chat_id": chat, "create_time": "1764000000000"}
        return JSONResponse({"code": 0, "data": {**data, "items": [{"command": "delay"}]}})

    served = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST", "PATCH"])])
    uvicorn.run(served, port=port, log_level="error", access_log=False)


def main() -> None:
    """One of the servers, or the table."""
    match sys.argv[1:]:
        case ["bare", port]:
            _serve_bare(int(port))
        case ["lark", port]:
            _serve_lark(int(port))
        case _:
            print(machine())
            print()
            print(markdown(rows()))


if __name__ == "__main__":
    main()
