"""The first tables: people, cases, inbox, log, outbox, pings, playbooks, meta."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, the append-only log and the mark that the file is ours."""
    _kept()
    _work()
    # a tenant may be erased as a whole, by who has said so in the same transaction
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()
    op.execute("INSERT INTO meta (key, value) VALUES ('product', 'candor')")


def _guard_on_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER log_no_update BEFORE UPDATE ON log "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER log_no_delete BEFORE DELETE ON log WHEN NOT EXISTS "
        "(SELECT 1 FROM meta WHERE key = 'erasing' AND value = OLD.tenant) "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION log_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN IF EXISTS "
        "(SELECT 1 FROM meta WHERE key = 'erasing' AND value = OLD.tenant) "
        "THEN RETURN OLD; END IF; END IF; "
        "RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    op.execute(
        "CREATE TRIGGER log_is_kept BEFORE UPDATE OR DELETE ON log "
        "FOR EACH ROW EXECUTE FUNCTION log_is_kept()"
    )
    op.execute(
        "CREATE TRIGGER log_is_not_emptied BEFORE TRUNCATE ON log "
        "FOR EACH STATEMENT EXECUTE FUNCTION log_is_kept()"
    )


def _kept() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "people",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_people"),
    )
    op.create_table(
        "cases",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_cases"),
    )
    op.create_index("ix_cases_tenant_owner_updated_at", "cases", ["tenant", "owner", "updated_at"])
    op.create_table(
        "log",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("case_id", sa.String()),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_log"),
    )
    op.create_index("ix_log_tenant_case_id_seq", "log", ["tenant", "case_id", "seq"])
    op.create_table(
        "playbooks",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "digest", name="pk_playbooks"),
    )


def _work() -> None:
    op.create_table(
        "inbox",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])
    op.create_table(
        "pings",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "case_id", "kind", name="pk_pings"),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"], ["cases.tenant", "cases.id"], name="fk_pings_tenant_case_id"
        ),
    )
    op.create_index("ix_pings_due", "pings", ["due"])
    op.create_table(
        "outbox",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True)),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ref", sa.Text()),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"], ["cases.tenant", "cases.id"], name="fk_outbox_tenant_case_id"
        ),
    )
    slot = ["tenant", "case_id", "slot"]
    op.create_index("ix_outbox_slot", "outbox", [*slot, "seq"])
    post = sa.text("kind = 'post'")
    op.create_index(
        "ix_outbox_one_post",
        "outbox",
        slot,
        unique=True,
        sqlite_where=post,
        postgresql_where=post,
    )
    still_open = sa.text("look_at IS NOT NULL")
    for name, columns in (
        ("ix_outbox_open", ["look_at"]),
        ("ix_outbox_line", ["tenant", "case_id", "conversation", "seq"]),
    ):
        op.create_index(
            name, "outbox", columns, sqlite_where=still_open, postgresql_where=still_open
        )
    op.create_index("ix_outbox_place", "outbox", ["tenant", "platform", "conversation", "seq"])
