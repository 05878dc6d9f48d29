"""The composition objects of Block Kit: texts, options, dialogs, filters, images' sources."""

from typing import Any

from tests.platforms.slack.fake.schema import (
    Check,
    Findings,
    Shape,
    anything,
    boolean,
    broken,
    items,
    not_both,
    number,
    one_of,
    one_required,
    string,
)

identifier = string(255)  # block_id, action_id, callback_id
link = string(3000)


def plain(most: int, least: int = 1) -> Check:
    """A plain_text object."""
    kind = {"type": one_of("plain_text"), "text": string(most, least)}
    return Shape(kind, {"emoji": boolean})


def text(most: int, least: int = 1) -> Check:
    """A plain_text or mrkdwn object; `emoji` belongs to the first, `verbatim` to the second."""
    return Shape(
        {"type": one_of("plain_text", "mrkdwn"), "text": string(most, least)},
        {"emoji": boolean, "verbatim": boolean},
        (_own_flags,),
    )


def _own_flags(value: Any, pointer: str, findings: Findings) -> None:
    foreign = "verbatim" if value.get("type") == "plain_text" else "emoji"
    if foreign in value:
        broken(findings, f"{pointer}/{foreign}", f"invalid additional property: {foreign}")


confirm = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def option(label: Check, *, with_url: bool = False) -> Check:
    """An option whose text is `label`."""
    may = {"description": text(75)}
    return Shape({"text": label, "value": string(150)}, {**may, "url": link} if with_url else may)


plain_option = option(plain(75))
group = Shape({"label": plain(75), "options": items(plain_option, 100)})
dispatch = Shape(
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)}
)
conversation_filter = Shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    (one_required("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
slack_file = Shape({}, {"id": string(255), "url": link}, (one_required("id", "url"),))
image_source = (not_both("image_url", "slack_file"), one_required("image_url", "slack_file"))
url_source = Shape({"type": one_of("url"), "url": link, "text": string(3000)}, {"icon_url": link})
trigger = Shape(
    {"url": link},
    {
        "customizable_input_parameters": items(
            Shape({"name": string(255), "value": anything}), 100, 0
        )
    },
)
raw_text = Shape({"type": one_of("raw_text"), "text": string(3000)})
raw_number = Shape({"type": one_of("raw_number"), "value": number}, {"text": string(3000)})
