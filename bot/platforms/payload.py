"""What a platform sends, read by models that name only what is used; whatever else it adds passes by."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Loose(BaseModel):
    """A part of a payload, of which only the named fields matter."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _left_out(cls, given: Any) -> Any:
        """What is null is what was left out."""
        if isinstance(given, dict) and None in given.values():
            return {name: value for name, value in given.items() if value is not None}
        return given
