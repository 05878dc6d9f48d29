"""What goes wrong with a system outside of us: six errors, the same for trackers and meeting systems.

None of them stops a conversation.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar

from bot.core.words import Text
from bot.engine.errors import CandorError


class OutsideError(CandorError):
    """A system outside did not do what it was asked. `detail` is for whoever runs Candor.

    `why` is for people where something was to be read, `why_unbooked` where a meeting was to be
    booked, moved or cancelled. `unsure` where that may have been done all the same.
    """

    unsure = False

    why: ClassVar[Text]
    why_unbooked: ClassVar[Text]

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(self.why)


class SignInRefused(OutsideError):
    """It does not take the key."""

    why = Text(en="it does not take the key that was set up", zh="它不认现在配置的密钥")
    why_unbooked = why


class NotAllowed(OutsideError):
    """The key is good, and may not do this."""

    why = Text(en="its key may not read this project", zh="密钥没有读取这个项目的权限")
    why_unbooked = Text(
        en="it does not allow this to the key that was set up", zh="现在配置的密钥没有这项权限"
    )


class NotFound(OutsideError):
    """What was asked for is not there, or not to be seen with this key."""

    why = Text(en="the project is not there any more", zh="里面已经找不到这个项目")
    why_unbooked = Text(en="the meeting is not there any more", zh="里面已经找不到这个会议")


class Busy(OutsideError):
    """It asks for a pause."""

    why = Text(en="it asks for a pause", zh="它要求稍后再读")
    why_unbooked = Text(en="it asks for a pause", zh="它要求稍后再试")

    def __init__(self, retry_after: timedelta, detail: str = "") -> None:
        self.retry_after = retry_after
        super().__init__(detail)


class Unreachable(OutsideError):
    """It does not answer, or not from where it should."""

    why = Text(en="it does not answer", zh="它没有回应")
    why_unbooked = why
    unsure = True


class Unreadable(OutsideError):
    """It answers, and not in a way that can be read."""

    why = Text(en="its answer could not be read", zh="它的回答读不懂")
    why_unbooked = why
    unsure = True


@contextmanager
def begun() -> Iterator[None]:
    """Inside, what was asked for is done already: whatever fails now leaves it standing."""
    try:
        yield
    except OutsideError as error:
        error.unsure = True
        raise
