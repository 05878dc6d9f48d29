"""Each tracker beside its fake, for the tests that hold for all of them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.engine.trackers import Tracker
from bot.outside.http import Limits
from bot.outside.token import Key
from bot.sources.feishu import Feishu, FeishuConfig
from bot.sources.files import FolderTracker
from bot.sources.github import GitHub, GitHubConfig
from bot.sources.jira import Jira, JiraConfig
from bot.sources.linear import Linear, LinearConfig
from bot.sources.pingcode import PingCode, PingCodeConfig
from bot.sources.worktile import Worktile, WorktileConfig
from tests.sources.fakes import feishu, github, jira, linear, pingcode, worktile
from tests.sources.fakes.vendor import Clock, Vendor

SHANGHAI = ZoneInfo("Asia/Shanghai")
USUAL = Limits(in_flight=2)
HURRIED = Limits(patience=0.2, in_flight=2)  # so that an answer which never comes is over soon
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
    again: Callable[[str, Limits], Tracker] | None = None  # with another secret, or in a hurry
    forget: Callable[[], None] | None = None  # all keys that were given, where keys are fetched
    stone: str = "milestone"  # the kind of its milestones
    owner: str | None = "莫怡"  # of them, where there is one


def config(base: str, secret: str = pingcode.SECRET) -> PingCodeConfig:
    return PingCodeConfig(base, Key(pingcode.CLIENT, secret), SHANGHAI)


def team(base: str, secret: str = worktile.SECRET) -> WorktileConfig:
    return WorktileConfig(f"{base}/open-api", Key(worktile.CLIENT, secret), SHANGHAI, team="tram")


@asynccontextmanager
async def pingcode_rig(clock: Clock, _: Path, dialect: str = "underscore") -> AsyncIterator[Rig]:
    fake = pingcode.PingCode(clock, dialect=dialect)
    fake.spared = ("/v1/auth/token",)
    await fake.start()
    tracker = PingCode(config(fake.base), clock.now, limits=USUAL)
    yield Rig(
        tracker, pingcode.PROJECT, "Old depot", ("Item 7", "Item 6"), (5, 10), clock, fake,
        secrets=(pingcode.SECRET, "client_secret", "key1", "莫怡"),
        again=lambda secret, limits: PingCode(config(fake.base, secret), clock.now, limits=limits),
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
    tracker = Worktile(team(fake.base), clock.now, limits=USUAL)
    yield Rig(
        tracker, worktile.PROJECT, "Old depot", ("Task 7", "Task 6"), (5, 10), clock, fake,
        secrets=(worktile.SECRET, "access_token", "key1", "莫怡"),
        again=lambda secret, limits: Worktile(team(fake.base, secret), clock.now, limits=limits),
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


@asynccontextmanager
async def jira_rig(clock: Clock, _: Path, *, cloud: bool = True) -> AsyncIterator[Rig]:
    fake = jira.Jira(clock, cloud=cloud)
    await fake.start()

    def made(secret: str, limits: Limits = USUAL) -> Jira:
        email, path = (jira.EMAIL, "") if cloud else ("", "/jira")
        return Jira(
            JiraConfig(f"{fake.base}{path}", secret, SHANGHAI, email), clock.now, limits=limits
        )

    tracker = made(jira.TOKEN)
    yield Rig(
        tracker, jira.PROJECT, "Old depot", ("Item 7", "Item 6"), (5, 10), clock, fake,
        secrets=(jira.TOKEN, "Basic", "Bearer", "莫怡", "duedate"), again=made, stone="release", owner=None,
    )  # fmt: skip
    await tracker.close()
    await fake.stop()
    assert fake.wrong == []


def data_center(clock: Clock, folder: Path) -> AbstractAsyncContextManager[Rig]:
    return jira_rig(clock, folder, cloud=False)


@asynccontextmanager
async def github_rig(clock: Clock, _: Path) -> AsyncIterator[Rig]:
    fake = github.GitHub(clock)
    await fake.start()

    def made(secret: str, limits: Limits = USUAL) -> GitHub:
        named = (github.PROJECT, github.OLD, "trams/gone")
        return GitHub(GitHubConfig(fake.base, secret, named), clock.now, limits=limits)

    tracker = made(github.TOKEN)
    yield Rig(
        tracker, github.PROJECT, "Old depot", ("Item 7", "Item 6"), (5, 10), clock, fake,
        secrets=(github.TOKEN, "Bearer", "moyi", "per_page"), again=made, owner=None,
    )  # fmt: skip
    await tracker.close()
    await fake.stop()
    assert fake.wrong == []


@asynccontextmanager
async def linear_rig(clock: Clock, _: Path) -> AsyncIterator[Rig]:
    fake = linear.Linear(clock)
    await fake.start()

    def made(secret: str, limits: Limits = USUAL) -> Linear:
        return Linear(LinearConfig(fake.base, secret), clock.now, limits=limits)

    tracker = made(linear.KEY)
    yield Rig(
        tracker, linear.PROJECT, "Old depot", ("Item 7", "Item 6"), (5, 10), clock, fake,
        secrets=(linear.KEY, "莫怡", "targetDate"), again=made,
    )  # fmt: skip
    await tracker.close()
    await fake.stop()
    assert fake.wrong == []


@asynccontextmanager
async def feishu_rig(clock: Clock, _: Path) -> AsyncIterator[Rig]:
    fake = feishu.Feishu(clock)
    fake.spared = ("/plugin_token",)
    await fake.start()

    def made(secret: str, limits: Limits = USUAL) -> Feishu:
        mapping = FeishuConfig(
            fake.base, Key(feishu.PLUGIN, secret), feishu.USER, SHANGHAI,
            {feishu.PROJECT: "Tram depot", feishu.OTHER: "Old depot"},
            milestones=(feishu.STONE,), due=feishu.DUE,
        )  # fmt: skip
        return Feishu(mapping, clock.now, limits=limits)

    tracker = made(feishu.SECRET)
    yield Rig(
        tracker, feishu.PROJECT, "Old depot", ("Item 7", "Item 6"), (5, 10), clock, fake,
        secrets=(feishu.SECRET, "plugin_secret", "p-token1", feishu.USER), again=made,
        forget=fake.alive.clear, owner=None,
    )  # fmt: skip
    await tracker.close()
    await fake.stop()
    assert fake.wrong == []


RIGS: Mapping[str, Callable[[Clock, Path], AbstractAsyncContextManager[Rig]]] = {
    "data_center": data_center,
    "feishu": feishu_rig,
    "files": files_rig,
    "github": github_rig,
    "jira": jira_rig,
    "linear": linear_rig,
    "pingcode": pingcode_rig,
    "worktile": worktile_rig,
}
