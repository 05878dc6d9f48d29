"""Do not disturb, as Slack tells it: asked only where the operator wants it, with a scope of its own.

Source: docs.slack.dev, dnd.info.
"""

from datetime import UTC, datetime

from bot.core.words import PersonId
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.texts import Payload

SCOPE = "dnd:read"


class Quiet:
    """Tells until when somebody wants no message."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def until(self, person: PersonId, now: datetime) -> datetime | None:
        """The end of what goes on at `now`; None where nothing does. Raises delivery errors."""
        return ending(await self._calls.call("dnd.info", user=person), now)


def ending(found: Payload, now: datetime) -> datetime | None:
    """When a snooze or a quiet time that goes on at `now` ends; None where none goes on."""
    at = now.timestamp()
    ends = []
    if found.get("snooze_enabled") and int(found.get("snooze_endtime") or 0) > at:
        ends.append(int(found["snooze_endtime"]))
    begins, end = int(found.get("next_dnd_start_ts") or 0), int(found.get("next_dnd_end_ts") or 0)
    if found.get("dnd_enabled") and begins <= at < end:
        ends.append(end)
    return datetime.fromtimestamp(max(ends), UTC) if ends else None
