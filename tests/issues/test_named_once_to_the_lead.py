"""The message to the lead named the project twice: in its frame, and in the question itself."""

import pytest

from bot.core.effects import LeadScreen, Show
from bot.core.following.silence import of_owner
from bot.core.pings.reminder import Reminder
from bot.core.words import PersonId, Text
from tests.core.followed import TOLD_AT
from tests.delivery_cases import full

REMINDER = Reminder("milestone_check", "milestone", 0, TOLD_AT.date(), TOLD_AT)
BOTH = ["Hall 4", "Marrow Bakeries"]


@pytest.mark.parametrize(
    "question",
    [
        "Hall 4: “Belt fitted” is due on Thu 11 Jun 2026. Still on track?",
        "Hall 4 is promised to Marrow Bakeries for Fri 19 Jun 2026. Does that date hold?",
        "Marrow Bakeries was to choose by Fri 29 May 2026. What did they say?",
        "Nothing new for five days. How do they see it?",
    ],
)
def test_project_and_customer_are_each_named_once(question: str) -> None:
    (shown,) = of_owner(full("en"), REMINDER, Text(en=question, zh=question), PersonId("lead"))
    assert isinstance(shown, Show)
    assert isinstance(shown.screen, LeadScreen)
    for said in (shown.screen.text.en, shown.screen.text.zh):
        assert [said.count(name) for name in BOTH] == [1, 1]
        assert said.endswith(question)
