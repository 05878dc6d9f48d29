"""The commands by which an operator connects a tenant's own systems: connect, connected, disconnect."""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from bot import logs
from bot.assembly import connecting, databases
from bot.content.organisations import load_organisations
from bot.core.approving.organisation import Organisations
from bot.core.connecting.kind import Kind, Part
from bot.core.connecting.kinds import KINDS
from bot.core.connecting.wording import CONNECT
from bot.core.words import TenantId
from bot.engine.keeping.connections import Connection
from bot.engine.own import NotConnected, Own
from bot.engine.safe import Safe
from bot.operating.console import configured, trouble
from bot.settings import Settings, SettingsRefused
from bot.wiring import now

_KIND = Annotated[
    str, typer.Argument(metavar="KIND", help=f"What is connected: {', '.join(KINDS)}.")
]
_TENANT = Annotated[
    str, typer.Option("--tenant", help="The Slack workspace (T…) or Lark tenant, by its id.")
]


def add_to(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    for each in (connect, connected, disconnect):
        app.command()(each)


def connect(
    kind: _KIND,
    *,
    tenant: _TENANT,
    given: Annotated[
        list[str] | None, typer.Option("--set", help="A value that is no secret, as name=value.")
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Keep it also where it cannot be tried from here.")
    ] = False,
) -> None:
    """Connect a tenant's own tracker, mail server or meeting system: tried first, then kept with its key sealed.

    The key is asked for, or read as one line from standard input; never give it as an argument.
    """
    with trouble(), logs.quietly():
        settings, chosen = configured(), _kind(kind)
        values = _values(chosen, given or [])
        at = now()
        wish = Connection(TenantId(tenant), chosen.id, values, at)
        said = asyncio.run(_connected(settings, wish, anyway=anyway))
    typer.echo(said)


def connected(
    *, tenant: Annotated[str, typer.Option("--tenant", help="Only this one's.")] = ""
) -> None:
    """List what tenants have connected by themselves, without the keys."""
    with trouble():
        lines = asyncio.run(_listed(configured(), tenant))
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo(CONNECT.nothing.en)


def disconnect(kind: _KIND, *, tenant: _TENANT) -> None:
    """Delete a tenant's connection with its key; every process lets go of it at once."""
    with trouble():
        chosen = _kind(kind)
        gone = asyncio.run(_dropped(configured(), TenantId(tenant), chosen))
        if not gone:
            raise SettingsRefused(CONNECT.not_there.fill(kind=chosen.label).en)
    typer.echo(CONNECT.removed.fill(kind=chosen.label).en)


def _kind(name: str) -> Kind:
    found = KINDS.get(name)
    if found is None:
        raise SettingsRefused(f"there is nothing called {name}; name one of {', '.join(KINDS)}.")
    return found


def _values(kind: Kind, given: list[str]) -> Mapping[str, str]:
    """What was given, and what is asked for. Raises SettingsRefused."""
    values: dict[str, str] = {}
    for word in given:
        name, is_pair, value = word.partition("=")
        part = kind.part(name.strip())
        if part is None or not is_pair:
            names = ", ".join(p.name for p in kind.parts if not p.secret)
            raise SettingsRefused(f"--set takes name=value; for {kind.id} the names are {names}.")
        if part.secret:
            raise SettingsRefused(
                f"{part.name} is a secret and would stay in the shell's history; leave it out, it is "
                "asked for."
            )
        values[part.name] = value.strip()
    return values | {part.name: _asked(part) for part in _open(kind, values)}


def _open(kind: Kind, values: Mapping[str, str]) -> Iterator[Part]:
    """What is still to be asked: needed values, and the secret."""
    for part in kind.parts:
        is_wanted = part.required or (part.secret and kind.wants_secret(values))
        if is_wanted and not values.get(part.name):
            yield part


def _asked(part: Part) -> str:
    if sys.stdin.isatty():
        question = f"{part.label.en} ({part.ask.en})"
        return str(typer.prompt(question, hide_input=part.secret)).strip()
    if not part.secret:
        raise SettingsRefused(f"{part.name} is missing; add --set {part.name}=….")
    return sys.stdin.readline().strip()


async def _connected(settings: Settings, wish: Connection, *, anyway: bool) -> str:
    """The sentence of what it shows. Raises SettingsRefused where it is not kept."""
    kind = KINDS[wish.kind]
    domains = _organisations(settings).of(wish.tenant).domains
    async with databases.tended(settings, now()) as store:
        own = _own(settings, store.safe)
        problems = own.makes.problems(kind, wish.values, by_admin=False, domains=domains)
        if problems:
            raise SettingsRefused(" ".join(f"{name}: {why.en}" for name, why in problems.items()))
        try:
            seen = (await own.makes.tried(wish)).en
        except NotConnected as error:
            seen = connecting.problem(error)
            if not anyway:
                raise SettingsRefused(CONNECT.failed.fill(kind=kind.label, why=seen).en) from error
            seen = f"It was not to be reached from here: {seen}."
        await own.connections.keep(wish)
    return CONNECT.kept.fill(kind=kind.label, seen=seen).en


async def _listed(settings: Settings, tenant: str) -> list[str]:
    async with databases.tended(settings, now()) as store:
        own = _own(settings, store.safe)
        found = await own.connections.everything()
    lines = []
    for whose, theirs in found.items():
        for kind, connection in theirs.items():
            if tenant in ("", whose):
                lines.append(f"{whose}  {kind}  {_told(connection)}")
    return lines


def _told(connection: Connection | None) -> str:
    if connection is None:
        return "cannot be opened with these keys"
    plain = KINDS[connection.kind].plain(connection.values)
    by = "in the chat" if connection.by_admin else "by the operator"
    return "  ".join(
        [f"{connection.at:%Y-%m-%d}", by, *(f"{name}={value}" for name, value in plain.items())]
    )


async def _dropped(settings: Settings, tenant: TenantId, kind: Kind) -> bool:
    async with databases.tended(settings, now()) as store:
        own = _own(settings, store.safe)
        return await own.connections.drop(tenant, kind.id)


def _own(settings: Settings, safe: Safe) -> Own:
    found = connecting.own(settings, now, safe)
    if found is None:
        raise SettingsRefused(
            "CANDOR_KEYS is missing; candor rotate-keys --new makes a key to seal secrets with."
        )
    return found


def _organisations(settings: Settings) -> Organisations:
    file = settings.organisation
    return Organisations(load_organisations(file) if file is not None else ())
