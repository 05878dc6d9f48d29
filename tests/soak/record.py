"""What there is to see when a soak is over: in the tables, on both platforms and of the processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from bot.store.postgres.address import Address
from tests import postgres
from tests.soak.processes import Processes
from tests.soak.seeds import Due, may_be_asked
from tests.soak.town import LETTERS, Standing, Town, Written

_LOG: LiteralString = "SELECT tenant, case_id, kind, event, body FROM log"
_OUTBOX: LiteralString = "SELECT tenant, id, kind, state, body FROM outbox"
_WORDS: tuple[LiteralString, ...] = (  # every word that they keep, with its tenant
    "SELECT tenant, body FROM cases",
    "SELECT tenant, body FROM people",
)


@dataclass(frozen=True, slots=True)
class Logged:
    """One event as the log keeps it."""

    tenant: str
    case: str
    kind: str
    event: str
    body: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the outbox."""

    tenant: str
    id: str
    kind: str
    state: str
    body: str


@dataclass(frozen=True, slots=True)
class Record:
    """All of it."""

    letters: Mapping[str, str]  # of each tenant's marks
    written: Sequence[Written] = ()
    acknowledged: frozenset[str] = frozenset()  # marks
    log: Sequence[Logged] = ()
    cases: Sequence[tuple[str, str]] = ()  # tenant and body
    people: Sequence[tuple[str, str]] = ()
    outbox: Sequence[Row] = ()
    standing: Sequence[Standing] = ()  # what the bot wrote
    read: Sequence[str] = ()  # by customers
    messages: Sequence[Due] = ()  # to customers, that were due
    asks: Sequence[Due] = ()  # of owners, that were due
    times: int = 1  # that each of these is asked
    rules: Sequence[str] = ()  # of the platforms that were broken
    exits: Sequence[int] = ()  # of the processes that were told to end
    fallen: Sequence[int] = ()  # of those that ended by themselves
    lines: str = ""  # that the processes logged
    waiting: int = 0  # rows that have found no end


def taken(
    town: Town,
    database: Address,
    at_work: Processes,
    due: tuple[Sequence[Due], Sequence[Due]],
    waiting: int,
) -> Record:
    """What there is."""
    with postgres.connected(database.for_libpq) as connection:

        def rows(question: LiteralString) -> list[tuple[Any, ...]]:
            return connection.execute(question).fetchall()

        cases, people = (tuple((row[0], row[1]) for row in rows(each)) for each in _WORDS)
        log = tuple(Logged(*row) for row in rows(_LOG))
        outbox = tuple(Row(*row) for row in rows(_OUTBOX))
    return Record(
        letters={town.tenant_of(place): letter for place, letter in LETTERS.items()},
        written=tuple(town.written),
        acknowledged=frozenset(town.kept.acknowledged),
        log=log,
        cases=cases,
        people=people,
        outbox=outbox,
        standing=tuple(town.standing()),
        read=tuple(town.in_rooms()),
        messages=due[0],
        asks=due[1],
        times=1 if may_be_asked() else 0,
        rules=tuple(town.broken_rules()),
        exits=tuple(at_work.exits),
        fallen=tuple(at_work.fallen),
        lines=at_work.errors.read_text(),
        waiting=waiting,
    )
