"""Microsoft Teams by Graph: an entry of one mailbox's calendar, whose link is Teams' own.

Sources: learn.microsoft.com/graph/api (user-post-events, event-update, event-delete, user-list-calendarview)
and graph/outlook-calendar-online-meetings. Nobody is asked before the link is there: Graph may take an
entry and leave the wish for Teams aside. What it answers to a key that it knows is not documented: the
same entry or a conflict, and both are read.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bot.core.words import Text
from bot.engine.meetings import Guest, Link
from bot.engine.outside import Busy, NotAllowed, NotFound, Unreadable, begun
from bot.meetings.bearer import Bearer, ways_to
from bot.meetings.entries import LOOKS, SOON, Wait, checked, id_of, unasked, uuid_of
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Form, Limits
from bot.outside.lines import Lines

TEAMS = "teamsForBusiness"
PAGE = 250  # entries of an hour that are looked through
_OTHERS = frozenset({"unknown", "skypeForBusiness", "skypeForConsumer"})
_TOKEN = Call("POST", "/oauth2/v2.0/token")
_CREATE = Call("POST", "/users/{host}/events")
_ONE = Call("GET", "/users/{host}/events/{id}")
_CHANGE = Call("PATCH", "/users/{host}/events/{id}")
_CANCEL = Call("DELETE", "/users/{host}/events/{id}")
_AROUND = Call("GET", "/users/{host}/calendarView")
_CALENDAR = Call("GET", "/users/{host}/calendar")
CALLS = (_CREATE, _ONE, _CHANGE, _CANCEL, _AROUND, _CALENDAR)
_SAME_ID = {"Prefer": 'IdType="ImmutableId"'}  # so that an entry keeps its id in another folder
_GONE = frozenset({"ErrorItemNotFound", "ErrorInvalidIdMalformed"})
_RIGHTS = frozenset(
    {"ErrorAccessDenied", "ErrorInvalidUser", "MailboxNotEnabledForRESTAPI", "ResourceNotFound",
     "Request_ResourceNotFound", "Authorization_RequestDenied"}
)  # fmt: skip

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TeamsConfig:
    """An app of a tenant, and whose mailbox it books in."""

    base_url: str
    sign_in_url: str  # with the tenant
    client_id: str
    client_secret: str = field(repr=False)
    host: str  # the address of a mailbox


class Teams:
    """The meetings of one mailbox. Raises ValueError for an address that is never asked."""

    name = "teams"
    label = Text(en="Microsoft Teams", zh="Microsoft Teams")

    def __init__(
        self,
        config: TeamsConfig,
        now: Callable[[], datetime],
        *,
        limits: Limits | None = None,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._config = config
        self._wait = wait
        ways = ways_to(config.base_url, CALLS, config.sign_in_url, _TOKEN, limits)
        self._bearer = Bearer(ways, _TOKEN, self._proof, now)
        self._lines = Lines()  # so that nobody is asked twice by two at once

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """Graph knows the key, so that asking again gives the same entry. Whoever has an address is
        asked by Exchange, once the link is there.
        """
        body = {
            "subject": topic,
            **_times(start, minutes),
            "isOnlineMeeting": True,
            "onlineMeetingProvider": TEAMS,
            "transactionId": uuid_of(key),
        }
        async with self._lines.alone(key):
            answer = await self._asked(_CREATE, body=body)
            if answer.status == 409:
                event = await self._known(start, minutes, uuid_of(key))
            else:
                event = _record(answer)
            event = await self._with_link(event, is_new=True)
            with begun():
                await self._ask(event, people)
        return _link(event)

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """Exchange tells those who were asked."""
        body = _times(start, minutes)
        event = _record(await self._asked(_CHANGE, {"id": checked(ref)}, body=body))
        with begun():
            return _link(await self._with_link(event, is_new=False))

    async def cancel(self, ref: str) -> None:
        """Take it away, which Exchange tells those who were asked; one that is gone is no error."""
        with suppress(NotFound):
            _refuse(await self._asked(_CANCEL, {"id": checked(ref)}))

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        """Graph names the key of each entry."""
        del topic
        async with self._lines.alone(key):
            try:
                event = await self._known(start, minutes, uuid_of(key))
            except NotFound:
                return False
            await self.cancel(id_of(event.get("id")))
        return True

    async def seen(self) -> str:
        """What it can see, for the operator; nothing is created. Raises NotAllowed where the
        calendar says that it takes no meetings in Teams.
        """
        found = _record(await self._asked(_CALENDAR))
        allowed = found.get("allowedOnlineMeetingProviders")
        if isinstance(allowed, list) and TEAMS not in allowed:
            raise NotAllowed(f"the calendar of {self._config.host} takes no meetings in Teams")
        return f"can open the calendar of {self._config.host}"

    async def close(self) -> None:
        """Hang up."""
        await self._bearer.close()

    async def _known(self, start: datetime, minutes: int, transaction: str) -> Row:
        """The entry that was made with this key. Raises NotFound where it is there no more."""
        query: dict[str, str | int] = {
            "startDateTime": f"{_written(start)}Z",
            "endDateTime": f"{_written(start + timedelta(minutes=minutes))}Z",
            "$top": PAGE,
        }
        found = _record(await self._asked(_AROUND, query=query))
        if not isinstance(found.get("value"), list):
            raise Unreadable("no list in the answer")
        for row in fields.rows(found["value"]):
            if row.get("transactionId") == transaction:
                return row
        raise NotFound("Graph knows the key, and the entry is there no more")

    async def _with_link(self, event: Row, *, is_new: bool) -> Row:
        """The entry once its link is there. Raises NotAllowed where Graph left the wish for Teams
        aside, and takes a new entry that nobody was asked to away again; Busy where the link is
        still to come.
        """
        ref = id_of(event.get("id"))
        for pause in (*LOOKS, None):
            if _is_left_aside(event):
                if is_new and not event.get("attendees"):
                    await self.cancel(ref)
                raise NotAllowed(f"the mailbox of {self._config.host} gives no link of Teams")
            if _url(event):
                return event
            if pause is not None:
                with begun():
                    await self._wait(pause)
                    event = _record(await self._asked(_ONE, {"id": ref}))
        with begun():
            raise Busy(SOON, "the link of the entry is not ready")

    async def _ask(self, event: Row, people: Sequence[Guest]) -> None:
        rows = list(fields.rows(event.get("attendees")))
        there = (fields.text(fields.record(row.get("emailAddress")).get("address")) for row in rows)
        missing = unasked(people, there, self._config.host)
        if missing:
            asked = [*rows, *(_attendee(guest) for guest in missing)]
            ids = {"id": id_of(event.get("id"))}
            _refuse(await self._asked(_CHANGE, ids, body={"attendees": asked}))

    async def _asked(
        self,
        call: Call,
        ids: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Answer:
        named = {"host": self._config.host, **(ids or {})}
        return await self._bearer.asked(call, named, query=query, body=body, headers=_SAME_ID)

    def _proof(self) -> tuple[Form, Mapping[str, str]]:
        graph = urlsplit(self._config.base_url)
        form = {
            "grant_type": "client_credentials",
            "client_id": self._config.client_id,
            "client_secret": self._config.client_secret,
            "scope": f"{graph.scheme}://{graph.netloc}/.default",
        }
        return Form(form), {}


def _refuse(answer: Answer) -> None:
    """Raise what the code says, before what the status does."""
    if answer.status < 400:
        return
    code = http.code_of(answer.body)
    detail = f"HTTP {answer.status}, code {code}"
    if code in _GONE:
        raise NotFound(detail)
    if code in _RIGHTS:
        raise NotAllowed(detail)
    http.refuse(answer)


def _record(answer: Answer) -> Row:
    _refuse(answer)
    if not isinstance(answer.body, dict):
        raise Unreadable("no JSON in the answer")
    return answer.body


def _is_left_aside(event: Row) -> bool:
    """Whether an entry says that it has no meeting in Teams."""
    provider = fields.text(event.get("onlineMeetingProvider"))
    return provider in _OTHERS or event.get("isOnlineMeeting") is False


def _url(event: Row) -> str:
    return fields.address(fields.record(event.get("onlineMeeting")).get("joinUrl"))


def _link(event: Row) -> Link:
    return Link(_url(event), id_of(event.get("id")))


def _attendee(guest: Guest) -> Row:
    return {"emailAddress": {"address": guest.email, "name": guest.name}, "type": "required"}


def _times(start: datetime, minutes: int) -> dict[str, object]:
    times = {"start": start, "end": start + timedelta(minutes=minutes)}
    return {name: {"dateTime": _written(at), "timeZone": "UTC"} for name, at in times.items()}


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
