"""Tenant access tokens: given out, expiring, revoked.

Source: ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token_internal: at most two hours; while 30
minutes or more are left, the same one is given again, below that a new one beside the old.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.platforms.lark.fake.errors import Refused

LIFE = timedelta(hours=2)
RENEWED = timedelta(minutes=30)


class Tokens:
    """The tokens of the app."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._until: dict[str, datetime] = {}
        self.given = 0  # how many different ones
        self.life = LIFE

    def give(self) -> tuple[str, int]:
        """A token that is good, and the whole seconds that it has left."""
        now = self._now()
        newest = max(self._until, key=lambda t: self._until[t], default=None)
        if newest is None or self._until[newest] - now < RENEWED:
            self.given += 1
            newest = f"t-g1{self.given:040x}"
            self._until[newest] = now + self.life
        return newest, int((self._until[newest] - now).total_seconds())

    def revoke(self) -> None:
        """No token that was given out is good any more, as after the secret was rotated."""
        self._until.clear()

    def check(self, header: str) -> None:
        """Raises Refused for a missing, malformed, expired or revoked token."""
        scheme, _, token = header.partition(" ")
        if scheme != "Bearer" or not token:
            raise Refused(99991661)
        if not token.startswith(("t-", "u-")):
            raise Refused(99991671)
        if self._until.get(token, self._now()) <= self._now():
            raise Refused(99991663)
