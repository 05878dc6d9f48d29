"""Google Meet by Google Calendar: an entry of one person's calendar, on whose behalf an account acts.

Sources: developers.google.com/workspace/calendar/api/v3/reference/events (insert, patch, delete, get),
its guide on errors, and developers.google.com/identity/protocols/oauth2/service-account. Nobody is asked
before the link is there. The id of an entry comes from the key, so that it cannot be made twice.
"""

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from Crypto.Hash import SHA256
from Crypto.PublicKey import RSA
from Crypto.Signature import pkcs1_15

from bot.core.words import Text
from bot.engine.meetings import Guest, Link
from bot.engine.outside import Busy, NotAllowed, NotFound, Unreadable, begun
from bot.meetings.bearer import Bearer, ways_to
from bot.meetings.entries import LOOKS, SOON, Wait, checked, id_of, unasked, uuid_of
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Form, Limits
from bot.outside.lines import Lines

SCOPE = "https://www.googleapis.com/auth/calendar.events"
LIFE = timedelta(hours=1)  # of a proof, the most that is taken
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_TOKEN = Call("POST", "/token")
_EVENTS = "/calendars/primary/events"
_CREATE = Call("POST", _EVENTS)
_LIST = Call("GET", _EVENTS)
_ONE = Call("GET", f"{_EVENTS}/{{id}}")
_CHANGE = Call("PATCH", f"{_EVENTS}/{{id}}")
_CANCEL = Call("DELETE", f"{_EVENTS}/{{id}}")
CALLS = (_CREATE, _LIST, _ONE, _CHANGE, _CANCEL)
_WITH_MEET: Mapping[str, str | int] = {
    "conferenceDataVersion": 1
}  # else the wish for it is ignored
_TELL: Mapping[str, str | int] = {**_WITH_MEET, "sendUpdates": "all"}
_HUSH: Mapping[str, str | int] = {**_WITH_MEET, "sendUpdates": "none"}
_BUSY = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"}
)

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Account:
    """A service account, by its key file."""

    email: str
    private_key: str = field(repr=False)  # PEM


@dataclass(frozen=True, slots=True)
class GoogleConfig:
    """A service account with domain-wide delegation, and on whose behalf it books."""

    base_url: str
    sign_in_url: str
    account: Account
    host: str  # the address of a user of the domain


def account(key_file: bytes) -> Account:
    """The account of a key file as the console gives it. Raises ValueError for anything else."""
    found = fields.record(json.loads(key_file))
    email, key = found.get("client_email"), found.get("private_key")
    if not isinstance(email, str) or not isinstance(key, str) or not email:
        raise ValueError("no client_email or no private_key")
    RSA.import_key(key)
    return Account(email, key)


