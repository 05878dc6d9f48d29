"""The keys of CANDOR_KEYS: what is sealed with older ones is sealed anew with the first."""

from dataclasses import replace

from bot.assembly import chats, databases
from bot.engine.errors import Conflict
from bot.engine.safe import Sealed, Unreadable
from bot.settings import Settings
from bot.wiring import now


async def sealed_anew(settings: Settings) -> tuple[int, tuple[str, ...]]:
    """How many secrets were sealed with the newest key, and the names of those that no key opens.

    One that another process changes meanwhile is looked at again. Raises SettingsRefused.
    """
    vault = chats.vault(settings)
    done, lost = 0, []
    async with databases.tended(settings, now()) as store:
        for found in await store.safe.everything():
            sealed: Sealed | None = found
            while sealed is not None:
                try:
                    body = vault.again(sealed.body)
                    newer = replace(sealed, body=body, version=sealed.version + 1)
                    await store.safe.keep(newer, was=sealed.version)
                    done += 1
                except Unreadable:
                    lost.append(f"{sealed.name} of {sealed.tenant}")
                except Conflict:
                    sealed = await store.safe.read(sealed.tenant, sealed.name)
                    continue
                break
    return done, tuple(lost)
