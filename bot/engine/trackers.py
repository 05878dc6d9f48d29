"""What the engine asks of a tracker: the projects it knows, and the facts of one. Nothing is written.

Every call ends in facts or in one of six errors, and none of these stops a conversation.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Protocol

from bot.core.tracking.facts import Listed, ProjectFacts
from bot.core.words import Text
from bot.engine.errors import CandorError


class SourceError(CandorError):
    """A tracker could not be read. `why` is for people, `detail` for whoever runs Candor."""

    why: ClassVar[Text]

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(self.why)


class SignInRefused(SourceError):
    """The tracker does not take the key."""

    why = Text(en="it does not take the key that was set up", zh="它不认现在配置的密钥")


class NotAllowed(SourceError):
    """The key is good, and may not read this."""

    why = Text(en="its key may not read this project", zh="密钥没有读取这个项目的权限")


class NotFound(SourceError):
    """The project is not there, or not to be seen with this key."""

    why = Text(en="the project is not there any more", zh="里面已经找不到这个项目")


class Busy(SourceError):
    """The tracker asks for a pause."""

    why = Text(en="it asks for a pause", zh="它要求稍后再读")

    def __init__(self, retry_after: timedelta, detail: str = "") -> None:
        self.retry_after = retry_after
        super().__init__(detail)


class Unreachable(SourceError):
    """The tracker does not answer, or not from where it should."""

    why = Text(en="it does not answer", zh="它没有回应")


class Unreadable(SourceError):
    """The tracker answers, and not in a way that can be read."""

    why = Text(en="its answer could not be read", zh="它的回答读不懂")


@dataclass(frozen=True, slots=True)
class Listing:
    """The projects that can be chosen; `truncated` when there are more than are read."""

    projects: tuple[Listed, ...]
    truncated: bool = False


class Tracker(Protocol):
    """One tracker, read only. Each call raises a class of SourceError."""

    @property
    def name(self) -> str:
        """What it is called in settings and in the store."""
        ...

    @property
    def label(self) -> Text:
        """What people call it."""
        ...

    async def projects(self) -> Listing:
        """The projects it shows us, those that are archived left out."""
        ...

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one project."""
        ...

    async def close(self) -> None: ...
