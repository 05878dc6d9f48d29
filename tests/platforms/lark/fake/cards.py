"""The check of cards, and what was found."""

import json

from tests.platforms.lark.fake.errors import Refused


class Cards:
    """Checks cards; every finding is kept."""

    def __init__(self) -> None:
        self.violations: list[str] = []

    def check(self, content: str) -> None:
        """Raises Refused for what the platform would refuse."""
        card = json.loads(content)
        if not isinstance(card, dict) or card.get("schema") != "2.0":
            self.violations.append("ROOT: schema is not 2.0")
            raise Refused(230099, "ErrCode: 200621; ErrMsg: parse card json err")
