"""The written conversations in Slack, typed and pressed: the same cases come of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.message import draft
from bot.core.words import PersonId
from bot.script.organisation import HOUSE, LIN, OMAR
from tests.platforms.slack import cards
from tests.platforms.slack.driven import PM, Driven, a_slack
from tests.platforms.slack.fake.slack import running
from tests.platforms.slack.served import PLAYBOOK, serving
from tests.script.test_engine import alike, tracked

SOCKET_TOO = "quay_kept_en"  # of those that follow up: the longest goes over both roads
ROADS = [
    pytest.param(file, mode, id=f"{file.stem}-{mode}")
    for file in cards.FILES
    for mode in ("http", "socket")
    if mode == "http" or file.parent.name != "following" or file.stem == SOCKET_TOO
]
COLLEAGUES = {OMAR: "UOMAR", LIN: "ULIN"}
NAMES = {PersonId("owner"): PersonId(PM), **{k: PersonId(v) for k, v in COLLEAGUES.items()}}
ORGANISATION = replace(
    HOUSE,
    people=tuple(replace(m, id=NAMES[m.id]) for m in HOUSE.people),
    roles={role: tuple(NAMES[p] for p in ids) for role, ids in HOUSE.roles.items()},
    customers=(replace(HOUSE.customers[0], conversation="slack:C0SHARED"),),
)


def alone(case: Case) -> Case:
    """A case without what names people and places by their ids in Slack."""
    return replace(case, outgoing=None)


@pytest.mark.parametrize(("file", "mode"), ROADS)
async def test_a_written_conversation_ends_in_slack_as_it_ends_on_the_table(
    file: Path, mode: str, tmp_path: Path
) -> None:
    played = cards.played(file)
    slack, time = a_slack(played)
    async with (
        running(slack),
        serving(
            slack,
            tmp_path,
            mode=mode,
            organisation=ORGANISATION,
            trackers=tracked(played, slack.clock),
        ) as candor,
    ):
        person = Driven(candor, played, time, others=COLLEAGUES)
        found = await person.run()
        for case in played.cases:
            assert alike(alone(found[case.id])) == alike(alone(case))
        letters = [m for m in slack.messages("C0SHARED") if m.bot_id]
        assert len(letters) == sum(bool(d.release.to) for c in played.cases for d in c.deliveries)
        if file.parent.name != "transcripts":
            return  # it ends with the message sent, not copied
        last = played.cases[-1].id
        copied = await person.copied(last)
        shown = await person.case(person.cases[last])
        assert shown.variant is not None
        today = local_day(shown, time.at)
        assert copied == draft.text_on_screen(PLAYBOOK, shown, shown.variant, today).text
    assert slack.violations == []
