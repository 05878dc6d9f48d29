"""What the team says of a delay when it looks back: each in their own words. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

VoiceKey = NewType("VoiceKey", str)  # whose words they are: a person's id, or an alias of it
LONGEST = 1000  # characters of one answer


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said, by prompt; `name` is empty where none is to be known."""

    words: Mapping[str, str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class LookBack:
    """A look back that is open: what the team has said so far, and where its owner reads it.

    Where it is `anonymous`, a voice stands under an alias and has no name.
    """

    anonymous: bool = False
    voices: Mapping[VoiceKey, Voice] = field(default_factory=dict)
    shown: str = ""  # the slot of the owner's card

    @property
    def in_order(self) -> tuple[Voice, ...]:
        """The voices; without names, in an order that says nothing of who came when."""
        keys = sorted(self.voices) if self.anonymous else self.voices
        return tuple(self.voices[key] for key in keys)
