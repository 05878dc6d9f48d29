"""The review before sending, walked in Slack: buttons, a window, a typed reply."""

from dataclasses import replace
from pathlib import Path

from bot.core.phrases import SAY
from bot.core.words import PersonId
from bot.engine.ports import Filed, Place
from tests.approval.scene import AT, Scene
from tests.approval.walk import Hands, mixed, walk
from tests.delivery_cases import PLAYBOOK
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, TEAM, serving


async def test_the_review_is_walked_from_all_answers_to_a_text_of_ones_own(tmp_path: Path) -> None:
    await Scene(mixed()).begin()  # what is read once is read before anybody's three seconds run
    fake = FakeSlack(Clock(lambda: AT))
    async with running(fake), serving(fake, tmp_path) as candor:
        case = replace(mixed(), tenant=TEAM, owner=PersonId(MAYA))
        async with candor.house.store.turn(TEAM) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(case, Place("slack", MAYA)), was=None)
        await fake.people.command(MAYA, "/delay", "review", channel="C0TEAM")
        await candor.settle()

        async def edit(text: str) -> None:
            await candor.press(SAY.edit_draft.en)
            await fake.people.submit(MAYA, {SAY.edit_draft.en: text})
            await candor.settle()

        async def shown() -> str:
            return "\n".join(str(m.blocks) for m in candor.told())

        await walk(Hands(candor.press, edit, candor.say, shown, candor.case))
        assert fake.violations == []
