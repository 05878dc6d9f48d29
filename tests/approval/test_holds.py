"""What holds a message before anybody is asked, one clear sentence each; nothing is sent."""

import pytest

from bot.core.approving.preparing import prepare
from bot.core.case import Variant
from tests.approval.scene import Scene, plain
from tests.delivery_cases import PLAYBOOK, TODAY, without

MAIL = Variant("email", "day_to_day", "en")


def holds(*steps: str) -> str:
    """All that holds the mail of a case with steps left out."""
    found = prepare(PLAYBOOK, without(plain(), *steps), MAIL, today=TODAY).holds
    return "\n".join(h.en for h in found)


def test_a_text_without_its_news_is_held_by_that_sentence_alone() -> None:
    assert holds("start", "plan") == (
        "The draft does not say the news yet: answer what was promised and the new date."
    )


@pytest.mark.parametrize("step", ["cause", "follow_up"])
def test_an_answer_that_is_still_open_is_named(step: str) -> None:
    assert "Some answers are still open" in holds(step)


async def test_what_is_held_cannot_be_sent_by_a_press_that_is_made_up() -> None:
    scene = await Scene(without(plain(), "start", "plan")).begin()
    assert not {a.name for a in scene.actions()} & {"send", "send_later", "approval_ask", "told"}
    for name in ("send", "approval_ask", "told"):
        await scene.click(name, "0" * 64, text="by phone")
    await scene.later(minutes=5)
    case = await scene.now()
    assert (case.outgoing, case.deliveries, scene.sent) == (None, (), [])
