"""Tables of a Base (bitable/v1): their fields, and rows that are looked for, made and changed.

Source: bitable-v1/app-table-field and app-table-record on open.feishu.cn. A token that was used before
is refused with 1254608 and makes nothing, which is the stricter of what the pages say; two writes at once are 1254291. The app
must have been let into a Base by a person.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.tenant import Tenant

BASE = "/open-apis/bitable/v1/apps/:app_token/tables/:table_id"
FIELDS, ADD = f"GET {BASE}/fields", f"POST {BASE}/fields"
SEARCH, NEW = f"POST {BASE}/records/search", f"POST {BASE}/records"
CHANGE = f"PUT {BASE}/records/:record_id"
ALL = "bitable:app"
TEXT, NUMBER, DATE = 1, 2, 5
_WRONG = {TEXT: 1254060, NUMBER: 1254061, DATE: 1254064}


@dataclass(slots=True)
class Table:
    """One table; `lets_in` is whether the app may do anything in its Base."""

    fields: dict[str, int] = field(default_factory=dict)  # name to type
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    lets_in: bool = True
    gone: bool = False
    at_work: bool = False


class Tables:
    """All tables by "app_token/table_id"."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self.all: dict[str, Table] = {}
        self._tokens: set[str] = set()

    def table(self, address: str, **fields: int) -> Table:
        """A new table with these fields."""
        self.all[address] = Table(fields)
        return self.all[address]

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Those that Candor uses."""
        return (
            Endpoint(FIELDS, self.list, ("base:field:read", ALL), per_second=20),
            Endpoint(ADD, self.add, ("base:field:create", ALL), per_second=10),
            Endpoint(SEARCH, self.search, ("base:record:retrieve", ALL), per_second=20),
            Endpoint(NEW, self.new, ("base:record:create", ALL)),
            Endpoint(CHANGE, self.change, ("base:record:update", ALL)),
        )

    async def list(self, asked: Asked) -> Mapping[str, Any]:
        """Its fields, at most a hundred."""
        table = self._table(asked)
        items = [
            {"field_id": f"fld{n}", "field_name": name, "type": kind}
            for n, (name, kind) in enumerate(table.fields.items())
        ]
        return {"items": items, "has_more": False, "total": len(items)}

    async def add(self, asked: Asked) -> Mapping[str, Any]:
        """One field more; each name once."""
        async with self._writing(asked) as table:
            name, kind = asked.need("field_name"), asked.body.get("type")
            if kind not in _WRONG:
                raise Refused(99992402)
            if name in table.fields:
                raise Refused(1254014)
            table.fields[name] = kind
        return {"field": {"field_id": f"fld{len(table.fields)}", "field_name": name, "type": kind}}

    async def search(self, asked: Asked) -> Mapping[str, Any]:
        """The rows that have exactly this in a field."""
        table, wanted = self._table(asked), asked.body.get("filter", {})
        conditions = wanted.get("conditions", [])
        if wanted.get("conjunction") not in ("and", "or") or len(conditions) != 1:
            raise Refused(1254018)
        name, value = conditions[0].get("field_name"), conditions[0].get("value")
        if conditions[0].get("operator") != "is" or not isinstance(value, list):
            raise Refused(1254018)
        if name not in table.fields:
            raise Refused(1254045)
        found = [r for r, row in table.rows.items() if [row.get(name)] == value]
        items = [{"record_id": r, "fields": table.rows[r]} for r in found]
        return {"items": items, "has_more": False, "total": len(items)}

    async def new(self, asked: Asked) -> Mapping[str, Any]:
        """A row; a token makes one at most."""
        async with self._writing(asked) as table:
            token = asked.query.get("client_token", "")
            if not _is_uuid(token):
                raise Refused(99992402)
            row = _row(table, asked.body.get("fields"))
            if token in self._tokens:
                raise Refused(1254608)
            self._tokens.add(token)
            id_ = f"rec{self._tenant.number():08x}"
            table.rows[id_] = row
        return {"record": {"record_id": id_, "fields": row}}

    async def change(self, asked: Asked) -> Mapping[str, Any]:
        """The named fields of a row; an empty value takes one out."""
        async with self._writing(asked) as table:
            id_ = asked.path["record_id"]
            if id_ not in table.rows:
                raise Refused(1254043)
            table.rows[id_] = {**table.rows[id_], **_row(table, asked.body.get("fields"))}
        return {"record": {"record_id": id_, "fields": table.rows[id_]}}

    def _table(self, asked: Asked) -> Table:
        app, id_ = asked.path["app_token"], asked.path["table_id"]
        table = self.all.get(f"{app}/{id_}")
        if table is None:
            base = any(name.startswith(f"{app}/") for name in self.all)
            raise Refused(1254041 if base else 1254040)
        if not table.lets_in:
            raise Refused(91403)
        if table.gone:
            raise Refused(1254041)
        return table

    @asynccontextmanager
    async def _writing(self, asked: Asked) -> AsyncIterator[Table]:
        table = self._table(asked)
        if table.at_work:
            raise Refused(1254291)
        table.at_work = True
        try:
            await asyncio.sleep(0.002)  # so that two writes at once meet
            yield table
        finally:
            table.at_work = False


def _row(table: Table, fields: object) -> dict[str, Any]:
    if not isinstance(fields, dict):
        raise Refused(99992402)
    for name, value in fields.items():
        if name not in table.fields:
            raise Refused(1254045)
        kind = table.fields[name]
        if value is not None and not _fits(kind, value):
            raise Refused(_WRONG[kind])
    return fields


def _fits(kind: int, value: object) -> bool:
    if kind == TEXT:
        return isinstance(value, str)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind == DATE:
        return is_number and len(str(value)) >= 12  # milliseconds; seconds would be a day in 1970
    return is_number


def _is_uuid(token: str) -> bool:
    try:
        return str(UUID(token)) == token and UUID(token).version == 4
    except ValueError:
        return False
