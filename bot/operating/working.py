"""The commands of an installation on many machines: work, and migrate."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot import logs, wiring
from bot.assembly import databases
from bot.operating import deadletters
from bot.operating.console import bytes_of, configured, trouble
from bot.operating.memory import lasting
from bot.settings import Settings, SettingsRefused


def add_to(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    app.command()(work)
    app.command()(migrate)


def work(
    *,
    dead: Annotated[
        bool, typer.Option("--dead", help="List what could not be sent, of all tenants.")
    ] = False,
    show: Annotated[str, typer.Option(help="With --dead: one of them, as JSON.")] = "",
    mend: Annotated[
        str, typer.Option(help="With --dead and --file: put the card in that file in its place.")
    ] = "",
    file: Annotated[Path | None, typer.Option(help="A card, or what --show has printed.")] = None,
    again: Annotated[
        list[str] | None, typer.Option(help="With --dead: send it once more; all: every one.")
    ] = None,
) -> None:
    """Send what servers on the same PostgreSQL database hand over, until told to end."""
    with trouble():
        settings = configured()
        if dead:
            _dead(settings, show, (mend, file), again or [])
            return
        with lasting():
            worked = wiring.worked(settings)
        typer.echo(f"A worker of {worked.kept_in} is at work; Ctrl+C lets it end what it is at.")
        logs.begin(sys.stderr)
        asyncio.run(worked.run())


def _dead(
    settings: Settings, show: str, mend: tuple[str, Path | None], again: Sequence[str]
) -> None:
    """Dead letters: listed, one shown, one mended, some sent again."""
    id_, file = mend
    if show:
        typer.echo(asyncio.run(deadletters.shown(settings, show)))
    if id_:
        if file is None:
            raise SettingsRefused("--mend needs --file: the card to put in its place.")
        asyncio.run(deadletters.mended(settings, id_, bytes_of(file).decode("utf-8", "replace")))
        typer.echo(f"{id_} is mended; candor work --dead --again {id_} sends it.")
    if again:
        count, refused = asyncio.run(deadletters.sent_again(settings, again))
        typer.echo(f"{count} will be sent once more.")
        for line in refused:
            typer.echo(line, err=True)
        if refused:
            raise typer.Exit(1)
    if not (show or id_ or again):
        for line in asyncio.run(deadletters.listed(settings)):
            typer.echo(line)


def migrate(
    *,
    to: Annotated[
        str,
        typer.Option(
            help="Move this SQLite installation there: postgresql://user:password@host:5432/database."
        ),
    ] = "",
) -> None:
    """Make the database, or bring it up to date after a backup; or move it to PostgreSQL."""
    with trouble():
        settings = configured()
        if to:
            _move(settings, to)
            return
        copy = databases.migrate(settings, wiring.now())
        kept = f" The copy from before is {copy}." if copy else ""
        typer.echo(f"{databases.place(settings)} is up to date.{kept}")


def _move(settings: Settings, to: str) -> None:
    """Copy and compare every row, with a line for each table."""

    def tell(table: str, done: int, whole: int) -> None:
        share = done * 20 // whole if whole else 20
        bar = "#" * share + "." * (20 - share)
        end = "\n" if done >= whole else ""
        sys.stderr.write(f"\r{table:<12} [{bar}] {done} of {whole}{end}")
        sys.stderr.flush()

    copied = databases.move(settings, to, wiring.now(), tell)
    for each in copied:
        typer.echo(f"{each.table:<12} {each.rows:>9} rows, the same in both: {each.digest[:16]}")
    typer.echo(
        "Everything is there. Set CANDOR_DATABASE_URL to the new address and start candor serve and "
        "candor work; the file takes nothing more. Delete it once all is well: what is erased "
        "later stays in it."
    )
