"""Each tracker beside its fake, for the tests that hold for all of them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.engine.trackers import Tracker
from bot.sources.files import FolderTracker
from bot.sources.http import Limits
from bot.sources.pingcode import PingCode, PingCodeConfig
from bot.sources.token import Key
from bot.sources.worktile import Worktile, WorktileConfig
from tests.sources.fakes import pingcode, worktile
from tests.sources.fakes.vendor import Clock, Vendor

SHANGHAI = ZoneInfo("Asia/Shanghai")
QUICK = Limits(patience=0.25, in_flight=2)  # so that a slow answer is over soon
PLAN = (
    "里程碑,截止日期,已完成,总数,状态,负责人\n"
    "Frame,2026-04-30,5,5,已完成,唐\n"
    "Rig stands,2026-05-20,0,2,未开始,莫怡\n"
    "Item 7,2026-04-02,0,1,未开始,莫怡\n"
    "Item 6,2026-04-30,0,2,进行中,\n"
)


@dataclass(slots=True)
class Rig:
    """A tracker and what it reads from; a fake where it is asked over HTTP."""

    tracker: Tracker
    project: str
    gone: str  # the name of a project that is put away
    late: tuple[str, ...]  # titles, the oldest first
    counted: tuple[int, int]  # done and total
    clock: Clock
    fake: Vendor | None = None
    secrets: tuple[str, ...] = ()
    again: Callable[[str], Tracker] | None = None  # with another secret
    forget: Callable[[], None] = field(default=lambda: None)  # all keys that were given


def config(base: str, secret: str = pingcode.SECRET) -> PingCodeConfig:
    return PingCodeConfig(base, Key(pingcode.CLIENT, secret), SHANGHAI)


def team(base: str, secret: str = worktile.SECRET) -> WorktileConfig:
    return WorktileConfig(f"{base}/open-api", Key(worktile.CLIENT, secret), SHANGHAI, team="tram")


@asynccontextmanager
async def pingcode_rig(clock: Clock, _: Path, dialect: str = "underscore") -> AsyncIterator[Rig]:
    fake = pingcode.PingCode(clock, dialect=dialect)
    fake.spared = ("/v1/auth/token",)
    await fake.start()
    tracker = PingCode(config(fake.base), clock.now, limits=QUICK)
    yield Rig(
        tracker, pingcode.PROJECT, "Old depot", ("Item 7", "Item 6"), (5, 10), clock, fake,
        secrets=(pingcode.SECRET, "client_secret", "key1", "莫怡"),
        again=lambda secret: PingCode(config(fake.base, secret), clock.now, limits=QUICK),
        forget=fake.alive.clear,
    )  # fmt: skip
    await tracker.close()
    await fake.stop()
    assert fake.wrong == []


@asynccontextmanager
async def worktile_rig(clock: Clock, _: Path, rows: str = "value") -> AsyncIterator[Rig]:
    fake = worktile.Worktile(clock, rows=rows, wrapped=rows == "items")
    fake.spared = ("/tenant-access-token",)
    await fake.start()
    tracker = Worktile(team(fake.base), clock.now, limits=QUICK)
    yield Rig(
        tracker, worktile.PROJECT, "Old depot", ("Task 7", "Task 6"), (5, 10), clock, fake,
        secrets=(worktile.SECRET, "access_token", "key1", "莫怡"),
        again=lambda secret: Worktile(team(fake.base, secret), clock.now, limits=QUICK),
        forget=fake.alive.clear,
    )  # fmt: skip
    await tracker.close()
    await fake.stop()
    assert fake.wrong == []


@asynccontextmanager
async def files_rig(clock: Clock, folder: Path) -> AsyncIterator[Rig]:
    (folder / "Tram depot.csv").write_text(PLAN, "gb18030")
    (folder / "Old depot.txt").write_text("put away")
    tracker = FolderTracker(folder, clock.now, SHANGHAI)
    yield Rig(tracker, "Tram depot.csv", "Old depot", ("Item 7", "Item 6"), (5, 10), clock)


RIGS: Mapping[str, Callable[[Clock, Path], AbstractAsyncContextManager[Rig]]] = {
    "files": files_rig,
    "pingcode": pingcode_rig,
    "worktile": worktile_rig,
}
