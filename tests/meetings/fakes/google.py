"""A fake Google Calendar and the sign-in before it: a proof is verified, a wish for Meet needs its version.

Without conferenceDataVersion the wish is ignored in silence, as it is by the product. What was taken
away keeps its id.
"""

import base64
import json
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.meetings.fakes.booking import Booked, Bookings
from tests.sources.fakes.vendor import Answer, Asked, Body, Clock

HOST = "meetings@tram.example"
ROBOT = "candor@tram.iam.gserviceaccount.example"
_EVENTS = "/calendar/v3/calendars/primary/events"
_NEW = {"id", "summary", "start", "end", "conferenceData"}
_CHANGED = {"start", "end", "attendees"}


@cache
def private_key(number: int) -> rsa.RSAPrivateKey:
    """A key of the account; another for another number."""
    assert number >= 0
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(number: int = 0) -> str:
    """The key as it stands in a key file."""
    return (
        private_key(number)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def key_file(number: int = 0) -> bytes:
    """What the console gives to download."""
    held = {"type": "service_account", "client_email": ROBOT, "private_key": pem(number)}
    return json.dumps(held).encode()


class Google(Bookings):
    """One domain with one calendar, on whose owner's behalf an account acts."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.forms = ("/token",)
        self.spared = ("/token",)
        self.makes_links = True  # else the making of one fails
        self.links_in = "hangoutLink"  # or entryPoints
        self._ends: dict[str, datetime] = {}

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            return self._signed_in(asked)
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer not in self.alive or self._ends[bearer] <= self.clock.now():
            return _refused(401, "authError")
        if asked.path == _EVENTS and asked.method == "POST":
            return self._made_event(asked)
        if asked.path == _EVENTS and asked.method == "GET":
            return Answer({"kind": "calendar#events", "items": [], "nextSyncToken": "x"})
        found = re.fullmatch(re.escape(_EVENTS) + r"/([^/]+)", asked.path)
        return self._of_one(asked, found[1]) if found else self.refuse_call(asked)

    def _signed_in(self, asked: Asked) -> Answer:
        wrong = self._wrong_proof(asked)
        if wrong:
            return Answer({"error": wrong, "error_description": "refused"}, 400)
        key = f"google-key-{self.number()}"
        self.alive.add(key)
        self._ends[key] = self.clock.now() + timedelta(hours=1)
        return Answer({"access_token": key, "expires_in": 3599, "token_type": "Bearer"})

    def _wrong_proof(self, asked: Asked) -> str:
        """What is off about a proof; empty where nothing is."""
        body = asked.body or {}
        if body.get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return "unsupported_grant_type"
        parts = str(body.get("assertion")).split(".")
        if len(parts) != 3:
            return "invalid_grant"
        try:
            private_key(0).public_key().verify(
                _decoded(parts[2]),
                ".".join(parts[:2]).encode(),
                padding.PKCS1v15(),
                hashes.SHA256(),
            )
        except InvalidSignature:
            return "invalid_grant"
        header, claims = json.loads(_decoded(parts[0])), json.loads(_decoded(parts[1]))
        now = self.clock.seconds()
        fits = (
            header == {"alg": "RS256", "typ": "JWT"},
            claims["iss"] == ROBOT,
            claims["sub"] == HOST,
            claims["aud"] == f"{self.base}/token",
            claims["scope"] == "https://www.googleapis.com/auth/calendar.events",
            now - 300 <= claims["iat"] <= now + 300,
            claims["iat"] < claims["exp"] <= claims["iat"] + 3600,
        )
        return "" if all(fits) else "invalid_grant"

    def _made_event(self, asked: Asked) -> Answer:
        times = _times(asked.body)
        if self.refuse_body(asked, _NEW) or times is None or not asked.body.get("summary"):
            return _refused(400, "invalid")
        id_ = asked.body.get("id", "")
        if not re.fullmatch("[0-9a-v]{5,1024}", id_) or not _is_told(asked):
            return _refused(400, "invalid")
        if any(b.ref == id_ for b in self.booked):
            return _refused(409, "duplicate")
        wish = asked.body.get("conferenceData", {}).get("createRequest", {})
        has_wish = wish.get("conferenceSolutionKey") == {"type": "hangoutsMeet"}
        wanted = asked.query.get("conferenceDataVersion") == "1" and has_wish
        more = {"wanted": wanted and bool(wish.get("requestId"))}
        self.booked.append(Booked(id_, asked.body["summary"], *times, more=more))
        return Answer(self._event(self.booked[-1]))

    def _of_one(self, asked: Asked, ref: str) -> Answer:
        event = next((b for b in self.booked if b.ref == ref), None)
        if event is None:
            return _refused(404, "notFound")
        if asked.method == "GET":
            return Answer(self._event(event))
        if not _is_told(asked):
            return _refused(400, "invalid")
        if event.gone:
            return _refused(410, "deleted")
        if asked.method == "DELETE":
            event.gone = True
            return Answer(None, 204)
        return self._changed(asked, event) if asked.method == "PATCH" else self.refuse_call(asked)

    def _changed(self, asked: Asked, event: Booked) -> Answer:
        if self.refuse_body(asked, _CHANGED):
            return _refused(400, "invalid")
        if "start" in asked.body:
            times = _times(asked.body)
            if times is None:
                return _refused(400, "invalid")
            event.start, event.minutes = times
        if "attendees" in asked.body:  # the whole list, which takes the place of the one before
            if asked.query.get("sendUpdates") != "all":
                return _refused(400, "invalid")
            event.guests = [row["email"] for row in asked.body["attendees"]]
        return Answer(self._event(event))

    def _event(self, event: Booked) -> Body:
        end = event.start + timedelta(minutes=event.minutes)
        told: dict[str, Any] = {
            "kind": "calendar#event",
            "id": event.ref,
            "status": "cancelled" if event.gone else "confirmed",
            "htmlLink": "https://www.google.com/calendar/event?eid=x",
            "summary": event.topic,
            "start": {"dateTime": event.start.isoformat(), "timeZone": "UTC"},
            "end": {"dateTime": end.isoformat(), "timeZone": "UTC"},
        }
        if event.guests:
            told["attendees"] = [
                {"email": g, "responseStatus": "needsAction"} for g in event.guests
            ]
        return {**told, **self._conference(event)} if event.more["wanted"] else told

    def _conference(self, event: Booked) -> Body:
        url = f"https://meet.google.com/{event.ref[:3]}-{event.ref[3:7]}-{event.ref[7:10]}"
        code = "success" if self.makes_links else "failure"
        ready = self.makes_links and self.is_ready()
        status = {"statusCode": code if ready or not self.makes_links else "pending"}
        held: dict[str, Any] = {"createRequest": {"requestId": "r", "status": status}}
        if ready and self.links_in == "entryPoints":
            phone = {"entryPointType": "phone", "uri": "tel:+44", "pin": "1"}
            held["entryPoints"] = [phone, {"entryPointType": "video", "uri": url}]
        top = {"hangoutLink": url} if ready and self.links_in == "hangoutLink" else {}
        return {"conferenceData": held, **top}


def _is_told(asked: Asked) -> bool:
    """Whether it says if people are to be told, which no call of ours leaves to chance."""
    return asked.query.get("sendUpdates") in ("all", "none")


def _times(body: Any) -> tuple[datetime, int] | None:
    """Start and minutes; None where they are not instants with a zone that there is."""
    found = []
    for name in ("start", "end"):
        given = body.get(name) if isinstance(body, dict) else None
        if not isinstance(given, dict) or given.get("timeZone") not in available_timezones():
            return None
        if not re.fullmatch(r"[\d-]{10}T[\d:]{8}(Z|[+-]\d\d:\d\d)", str(given.get("dateTime"))):
            return None
        found.append(datetime.fromisoformat(given["dateTime"]).astimezone(UTC))
    minutes = int((found[1] - found[0]) / timedelta(minutes=1))
    return (found[0], minutes) if minutes > 0 else None


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _refused(status: int, reason: str) -> Answer:
    errors = [{"domain": "global", "reason": reason, "message": "refused"}]
    return Answer({"error": {"errors": errors, "code": status, "message": "refused"}}, status)
