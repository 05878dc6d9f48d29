"""Feishu Project (Meegle), read only, behind a mapping: which types are items, which milestones, what is due.

Its spaces name types and fields by keys of their own, so that the operator says which is which. Limits
and codes of errors are not published; those that callers met are told apart, any other is unreadable.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts, State, is_late
from bot.core.words import Text
from bot.engine.outside import Busy, NotAllowed, NotFound, SignInRefused, Unreadable
from bot.engine.trackers import Listing
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Http, Limits
from bot.outside.token import Fetched, Key, Token
from bot.sources.gathering import Gathered, Page, Row, counted, pages

PAGE = 200  # rows, the most that are given
MOST = 200  # items and milestones that are kept
LIMITS = Limits(a_minute=120)
LABEL = Text(en="Feishu Project", zh="飞书项目")
_TOKEN = Call("POST", "/open_api/authen/plugin_token")
_TYPES = Call("GET", "/open_api/{project}/work_item/all-types")
_FILTER = Call("POST", "/open_api/{project}/work_item/filter")
READS = (_TOKEN, _TYPES, _FILTER)
_TWO_HOURS = timedelta(hours=2)
_DEAD = ("10021", "10022", "10211")  # of a token
_FORBIDDEN = ("10001", "10404", "1000051942")
_ABSENT = ("30005", "30006", "1000052062")
_TOO_MANY = ("10429", "20083")


@dataclass(frozen=True, slots=True)
class FeishuConfig:
    """Where it is, the plugin's key, on whose behalf it reads, and the mapping.

    `spaces` are keys of spaces and what they are called; `due` is the key of the field that holds
    the day of an item, a milestone's as well.
    """

    base_url: str
    key: Key
    user: str
    zone: ZoneInfo
    spaces: Mapping[str, str]
    items: Collection[str] = ("story",)
    milestones: Collection[str] = ()
    due: str = ""
    private: Collection[str] = ()


class Feishu:
    """The spaces that were named."""

    name = "feishu"
    label = LABEL

    def __init__(
        self, config: FeishuConfig, now: Callable[[], datetime], *, limits: Limits = LIMITS
    ) -> None:
        self._config = config
        self._now = now
        self._http = Http(config.base_url, READS, private=config.private, limits=limits)
        self._token = Token(self._fetch, now)

    async def close(self) -> None:
        """Hang up."""
        await self._http.close()

    async def projects(self) -> Listing:
        """The spaces that the plugin is installed in."""
        found: list[Listed] = []
        for key, name in self._config.spaces.items():
            try:
                await self._read(_TYPES, key)
            except (NotFound, NotAllowed):
                continue
            found.append(Listed(key, name, key))
        return Listing(tuple(found))

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one space."""
        if ref not in self._config.spaces:
            raise NotFound("not among the spaces that were named")
        at, name = self._now(), self._config.spaces[ref]
        today = at.astimezone(self._config.zone).date()
        found = await self._list(ref, self._config.items)
        marked = await self._list(ref, self._config.milestones) if self._config.milestones else None
        done, total = counted([_state(r) for r in found.rows], truncated=found.truncated)
        whole = Milestone(
            ref, name, "project", done=done, total=total,
            basis="none" if total is None else "items",
        )  # fmt: skip
        stones = [self._milestone(r) for r in (marked.rows if marked else ())]
        late = [i for i in map(self._item, found.rows) if is_late(i.due, i.state, today)]
        late.sort(key=lambda i: (i.due or date.max, i.ref))
        cut = found.truncated or (marked is not None and marked.truncated)
        return ProjectFacts(
            source=self.name,
            key=ref,
            name=name,
            url=None,
            read_at=at,
            milestones=(whole, *stones[:MOST]),
            late_items=tuple(late[:MOST]),
            truncated=cut or len(stones) > MOST or len(late) > MOST,
        )

    async def _list(self, ref: str, types: Collection[str]) -> Gathered:
        """The items of these types that are of this space and not deleted; pages count from 1."""

        async def one(number: int) -> Page:
            body = {"work_item_type_keys": [*types], "page_num": number, "page_size": PAGE}
            answer = await self._read(_FILTER, ref, body)
            rows = _rows(answer)
            total = fields.whole(fields.record(answer.get("pagination")).get("total"))
            return Page(rows, len(rows) >= PAGE if total is None else number * PAGE < total)

        found = await pages(one, first=1)
        kept = (r for r in found.rows if _belongs(r, ref, types))
        return Gathered(tuple(kept), found.truncated)

    def _item(self, row: Row) -> Item:
        ref = fields.name(row.get("id"))
        return Item(
            ref=ref,
            title=fields.text(row.get("name")) or ref,
            state=_state(row),
            state_name=fields.text(fields.record(row.get("work_item_status")).get("state_key")),
            due=self._due(row),
        )

    def _milestone(self, row: Row) -> Milestone:
        item = self._item(row)
        return Milestone(
            ref=item.ref,
            name=item.title,
            kind="milestone",
            due=item.due,
            state=item.state,
            state_name=item.state_name,
        )

    def _due(self, row: Row) -> date | None:
        """The day in the field that was named: an instant, or a stretch of which the end counts."""
        for one in fields.rows(row.get("fields")):
            if self._config.due and one.get("field_key") == self._config.due:
                value = one.get("field_value")
                stretch = fields.record(value)
                end = stretch.get("estimate_end_date") or stretch.get("end_time")
                return fields.day_at(end if stretch else value, self._config.zone)
        return None

    async def _read(self, call: Call, project: str, body: object = None) -> Row:
        """The body of an answer. A token that is over is fetched anew, and the read done again, once."""
        token = await self._token.get()
        for last in (False, True):
            headers = {"X-PLUGIN-TOKEN": token, "X-USER-KEY": self._config.user}
            answer = await self._http.ask(call, {"project": project}, body=body, headers=headers)
            is_over = answer.status == 401 or _code(answer) in _DEAD
            if is_over and not last:
                token = await self._token.get(but=token)
                continue
            if is_over:
                break
            return _good(answer)
        raise SignInRefused("a fresh token is refused, too")

    async def _fetch(self) -> Fetched:
        key = self._config.key
        body = {"plugin_id": key.client_id, "plugin_secret": key.client_secret, "type": 0}
        answer = await self._http.ask(_TOKEN, body=body)
        if _code(answer) not in ("", "0") or answer.status in (400, 401, 403):
            raise SignInRefused(f"HTTP {answer.status}, code {_code(answer)}")
        found = _good(answer)
        data = fields.record(found.get("data")) or found
        token = data.get("token") or data.get("plugin_token")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise Unreadable("no token in the answer")
        life = fields.whole(data.get("expire_time"))
        return Fetched(token, timedelta(seconds=life) if life else _TWO_HOURS)


