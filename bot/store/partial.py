"""Indexes over a part of a table's rows, beside the tables: only migrations ask for them.

They name each database, and SQLAlchemy reads the whole dialect of a database that is named.
"""

from sqlalchemy import Index, text

from bot.store.tables import cases, log, metadata, outbox

_OPEN = text("look_at IS NOT NULL")  # something is still to be done about the row
_POST = text("kind = 'post'")
_ENDED = text("phase IN ('closed', 'abandoned')")
_LOOSE = text("link IS NULL")  # of no record
_STUCK = text("look_at IS NULL AND state IN ('dead', 'unknown')")

Index(
    "ix_outbox_one_post",
    outbox.c.tenant,
    outbox.c.case_id,
    outbox.c.slot,
    unique=True,
    sqlite_where=_POST,
    postgresql_where=_POST,
)
Index("ix_outbox_open", outbox.c.look_at, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index(
    "ix_outbox_line",
    outbox.c.tenant,
    outbox.c.case_id,
    outbox.c.conversation,
    outbox.c.seq,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
Index("ix_cases_ended", cases.c.updated_at, sqlite_where=_ENDED, postgresql_where=_ENDED)
Index("ix_log_loose", log.c.at, sqlite_where=_LOOSE, postgresql_where=_LOOSE)
Index("ix_outbox_stuck", outbox.c.state, sqlite_where=_STUCK, postgresql_where=_STUCK)

whole = metadata  # with all of its indexes
