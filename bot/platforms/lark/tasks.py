"""Follow-ups as tasks of their owner; made by the app, and never read back as answers.

Source: task-v2/task/{create,patch,get,delete} on open.feishu.cn. The platform refuses to complete a
task that is complete already, so a refusal is looked into.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from bot.core.mirroring.mirrored import Copy
from bot.core.mirroring.wishes import Task
from bot.core.words import Text
from bot.engine.mirrors import Order
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import ApiError
from bot.platforms.lark.desks import Desk

A_SECOND = 8  # calls; the platform takes 10
DONE = "done"  # the part of a copy that we completed
_TASKS = "/open-apis/task/v2/tasks"
_BAD, _GONE = 1470400, 1470404
_WORDS = ("summary", "description", "due")
_WITHDRAWN = "Candor"
_OPEN_ID = {"user_id_type": "open_id"}
_REFUSED = Text(
    en="Candor may no longer change one of these tasks.", zh="Candor 已无权修改其中一个任务。"
)


class Tasks:
    """The app's way to write them. `home` is where a task leads back to."""

    def __init__(self, api: Api, home: str, *, time: Callable[[], float]) -> None:
        self._desk = Desk(api, A_SECOND, time, _REFUSED)
        self._home = home

    async def write(self, order: Order, wish: Task) -> Copy:
        """The task as it is wished for, made where there is none. Raises as Desk.ask does."""
        step, copy = order.step, order.step.copy
        if copy is None or not copy.ref:
            made = await self._desk.ask("POST", _TASKS, self._body(order, wish), query=_OPEN_ID)
            task = made.get("task", {})
            copy = Copy(str(task.get("guid", "")), "", step.made, str(task.get("url", "")))
            if copy.ref and not _says(
                task, wish
            ):  # made before, unheard; the case has changed since
                await self._patch(copy.ref, _shown(wish), _WORDS)
        else:
            try:
                await self._patch(copy.ref, _shown(wish), _WORDS)
            except ApiError as error:
                if error.code != _GONE:
                    raise
                return replace(copy, digest=step.digest, left=True)
        return replace(await self._ended(copy, wish), digest=step.digest)

    async def end(self, copy: Copy) -> Copy:
        """Take the task away; one that is gone already is no error."""
        try:
            await self._desk.ask("DELETE", f"{_TASKS}/{copy.ref}", but=(_GONE,))
        except ApiError as error:
            if error.code != _GONE:
                raise
        return Copy("", "", copy.made)

    async def withdraw(self, token: str) -> None:
        """Take away what was made with this token, unheard; where nothing was, a task of nobody's comes
        and goes. Raises as Desk.ask does.
        """
        body = {"summary": _WITHDRAWN, "client_token": token}
        try:
            made = await self._desk.ask("POST", _TASKS, body, query=_OPEN_ID, but=(_BAD,))
        except ApiError as error:
            if error.code != _BAD:
                raise
            return  # the platform knows the token, and does not say of what
        ref = str(made.get("task", {}).get("guid", ""))
        if ref:
            await self.end(Copy(ref, ""))

    async def _ended(self, copy: Copy, wish: Task) -> Copy:
        """Complete it, or open it again where it was us who completed it."""
        if wish.done_at is not None and DONE not in copy.parts:
            await self._complete(copy.ref, wish.done_at)
            return replace(copy, parts=(DONE,))
        if wish.done_at is None and DONE in copy.parts:
            await self._patch(copy.ref, {"completed_at": "0"}, ("completed_at",))
            return replace(copy, parts=())
        return copy

    async def _complete(self, ref: str, at: datetime) -> None:
        try:
            await self._patch(ref, {"completed_at": _millis(at)}, ("completed_at",))
        except ApiError as error:
            if error.code != _BAD or not await self._is_complete(ref):
                raise

    async def _is_complete(self, ref: str) -> bool:
        found = await self._desk.ask("GET", f"{_TASKS}/{ref}", query=_OPEN_ID)
        return str(found.get("task", {}).get("completed_at", "0")) not in ("", "0")

    async def _patch(self, ref: str, task: dict[str, Any], fields: tuple[str, ...]) -> None:
        """Without the names of its fields, the platform would change nothing and say yes."""
        body = {"task": task, "update_fields": [*fields]}
        path = f"{_TASKS}/{ref}"
        await self._desk.ask("PATCH", path, body, query=_OPEN_ID, but=(_BAD, _GONE))

    def _body(self, order: Order, wish: Task) -> dict[str, Any]:
        name = {"en_us": "Candor", "zh_cn": "Candor"}
        return {
            **_shown(wish),
            "members": [{"id": order.owner, "type": "user", "role": "assignee"}],
            "client_token": order.token,
            "origin": {
                "platform_i18n_name": name,
                "href": {"url": self._home, "title": "Candor"},
            },
        }


def _shown(wish: Task) -> dict[str, Any]:
    """Its day as the platform keeps one: the date part of an instant in UTC, in milliseconds."""
    day = datetime.combine(wish.day, time(0), tzinfo=UTC)
    due = {"timestamp": _millis(day), "is_all_day": True}
    return {"summary": wish.summary, "description": wish.note, "due": due}


def _says(task: Mapping[str, Any], wish: Task) -> bool:
    """Whether a task has these words and this day, as far as it tells them."""
    wished = _shown(wish)
    day = (task.get("due") or wished["due"]).get("timestamp")
    plain = all(task.get(n, wished[n]) == wished[n] for n in ("summary", "description"))
    return plain and day == wished["due"]["timestamp"]


def _millis(at: datetime) -> str:
    return str(int(at.timestamp() * 1000))
