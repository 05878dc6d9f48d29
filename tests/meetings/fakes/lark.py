"""A fake of Lark's calendar and of its video meetings, as its pages say, and stricter where they are silent.

Times as texts of seconds, people in a call of their own, a link that may come later. Which code
tells that an entry is gone is not known: each of the two is served.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.meetings.fakes.booking import DOOR, Booked, Bookings, digits
from tests.sources.fakes.vendor import Answer, Asked, Body, Clock

APP, SECRET = "cli_a1", "a secret of Lark"
CALENDAR = "feishu.cn_bot@group.calendar.feishu.cn"
OWNER = "ou_" + "7" * 32
_TOKEN = "/open-apis/auth/v3/tenant_access_token/internal"
_PRIMARY = "/open-apis/calendar/v4/calendars/primary"
_EVENTS = f"/open-apis/calendar/v4/calendars/{CALENDAR}/events"
_RESERVES = "/open-apis/vc/v1/reserves"
_EVENT_FIELDS = {
    "summary", "description", "start_time", "end_time", "need_notification", "vchat",
    "attendee_ability", "reminders", "attendees",
}  # fmt: skip


class Lark(Bookings):
    """One tenant with a bot that has a calendar."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.gone = (404, 193000)  # or (403, 193003)
        self.whole_put = True  # whether a changed reserve is told whole

    def answer(self, asked: Asked) -> Answer:
        if asked.path == _TOKEN:
            return self._signed_in(asked)
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer not in self.alive:
            return _refused(99991663, 400)
        if asked.query.get("user_id_type", "open_id") != "open_id":
            return _refused(190002)
        if asked.path.startswith(_RESERVES):
            return self._reserves(asked)
        if (asked.method, asked.path) == ("POST", _PRIMARY):
            calendar = {"calendar_id": CALENDAR, "summary": "Candor", "type": "primary"}
            return _good({"calendars": [{"calendar": calendar, "user_id": "ou_bot"}]})
        return self._events(asked)

    def _signed_in(self, asked: Asked) -> Answer:
        if asked.method != "POST" or asked.body != {"app_id": APP, "app_secret": SECRET}:
            return Answer({"code": 10014, "msg": "app secret invalid"})
        key = f"t-{self.number()}"
        self.alive.add(key)
        return Answer({"code": 0, "msg": "ok", "tenant_access_token": key, "expire": 7200})

    def _events(self, asked: Asked) -> Answer:
        if (asked.method, asked.path) == ("POST", _EVENTS):
            return self._made_event(asked)
        found = re.fullmatch(re.escape(_EVENTS) + r"/([^/]+)(/attendees)?", asked.path)
        if not found:
            return self.refuse_call(asked)
        event = self.found(found[1])
        if event is None:
            return _refused(self.gone[1], self.gone[0])
        if found[2]:
            return self._invited(asked, event)
        return self._of_event(asked, event)

    def _of_event(self, asked: Asked, event: Booked) -> Answer:
        if asked.method == "GET":
            return _good({"event": self._event(event, people="need_attendee" in asked.query)})
        if asked.method == "PATCH":
            return self._moved(asked, event)
        if asked.method == "DELETE" and asked.query.get("need_notification") == "true":
            event.gone = True
            return _good({})
        return self.refuse_call(asked)

    def _made_event(self, asked: Asked) -> Answer:
        key = asked.query.get("idempotency_key", "")
        times = _times(asked.body)
        if self.refuse_body(asked, _EVENT_FIELDS) or times is None or not 32 <= len(key) <= 128:
            return _refused(190002)
        if asked.body["vchat"].get("vc_type") not in ("vc", "third_party", "no_meeting"):
            return _refused(190002)
        same = next((b for b in self.booked if b.key == key), None)
        if same is None:  # people in this call are ignored
            ref = f"{self.number():08x}-ev_0"
            more = {k: v for k, v in asked.body.items() if k == "description"}
            same = Booked(ref, asked.body["summary"], *times, key=key, more=more)
            self.booked.append(same)
        return _good({"event": self._event(same)})

    def _moved(self, asked: Asked, event: Booked) -> Answer:
        times = _times(asked.body)
        if self.refuse_body(asked, _EVENT_FIELDS) or times is None:
            return _refused(190002)
        event.start, event.minutes = times
        return _good({"event": self._event(event)})

    def _invited(self, asked: Asked, event: Booked) -> Answer:
        rows = asked.body.get("attendees") if isinstance(asked.body, dict) else None
        if asked.method != "POST" or not isinstance(rows, list) or not rows:
            return _refused(190002)
        for row in rows:
            who = row.get("user_id") or row.get("third_party_email") or ""
            fits = row["type"] == ("user" if who.startswith("ou_") else "third_party")
            if not who or not fits or who in event.guests:  # twice: stricter than known
                return _refused(190002)
            event.guests.append(who)
        return _good({"attendees": rows})

    def _event(self, event: Booked, *, people: bool = False) -> Body:
        end = event.start + timedelta(minutes=event.minutes)
        vchat: dict[str, Any] = {"vc_type": "vc"}
        if self.is_ready():
            vchat["meeting_url"] = f"https://vc.feishu.cn/j/{event.ref[:8]}"
        told: dict[str, Any] = {
            "event_id": event.ref,
            "summary": event.topic,
            "start_time": {"timestamp": str(int(event.start.timestamp())), "timezone": "UTC"},
            "end_time": {"timestamp": str(int(end.timestamp())), "timezone": "UTC"},
            "status": "confirmed",
            "vchat": vchat,
            "app_link": "https://applink.feishu.cn/client/calendar/event/detail?calendarId=7",
            **event.more,
        }
        if people:
            told["attendees"] = [
                {"type": "user", "user_id": g, "display_name": "Mo", "rsvp_status": "needs_action"}
                if g.startswith("ou_")
                else {"type": "third_party", "third_party_email": g}
                for g in event.guests
            ]
        return told

    def _reserves(self, asked: Asked) -> Answer:
        if (asked.method, asked.path) == ("POST", f"{_RESERVES}/apply"):
            return self._reserved(asked)
        found = re.fullmatch(rf"{_RESERVES}/(\d+)", asked.path)
        is_one = re.fullmatch(rf"{_RESERVES}/[^/]+", asked.path)
        if not is_one or asked.method not in ("GET", "PUT", "DELETE"):
            return self.refuse_call(asked)
        reserve = self.found(found[1]) if found else None
        if reserve is None:
            return _refused(121004, 404)
        return self._of_reserve(asked, reserve)

    def _of_reserve(self, asked: Asked, reserve: Booked) -> Answer:
        if asked.method == "DELETE":
            reserve.gone = True
            return _good({})
        if asked.method == "PUT":
            end = self._end(asked.body)
            if end is None or self.refuse_body(asked, {"end_time", "meeting_settings"}):
                return _refused(121003)
            reserve.start = reserve.more["end"] = end
            if not self.whole_put:
                return _good({"reserve": {"id": reserve.ref}})
        return _good({"reserve": self._reserve(reserve)})

    def _reserved(self, asked: Asked) -> Answer:
        end, body = self._end(asked.body), asked.body
        if end is None or self.refuse_body(asked, {"end_time", "owner_id", "meeting_settings"}):
            return _refused(121003)
        if not str(body.get("owner_id", "")).startswith("ou_"):
            return _refused(121003)
        ref = str(6911188411932033000 + self.number())
        topic = body["meeting_settings"]["topic"]
        reserve = Booked(ref, topic, end, 0, more={"end": end, "owner": body["owner_id"]})
        self.booked.append(reserve)
        return _good({"reserve": self._reserve(reserve)})

    def _end(self, body: Body) -> datetime | None:
        given: Body = body.get("end_time") if isinstance(body, dict) else None
        end = datetime.fromtimestamp(int(given), UTC) if digits(given) else None
        late = self.clock.now() + timedelta(days=30)
        return end if end is not None and self.clock.now() < end <= late else None

    def _reserve(self, reserve: Booked) -> Body:
        return {
            "id": reserve.ref,
            "meeting_no": reserve.ref[-9:],
            "password": DOOR,
            "url": f"https://vc.feishu.cn/j/{reserve.ref[-9:]}",
            "app_link": "https://applink.feishu.cn/client/videochat/open?action=join",
            "live_link": DOOR,
            "end_time": str(int(reserve.more["end"].timestamp())),
            "expire_status": 1,
            "reserve_user_id": reserve.more["owner"],
        }


def _times(body: Body) -> tuple[datetime, int] | None:
    """Start and minutes; None where they are not written as texts of seconds with a zone."""
    found = []
    for name in ("start_time", "end_time"):
        given = body.get(name) if isinstance(body, dict) else None
        if not isinstance(given, dict) or not given.get("timezone"):
            return None
        if not digits(given.get("timestamp")):
            return None
        found.append(datetime.fromtimestamp(int(given["timestamp"]), UTC))
    minutes = int((found[1] - found[0]).total_seconds()) // 60
    return (found[0], minutes) if minutes > 0 else None


def _good(data: Body) -> Answer:
    return Answer({"code": 0, "msg": "success", "data": data})


def _refused(code: int, status: int = 400) -> Answer:
    return Answer({"code": code, "msg": "refused"}, status)
