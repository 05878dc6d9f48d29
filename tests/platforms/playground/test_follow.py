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
