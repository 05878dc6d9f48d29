"""The tables. Every row belongs to a tenant; bodies are JSON text; instants are UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

NO_ZONE = "an instant needs a zone: give an aware datetime"


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite keeps it as text that sorts by time."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = DateTime(timezone=True)
    cache_ok: bool | None = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To UTC; raises ValueError on a datetime without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(NO_ZONE)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Aware, in UTC; PostgreSQL gives it in the session's zone."""
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

_Seq = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts rows by INTEGER alone
_CASE = ["tenant", "case_id"], ["cases.tenant", "cases.id"]

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("body", Text, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("version", Integer, nullable=False),  # the case's revision
    Column("phase", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("project", Text, nullable=False),
    Column("customer", Text, nullable=False),  # folded, for finding the last one
    Column("digest", String, nullable=False),  # of the playbook
    Column("platform", String, nullable=False),
    Column("conversation", String, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "tenant", "owner", "updated_at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("at", Instant, nullable=False),
    Index(None, "at"),
)

log = Table(
    "log",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("tenant", String, nullable=False),
    Column("case_id", String),
    Column("event", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("link", String),  # of the record's entries: names all that are linked before it
    Index(None, "tenant", "case_id", "seq"),
)

outbox = Table(  # more of its indexes stand in partial.py
    "outbox",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False),
    Column("tenant", String, nullable=False),
    Column("case_id", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("conversation", String, nullable=False),
    Column("slot", String, nullable=False),
    Column("kind", String, nullable=False),  # post, edit
    Column("language", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("look_at", Instant),
    Column("expires_at", Instant, nullable=False),
    Column("ref", Text),
    Column("error", String, nullable=False),
    ForeignKeyConstraint(*_CASE),
    UniqueConstraint("id"),
    Index("ix_outbox_slot", "tenant", "case_id", "slot", "seq"),
    Index("ix_outbox_place", "tenant", "platform", "conversation", "seq"),
)

pings = Table(
    "pings",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("due", Instant, nullable=False),
    ForeignKeyConstraint(*_CASE),
    Index(None, "due"),
)

viewers = Table(  # who may read a case besides its owner, as the case says
    "viewers",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("person", String, primary_key=True),
    ForeignKeyConstraint(*_CASE),
    Index(None, "tenant", "person"),
)

lessons = Table(  # beside it stands `lessons_found`, the index of its words
    "lessons",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("tenant", String, nullable=False),
    Column("id", String, nullable=False),
    Column("category", String, nullable=False),  # the kind of cause
    Column("words", Text, nullable=False),  # folded
    Column("body", Text, nullable=False),
    UniqueConstraint("tenant", "id"),
    Index(None, "tenant", "category"),
)

secrets = Table(  # sealed; see engine/keeping/vault.py
    "secrets",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("due", Instant),
    Index(None, "name", "due"),
)

playbooks = Table(
    "playbooks",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("id", String, nullable=False),
    Column("body", Text, nullable=False),
)
