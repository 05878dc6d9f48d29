"""The update of a card by the token of a callback.

Source: ukTMukTMukTM/uMDO1YjLzgTN24yM4UjN on open.feishu.cn: 30 minutes, twice, and only after the
callback was answered.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.platforms.lark.fake.cards import Cards
from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.messages import Messages
from tests.platforms.lark.fake.tenant import Message, Tenant

UPDATE = "POST /open-apis/interactive/v1/card/update"
LIFE = timedelta(minutes=30)
USES = 2


@dataclass(slots=True)
class _Token:
    message: Message
    at: datetime
    uses: int = 0
    answered: bool = False


class Updates:
    """The tokens that callbacks carried."""

    def __init__(self, tenant: Tenant, messages: Messages, cards: Cards) -> None:
        self._tenant = tenant
        self._messages = messages
        self._cards = cards
        self._tokens: dict[str, _Token] = {}

    def endpoints(self) -> tuple[Endpoint, ...]:
        """The one."""
        return (Endpoint(UPDATE, self.update),)

    def begin(self, message: Message) -> str:
        """A token for a press on this message."""
        token = f"c-{self._tenant.number():040x}"
        self._tokens[token] = _Token(message, self._tenant.now())
        return token

    def answered(self, token: str) -> None:
        """The callback was answered; from now on the token is good."""
        self._tokens[token].answered = True

    async def update(self, asked: Asked) -> Mapping[str, Any]:
        """Put a card in the place of the one that was pressed."""
        held = self._tokens.get(asked.need("token"))
        card = asked.body.get("card")
        if held is None or held.uses >= USES or self._tenant.now() - held.at > LIFE:
            raise Refused(11206)
        if not held.answered:
            raise Refused(11206, "the callback has not been answered yet")
        if not isinstance(card, dict):
            raise Refused(99992402)
        content = json.dumps(card, ensure_ascii=False)
        self._messages.check_updatable(held.message)
        self._cards.check(content)
        held.uses += 1
        self._messages.update(held.message, content)
        return {}
