"""The written conversations in Slack, typed and pressed: the same cases come of them."""

from pathlib import Path

import pytest

from bot.core.dialogue.scalars import local_day
from bot.core.message import draft
from tests.platforms.slack import cards
from tests.platforms.slack.driven import Driven, a_slack
from tests.platforms.slack.fake.slack import running
from tests.platforms.slack.served import PLAYBOOK, serving
from tests.script.test_engine import alike


@pytest.mark.parametrize("mode", ["http", "socket"])
@pytest.mark.parametrize("file", cards.FILES, ids=lambda file: file.stem)
async def test_a_written_conversation_ends_in_slack_as_it_ends_on_the_table(
    file: Path, mode: str, tmp_path: Path
) -> None:
    played = cards.played(file)
    slack, time = a_slack(played)
    async with running(slack), serving(slack, tmp_path, mode=mode) as candor:
        person = Driven(candor, played, time)
        found = await person.run()
        for case in played.cases:
            assert alike(found[case.id]) == alike(case)
        last = played.cases[-1].id
        copied = await person.copied(last)
        shown = await person.case(person.cases[last])
        assert shown.variant is not None
        today = local_day(shown, time.at)
        assert copied == draft.text_on_screen(PLAYBOOK, shown, shown.variant, today).text
    assert slack.violations == []
