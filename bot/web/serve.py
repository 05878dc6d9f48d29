"""Binding an address and serving the application on it."""

import asyncio
import errno
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from bot.settings import Settings, SettingsRefused, spelling

SIGNS = (signal.SIGTERM, signal.SIGINT)  # each tells a process to end


def listen(settings: Settings, *, worker: bool = False) -> socket.socket:
    """A socket that listens on the settings' address. Raises SettingsRefused in one sentence."""
    name, bind = (
        ("CANDOR_WORK_BIND", settings.work_bind) if worker else ("CANDOR_BIND", settings.bind)
    )
    host, port = spelling.parted(bind)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named so that asyncio sets TCP_NODELAY; else each answer waits 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise SettingsRefused(_why_not(name, bind, error)) from error
    return listening


def address(listening: socket.socket) -> str:
    """Where a browser finds what listens there."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(app: Starlette, listening: socket.socket) -> None:
    """Serve until the process is told to end; open requests get three seconds. What cannot begin
    ends the process with 3.
    """
    _Told(_config(app)).run(sockets=[listening])


@asynccontextmanager
async def beside(app: Starlette, listening: socket.socket) -> AsyncIterator[None]:
    """The application is served meanwhile, in a process that minds its signals itself."""
    server = _Beside(_config(app))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class _Told(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Who is told to end ends in peace: the signal is not raised once more at the end."""
        before = {sign: signal.signal(sign, self.handle_exit) for sign in SIGNS}
        try:
            yield
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)


class _Beside(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None is taken from whoever minds them."""
        yield


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,  # the lines of `logs` are the only ones
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )


def _why_not(name: str, bind: str, error: OSError) -> str:
    host, port = spelling.parted(bind)
    match error.errno:
        case errno.EADDRINUSE:
            run = " make run" if name == "CANDOR_BIND" else ""
            return (
                f"{bind} is taken by another program; stop that one, or choose another "
                f"port: {name}={host}:{port + 1}{run}"
            )
        case errno.EACCES:
            return f"{bind} may not be used by this account; choose a port above 1023."
        case _:
            return f"{bind} cannot be used here; set {name}=127.0.0.1:8765."
