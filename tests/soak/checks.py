"""What must hold when a soak is over; each sentence is one thing that does not."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from tests.soak.record import Record
from tests.soak.roads import MARK

COUNTED = ("Begun", "Typed")  # events that take in what somebody wrote
STUCK = ("dead", "unknown")  # of a row that waits for a person


def faults(record: Record) -> tuple[str, ...]:
    """Everything that does not hold."""
    return tuple(sentence for check in CHECKS for sentence in check(record))


def at_rest(record: Record) -> Iterator[str]:
    """Nothing waits for ever."""
    if record.waiting:
        yield f"{record.waiting} rows still wait"


def no_answer_lost(record: Record) -> Iterator[str]:
    """What was acknowledged is in the log, and a project in a case; an answer that does not fit is
    asked for again.
    """
    logged = Counter(
        (row.tenant, mark) for row in record.log for mark in set(MARK.findall(row.body))
    )
    kept = {(tenant, mark) for tenant, body in record.cases for mark in MARK.findall(body)}
    for one in record.written:
        if one.mark not in record.acknowledged:
            continue
        if not logged[one.tenant, one.mark]:
            yield f"{one.mark} was acknowledged and is lost"
        elif one.begins and (one.tenant, one.mark) not in kept:
            yield f"{one.mark} was acknowledged and stands in no case"


def no_answer_twice(record: Record) -> Iterator[str]:
    """However often it is delivered, under whatever event, what was written counts once."""
    counted = Counter(
        (row.tenant, row.kind, mark)
        for row in record.log
        if row.kind in COUNTED
        for mark in set(MARK.findall(row.body))
    )
    yield from (
        f"{mark} counted {times} times" for (_, _, mark), times in counted.items() if times > 1
    )


def customers_told_once(record: Record) -> Iterator[str]:
    """What was due to a customer stands there once, and nothing else does."""
    stands = Counter(mark for words in record.read for mark in set(MARK.findall(words)))
    for due in record.messages:
        if stands[due.mark] != 1:
            yield f"the message {due.mark} of {due.case} stands {stands[due.mark]} times"
    strange = set(stands) - {due.mark for due in record.messages}
    yield from (f"{mark} reached a customer" for mark in sorted(strange))


def reminders_once(record: Record) -> Iterator[str]:
    """Every reminder that was due was asked once, or waits for a working day."""
    asked = [row for row in record.log if row.kind == "PingDue"]
    for due in record.asks:
        times = sum(
            1
            for row in asked
            if (row.tenant, row.case) == (due.tenant, due.case) and f'"{due.kind}"' in row.body
        )
        if times != record.times:
            yield f"the reminder {due.kind} of {due.case} was asked {times} times"


def rows_stand_once(record: Record) -> Iterator[str]:
    """Every row that was to be posted stands once, and each has found its end."""
    stands: dict[str, list[str]] = defaultdict(list)
    for message in record.standing:
        stands[message.key].append(message.where)
    for row in record.outbox:
        if row.state in STUCK:
            yield f"the row {row.id} is {row.state}"
        elif row.kind == "post" and len(stands[row.id]) > 1:
            yield f"the row {row.id} stands {len(stands[row.id])} times ({', '.join(stands[row.id])})"
        elif row.kind == "post" and row.state == "sent" and not stands[row.id]:
            yield f"the row {row.id} is sent and stands nowhere"


def tenants_apart(record: Record) -> Iterator[str]:
    """No word of a tenant stands with another one, in a table or in a message."""
    words = [
        *record.cases,
        *record.people,
        *((row.tenant, row.body) for row in record.log),
        *((row.tenant, row.body) for row in record.outbox),
        *((message.tenant, message.text) for message in record.standing),
    ]
    for tenant, text in words:
        for mark in sorted(set(MARK.findall(text))):
            if mark[2] != record.letters[tenant]:
                yield f"{mark} is seen in the tenant {tenant}"


def rules_kept(record: Record) -> Iterator[str]:
    """No rule of a platform was broken by anything but a death."""
    yield from record.rules


def ended_in_peace(record: Record) -> Iterator[str]:
    """Who is told to end ends with 0, and nobody else does, so that another takes their place."""
    yield from (f"a process ended with {code}" for code in record.exits if code)
    yield from ("a process ended by itself as if told to" for code in record.fallen if not code)


def nothing_told_in_logs(record: Record) -> Iterator[str]:
    """No word that anybody wrote is in a log."""
    yield from (f"{mark} is in a log" for mark in sorted(set(MARK.findall(record.lines))))


CHECKS: tuple[Callable[[Record], Iterator[str]], ...] = (
    at_rest,
    no_answer_lost,
    no_answer_twice,
    customers_told_once,
    reminders_once,
    rows_stand_once,
    tenants_apart,
    rules_kept,
    ended_in_peace,
    nothing_told_in_logs,
)
