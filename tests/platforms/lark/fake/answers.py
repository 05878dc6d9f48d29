"""What the client makes of an app's answer to a card callback.

Source: feishu-cards/card-callback-communication on open.feishu.cn, with its table of error codes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.lark.fake.cards import Cards
from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.pushes import Attempt, Push
from tests.platforms.lark.fake.tenant import Locale
from tests.platforms.lark.fake.webhook import parsed

NO_ADDRESS, TOO_SLOW, NO_CONNECTION = 200340, 200341, 200342
NOT_200, WRONG_BODY, WRONG_CARD, OLD_CARD = 200671, 200672, 200673, 200830
TOASTS = ("info", "success", "warning", "error")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a person gets for using a card; `code` is 0 or what the client shows as an error."""

    code: int
    push: Push
    token: str
    toast: Mapping[str, Any] = field(default_factory=dict)
    card: Mapping[str, Any] = field(default_factory=dict)

    def says(self, locale: Locale = "en_us") -> str:
        """The toast in the language of the person."""
        return str(self.toast.get("i18n", {}).get(locale) or self.toast.get("content", ""))


class Answers:
    """Reads answers; what is off in one is kept among the violations of cards."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards

    def read(self, push: Push, token: str) -> Pressed:
        """What the person sees."""
        if not push.attempts:
            return Pressed(NO_ADDRESS, push, token)
        attempt = push.last
        if attempt.fault:
            return Pressed(_fault(attempt), push, token)
        body = parsed(attempt.body)
        if not isinstance(body, dict) or set(body) - {"toast", "card"}:
            return self._wrong(WRONG_BODY, f"answer {attempt.body[:80]!r}", push, token)
        toast, card = body.get("toast") or {}, body.get("card") or {}
        if toast and not self._is_toast(toast):
            return self._wrong(WRONG_BODY, f"toast {toast!r}", push, token)
        code = self._card_code(card) if card else 0
        if code:
            return Pressed(code, push, token, toast)
        return Pressed(0, push, token, toast, card.get("data", {}))

    def _wrong(self, code: int, why: str, push: Push, token: str) -> Pressed:
        self._cards.violations.append(why)
        return Pressed(code, push, token)

    def _is_toast(self, toast: object) -> bool:
        if not isinstance(toast, dict) or set(toast) - {"type", "content", "i18n"}:
            return False
        languages = toast.get("i18n", {})
        if not isinstance(languages, dict):
            return False
        if not {"en_us", "zh_cn"} <= set(languages):
            self._cards.violations.append(f"toast without both languages: {toast!r}")
        return toast.get("type", "info") in TOASTS and isinstance(toast.get("content", ""), str)

    def _card_code(self, card: object) -> int:
        if not isinstance(card, dict) or set(card) != {"type", "data"} or card["type"] != "raw":
            self._cards.violations.append(f"answer card {str(card)[:80]}")
            return WRONG_CARD
        if not isinstance(card["data"], dict) or card["data"].get("schema") != "2.0":
            self._cards.violations.append("answer card: not schema 2.0")
            return OLD_CARD
        try:
            self._cards.check(json.dumps(card["data"], ensure_ascii=False))
        except Refused:
            return WRONG_CARD
        return 0


def _fault(attempt: Attempt) -> int:
    if attempt.fault == "too slow":
        return TOO_SLOW
    return NOT_200 if attempt.status else NO_CONNECTION
