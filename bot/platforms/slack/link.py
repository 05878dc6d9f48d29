"""What an app that is installed by a link is known by. Light: what seals is loaded by whoever needs it."""

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.platforms.slack.manifest import BACK

if TYPE_CHECKING:
    from bot.engine.keeping.vault import Vault


@dataclass(frozen=True, slots=True)
class Link:
    """What the link needs: who the app is, what it asks for, where Slack sends people back to."""

    client_id: str
    client_secret: str = field(repr=False)
    vault: "Vault" = field(repr=False)
    scopes: frozenset[str]
    address: str  # of this server, as browsers reach it

    @property
    def signed(self) -> dict[str, str]:
        """The header by which the app says who it is."""
        known = f"{self.client_id}:{self.client_secret}".encode()
        return {"Authorization": f"Basic {base64.b64encode(known).decode('ascii')}"}

    @property
    def back(self) -> str:
        """Where Slack sends people back to; it is to be among the app's redirect URLs."""
        return f"{self.address.rstrip('/')}{BACK}"
