"""Pings on the page: they come when the clock is moved, and their buttons name their own case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.core.desk import Person
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.ports import Filed, Ping, Place
from tests.core.followed import Followed
from tests.platforms.playground.ground import Ground

HERE = TenantId("playground")
CHECK = "milestone_check/1"


async def followed(ground: Ground, *ids: str) -> None:
    """Cases of Maya that were told."""
    told = Followed().tell()
    maya = PersonId("maya")
    async with ground.store.turn(HERE) as turn:
        await turn.keep_playbook(told.playbook)
        await turn.save_person(
            Person(maya, HERE, "en", "Europe/London", "GB", greeted=True,
                   platform="playground", conversation="dm:maya")
        )  # fmt: skip
        for id_ in ids:
            case = replace(told.case, id=CaseId(id_), tenant=HERE, owner=maya)
            await turn.save(Filed(case, Place("playground", "dm:maya")), was=None)
            due = case.reminders[Key(CHECK)].due
            await turn.set_ping(Ping(HERE, case.id, name_of(Key(CHECK)), due))


def buttons(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for block in message["card"]["blocks"]:
        yield from block.get("buttons", ())


async def press(ground: Ground, message: dict[str, Any], what: str, text: str = "") -> None:
    """The first button, or the text, whose action says this."""
    found = [b["action"] for b in buttons(message)]
    found += [b["action"] for b in message["card"]["blocks"] if b["block"] == "editor"]
    action = next(a for a in found if what in a["argument"])
    click = {"id": ground.fresh(), "message": message["id"], "action": action, "text": text}
    answer = await ground.post("/api/click", click)
    assert answer.status_code == 200


async def test_two_cases_are_asked_about_in_one_message_and_each_can_be_answered() -> None:
    ground = Ground(at=datetime(2026, 6, 9, 9, 30, tzinfo=UTC))
    await followed(ground, "one", "two")
    await ground.playground.settle()
    (message,) = (await ground.state())["messages"]
    assert len(list(buttons(message))) == 8

    await press(ground, message, "two/milestone_check/1/on_track")
    (message,) = (await ground.state())["messages"]
    assert {b["action"]["argument"].split("/")[0] for b in buttons(message)} == {"one"}

    await press(ground, message, "one/milestone_check/1/snooze")
    (message,) = (await ground.state())["messages"]
    await press(ground, message, "one/milestone_check/1/snooze/date", "12 June")
    (message,) = (await ground.state())["messages"]
    assert list(buttons(message)) == []
    filed = await ground.store.case(HERE, CaseId("one"))
    assert filed is not None
    assert filed.case.reminders[Key(CHECK)].due.date().isoformat() == "2026-06-12"


async def test_bound_to_the_projects_channel_the_team_is_asked_and_answers_there() -> None:
    ground = Ground(at=datetime(2026, 6, 9, 9, 30, tzinfo=UTC))
    await followed(ground, "one")
    answer = await ground.say("/delay channel", conversation="channel")
    assert "#proj-apollo" in answer.json()["cards"][0]["text"]["en"]
    await ground.playground.settle()
    first, asked = (await ground.state(conversation="channel"))["messages"]
    assert asked["under"] == first["key"]
    assert all(m["by"] == "maya" for m in (await ground.state())["messages"])

    action = next(b["action"] for b in buttons(asked) if "/at_risk/" in b["action"]["argument"])
    click = {"id": ground.fresh(), "message": asked["id"], "action": action}
    await ground.post("/api/click", {**click, "person": "omar", "conversation": "channel"})
    _, asked = (await ground.state(conversation="channel"))["messages"]
    assert "At risk, Omar Haddad said on Tue 9 Jun 2026." in str(asked)
    assert "Omar Haddad sees a risk" in str((await ground.state())["messages"])


async def test_what_the_customer_reads_is_no_channel_for_the_team() -> None:
    ground = Ground(at=datetime(2026, 6, 9, 9, 30, tzinfo=UTC))
    await followed(ground, "one")
    answer = await ground.say("/delay channel", conversation="inbox")
    assert "from outside" in answer.json()["cards"][0]["text"]["en"]
    assert (await ground.state(conversation="inbox"))["messages"] == []


async def test_the_customer_cannot_open_the_teams_channel() -> None:
    ground = Ground(at=datetime(2026, 6, 9, 9, 30, tzinfo=UTC))
    await followed(ground, "one")
    await ground.say("/delay channel", conversation="channel")
    seen = await ground.state("grace", conversation="channel")
    assert [c["id"] for c in seen["conversations"]] == ["dm", "inbox"]
    assert (seen["conversation"], seen["messages"]) == ("dm", [])
