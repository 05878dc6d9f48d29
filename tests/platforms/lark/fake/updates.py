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
        """Somebody presses something: a token, and the card is locked until `end`."""
        token = f"c-{self._tenant.number():040x}"
        self._tokens[token] = _Token(message, self._tenant.now())
        self._messages.pressed.append(message.id)
        return token

    def end(self, token: str, *, answered: bool) -> None:
        """The press is over; if it was answered, its token is good from now on."""
        held = self._tokens[token]
        held.answered = answered
        self._messages.pressed.remove(held.message.id)

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
        self._tenant.change(held.message, content)
        return {}
