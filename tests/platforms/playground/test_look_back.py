"""The look back in the page's project channel: the team answers there, the owner reads it alone."""

from dataclasses import replace
from typing import Any

from bot.core.desk import Person
from bot.core.pings.reminder import name_of
from bot.core.words import CaseId, PersonId
from bot.engine.ports import Filed, Ping, Place
from tests.core.test_look_back import unbound
from tests.platforms.playground.ground import Ground
from tests.platforms.playground.test_follow import HERE, press


async def looking_back() -> Ground:
    """Maya's delivered case, in its channel, when it is to be looked back on."""
    told, maya = unbound(), PersonId("maya")
    reminder = told.reminder("retrospective/0")
    ground = Ground(at=reminder.due)
    async with ground.store.turn(HERE) as turn:
        await turn.keep_playbook(told.playbook)
        await turn.save_person(
            Person(maya, HERE, "en", "Europe/London", "GB", greeted=True,
                   platform="playground", conversation="dm:maya")
        )  # fmt: skip
        case = replace(told.case, id=CaseId("one"), tenant=HERE, owner=maya)
        await turn.save(Filed(case, Place("playground", "dm:maya")), was=None)
        await turn.set_ping(Ping(HERE, case.id, name_of(reminder.key), reminder.due))
    await ground.say("/delay channel", conversation="channel")
    await ground.playground.settle()
    return ground


async def channel(ground: Ground) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await ground.state(conversation="channel"))["messages"]
    return found


async def answer(ground: Ground, person: str, conversation: str, words: str) -> str:
    _, asked, *_ = await channel(ground)
    form = next(b for b in asked["card"]["blocks"] if b["block"] == "form")
    click = {
        "id": ground.fresh(),
        "message": asked["id"],
        "action": form["action"],
        "case": form["case"],
        "boxes": {"voice_helped": words, "voice_hindered": "", "voice_change": ""},
        "person": person,
        "conversation": conversation,
    }
    return (await ground.post("/api/click", click)).text


async def test_the_team_answers_in_the_channel_and_the_owner_reads_it_alone() -> None:
    ground = await looking_back()
    await answer(ground, "omar", "channel", "Ringing them first.")
    _, _, count = await channel(ground)
    assert "One person has answered." in str(count["card"])
    assert "Ringing" not in str(await channel(ground))
    asked = next(m for m in (await ground.state())["messages"] if "look back at" in str(m))
    await press(ground, asked, "/retrospective/")
    seen = [m for m in (await ground.state())["messages"] if "Ringing them first." in str(m)]
    assert len(seen) == 1
    assert "Omar Haddad" in str(seen[0]["card"])


async def test_from_outside_of_the_channel_nobody_answers_for_the_team() -> None:
    ground = await looking_back()
    refused = await answer(ground, "omar", "dm", "Ringing them first.")
    assert "belongs to somebody else" in refused
    assert len(await channel(ground)) == 2
