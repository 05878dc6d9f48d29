"""Servers of a benchmark in processes of their own, and requests to them over kept connections."""

import asyncio
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.table import Row

REST = 2.0  # seconds without work, after which nothing is put off any more
IDLE = 0.03  # seconds of the processor that a server has in them all the same
LONGEST = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: each answer's time, how long the whole took, and the server's processor."""

    seconds: tuple[float, ...]
    took: float
    processor: float  # seconds

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.took

    @property
    def work(self) -> float:
        """Milliseconds of the processor for one answer, and for what is sent meanwhile and after."""
        return 1000 * self.processor / len(self.seconds)


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

    @property
    def processor(self) -> float:
        """Seconds of the processor that it has had so far."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def loaded(
    process: Process, warm: Sequence[Sequence[bytes]], requests: Sequence[Sequence[bytes]]
) -> Load:
    """What comes of so many at once, each over a connection of their own, after `warm`."""
    await asyncio.gather(*(talk(process.port, each) for each in warm))
    begun, had = time.perf_counter(), process.processor
    taken = await asyncio.gather(*(talk(process.port, each) for each in requests))
    took = time.perf_counter() - begun
    await _settled(process)
    return Load(tuple(itertools.chain(*taken)), took, process.processor - had)


async def _settled(process: Process) -> None:
    """Wait until what was put off is done, which counts as well and must not meet the next load."""
    had, until = process.processor, time.perf_counter() + LONGEST
    while time.perf_counter() < until:
        await asyncio.sleep(REST)
        if process.processor - had < IDLE:
            return
        had = process.processor


def beside(what: str, floor: Load, ours: Load) -> Iterator[Row]:
    """The rows that set our figures beside those of the bare server."""
    yield Row(f"{what}, throughput beside bare", f"{ours.rate / floor.rate:.0%}", "25 %")
    times = ours.work / floor.work if floor.work else 0.0
    each = f"{ours.work:.2f} ms beside {floor.work:.2f} ms, {times:.1f} times"
    yield Row(f"{what}, processor for each", each)


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


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Process]:
    """`candor serve` with these settings, and no limit to what one person may send."""
    port = free_port()
    unlimited = {"CANDOR_PERSON_A_MINUTE": "0", "CANDOR_TENANT_A_MINUTE": "0"}
    own = {**environment, **unlimited, "CANDOR_BIND": f"127.0.0.1:{port}"}
    with running([sys.executable, "-m", "bot", "serve"], port, own) as found:
        yield found


@contextmanager
def stand_in(module: str, what: str) -> Iterator[Process]:
    """A server that a benchmark brings along: `python -m module what PORT`."""
    port = free_port()
    with running([sys.executable, "-m", module, what, str(port)], port, {}) as found:
        yield found


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
