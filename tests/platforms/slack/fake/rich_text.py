"""The rich_text block and the field that people write one in."""

from tests.platforms.slack.fake.elements import ELEMENTS
from tests.platforms.slack.fake.objects import dispatch, identifier, plain
from tests.platforms.slack.fake.schema import (
    Check,
    Shape,
    boolean,
    by_type,
    items,
    one_of,
    string,
    whole,
)

_STYLES = (
    "bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink",
)  # fmt: skip
_style = Shape({}, dict.fromkeys(_STYLES, boolean))


def _part(kind: str, needs: dict[str, Check], may: dict[str, Check] | None = None) -> Check:
    return Shape({"type": one_of(kind), **needs}, {"style": _style, **(may or {})})


PARTS: dict[str, Check] = {
    "text": _part("text", {"text": string(40_000)}),
    "link": _part("link", {"url": string(3000)}, {"text": string(40_000), "unsafe": boolean}),
    "user": _part("user", {"user_id": string(255)}),
    "channel": _part("channel", {"channel_id": string(255)}),
    "usergroup": _part("usergroup", {"usergroup_id": string(255)}),
    "broadcast": _part("broadcast", {"range": one_of("here", "channel", "everyone")}),
    "emoji": _part("emoji", {"name": string(255)}, {"unicode": string(255)}),
    "color": _part("color", {"value": string(20)}),
    "date": _part(
        "date",
        {"timestamp": whole(0, 9_999_999_999), "format": string(255)},
        {"url": string(3000), "fallback": string(3000)},
    ),
}
_parts = items(by_type(PARTS), 2000, 0)
_border = whole(0, 1)
_section = Shape({"type": one_of("rich_text_section"), "elements": _parts})
RUNS: dict[str, Check] = {
    "rich_text_section": _section,
    "rich_text_list": Shape(
        {
            "type": one_of("rich_text_list"),
            "style": one_of("bullet", "ordered"),
            "elements": items(_section, 2000),
        },
        {"indent": whole(0, 8), "offset": whole(0, 100_000), "border": _border},
    ),
    "rich_text_preformatted": Shape(
        {"type": one_of("rich_text_preformatted"), "elements": _parts},
        {"border": _border, "language": string(255)},
    ),
    "rich_text_quote": Shape(
        {"type": one_of("rich_text_quote"), "elements": _parts}, {"border": _border}
    ),
}
rich_text = Shape(
    {"type": one_of("rich_text"), "elements": items(by_type(RUNS), 2000)},
    {"block_id": identifier},
)
rich_text_input = Shape(
    {"type": one_of("rich_text_input")},
    {
        "action_id": identifier,
        "initial_value": rich_text,
        "dispatch_action_config": dispatch,
        "focus_on_load": boolean,
        "placeholder": plain(150),
        "min_lines": whole(1, 100),
        "max_lines": whole(1, 100),
    },
)
ALL_ELEMENTS: dict[str, Check] = {**ELEMENTS, "rich_text_input": rich_text_input}
