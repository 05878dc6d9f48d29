"""Two servers, two workers, a database and both platforms, for a while, with all that can go wrong."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import LiteralString

import psycopg

from bot.engine.keeping.vault import new_key
from bot.store.postgres.address import Address
from tests import postgres
from tests.platforms.lark.fake import faults as in_lark
from tests.platforms.lark.fake.messages import PATCH, SEND
from tests.platforms.slack.fake import faults as in_slack
from tests.platforms.slack.fake.slack import running
from tests.platforms.slack.test_installs import Browser
from tests.postgres import Own
from tests.soak import checks
from tests.soak.plan import Fault, Plan
from tests.soak.processes import Processes, processes
from tests.soak.record import Record, taken
from tests.soak.roads import LarkRoad, SlackRoad
from tests.soak.seeds import sow
from tests.soak.town import FIRST, OTHER, Town

KEY, TOKEN = "the encrypt key of the console", "the verification token"
HOST = "https://candor.example"
NAME = "candor_soak"
ERRORS = "errors.log"  # what the processes logged
STORM = 6  # seconds
OVER = 5  # seconds, after which a fault that no call has met is none
QUIET = 600  # seconds until all that waits has been said; a dead worker is noticed after 45
_SESSIONS: LiteralString = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() ORDER BY pid"
)
_WAITING: LiteralString = (
    "SELECT (SELECT count(*) FROM outbox WHERE look_at IS NOT NULL)"
    " + (SELECT count(*) FROM pings WHERE due <= now())"
    " + (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
    " AND coalesce(scheduled_at, now()) <= now())"
)
_SLACK: dict[str, in_slack.Fault] = {
    "limited": in_slack.RateLimited(1),
    "status": in_slack.Status(503),
    "cut_before": in_slack.Cut(),
    "cut_after": in_slack.Cut(after=True),
    "hang_before": in_slack.Hang(),
    "hang_after": in_slack.Hang(after=True),
}
_LARK: dict[str, in_lark.Fault] = {
    "limited": in_lark.Code(99991400, reset=1),
    "status": in_lark.Status(502),
    "cut_before": in_lark.Cut(accepted=False),
    "cut_after": in_lark.Cut(accepted=True),
    "hang": in_lark.Hang(),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What was done, and every sentence on what does not hold."""

    counts: dict[str, int]
    broken: tuple[str, ...]


@dataclass
class Soak:
    """One run."""

    town: Town
    server: Own
    database: Address
    at_work: Processes

    async def run(self, plan: Plan) -> int:
        """Everybody lives for so long while all goes wrong; then all is let come to rest. Gives
        how much still waits.
        """
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as together:
            together.create_task(self.town.live(ended))
            together.create_task(self._repeat(ended))
            together.create_task(self._go_wrong(plan.faults))
            await asyncio.sleep(plan.seconds)
            ended.set()
        self.town.slack.faults.clear()
        self.town.lark.faults.clear()
        for span in (timedelta(minutes=1), timedelta(minutes=5)):  # what was not taken comes again
            await self.town.slack.wait(span)
            await self.town.lark.wait(span)
        return await self._rest()

    async def _go_wrong(self, faults: Sequence[Fault]) -> None:
        began = time.monotonic()
        async with asyncio.TaskGroup() as together:
            for fault in faults:
                await asyncio.sleep(max(0.0, began + fault.at - time.monotonic()))
                together.create_task(self._wrong(fault))

    async def _wrong(self, fault: Fault) -> None:
        match fault.kind:
            case "slack_fault":
                method = ("chat.postMessage", "chat.update")[fault.number % 2]
                over = time.monotonic() + OVER
                self.town.slack.faults.plan(
                    method, _SLACK[fault.way], where=lambda _: time.monotonic() < over
                )
            case "lark_fault":
                self.town.lark.faults.renew((SEND, PATCH)[fault.number % 2], _LARK[fault.way])
            case "slack_storm":
                over = time.monotonic() + STORM
                self.town.slack.faults.plan(
                    "*", _SLACK[fault.way], times=None, where=lambda _: time.monotonic() < over
                )
            case "lark_storm":
                await self._storm_in_lark(fault)
            case "kill_server":
                await self.at_work.kill("serve", fault.number)
            case "kill_worker":
                await self.at_work.kill("work", fault.number)
            case "cut":
                await asyncio.to_thread(self._cut, fault.number)
            case "restart":
                await asyncio.to_thread(self.server.restart, fault.way)
            case "twice":
                self.town.kept.twice += 1
            case "reorder":
                await self._reorder()

    async def _storm_in_lark(self, fault: Fault) -> None:
        lark = self.town.lark.faults
        for endpoint in (SEND, PATCH):
            lark.keep(endpoint, _LARK[fault.way])
        await asyncio.sleep(STORM)
        for endpoint in (SEND, PATCH):
            lark.end(endpoint)

    def _cut(self, number: int) -> None:
        with (
            suppress(psycopg.OperationalError),  # it is being restarted: all are cut
            postgres.connected(self.database.for_libpq) as connection,
        ):
            found = connection.execute(_SESSIONS).fetchall()
            if found:
                pid = found[number % len(found)][0]
                connection.execute("SELECT pg_terminate_backend(%s)", [pid])

    async def _reorder(self) -> None:
        slack, pushes = self.town.slack.sender, self.town.lark.pushes
        slack.hold()
        pushes.hold()
        await asyncio.sleep(1)
        await slack.release()
        await self.town.lark.do(pushes.release())

    async def _repeat(self, ended: asyncio.Event) -> None:
        """What a platform makes again after a while, made at its time."""
        while not ended.is_set():
            await self.town.slack.sender.repeat_due()
            await self.town.lark.wait(timedelta())
            await asyncio.sleep(1)

    async def _rest(self) -> int:
        """How much waits when nothing has to any more, or when patience is at its end."""
        last = time.monotonic() + QUIET
        while True:
            waiting = await asyncio.to_thread(self._waiting)
            if not waiting or time.monotonic() > last:
                return waiting
            await asyncio.sleep(1)

    def _waiting(self) -> int:
        with postgres.connected(self.database.for_libpq) as connection:
            row = connection.execute(_WAITING).fetchone()
            return int(row[0]) if row else 0


