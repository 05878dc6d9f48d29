"""What a customer said of it, as the owner wrote it down. Values only."""

from dataclasses import dataclass
from datetime import datetime

SCORES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
BEST = 5  # the highest score
QUOTE = 500  # characters of their words that are kept
FEWEST = 5  # scores below which none are shown, so that nobody is recognised


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer of the customer: 1 to 5 each, and their words where some were kept."""

    at: datetime
    early: int
    trust: int
    quote: str = ""
    link: int = 0  # the number of the link by which they said it; 0 for what the owner wrote down
