"""Reads the operator's file of people, roles and customers; problems with file and line."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from zoneinfo import available_timezones

from pydantic import ConfigDict

from bot.content.documents import BadFile, read, validate
from bot.core.approving.addresses import problem
from bot.core.approving.organisation import Known, Organisation
from bot.core.mirroring.mirrored import is_register
from bot.core.pings.manners import Manners
from bot.core.playbook import STRICT
from bot.core.reading.calendars import UnknownCalendar, calendar


@dataclass(frozen=True, slots=True)
class OrganisationsFile:
    """The whole file."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    tenants: tuple[Organisation, ...]


def load_organisations(
    file: Path, playbooks: Collection[str] | None = None
) -> tuple[Organisation, ...]:
    """The tenants of the file. Raises BadFile with every problem found.

    `playbooks` are the ids to choose from; None where none is begun with.
    """
    document = read(file, file.name)
    found = validate(document, OrganisationsFile)
    tenants = found.tenants if isinstance(found, OrganisationsFile) else ()
    wrong = [f"{file.name}:1: {why}" for tenant in tenants for why in _problems(tenant)]
    wrong += [
        f"{file.name}:1: {tenant.id}: there is no playbook {tenant.playbook}; "
        f"name one of {', '.join(sorted(playbooks or ()))}"
        for tenant in tenants
        if tenant.playbook and playbooks is not None and tenant.playbook not in playbooks
    ]
    wrong += [f"{file.name}:1: {why}" for why in _registers(tenants)]
    if wrong:
        raise BadFile(wrong)
    return tenants


def _problems(of: Organisation) -> list[str]:
    known = {m.id for m in of.people}
    found = [
        f"role {role}: nobody under people has the id {id_}; write them there"
        for role, ids in of.roles.items()
        for id_ in ids
        if id_ not in known
    ]
    found += [
        f"{m.name}: {m.email} is no e-mail address; mend it"
        for m in of.people
        if m.email and problem([m.email]) is not None
    ]
    return [
        *found,
        *_settings(of),
        *(why for customer in of.customers for why in _customer(customer)),
    ]


def _registers(tenants: Sequence[Organisation]) -> Iterator[str]:
    """What is wrong with the tables in which tenants list their cases; no two share one."""
    owners: dict[str, str] = {}
    for of in tenants:
        if of.lark_register and not is_register(of.lark_register):
            yield f"{of.id}: write lark_register as app_token/table_id"
        other = owners.setdefault(of.lark_register or of.id, of.id)
        if other != of.id:
            yield f"{of.id}: {other} has the same lark_register; give each tenant a table of its own"


def _settings(of: Organisation) -> Iterator[str]:
    try:
        calendar(of.calendar or "none")
    except UnknownCalendar:
        yield f"{of.id}: there is no calendar {of.calendar}; name a country such as GB"
    if (of.quiet_from is None) is not (of.quiet_until is None):
        yield f"{of.id}: write both quiet_from and quiet_until, or neither"
    else:
        try:
            Manners(quiet_from=of.quiet_from, quiet_until=of.quiet_until)
        except ValueError as error:
            yield f"{of.id}: {error}"
    for name, days in (
        ("keep_cases_days", of.keep_cases_days),
        ("keep_log_days", of.keep_log_days),
    ):
        if days is not None and days < 0:
            yield f"{of.id}: {name} is a number of days, or 0 for ever"


def _customer(of: Known) -> list[str]:
    found: list[str] = []
    if of.zone and of.zone not in available_timezones():
        found.append(f"{of.name}: there is no zone {of.zone}; name one such as Europe/Berlin")
    if of.conversation and ":" not in of.conversation:
        found.append(f"{of.name}: write the conversation as platform:id, such as slack:C123")
    try:
        calendar(of.calendar or "none")
    except UnknownCalendar:
        found.append(f"{of.name}: there is no calendar {of.calendar}; name a country such as GB")
    return found
