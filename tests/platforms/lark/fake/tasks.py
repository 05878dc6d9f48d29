"""Tasks of task/v2: made by the app for somebody, changed by named fields, completed once, deleted.

Source: task-v2/overview and task-v2/task/{create,patch,get,delete} on open.larksuite.com. A token that
was used before gives the task that it made; one with other words in it is refused, which is stricter
than what the pages say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.tenant import Tenant

TASKS = "/open-apis/task/v2/tasks"
NEW = f"POST {TASKS}"
GET = f"GET {TASKS}/:task_guid"
PATCH = f"PATCH {TASKS}/:task_guid"
DELETE = f"DELETE {TASKS}/:task_guid"
WRITE, READ = "task:task:write", "task:task:read"
A_SECOND = 10
_FIELDS = {"summary", "description", "due", "completed_at"}
_MADE = {"summary", "description", "due", "members", "client_token", "origin", "completed_at"}


@dataclass(slots=True)
class Task:
    """One task as its assignee finds it."""

    guid: str
    summary: str
    description: str
    due: dict[str, Any]
    assignees: list[str]  # open_ids
    origin: str  # where it leads back to
    completed_at: str = "0"


class Tasks:
    """All that the app made."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self.all: dict[str, Task] = {}
        self._tokens: dict[str, tuple[Mapping[str, Any], str]] = {}
        self.refuses_other_words = (
            True  # under a token that was used before; else the old task comes
        )
        self.hears: Callable[[Task], None] | None = None  # told of each that is made

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Those that Candor uses."""
        return (
            Endpoint(NEW, self.new, (WRITE,), per_second=A_SECOND),
            Endpoint(GET, self.get, (READ, WRITE), per_second=A_SECOND),
            Endpoint(PATCH, self.patch, (WRITE,), per_second=A_SECOND),
            Endpoint(DELETE, self.delete, (WRITE,), per_second=A_SECOND),
        )

    def of(self, open_id: str) -> list[Task]:
        """Those in somebody's list, the oldest first."""
        return [t for t in list(self.all.values()) if open_id in t.assignees]

    async def new(self, asked: Asked) -> Mapping[str, Any]:
        """A task, or the one that this token made before."""
        body, token = asked.body, asked.body.get("client_token", "")
        if not isinstance(token, str) or not 10 <= len(token) <= 100 or body.keys() - _MADE:
            raise Refused(1470400)
        known = self._tokens.get(token)
        if known is not None:
            if known[0] != body and self.refuses_other_words:
                raise Refused(1470400)
            return self._told(self._task(known[1]))
        task = Task(
            f"{self._tenant.number():08x}-26ef-4ae5-a0b5-000000000000", _words(body, "summary", need=True),
            _words(body, "description"), _due(body.get("due")), self._members(body),
            _origin(body.get("origin")),
        )  # fmt: skip
        self.all[task.guid] = task
        self._tokens[token] = (dict(body), task.guid)
        if self.hears is not None:
            self.hears(task)
        return self._told(task)

    async def get(self, asked: Asked) -> Mapping[str, Any]:
        """A task as it stands."""
        return self._told(self._task(asked.path["task_guid"]))

    async def patch(self, asked: Asked) -> Mapping[str, Any]:
        """Change the fields that are named, and no other; nobody completes a task twice."""
        task, fields = self._task(asked.path["task_guid"]), asked.body.get("update_fields")
        wished = asked.body.get("task")
        if not isinstance(fields, list) or not isinstance(wished, dict) or set(fields) - _FIELDS:
            raise Refused(1470400)
        if "completed_at" in fields:
            at = wished.get("completed_at")
            if not isinstance(at, str) or not at.isdecimal():
                raise Refused(1470400)
            if at != "0" and (len(at) != 13 or task.completed_at != "0"):
                raise Refused(1470400)
            task.completed_at = at
        if "summary" in fields:
            task.summary = _words(wished, "summary", need=True)
        if "description" in fields:
            task.description = _words(wished, "description")
        if "due" in fields:
            task.due = _due(wished.get("due"))
        return self._told(task)

    async def delete(self, asked: Asked) -> Mapping[str, Any]:
        """Nothing can be done with it any more."""
        del self.all[self._task(asked.path["task_guid"]).guid]
        return {}

    def _task(self, guid: str) -> Task:
        if guid not in self.all:
            raise Refused(1470404)
        return self.all[guid]

    def _members(self, body: Mapping[str, Any]) -> list[str]:
        members = body.get("members")
        if not isinstance(members, list):
            raise Refused(1470400)
        for one in members:
            if one.get("role") not in ("assignee", "follower") or one.get("type", "user") != "user":
                raise Refused(1470400)
            if one.get("id") not in self._tenant.people:
                raise Refused(1470400)
        return [one["id"] for one in members if one["role"] == "assignee"]

    def _told(self, task: Task) -> Mapping[str, Any]:
        status = "todo" if task.completed_at == "0" else "done"
        url = f"https://applink.feishu.cn/client/todo/detail?guid={task.guid}"
        return {
            "task": {
                "guid": task.guid, "summary": task.summary, "status": status, "url": url,
                "completed_at": task.completed_at,
            }
        }  # fmt: skip


def _words(of: Mapping[str, Any], name: str, *, need: bool = False) -> str:
    words = of.get(name, "")
    if not isinstance(words, str) or len(words) > 3000 or (need and not words):
        raise Refused(1470400)
    return words


def _due(due: object) -> dict[str, Any]:
    """A text of milliseconds; seconds would be a day in 1970."""
    if not isinstance(due, dict) or not isinstance(due.get("is_all_day"), bool):
        raise Refused(1470400)
    at = due.get("timestamp")
    if not isinstance(at, str) or not at.isdecimal() or len(at) != 13:
        raise Refused(1470400)
    return due


def _origin(origin: object) -> str:
    href = origin.get("href") if isinstance(origin, dict) else None
    name = origin.get("platform_i18n_name") if isinstance(origin, dict) else None
    if not isinstance(href, dict) or not isinstance(name, dict) or not name.get("en_us"):
        raise Refused(1470400)
    if urlsplit(str(href.get("url"))).scheme not in ("http", "https"):
        raise Refused(1470400)
    return str(href["url"])
