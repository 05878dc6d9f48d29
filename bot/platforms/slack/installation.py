"""The app in one workspace or enterprise: as Slack answers it, and as it is sealed."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.core.words import TenantId
from bot.platforms.slack.texts import Payload

EARLY = timedelta(hours=2)  # before its end, a token is renewed; it lives for twelve


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one workspace or, if it is `whole`, in all of an enterprise."""

    tenant: TenantId
    name: str
    bot_token: str = field(repr=False)
    bot_user_id: str
    bot_id: str
    team_id: str = ""
    enterprise_id: str = ""
    whole: bool = False
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None

    @property
    def known(self) -> Payload:
        """As auth.test tells it."""
        return {
            "team_id": self.team_id or None,
            "enterprise_id": self.enterprise_id or None,
            "is_enterprise_install": self.whole,
            "user_id": self.bot_user_id,
            "bot_id": self.bot_id,
        }

    @property
    def due(self) -> datetime | None:
        """When the token is to be renewed; None where it does not end."""
        return self.expires_at - EARLY if self.expires_at and self.refresh_token else None


def read(answer: Payload, who: Payload, now: datetime) -> Installation:
    """The installation in an answer of oauth.v2.access; `who` is what auth.test says of its token.

    Raises ValueError when it names no place or no token of a bot.
    """
    team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
    whole = bool(answer.get("is_enterprise_install"))
    place = enterprise if whole else team
    token = str(answer.get("access_token") or "")
    if not place.get("id") or not token or answer.get("token_type", "bot") != "bot":
        raise ValueError("no place, or no token of a bot")
    return Installation(
        tenant=TenantId(str(place["id"])),
        name=str(place.get("name") or place["id"]),
        bot_token=token,
        bot_user_id=str(answer.get("bot_user_id") or who.get("user_id") or ""),
        bot_id=str(who.get("bot_id") or ""),
        team_id=str(team.get("id") or ""),
        enterprise_id=str(enterprise.get("id") or ""),
        whole=whole,
        refresh_token=str(answer.get("refresh_token") or ""),
        expires_at=ends(answer, now),
    )


def ends(answer: Payload, now: datetime) -> datetime | None:
    """When the token of an answer ends; None for one that does not."""
    seconds = answer.get("expires_in")
    return now + timedelta(seconds=int(seconds)) if seconds else None


def dumped(installation: Installation) -> str:
    """As it is sealed."""
    fields = {name: getattr(installation, name) for name in Installation.__slots__}
    at = installation.expires_at
    return json.dumps(fields | {"expires_at": at.isoformat() if at else None})


def loaded(text: str) -> Installation:
    """What was sealed. Raises ValueError or TypeError for anything else."""
    fields: dict[str, Any] = json.loads(text)
    at = fields.get("expires_at")
    return Installation(**fields | {"expires_at": datetime.fromisoformat(at) if at else None})
