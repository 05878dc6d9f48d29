"""Secrets of tenants, sealed: the tokens of installed apps."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "secrets",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due", Instant()),
        sa.PrimaryKeyConstraint("tenant", "name", name="pk_secrets"),
    )
    op.create_index("ix_secrets_name_due", "secrets", ["name", "due"])
