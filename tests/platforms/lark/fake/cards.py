"""The check of whole cards, and the record of what was off."""

import json
from collections.abc import Container, Iterator, Mapping
from typing import Any

from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.checks import LIMIT, NOBODY, Finding, Walk
from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.shapes import CARD, ELEMENTS

LARGEST = 30 * 1024  # bytes
MOST = 200  # tagged objects
MOST_TABLES = 5


class Cards:
    """Checks cards. Each finding is kept, also of what the platform would let pass.

    `people` are those who may be named in a card, by open_id.
    """

    def __init__(self, people: Container[str] = ()) -> None:
        self._people = people
        self.violations: list[str] = []

    def check(self, content: str) -> None:
        """Raises Refused for what the platform refuses."""
        if len(content.encode()) > LARGEST:
            self.violations.append(f"a card of {len(content.encode())} bytes")
            raise Refused(230025)
        findings = inspect(json.loads(content), self._people)
        self.violations += [f"{f.path}: {f.why}" for f in findings]
        for finding in findings:
            if finding.code:
                raise Refused(230099, told(finding))


def inspect(card: Mapping[str, Any], people: Container[str] = ()) -> list[Finding]:
    """All that is off in a card that may name these people."""
    walk = Walk(ELEMENTS)
    walk.object(card, CARD, "ROOT")
    config = card.get("config", {})
    if isinstance(config, Mapping) and config.get("update_multi", True) is not True:
        walk.refuse("ROOT -> config", "update_multi may only be true")
    if isinstance(config, Mapping):
        _preview(walk, card, config)
    tags = [found.tag for found in screen.walk(card)]
    if len(tags) > MOST or tags.count("table") > MOST_TABLES:
        walk.refuse("ROOT", f"element exceeds the limit: {len(tags)}", LIMIT)
    for id_ in _named(card):
        if id_ not in people:
            walk.refuse("ROOT", f"There is an invalid user resource: {id_}", NOBODY)
    return walk.findings


def _named(card: Mapping[str, Any]) -> Iterator[str]:
    """Whoever a card names."""
    for found in screen.walk(card):
        element = found.element
        if found.tag == "person":
            yield str(element.get("user_id"))
        elif found.tag == "person_list":
            yield from (str(p.get("id")) for p in element.get("persons", ()))
        elif found.tag in ("select_person", "multi_select_person"):
            yield from (str(o.get("value")) for o in element.get("options", ()))


def told(finding: Finding) -> str:
    """The finding as the platform tells it."""
    said = {LIMIT: "element exceeds the limit"}.get(
        finding.code, "parse card json err, please check whether the card json is correct"
    )
    return (
        f"ErrCode: {finding.code}; ErrPath: {finding.path}; ErrMsg: {said}; "
        f"ErrorValue: {finding.why}; "
    )


def _preview(walk: Walk, card: Mapping[str, Any], config: Mapping[str, Any]) -> None:
    """What the list of chats shows of the card: a summary, or its title."""
    summary = config.get("summary")
    if summary is None and "header" not in card:
        walk.findings.append(Finding("ROOT", "neither a summary nor a title"))
    if isinstance(summary, Mapping) and "i18n_content" not in summary:
        walk.findings.append(Finding("ROOT -> config -> summary", "not in both languages"))
