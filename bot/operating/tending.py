"""The commands with which an operator tends the data: copies, exports, erasure, records and keys."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.core.words import PersonId, TenantId
from bot.operating import copies, erasure, exports, keys, larkapps, records
from bot.operating.console import configured, give, trouble
from bot.settings import Settings


def add_to(app: typer.Typer, export: typer.Typer) -> None:
    """Put the commands on the command line."""
    for each in (backup, restore, erase_person, erase_tenant, verify, rotate_keys):
        app.command()(each)
    export.command("report")(export_report)
    export.command("case")(export_case)
    export.command("tenant")(export_tenant)


def backup(
    file: Annotated[Path, typer.Argument(help="The new file to make.")],
) -> None:
    """Copy the database to a file while the server runs, and check the copy."""
    with trouble():
        checked = copies.backed_up(configured(), file)
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
        checked, kept = copies.restored(configured(), file, anyway=anyway)
    _say(checked)
    before = f" What was there before is in {kept}." if kept else ""
    typer.echo(f"{file} is the database now, with {checked.records} records.{before}")


def _say(checked: copies.Checked) -> None:
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
        left = asyncio.run(erasure.outside(configured(), TenantId(tenant), PersonId(person)))
        found = asyncio.run(
            erasure.person_erased(
                configured(), TenantId(tenant), PersonId(person), name or [], really=yes
            )
        )
    said = f"{found.own} cases of their own, {found.others} of others that name them"
    typer.echo(f"Erased: {said}." if yes else f"This would erase: {said}. Add --yes to do it.")
    _tell(left)


def erase_tenant(
    tenant: Annotated[str, typer.Argument(help="The workspace or tenant, by its id.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it, and do not only count.")] = False,
) -> None:
    """Erase all that is kept of a tenant: cases, people, lessons, tokens and the record."""
    with trouble():
        left = asyncio.run(erasure.outside(configured(), TenantId(tenant)))
        rows = asyncio.run(erasure.tenant_erased(configured(), TenantId(tenant), really=yes))
    typer.echo(f"Erased: {rows} rows." if yes else f"This would erase {rows} rows. Add --yes.")
    _tell(left)


def _tell(left: Sequence[erasure.Left]) -> None:
    """What stands in other systems, to be deleted there."""
    if not left:
        return
    typer.echo("In other systems this stands, which Candor does not reach; delete it there:")
    for one in left:
        typer.echo(f"  {one.kind} {one.ref} of case {one.case}{f', {one.url}' if one.url else ''}")


def export_tenant(
    tenant: Annotated[str, typer.Argument(help="The workspace or tenant, by its id.")],
    *,
    out: Annotated[Path | None, typer.Option(help="A file; without one, standard output.")] = None,
) -> None:
    """Write out all that is kept of a tenant as JSON Lines, a row a line, but for its secrets."""
    with trouble():
        content = asyncio.run(exports.tenant_exported(configured(), TenantId(tenant)))
        give(content, out)


def export_report(
    month: Annotated[str, typer.Argument(help="Such as 2026-05; without one, this month.")] = "",
    *,
    tenant: Annotated[str, typer.Option(help="Only this tenant's cases.")] = "",
    out: Annotated[Path | None, typer.Option(help="A file; without one, standard output.")] = None,
) -> None:
    """Write out a month of delays as CSV; nobody is named in it."""
    with trouble():
        content = asyncio.run(exports.reported(configured(), month, tenant)).encode("utf-8-sig")
        give(content, out)


def export_case(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Its id.")],
    *,
    kind: Annotated[
        Literal["jsonl", "md", "docx"],
        typer.Option("--format", help="JSON Lines of its whole log, or its deliveries to read."),
    ] = "jsonl",
    out: Annotated[Path | None, typer.Option(help="A file; without one, standard output.")] = None,
) -> None:
    """Write out what happened in a case and what was delivered."""
    with trouble():
        content = asyncio.run(exports.exported(configured(), id_, kind))
        give(content, out)


def verify() -> None:
    """Check the record of every case; the first broken link of each is named, with exit code 1."""
    with trouble():
        count, faults = asyncio.run(records.verified(configured()))
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo(f"The records of {count} cases hold.")


def rotate_keys(
    *,
    new: Annotated[bool, typer.Option("--new", help="Only make a key, and print it.")] = False,
) -> None:
    """Seal every token in the database anew, with the first of CANDOR_KEYS."""
    from bot.engine.keeping import vault  # heavy, and wanted here alone

    if new:
        typer.echo(vault.new_key())
        return
    with trouble():
        done, lost = asyncio.run(keys.sealed_anew(configured()))
    typer.echo(f"{done} sealed with the first key; the others can be taken out of CANDOR_KEYS.")
    for name in lost:
        typer.echo(f"{name} cannot be read with any of these keys; install it again.", err=True)
    if lost:
        raise typer.Exit(1)


def lark_apps(settings: Settings, add: Path | None, remove: str) -> None:
    """Keep a further app of Feishu or Lark, take one out, or name those that are kept."""
    if add is not None:
        app_id = asyncio.run(larkapps.added(settings, add))
        typer.echo(
            f"{app_id} is kept, sealed with the first of CANDOR_KEYS; servers begin with it within "
            f"seconds. Its tenant is called {app_id}.KEY in settings and commands. {add} can be "
            "deleted. candor doctor looks it over."
        )
    elif remove:
        asyncio.run(larkapps.removed(settings, remove))
        typer.echo(f"{remove} is taken out; servers let go of it within seconds.")
    else:
        for line in asyncio.run(larkapps.listed(settings)):
            typer.echo(line)
