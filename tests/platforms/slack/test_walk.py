"""One walk through Slack: a command, the question in the DM, typed lines, forms, the draft."""

from pathlib import Path

import pytest

from bot.core.case import text_of
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, serving

START = {
    "Customer": "Hollow Hill", "What was promised": "the turbine, tested", "Moved before": "no",
    "Reader's name": "Ann Moss",
}  # fmt: skip


@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_a_command_becomes_a_question_in_the_dm_and_typed_words_its_answer(
    slack: FakeSlack, tmp_path: Path, mode: str
) -> None:
    async with serving(slack, tmp_path, mode=mode) as candor:
        await slack.people.command(MAYA, "/delay", "Wind farm", channel="C0TEAM")
        await candor.settle()
        [only] = slack.ephemerals(MAYA)
        assert "direct conversation" in only.text
        assert slack.messages("C0TEAM") == []
        [first] = candor.told()
        assert "Step 1 of" in first.text

        await candor.say("Hollow & Hill <Ltd>")
        case = await candor.case()
        assert text_of(case, "customer") == "Hollow & Hill <Ltd>"
        assert text_of(case, "project") == "Wind farm"
        assert case.zone == "Europe/Berlin"
        assert len(candor.told()) == 2

        await candor.press("Answer in a form")
        view = slack.view(MAYA)
        assert view is not None
        await slack.people.submit(MAYA, {"What was promised": "the turbine"})
        await candor.settle()
        assert text_of(await candor.case(), "promised") == "the turbine"
        assert await candor.platform.ready() == ""


async def test_what_is_pressed_before_a_redraw_went_out_stands_on_it_and_its_form_opens(
    slack: FakeSlack, tmp_path: Path
) -> None:
    async with serving(slack, tmp_path) as candor:
        await slack.people.command(MAYA, "/delay", "Wind farm", channel="C0TEAM")
        await candor.settle()
        before = len(slack.called("chat.update"))
        for words in ("中文", "English", "中文"):
            await slack.happenings.say(MAYA, words)
        await candor.settle()
        assert len(slack.called("chat.update")) == before + 1
        [message] = candor.told()
        assert "第1步" in message.text
        await candor.press("填表回答")
        await slack.people.submit(MAYA, {"客户": "Hollow Hill"})
        await candor.settle()
        assert text_of(await candor.case(), "customer") == "Hollow Hill"
    assert slack.violations == []
