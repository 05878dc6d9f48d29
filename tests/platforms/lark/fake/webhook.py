"""Pushing over HTTP to the address that the console knows."""

import json
import secrets
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Any

import httpx

from tests.patience import within
from tests.platforms.lark.fake.envelopes import Envelope, Envelopes
from tests.platforms.lark.fake.pushes import Attempt
from tests.platforms.lark.fake.signing import sealed, signature

PATIENCE = 3.0  # seconds that an answer may take, as they pass for this process; the check of the address: one


class Webhook:
    """The request address of the app. With an encrypt key the body is sealed and signed."""

    def __init__(
        self, envelopes: Envelopes, now: Callable[[], datetime], url: str, encrypt_key: str
    ) -> None:
        self._envelopes = envelopes
        self._now = now
        self._client = httpx.AsyncClient(verify=False, trust_env=False, follow_redirects=False)
        self.url = url
        self.encrypt_key = encrypt_key
        self.patience = PATIENCE

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def verify(self) -> bool:
        """Whether the app answers the challenge as the console wants it, before it is saved."""
        challenge = f'a "{secrets.token_hex(8)}"'  # to be escaped in JSON like any text
        asked = {"challenge": challenge, "token": self._envelopes.token, "type": "url_verification"}
        attempt = await self._post(self._body(asked), {}, "", min(self.patience, 1.0))
        return not attempt.fault and parsed(attempt.body) == {"challenge": challenge}

    async def carry(self, envelope: Envelope) -> Attempt:
        """One delivery."""
        body = self._body(envelope)
        headers = self._signed(body) if self.encrypt_key else {}
        return await self._post(body, headers, event_id(envelope), self.patience)

    async def _post(
        self, body: bytes, headers: dict[str, str], id_: str, patience: float
    ) -> Attempt:
        at, began = self._now(), monotonic()
        try:
            posted = self._client.post(
                self.url,
                content=body,
                headers={"Content-Type": "application/json; charset=utf-8", **headers},
                timeout=None,
            )
            answer = await within(patience, posted)
        except TimeoutError:
            return Attempt(id_, at, took=monotonic() - began, fault="too slow")
        except httpx.HTTPError as error:
            return Attempt(id_, at, took=monotonic() - began, fault=f"unreachable: {error}")
        took = monotonic() - began
        fault = "" if answer.status_code == 200 else f"status {answer.status_code}"
        return Attempt(id_, at, answer.status_code, answer.content, took, fault)

    def _body(self, envelope: Envelope) -> bytes:
        plain = json.dumps(envelope, ensure_ascii=False).encode()
        return sealed(plain, self.encrypt_key) if self.encrypt_key else plain

    def _signed(self, body: bytes) -> dict[str, str]:
        timestamp, nonce = str(int(self._now().timestamp())), secrets.token_hex(8)
        return {
            "X-Lark-Request-Timestamp": timestamp,
            "X-Lark-Request-Nonce": nonce,
            "X-Lark-Signature": signature(timestamp, nonce, self.encrypt_key, body),
        }


def event_id(envelope: Envelope) -> str:
    """The id of an event of either schema."""
    header = envelope.get("header")
    return str(header["event_id"] if isinstance(header, dict) else envelope.get("uuid", ""))


def parsed(body: bytes) -> Any:
    """The JSON of an answer; None when it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None
