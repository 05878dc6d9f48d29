"""Who else may read a case, at the table: whom a command or a press means, by the people of the house."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import desk, desk_sharing
from bot.core.approving.organisation import Organisation
from bot.core.commands import Command, Unknown
from bot.core.desk import Desk, Person, Summary
from bot.core.events import Event
from bot.core.pings.rooms import Here
from bot.core.sharing.events import ViewerInvited, ViewerNamed
from bot.core.stamp import Stamp
from bot.core.words import PersonId
from bot.engine.incoming import team


def received(
    person: Person,
    command: Command | Unknown,
    cases: Sequence[Summary],
    stamp: Stamp,
    house: Organisation,
    here: Here | None,
) -> Desk:
    """What a command comes to."""
    if isinstance(command, Command) and command.verb in ("invite", "uninvite"):
        return desk_sharing.received(
            person, command, team.called(house, command.rest), cases, stamp
        )
    return desk.receive(person, command, cases, stamp, here)


def signed(event: Event, house: Organisation, by: PersonId) -> tuple[str, Event]:
    """What whoever pressed is called; and the event, with whom its words name and the owner's name."""
    name = house.name_of(by)
    if isinstance(event, ViewerNamed):
        return name, team.viewer(event, team.called(house, event.name))
    if isinstance(event, ViewerInvited):
        return name, replace(event, owner=name)
    return name, event
