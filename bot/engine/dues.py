"""What servers hand over to workers: a conversation that something is to be said in, or a reminder."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, assert_never

from bot.core.words import CaseId, TenantId
from bot.engine.ports import Line, Ping

Due = Line | Ping
LINE, PING = "line", "ping"  # what the names of their locks begin with
QUEUE: Final = "candor"
DELIVER, FIRE = "deliver", "fire"  # the tasks
PRIORITY: Mapping[str, int] = {DELIVER: 1, FIRE: 0}
"""Answers go before reminders: ten thousand of them keep nobody waiting who has just written."""
DEAD: Final = timedelta(seconds=45)
"""How long a worker may give no sign of life: longer than a call to a platform, and the look after it, take."""


def lock(due: Due) -> str:
    """What only one worker at a time may hold: a conversation of a case, or a case's reminders.

    The store writes the same names in SQL.
    """
    match due:
        case Line():
            return f"{LINE}/{due.tenant}/{due.case}/{due.conversation}"
        case Ping():
            return f"{PING}/{due.tenant}/{due.case}"
        case _:
            assert_never(due)


def task(due: Due) -> str:
    """Which task does it."""
    return DELIVER if isinstance(due, Line) else FIRE


def written(due: Due) -> dict[str, str]:
    """As a job keeps it."""
    match due:
        case Line():
            return {"tenant": due.tenant, "case": due.case, "conversation": due.conversation}
        case Ping():
            key = {"tenant": due.tenant, "case": due.case}
            return key | {"kind": due.kind, "due": due.due.isoformat()}
        case _:
            assert_never(due)


def line(kept: dict[str, Any]) -> Line:
    """The conversation that a job keeps."""
    return Line(TenantId(kept["tenant"]), CaseId(kept["case"]), str(kept["conversation"]))


def ping(kept: dict[str, Any]) -> Ping:
    """The reminder that a job keeps."""
    due = datetime.fromisoformat(kept["due"])
    return Ping(TenantId(kept["tenant"]), CaseId(kept["case"]), str(kept["kind"]), due)
