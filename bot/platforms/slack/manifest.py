"""The app's manifest: the one that ships, written for one host, and what it asks for."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from bot.content import documents
from bot.platforms.slack.canvases import SCOPE as CANVASES
from bot.platforms.slack.files import READS, SCOPE
from bot.platforms.slack.quiet import SCOPE as DND

PLACEHOLDER = "https://candor.example.com/slack/events"
PATH = "/slack/events"
BACK = "/slack/oauth_redirect"
CREATE = "https://api.slack.com/apps?new_app=1&manifest_yaml="
NAME = "slack-manifest.yaml"

_SCOPES = "  scopes:\n    bot:\n"
_COMMENT = re.compile(r"^\s*#.*\n|\s+#[^\"\n]*$", re.MULTILINE)
_URLS = re.compile(rf'^\s*(?:request_)?url: "{re.escape(PLACEHOLDER)}"\n', re.MULTILINE)


def shipped() -> str:
    """The manifest's text: beside the package where it is installed, in deploy/ in a checkout."""
    installed = Path(__file__).with_name(NAME)
    checkout = Path(__file__).parents[3] / "deploy" / NAME
    return (installed if installed.exists() else checkout).read_text(encoding="utf-8")


def written(
    address: str,
    mode: Literal["http", "socket"],
    *,
    files: bool = False,
    quiet: bool = False,
    many: bool = False,
    canvases: bool = False,
) -> str:
    """The manifest for one host. In Socket Mode it names no address.

    With `files` and with `quiet` it asks for the scope that bringing files, and reading do not
    disturb, needs; with `many`, it can be installed by link, also for the whole of an enterprise.
    """
    text = shipped()
    if many:
        back = f'oauth_config:\n  redirect_urls:\n    - "{address.rstrip("/")}{BACK}"\n'
        text = text.replace("oauth_config:\n", back)
        text = text.replace("org_deploy_enabled: false", "org_deploy_enabled: true")
    if files:
        more = (
            f'      - "{SCOPE}" # files that a person takes away\n'
            f'      - "{READS}" # a file with dates to watch, sent to Candor; no other is opened\n'
        )
        text = text.replace(_SCOPES, _SCOPES + more)
    if canvases:
        text = text.replace(
            _SCOPES, f'{_SCOPES}      - "{CANVASES}" # the minutes of a look back, as a canvas\n'
        )
    if quiet:
        text = text.replace(_SCOPES, f'{_SCOPES}      - "{DND}" # do not disturb\n')
    if mode == "socket":
        text = _URLS.sub("", text)
        return text.replace("socket_mode_enabled: false", "socket_mode_enabled: true")
    return text.replace(PLACEHOLDER, f"{address.rstrip('/')}{PATH}")


def link(text: str) -> str:
    """The address that opens Slack's page with this manifest filled in."""
    return CREATE + quote(_COMMENT.sub("", text))


def read(text: str) -> dict[str, Any]:
    """The manifest as Slack takes it."""
    found = documents.parse(text, NAME).data
    return dict(found) if isinstance(found, Mapping) else {}


def scopes(manifest: Mapping[str, Any]) -> frozenset[str]:
    """The bot's scopes."""
    return frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ()))


def drift(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[str, ...]:
    """What an installed app lacks of the manifest, a few words each."""
    lacks = [
        *(f"the event {e}" for e in sorted(_events(ours) - _events(theirs))),
        *(f"the command {c}" for c in sorted(_commands(ours) - _commands(theirs))),
        *(f"the shortcut {s}" for s in sorted(_shortcuts(ours) - _shortcuts(theirs))),
    ]
    for name, what in (
        ("home_tab_enabled", "the Home tab"),
        ("messages_tab_enabled", "the Messages tab"),
    ):
        if not theirs.get("features", {}).get("app_home", {}).get(name):
            lacks.append(what)
    if theirs.get("features", {}).get("app_home", {}).get("messages_tab_read_only_enabled"):
        lacks.append("writing in the Messages tab")
    if not theirs.get("settings", {}).get("interactivity", {}).get("is_enabled"):
        lacks.append("interactivity")
    return tuple(lacks)


def request_urls(manifest: Mapping[str, Any]) -> frozenset[str]:
    """All addresses that Slack sends to."""
    settings = manifest.get("settings", {})
    found = [
        settings.get("event_subscriptions", {}).get("request_url"),
        settings.get("interactivity", {}).get("request_url"),
        *(c.get("url") for c in manifest.get("features", {}).get("slash_commands", ())),
    ]
    return frozenset(url for url in found if url)


def _events(manifest: Mapping[str, Any]) -> frozenset[str]:
    subscriptions = manifest.get("settings", {}).get("event_subscriptions", {})
    return frozenset(subscriptions.get("bot_events", ()))


def _commands(manifest: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(c["command"] for c in manifest.get("features", {}).get("slash_commands", ()))


def _shortcuts(manifest: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(s["callback_id"] for s in manifest.get("features", {}).get("shortcuts", ()))
