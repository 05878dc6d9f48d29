"""A playground on a store in memory, and a page's side of its requests."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.content import playbooks as content
from bot.content.coaching import default_coaching
from bot.core.approving.organisation import Organisation, Organisations
from bot.core.playbook import Playbook
from bot.engine.deliver import deliver
from bot.engine.house import House, Shelf
from bot.engine.inbound import Profile
from bot.engine.ports import Channel, Store
from bot.engine.tick import tick
from bot.platforms.lark.look import look as lark
from bot.platforms.playground.app import Playground, routes
from bot.platforms.playground.client import PlaygroundChannel
from bot.platforms.playground.clock import MovedClock
from bot.platforms.playground.people import ORGANISATION, direct
from bot.platforms.slack.look import look as slack
from bot.store.memory.store import MemoryStore

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
URL = "http://127.0.0.1:8765"


@cache
def playbook() -> Playbook:
    return content.load_all()["delivery_delay"]


class Ground:
    """The playground, and somebody who asks it things."""

    def __init__(
        self,
        store: Store | None = None,
        at: datetime = MONDAY,
        *,
        organisation: Organisation = ORGANISATION,
        coached: bool = False,
        mail: Channel | None = None,
    ) -> None:
        self.at = at
        self._count = 0
        self.store = store or MemoryStore()
        clock = MovedClock(self._now)
        channel = PlaygroundChannel(clock)
        house = House(
            store=self.store,
            shelf=Shelf([playbook()]),
            clock=clock,
            new_id=self._new_id,
            channels={"playground": channel} | ({"mail": mail} if mail else {}),
            about={"playground": channel.about},
            profile=Profile("en", "UTC", "none"),
            organisations=Organisations((organisation,)),
            coaching=default_coaching if coached else None,
            direct=lambda _, __, person: direct(person),
        )

        async def settle() -> None:
            await tick(house)
            await deliver(house)

        looks = {"slack": slack, "lark": lark}
        self.playground = Playground(house, channel, clock, settle, kept_in="memory", looks=looks)
        app = Starlette(routes=routes(self.playground))
        self.browser = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=URL)

    async def state(self, person: str = "maya", conversation: str = "dm") -> dict[str, Any]:
        where = {"person": person, "conversation": conversation}
        answer = await self.browser.get("/api/state", params=where)
        found: dict[str, Any] = answer.json()
        return found

    async def post(self, path: str, body: Mapping[str, object]) -> httpx.Response:
        headers = {"Origin": URL, "X-Candor-Token": self.playground.token}
        return await self.browser.post(path, json={"person": "maya", **body}, headers=headers)

    async def say(self, text: str, **more: object) -> httpx.Response:
        return await self.post("/api/say", {"id": self.fresh(), "text": text, **more})

    def fresh(self) -> str:
        """An id as the page makes it."""
        return f"{int(self._now().timestamp() * 1000):013d}-{self._new_id():0>32}"

    def _new_id(self) -> str:
        self._count += 1
        return f"{self._count:x}"

    def _now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at
