"""Digests for cases whose customer was told before there were any."""

from alembic import op

revision = "0005"
down_revision = "0004"

_LAY = """
INSERT INTO pings (tenant, case_id, kind, due)
SELECT tenant, id, '{kind}', updated_at FROM cases
WHERE phase IN ('told', 'following', 'recovered', 'learning') AND NOT EXISTS (
    SELECT 1 FROM pings AS p
    WHERE p.tenant = cases.tenant AND p.case_id = cases.id AND p.kind = '{kind}'
)
"""


def upgrade() -> None:
    """Due since the case was touched last: the next look lays each for its own day."""
    for kind in ("digest:day", "digest:week"):
        op.execute(_LAY.format(kind=kind))
