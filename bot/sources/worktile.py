"""Worktile's present product ("open-api"), read only.

The vendor's pages name the calls; the shapes are pieced together from callers, so that each is read
in every way that was seen. A refusal comes as HTTP 200 with `ok` false.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts, State, is_late
from bot.core.words import Text, same
from bot.engine.outside import NotFound, Unreadable
from bot.engine.trackers import Listing
from bot.outside import fields
from bot.outside.http import Call, Http, Limits
from bot.outside.token import Key
from bot.sources.gathering import Gathered, Notes, Page, Row, counted, pages
from bot.sources.worktile_wire import (
    CHOSEN,
    LIMITS,
    OLD_TASKS,
    PEOPLE,
    PROJECT,
    PROJECTS,
    READS,
    TASKS,
    Wire,
    beside,
    named,
    rows,
    said,
)

PAGE = 100  # rows
TOGETHER = 50  # tasks, or people, that are asked for in one call
MOST = 200  # items and milestones that are kept
OLD_HOST = "api.worktile.com"
_STATES: Mapping[int, State] = {0: "planned", 1: "planned", 2: "active", 3: "done"}
_CANCELLED = 4
LABEL = same("Worktile")
_DATES = Text(en="The project's own dates", zh="项目自己的日期")
_PERSONS = Text(en="Names of people", zh="人员姓名")


@dataclass(frozen=True, slots=True)
class WorktileConfig:
    """Where it is, the app's key, and the `team` in the address that people open, for links."""

    base_url: str
    key: Key
    zone: ZoneInfo
    team: str = ""
    milestones: Collection[str] = ("里程碑", "milestone")
    private: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """One task as it was read, with the ids of what stands above and below it."""

    item: Item
    id: str
    kind: str
    person: str  # a uid
    has_time: bool
    parents: frozenset[str]
    children: frozenset[str]
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class _Tasks:
    """The tasks of a project, and the names of people that came along."""

    tasks: tuple[_Task, ...]
    names: Mapping[str, str]
    truncated: bool


