"""What the app is, what it was allowed, and the passes that people's actions give it."""

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from tests.platforms.slack.fake.errors import ApiError

TRIGGER_LIFE = 3.0  # seconds, as they pass for this process
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5
SCOPES = (
    "app_mentions:read", "canvases:write", "channels:history", "channels:join", "channels:read", "chat:write",
    "commands", "dnd:read", "files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read",
    "im:write", "mpim:history", "mpim:read", "mpim:write", "team:read", "users:read",
)  # fmt: skip


@dataclass(slots=True)
class Token:
    """An access token of one workspace, or the app's own."""

    value: str
    kind: Literal["bot", "app", "config"]
    team: str
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    state: Literal["live", "token_revoked", "account_inactive", "token_expired"] = "live"


@dataclass(slots=True)
class Trigger:
    """What lets the app open one modal, for three seconds."""

    id: str
    user: str
    team: str
    since: float
    from_modal: bool = False
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """What lets the app answer five times within half an hour."""

    secret: str
    team: str
    channel: str
    user: str
    at: datetime
    source: str | None = None  # ts of the message with the button
    uses: int = 0


class Passes:
    """The triggers and response URLs that were given out."""

    def __init__(self) -> None:
        self.triggers: dict[str, Trigger] = {}
        self.responses: dict[str, ResponseUrl] = {}
        self._count = itertools.count(1)

    def trigger(self, user: str, team: str, since: float, *, from_modal: bool = False) -> Trigger:
        id_ = f"{next(self._count):011}.{team[1:]}.{secrets.token_hex(16)}"
        made = self.triggers[id_] = Trigger(id_, user, team, since, from_modal)
        return made

    def take_trigger(self, id_: object, team: str, passed: float) -> Trigger:
        """Use a trigger up; raises ApiError as views.open does."""
        found = self.triggers.get(str(id_))
        if found is None or found.team != team:
            raise ApiError("invalid_trigger_id")
        if found.used:
            raise ApiError("exchanged_trigger_id")
        if passed - found.since > TRIGGER_LIFE:
            raise ApiError("expired_trigger_id")
        found.used = True
        return found

    def response(
        self, team: str, channel: str, user: str, at: datetime, *, source: str | None = None
    ) -> ResponseUrl:
        made = ResponseUrl(secrets.token_hex(12), team, channel, user, at, source)
        self.responses[made.secret] = made
        return made

    def take_response(self, secret: str, now: datetime) -> ResponseUrl:
        """Use a response URL once more; raises ApiError when it is spent."""
        found = self.responses.get(secret)
        if found is None or now - found.at > RESPONSE_LIFE:
            raise ApiError("expired_url", status=404)
        if found.uses >= RESPONSE_USES:
            raise ApiError("used_url", status=404)
        found.uses += 1
        return found
