"""The further apps of Feishu and Lark: put beside the first, sealed, and taken out again.

An app is given as a file of settings, as candor setup lark --scan writes it: a secret on a command
line would stay in the shell's history.
"""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assembly import chats, databases
from bot.core.words import TenantId
from bot.engine.errors import Conflict
from bot.engine.safe import Sealed
from bot.operating.console import configured
from bot.settings import Settings, SettingsRefused
from bot.wiring import now

if TYPE_CHECKING:
    from bot.engine.keeping.vault import Vault

_OWN = (
    "lark_app_id",
    "lark_app_secret",
    "lark_encrypt_key",
    "lark_verification_token",
    "lark_mode",
    "lark_base_url",
    "lark_operator",
)  # the settings that each app has of its own
_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")  # no point: it stands before one in its tenant's name
_FIRST = (
    "CANDOR_LARK_APP_ID is not set: the first app stands in the settings, and only further ones are "
    "added."
)


async def added(settings: Settings, file: Path) -> str:
    """The id of the app in the file, which is kept now, in place of what it was before.

    Raises SettingsRefused, or a class of engine.errors.Unopenable.
    """
    from bot.platforms.lark.config import MOST, NAME, dumped

    vault = _vault(settings)
    app = chats.lark_app_of(configured(_read(file)))
    if app.app_id == settings.lark_app_id:
        raise SettingsRefused(f"{app.app_id} is the app of CANDOR_LARK_APP_ID; change it there.")
    at, tenant = now(), TenantId(app.app_id)
    async with databases.tended(settings, at) as store:
        there = await store.safe.read(tenant, NAME)
        if there is None and len(await store.safe.due(NAME, at, limit=MOST)) >= MOST:
            raise SettingsRefused(f"{MOST} further apps are kept, which is the most; remove one.")
        was = there.version if there else None
        version = (was or secrets.randbelow(1 << 30)) + 1  # never one that it had before
        due = there.due if there else at
        sealed = Sealed(tenant, NAME, vault.seal(dumped(app), at), version, due)
        try:
            await store.safe.keep(sealed, was=was)
        except Conflict as error:
            raise SettingsRefused(
                f"{app.app_id} was changed at the same time; run it again."
            ) from error
    return app.app_id


async def removed(settings: Settings, app_id: str) -> None:
    """Take an app out. Raises SettingsRefused where it is not kept, or a class of Unopenable."""
    from bot.platforms.lark.config import NAME

    async with databases.tended(settings, now()) as store:
        if not await store.safe.drop(TenantId(app_id), NAME):
            raise SettingsRefused(
                f"{app_id} is not kept; candor setup lark --list names those that are."
            )


async def listed(settings: Settings) -> tuple[str, ...]:
    """A line for each further app. Raises SettingsRefused, or a class of Unopenable."""
    _vault(settings)
    async with databases.tended(settings, now()):
        found = await chats.lark_apps_kept(settings, now())
    return tuple(f"{app.app_id}  {app.mode}  {app.base_url}" for app in found)


def _vault(settings: Settings) -> "Vault":
    if not settings.has_lark:
        raise SettingsRefused(_FIRST)
    return chats.vault(settings)


def _read(file: Path) -> Mapping[str, str]:
    """The settings of an app; what the file leaves out is as it is by itself, not as for the first."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsRefused(
            f"{file} cannot be read; name the file of the app's settings."
        ) from error
    found = dict(_setting(line, f"{file}:{n}") for n, line in enumerate(lines, 1) if _says(line))
    if not _ID.fullmatch(found.get("lark_app_id", "")):
        raise SettingsRefused(f"{file} names no CANDOR_LARK_APP_ID such as cli_a1b2c3.")
    defaults = {name: Settings.model_fields[name].default for name in _OWN}
    return {**defaults, **found}


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")


def _setting(line: str, where: str) -> tuple[str, str]:
    name, sign, value = line.strip().removeprefix("export ").partition("=")
    known = name.strip().removeprefix("CANDOR_").lower()
    if not sign or known not in _OWN:
        raise SettingsRefused(
            f"{where}: an app has no such setting of its own; it may have "
            f"{', '.join(f'CANDOR_{each.upper()}' for each in _OWN)}."
        )
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return known, value[1:-1] if quoted else value
