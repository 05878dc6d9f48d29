"""What is done beside the conversation: the slash command, the bot's name, bubbles under a card.

All of it is a courtesy: where the platform refuses it, nothing is said and nothing is lost.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

import structlog

from bot.core.cards.blocks import Buttons, Card
from bot.core.words import Language, Text
from bot.engine.ports import MessageRef
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import ApiError, Cut
from bot.platforms.lark.references import posted
from bot.platforms.lark.render import render
from bot.platforms.lark.words import said

COMMANDS = "/open-apis/application/v7/app_slash_commands"
BOT = "/open-apis/bot/v3/info"
COMMAND = "delay"
AGAIN = 3600.0  # seconds
DESCRIPTION = Text(
    en="Tell a customer early that something will be late", zh="尽早告诉客户要延期了"
)

# What a bubble says is what its owner could have typed; a tap arrives as their own words.
BUBBLES: Mapping[str, Text] = {
    "skip": Text(en="skip", zh="跳过"),
    "back": Text(en="back", zh="上一步"),
    "example": Text(en="example", zh="例子"),
}

_log = structlog.get_logger(__name__)


class Courtesies:
    """Owns the tasks in which it is done."""

    def __init__(self, api: Api, operator: str = "") -> None:
        """`operator` is the open_id of whoever runs the app; empty for nobody."""
        self._api = api
        self._operator = operator
        self._told: set[tuple[str, str]] = set()
        self._silent: dict[str, float] = {}  # until when a trouble is not said again
        self._tasks: set[asyncio.Task[None]] = set()
        self.name = "Candor"  # of the bot in its tenant

    def begin(self) -> None:
        """Once the session is open: register the command, learn the bot's name."""
        self._own(self._begin())

    async def stop(self) -> None:
        """Let go of what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def after_post(self, where: str, ref: MessageRef, card: Card, _: Language) -> None:
        """Bubbles under a card that asks something, in the conversation of one person."""
        wanted = [BUBBLES[name] for name in BUBBLES if name in _actions(card)]
        if wanted and not where.rpartition("/")[2].startswith("oc_"):
            self._own(self._bubble(posted(ref).message, wanted))

    def refused(self, where: str, why: Text) -> None:
        """A conversation takes no messages any more: told once to whoever can mend it."""
        _log.warning("lark refuses a conversation", conversation=where, why=why.en)
        id_ = where.rpartition("/")[2]
        if not self._operator or id_ == self._operator or (where, why.en) in self._told:
            return
        self._told.add((where, why.en))
        told = Text(en=f"{why.en} ({id_})", zh=f"{why.zh}（{id_}）")
        self._own(self._tell(told))

    def mend(self, why: Text) -> None:
        """Something that an operator must mend: into the log, and to them as far as that goes.

        Said again after an hour at the soonest.
        """
        now = asyncio.get_running_loop().time()
        if now < self._silent.get(why.en, 0.0):
            return
        self._silent[why.en] = now + AGAIN
        _log.warning("lark waits for an operator", why=why.en)
        if self._operator:
            self._own(self._tell(why))

    async def _tell(self, text: Text) -> None:
        body = {
            "receive_id": self._operator,
            "msg_type": "interactive",
            "content": render(said(text), "en").written,
        }
        try:
            query = {"receive_id_type": "open_id"}
            await self._api.call("POST", "/open-apis/im/v1/messages", body, query=query)
        except (ApiError, Cut) as error:
            _log.warning("operator not told", why=str(error))

    async def _begin(self) -> None:
        try:
            found = await self._api.call("GET", BOT)
        except (ApiError, Cut):
            return
        bot = found.get("bot", found)
        if isinstance(bot, Mapping) and bot.get("app_name"):
            self.name = str(bot["app_name"])
        await self._register()

    async def _register(self) -> None:
        """The command, unless it is there; where a tenant has no commands, typing works."""
        try:
            found = await self._api.call("GET", COMMANDS, query={"page_size": "50"})
            if any(c.get("command") == COMMAND for c in found.get("items", ())):
                return
            await self._api.call(
                "POST", COMMANDS, {"command": COMMAND, "description": _described()}
            )
        except (ApiError, Cut) as error:
            _log.info("slash command not registered", why=str(error))

    async def _bubble(self, message: str, wanted: list[Text]) -> None:
        bubbles = [
            {
                "content": text.en,
                "i18n_contents": [
                    {"language": "en_us", "content": text.en},
                    {"language": "zh_cn", "content": text.zh},
                ],
            }
            for text in wanted
        ]
        try:
            path = f"/open-apis/im/v1/messages/{message}/push_follow_up"
            await self._api.call("POST", path, {"follow_ups": bubbles})
        except (ApiError, Cut) as error:
            _log.info("no bubbles", why=str(error))

    def _own(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _actions(card: Card) -> set[str]:
    return {b.action.name for x in card.blocks if isinstance(x, Buttons) for b in x.buttons}


def _described() -> dict[str, Any]:
    words = {"en_us": DESCRIPTION.en, "zh_cn": DESCRIPTION.zh}
    return {"default_value": DESCRIPTION.en, "i18n": words}
