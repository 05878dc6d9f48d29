"""Binding an address and serving the application on it."""

import errno
import socket

import uvicorn
from starlette.applications import Starlette

from bot.settings import Settings, SettingsRefused


def listen(settings: Settings) -> socket.socket:
    """A socket that listens on the settings' address. Raises SettingsRefused in one sentence."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # the protocol is named so that asyncio sets TCP_NODELAY; else each answer waits 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise SettingsRefused(_why_not(settings, error)) from error
    return listening


def address(listening: socket.socket) -> str:
    """Where a browser finds what listens there."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(app: Starlette, listening: socket.socket) -> None:
    """Serve until the process is told to end; open requests get three seconds."""
    config = uvicorn.Config(
        app,
        log_config=None,  # the lines of `logs` are the only ones
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _why_not(settings: Settings, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"{settings.bind} is taken by another program; stop that one, or choose another "
                f"port: CANDOR_BIND={settings.host}:{settings.port + 1} make run"
            )
        case errno.EACCES:
            return f"{settings.bind} may not be used by this account; choose a port above 1023."
        case _:
            return f"{settings.bind} cannot be used here; set CANDOR_BIND=127.0.0.1:8765."