class Worktile:
    """One team of Worktile."""

    name = "worktile"
    label = LABEL

    def __init__(
        self, config: WorktileConfig, now: Callable[[], datetime], *, limits: Limits = LIMITS
    ) -> None:
        if urlsplit(config.base_url).hostname == OLD_HOST:
            raise ValueError(
                f"{OLD_HOST} belongs to Worktile's older product; use https://dev.worktile.com/open-api"
            )
        self._config = config
        self._now = now
        self._wire = Wire(
            Http(config.base_url, READS, private=config.private, limits=limits), config.key, now
        )

    async def close(self) -> None:
        """Hang up."""
        await self._wire.close()

    async def projects(self) -> Listing:
        """The projects that are not archived."""
        found = await self._list(PROJECTS, {}, {})
        listed = tuple(
            Listed(ref, fields.text(row.get("name")) or ref, fields.name(row.get("identifier")))
            for row in found.rows
            if (ref := fields.name(row.get("_id"))) and not fields.flag(row.get("is_archived"))
        )
        return Listing(listed, truncated=found.truncated)

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one project."""
        notes, at = Notes(), self._now()
        listed = await self.projects()
        project = next((p for p in listed.projects if p.ref == ref), None)
        if project is None:
            raise NotFound("no such project among those shown to this key")
        info = await notes.part(_DATES, self._info(ref), fields.NOTHING)
        found = await self._tasks(ref)
        today = at.astimezone(self._config.zone).date()
        late = [
            t
            for t in found.tasks
            if not t.is_cancelled and is_late(t.item.due, t.item.state, today)
        ]
        late.sort(key=lambda t: (t.item.due or date.max, t.item.ref))
        wanted = {w.casefold() for w in self._config.milestones}
        marked = [t for t in found.tasks if t.kind.casefold() in wanted and not t.is_cancelled]
        shown = [*marked[:MOST], *late[:MOST]]
        names = await notes.part(_PERSONS, self._names(found.names, shown, info), found.names)
        milestones = [_milestone(t, found, names) for t in marked[:MOST]]
        return ProjectFacts(
            source=self.name,
            key=project.key or ref,
            name=project.name,
            url=None,
            read_at=at,
            milestones=(self._whole(project, info, found, names), *milestones),
            late_items=tuple(replace(t.item, assignee=names.get(t.person)) for t in late[:MOST]),
            truncated=found.truncated or len(marked) > MOST or len(late) > MOST,
            notes=tuple(notes.said),
        )

    async def _info(self, ref: str) -> Row:
        """The overview of a project; its shape is not documented, so nothing hangs on it."""
        body = await self._wire.read(PROJECT, query={"project_id": ref})
        found = fields.record(body)
        for name in ("data", "value"):
            found = fields.record(found.get(name)) or found
        return found

    def _whole(
        self, project: Listed, info: Row, found: _Tasks, names: Mapping[str, str]
    ) -> Milestone:
        due, has_time = self._day(_property(info, "due"))
        states = [t.item.state for t in found.tasks if not t.is_cancelled]
        done, total = counted(states, truncated=found.truncated)
        return Milestone(
            ref=project.ref,
            name=project.name,
            kind="project",
            due=due,
            has_time=has_time,
            done=done,
            total=total,
            basis="none" if total is None else "items",
            owner=names.get(fields.name(_property(info, "assignee"))),
        )

    async def _tasks(self, ref: str) -> _Tasks:
        """All tasks, by the newer list, else by the older one joined with what it leaves out."""
        names: dict[str, str] = {}
        try:
            found = await self._list(TASKS, {"project": ref}, {}, names)
        except (NotFound, Unreadable):
            found = await self._old_tasks(ref)
        rows = [r for r in found.rows if _belongs(r, ref)]
        return _Tasks(tuple(self._task(r, ref) for r in rows), names, found.truncated)

    async def _old_tasks(self, ref: str) -> Gathered:
        found = await self._list(OLD_TASKS, {}, {"project_id": ref})
        ids = [i for r in found.rows if (i := fields.name(r.get("_id")))]
        more: dict[str, Row] = {}
        for at in range(0, len(ids), TOGETHER):
            asked = {"task_ids": ",".join(ids[at : at + TOGETHER]), "fields": "assignee,due"}
            for row in rows(await self._wire.read(CHOSEN, query=asked)):
                more[fields.name(row.get("_id"))] = row
        joined = (
            {
                **r,
                **{k: v for k, v in more.get(fields.name(r.get("_id")), {}).items() if k not in r},
            }
            for r in found.rows
        )
        return Gathered(tuple(joined), found.truncated)

    def _task(self, row: Row, ref: str) -> _Task:
        id_ = fields.name(row.get("_id"))
        due, has_time = self._day(_property(row, "due"))
        group, said = _group(row)
        item = Item(
            ref=fields.name(row.get("identifier")) or id_,
            title=fields.text(row.get("title")) or id_,
            state=_STATES.get(-1 if group is None else group, "unknown"),
            state_name=said,
            due=due,
            url=self._link(ref, id_),
        )
        return _Task(
            item,
            id_,
            kind=fields.text(fields.record(row.get("task_type")).get("name")),
            person=fields.name(_property(row, "assignee")),
            has_time=has_time,
            parents=_ids(row.get("parent_ids")) | _ids([row.get("parent_id")]),
            children=_ids(row.get("derived_ids")),
            is_cancelled=group == _CANCELLED,
        )

    def _day(self, value: object) -> tuple[date | None, bool]:
        """A day, and whether a time of it was set; of 0, or of anything else, none."""
        found = fields.record(value)
        day = fields.day_at(found.get("date") if found else value, self._config.zone)
        return day, day is not None and fields.flag(found.get("with_time"))

    def _link(self, project: str, task: str) -> str | None:
        team = self._config.team
        if not team or not (project + task).isalnum():
            return None
        return f"https://{team}.worktile.com/mission/projects/{project}/tasks/{task}"

    async def _names(
        self, known: Mapping[str, str], shown: Sequence[_Task], info: Row
    ) -> Mapping[str, str]:
        """The names of those who are shown; whoever is nobody's keeps none."""
        wanted = {t.person for t in shown} | {fields.name(_property(info, "assignee"))}
        missing = sorted(w for w in wanted - {""} if w not in known)[:TOGETHER]
        if not missing:
            return known
        found = rows(await self._wire.read(PEOPLE, query={"uids": ",".join(missing)}))
        return {**known, **named(found)}

    async def _list(
        self,
        call: Call,
        ids: Mapping[str, str],
        query: Mapping[str, str],
        names: dict[str, str] | None = None,
    ) -> Gathered:
        async def one(number: int) -> Page:
            asked: dict[str, str | int] = {**query, "page_index": number, "page_size": PAGE}
            body = await self._wire.read(call, ids, query=asked)
            found = rows(body)
            if names is not None:
                names.update(named(fields.rows(beside(body, "references").get("users"))))
            told = said(body, "has_more")
            return Page(found, told if isinstance(told, bool) else len(found) >= PAGE)

        return await pages(one)


def _property(row: Row, name: str) -> object:
    """A property, bare or wrapped, in the row or among its properties."""
    found = row.get(name)
    if found is None:
        found = fields.record(row.get("properties")).get(name)
    wrapped = fields.record(found)
    return wrapped.get("value", found)


def _belongs(row: Row, ref: str) -> bool:
    """Whether a task is there, and of no other project."""
    project = fields.name(row.get("project_id"))
    return (
        bool(fields.name(row.get("_id")))
        and project in ("", ref)
        and not fields.flag(row.get("is_archived"))
        and not fields.flag(row.get("is_deleted"))
    )


def _group(row: Row) -> tuple[int | None, str]:
    """The group of a task's state, never judged by its name, and that name."""
    state = fields.record(row.get("task_state"))
    group = fields.whole(state.get("type"))
    return (group if group is not None else fields.whole(row.get("state_type"))), fields.text(
        state.get("name")
    )


def _ids(value: object) -> frozenset[str]:
    found = value if isinstance(value, list) else []
    return frozenset(i for one in found if (i := fields.name(one)))


def _milestone(task: _Task, found: _Tasks, names: Mapping[str, str]) -> Milestone:
    """A milestone, counted by the tasks that stand below it; without any, it is not counted."""
    below = [
        t.item.state
        for t in found.tasks
        if not t.is_cancelled
        and t.id != task.id
        and (task.id in t.parents or t.id in task.children)
    ]
    done, total = counted(below, truncated=found.truncated)
    return Milestone(
        ref=task.item.ref,
        name=task.item.title,
        kind="milestone",
        due=task.item.due,
        has_time=task.has_time,
        done=done,
        total=total,
        basis="none" if total is None else "items",
        state=task.item.state,
        state_name=task.item.state_name,
        owner=names.get(task.person),
        url=task.item.url,
    )
