"""The three control characters: as Slack writes them in what it tells an app, and as people see them."""

import re
from typing import Any

_CONTROL = re.compile(r"<[^<>\s][^<>]*>")
_BARE = re.compile(r"&(?!(?:amp|lt|gt);)")


def escaped(text: str) -> str:
    """What people type, as Slack passes it on."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def seen(text: str) -> str:
    """What people see of a text."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def live(value: Any) -> list[str]:
    """What Slack would act on in blocks or a text: mentions, broadcasts, links, dates."""
    if isinstance(value, str):
        return _CONTROL.findall(value)
    if isinstance(value, list):
        return [found for part in value for found in live(part)]
    if not isinstance(value, dict):
        return []
    if value.get("type") in ("mrkdwn", "markdown"):
        return live(value["text"])
    return [f for part in value.values() if isinstance(part, dict | list) for f in live(part)]


def words(value: Any) -> list[str]:
    """Every text that people see in blocks, in order."""
    if isinstance(value, list):
        return [found for part in value for found in words(part)]
    if not isinstance(value, dict):
        return []
    own = value.get("text")
    inside = [f for part in value.values() if not isinstance(part, str) for f in words(part)]
    return [seen(own), *inside] if isinstance(own, str) else inside


def told(value: Any) -> Any:
    """Blocks or text of a message as they come back in payloads: with entities where the app sent none.

    See issue 513 of bolt-python; in mrkdwn, what stands in angle brackets stays alive.
    """
    if isinstance(value, list):
        return [told(part) for part in value]
    if isinstance(value, str):
        return _BARE.sub("&amp;", value)
    if not isinstance(value, dict):
        return value
    parts = {n: part if isinstance(part, str) else told(part) for n, part in value.items()}
    if value.get("type") in ("plain_text", "mrkdwn"):
        text = told(value["text"])
        plain = value["type"] == "plain_text"
        parts["text"] = text.replace("<", "&lt;").replace(">", "&gt;") if plain else text
    return parts
