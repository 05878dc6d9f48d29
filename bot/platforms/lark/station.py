"""One app at work: its way out, where everything of it arrives, and its connection."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.core.words import TenantId, Text
from bot.engine.measures import Measures
from bot.engine.ports import MessageRef, Place
from bot.platforms.lark import meetings
from bot.platforms.lark.api import Api
from bot.platforms.lark.client import LarkChannel
from bot.platforms.lark.codes import DISABLED, MENDED, ApiError, Cut
from bot.platforms.lark.config import Config
from bot.platforms.lark.copies import Home, LarkMirror
from bot.platforms.lark.courtesies import BOT, Courtesies
from bot.platforms.lark.documents import Documents
from bot.platforms.lark.longline import LongLine
from bot.platforms.lark.reception import Answer, Reception
from bot.platforms.lark.references import NAME
from bot.platforms.lark.seal import Forged, Seal
from bot.web.platforms import Site

OF_FURTHER = Text(
    en="{why} It is about the app {app}, which candor setup lark --add changes.",
    zh="{why}说的是应用 {app}，用 candor setup lark --add 修改。",
)

_log = structlog.get_logger(__name__)


class Station:
    """An app, usable between `begin` and `stop`; a `further` one beside that of the settings."""

    def __init__(self, config: Config, now: Callable[[], datetime], *, further: bool) -> None:
        self.config = config
        self.seal = Seal(config.encrypt_key, config.token, config.app_id)
        self.api = Api(config.base_url, config.app_id, config.secret, patience=config.patience)
        self.channel = LarkChannel(self.api, now=now, time=time.monotonic)
        if config.documents:
            documents = Documents(self.api, config.base_url, time=time.monotonic)
            self.channel.documents = documents
        self.meetings = meetings.booked_with(
            self.api, config.wanted, now, owner=config.meeting_owner
        )
        self.mirror = LarkMirror(
            self.api,
            Home(config.app_id, config.base_url),
            replace(config.copies, pages=config.documents),
            self.channel.documents,
            time=time.monotonic,
        )
        self.mirror.mend = self._mend
        self._further = further
        self._courtesies = Courtesies(self.api, config.operator)
        self.api.mend = self._mend
        self.channel.refused = self._courtesies.refused
        self.channel.after_post = self._courtesies.after_post
        self._reception: Reception | None = None
        self._line: LongLine | None = None

    def reception(self, site: Site) -> Reception:
        """Where everything of the app arrives."""
        if self._reception is None:
            self._reception = Reception(
                site,
                self.channel,
                self.config.profile,
                self._name,
                app=self.config.app_id if self._further else "",
            )
        return self._reception

    def begin(self, site: Site) -> None:
        """Open its session and, where events come so, its connection."""
        reception = self.reception(site)
        self.api.open()

        async def known(tenant: TenantId, where: str) -> MessageRef | None:
            found = await site.house.store.messages(tenant, Place(NAME, where), limit=1)
            return next((p.ref for p in found if p.ref), None)

        self.channel.known = known
        self._courtesies.begin()
        if self.config.mode == "socket" and not site.outward:
            self._line = self._long_line(reception, site.house.measures)
            self._line.start()

    async def stop(self) -> None:
        """Close both; what is under way may end first."""
        if self._line is not None:
            await self._line.stop()
        await self._courtesies.stop()
        await self.api.close()

    async def ready(self) -> str:
        """Empty when the platform gives the app a token, else why it does not."""
        if self._reception is not None and self._reception.stopped:
            return MENDED[DISABLED].en
        if self._line is not None and self._line.why:
            return self._line.why
        try:
            await self.api.token()
            if self.api.trouble is not None:
                await self.api.call("GET", BOT)
        except ApiError as error:
            said = MENDED.get(error.code)
            return said.en if said else f"Lark refuses the app with code {error.code}."
        except Cut:
            return "Lark does not answer."
        return ""

    def _long_line(self, reception: Reception, measures: Measures) -> LongLine:
        async def take(body: bytes) -> Answer:
            began = time.perf_counter()
            try:
                return await reception.take(self.seal.unsealed(body))
            except Forged as error:
                _log.warning("event refused", why=str(error), app=self.config.app_id)
                return Answer()  # to have it again would not help
            finally:
                measures.answered(NAME, "2xx", time.perf_counter() - began)

        return LongLine(self.config.base_url, self.config.app_id, self.config.secret, take)

    def _mend(self, why: Text) -> None:
        app = self.config.app_id
        self._courtesies.mend(OF_FURTHER.fill(why=why, app=app) if self._further else why)

    def _name(self) -> str:
        return self._courtesies.name
