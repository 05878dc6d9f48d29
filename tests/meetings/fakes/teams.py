"""A fake of Graph's calendar and of the sign-in before it, stricter where the pages are silent.

One mailbox. A wish for Teams may be left aside; a link may come later; a key that is known is
answered with the same entry, or with a conflict.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.meetings.fakes.booking import Booked, Bookings
from tests.sources.fakes.vendor import Answer, Asked, Body, Clock

TENANT, CLIENT = "tram.onmicrosoft.example", "app-7"
SECRET = "a secret of Teams"
HOST = "meetings@tram.example"
_TOKEN = f"/{TENANT}/oauth2/v2.0/token"
_ROOT = "/v1.0/users/meetings@tram.example"
_NEW = {"subject", "start", "end", "isOnlineMeeting", "onlineMeetingProvider", "transactionId"}
_CHANGED = {"start", "end", "attendees"}
_JOIN = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_" + "N" * 250 + "%40thread.v2/0"


class Teams(Bookings):
    """One tenant with one mailbox that an app may book in."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.forms = (_TOKEN,)
        self.spared = (_TOKEN,)
        self.says_conflict = False  # to a key that it knows
        self.provider = "teamsForBusiness"  # of what is made; unknown: the wish was left aside
        self.allowed = ["teamsForBusiness"]

    def answer(self, asked: Asked) -> Answer:
        if asked.path == _TOKEN:
            return self._signed_in(asked)
        if asked.headers.get("authorization", "") not in {f"Bearer {k}" for k in self.alive}:
            return _refused(401, "InvalidAuthenticationToken")
        if 'IdType="ImmutableId"' not in asked.headers.get("prefer", ""):
            return self.refuse_call(asked)
        if not asked.path.startswith(f"{_ROOT}/"):
            return _refused(404, "ErrorInvalidUser")
        rest = asked.path.removeprefix(_ROOT)
        known = {
            ("POST", "/events"): self._made_event,
            ("GET", "/calendarView"): self._around,
            ("GET", "/calendar"): self._calendar,
        }.get((asked.method, rest))
        found = re.fullmatch(r"/events/([^/]+)", rest)
        if known:
            return known(asked)
        return self._of_one(asked, found[1]) if found else self.refuse_call(asked)

    def _signed_in(self, asked: Asked) -> Answer:
        wanted = {
            "grant_type": "client_credentials",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "scope": f"{self.base}/.default",
        }
        if asked.method != "POST" or asked.body != wanted:
            return Answer({"error": "invalid_client", "error_description": "AADSTS7000215"}, 401)
        key = f"teams-key-{self.number()}"
        self.alive.add(key)
        return Answer({"token_type": "Bearer", "expires_in": 3599, "access_token": key})

    def _calendar(self, _: Asked) -> Answer:
        return Answer({"name": "Calendar", "allowedOnlineMeetingProviders": self.allowed})

    def _made_event(self, asked: Asked) -> Answer:
        times = _times(asked.body)
        if self.refuse_body(asked, _NEW) or times is None or not asked.body.get("subject"):
            return _refused(400, "ErrorPropertyValidationFailure")
        key = asked.body.get("transactionId", "")
        if not asked.body.get("isOnlineMeeting") or not re.fullmatch(r"[0-9a-f-]{36}", key):
            return _refused(400, "ErrorPropertyValidationFailure")
        same = next((b for b in self.booked if b.key == key), None)
        if same is not None and (self.says_conflict or same.gone):
            return _refused(409, "ErrorDuplicateTransactionId")
        if same is None:
            ref = f"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A{self.number():04d}="
            same = Booked(ref, asked.body["subject"], *times, key=key)
            self.booked.append(same)
        return Answer(self._event(same), 201)

    def _around(self, asked: Asked) -> Answer:
        begin, end = (
            datetime.fromisoformat(asked.query[name]) for name in ("startDateTime", "endDateTime")
        )
        rows = [b for b in self.live() if begin <= b.start < end]
        return Answer({"value": [self._event(b) for b in rows]})

    def _of_one(self, asked: Asked, ref: str) -> Answer:
        event = self.found(ref)
        if event is None:
            is_id = ref.startswith("AAkA")
            return _refused(
                *((404, "ErrorItemNotFound") if is_id else (400, "ErrorInvalidIdMalformed"))
            )
        if asked.method == "DELETE":
            event.gone = True
            return Answer(None, 204)
        if asked.method == "PATCH":
            return self._changed(asked, event)
        return Answer(self._event(event)) if asked.method == "GET" else self.refuse_call(asked)

    def _changed(self, asked: Asked, event: Booked) -> Answer:
        body = asked.body
        if self.refuse_body(asked, _CHANGED):
            return _refused(400, "ErrorPropertyValidationFailure")
        if "start" in body:
            times = _times(body)
            if times is None:
                return _refused(400, "ErrorPropertyValidationFailure")
            event.start, event.minutes = times
        for row in body.get("attendees", []):
            address = row["emailAddress"]["address"]
            if address not in event.guests:
                event.guests.append(address)
        return Answer(self._event(event))

    def _event(self, event: Booked) -> Body:
        is_teams = self.provider == "teamsForBusiness"
        join = {"joinUrl": f"{_JOIN}?context={event.ref}"} if is_teams and self.is_ready() else None
        told: dict[str, Any] = {
            "id": event.ref,
            "subject": event.topic,
            "start": {"dateTime": f"{event.start:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"},
            "isOnlineMeeting": is_teams,
            "onlineMeetingProvider": self.provider,
            "onlineMeeting": join,
            "transactionId": event.key,
            "webLink": "https://outlook.office365.com/owa/?itemid=AAkA",
            "attendees": [
                {"type": "required", "emailAddress": {"name": g, "address": g}, "status": {}}
                for g in event.guests
            ],
        }
        return told


def _times(body: Any) -> tuple[datetime, int] | None:
    """Start and minutes; None where they are not days and times of a zone."""
    found = []
    for name in ("start", "end"):
        given = body.get(name) if isinstance(body, dict) else None
        if not isinstance(given, dict) or given.get("timeZone") != "UTC":
            return None
        if not re.fullmatch(r"[\d-]{10}T[\d:]{8}", str(given.get("dateTime"))):
            return None
        found.append(datetime.fromisoformat(given["dateTime"]).replace(tzinfo=UTC))
    minutes = int((found[1] - found[0]) / timedelta(minutes=1))
    return (found[0], minutes) if minutes > 0 else None


def _refused(status: int, code: str) -> Answer:
    return Answer({"error": {"code": code, "message": "refused", "innerError": {}}}, status)
