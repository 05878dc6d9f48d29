"""Lark and Feishu as the wiring plugs them in."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from starlette.routing import BaseRoute

from bot.core.words import TenantId
from bot.engine.inbound import Profile
from bot.engine.measures import Measures
from bot.engine.ports import MessageRef, Outside, Place, Quiet
from bot.engine.tables import Fetch
from bot.platforms.lark import app, console, files, meetings
from bot.platforms.lark.api import CALL, Api
from bot.platforms.lark.client import LarkChannel
from bot.platforms.lark.codes import DISABLED, MENDED, ApiError, Cut
from bot.platforms.lark.courtesies import BOT, Courtesies
from bot.platforms.lark.documents import Documents
from bot.platforms.lark.longline import LongLine
from bot.platforms.lark.reception import Answer, Reception
from bot.platforms.lark.references import NAME
from bot.platforms.lark.seal import Forged, Seal
from bot.web.platforms import Site


@dataclass(frozen=True, slots=True)
class Config:
    """What the settings say of the app; its secrets are shown nowhere."""

    app_id: str
    secret: str
    encrypt_key: str
    token: str
    mode: Literal["http", "socket"]
    base_url: str
    profile: Profile
    operator: str = ""  # open_id of whoever runs the app
    documents: bool = False  # long texts as documents, which needs scopes of their own
    patience: float = CALL  # seconds that a call of the server API may take
    files: bool = False  # brought to whoever takes one away, which needs a scope of its own
    meetings: bool = False  # booked in the bot's calendar, which needs scopes of its own
    reserves: bool = False  # video meetings without an entry, which needs a scope of its own
    meeting_owner: str = ""  # open_id of whom a reserve belongs to where nobody else is there

    @property
    def wanted(self) -> console.Wanted:
        """What is switched on, for the scopes that it needs."""
        return console.Wanted(self.documents, self.files, self.meetings, self.reserves)

    def __repr__(self) -> str:
        return f"Config(app_id={self.app_id!r}, mode={self.mode!r}, base_url={self.base_url!r})"


class LarkPlatform:
    """One app of one tenant."""

    name = NAME

    def __init__(self, config: Config, now: Callable[[], datetime]) -> None:
        self._config = config
        self._now = now
        self._api = Api(config.base_url, config.app_id, config.secret, patience=config.patience)
        self.channel = LarkChannel(self._api, now=now, time=time.monotonic)
        if config.documents:
            documents = Documents(self._api, config.base_url, time=time.monotonic)
            self.channel.documents = documents
        self.meetings = meetings.booked_with(
            self._api, config.wanted, now, owner=config.meeting_owner
        )
        self.about = self.channel.about
        self.quiet: Quiet | None = None
        self.fetch: Fetch | None = partial(files.fetch, self._api)
        self.outside: Outside | None = None
        self._courtesies = Courtesies(self._api, config.operator)
        self._api.mend = self._courtesies.mend
        self.channel.refused = self._courtesies.refused
        self.channel.after_post = self._courtesies.after_post
        self._reception: Reception | None = None
        self._line: LongLine | None = None

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """The address for events, unless they come over the long connection."""
        if self._config.mode == "socket":
            return []
        seal = Seal(self._config.encrypt_key, self._config.token)
        return app.routes(self._put_up(site), seal, self._now)

    @asynccontextmanager
    async def running(self, site: Site) -> AsyncIterator[None]:
        """The session is open meanwhile."""
        reception = self._put_up(site)
        self._api.open()

        async def known(tenant: TenantId, where: str) -> MessageRef | None:
            found = await site.house.store.messages(tenant, Place(NAME, where), limit=1)
            return next((p.ref for p in found if p.ref), None)

        self.channel.known = known
        self._courtesies.begin()
        if self._config.mode == "socket" and not site.outward:
            self._line = self._long_line(reception, site.house.measures)
            self._line.start()
        try:
            yield
        finally:
            if self._line is not None:
                await self._line.stop()
            await self._courtesies.stop()
            await self._api.close()

    async def ready(self) -> str:
        """Empty when the platform gives the app a token, else why it does not."""
        if self._reception is not None and self._reception.stopped:
            return MENDED[DISABLED].en
        if self._line is not None and self._line.why:
            return self._line.why
        try:
            await self._api.token()
            if self._api.trouble is not None:
                await self._api.call("GET", BOT)
        except ApiError as error:
            said = MENDED.get(error.code)
            return said.en if said else f"Lark refuses the app with code {error.code}."
        except Cut:
            return "Lark does not answer."
        return ""

    def _long_line(self, reception: Reception, measures: Measures) -> LongLine:
        seal = Seal(self._config.encrypt_key, self._config.token)

        async def take(body: bytes) -> Answer:
            began = time.perf_counter()
            try:
                return await reception.take(seal.unsealed(body))
            except Forged:
                return Answer()  # no event at all; to have it again would not help
            finally:
                measures.answered(NAME, "2xx", time.perf_counter() - began)

        return LongLine(self._config.base_url, self._config.app_id, self._config.secret, take)

    def _name(self) -> str:
        return self._courtesies.name

    def _put_up(self, site: Site) -> Reception:
        if self._reception is None:
            self._reception = Reception(site, self.channel, self._config.profile, self._name)
        return self._reception
