"""One bot with two apps: the first, and a further one that is kept sealed, each with a Lark of its own.

Both Larks call their tenant and their people by the very same ids, which is the worst that can be.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.core.words import TenantId
from bot.engine.inbound import Profile
from bot.engine.keeping.vault import Vault, new_key
from bot.engine.safe import Sealed
from bot.platforms.lark.app import PATH
from bot.platforms.lark.config import NAME, App, Config, dumped
from bot.platforms.lark.further import Further, Kept
from tests.platforms.lark.bot import Bot, Mode, until
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person

ABROAD = "cli_abroad"
KEY, TOKEN = "the encrypt key abroad", "the token abroad"


@dataclass(frozen=True, slots=True)
class Two:
    """The bot as the people of either app meet it."""

    home: Bot
    abroad: Bot
    vault: Vault

    @property
    def further(self) -> Further:
        """The further apps."""
        found = self.home.platform.further
        assert found is not None
        return found

    async def keep(self, app: App) -> None:
        """Keep the app as it is now, and let the server look."""
        await kept(self.home, self.vault, app)
        await self.further.look()

    async def connect(self) -> None:
        """The console abroad learns where events go."""
        await _connected(self.abroad, self.further.stations[0].config.mode)


def app(fake: FakeLark, mode: Mode) -> App:
    """The further app as its console shows it."""
    known = fake.tenant.app
    return App(known.id, known.secret, KEY, TOKEN, mode, fake.url)


async def kept(bot: Bot, vault: Vault, app: App) -> None:
    """The app in the tables, in place of what it was."""
    safe, tenant = bot.store.safe, TenantId(app.app_id)
    there = await safe.read(tenant, NAME)
    was = there.version if there else None
    at = bot.fake.clock()
    body = vault.seal(dumped(app), at)
    await safe.keep(Sealed(tenant, NAME, body, (was or 0) + 1, at), was=was)


@asynccontextmanager
async def two(
    home: FakeLark, abroad: FakeLark, *, modes: tuple[Mode, Mode] = ("http", "http")
) -> AsyncIterator[Two]:
    """Both at work."""
    abroad.tenant.app.id = ABROAD
    abroad.tenant.app.secret = "the secret abroad"
    vault, profile = Vault([new_key()]), Profile("en", "Europe/London", "GB")

    def config(app: App) -> Config:
        own = (app.app_id, app.secret, app.encrypt_key, app.token, app.mode, app.base_url)
        return Config(*own, profile, app.operator)

    bot = Bot(home, mode=modes[0], kept=Kept(vault, config))
    await kept(bot, vault, app(abroad, modes[1]))
    async with bot:
        there = bot.among(abroad, TenantId(f"{ABROAD}.{abroad.tenant.key}"))
        found = Two(bot, there, vault)
        await found.connect()
        yield found


async def _connected(bot: Bot, mode: Mode) -> None:
    if mode == "http":
        assert await bot.fake.subscribe(bot.url + PATH, encrypt_key=KEY, token=TOKEN)
        return
    await until(lambda: bool(bot.fake.connections.open))
    assert await bot.fake.choose_long_connection()


def twins(home: FakeLark, abroad: FakeLark) -> tuple[Person, Person]:
    """Two people whom both apps call by the same id."""
    maya, lena = home.tenant.person("Maya"), abroad.tenant.person("Lena")
    assert (maya.open_id, home.tenant.key) == (lena.open_id, abroad.tenant.key)
    return maya, lena


def rotated(app: App, secret: str) -> App:
    """The app with another secret."""
    return replace(app, secret=secret)
