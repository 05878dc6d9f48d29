"""What is known of an app: of the first from the settings, of each further one as it is kept."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

from bot.core.mirroring.mirrored import Wants
from bot.engine.inbound import Profile
from bot.platforms.lark.api import CALL
from bot.platforms.lark.console import Wanted

Mode = Literal["http", "socket"]
NAME = "lark"  # of the secret that a further app is kept as, under its app id
NO_COPIES = Wants()
MOST = 20  # further apps; a push is tried with the keys of each


@dataclass(frozen=True, slots=True)
class Config:
    """What an app works with; its secrets are shown nowhere."""

    app_id: str
    secret: str
    encrypt_key: str
    token: str
    mode: Mode
    base_url: str
    profile: Profile
    operator: str = ""  # open_id of whoever runs the app
    documents: bool = False  # long texts as documents, which needs scopes of their own
    patience: float = CALL  # seconds that a call of the server API may take
    files: bool = False  # brought to whoever takes one away, which needs a scope of its own
    meetings: bool = False  # booked in the bot's calendar, which needs scopes of its own
    reserves: bool = False  # video meetings without an entry, which needs a scope of its own
    meeting_owner: str = ""  # open_id of whom a reserve belongs to where nobody else is there
    copies: Wants = NO_COPIES  # what the operator wants to stand in the platform's own systems
    tenants: Wants = NO_COPIES  # the same of any tenant that has settled it by itself
    registers: tuple[str, ...] = ()  # every table that rows go to

    @property
    def wanted(self) -> Wanted:
        """What is switched on, for the scopes that it needs."""
        return Wanted(
            self.documents,
            self.files,
            self.meetings,
            self.reserves,
            entries=self.copies.entries or self.tenants.entries,
            tasks=self.copies.tasks or self.tenants.tasks,
            register=bool(self.copies.register or self.tenants.register),
        )

    def __repr__(self) -> str:
        return f"Config(app_id={self.app_id!r}, mode={self.mode!r}, base_url={self.base_url!r})"


@dataclass(frozen=True, slots=True)
class App:
    """What a further app has of its own."""

    app_id: str
    secret: str
    encrypt_key: str
    token: str
    mode: Mode
    base_url: str
    operator: str = ""

    def __repr__(self) -> str:
        return f"App(app_id={self.app_id!r}, mode={self.mode!r}, base_url={self.base_url!r})"


def dumped(app: App) -> str:
    """The app as a text, to be sealed."""
    return json.dumps(asdict(app))


def loaded(text: str) -> App:
    """The app that `dumped` wrote. Raises ValueError or TypeError on anything else."""
    return App(**json.loads(text))
