"""A fake Tencent Meeting, as strict as its pages say, and stricter where they are silent.

The signature is computed anew over the bytes that came; a clock more than five minutes off and a
nonce that came before are turned away (the latter is stricter than known).
"""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.meetings.fakes.booking import DOOR, Booked, Bookings, digits
from tests.sources.fakes.vendor import Answer, Asked, Body, Clock

APP, SDK, SECRET_ID = "200000164", "12910000", "AKID-1"
SECRET = "a secret of Tencent"
HOST = "host@tram"
SKEW = 300  # seconds
_BODY = {"userid", "instanceid", "subject", "type", "start_time", "end_time", "location"}
_WIDEST = 36  # letters of a place; a Chinese one counts as two


class Tencent(Bookings):
    """One enterprise with one host."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.page = 20  # meetings at once
        self.lists_links = True  # whether a list holds the links
        self.times_as_text = True  # whether answers write times as texts
        self.tells_places: tuple[str, ...] = ("list", "one")  # which answers hold the places
        self.pages_by_cursory = False  # whether `pos` alone finds no second page
        self._nonces: set[str] = set()

    def answer(self, asked: Asked) -> Answer:
        turned = self._turned_away(asked)
        if turned:
            return _refused(turned, 500)
        found = re.fullmatch(r"/v1/meetings(?:/(\d+)(/cancel)?)?", asked.path)
        if not found:
            return self.refuse_call(asked)
        if not found[1]:
            return {"POST": self._created, "GET": self._listed}.get(asked.method, self.refuse_call)(
                asked
            )
        return self._of_one(asked, found[1], is_cancel=bool(found[2]))

    def _turned_away(self, asked: Asked) -> int:
        """The code of what is off about a signature; 0 where nothing is."""
        h = asked.headers
        stamp, nonce = h.get("x-tc-timestamp", ""), h.get("x-tc-nonce", "")
        if (h.get("appid"), h.get("sdkid"), h.get("x-tc-registered")) != (APP, SDK, "1"):
            return 200001
        if h.get("content-type") != "application/json":
            return 200002
        if not digits(stamp) or abs(int(stamp) - self.clock.seconds()) > SKEW:
            return 200004
        if not nonce.isdecimal() or nonce in self._nonces:
            return 200005
        self._nonces.add(nonce)
        keys = f"X-TC-Key={SECRET_ID}&X-TC-Nonce={nonce}&X-TC-Timestamp={stamp}"
        text = f"{asked.method}\n{keys}\n{asked.target}\n".encode() + asked.raw
        hexed = hmac.new(SECRET.encode(), text, hashlib.sha256).hexdigest()
        wanted = base64.b64encode(hexed.encode()).decode()
        return 0 if h.get("x-tc-signature") == wanted else 200003

    def _created(self, asked: Asked) -> Answer:
        times = self._times(asked)
        if times is None or asked.body.get("type") != 0 or not asked.body.get("subject"):
            return _refused(190004, 400)
        ref = str(13339451618278424000 + self.number())
        place = {"location": asked.body["location"]} if "location" in asked.body else {}
        self.booked.append(Booked(ref, asked.body["subject"], *times, more=place))
        return self._told([self.booked[-1]], with_links=True, kind="one")

    def _listed(self, asked: Asked) -> Answer:
        if not self._is_host(asked.query):
            return _refused(190004, 400)
        pos = datetime.fromtimestamp(int(asked.query.get("pos", "0")), UTC)
        rows = sorted((b for b in self.live() if b.start >= pos), key=lambda b: b.start)
        if self.pages_by_cursory:
            rows = rows[int(asked.query.get("cursory", "0")) :]
        told = self._told(rows[: self.page], with_links=self.lists_links, kind="list")
        left = len(rows) - self.page
        after = int(rows[self.page].start.timestamp()) if left > 0 else 0
        more = {"remaining": max(left, 0), "next_pos": after}
        if self.pages_by_cursory and left > 0:
            start = int(pos.timestamp())
            done = int(asked.query.get("cursory", "0")) + self.page
            more |= {"next_pos": start, "next_cursory": done}
        return Answer({**told.body, **more})

    def _of_one(self, asked: Asked, ref: str, *, is_cancel: bool) -> Answer:
        meeting = self.found(ref)
        if meeting is None:
            return _refused(9003, 500)
        if asked.method == "GET" and not is_cancel and self._is_host(asked.query):
            return self._told([meeting], with_links=True, kind="one")
        if asked.method == "POST" and is_cancel:
            return self._cancelled(asked, meeting)
        if asked.method == "PUT" and not is_cancel:
            return self._changed(asked, meeting)
        return self.refuse_call(asked)

    def _cancelled(self, asked: Asked, meeting: Booked) -> Answer:
        if not self._is_host(asked.body) or not isinstance(asked.body.get("reason_code"), int):
            return _refused(190004, 400)
        meeting.gone = True
        return Answer({})

    def _changed(self, asked: Asked, meeting: Booked) -> Answer:
        times = self._times(asked)
        if times is None or not asked.body.get("subject"):
            return _refused(190004, 400)
        meeting.start, meeting.minutes = times
        meeting.topic = asked.body["subject"]
        meeting.more = {"location": asked.body.get("location", "")}
        row = {"meeting_id": meeting.ref, "meeting_code": meeting.ref[-9:]}
        return Answer({"meeting_number": 1, "meeting_info_list": [row]})

    def _is_host(self, given: Any) -> bool:
        return (given.get("userid"), str(given.get("instanceid"))) == (HOST, "1")

    def _times(self, asked: Asked) -> tuple[datetime, int] | None:
        """Start and minutes; None for numbers, and for a body with what nobody described."""
        body = asked.body
        if self.refuse_body(asked, _BODY) or not self._is_host(body):
            return None
        place = body.get("location", "")
        if not isinstance(place, str) or len(place) + sum(c > "\u2e7f" for c in place) > _WIDEST:
            return None
        if not digits(body.get("start_time")) or not digits(body.get("end_time")):
            return None
        start, end = (datetime.fromtimestamp(int(body[n]), UTC) for n in ("start_time", "end_time"))
        return (start, int((end - start).total_seconds()) // 60) if start < end else None

    def _told(self, rows: list[Booked], *, with_links: bool, kind: str) -> Answer:
        places = [row.more if kind in self.tells_places else {} for row in rows]
        told = [
            {**self._row(row, with_link=with_links), **place}
            for row, place in zip(rows, places, strict=True)
        ]
        return Answer({"meeting_number": len(told), "meeting_info_list": told})

    def _row(self, row: Booked, *, with_link: bool) -> Body:
        end = row.start + timedelta(minutes=row.minutes)
        times = {"start_time": row.start, "end_time": end}
        seconds = {name: int(at.timestamp()) for name, at in times.items()}
        return {
            "subject": row.topic,
            "meeting_id": row.ref,
            "meeting_code": row.ref[-9:],
            "type": 0,
            "status": "MEETING_STATE_INIT",
            "password": DOOR,
            "host_key": DOOR,
            "hosts": [{"userid": HOST, "nick_name": "host"}],
            **({n: str(s) for n, s in seconds.items()} if self.times_as_text else seconds),
            **({"join_url": f"https://meeting.tencent.com/dm/{row.ref[-6:]}"} if with_link else {}),
        }


def _refused(code: int, status: int) -> Answer:
    return Answer({"error_info": {"error_code": code, "message": "REFUSED"}}, status)
