"""One call to the Web API as its method sees it, and what a method is."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from tests.platforms.slack.fake.errors import ApiError
from tests.platforms.slack.fake.realm import Realm
from tests.platforms.slack.fake.schema import Findings, Payload
from tests.platforms.slack.fake.tokens import Token
from tests.platforms.slack.fake.workspace import Channel, ChannelKind, Workspace

Item = TypeVar("Item")
BY_KIND: dict[ChannelKind, str] = {
    "public": "channels",
    "private": "groups",
    "im": "im",
    "mpim": "mpim",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A call with its token accepted and its arguments known."""

    method: str
    realm: Realm
    workspace: Workspace
    token: Token
    arguments: Payload

    def get(self, name: str, default: Any = None) -> Any:
        value = self.arguments.get(name)
        return default if value is None else value

    def flag(self, name: str) -> bool:
        """A boolean, whether it came as JSON or in a form."""
        return str(self.arguments.get(name, "")).lower() in ("true", "1")

    def need_scope(self, scope: str) -> None:
        """Raises missing_scope as Slack words it."""
        if scope not in self.token.scopes:
            provided = ",".join(sorted(self.token.scopes))
            raise ApiError("missing_scope", needed=scope, provided=provided)

    def channel(self, kind_of_scope: str = "") -> Channel:
        """The channel asked for, which the app can see; `read` asks for its kind's read scope."""
        found = self.workspace.channels.get(str(self.get("channel", "")))
        hidden = found is None or (
            found.kind != "public" and self.workspace.bot.id not in found.members
        )
        if hidden or found is None:
            raise ApiError("channel_not_found")
        if kind_of_scope:
            self.need_scope(f"{BY_KIND[found.kind]}:{kind_of_scope}")
        return found

    def judge(self, findings: Findings, error: str) -> None:
        """Record what is broken; the hard part of it refuses the call."""
        self.realm.blame_findings(self.method, findings)
        hard = [finding for finding in findings if not finding.soft]
        if hard:
            named = next((f.error for f in hard if f.error), error)
            raise ApiError(named, findings=hard)

    def page(self, of: Sequence[Item], *, usual: int, most: int) -> tuple[list[Item], str]:
        """The slice that `limit` and `cursor` ask for, and the cursor of the next one."""
        limit = int(self.get("limit", usual))
        if not 1 <= limit <= most:
            raise ApiError("invalid_limit")
        start = _offset(str(self.get("cursor", "")))
        end = start + limit
        more = base64.b64encode(f"next:{end}".encode()).decode() if end < len(of) else ""
        return list(of[start:end]), more


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise ApiError("invalid_cursor") from None


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API. `needs` and `may` name its arguments."""

    name: str
    answer: Callable[[Asked], Payload]
    tier: int
    needs: str = ""
    may: str = ""
    scopes: str = ""  # all of them
    token: Literal["bot", "app", "config", "none"] = "bot"
    reads: bool = False  # takes its arguments from the query or a form, and sees none in JSON
