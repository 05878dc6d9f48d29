"""Who is in a channel: our own people only, or perhaps somebody who is not. Unknown is not ours."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

import structlog

from bot.core.pings.rooms import Company, Here
from bot.engine.errors import DeliveryError, Refused
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.texts import Payload

PLATFORM = "slack"
KEPT_FOR = 300.0  # seconds; Slack says when a channel is shared, not when a guest comes
REMEMBERED = 1_000
TOGETHER = 8  # members looked at, at once: a command waits for it
MOST_MEMBERS = 200  # of which each is looked at; a larger channel counts as unknown

_log = structlog.get_logger(__name__)


class Places:
    """Classifies channels, and remembers it for some minutes."""

    def __init__(self, calls: Calls, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._calls = calls
        self._clock = clock
        self._together = asyncio.Semaphore(TOGETHER)
        self._known: OrderedDict[str, tuple[float, Company]] = OrderedDict()
        self._changes = 0  # that Slack has told of

    async def is_internal(self, channel: str) -> bool:
        """Whether only full members of our own organisation can read there."""
        return await self.company(channel) == "internal"

    async def company(self, channel: str) -> Company:
        """Who can read in a channel; what cannot be told is unknown, and never remembered."""
        known = self._known.get(channel)
        if known is not None and self._clock() - known[0] < KEPT_FOR:
            return known[1]
        changes = self._changes
        try:
            found = await self._look(channel)
        except DeliveryError:
            return "unknown"
        if found != "unknown" and changes == self._changes:
            self._known[channel] = (self._clock(), found)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found

    async def about(self, channel: str) -> Here:
        """What it is called and who can read there. Raises one of the delivery errors."""
        try:
            info = (await self._calls.call("conversations.info", channel=channel))["channel"]
        except Refused as error:
            if error.why != "gone":
                raise
            return Here(PLATFORM, channel, "", "absent")  # so Slack hides a private one from us
        name = f"#{info.get('name') or channel}"
        if not info.get("is_member"):
            return Here(PLATFORM, channel, name, "absent")
        return Here(PLATFORM, channel, name, await self.company(channel))

    def forget(self, channel: str) -> None:
        """Somebody came, or it was shared: look again before the next word."""
        self._changes += 1
        self._known.pop(channel, None)

    async def _look(self, channel: str) -> Company:
        info = (await self._calls.call("conversations.info", channel=channel))["channel"]
        if _is_shared(info):
            return "external"
        found = await self._calls.call("conversations.members", channel=channel, limit=MOST_MEMBERS)
        if (found.get("response_metadata") or {}).get("next_cursor"):
            return "unknown"
        users = await asyncio.gather(*(self._user(m) for m in found["members"]))
        return "external" if any(is_outsider(u, info) for u in users) else "internal"

    async def _user(self, member: str) -> Payload:
        async with self._together:
            found: Payload = (await self._calls.call("users.info", user=member))["user"]
            return found


def is_outsider(user: Payload, info: Payload) -> bool:
    """A guest, a stranger, or a member of another organisation."""
    flags = ("is_restricted", "is_ultra_restricted", "is_stranger")
    if any(user.get(flag) for flag in flags):
        return True
    teams = {info.get("context_team_id"), *(info.get("internal_team_ids") or ())} - {None}
    own = {user.get("team_id"), *((user.get("enterprise_user") or {}).get("teams") or ())}
    return bool(teams) and not teams & own


def _is_shared(info: Payload) -> bool:
    return bool(
        info.get("is_ext_shared")
        or info.get("is_pending_ext_shared")
        or info.get("pending_connected_team_ids")
        or (info.get("is_ext_shared") is None and info.get("is_shared"))
    )