def _code(answer: Answer) -> str:
    """The code in either envelope: {err_code} or {error: {code}}; 0 says that all is well."""
    found = fields.record(answer.body)
    given = found.get("err_code")
    if given is None:
        given = fields.record(found.get("error")).get("code")
    return fields.name(given)


def _good(answer: Answer) -> Row:
    """The body; raises what the code says, whatever the status."""
    code, detail = _code(answer), f"HTTP {answer.status}, code {_code(answer)}"
    if code in _TOO_MANY:
        raise Busy(http.pause_of(answer), detail)
    if code in _FORBIDDEN:
        raise NotAllowed(detail)
    if code in _ABSENT:
        raise NotFound(detail)
    http.refuse(answer)
    if not isinstance(answer.body, dict) or code not in ("", "0"):
        raise Unreadable(detail)
    return answer.body


def _rows(answer: Row) -> tuple[Row, ...]:
    """The rows, under `data` or, as one caller met them, under another `data` in it."""
    data = answer.get("data")
    inner = fields.record(data).get("data") if isinstance(data, dict) else data
    if not isinstance(inner, list):
        raise Unreadable("no list in the answer")
    return tuple(fields.rows(inner))


def _belongs(row: Row, ref: str, types: Collection[str]) -> bool:
    """Whether an item is of this space and type, and not deleted; the space may go by its other name."""
    spaces = (fields.name(row.get("project_key")), fields.name(row.get("simple_name")))
    kind = fields.name(row.get("work_item_type_key"))
    is_deleted = fields.instant(row.get("deleted_at")) is not None
    return ref in spaces and kind in types and not is_deleted


def _state(row: Row) -> State:
    """By the flow: its end, its beginning, or between; never by the state's key."""
    status = fields.record(row.get("work_item_status"))
    ended, begins = status.get("is_archived_state"), status.get("is_init_state")
    if not isinstance(ended, bool) or not isinstance(begins, bool):
        return "unknown"
    return "done" if ended else "planned" if begins else "active"
