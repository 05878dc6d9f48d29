"""The review before sending, walked on the playground's page."""

from bot.core.phrases import SAY
from bot.engine.deliver import deliver
from bot.platforms.playground.people import ORGANISATION
from tests.approval.walk import Hands, mixed, walk
from tests.platforms.playground.page import Page


async def test_the_review_is_walked_from_all_answers_to_a_text_of_ones_own() -> None:
    page = Page(mixed(), ORGANISATION, coached=True)
    await page.begin("/delay review")

    async def edit(text: str) -> None:
        await page.press("draft_edit", text=text)

    async def say(text: str) -> None:
        await page.ground.say(text)

    async def shown() -> str:
        await deliver(page.house)
        return str(await page.shown())

    await walk(Hands(page.press_label, edit, say, shown, page.case))
    assert SAY.edit_draft.en in await shown()
