"""PingCode, read only. Its three dialects of paths are told apart once, by asking.

Sources: open.pingcode.com (overview, limits, sign-in) and callers of three vintages; what no document
confirms is read tolerantly. An unknown filter is ignored by the server, so each row is checked here.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts, State, is_late
from bot.core.words import Text, same
from bot.engine.outside import NotFound, Unreadable
from bot.engine.trackers import Listing
from bot.outside import fields
from bot.outside.http import Call, Http, Limits
from bot.outside.token import Key
from bot.sources.gathering import Gathered, Notes, Page, Row, counted, pages
from bot.sources.pingcode_wire import DIALECTS, LIMITS, PAGE, TEAM, Dialect, Wire, page, reads

MOST = 200  # items and milestones that are kept
KEPT = timedelta(minutes=10)  # that the list of projects is good for
_STATES: Mapping[str, State] = {
    "pending": "planned",
    "in_progress": "active",
    "completed": "done",
    "closed": "done",
    "published": "done",
}
LABEL = same("PingCode")
_RELEASES = Text(en="Releases", zh="发布")
_SPRINTS = Text(en="Sprints", zh="迭代")
_MILESTONES = Text(en="Milestones", zh="里程碑")
_LATE = Text(en="Late items", zh="逾期工作项")
_COUNT = Text(en="How much is done", zh="完成数")


@dataclass(frozen=True, slots=True)
class PingCodeConfig:
    """Where it is, and the app's key; `milestones` are the names of its types for those."""

    base_url: str
    key: Key
    zone: ZoneInfo
    milestones: Collection[str] = ("里程碑", "milestone")
    private: Collection[str] = ()


