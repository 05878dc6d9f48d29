"""What tenants connect by themselves, made to work: the settings of each kind become what uses them.

What is heavy is imported here, late and by name.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal, TypeVar, assert_never
from urllib.parse import urlsplit

from pydantic import ValidationError

from bot.assembly import chats, databases, meeting_systems, trackers, vendors
from bot.core.approving import addresses
from bot.core.connecting.kind import Kind, Values
from bot.core.connecting.kinds import KINDS
from bot.core.connecting.wording import CONNECT
from bot.core.words import Text, same
from bot.engine.errors import BadContent, DeliveryError, Refused
from bot.engine.keeping.connections import Connection, Connections, is_connection
from bot.engine.meetings import Provider
from bot.engine.outside import OutsideError, Unreachable
from bot.engine.own import NotConnected, Own
from bot.engine.ports import Channel
from bot.engine.safe import Safe
from bot.engine.trackers import Tracker
from bot.settings import Settings, SettingsRefused
from bot.settings.given import GivenSettings

if TYPE_CHECKING:
    from bot.platforms.mail.client import MailChannel

_NO_KEYS = (
    "CANDOR_KEYS is empty and tenants have connected systems; without its keys none of them works."
)
PORTS = {"25", "465", "587", "2525"}  # that somebody in the chat may name
Now = Callable[[], datetime]
T = TypeVar("T")
USUAL_PORTS = {"starttls": "587", "tls": "465"}
LONGEST = 2000  # characters of a value
TRYING = 30.0  # seconds


def own(settings: Settings, now: Callable[[], datetime], safe: Safe) -> Own | None:
    """What tenants have connected; None where CANDOR_KEYS holds nothing to seal it with.

    Raises SettingsRefused for what is no key.
    """
    if not settings.key_list:
        return None
    return Own(Connections(safe, chats.vault(settings)), Makes(settings, now), now)


async def looked_at(
    settings: Settings, now: Callable[[], datetime]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What each tenant's own connections let us see, a sentence each; and every problem with its
    remedy. The database is up to date.
    """
    seen, problems = [], []
    async with databases.tended(settings, now()) as store:
        rows = await store.safe.everything()
        theirs = own(settings, now, store.safe)
        if theirs is None:
            lost = any(is_connection(row) for row in rows)
            return (), (_NO_KEYS,) if lost else ()
        found = await theirs.connections.everything()
    for tenant, connected in found.items():
        for kind, connection in connected.items():
            remedy = f"candor connect {kind} --tenant {tenant} sets it anew"
            if connection is None:
                problems.append(f"{tenant}: no key opens its {kind}; {remedy}.")
                continue
            try:
                seen.append(f"{tenant}: {(await theirs.makes.tried(connection)).en}")
            except (NotConnected, ValueError) as error:  # the latter: kept without a trial
                why = problem(error) if isinstance(error, NotConnected) else str(error)
                label = KINDS[kind].label.en
                problems.append(f"{tenant}: {label} does not work: {why}; {remedy}.")
    return tuple(seen), tuple(problems)


def problem(error: NotConnected) -> str:
    """Why it was not connected, for whoever runs Candor."""
    return f"{error.why.en} ({error.detail})" if error.detail else error.why.en


