"""Omar of the sample reads Maya's case on the page: by his name, after her yes, until she takes it back."""

from typing import Any

from tests.platforms.playground.ground import Ground
from tests.platforms.playground.test_follow import buttons


async def messages(ground: Ground, person: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await ground.state(person))["messages"]
    return found


async def press(ground: Ground, person: str, name: str) -> None:
    """The newest button of this action."""
    for message in reversed(await messages(ground, person)):
        for button in buttons(message):
            if button["action"]["name"] == name:
                click = {"id": ground.fresh(), "message": message["id"], "person": person,
                         "action": button["action"], "case": message["card"].get("case")}  # fmt: skip
                answer = await ground.post("/api/click", click)
                assert answer.status_code == 200
                await ground.playground.settle()
                return
    raise AssertionError(f"there is no button for {name}")


async def say(ground: Ground, text: str, person: str = "maya") -> str:
    """What is answered at once; the rest has arrived."""
    answer = await ground.say(text, person=person)
    await ground.playground.settle()
    return answer.text


async def test_omar_is_invited_by_name_reads_and_reads_no_more() -> None:
    ground = Ground()
    await say(ground, "/delay new Apollo")
    await say(ground, "/delay invite Omar Haddad")
    assert await messages(ground, "omar") == []
    await press(ground, "maya", "invite_yes")
    (told,) = await messages(ground, "omar")
    assert "Maya Lindqvist invites you to read" in str(told["card"])
    await press(ground, "omar", "look")
    assert "You can read it and change nothing." in str((await messages(ground, "omar"))[-1])

    await say(ground, "/delay invite")
    await press(ground, "maya", "stop_sharing")
    shown = str(await messages(ground, "omar"))
    assert "Maya Lindqvist no longer shares Apollo with you." in shown
    assert "You can read it" not in shown


async def test_in_chinese_chen_yu_invites_lin_jing() -> None:
    ground = Ground()
    await say(ground, "/delay 新建 风电场", "chenyu")
    await say(ground, "/delay 邀请 林静 风电场", "chenyu")
    await press(ground, "chenyu", "invite_yes")
    (told,) = await messages(ground, "linjing")
    assert "陈雨邀请您查看“风电场”的延期沟通。" in str(told["card"])
    assert "您可以查看" in await say(ground, "/delay 列表", "linjing")
    await say(ground, "/delay 取消邀请 林静", "chenyu")
    assert "陈雨不再把“风电场”共享给您。" in str(await messages(ground, "linjing"))


async def test_the_customer_of_the_sample_is_not_to_be_invited() -> None:
    ground = Ground()
    await say(ground, "/delay new Apollo")
    answer = await say(ground, "/delay invite Grace Ortega")
    assert "I do not know “Grace Ortega”" in answer
    assert await messages(ground, "grace") == []
