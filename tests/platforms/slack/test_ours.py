"""Who is let in: our own people, of every workspace, and nobody before it is known who we are."""

from bot.platforms.slack import texts
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.ours import Ours
from bot.platforms.slack.payloads import InteractionBody
from tests.platforms.slack.fake.slack import FakeSlack

WHOLE = {"team_id": "E1", "enterprise_id": "E1", "is_enterprise_install": True}


def press(user: str, team: str) -> InteractionBody:
    """As a press in a shared channel names the channel's enterprise, whoever pressed."""
    return InteractionBody.model_validate(
        {"type": "block_actions", "user": {"id": user, "team_id": team}, "enterprise": {"id": "E1"}}
    )


async def test_an_enterprise_lets_in_its_own_workspaces_and_nobody_before_it_is_known(
    slack: FakeSlack,
) -> None:
    slack.workspace.add_user("USISTER", "sis", team="T0SISTER", enterprise="E1")
    slack.workspace.add_user("USPY", "spy", team="T0OTHER", enterprise="E2")
    calls = Calls(slack.bot_token, slack.base_url)
    await calls.open()
    ours = Ours(calls)
    assert await ours.why_not(press("USISTER", "T0SISTER")) is texts.NOT_YET
    ours.meet(WHOLE)
    for _ in range(2):
        assert await ours.why_not(press("USISTER", "T0SISTER")) is None
    assert len(slack.called("users.info")) == 1
    assert await ours.why_not(press("USPY", "T0OTHER")) is texts.FOREIGN
    assert await ours.why_not(press("UPARTNER", "T0CUSTOMER")) is texts.FOREIGN
    await calls.close()