class GoogleMeet:
    """The meetings of one person. Raises ValueError for an address that is never asked."""

    name = "google"
    label = Text(en="Google Meet", zh="Google Meet")

    def __init__(
        self,
        config: GoogleConfig,
        now: Callable[[], datetime],
        *,
        limits: Limits | None = None,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._config = config
        self._now = now
        self._wait = wait
        ways = ways_to(config.base_url, CALLS, config.sign_in_url, _TOKEN, limits)
        self._bearer = Bearer(ways, _TOKEN, self._proof, now)
        self._lines = Lines()  # so that nobody is asked twice by two at once

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """The key is the entry's id, so that asking again gives the same one. Whoever has an address
        is asked by Google, once the link is there.
        """
        ref = _ref(key)
        wish = {"requestId": uuid_of(key), "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        body = {
            "id": ref,
            "summary": topic,
            **_times(start, minutes),
            "conferenceData": {"createRequest": wish},
        }
        async with self._lines.alone(key):
            answer = await self._asked(_CREATE, query=_HUSH, body=body)
            if answer.status == 409:
                answer = await self._asked(_ONE, {"id": ref})
            event = await self._with_link(_event(answer), is_new=True)
            with begun():
                await self._ask(event, people)
        return _link(event)

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """Google tells those who were asked."""
        ids, body = {"id": checked(ref)}, _times(start, minutes)
        event = _event(await self._asked(_CHANGE, ids, query=_TELL, body=body))
        with begun():
            return _link(await self._with_link(event, is_new=False))

    async def cancel(self, ref: str) -> None:
        """Take it away, which Google tells those who were asked; one that is gone is no error."""
        with suppress(NotFound):
            _refuse(await self._asked(_CANCEL, {"id": checked(ref)}, query={"sendUpdates": "all"}))

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        """The key is the entry's id."""
        del topic, start, minutes
        async with self._lines.alone(key):
            try:
                _event(await self._asked(_ONE, {"id": _ref(key)}))
            except NotFound:
                return False
            await self.cancel(_ref(key))
        return True

    async def seen(self) -> str:
        """What it can see, for the operator; nothing is created."""
        found = _record(await self._asked(_LIST, query={"maxResults": 1}))
        if not isinstance(found.get("items"), list):
            raise Unreadable("no list in the answer")
        return f"can open the calendar of {self._config.host}"

    async def close(self) -> None:
        """Hang up."""
        await self._bearer.close()

    async def _with_link(self, event: Row, *, is_new: bool) -> Row:
        """The entry once its link is there. Raises NotAllowed where Google made none, and takes a
        new entry that nobody was asked to away again; Busy where the link is still to come.
        """
        ref = id_of(event.get("id"))
        for pause in (*LOOKS, None):
            if _url(event):
                return event
            if _failed(event):
                if is_new and not event.get("attendees"):
                    await self.cancel(ref)
                raise NotAllowed(f"the calendar of {self._config.host} gives no link of Meet")
            if pause is not None:
                with begun():
                    await self._wait(pause)
                    event = _event(await self._asked(_ONE, {"id": ref}))
        with begun():
            raise Busy(SOON, "the link of the entry is not ready")

    async def _ask(self, event: Row, people: Sequence[Guest]) -> None:
        rows = list(fields.rows(event.get("attendees")))
        there = (fields.text(row.get("email")) for row in rows)
        missing = unasked(people, there, self._config.host)
        if missing:
            more = [{"email": guest.email, "displayName": guest.name} for guest in missing]
            ids = {"id": id_of(event.get("id"))}
            body = {"attendees": [*rows, *more]}
            _refuse(await self._asked(_CHANGE, ids, query=_TELL, body=body))

    async def _asked(
        self,
        call: Call,
        ids: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Answer:
        return await self._bearer.asked(call, ids, query=query, body=body)

    def _proof(self) -> tuple[Form, Mapping[str, str]]:
        """A token that the account signs for itself, in the name of the host (RFC 7523)."""
        at = self._now()
        claims = {
            "iss": self._config.account.email,
            "sub": self._config.host,
            "scope": SCOPE,
            "aud": f"{self._config.sign_in_url.rstrip('/')}/token",
            "iat": int(at.timestamp()),
            "exp": int((at + LIFE).timestamp()),
        }
        proof = signed({"alg": "RS256", "typ": "JWT"}, claims, self._config.account.private_key)
        return Form({"grant_type": _GRANT, "assertion": proof}), {}


def _ref(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def signed(header: Mapping[str, object], claims: Mapping[str, object], private_key: str) -> str:
    """A JSON Web Token under RS256."""
    text = b".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
    made = pkcs1_15.new(RSA.import_key(private_key)).sign(SHA256.new(text))
    return f"{text.decode()}.{_base64(made).decode()}"


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _refuse(answer: Answer) -> None:
    """Raise what the reason says, before what the status does: a limit comes as a 403, too."""
    if answer.status < 400:
        return
    error = fields.record(fields.record(answer.body).get("error"))
    reasons = {fields.text(row.get("reason")) for row in fields.rows(error.get("errors"))}
    said = next((r for r in sorted(reasons) if r.isalnum() and r.isascii()), "none")
    if reasons & _BUSY:
        raise Busy(http.pause_of(answer), f"HTTP {answer.status}, reason {said}")
    http.refuse(answer)


def _record(answer: Answer) -> Row:
    _refuse(answer)
    if not isinstance(answer.body, dict):
        raise Unreadable("no JSON in the answer")
    return answer.body


def _event(answer: Answer) -> Row:
    """An entry that takes place. Raises NotFound for one that was taken away."""
    event = _record(answer)
    if event.get("status") == "cancelled":
        raise NotFound("it was taken away")
    return event


def _url(event: Row) -> str:
    """The link, which stands in one place or another."""
    points = fields.rows(fields.record(event.get("conferenceData")).get("entryPoints"))
    of_video = (p.get("uri") for p in points if p.get("entryPointType") == "video")
    found = (fields.address(url) for url in (event.get("hangoutLink"), *of_video))
    return next((url for url in found if url), "")


def _failed(event: Row) -> bool:
    """Whether Google says that it makes no link."""
    wish = fields.record(fields.record(event.get("conferenceData")).get("createRequest"))
    return fields.record(wish.get("status")).get("statusCode") == "failure"


def _link(event: Row) -> Link:
    return Link(_url(event), id_of(event.get("id")))


def _times(start: datetime, minutes: int) -> dict[str, object]:
    zone = getattr(start.tzinfo, "key", "") or "UTC"
    times = {"start": start, "end": start + timedelta(minutes=minutes)}
    return {
        name: {"dateTime": at.astimezone(UTC).isoformat(timespec="seconds"), "timeZone": zone}
        for name, at in times.items()
    }
