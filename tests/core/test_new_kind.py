"""A new kind of ping on a known anchor is one line of YAML: laid, asked, answered, with no code."""

import shutil
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from bot.content import playbooks as content
from bot.core.pings.due import Anchored, laid
from bot.core.pings.kinds import Anchor
from bot.core.pings.manners import Schedule
from bot.core.playbook import Playbook
from tests.core.followed import TOLD_AT, Followed

ANCHORS: tuple[Anchor, ...] = get_args(Anchor)
LINE = (
    "  - {{id: new_{anchor}, anchor: {anchor}, working_days: 1, buttons: [done, snooze], "
    'text: {{en: "New: {{project}} on {{day}}?", zh: "新的：{{project}}，{{day}}？"}}}}\n'
)
ISSUE = {  # what the issue names, and the anchor that it is here
    "told": "told",
    "each milestone": "milestone",
    "new date": "new_date",
    "remedy due": "remedy_due",
    "next update": "next_update",
    "contract notice": "contract_notice",
    "recovered": "recovered",
    "closed": "closed",
    "silence": "silence",
}


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Playbook:
    """The playbook that ships, with one more line for each anchor."""
    folder = tmp_path_factory.mktemp("playbooks") / "delivery_delay"
    shutil.copytree(content.home() / "delivery_delay", folder)
    with (folder / "pings.yaml").open("a", encoding="utf-8") as file:
        file.writelines(LINE.format(anchor=anchor) for anchor in ANCHORS)
    return content.load(folder)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_one_line_lays_a_ping_on_any_anchor(longer: Playbook, anchor: Anchor) -> None:
    day = date(2026, 6, 10)
    now = datetime(2026, 6, 1, 9, tzinfo=UTC)
    uk = Schedule("Europe/London", "GB")
    found = laid(longer.pings, [Anchored(anchor, day)], uk, at=now, who="anna")
    mine = [r for r in found if r.kind == f"new_{anchor}"]
    assert [r.due.date() for r in mine] == [day + timedelta(days=1)]


def test_all_anchors_of_the_issue_are_there() -> None:
    assert set(ISSUE.values()) <= set(ANCHORS)


def test_it_is_asked_in_its_own_words_and_answered_with_its_own_buttons(longer: Playbook) -> None:
    story = Followed(playbook=longer).tell().until((TOLD_AT + timedelta(days=1)).date())
    assert "new_told/0" in [key for _, key in story.asked]
    assert story.buttons("new_told/0") == ["Done", "Snooze"]
    assert story.card("new_told/0").text.en == "New: Hall 4 on Mon 18 May 2026?"
    assert story.press("new_told/0", "done").reminder("new_told/0").state == "answered"
