"""How a delivery reaches the app: signed HTTP, with Slack's patience and Slack's retries."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import httpx

from tests.patience import passed, within
from tests.platforms.slack.fake.clock import real_epoch
from tests.platforms.slack.fake.realm import Realm
from tests.platforms.slack.fake.schema import Payload

PATIENCE = 3.0  # seconds, as they pass for this process
RETRIES = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))

Kind = Literal["command", "interaction", "event"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something for the app; a retry says which one it is and why."""

    kind: Kind
    payload: Payload
    retry: int = 0
    reason: str = ""

    @property
    def name(self) -> str:
        """What it is called in a record."""
        inner = self.payload.get("event", {}).get("type")
        return str(self.payload.get("command") or inner or self.payload.get("type"))

    def again(self, number: int, reason: str) -> "Delivery":
        return Delivery(self.kind, self.payload, number, reason)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered; status 0 when it did not."""

    status: int
    text: str = ""
    seconds: float = 0.0  # as they pass for this process
    reason: str = ""  # in Slack's words, why it does not count
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def json(self) -> Any:
        """The body as JSON; None when it is empty or something else."""
        try:
            return json.loads(self.text) if self.text else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery that was made, with the answer to it."""

    delivery: Delivery
    answer: Answer
    at: datetime


class Line(Protocol):
    """A way to the app."""

    async def carry(self, delivery: Delivery) -> Answer: ...

    async def close(self) -> None: ...


def signature(secret: str, stamp: str, body: str) -> str:
    """Slack's v0 signature of a request."""
    said = f"v0:{stamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


def encoded(delivery: Delivery) -> tuple[str, str]:
    """The body of a delivery and its content type."""
    match delivery.kind:
        case "event":
            return json.dumps(delivery.payload, ensure_ascii=False), "application/json"
        case "command":
            return urlencode(delivery.payload), "application/x-www-form-urlencoded"
        case "interaction":
            form = {"payload": json.dumps(delivery.payload, ensure_ascii=False)}
            return urlencode(form), "application/x-www-form-urlencoded"


class HttpLine:
    """Signed requests to the app's request URL."""

    def __init__(self, url: str, secret: str, *, patience: float = PATIENCE) -> None:
        self.url = url
        self.secret = secret
        self.patience = patience
        self.skew = 0  # seconds that the signature's time is off
        # A fresh connection each time: the app may have been killed and started again.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.AsyncClient(timeout=None, trust_env=False, limits=limits)

    async def carry(self, delivery: Delivery) -> Answer:
        body, kind = encoded(delivery)
        stamp = str(real_epoch() + self.skew)
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self.secret, stamp, body),
        }
        if delivery.retry:
            headers["X-Slack-Retry-Num"] = str(delivery.retry)
            headers["X-Slack-Retry-Reason"] = delivery.reason
        return await self._post(body, headers)

    async def _post(self, body: str, headers: Mapping[str, str]) -> Answer:
        began = passed()
        try:
            posted = self._client.post(self.url, content=body.encode(), headers=headers)
            response = await within(self.patience, posted)
        except TimeoutError:
            return Answer(0, seconds=passed() - began, reason="http_timeout")
        except httpx.TransportError:
            return Answer(0, seconds=passed() - began, reason="connection_failed")
        took = passed() - began
        reason = "" if response.is_success else "http_error"
        return Answer(response.status_code, response.text, took, reason, response.headers)

    async def close(self) -> None:
        await self._client.aclose()


@dataclass(slots=True)
class _Due:
    delivery: Delivery
    at: datetime


class Sender:
    """Makes deliveries, records them, and repeats the events that were not taken."""

    def __init__(self, realm: Realm) -> None:
        self._realm = realm
        self.line: Line | None = None
        self.made: list[Delivered] = []
        self.twice: Literal["", "after", "together"] = ""  # every delivery is made twice
        self._held: list[Delivery] | None = None
        self._due: list[_Due] = []

    async def send(self, delivery: Delivery) -> Answer:
        """Deliver once, or twice if that is switched on; the answer is that of the first."""
        if self.twice == "together":
            both = delivery, delivery.again(1, "http_timeout")
            answers = await asyncio.gather(*(self._make(each) for each in both))
            return answers[0]
        answer = await self._make(delivery)
        if self.twice == "after":
            await self._make(delivery.again(1, "http_timeout"))
        return answer

    async def send_event(self, payload: Payload) -> Answer:
        """Deliver an event; when it is not taken, once more at once, the rest falls due later."""
        delivery = Delivery("event", payload)
        if self._held is not None:
            self._held.append(delivery)
            return Answer(0, reason="held")
        return await self._take_care(delivery)

    def hold(self) -> None:
        """Keep back events from now on."""
        self._held = []

    async def release(self, *, backwards: bool = True) -> None:
        """Deliver what was kept back, the last first."""
        held, self._held = self._held or [], None
        for delivery in reversed(held) if backwards else held:
            await self._take_care(delivery)

    async def repeat_due(self) -> None:
        """Make the retries whose time has come."""
        now = self._realm.clock()
        due = [d for d in self._due if d.at <= now]
        self._due = [d for d in self._due if d.at > now]
        for each in due:
            await self._take_care(each.delivery)

    async def _take_care(self, delivery: Delivery) -> Answer:
        answer = await self.send(delivery)
        if answer.ok or answer.headers.get("X-Slack-No-Retry") == "1":
            return answer
        if delivery.retry >= len(RETRIES):
            return answer
        wait = RETRIES[delivery.retry]
        again = delivery.again(delivery.retry + 1, answer.reason)
        if not wait:
            return await self._take_care(again)
        self._due.append(_Due(again, self._realm.clock() + wait))
        return answer

    async def _make(self, delivery: Delivery) -> Answer:
        if self.line is None:
            raise RuntimeError("the fake does not know the way to the app: call connect() first")
        answer = await self.line.carry(delivery)
        self.made.append(Delivered(delivery, answer, self._realm.clock()))
        if not answer.ok:
            what = answer.reason if answer.status == 0 else f"answered {answer.status}"
            self._realm.blame(delivery.name, what)
        return answer
