"""The commands with which an operator tends the data: backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from bot import custody
from bot.console import configured, trouble


def add_to(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="The new file to make.")],
) -> None:
    """Copy the database to a file while the server runs, and check the copy."""
    with trouble():
        checked = custody.backed_up(configured(), file)
    _say(checked)
    typer.echo(f"{file} is a whole copy; the records of {checked.records} cases were read.")
    if checked.faults:
        raise typer.Exit(1)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that candor backup has made.")],
    *,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also where the record of a case does not hold.")
    ] = False,
) -> None:
    """Put a copy in the place of the database; the server must stand still, the old state is kept."""
    with trouble():
        checked, kept = custody.restored(configured(), file, anyway=anyway)
    _say(checked)
    before = f" What was there before is in {kept}." if kept else ""
    typer.echo(f"{file} is the database now, with {checked.records} records.{before}")


def _say(checked: custody.Checked) -> None:
    for fault in checked.faults:
        typer.echo(fault, err=True)
