"""How a server ends that is told to, or that cannot begin."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette

from bot.web.serve import run


def _listening() -> socket.socket:
    found = socket.socket()
    found.bind(("127.0.0.1", 0))
    found.listen()
    return found


def test_who_is_told_to_end_ends_in_peace_and_gives_the_signal_back() -> None:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        os.kill(os.getpid(), signal.SIGTERM)
        yield

    before = signal.getsignal(signal.SIGTERM)
    with _listening() as listening:
        run(Starlette(lifespan=lifespan), listening)
    assert signal.getsignal(signal.SIGTERM) == before


def test_who_cannot_begin_does_not_end_as_if_told_to() -> None:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await asyncio.open_connection("127.0.0.1", 1)  # nobody is there
        yield

    with _listening() as listening, pytest.raises(SystemExit, match="3"):
        run(Starlette(lifespan=lifespan), listening)
