"""The log gets links: an entry of the record names every linked entry before it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; entries from before have no link."""
    op.add_column("log", sa.Column("link", sa.String()))
