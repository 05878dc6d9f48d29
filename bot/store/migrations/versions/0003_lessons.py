"""Lessons, and an index of their words in pieces of three letters, for both languages."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table, the index beside it, and what keeps the index as the table is."""
    op.create_table(
        "lessons",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_lessons"),
        sa.UniqueConstraint("tenant", "id", name="uq_lessons_tenant_id"),
    )
    op.create_index("ix_lessons_tenant_category", "lessons", ["tenant", "category"])
    if op.get_bind().dialect.name == "postgresql":
        _index_on_postgresql()
    else:
        _index_on_sqlite()


def _index_on_postgresql() -> None:
    """With the extension, where this server has it and lets us; a search finds the same without."""
    op.execute(
        "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; "
        "CREATE INDEX lessons_found ON lessons USING gin (words gin_trgm_ops); "
        "EXCEPTION WHEN OTHERS THEN "
        "RAISE NOTICE 'lessons are searched without an index of their words'; END $$"
    )


def _index_on_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE lessons_found USING fts5"
        "(words, content='lessons', content_rowid='seq', tokenize='trigram')"
    )
    gone = "INSERT INTO lessons_found(lessons_found, rowid, words) VALUES('delete', old.seq, old.words)"
    come = "INSERT INTO lessons_found(rowid, words) VALUES (new.seq, new.words)"
    for when, does in (("INSERT", come), ("DELETE", gone), ("UPDATE", f"{gone}; {come}")):
        op.execute(
            f"CREATE TRIGGER lessons_{when.lower()} AFTER {when} ON lessons BEGIN {does}; END"
        )
