"""Seals what nobody may read from the database: with the newest key, to be opened with any.

Source: cryptography.io, Fernet and MultiFernet (AES-128-CBC with HMAC-SHA256, timestamped).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.engine.safe import Unreadable


class Vault:
    """Seals and opens by keys of `new_key`, the newest first. Raises ValueError on what is no key."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("a vault needs a key")
        fernets = [Fernet(key) for key in keys]
        self._newest = fernets[0]
        self._any = MultiFernet(fernets)

    def seal(self, text: str, at: datetime) -> str:
        """The text, unreadable; `at` is when that was, for `open_` to ask about."""
        return self._newest.encrypt_at_time(text.encode(), int(at.timestamp())).decode("ascii")

    def open_(
        self, sealed: str, *, at: datetime | None = None, within: timedelta | None = None
    ) -> str:
        """The text. With `within`, only if it was sealed at most so long before `at`.

        Raises Unreadable.
        """
        try:
            if at is None or within is None:
                return self._any.decrypt(sealed).decode()
            seconds = int(within.total_seconds())
            return self._any.decrypt_at_time(sealed, seconds, int(at.timestamp())).decode()
        except (InvalidToken, ValueError) as error:
            raise Unreadable from error

    def again(self, sealed: str) -> str:
        """The same text, sealed with the newest key. Raises Unreadable."""
        try:
            return self._any.rotate(sealed).decode("ascii")
        except (InvalidToken, ValueError) as error:
            raise Unreadable from error


def new_key() -> str:
    """A key for CANDOR_KEYS."""
    return Fernet.generate_key().decode("ascii")