class PingCode:
    """One team of PingCode."""

    name = "pingcode"
    label = LABEL

    def __init__(
        self, config: PingCodeConfig, now: Callable[[], datetime], *, limits: Limits = LIMITS
    ) -> None:
        self._config = config
        self._now = now
        self._wire = Wire(
            Http(config.base_url, reads(), private=config.private, limits=limits), config.key, now
        )
        self._listed: tuple[datetime, Gathered] | None = None
        self._known: Dialect | None = None
        self._asking = asyncio.Lock()

    async def close(self) -> None:
        """Hang up."""
        await self._wire.close()

    async def projects(self) -> Listing:
        """The projects that are neither archived nor deleted."""
        found = await self._projects()
        listed = tuple(
            Listed(ref, fields.text(row.get("name")) or ref, fields.name(row.get("identifier")))
            for row in found.rows
            if (ref := fields.name(row.get("id"))) and _is_there(row)
        )
        return Listing(listed, truncated=found.truncated)

    async def team(self) -> str:
        """The name of the team whose key this is."""
        return fields.text(fields.record(await self._wire.read(TEAM)).get("name"))

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one project."""
        project = await self._project(ref)
        kind, at, notes = fields.text(project.get("type")), self._now(), Notes()
        found = [await self._whole(project, ref, notes)]
        found += await notes.part(_RELEASES, self._releases(ref), [])
        if kind in ("scrum", "hybrid", ""):
            found += await notes.part(_SPRINTS, self._sprints(ref), [])
        if kind in ("waterfall", "hybrid", ""):
            found += await notes.part(_MILESTONES, self._milestones(ref), [])
        late, cut = await notes.part(_LATE, self._late(ref, at), ([], False))
        return ProjectFacts(
            source=self.name,
            key=fields.name(project.get("identifier")) or ref,
            name=fields.text(project.get("name")) or ref,
            url=None,
            read_at=at,
            milestones=tuple(found[:MOST]),
            late_items=tuple(late[:MOST]),
            truncated=cut or len(found) > MOST or len(late) > MOST,
            notes=tuple(notes.said),
        )

    async def _project(self, ref: str) -> Row:
        """The project's own row. Raises NotFound for one that is not, or is put away."""
        for row in (await self._projects()).rows:
            if fields.name(row.get("id")) == ref and _is_there(row):
                return row
        raise NotFound("no such project among those shown to this key")

    async def _projects(self) -> Gathered:
        now = self._now()
        if self._listed is None or now - self._listed[0] > KEPT:
            self._listed = now, await self._list((await self._dialect()).projects, {}, {})
        return self._listed[1]

    async def _whole(self, project: Row, ref: str, notes: Notes) -> Milestone:
        done, total = await notes.part(_COUNT, self._counted(ref), (None, None))
        state = fields.record(project.get("state"))
        said = fields.text(state.get("name")) or fields.text(state.get("type"))
        return Milestone(
            ref=ref,
            name=fields.text(project.get("name")) or ref,
            kind="project",
            due=fields.day_at(project.get("end_at"), self._config.zone),
            done=done,
            total=total,
            basis="none" if total is None else "items",
            state=_STATES.get(fields.text(state.get("type")), "unknown"),
            state_name=said,
            owner=_person(project.get("assignee")),
        )

    async def _counted(self, ref: str) -> tuple[int | None, int | None]:
        """Done and total of the whole project, by its own count, else by its rows."""
        dialect = await self._dialect()
        try:
            answer = fields.record(await self._wire.read(dialect.progress, {"project": ref}))
        except NotFound:
            return await self._counted_rows(ref)
        counts = fields.record(answer.get("work_item"))
        return fields.counts(counts.get("completed_count"), counts.get("total"))

    async def _counted_rows(self, ref: str) -> tuple[int | None, int | None]:
        found = await self._items(ref)
        return counted([_state(r) for r in found.rows], truncated=found.truncated)

    async def _releases(self, ref: str) -> list[Milestone]:
        found = await self._list((await self._dialect()).releases, {"project": ref}, {})
        return [self._release(row) for row in found.rows if _is_there(row)]

    def _release(self, row: Row) -> Milestone:
        """Its `progress` is a number on a scale that nobody states, so that it is left out."""
        stage = fields.record(row.get("stage"))
        return Milestone(
            ref=fields.name(row.get("id")),
            name=fields.text(row.get("name")),
            kind="release",
            due=fields.day_at(row.get("end_at"), self._config.zone),
            state=_STATES.get(fields.text(stage.get("type")), "unknown"),
            state_name=fields.text(stage.get("name")),
            owner=_person(row.get("assignee")),
        )

    async def _sprints(self, ref: str) -> list[Milestone]:
        found = await self._list((await self._dialect()).sprints, {"project": ref}, {})
        return [self._sprint(row) for row in found.rows if _is_there(row)]

    def _sprint(self, row: Row) -> Milestone:
        status = fields.text(row.get("status"))
        done, total = fields.counts(
            row.get("completed_story_points"), row.get("total_story_points")
        )
        return Milestone(
            ref=fields.name(row.get("id")),
            name=fields.text(row.get("name")),
            kind="sprint",
            due=fields.day_at(row.get("end_at"), self._config.zone),
            done=done if total else None,  # a sprint without points has none done
            total=total or None,
            basis="points" if total else "none",
            state=_STATES.get(status, "unknown"),
            state_name=status,
            owner=_person(row.get("assignee")),
        )

    async def _milestones(self, ref: str) -> list[Milestone]:
        """The work items of the types that are milestones by name, in this team's own words."""
        dialect = await self._dialect()
        kinds = await self._list(dialect.types, {}, {"project_id": ref})
        wanted = {w.casefold() for w in self._config.milestones}
        ids = [
            id_
            for row in kinds.rows
            if (id_ := fields.name(row.get("id")))
            and {id_.casefold(), fields.text(row.get("name")).casefold()} & wanted
        ]
        found: list[Milestone] = []
        for id_ in ids:
            rows = await self._items(ref, {"type_id": id_})
            found += [self._milestone(row) for row in rows.rows if _type(row) == id_]
        return found

    def _milestone(self, row: Row) -> Milestone:
        item = self._item(row)
        return Milestone(
            ref=item.ref,
            name=item.title,
            kind="milestone",
            due=item.due,
            state=item.state,
            state_name=item.state_name,
            owner=item.assignee,
            url=item.url,
        )

    async def _late(self, ref: str, at: datetime) -> tuple[list[Item], bool]:
        """What is past its day and not done, the oldest first; by search where there is one."""
        dialect, today = await self._dialect(), at.astimezone(self._config.zone).date()
        found = None
        if dialect.search is not None:
            try:
                found = await self._searched(dialect.search, ref, at)
            except (NotFound, Unreadable):
                found = None  # its dialect of the search is another one
        found = found or await self._items(ref)
        items = [self._item(row) for row in found.rows if _belongs(row, ref)]
        late = [i for i in items if is_late(i.due, i.state, today)]
        return sorted(late, key=lambda i: (i.due is None, i.due, i.ref)), found.truncated

    async def _searched(self, call: Call, ref: str, at: datetime) -> Gathered:
        before = int(at.timestamp())
        filter_ = {"project.id": {"in": [ref]}, "end_at": {"lt": before}}

        async def one(number: int) -> Page:
            payload = {"filter": filter_, "page_index": number, "page_size": PAGE}
            body = {"mode": "query", "payload": payload}
            return page(await self._wire.read(call, body=body), number)

        return await pages(one)

    async def _items(self, ref: str, more: Mapping[str, str] | None = None) -> Gathered:
        """The work items of a project, whatever else the server thought it was asked for."""
        dialect = await self._dialect()
        found = await self._list(dialect.items, {}, {dialect.by_project: ref, **(more or {})})
        return Gathered(tuple(r for r in found.rows if _belongs(r, ref)), found.truncated)

    def _item(self, row: Row) -> Item:
        state = fields.record(row.get("state"))
        return Item(
            ref=fields.name(row.get("identifier")) or fields.name(row.get("id")),
            title=fields.text(row.get("title")) or fields.name(row.get("identifier")),
            state=_state(row),
            state_name=fields.text(state.get("name")),
            due=fields.day_at(row.get("end_at"), self._config.zone),
            assignee=_person(row.get("assignee")),
            url=fields.link(row.get("html_url")),
        )

    async def _list(self, call: Call, ids: Mapping[str, str], query: Mapping[str, str]) -> Gathered:
        async def one(number: int) -> Page:
            asked: dict[str, str | int] = {**query, "page_index": number, "page_size": PAGE}
            return page(await self._wire.read(call, ids, query=asked), number)

        return await pages(one)

    async def _dialect(self) -> Dialect:
        """The vintage that is spoken here; asked once."""
        async with self._asking:
            for one in (self._known,) if self._known else DIALECTS:
                if self._known is None:
                    try:
                        await self._wire.read(one.items, query={"page_index": 0, "page_size": 1})
                    except NotFound:
                        continue
                self._known = one
                return one
            raise Unreadable("none of the known paths is there")


def _is_there(row: Row) -> bool:
    return not fields.flag(row.get("is_archived")) and not fields.flag(row.get("is_deleted"))


def _belongs(row: Row, ref: str) -> bool:
    """Whether an item is of this project, and neither archived nor deleted."""
    project = fields.record(row.get("project")).get("id")
    return _is_there(row) and fields.name(project) == ref


def _type(row: Row) -> str:
    """An item's type, a bare word, or an object with its id."""
    found = row.get("type")
    return fields.name(fields.record(found).get("id")) or fields.name(found)


def _state(row: Row) -> State:
    return _STATES.get(fields.text(fields.record(row.get("state")).get("type")), "unknown")


def _person(value: object) -> str | None:
    found = fields.record(value)
    return fields.text(found.get("display_name")) or fields.text(found.get("name")) or None
