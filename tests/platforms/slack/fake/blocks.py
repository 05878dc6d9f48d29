"""The layout blocks: the shape of each, and the surfaces that draw it."""

from collections.abc import Iterator
from typing import Any, Literal

from tests.platforms.slack.fake import charts
from tests.platforms.slack.fake.elements import (
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    button,
    image,
)
from tests.platforms.slack.fake.objects import (
    identifier,
    image_source,
    link,
    plain,
    slack_file,
    text,
    url_source,
)
from tests.platforms.slack.fake.rich_text import ALL_ELEMENTS, rich_text
from tests.platforms.slack.fake.schema import (
    Check,
    Findings,
    Payload,
    Shape,
    boolean,
    broken,
    by_type,
    items,
    not_both,
    one_of,
    one_required,
    string,
)

Surface = Literal["message", "modal", "home"]


def _block(
    kind: str, needs: dict[str, Check], may: dict[str, Check] | None = None, *rules: Check
) -> Check:
    return Shape(
        {"type": one_of(kind), **needs}, {"block_id": identifier, **(may or {})}, tuple(rules)
    )


def _collapsed_only_if_collapsible(value: Any, pointer: str, findings: Findings) -> None:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        broken(findings, f"{pointer}/default_collapsed", "requires is_collapsible")


_in_context = by_type({"image": image, "plain_text": text(3000), "mrkdwn": text(3000)})
_card = _block(
    "card",
    {},
    {
        "hero_image": image,
        "icon": image,
        "slack_icon": Shape({"type": one_of("icon"), "name": string(255)}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(button, 3),
    },
    one_required("hero_image", "title", "actions", "body"),
    not_both("icon", "slack_icon"),
)
_task = _block(
    "task_card",
    {"task_id": string(255), "title": string(255)},
    {
        "status": one_of("pending", "in_progress", "complete", "error"),
        "details": rich_text,
        "output": rich_text,
        "sources": items(url_source, 50),
    },
)

BLOCKS: dict[str, Check] = {
    "actions": _block("actions", {"elements": items(by_type(ALL_ELEMENTS, IN_ACTIONS), 25)}),
    "alert": _block(
        "alert",
        {"text": text(200)},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": _card,
    "carousel": _block("carousel", {"elements": items(by_type({"card": _card}), 10)}),
    "context": _block("context", {"elements": items(_in_context, 10)}),
    "context_actions": _block(
        "context_actions", {"elements": items(by_type(ALL_ELEMENTS, IN_CONTEXT_ACTIONS), 5)}
    ),
    "data_table": charts.data_table,
    "data_visualization": charts.data_visualization,
    "divider": _block("divider", {}),
    "file": _block("file", {"external_id": string(255), "source": one_of("remote")}),
    "header": _block("header", {"text": plain(150)}, {"level": one_of("1", "2", "3", "4")}),
    "image": _block(
        "image",
        {"alt_text": string(2000)},
        {"image_url": link, "slack_file": slack_file, "title": plain(2000)},
        *image_source,
    ),
    "input": _block(
        "input",
        {"label": plain(2000), "element": by_type(ALL_ELEMENTS, IN_INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "markdown": _block("markdown", {"text": string(12_000)}),
    "plan": _block(
        "plan", {"title": string(255)}, {"tasks": items(by_type({"task_card": _task}), 50)}
    ),
    "rich_text": rich_text,
    "section": _block(
        "section",
        {},
        {
            "text": text(3000),
            "fields": items(text(2000), 10),
            "accessory": by_type(ALL_ELEMENTS, IN_SECTION),
            "expand": boolean,
        },
        one_required("text", "fields"),
    ),
    "table": charts.table,
    "task_card": _task,
    "video": _block(
        "video",
        {
            "alt_text": string(2000),
            "title": plain(199),
            "thumbnail_url": link,
            "video_url": link,
        },
        {
            "author_name": string(49),
            "description": plain(200),
            "provider_name": string(50),
            "provider_icon_url": string(2000),
            "title_url": string(2000),
        },
    ),
}
BLOCKS["container"] = _block(
    "container",
    {"child_blocks": items(by_type(BLOCKS), 10)},
    {
        "title": plain(150),
        "rich_text_title": rich_text,
        "subtitle": text(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": image,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    not_both("title", "rich_text_title"),
    one_required("title", "rich_text_title"),
    _collapsed_only_if_collapsible,
)

_EVERYWHERE = frozenset(
    {
        "actions", "card", "context", "divider", "header", "image", "input", "rich_text",
        "section", "video",
    }
)  # fmt: skip
SURFACES: dict[Surface, frozenset[str]] = {
    "message": _EVERYWHERE
    | {
        "carousel", "container", "context_actions", "data_table", "data_visualization", "file",
        "markdown", "plan", "table", "task_card",
    },
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | {"carousel", "data_table", "data_visualization", "table"},
}  # fmt: skip
MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}


def every(blocks: Any, pointer: str) -> Iterator[tuple[Payload, str]]:
    """Each block with its pointer, those inside of containers, carousels and plans too."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if not isinstance(block, dict):
            continue
        here = f"{pointer}/{index}"
        yield block, here
        for inside in ("child_blocks", "tasks"):
            yield from every(block.get(inside), f"{here}/{inside}")
        if block.get("type") == "carousel":
            yield from every(block.get("elements"), f"{here}/elements")


def elements_of(block: Payload) -> Iterator[tuple[Payload, str]]:
    """The elements that stand in a block, with their pointers inside of it."""
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield block[name], f"/{name}"
    for name in ("elements", "actions"):
        inside = block.get(name)
        if block.get("type") not in ("actions", "context_actions", "card"):
            continue
        for index, element in enumerate(inside if isinstance(inside, list) else ()):
            if isinstance(element, dict):
                yield element, f"/{name}/{index}"
