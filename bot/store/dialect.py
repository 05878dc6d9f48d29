"""What SQLite and PostgreSQL do each in their own way, as the store asks for it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Column, Executable, Table

from bot.store.tables import cases, inbox, lessons, people, pings, playbooks

T = TypeVar("T")
Row = Any  # a value with a statement's columns by their names
Insert = Callable[[Table], Any]  # the dialect's own insert, which knows ON CONFLICT


@dataclass(frozen=True, slots=True)
class Dialect:
    """The statements that no two databases write alike."""

    take_in: Executable
    save_person: Executable
    new_case: Executable
    set_ping: Executable
    save_lesson: Executable
    keep_playbook: Executable
    lessons: Executable
    terms_of: Callable[[str], Mapping[str, object]]  # words to what `lessons` is bound with
    claim: Executable
    claim_line: Executable
    claim_conversation: Executable


@dataclass(frozen=True, slots=True)
class Search:
    """How lessons are searched for words."""

    lessons: Executable
    terms_of: Callable[[str], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Claims:
    """How rows that are due are found: of all, of a case, of one conversation of a case."""

    claim: Executable
    claim_line: Executable
    claim_conversation: Executable


def dialect(insert: Insert, search: Search, claims: Claims) -> Dialect:
    """The statements with this insert, this search and these claims."""
    return Dialect(
        take_in=_if_absent(insert, inbox),
        save_person=_upsert(insert, people, ["body"]),
        new_case=_if_absent(insert, cases),
        set_ping=_upsert(insert, pings, ["due"]),
        save_lesson=_upsert(insert, lessons, ["category", "words", "body"], key=["tenant", "id"]),
        keep_playbook=_if_absent(insert, playbooks),
        lessons=search.lessons,
        terms_of=search.terms_of,
        claim=claims.claim,
        claim_line=claims.claim_line,
        claim_conversation=claims.claim_conversation,
    )


class Scribe(Protocol):
    """Runs statements on one connection; `values` are what they are bound with."""

    async def rows(self, statement: Executable, **values: object) -> Sequence[Row]:
        """What a statement finds."""
        ...

    async def value(self, statement: Executable, **values: object) -> Any:
        """The first column of the first row; None where there is none."""
        ...

    async def each(
        self, statement: Executable, many: Sequence[Mapping[str, object]]
    ) -> Sequence[Sequence[Row]]:
        """What a statement finds for each of these values."""
        ...

    async def change(self, statement: Executable, **values: object) -> int:
        """The number of rows that a statement has changed."""
        ...

    async def note(self, statement: Executable, **values: object) -> None:
        """Run a statement; its error may come with a later one, or at the end."""
        ...


class Database(Protocol):
    """Where the tables are. Its errors are those of the engine: StoreUnavailable, Conflict."""

    @property
    def dialect(self) -> Dialect:
        """Its own statements."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Scribe]:
        """Who writes in a transaction that is on the disk when it is left in peace."""
        ...

    async def read(self, work: Callable[[Scribe], Awaitable[T]]) -> T:
        """What `work` reads; it may be asked twice."""
        ...

    async def close(self) -> None:
        """Let go of it."""
        ...


def _if_absent(insert: Insert, table: Table) -> Executable:
    """An insert that leaves a row alone that is there."""
    made: Executable = insert(table).on_conflict_do_nothing()
    return made


def _upsert(
    insert: Insert, table: Table, changing: Sequence[str], *, key: Sequence[str] = ()
) -> Executable:
    """An insert that puts `changing` into the row that is there, by its primary or another key."""
    statement = insert(table)
    columns: list[Column[Any]] = [table.c[name] for name in key] or list(table.primary_key.columns)
    made: Executable = statement.on_conflict_do_update(
        index_elements=columns, set_={name: statement.excluded[name] for name in changing}
    )
    return made