class Makes:
    """What makes a connection work, whichever kind it is."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now

    def problems(
        self, kind: Kind, values: Values, *, by_admin: bool, domains: Sequence[str] = ()
    ) -> Mapping[str, Text]:
        """Why values cannot be taken, by the name of their part; nothing is asked for it."""
        found = {part.name: CONNECT.needed for part in kind.lacking(values)}
        for name, value in values.items():
            if len(value) > LONGEST or addresses.header_problem([value]) is not None:
                found[name] = CONNECT.one_line
        if found:
            return found
        if kind.family == "mail":
            return _mail_problems(values, by_admin=by_admin, domains=domains)
        return self._further_problems(kind, values, by_admin=by_admin)

    async def tried(self, connection: Connection) -> Text:
        """What it lets us see, in a sentence. Raises NotConnected."""
        try:
            async with asyncio.timeout(TRYING):
                match KINDS[connection.kind].family:
                    case "mail":
                        return await self._greeted(connection)
                    case "meeting":
                        return await self._let_in(connection)
                    case "tracker":
                        return await self._read(connection)
                    case family:
                        assert_never(family)
        except TimeoutError:
            raise NotConnected(Unreachable.why) from None

    def tracker(self, connection: Connection) -> Tracker:
        """The tracker, with a memory of its own. Raises ValueError for what cannot be."""
        made = self._made(connection, vendors.tracker)
        return trackers.remembered(made, self._now)

    def meeting(self, connection: Connection) -> Provider:
        """The meeting system. Raises ValueError for what cannot be."""
        return self._made(connection, meeting_systems.made)

    def mail(self, connection: Connection) -> Channel:
        """The way out by this mail server. Raises ValueError for what cannot be."""
        return self._post(connection)

    def _made(self, connection: Connection, make: Callable[[str, GivenSettings, Now], T]) -> T:
        kind = KINDS[connection.kind]
        try:
            given = self._given(kind, connection.values, by_admin=connection.by_admin)
            return make(kind.id, given, self._now)
        except SettingsRefused as error:
            raise ValueError(str(error)) from error

    def _system(self, kind: Kind, values: Values, *, by_admin: bool) -> object:
        """The tracker or meeting system, to see whether it can be. Raises as its maker does."""
        given = self._given(kind, values, by_admin=by_admin)
        make = meeting_systems.made if kind.family == "meeting" else vendors.tracker
        return make(kind.id, given, self._now)

    def _given(self, kind: Kind, values: Values, *, by_admin: bool) -> GivenSettings:
        """The settings that say the same. An address that nobody has given is the house's own.

        Raises pydantic's ValidationError, which is a ValueError.
        """
        given = {kind.setting(p): v for p in kind.parts if (v := values.get(p.name, "").strip())}
        usual = {
            name: getattr(self._settings, name)
            for name in GivenSettings.model_fields
            if name.startswith(f"{kind.prefix}_") and name.endswith("_url")
        }
        is_theirs = by_admin and f"{kind.prefix}_base_url" in given
        private = "" if is_theirs else self._settings.private_trackers
        return GivenSettings.model_validate({**usual, "private_trackers": private, **given})

    async def _read(self, connection: Connection) -> Text:
        tracker = self._made(connection, vendors.tracker)
        try:
            return await trackers.seen(tracker)
        except OutsideError as error:
            raise NotConnected(error.why, error.detail) from error
        finally:
            await tracker.close()

    async def _let_in(self, connection: Connection) -> Text:
        """What a meeting system shows; nothing is booked."""
        provider = self._made(connection, meeting_systems.made)
        try:
            seen = await provider.seen()
        except OutsideError as error:
            raise NotConnected(error.why_unbooked, error.detail) from error
        finally:
            await provider.close()
        return CONNECT.meeting_seen.fill(kind=provider.label, seen=seen)

    def _further_problems(
        self, kind: Kind, values: Values, *, by_admin: bool
    ) -> Mapping[str, Text]:
        address = values.get("base_url", "").strip()
        if by_admin and address and urlsplit(address).scheme != "https":
            return {"base_url": CONNECT.address}
        try:
            self._system(kind, values, by_admin=by_admin)
        except ValidationError as error:
            names = {str(e["loc"][0]).removeprefix(f"{kind.prefix}_") for e in error.errors()}
            return {n: CONNECT.zone if n == "zone" else CONNECT.as_shown for n in names}
        except SettingsRefused as error:
            return {kind.parts[0].name: CONNECT.halved if by_admin else same(str(error))}
        except ValueError as error:
            why = CONNECT.other_product.fill(why=str(error))
            return {"base_url": CONNECT.address if by_admin else why}
        return {}

    def _post(self, connection: Connection) -> "MailChannel":
        from bot.platforms.mail import client

        values = connection.values
        tls = _tls(values)
        server = client.Server(
            host=values["host"].strip(),
            port=int(values.get("port", "").strip() or USUAL_PORTS[tls]),
            tls=tls,
            sender=values["from"].strip(),
            user=values.get("user", "").strip(),
            password=values.get("password", ""),
            authorities=self._settings.smtp_authorities,
            look_up=_public if connection.by_admin else None,
        )
        try:
            return client.MailChannel(server, self._now)
        except OSError as error:
            raise ValueError("CANDOR_SMTP_AUTHORITIES cannot be read") from error

    async def _greeted(self, connection: Connection) -> Text:
        values = connection.values
        said = {"host": values["host"], "sender": values["from"]}
        try:
            await self._post(connection).greet()
        except BadContent:
            raise NotConnected(CONNECT.mail_sign_in.fill(**said)) from None
        except Refused:
            raise NotConnected(CONNECT.mail_sender.fill(**said)) from None
        except DeliveryError:
            raise NotConnected(CONNECT.mail_away.fill(**said)) from None
        return (CONNECT.mail_seen if values.get("user") else CONNECT.mail_seen_without).fill(**said)


def _mail_problems(values: Values, *, by_admin: bool, domains: Sequence[str]) -> Mapping[str, Text]:
    found: dict[str, Text] = {}
    host, port, sender = (values.get(n, "").strip() for n in ("host", "port", "from"))
    if not _is_host(host, by_admin=by_admin):
        found["host"] = CONNECT.host
    if values.get("tls", "") not in ("", *USUAL_PORTS):
        found["tls"] = CONNECT.pick
    if port and (not _is_port(port) or (by_admin and port not in PORTS)):
        found["port"] = CONNECT.port
    if addresses.problem([sender]) is not None:
        found["from"] = CONNECT.sender
    elif domains and list(addresses.outside([sender], domains, ())):
        found["from"] = CONNECT.foreign_sender.fill(sender=sender, domains=", ".join(domains))
    if bool(values.get("user", "").strip()) is not bool(values.get("password")):
        found["password"] = CONNECT.half_sign_in
    return found


def _is_host(host: str, *, by_admin: bool) -> bool:
    """Whether it is a name or an address alone, and nothing that somebody in the chat may not ask."""
    try:
        literal = ip_address(host)
    except ValueError:
        labels = host.split(".")
        words = all(label.replace("-", "").isalnum() and label.isascii() for label in labels)
        return words and len(host) < 254 and (len(labels) > 1 or not by_admin)
    from bot.outside.addresses import refusal

    return not (by_admin and refusal(literal, may_be_private=False))


def _is_port(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 6 and 0 < int(word) < 65536


def _tls(values: Values) -> Literal["starttls", "tls"]:
    return "tls" if values.get("tls") == "tls" else "starttls"


async def _public(host: str) -> str:
    """The address of a name, as long as all of it stands in the open internet. Raises OSError."""
    from bot.outside.addresses import Guarded

    return (await Guarded(None).resolve(host))[0]["host"]
