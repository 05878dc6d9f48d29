"""The mail server of the settings: the way out by mail, for those tenants that may use it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import ip_address

from bot.assembly import chats, vendors
from bot.core.approving import addresses
from bot.core.words import TenantId
from bot.engine.ports import Channel, Channels
from bot.settings import Settings, SettingsRefused


class ForSome(Channels):
    """One way out for several tenants, and for no other. `tenants`: who they are; empty is everybody
    but those of further apps.
    """

    def __init__(self, channel: Channel, tenants: frozenset[str] = frozenset()) -> None:
        self._channel = channel
        self._tenants = tenants

    async def of(self, tenant: TenantId) -> Channel | None:
        """The way out; None where the tenant is not one of them."""
        may = tenant in self._tenants if self._tenants else chats.is_of_the_first_app(tenant)
        return self._channel if may else None


def refuse_half(settings: Settings) -> None:
    """Raises SettingsRefused where a mail server is named and something it needs is not."""
    if addresses.problem([settings.smtp_from]) is not None:
        raise SettingsRefused(
            "CANDOR_SMTP_HOST is set and CANDOR_SMTP_FROM is no address; write the address "
            "that mails come from, such as candor@example.com."
        )
    if settings.slack_client_id and not settings.smtp_tenants:
        raise SettingsRefused(
            "CANDOR_SMTP_TENANTS is missing; with an app that is installed by a link, every "
            "workspace would send mails from CANDOR_SMTP_FROM. Name those that may."
        )
    if settings.smtp_tls == "none" and not _is_here(settings.smtp_host):
        raise SettingsRefused(
            f"CANDOR_SMTP_TLS=none would send everything to {settings.smtp_host} in the clear; "
            "use starttls or tls."
        )


def _is_here(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def ways(settings: Settings, now: Callable[[], datetime]) -> Mapping[str, Channels]:
    """The way out by mail, where a server is named. Raises SettingsRefused."""
    if not settings.has_mail:
        return {}
    refuse_half(settings)
    from bot.platforms.mail import client

    server = client.Server(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        sender=settings.smtp_from,
        user=settings.smtp_user,
        password=chats.secret(settings.smtp_password),
        authorities=settings.smtp_authorities,
    )
    try:
        channel = client.MailChannel(server, now)
    except OSError as error:  # ssl's own error is one, too
        raise SettingsRefused(
            f"CANDOR_SMTP_AUTHORITIES={settings.smtp_authorities} cannot be read as certificates; "
            "name a PEM file, or leave it out."
        ) from error
    return {client.PLATFORM: ForSome(channel, frozenset(vendors.names(settings.smtp_tenants)))}
