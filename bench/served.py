"""Servers of a benchmark in processes of their own, and requests to them over kept connections."""

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: each answer's time, and how long the whole took."""

    seconds: tuple[float, ...]
    took: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.took


async def talk(port: int, requests: Sequence[bytes]) -> list[float]:
    """Send one after the other over one connection; the seconds of each answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = []
    for request in requests:
        begun = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head[:200]
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length or 0))
        taken.append(time.perf_counter() - begun)
    writer.close()
    await writer.wait_closed()
    return taken


@dataclass(frozen=True, slots=True)
class Process:
    """A server at work."""

    port: int
    pid: int

    @property
    def memory(self) -> int:
        """Its resident memory in MiB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as file:
            line = next(line for line in file if line.startswith("VmRSS"))
        return int(line.split()[1]) // 1024


@contextmanager
def running(command: list[str], port: int, more: dict[str, str]) -> Iterator[Process]:
    """A server, from when its door is open; `more` is added to the environment."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(
        command, env={**os.environ, **more}, stdout=silent, stderr=silent
    ) as process:
        try:
            _wait_for(port)
            yield Process(port, process.pid)
        finally:
            process.terminate()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port)):
                pass
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(0.5)  # for what goes on after the door is open
            return
    raise RuntimeError(f"nothing listens on {port}")
