"""Reads the operator's file of people, roles and customers; problems with file and line."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from zoneinfo import available_timezones

from pydantic import ConfigDict

from bot.content.documents import BadFile, read, validate
from bot.core.approving.addresses import problem
from bot.core.approving.organisation import Known, Organisation
from bot.core.playbook import STRICT
from bot.core.reading.calendars import UnknownCalendar, calendar


@dataclass(frozen=True, slots=True)
class OrganisationsFile:
    """The whole file."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    tenants: tuple[Organisation, ...]


def load_organisations(file: Path) -> tuple[Organisation, ...]:
    """The tenants of the file. Raises BadFile with every problem found."""
    document = read(file, file.name)
    found = validate(document, OrganisationsFile)
    tenants = found.tenants if isinstance(found, OrganisationsFile) else ()
    wrong = [f"{file.name}:1: {why}" for tenant in tenants for why in _problems(tenant)]
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
    return [*found, *(why for customer in of.customers for why in _customer(customer))]


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
