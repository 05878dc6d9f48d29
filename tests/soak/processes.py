"""Servers and workers of Candor as processes, before both fakes, that die and are started again."""

import asyncio
import os
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

COMMANDS = ("serve", "serve", "work", "work")
PATIENCE = 90  # seconds until a process has said its first line, on a machine that is busy
TRIES = 20  # to start one, a second apart, while its database is away


class NotStarted(Exception):
    """A process ended each time before it was at work."""


@dataclass
class Running:
    """One process, and where it answers."""

    command: str
    process: Process
    address: str


@dataclass
class Processes:
    """All that are at work. `addresses` are those of the servers that live."""

    environment: Mapping[str, str]
    errors: Path
    living: list[Running] = field(default_factory=list)
    killed: int = 0
    fallen: list[int] = field(default_factory=list)  # how those ended that nobody told to
    exits: list[int] = field(default_factory=list)  # of those that were told to end
    _watching: dict[int, asyncio.Task[None]] = field(default_factory=dict)  # by process

    @property
    def addresses(self) -> list[str]:
        return [r.address for r in self.living if r.command == "serve"]

    async def begin(self, command: str) -> None:
        """Start one, again until it is at work, as whatever watches over processes does."""
        for _ in range(TRIES):
            process = await self._start(command)
            line = await _first_line(process)
            if line:
                address = line.split()[-1] if command == "serve" else ""
                running = Running(command, process, address)
                self.living.append(running)
                self._watching[process.pid] = asyncio.create_task(self._watch(running))
                return
            await process.wait()
            await asyncio.sleep(1)  # as long as systemd is told to wait
        raise NotStarted(f"candor {command} did not start; see {self.errors}")

    async def kill(self, command: str, number: int) -> None:
        """Kill one of them, and start another in its place; not where none is whole."""
        whole = [r for r in self.living if r.command == command]
        if not whole:
            return
        victim = whole[number % len(whole)]
        self._let_go(victim)
        victim.process.kill()
        await victim.process.wait()
        self.killed += 1
        await self.begin(command)

    async def end(self) -> None:
        """Tell all to end, and wait for it."""
        ended = tuple(self.living)
        for running in ended:
            self._let_go(running)
            if running.process.returncode is None:
                running.process.terminate()
        for running in ended:
            self.exits.append(await running.process.wait())

    async def _watch(self, running: Running) -> None:
        """Start another one where it ends by itself."""
        self.fallen.append(await running.process.wait())
        self._let_go(running)
        await self.begin(running.command)

    def _let_go(self, running: Running) -> None:
        self.living.remove(running)
        watch = self._watching.pop(running.process.pid)
        if watch is not asyncio.current_task():
            watch.cancel()

    async def _start(self, command: str) -> Process:
        with self.errors.open("ab") as errors:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", command),
                env=dict(self.environment),
                stdout=subprocess.PIPE,
                stderr=errors,
            )


async def _first_line(process: Process) -> str:
    """What it says when it is at work; nothing where it ends before."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        return (await process.stdout.readline()).decode()


@asynccontextmanager
async def processes(settings: Mapping[str, str], errors: Path) -> AsyncIterator[Processes]:
    """Two servers and two workers."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    found = Processes({**kept, **settings}, errors)
    try:
        for command in COMMANDS:
            await found.begin(command)
        yield found
    finally:
        await found.end()
