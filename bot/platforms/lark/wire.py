"""Calls about messages: at the pace that the platform takes, with its errors as the engine's."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bot.core.words import Text
from bot.engine.errors import Outdated, Refused
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import OLD, ApiError, Cut, InUse, class_of
from bot.platforms.lark.pace import Pace
from bot.platforms.lark.references import Posted
from bot.platforms.lark.render import Drawn

A_SECOND = 5  # messages to one conversation, and patches of one card
IN_ALL = 45  # messages a second; the platform takes 50
LOCKED_FOR = (0.05, 0.2, 0.5)  # seconds that a card may be locked after a press was answered
MESSAGES = "/open-apis/im/v1/messages"


class Wire:
    """The way to the platform. `whose` tells with whom the bot is alone in a chat, by either id."""

    def __init__(self, api: Api, time: Callable[[], float], *, whose: Callable[[str], str]) -> None:
        self._api = api
        self._whose = whose
        self._posts = Pace(A_SECOND, time)
        self._patches = Pace(A_SECOND, time)
        self._all = Pace(IN_ALL, time)
        self.refused: Callable[[str, Text], None] = _unheard

    async def send(self, where: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """A new message to a conversation, in its turn. Raises the classes of errors.py."""
        id_ = where.rpartition("/")[2]
        kind = "chat_id" if id_.startswith("oc_") else "open_id"
        await self.turn(id_)
        try:
            return await self.call(
                "POST",
                MESSAGES,
                {"receive_id": id_, **body},
                query={"receive_id_type": kind},
                repeatable=False,
            )
        except Refused as error:
            self.refused(where, error.text)
            raise

    async def turn(self, id_: str) -> None:
        """Wait for one's turn with a person, by either id of their conversation, or with a group."""
        await self._posts.wait(self._whose(id_))
        await self._all.wait("")

    async def patch(self, message: Posted, drawn: Drawn) -> None:
        """Another card in its place; a little later where a press locks it. Raises as `call`."""
        path = f"{MESSAGES}/{message.message}"
        for pause in (*LOCKED_FOR, None):
            await self._patches.wait(message.message)
            try:
                await self.call("PATCH", path, {"content": drawn.written}, repeatable=True)
            except InUse:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
            else:
                return

    async def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        repeatable: bool,
    ) -> Mapping[str, Any]:
        """What the platform answers. Raises the classes of errors.py; Outdated for an old message."""
        try:
            return await self._api.call(method, path, body, query=query)
        except ApiError as error:
            if method == "PATCH" and error.code in OLD:
                raise Outdated from None
            raise class_of(error, repeatable=repeatable) from error
        except Cut as error:
            raise class_of(error, repeatable=repeatable) from error


def interactive(drawn: Drawn) -> dict[str, str]:
    """The body of a message that is a card."""
    return {"msg_type": "interactive", "content": drawn.written}


def _unheard(_: str, __: Text) -> None:
    return None
