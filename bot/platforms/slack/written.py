"""What people typed, out of the form in which Slack writes it. Pure."""

import re

from bot.platforms.slack.texts import decoded

ANGLES = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


def typed(text: str) -> str:
    """The words as the person typed them, from the form in which Slack writes them."""
    return decoded(ANGLES.sub(_unwrapped, text))


def _unwrapped(found: re.Match[str]) -> str:
    """`<https://a.example|a.example>` as `a.example`, `<@U1|maya>` as `@maya`."""
    target, label = found[1], found[2]
    if target[0] in "@#!":
        sign = "@" if target[0] == "!" else target[0]
        name = label or target[1:].partition("^")[0]
        return name if name.startswith(sign) else f"{sign}{name}"
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    if label and label not in (
        bare,
        bare.partition("://")[2],
        bare.partition("://")[2].rstrip("/"),
    ):
        return f"{label} ({target})"
    return label or target
