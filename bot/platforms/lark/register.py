"""The register of cases: one row a case in a table that the PMO owns, written and never read back.

Source: bitable-v1/app-table-field/{list,create} and app-table-record/{search,create,update} on
open.feishu.cn. A table takes one write at a time (1254291). A token that was used before is refused
for a while (1254608) and says nothing of the row, so a row is looked for before it is made.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.core.mirroring.mirrored import Copy
from bot.core.mirroring.wishes import Cell, Line
from bot.core.mirroring.wording import COLUMNS
from bot.core.words import Language, Text
from bot.engine.errors import Refused
from bot.engine.mirrors import Order
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import ApiError
from bot.platforms.lark.desks import Desk

A_SECOND = 8  # calls; a table takes ten new columns, twenty looks and fifty rows a second
KNOWN = 600.0  # seconds that the columns of a table are remembered
WORDS, NUMBER, DAY = 1, 2, 5  # types of fields
TYPES: Mapping[str, int] = {
    **dict.fromkeys(COLUMNS, WORDS),
    **dict.fromkeys(("days_silent", "updates"), NUMBER),
    **dict.fromkeys(("first_sign", "told", "first_date", "new_date", "delivered"), DAY),
}
_NO_BASE, _NO_TABLE = frozenset({1254003, 1254040}), frozenset({1254004, 1254041})
_NO_ROW = frozenset({1254006, 1254043})
_DUPLICATE = 1254014  # a field of this name is there already
_CHANGED = frozenset({1254015, 1254045, 1254060, 1254061, 1254063, 1254064})  # the table's fields
NOT_LET_IN = Text(
    en="the app may not write to the register; add it there under More, Add document apps, with the "
    "right to edit.",
    zh="应用没有登记表的编辑权限；请在多维表格的“…更多 → 添加文档应用”里加上它，并给编辑权限。",
)
GONE = Text(
    en="the table of the register is not there any more; the operator can name another one.",
    zh="登记表已经不在了；请管理员换一张表。",
)
MISSING = Text(
    en="the register lacks columns and the app may not add them: {names}.",
    zh="登记表缺少这些列，应用也无权添加：{names}。",
)
TYPED = Text(
    en="columns of the register have another type than they should: {names}.",
    zh="登记表里这些列的类型不对：{names}。",
)
KINDS: Mapping[int, Text] = {
    WORDS: Text(en="text", zh="文本"),
    NUMBER: Text(en="number", zh="数字"),
    DAY: Text(en="date", zh="日期"),
}


class Register:
    """The app's way to it. New columns are named in `language`; either name is known again."""

    def __init__(self, api: Api, language: Language, *, time: Callable[[], float]) -> None:
        self._desk = Desk(api, A_SECOND, time, NOT_LET_IN)
        self._language: Language = language
        self._time = time
        self._locks: dict[str, asyncio.Lock] = {}
        self._columns: dict[str, tuple[float, Mapping[str, str]]] = {}  # when, and their names

    async def write(self, order: Order, wish: Line) -> Copy:
        """The row of this case as it is wished for. Raises Refused, Later, ApiError."""
        lock = self._locks.setdefault(order.register, asyncio.Lock())
        async with lock:
            try:
                return await self._written(order, wish)
            except ApiError as error:
                if error.code in _NO_BASE | _NO_TABLE:
                    raise Refused(GONE) from error
                if error.code in _CHANGED:
                    self._columns.pop(order.register, None)  # looked at anew when tried again
                raise

    async def trouble(self, register: str) -> Text | None:
        """What keeps rows out of a table, for an operator; None when nothing does. Changes nothing.

        Raises Later and ApiError.
        """
        try:
            await self._names(register)
        except Refused as error:
            return error.text
        except ApiError as error:
            if error.code in _NO_BASE | _NO_TABLE:
                return GONE
            raise
        return None

    async def _written(self, order: Order, wish: Line) -> Copy:
        table, step = _path(order.register), order.step
        names = await self._named(order.register)
        row = {"fields": {names[name]: self._cell(cell) for name, cell in wish.cells.items()}}
        ref = step.copy.ref if step.copy is not None else ""
        ref = ref or await self._found(table, names["case"], wish)
        if not ref:
            query = {"client_token": order.token}
            made = await self._desk.ask(
                "POST", f"{table}/records", row, query=query, but=_LOOKED_AT
            )
            ref = str(made.get("record", {}).get("record_id", ""))
            return Copy(ref, step.digest, step.made)
        copy = step.copy or Copy(ref, "", step.made)
        try:
            await self._desk.ask("PUT", f"{table}/records/{ref}", row, but=_LOOKED_AT)
        except ApiError as error:
            if error.code not in _NO_ROW:
                raise
            return replace(copy, digest=step.digest, left=True)
        return replace(copy, ref=ref, digest=step.digest)

    async def _found(self, table: str, column: str, wish: Line) -> str:
        """The row that has this case's number already; empty where none has."""
        case = wish.cells["case"]
        number = case.en if isinstance(case, Text) else str(case)
        condition = {"field_name": column, "operator": "is", "value": [number]}
        body = {
            "field_names": [column],
            "filter": {"conjunction": "and", "conditions": [condition]},
        }
        query = {"page_size": "1"}
        path = f"{table}/records/search"
        found = await self._desk.ask("POST", path, body, query=query, but=_LOOKED_AT)
        items = found.get("items") or [{}]
        return str(items[0].get("record_id", ""))

    async def _named(self, register: str) -> Mapping[str, str]:
        """What each column is called in this table; those that are missing are made."""
        at, known = self._columns.get(register, (0.0, {}))
        if known and self._time() - at < KNOWN:
            return known
        names, missing = await self._names(register)
        await self._made(f"{_path(register)}/fields", missing)
        self._columns[register] = (self._time(), names)
        return names

    async def _names(self, register: str) -> tuple[Mapping[str, str], Mapping[str, int]]:
        """What each column is called there, and the types of those that are missing, by name.

        Raises Refused where one has another type.
        """
        path = f"{_path(register)}/fields"
        found = await self._desk.ask("GET", path, query={"page_size": "100"}, but=_LOOKED_AT)
        types = {str(f.get("field_name")): f.get("type") for f in found.get("items") or ()}
        names = {name: self._name(label, types) for name, label in COLUMNS.items()}
        wrong = [n for name, n in names.items() if types.get(n, TYPES[name]) != TYPES[name]]
        if wrong:
            kinds = {n: KINDS[TYPES[name]] for name, n in names.items()}
            raise Refused(TYPED.fill(names=_listed(wrong, kinds)))
        return names, {n: TYPES[name] for name, n in names.items() if n not in types}

    async def _made(self, path: str, wanted: Mapping[str, int]) -> None:
        """Make these columns; which are missing is said where that is refused."""
        left = dict(wanted)
        for name, kind in wanted.items():
            try:
                await self._desk.ask(
                    "POST", path, {"field_name": name, "type": kind}, but=(_DUPLICATE, *_LOOKED_AT)
                )
            except Refused as error:
                kinds = {n: KINDS[k] for n, k in left.items()}
                raise Refused(MISSING.fill(names=_listed([*left], kinds))) from error
            except ApiError as error:
                if error.code != _DUPLICATE:
                    raise
            del left[name]

    def _name(self, label: Text, there: Mapping[str, Any]) -> str:
        """The name that the table has for it, in either language; else the one to make."""
        both = (label.to(self._language), label.en, label.zh)
        return next((name for name in both if name in there), both[0])

    def _cell(self, cell: Cell) -> str | int | None:
        match cell:
            case Text():
                return cell.to(self._language)
            case date():
                noon = datetime.combine(cell, time(12), tzinfo=UTC)  # the same day in most zones
                return int(noon.timestamp() * 1000)
            case _:
                return cell


_LOOKED_AT = (*_NO_BASE, *_NO_TABLE, *_NO_ROW, *_CHANGED)


def _path(register: str) -> str:
    app, _, table = register.partition("/")
    return f"/open-apis/bitable/v1/apps/{app}/tables/{table}"


def _listed(names: list[str], kinds: Mapping[str, Text]) -> Text:
    return Text(
        en=", ".join(f"{n} ({kinds[n].en})" for n in names),
        zh="、".join(f"{n}（{kinds[n].zh}）" for n in names),
    )
