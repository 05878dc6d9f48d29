"""A card that need not be drawn yet: what is superseded before it is sent is then never drawn."""

from dataclasses import dataclass
from datetime import date

from bot.core.cards import screens
from bot.core.cards.blocks import Card
from bot.core.case import Case
from bot.core.effects import StepScreen
from bot.core.playbook import Playbook


@dataclass(frozen=True, slots=True)
class Sketch:
    """The owner's card of an open step, which the case alone tells how to draw."""

    playbook: Playbook
    case: Case
    screen: StepScreen
    today: date

    def drawn(self) -> Card:
        """The card as the case stands in its turn."""
        return screens.draw(self.playbook, self.case, self.screen, today=self.today)
