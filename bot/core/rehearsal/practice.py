"""A practised call as the case keeps it, from the choice of a customer to what was heard in it."""

from dataclasses import dataclass

from bot.core.rehearsal.call import Rehearsal
from bot.core.rehearsal.debrief import Debrief
from bot.core.words import Text


@dataclass(frozen=True, slots=True)
class Caller:
    """A customer to practise with, as the card shows them."""

    id: str
    title: Text
    about: Text  # one sentence


@dataclass(frozen=True, slots=True)
class Practice:
    """Where the practice stands: choosing a customer, in the call, or after it.

    What the shell has to do next follows from it: `calling.answer`.
    """

    callers: tuple[Caller, ...] = ()
    persona: str = ""  # id of the one who was chosen
    before: str = ""  # how the last call began, so that this one begins otherwise
    said: str = ""  # a reply that the customer has not heard yet
    rehearsal: Rehearsal | None = None
    debrief: Debrief | None = None

    @property
    def calling(self) -> bool:
        """Whether a customer waits for a reply."""
        return self.rehearsal is not None and not self.rehearsal.ended

    @property
    def caller(self) -> Caller | None:
        """The customer who was chosen."""
        return next((c for c in self.callers if c.id == self.persona), None)
