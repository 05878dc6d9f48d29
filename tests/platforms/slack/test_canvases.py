"""The minutes of a look back as a canvas in Slack, open to their owner; refused, they come as a file."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.words import CaseId, PersonId
from bot.engine.ports import Filed, Place
from bot.engine.tick import tick
from bot.platforms.slack import manifest
from tests.core.looked_back import LAST, nearly
from tests.delivery_cases import PLAYBOOK
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, TEAM, Served, buttons, serving

BUTTON, ROOM = "Minutes as a document", "C0TEAM"


@pytest.fixture
async def ending(tmp_path: Path) -> AsyncIterator[Served]:
    """A case of Maya's whose look back wants one answer more."""
    looked_back, real = nearly(), Clock()
    start = real()
    fake = FakeSlack(Clock(lambda: datetime(2026, 6, 23, 13, tzinfo=UTC) + (real() - start)))
    async with running(fake), serving(fake, tmp_path, files=True) as served:
        case = replace(looked_back, id=CaseId("c1"), tenant=TEAM, owner=PersonId(MAYA))
        async with served.house.store.turn(TEAM) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(case, Place("slack", MAYA)), was=None)
        yield served
        assert fake.violations == []


@pytest.fixture
async def candor(ending: Served) -> Served:
    """The same, the look back being over."""
    await ending.say(LAST)
    return ending


async def test_the_minutes_become_a_canvas_that_their_owner_alone_can_open(
    candor: Served,
) -> None:
    await candor.press(BUTTON)
    (canvas,) = candor.slack.workspace.canvases.values()
    assert LAST in canvas.text
    assert "Test before ordering" in canvas.text
    assert canvas.readers == [MAYA]
    said = candor.slack.ephemerals(MAYA)[-1]
    assert "Only you can open it until you share it." in str(said.blocks)
    (link,) = [b["url"] for b in buttons(said)]
    assert link.endswith(f"/docs/{TEAM}/{canvas.id}")
    assert candor.slack.workspace.files == {}


async def test_where_slack_makes_none_it_is_said_and_the_file_comes(candor: Served) -> None:
    candor.slack.realm.pays_nothing = True
    await candor.press(BUTTON)
    said = str([m.blocks for m in candor.slack.ephemerals(MAYA)])
    assert "Slack made no canvas of it. This workspace has no canvases of that kind" in said
    (file,) = candor.slack.workspace.files.values()
    assert file.name.endswith(".md")
    assert LAST in file.content.decode()


async def test_without_the_scope_its_name_is_said_and_the_file_comes(candor: Served) -> None:
    candor.slack.token_of(TEAM).scopes -= {"canvases:write"}
    await candor.press(BUTTON)
    said = str([m.blocks for m in candor.slack.ephemerals(MAYA)])
    assert "The permission canvases:write is missing" in said
    assert len(candor.slack.workspace.files) == 1


def test_the_scope_is_asked_for_only_where_canvases_are_wanted() -> None:
    text = manifest.written("https://c.example", "http", canvases=True)
    assert '"canvases:write" # the minutes of a look back, as a canvas' in text
    assert "canvases" not in manifest.written("https://c.example", "http")


async def looked_at(ending: Served) -> None:
    """The minutes are before their owner, who has bound the case to its channel."""
    await ending.slack.people.command(MAYA, "/delay", "channel", channel=ROOM)
    await ending.settle()
    await ending.say(LAST)
    await ending.press("Share in the channel")


async def test_the_minutes_are_shared_in_the_thread_of_the_channel(ending: Served) -> None:
    await looked_at(ending)
    first, *before = ending.slack.messages(ROOM)
    await ending.press("Post it in #wind-farm")
    *_, minutes = ending.slack.messages(ROOM)
    assert len(ending.slack.messages(ROOM)) == len(before) + 2
    assert minutes.thread_ts == first.ts
    assert LAST in str(minutes.blocks)
    assert minutes.live == []


async def posted(ending: Served) -> None:
    """The minutes stand in the channel, and what is due besides is written."""
    await looked_at(ending)
    await ending.press("Post it in #wind-farm")
    await written(ending)


async def written(ending: Served) -> None:
    await tick(ending.house)
    await ending.house.trackers.idle()
    await ending.settle()


async def test_a_canvas_of_shared_minutes_is_open_to_the_channels_people_and_linked_there(
    ending: Served,
) -> None:
    await posted(ending)
    (canvas,) = ending.slack.workspace.canvases.values()
    assert canvas.readers == [ROOM]
    assert LAST in canvas.text
    *_, minutes = ending.slack.messages(ROOM)
    assert f"/docs/{TEAM}/{canvas.id}" in str(minutes.blocks)
    await written(ending)
    assert len(ending.slack.workspace.canvases) == 1


async def test_where_slack_makes_none_for_the_channel_its_owner_is_offered_the_file(
    ending: Served,
) -> None:
    ending.slack.realm.pays_nothing = True
    await posted(ending)
    assert any("no document came of them: This workspace has" in m.text for m in ending.told())
    *_, minutes = ending.slack.messages(ROOM)
    assert "/docs/" not in str(minutes.blocks)
    ending.slack.realm.pays_nothing = False
    await written(ending)
    assert ending.slack.workspace.canvases == {}
    await ending.press("Minutes for the team (DOCX)")
    (file,) = ending.slack.workspace.files.values()
    assert file.name.endswith(".docx")


async def test_minutes_are_kept_out_of_a_channel_that_somebody_from_outside_reads(
    ending: Served,
) -> None:
    await looked_at(ending)
    before = len(ending.slack.messages(ROOM))
    await ending.slack.happenings.share(ROOM, "T0CUSTOMER")
    await ending.press("Post it in #wind-farm")
    await ending.settle()
    assert len(ending.slack.messages(ROOM)) == before
    assert any("Nothing more is posted in #wind-farm" in m.text for m in ending.told())
