"""Who may read a case besides its owner."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table; no case was shared with anybody before."""
    op.create_table(
        "viewers",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "case_id", "person", name="pk_viewers"),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"],
            ["cases.tenant", "cases.id"],
            name="fk_viewers_tenant_case_id",
        ),
    )
    op.create_index("ix_viewers_tenant_person", "viewers", ["tenant", "person"])
