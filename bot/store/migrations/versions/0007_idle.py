"""Indexes by which what looks over all tables does not go through the cases at rest."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_INDEXES = (
    ("ix_cases_ended", "cases", "updated_at", "phase IN ('closed', 'abandoned')"),
    ("ix_log_loose", "log", "at", "link IS NULL"),
    ("ix_outbox_stuck", "outbox", "state", "look_at IS NULL AND state IN ('dead', 'unknown')"),
)


def upgrade() -> None:
    """Make them; writes wait meanwhile."""
    for name, table, column, where in _INDEXES:
        only = sa.text(where)
        op.create_index(name, table, [column], sqlite_where=only, postgresql_where=only)
