"""Served on a bare socket, every second answer on a line waited 40 ms for an acknowledgement."""

import http.client
import threading
from time import monotonic

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.settings import Settings
from bot.web.serve import listen


async def short(_: object) -> JSONResponse:
    return JSONResponse({})


def test_twenty_answers_on_one_line_do_not_wait_for_each_other() -> None:
    listening = listen(Settings(bind="127.0.0.1:0"))
    app = Starlette(routes=[Route("/", short)])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    serving.start()
    line = http.client.HTTPConnection("127.0.0.1", listening.getsockname()[1])
    took = []
    for _ in range(20):
        began = monotonic()
        line.request("GET", "/")
        assert line.getresponse().read() == b"{}"
        took.append(monotonic() - began)
    line.close()
    server.should_exit = True
    serving.join()
    assert min(took[1:]) < 0.02
