"""What somebody's page of the playground shows and posts, over one message of Maya's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core.approving.organisation import Organisation
from bot.core.case import Case
from bot.core.words import PersonId
from bot.engine.deliver import deliver
from bot.engine.ports import Channel, Filed, Place
from bot.engine.tick import tick
from bot.platforms.playground.people import TENANT
from tests.approval.scene import AT, CASE
from tests.delivery_cases import PLAYBOOK
from tests.platforms.playground.ground import Ground


class Page:
    """A playground with one case of Maya's whose answers all stand."""

    def __init__(
        self,
        case: Case,
        organisation: Organisation,
        *,
        mail: Channel | None = None,
        coached: bool = False,
    ) -> None:
        self.ground = Ground(at=AT, organisation=organisation, mail=mail, coached=coached)
        self.house = self.ground.playground.house
        self._case = replace(case, tenant=TENANT, owner=PersonId("maya"))

    async def begin(self, command: str = "") -> None:
        """The message is made ready to send; or, with a command, what that shows."""
        async with self.ground.store.turn(TENANT) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(self._case, Place("playground", "dm:maya")), was=None)
        await self.ground.say(command or "/delay draft")
        if not command:
            await self.press("make_ready")

    async def press(self, name: str, *, by: str = "maya", text: str = "") -> str:
        """Press the newest button or send the newest box of this name; gives the answer."""
        return await self.post(await self.action(name, by=by), by=by, text=text)

    async def press_label(self, label: str) -> None:
        """Press the newest button that is called so on Maya's page."""
        await deliver(self.house)
        found = [
            b["action"]
            for b in _all(await self.shown())
            if isinstance(b.get("action"), dict) and label in str(b.get("label"))
        ]
        assert found, f"nothing on the page is called {label}"
        await self.post({k: found[-1][k] for k in ("name", "argument")})

    async def action(self, name: str, *, by: str = "maya") -> dict[str, str]:
        """The newest button or box of this name on somebody's page."""
        await deliver(self.house)
        named = (a for a in _all(await self.shown(by)) if {"name", "argument"} <= set(a))
        found = [a for a in named if a["name"] == name]
        assert found, f"nothing on the page of {by} is called {name}"
        return {"name": name, "argument": found[-1]["argument"]}

    async def post(self, action: dict[str, str], *, by: str = "maya", text: str = "") -> str:
        """Post a press, also of a card that is gone."""
        seen = (await self.case()).revision
        body = {"id": self.ground.fresh(), "person": by, "case": CASE, "action": action}
        more = {"seen": seen, "boxes": {}, "text": text}
        answer = await self.ground.post("/api/click", {**body, **more})
        assert answer.status_code == 200
        return answer.text

    async def shown(self, person: str = "maya", conversation: str = "dm") -> Any:
        """The messages of a conversation, as the page gets them."""
        return (await self.ground.state(person, conversation))["messages"]

    async def later(self, **by: float) -> None:
        """The clock moves on, and what is due happens."""
        self.ground.at += timedelta(**by)
        await tick(self.house)
        await deliver(self.house)

    async def case(self) -> Case:
        """The case as it stands."""
        filed = await self.ground.store.case(TENANT, CASE)
        assert filed is not None
        return filed.case


def _all(value: object) -> list[dict[str, Any]]:
    """Every thing with names anywhere on the page, in order."""
    if isinstance(value, dict):
        return [value, *(a for one in value.values() for a in _all(one))]
    if isinstance(value, list):
        return [a for one in value for a in _all(one)]
    return []
