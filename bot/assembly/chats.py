"""Slack and Lark, from the settings: what the wiring, the setup and the doctor need of them.

Their rooms are imported here, late and by name, so that nothing of them is loaded unasked.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.assembly import databases
from bot.content.organisations import load_organisations
from bot.core.approving.organisation import Organisation
from bot.core.mirroring.mirrored import Wants
from bot.core.words import TenantId
from bot.engine.inbound import Profile
from bot.engine.safe import Unreadable
from bot.settings import Settings, SettingsRefused
from bot.web.platforms import Platform

if TYPE_CHECKING:
    from bot.engine.keeping import vault as sealing
    from bot.platforms.lark import config as lark_apps
    from bot.platforms.lark import console, further, registration
    from bot.platforms.slack import link as slack_link
    from bot.platforms.slack import platform as slack_platform


async def findings(
    settings: Settings, now: datetime, address: str, more: "Sequence[lark_apps.App]" = ()
) -> tuple[str, ...]:
    """Every problem of what is configured, one sentence each with its remedy.

    `more` are the further apps of Feishu and Lark.
    """
    found: tuple[str, ...] = ()
    if settings.has_slack:
        from bot.platforms.slack import doctor as slack_doctor

        credentials = _slack_credentials(settings)
        token = secret(settings.slack_config_token)
        found += await slack_doctor.findings(credentials, now, address=address, config_token=token)
    if settings.has_lark:
        from bot.platforms.lark import doctor as lark_doctor

        found += await lark_doctor.findings(_lark_config(settings), now, address=address)
        for app in more:
            config = _lark_of(settings, app)
            problems = await lark_doctor.findings(config, now, address=address)
            found += tuple(f"{app.app_id}, kept by candor setup lark --add: {p}" for p in problems)
    return found


def slack_manifest(settings: Settings, address: str, *, many: bool = False) -> tuple[str, str]:
    """The manifest of the Slack app for this address, and the link that creates it.

    `many`: it is to be installed by a link of ours, in any number of workspaces.
    """
    from bot.platforms.slack import manifest

    text = manifest.written(
        address,
        settings.slack_mode,
        files=settings.slack_files,
        quiet=settings.slack_dnd,
        many=many,
        canvases=settings.slack_canvases,
    )
    return text, manifest.link(text)


def lark_scopes(settings: Settings) -> tuple[str, str]:
    """The scopes of the Lark app as its console imports them, and where an app is created."""
    from bot.platforms.lark import console

    text = console.scopes_file(_switched_on(settings))
    return text, console.page(settings.lark_base_url)


def lark_app(settings: Settings, show: Callable[[str], None]) -> "registration.Made":
    """The Lark app that comes of a scan; `show` gets the link to make a code of."""
    from bot.platforms.lark import registration

    made = registration.register(settings.lark_base_url, show, switched_on=_switched_on(settings))
    return asyncio.run(made)


def _switched_on(settings: Settings) -> "console.Wanted":
    from bot.platforms.lark.console import Wanted

    tenants = _of_tenants(settings)
    return Wanted(
        settings.lark_documents,
        settings.lark_files,
        settings.lark_meetings,
        settings.lark_reserves,
        entries=settings.lark_calendar or tenants.entries,
        tasks=settings.lark_tasks or tenants.tasks,
        register=bool(settings.lark_register or tenants.register),
    )


def lark_code(link: str, width: int) -> tuple[str, bytes]:
    """The code of a link for a terminal of so many columns, empty when that is too narrow, and
    as a picture.
    """
    from bot.platforms.lark import registration

    return registration.drawn(link, width), registration.picture(link)


def slack(settings: Settings) -> Platform:
    """Slack, as far as it is configured. Raises SettingsRefused for the half of it."""
    from bot.platforms.slack import platform as place

    return place.SlackPlatform(_slack_credentials(settings))


def _slack_credentials(settings: Settings) -> "slack_platform.Credentials":
    settings.refuse_half_a_slack()
    from bot.platforms.slack import platform as place

    return place.Credentials(
        bot_token=secret(settings.slack_bot_token),
        signing_secret=secret(settings.slack_signing_secret),
        app_token=secret(settings.slack_app_token),
        mode=settings.slack_mode,
        base_url=settings.slack_base_url,
        files=settings.slack_files,
        quiet=settings.slack_dnd,
        canvases=settings.slack_canvases,
        link=_slack_link(settings) if settings.slack_client_id else None,
    )


def _slack_link(settings: Settings) -> "slack_link.Link":
    from bot.platforms.slack import link, manifest

    asked = manifest.written(
        settings.public_url,
        settings.slack_mode,
        files=settings.slack_files,
        quiet=settings.slack_dnd,
        canvases=settings.slack_canvases,
    )
    return link.Link(
        client_id=settings.slack_client_id,
        client_secret=secret(settings.slack_client_secret),
        vault=vault(settings),
        scopes=manifest.scopes(manifest.read(asked)),
        address=settings.public_url,
    )


def vault(settings: Settings) -> "sealing.Vault":
    """What seals tokens. Raises SettingsRefused where CANDOR_KEYS holds none, or what is no key."""
    from bot.engine.keeping.vault import Vault

    try:
        return Vault(settings.key_list)
    except ValueError as error:
        raise SettingsRefused(
            "CANDOR_KEYS holds no key, or something that is none; candor rotate-keys --new makes one."
        ) from error


def lark(settings: Settings, now: Callable[[], datetime]) -> Platform:
    """Feishu or Lark. Raises SettingsRefused for the half of it."""
    from bot.platforms.lark import platform as place

    return place.LarkPlatform(_lark_config(settings), now, _lark_kept(settings))


async def lark_apps_kept(settings: Settings, now: datetime) -> "tuple[lark_apps.App, ...]":
    """The further apps, from a database that is up to date; none without CANDOR_KEYS.

    One that no key opens is left out; the server's log names it.
    """
    if not (settings.has_lark and settings.key_list):
        return ()
    from bot.platforms.lark import config

    keys, store, found = vault(settings), databases.opened(settings), []
    try:
        for sealed in await store.safe.due(config.NAME, now, limit=config.MOST):
            try:
                found.append(config.loaded(keys.open_(sealed.body)))
            except (Unreadable, ValueError, TypeError):
                continue
    finally:
        await store.close()
    return tuple(found)


def lark_app_of(settings: Settings) -> "lark_apps.App":
    """What the settings say of an app, as a further one has it. Raises SettingsRefused."""
    from bot.platforms.lark import config

    whole = _lark_config(settings)
    return config.App(
        app_id=whole.app_id,
        secret=whole.secret,
        encrypt_key=whole.encrypt_key,
        token=whole.token,
        mode=whole.mode,
        base_url=whole.base_url,
        operator=whole.operator,
    )


def _lark_kept(settings: Settings) -> "further.Kept | None":
    """Further apps can only be kept where there is a key to seal them with."""
    if not settings.key_list:
        return None
    from bot.platforms.lark import further

    return further.Kept(vault(settings), partial(_lark_of, settings))


def _lark_of(settings: Settings, app: "lark_apps.App") -> "lark_apps.Config":
    """A further app, with what holds for all."""
    return replace(
        _lark_config(settings),
        app_id=app.app_id,
        secret=app.secret,
        encrypt_key=app.encrypt_key,
        token=app.token,
        mode=app.mode,
        base_url=app.base_url,
        operator=app.operator,
        profile=_lark_profile(settings, app.base_url),
        meetings=False,  # booked by the first app alone
        reserves=False,
        copies=_copied(settings),  # the register is that of the first app's tenant
        tenants=_of_tenants(settings, app.app_id),
        registers=_registers(settings, app.app_id),
    )


def _lark_config(settings: Settings) -> "lark_apps.Config":
    settings.refuse_half_a_lark()
    from bot.platforms.lark import config

    return config.Config(
        app_id=settings.lark_app_id,
        secret=secret(settings.lark_app_secret),
        encrypt_key=secret(settings.lark_encrypt_key),
        token=secret(settings.lark_verification_token),
        mode=settings.lark_mode,
        base_url=settings.lark_base_url,
        profile=_lark_profile(settings, settings.lark_base_url),
        operator=settings.lark_operator,
        documents=settings.lark_documents,
        files=settings.lark_files,
        meetings=settings.lark_meetings,
        reserves=settings.lark_reserves,
        meeting_owner=settings.lark_meeting_owner,
        copies=_copied(settings, settings.lark_register),
        tenants=_of_tenants(settings),
        registers=_registers(settings),
    )


def _registers(settings: Settings, app: str = "") -> tuple[str, ...]:
    """Every table that rows of an app's tenants go to."""
    mine = () if app else (settings.lark_register,)
    named = (*mine, *(o.lark_register for o in _named(settings, app)))
    return tuple(dict.fromkeys(register for register in named if register))


