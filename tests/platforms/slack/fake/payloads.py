"""What Slack asks of a whole message and of a whole view, each block checked and all together."""

import json
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.platforms.slack.fake.blocks import (
    BLOCKS,
    MOST_BLOCKS,
    SURFACES,
    Surface,
    elements_of,
    every,
)
from tests.platforms.slack.fake.charts import CELLS_TOGETHER
from tests.platforms.slack.fake.elements import SURFACES_OF_ELEMENTS
from tests.platforms.slack.fake.objects import identifier, plain
from tests.platforms.slack.fake.schema import (
    Finding,
    Findings,
    Payload,
    Shape,
    boolean,
    broken,
    by_type,
    items,
    one_of,
    string,
)

MOST_TEXT = 40_000
MARKDOWN_TOGETHER = 12_000
BLOCKS_TOGETHER = 13_200  # characters of all blocks of a message; seen, not documented
VIEW_BYTES = 250_000
METADATA_BYTES = 8_000
CHARTS_IN_A_MESSAGE = 2
AN_ID = re.compile(r"[\w.:/#~=@+-]{1,255}")

_modal = Shape(
    {"type": one_of("modal"), "title": plain(24), "blocks": items(by_type(BLOCKS), 100)},
    {
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": string(3000, 0),
        "callback_id": identifier,
        "external_id": identifier,
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_home = Shape(
    {"type": one_of("home"), "blocks": items(by_type(BLOCKS), 100)},
    {
        "private_metadata": string(3000, 0),
        "callback_id": identifier,
        "external_id": identifier,
    },
)


def check_blocks(blocks: Any, surface: Surface, pointer: str = "/blocks") -> Findings:
    """Everything that is wrong with the blocks of a surface."""
    findings: Findings = []
    items(by_type(BLOCKS), MOST_BLOCKS[surface])(blocks, pointer, findings)
    findings += _on_surface(blocks, surface, pointer)
    findings += _ids_once(blocks, pointer)
    findings += _together(blocks, surface, pointer)
    if not findings:
        findings += _second_opinion(blocks, pointer)
    return findings


def check_message(message: Payload) -> Findings:
    """Everything that is wrong with text, blocks and metadata of a message."""
    findings: Findings = []
    text = message.get("text")
    if not isinstance(text, str) or not text.strip():
        wanted = "the top-level text is what notifications and screen readers get"
        findings.append(Finding(wanted, "/text", soft=bool(message.get("blocks"))))
    elif len(text) > MOST_TEXT:
        findings.append(Finding(f"text is cut at {MOST_TEXT} characters", "/text", soft=True))
    if message.get("blocks") is not None:
        findings += check_blocks(message["blocks"], "message")
    if message.get("metadata") is not None:
        findings += check_metadata(message["metadata"])
    return findings


def check_view(view: Any) -> Findings:
    """Everything that is wrong with a modal or a Home tab."""
    findings: Findings = []
    by_type({"modal": _modal, "home": _home})(view, "/view", findings)
    if not isinstance(view, dict):
        return findings
    surface: Surface = "home" if view.get("type") == "home" else "modal"
    found = check_blocks(view.get("blocks"), surface, "/view/blocks")
    findings += [f for f in found if f not in findings]
    inputs = any(b.get("type") == "input" for b, _ in every(view.get("blocks"), ""))
    if surface == "modal" and inputs and "submit" not in view:
        broken(findings, "/view", "missing required field: submit")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        broken(findings, "/view", "the view is larger than 250 kB", "view_too_large")
    if not findings:
        findings += _second_opinion_of_view(view)
    return findings


def check_metadata(metadata: Any) -> Findings:
    """Its shape and size; softly, that it holds nothing but ids: every app may read it."""
    findings: Findings = []
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        broken(
            findings, "/metadata", "must be event_type and event_payload", "invalid_metadata_format"
        )
        return findings
    payload = metadata["event_payload"]
    string(255)(metadata["event_type"], "/metadata/event_type", findings)
    if not isinstance(payload, dict):
        broken(findings, "/metadata/event_payload", "must be an object", "invalid_metadata_format")
        return findings
    if len(json.dumps(payload).encode()) > METADATA_BYTES:
        broken(findings, "/metadata", "metadata is too large", "metadata_too_large")
    for name, value in payload.items():
        if not isinstance(value, bool | int) and not AN_ID.fullmatch(str(value)):
            pointer = f"/metadata/event_payload/{name}"
            findings.append(Finding("metadata is open to all: ids only", pointer, soft=True))
    return findings


def _on_surface(blocks: Any, surface: Surface, pointer: str) -> Iterator[Finding]:
    for block, here in every(blocks, pointer):
        kind = block.get("type")
        if kind in BLOCKS and kind not in SURFACES[surface]:
            yield Finding(f"unsupported type: {kind}", f"{here}/type")
        for element, inside in elements_of(block):
            allowed = SURFACES_OF_ELEMENTS.get(str(element.get("type")))
            if allowed is not None and surface not in allowed:
                yield Finding(f"unsupported type: {element['type']}", f"{here}{inside}/type")


def _ids_once(blocks: Any, pointer: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for block, here in every(blocks, pointer):
        own = block.get("block_id")
        if isinstance(own, str):
            if own in seen:
                yield Finding(f"block_id {own} already exists", f"{here}/block_id")
            seen.add(own)
        actions: set[str] = set()
        for element, inside in elements_of(block):
            action = element.get("action_id")
            if isinstance(action, str) and action in actions:
                yield Finding(f"action_id {action} already exists", f"{here}{inside}/action_id")
            if isinstance(action, str):
                actions.add(action)


def _together(blocks: Any, surface: Surface, pointer: str) -> Iterator[Finding]:
    all_blocks = [block for block, _ in every(blocks, pointer)]
    kinds = [block.get("type") for block in all_blocks]
    markdown = sum(len(str(b.get("text") or "")) for b in all_blocks if b.get("type") == "markdown")
    if markdown > MARKDOWN_TOGETHER:
        yield Finding(f"no more than {MARKDOWN_TOGETHER} characters of markdown", pointer)
    if kinds.count("table") > 1:
        yield Finding("only one table is allowed", pointer, "only_one_table_allowed")
    if kinds.count("data_visualization") > CHARTS_IN_A_MESSAGE:
        yield Finding(f"no more than {CHARTS_IN_A_MESSAGE} charts", pointer)
    cells = sum(characters(b.get("rows")) for b in all_blocks if b.get("type") == "data_table")
    if cells > CELLS_TOGETHER:
        yield Finding(f"no more than {CELLS_TOGETHER} characters in data tables", pointer)
    if surface == "message" and characters(blocks) > BLOCKS_TOGETHER:
        yield Finding("the blocks are too long together", pointer, "msg_blocks_too_long")


def characters(value: Any) -> int:
    """How many characters a person reads in blocks, or in a part of them."""
    if isinstance(value, list):
        return sum(characters(part) for part in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    shown = len(own) if isinstance(own, str) else 0
    return shown + sum(characters(part) for part in value.values())


def _second_opinion(blocks: Any, pointer: str) -> Iterator[Finding]:
    """What slack_sdk's own models say of the blocks that they know."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else ()):
        try:
            parsed = Block.parse(block)
            if parsed is not None:
                parsed.to_dict()
        except SlackObjectFormationError as error:
            yield Finding(f"slack_sdk: {error}", f"{pointer}/{index}")


def _second_opinion_of_view(view: Payload) -> Iterator[Finding]:
    try:
        View(**view).to_dict()
    except SlackObjectFormationError as error:
        yield Finding(f"slack_sdk: {error}", "/view")
