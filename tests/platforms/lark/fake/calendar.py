"""The bot's own calendar (calendar/v4): entries by a key, and people in a call of their own.

Source: calendar-v4/calendar-event/{create,get,patch,delete} and calendar-event-attendee/create. Times are
texts of seconds with a zone; people in the call that makes an entry are ignored by the platform and
refused here; a person who is asked twice is refused, which is stricter than known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.tenant import Tenant

CALENDARS = "/open-apis/calendar/v4/calendars"
EVENTS = f"{CALENDARS}/:calendar_id/events"
PRIMARY, NEW = f"POST {CALENDARS}/primary", f"POST {EVENTS}"
READ, CHANGE, REMOVE = (f"{method} {EVENTS}/:event_id" for method in ("GET", "PATCH", "DELETE"))
ASK = f"POST {EVENTS}/:event_id/attendees"
SCOPES = frozenset(
    {
        "calendar:calendar:read", "calendar:calendar.event:create", "calendar:calendar.event:read",
        "calendar:calendar.event:update", "calendar:calendar.event:delete",
    }
)  # fmt: skip
ID = "feishu.cn_candor@group.calendar.feishu.cn"
_ALL = "calendar:calendar"
_FIELDS = {
    "summary", "description", "start_time", "end_time", "need_notification", "vchat",
    "free_busy_status", "attendee_ability",
}  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One entry as those who are asked find it."""

    id: str
    key: str
    body: dict[str, Any]
    people: list[str] = field(default_factory=list)  # open_ids


class Calendar:
    """All entries that stand in it."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self.all: dict[str, Entry] = {}
        self._keys: dict[str, Entry] = {}

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Those that Candor uses."""
        right = "calendar:calendar.event"
        return (
            Endpoint(PRIMARY, self.primary, ("calendar:calendar:read", _ALL)),
            Endpoint(NEW, self.new, (f"{right}:create", _ALL)),
            Endpoint(READ, self.read, (f"{right}:read", _ALL)),
            Endpoint(CHANGE, self.change, (f"{right}:update", _ALL)),
            Endpoint(REMOVE, self.remove, (f"{right}:delete", _ALL)),
            Endpoint(ASK, self.ask, (f"{right}:create", f"{right}:update", _ALL)),
        )

    def of(self, open_id: str) -> list[Entry]:
        """What stands in somebody's calendar, the oldest first."""
        return [e for e in list(self.all.values()) if open_id in e.people]

    async def primary(self, asked: Asked) -> Mapping[str, Any]:
        """The calendar that the bot has."""
        if asked.query.get("user_id_type", "open_id") != "open_id":
            raise Refused(190002)
        calendar = {"calendar_id": ID, "summary": "Candor", "type": "primary"}
        return {"calendars": [{"calendar": calendar, "user_id": self._tenant.app.bot}]}

    async def new(self, asked: Asked) -> Mapping[str, Any]:
        """An entry, or the one that this key made before."""
        self._check(asked)
        key = asked.query.get("idempotency_key", "")
        if not 32 <= len(key) <= 128 or "attendees" in asked.body:
            raise Refused(190002)
        if key not in self._keys:
            entry = Entry(f"{self._tenant.number():08x}_0", key, dict(asked.body))
            self.all[entry.id] = self._keys[key] = entry
        return self._told(self._keys[key])

    async def read(self, asked: Asked) -> Mapping[str, Any]:
        """An entry, with its people where they are asked for."""
        entry = self._entry(asked)
        told = self._told(entry)
        if asked.query.get("need_attendee") == "true":
            people = [{"type": "user", "user_id": p} for p in entry.people]
            told = {"event": {**told["event"], "attendees": people}}
        return told

    async def change(self, asked: Asked) -> Mapping[str, Any]:
        """Other words or times."""
        entry = self._entry(asked)
        self._check(asked)
        entry.body |= asked.body
        return self._told(entry)

    async def remove(self, asked: Asked) -> Mapping[str, Any]:
        """Out of every calendar."""
        if asked.query.get("need_notification") not in ("true", "false"):
            raise Refused(190002)
        del self.all[self._entry(asked).id]
        return {}

    async def ask(self, asked: Asked) -> Mapping[str, Any]:
        """People who are to come."""
        entry, rows = self._entry(asked), asked.body.get("attendees")
        if not isinstance(rows, list) or not rows or asked.query.get("user_id_type") != "open_id":
            raise Refused(190002)
        for row in rows:
            id_ = row.get("user_id")
            if row.get("type") != "user" or id_ not in self._tenant.people or id_ in entry.people:
                raise Refused(190002)
            entry.people.append(id_)
        return {"attendees": rows}

    def _entry(self, asked: Asked) -> Entry:
        if asked.path["calendar_id"] != ID:
            raise Refused(191000)
        if asked.path["event_id"] not in self.all:
            raise Refused(193000)
        return self.all[asked.path["event_id"]]

    def _check(self, asked: Asked) -> None:
        body = asked.body
        if asked.path["calendar_id"] != ID or body.keys() - _FIELDS:
            raise Refused(190002)
        times = [_seconds(body.get(name)) for name in ("start_time", "end_time")]
        if times[0] >= times[1] or not isinstance(body.get("need_notification"), bool):
            raise Refused(190002)

    def _told(self, entry: Entry) -> dict[str, Any]:
        return {"event": {"event_id": entry.id, "summary": entry.body["summary"]}}


def _seconds(time: object) -> int:
    """A text of seconds, with a zone; without one the platform would take Asia/Shanghai."""
    at = time.get("timestamp") if isinstance(time, dict) else None
    zone = time.get("timezone") if isinstance(time, dict) else None
    if not isinstance(at, str) or not at.isdecimal() or len(at) != 10:
        raise Refused(190002)
    if zone not in available_timezones():
        raise Refused(190002)
    return int(at)
