"""The commands with which an operator tends the data: copies, export and erasure."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import custody
from bot.console import configured, trouble, write_bytes
from bot.core.words import PersonId, TenantId


def add_to(app: typer.Typer, export: typer.Typer) -> None:
    """Put the commands on the command line."""
    for each in (backup, restore, erase_person, erase_tenant):
        app.command()(each)
    export.command("tenant")(export_tenant)


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


def erase_person(
    tenant: Annotated[str, typer.Argument(help="The workspace or tenant, by its id.")],
    person: Annotated[str, typer.Argument(help="The person, by the platform's id.")],
    *,
    name: Annotated[
        list[str] | None, typer.Option(help="What they are called; may be given again.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it, and do not only count.")] = False,
) -> None:
    """Erase a person from a tenant: their cases go, and their name goes from those of others."""
    with trouble():
        found = asyncio.run(
            custody.person_erased(
                configured(), TenantId(tenant), PersonId(person), name or [], really=yes
            )
        )
    said = f"{found.own} cases of their own, {found.others} of others that name them"
    typer.echo(f"Erased: {said}." if yes else f"This would erase: {said}. Add --yes to do it.")


def erase_tenant(
    tenant: Annotated[str, typer.Argument(help="The workspace or tenant, by its id.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it, and do not only count.")] = False,
) -> None:
    """Erase all that is kept of a tenant: cases, people, lessons, tokens and the record."""
    with trouble():
        rows = asyncio.run(custody.tenant_erased(configured(), TenantId(tenant), really=yes))
    typer.echo(f"Erased: {rows} rows." if yes else f"This would erase {rows} rows. Add --yes.")


def export_tenant(
    tenant: Annotated[str, typer.Argument(help="The workspace or tenant, by its id.")],
    *,
    out: Annotated[Path | None, typer.Option(help="A file; without one, standard output.")] = None,
) -> None:
    """Write out all that is kept of a tenant as JSON Lines, a row a line, but for its secrets."""
    with trouble():
        content = asyncio.run(custody.tenant_exported(configured(), TenantId(tenant)))
        if out is not None:
            write_bytes(out, content)
        else:
            sys.stdout.buffer.write(content)
