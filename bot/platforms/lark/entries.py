"""Follow-ups in their owner's calendar: entries of the bot's own, free time, without a buzz of their own."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.mirroring.mirrored import Copy
from bot.core.mirroring.wishes import Entry
from bot.core.words import Text
from bot.engine.errors import Later, Refused
from bot.engine.meetings import Guest
from bot.engine.mirrors import Order
from bot.engine.outside import (
    Busy,
    NotAllowed,
    NotFound,
    OutsideError,
    SignInRefused,
    Unreachable,
)
from bot.outside import fields
from bot.platforms.lark.api import Api
from bot.platforms.lark.calendar import Answered, Calendar, times

NOT_ALLOWED = Text(
    en="the app may not write to its calendar; add the scopes of deploy/lark-setup.md and publish a version.",
    zh="应用没有写日历的权限；请按 deploy/lark-setup.md 添加权限并发布版本。",
)


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # of an entry that nobody sees


class Entries:
    """The app's way to write them."""

    def __init__(self, api: Api) -> None:
        self._calendar = Calendar(api)

    async def write(self, order: Order, wish: Entry) -> Copy:
        """The entry as it is wished for, made where there is none. Raises Refused or Later."""
        step, copy = order.step, order.step.copy
        minutes = int((wish.ends - wish.begins).total_seconds() // 60)
        body = {
            "summary": wish.summary,
            "description": wish.note,
            **times(wish.begins, minutes),
            "free_busy_status": "free",
            "vchat": {"vc_type": "no_meeting"},
        }
        try:
            if copy is not None and copy.ref:
                await self._calendar.change(copy.ref, body, told=False)
                return replace(copy, digest=step.digest)
            owner = Guest("", person=order.owner)
            ref, made = await self._calendar.enter(body, [owner], order.token, told=False)
            if not _says(made, body):  # it was made before, unheard, and the case has changed since
                await self._calendar.change(ref, body, told=False)
        except NotFound:
            if copy is None:
                raise Later from None
            return replace(copy, digest=step.digest, left=True)
        except OutsideError as error:
            raise _class_of(error) from error
        return Copy(ref, step.digest, step.made)

    async def end(self, copy: Copy) -> Copy:
        """Take the entry out; one that is gone already is no error. Raises Refused or Later."""
        try:
            await self._calendar.remove(copy.ref, told=False)
        except OutsideError as error:
            raise _class_of(error) from error
        return Copy("", "", copy.made)

    async def withdraw(self, token: str) -> None:
        """Take out what was made with this token, unheard; where nothing was, an entry of nobody's comes
        and goes. Raises Refused or Later.
        """
        body = {"summary": "Candor", **times(LONG_AGO, 30), "vchat": {"vc_type": "no_meeting"}}
        try:
            ref, _ = await self._calendar.enter(body, (), token, told=False)
            await self._calendar.remove(ref, told=False)
        except NotFound:
            return
        except OutsideError as error:
            raise _class_of(error) from error


def _says(made: Answered, body: Answered) -> bool:
    """Whether an entry has these words and times, as far as it tells them."""
    plain = all(made.get(name, body[name]) == body[name] for name in ("summary", "description"))
    at = (
        (fields.record(each.get(name)).get("timestamp") for each in (made, body))
        for name in ("start_time", "end_time")
    )
    return plain and all(told in (None, wished) for told, wished in at)


def _class_of(error: OutsideError) -> Exception:
    """What a mirror is told: to wait, or why not; what was not understood stays a fault."""
    match error:
        case Busy():
            return Later(error.retry_after)
        case Unreachable() | SignInRefused():
            return Later()
        case NotAllowed():
            return Refused(NOT_ALLOWED)
        case _:
            return error
