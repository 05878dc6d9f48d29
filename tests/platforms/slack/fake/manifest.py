"""What an app's manifest lets people and Slack do; without one, everything is let."""

from dataclasses import dataclass
from typing import Literal

from tests.platforms.slack.fake.errors import CannotDo
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.tokens import SCOPES

Offer = Literal["commands", "shortcuts", "message_shortcuts"]
SUFFIXES = {"im": "im", "mpim": "mpim", "channel": "channels", "group": "groups"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The offers of an app, each None when nothing was said of it."""

    commands: frozenset[str] | None = None
    shortcuts: frozenset[str] | None = None
    message_shortcuts: frozenset[str] | None = None
    events: frozenset[str] | None = None
    scopes: tuple[str, ...] = SCOPES
    home_tab: bool = True
    messages_tab: bool = True
    people_may_write: bool = True  # in the messages tab

    @classmethod
    def read(cls, manifest: Payload) -> "Manifest":
        """The offers of a manifest as it is handed to Slack."""
        features, settings = manifest["features"], manifest["settings"]
        home = features.get("app_home", {})
        shortcuts = features.get("shortcuts", [])
        return cls(
            commands=frozenset(c["command"] for c in features.get("slash_commands", [])),
            shortcuts=frozenset(s["callback_id"] for s in shortcuts if s["type"] == "global"),
            message_shortcuts=frozenset(
                s["callback_id"] for s in shortcuts if s["type"] == "message"
            ),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            scopes=tuple(manifest["oauth_config"]["scopes"]["bot"]),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False),
            people_may_write=not home.get("messages_tab_read_only_enabled", True),
        )

    def need(self, offer: Offer, name: str) -> None:
        """Raises CannotDo when the manifest has no such thing."""
        offered: frozenset[str] | None = getattr(self, offer)
        if offered is not None and name not in offered:
            raise CannotDo(f"{name} is not in the manifest; there are {sorted(offered)}")

    def subscribes(self, event: Payload) -> bool:
        """Whether Slack would send this event at all."""
        name = event["type"]
        if name == "message":
            name = f"message.{SUFFIXES[event['channel_type']]}"
        return self.events is None or name in self.events