def _named(settings: Settings, app: str) -> Sequence[Organisation]:
    """The tenants behind an app, of the first one where none is named, and what holds for all."""
    if settings.organisation is None:
        return ()
    found = load_organisations(settings.organisation)
    return [o for o in found if o.id == "*" or o.id.rpartition(".")[0] == app]


def _of_tenants(settings: Settings, app: str = "") -> Wants:
    """The copies that any tenant behind an app wants by itself; of the first app, behind that."""
    named = _named(settings, app)
    registers = [o.lark_register for o in named if o.lark_register]
    return Wants(
        tasks=any(o.lark_tasks for o in named),
        entries=any(o.lark_calendar for o in named),
        register=registers[0] if registers else "",
    )


def _copied(settings: Settings, register: str = "") -> Wants:
    """The copies that the operator wants."""
    return Wants(settings.lark_tasks, settings.lark_calendar, register=register)


def _lark_profile(settings: Settings, base_url: str) -> Profile:
    """On Feishu, whoever tells nothing of themselves most likely works in China."""
    usual = profile(settings)
    if not base_url.endswith("feishu.cn"):
        return usual
    zone = "Asia/Shanghai" if settings.zone == "UTC" else settings.zone
    calendar = "CN" if settings.calendar == "none" else settings.calendar
    return Profile(language="zh", zone=zone, calendar=calendar)


def is_of_the_first_app(tenant: TenantId) -> bool:
    """Whether a tenant is one of Slack, or behind the first app of Feishu or Lark: those of further
    apps have a point in their names. What the settings give is theirs only where it names them.
    """
    return "." not in tenant


def secret(given: SecretStr | None) -> str:
    """What was given in secret; empty without."""
    return given.get_secret_value() if given is not None else ""


def profile(settings: Settings) -> Profile:
    """Of somebody of whom the platform tells nothing."""
    return Profile(language="en", zone=settings.zone, calendar=settings.calendar)
