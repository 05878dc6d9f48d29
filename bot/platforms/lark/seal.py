"""What proves that a push comes from the platform: its signature, its encryption, its token.

Source: event-subscription-configure-/encrypt-key-encryption-configuration-case on open.feishu.cn.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from Crypto.Cipher import AES

OLDEST = timedelta(hours=8)  # a push is repeated for up to 7 h; its header may be the first one's
AHEAD = timedelta(minutes=10)  # that our clock may be behind
CHECK = 4096  # bytes that the check of an address takes at most; it alone is not signed
_BLOCK = 16  # bytes


class Forged(Exception):
    """The request is not the platform's, or not meant for this app."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The two secrets of the console's page "Encryption strategy"; either may be empty, not both.

    With an `app_id`, what names another app is refused.
    """

    encrypt_key: str
    token: str
    app_id: str = ""

    def __repr__(self) -> str:
        return f"Seal(app_id={self.app_id!r})"

    def open(self, body: bytes, headers: Mapping[str, str], now: datetime) -> Mapping[str, Any]:
        """The payload, once it is proven to be the platform's; raises Forged.

        The check of the address is encrypted but not signed, and nothing else may be so.
        """
        return self.opened(_object(body), body, headers, now)

    def opened(
        self, outer: Mapping[str, Any], body: bytes, headers: Mapping[str, str], now: datetime
    ) -> Mapping[str, Any]:
        """The same, of a body whose JSON is `outer`."""
        if not self.encrypt_key:
            return self._known(outer)
        trouble = self._signed(body, headers, now)
        if trouble and len(body) > CHECK:  # before the work of decrypting it
            raise Forged(trouble)
        payload = self._known(_object(self._decrypted(outer)))
        if trouble and payload.get("type") != "url_verification":
            raise Forged(trouble)
        return payload

    def unsealed(self, body: bytes) -> Mapping[str, Any]:
        """A payload of the long connection, which was proven when it was opened; raises Forged."""
        return self._meant(_object(body))

    def _known(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        header = payload.get("header")
        found = header.get("token") if isinstance(header, Mapping) else payload.get("token")
        if self.token and not _same(str(found or ""), self.token):
            raise Forged("the verification token is another")
        return self._meant(payload)

    def _meant(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """What names an app names this one: events of schema 2.0 in their header, of 1.0 inside."""
        part = payload.get("header", payload.get("event"))
        named = part.get("app_id") if isinstance(part, Mapping) else None
        if self.app_id and named and named != self.app_id:
            raise Forged("it is for another app")
        return payload

    def _signed(self, body: bytes, headers: Mapping[str, str], now: datetime) -> str:
        """What is wrong with the signature; empty when it holds."""
        stamp = headers.get("x-lark-request-timestamp", "")
        nonce = headers.get("x-lark-request-nonce", "")
        mixed = (stamp + nonce + self.encrypt_key).encode() + body
        given = headers.get("x-lark-signature", "")
        if not _same(given, hashlib.sha256(mixed).hexdigest()):
            return "the signature is missing or off"
        if not stamp.isdecimal() or len(stamp) > 12:
            return "the time of the request is off"
        age = timedelta(seconds=now.timestamp() - int(stamp))
        return "" if -AHEAD <= age <= OLDEST else "the request is old"

    def _decrypted(self, outer: Mapping[str, Any]) -> bytes:
        shut = outer.get("encrypt")
        if not isinstance(shut, str):
            raise Forged("the body is not encrypted")
        try:
            raw = base64.b64decode(shut, validate=True)
        except (binascii.Error, ValueError):
            raise Forged("the body is not encrypted") from None
        if len(raw) < 2 * _BLOCK or len(raw) % _BLOCK:
            raise Forged("the body is not encrypted")
        key = hashlib.sha256(self.encrypt_key.encode()).digest()
        plain = bytes(AES.new(key, AES.MODE_CBC, raw[:_BLOCK]).decrypt(raw[_BLOCK:]))
        padding = plain[-1]
        if not 1 <= padding <= _BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise Forged("the encrypt key is another")
        return plain[:-padding]


def whose(
    seals: Sequence[Seal], body: bytes, headers: Mapping[str, str], now: datetime
) -> tuple[int, Mapping[str, Any]]:
    """Which of several seals a push was made with, by its place, and the payload; raises Forged.

    All are tried, whatever came of the ones before, so that the time tells nobody whose it was.
    """
    outer = _object(body)
    found: list[tuple[int, Mapping[str, Any]]] = []
    why = Forged("no app hears of anything here")
    for place, seal in enumerate(seals):
        try:
            found.append((place, seal.opened(outer, body, headers, now)))
        except Forged as error:
            why = error
    if len(found) > 1:
        raise Forged("more than one app may be meant")
    if not found:
        raise why
    return found[0]


def sealed(plain: bytes, key: str, vector: bytes) -> bytes:
    """The body that carries `plain` encrypted, as the platform sends it; `vector` is 16 bytes."""
    room = _BLOCK - len(plain) % _BLOCK
    cipher = AES.new(hashlib.sha256(key.encode()).digest(), AES.MODE_CBC, vector)
    shut = vector + bytes(cipher.encrypt(plain + bytes([room]) * room))
    return json.dumps({"encrypt": base64.b64encode(shut).decode()}).encode()


def _same(given: str, wanted: str) -> bool:
    # JSON can hold half of a surrogate pair, which UTF-8 cannot.
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Forged("the body is no JSON") from None
    if not isinstance(found, dict):
        raise Forged("the body is no object")
    return found
