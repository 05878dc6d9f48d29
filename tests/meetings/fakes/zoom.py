"""A fake Zoom: an app of one account, a host by name, codes that differ by call.

A key is given only for a form with Basic, and is over after an hour. Any call with a key that is
over is answered with 401 and 124.
"""

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.meetings.fakes.booking import DOOR, Booked, Bookings
from tests.sources.fakes.vendor import Answer, Asked, Body, Clock

ACCOUNT, CLIENT = "acc-1", "client-9"
SECRET = "a secret of Zoom"
HOST = "host@tram.example"
_BODY = {"topic", "type", "start_time", "duration", "timezone", "agenda", "settings"}


class Zoom(Bookings):
    """One account with one host, whose sign-in and whose API stand at one address here."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.forms = ("/oauth/token",)
        self.page = 300  # meetings at once
        self.agendas = "listed"  # in a list; or left, or empty
        self.lists_links = True
        self.gone = (404, 3001)  # or (400, 300), of a call that deletes
        self._ends: dict[str, datetime] = {}

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/oauth/token":
            return self._signed_in(asked)
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer not in self.alive or self._ends[bearer] <= self.clock.now():
            return _refused(401, 124, "Invalid access token.")
        host = re.fullmatch(r"/v2/users/([^/]+)/meetings", asked.path)
        one = re.fullmatch(r"/v2/meetings/(\d+)", asked.path)
        if host and host[1] != HOST:
            return _refused(404, 1001, "User does not exist.")
        if host and asked.method in ("GET", "POST"):
            return self._listed(asked) if asked.method == "GET" else self._created(asked)
        return self._of_one(asked, one[1]) if one else self.refuse_call(asked)

    def _signed_in(self, asked: Asked) -> Answer:
        pair = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        wanted = {"grant_type": "account_credentials", "account_id": ACCOUNT}
        if asked.method != "POST" or asked.headers.get("authorization") != f"Basic {pair}":
            return Answer({"reason": "Invalid client_id", "error": "invalid_client"}, 400)
        if asked.body != wanted:
            return Answer({"reason": "Bad Request", "error": "invalid_request"}, 400)
        key = f"zoom-key-{self.number()}"
        self.alive.add(key)
        self._ends[key] = self.clock.now() + timedelta(hours=1)
        return Answer({"access_token": key, "token_type": "bearer", "expires_in": 3599})

    def _created(self, asked: Asked) -> Answer:
        times = self._times(asked)
        if times is None or asked.body.get("type") != 2 or not asked.body.get("topic"):
            return _refused(400, 300, "Validation Failed.")
        ref = str(85746065000 + self.number())
        more = {"agenda": asked.body.get("agenda", "")}
        self.booked.append(Booked(ref, asked.body["topic"], *times, more=more))
        return Answer(self._row(self.booked[-1]), 201)

    def _listed(self, asked: Asked) -> Answer:
        if asked.query.get("type") not in ("scheduled", "live", "upcoming", "upcoming_meetings"):
            return _refused(400, 300, "Validation Failed.")
        skip = int(asked.query.get("next_page_token", "p0").removeprefix("p"))
        size = min(int(asked.query.get("page_size", "30")), self.page)
        rows = self.live()
        told = [self._listing(r) for r in rows[skip : skip + size]]
        token = f"p{skip + size}" if skip + size < len(rows) else ""
        return Answer({"page_size": size, "next_page_token": token, "meetings": told})

    def _of_one(self, asked: Asked, ref: str) -> Answer:
        meeting = self.found(ref)
        if meeting is None:
            status, code = self.gone if asked.method == "DELETE" else (404, 3001)
            return _refused(status, code, f"Meeting {ref} is not found or has expired.")
        if asked.method == "GET":
            return Answer(self._row(meeting))
        if asked.method == "DELETE":
            meeting.gone = True
            return Answer(None, 204)
        if asked.method == "PATCH":
            times = self._times(asked)
            if times is None:
                return _refused(400, 300, "Validation Failed.")
            meeting.start, meeting.minutes = times
            return Answer(None, 204)
        return self.refuse_call(asked)

    def _times(self, asked: Asked) -> tuple[datetime, int] | None:
        if self.refuse_body(asked, _BODY):
            return None
        at, minutes = asked.body.get("start_time"), asked.body.get("duration")
        if not isinstance(at, str) or not re.fullmatch(r"[\d-]{10}T[\d:]{8}Z", at):
            return None
        if not isinstance(minutes, int) or minutes <= 0:
            return None
        return datetime.fromisoformat(at).astimezone(UTC), minutes

    def _listing(self, row: Booked) -> Body:
        whole = self._row(row)
        left = {"start_url", "password", "encrypted_password", "settings"}
        left |= {"agenda"} if self.agendas == "left" else set()
        left |= set() if self.lists_links else {"join_url"}
        told = {name: value for name, value in whole.items() if name not in left}
        return {**told, "agenda": ""} if self.agendas == "empty" else told

    def _row(self, row: Booked) -> dict[str, Any]:
        return {
            "uuid": "4444AAAiAAAAAiAiAiiAii==",
            "id": int(row.ref),  # a number, which no 32 bits hold
            "host_id": "AbcDefGHi",
            "host_email": HOST,
            "topic": row.topic,
            "type": row.more.get("type", 2),
            "status": "waiting",
            "start_time": row.start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "duration": row.minutes,
            "timezone": "Europe/London",
            "agenda": row.more.get("agenda", ""),
            "start_url": f"https://zoom.us/s/{row.ref}?zak={DOOR}",
            "join_url": f"https://zoom.us/j/{row.ref}?pwd=abc.1",
            "password": DOOR,
            "encrypted_password": DOOR,
            "settings": {"host_video": True, "alternative_hosts": ""},
        }


def _refused(status: int, code: int, said: str) -> Answer:
    return Answer({"code": code, "message": said}, status)
