"""Two people, or two devices, at the same moment in Slack: both are heard, and one message leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.core.approving.organisation import Away, Known, Member, Organisation
from bot.core.case import Case
from bot.core.words import PersonId
from bot.engine.ports import Filed, Place
from bot.engine.tick import tick
from tests.approval.scene import AT, Scene, heavy, plain
from tests.delivery_cases import PLAYBOOK
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, TEAM, Served, has, serving

OMAR, LIN, SHARED = "UOMAR", "ULIN", "C0SHARED"
TODAY = AT.date()


def house(*, away: bool = False) -> Organisation:
    """Omar and Lin, who agree to what gives work and money; Omar may be away today."""
    days = (Away(TODAY, TODAY + timedelta(days=7)),) if away else ()
    return Organisation(
        people=(
            Member(PersonId(MAYA), "Maya"),
            Member(PersonId(OMAR), "Omar Haddad", away=days),
            Member(PersonId(LIN), "Lin Jing"),
        ),
        roles={
            "delivery_director": (PersonId(OMAR), PersonId(LIN)),
            "finance": (PersonId(LIN), PersonId(OMAR)),
        },
        customers=(Known("Marrow Bakeries", conversation=f"slack:{SHARED}"),),
    )


@asynccontextmanager
async def ready(folder: Path, case: Case, organisation: Organisation) -> AsyncIterator[Served]:
    """A message of Maya's that is made ready to send."""
    await Scene(case).begin()  # what is read once is read before anybody's three seconds run
    fake = FakeSlack(Clock(lambda: AT))
    async with running(fake), serving(fake, folder, organisation=organisation) as served:
        mine = replace(case, tenant=TEAM, owner=PersonId(MAYA))
        async with served.house.store.turn(TEAM) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(mine, Place("slack", MAYA)), was=None)
        await fake.people.command(MAYA, "/delay", "draft", channel="C0TEAM")
        await served.settle()
        await served.press("Make ready to send")
        yield served
        assert fake.violations == []


async def test_two_approvers_decide_at_the_very_same_moment_and_both_count(tmp_path: Path) -> None:
    case = heavy(goodwill="longer_warranty")
    async with ready(tmp_path, case, house()) as candor:
        await candor.press("Ask for approval")
        people = candor.slack.people
        asked = [(who, candor.live(who)) for who in (OMAR, LIN)]
        await asyncio.gather(*(people.press(who, card, "Approve") for who, card in asked))
        await candor.settle()
        found = await candor.case()
        assert found.outgoing is not None
        assert {a.by.id for a in found.outgoing.approvals if a.by} == {OMAR, LIN}
        assert (found.phase, found.outgoing.state) == ("ready", "ready")


async def test_send_pressed_on_two_devices_at_once_leaves_once(tmp_path: Path) -> None:
    async with ready(tmp_path, plain(), house()) as candor:
        card = next(m for m in reversed(candor.told()) if has(m, "Send now"))
        people = candor.slack.people
        await asyncio.gather(*(people.press(MAYA, card, "Send now") for _ in range(2)))
        await candor.settle()
        for wait in (timedelta(seconds=61), timedelta(hours=5)):
            candor.slack.clock.move(wait)
            await tick(candor.house)
            await candor.settle()
        assert len(candor.slack.messages(SHARED)) == 1
        assert len((await candor.case()).deliveries) == 1


async def test_an_approver_who_is_away_is_passed_over_for_the_next(tmp_path: Path) -> None:
    async with ready(tmp_path, heavy(), house(away=True)) as candor:
        await candor.press("Ask for approval")
        assert candor.told(OMAR) == []
        await candor.press("Approve", LIN)
        assert (await candor.case()).phase == "ready"