async def soak(plan: Plan, server: Own, folder: Path) -> Result:
    """Run it, on an empty database of that server."""
    database = postgres.prepared(server.address, NAME)
    town = Town(Random(plan.seed))
    town.furnish()
    town.lark.start()
    try:
        async with running(town.slack):
            async with _at_work(town, database, folder) as at_work:
                due = await sow(town, database, plan.seconds)
                waiting = await Soak(town, server, database, at_work).run(plan)
            record = taken(town, database, at_work, due, waiting)
            return Result(_counts(town, at_work, plan, record), checks.faults(record))
    finally:
        town.lark.stop()


@asynccontextmanager
async def _at_work(town: Town, database: Address, folder: Path) -> AsyncIterator[Processes]:
    """The processes, with both roads laid and the app installed in both workspaces."""
    slack, lark = town.slack, town.lark
    settings = {
        "CANDOR_BIND": "127.0.0.1:0",
        "CANDOR_DATA": str(folder),
        "CANDOR_DATABASE_URL": database.for_libpq,
        "CANDOR_PUBLIC_URL": HOST,
        "CANDOR_KEYS": new_key(),
        "CANDOR_SLACK_CLIENT_ID": slack.realm.client_id,
        "CANDOR_SLACK_CLIENT_SECRET": slack.realm.client_secret,
        "CANDOR_SLACK_SIGNING_SECRET": slack.signing_secret,
        "CANDOR_SLACK_BASE_URL": slack.base_url.removesuffix("/api/"),
        "CANDOR_LARK_APP_ID": lark.tenant.app.id,
        "CANDOR_LARK_APP_SECRET": lark.tenant.app.secret,
        "CANDOR_LARK_ENCRYPT_KEY": KEY,
        "CANDOR_LARK_VERIFICATION_TOKEN": TOKEN,
        "CANDOR_LARK_MODE": "http",
        "CANDOR_LARK_BASE_URL": lark.url,
    }
    async with processes(settings, folder / ERRORS) as at_work:
        for team in (FIRST, OTHER):
            browser = Browser(at_work.addresses[0])
            asked = await browser.out()
            status, page = await browser.back(code=slack.agree(team), state=asked["state"])
            assert status == 200, page
        chances = Random(town.chance.random()), Random(town.chance.random())
        road = SlackRoad(lambda: at_work.addresses, slack.signing_secret, town.kept, chances[0])
        slack.sender.line = road
        lark.envelopes.token = TOKEN
        pushes = LarkRoad(
            lambda: at_work.addresses, lark.envelopes, lark.clock, KEY, town.kept, chances[1]
        )
        lark.pushes.road = pushes
        try:
            yield at_work
        finally:
            await road.close()
            await lark.do(pushes.close())


def _counts(town: Town, at_work: Processes, plan: Plan, record: Record) -> dict[str, int]:
    kinds = Counter(fault.kind for fault in plan.faults)
    return {
        "deliveries to servers": town.kept.deliveries,
        **{f"not acknowledged: {why}": n for why, n in sorted(town.kept.refused.items())},
        "made twice": town.kept.doubled,
        "lines written": len(record.written),
        "lines acknowledged": len(record.acknowledged),
        "lines taken in": sum(1 for row in record.log if row.kind in checks.COUNTED),
        "buttons pressed": town.presses,
        "messages to customers": len(record.messages),
        "reminders due": len(record.asks),
        "messages that stand": len(record.standing),
        "processes killed": at_work.killed,
        "processes that fell by themselves": len(record.fallen),
        **{f"faults: {kind}": kinds[kind] for kind in sorted(kinds)},
    }
