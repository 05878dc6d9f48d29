"""The statements that PostgreSQL has its own way of writing."""

import re
from typing import Any

from sqlalchemy import Select, Text, any_, bindparam, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from bot.core.lessons.lesson import terms
from bot.engine.ports import LESSONS_TOGETHER
from bot.store import dialect
from bot.store import statements as s
from bot.store.tables import lessons, outbox

_LESSONS = (
    select(lessons.c.body)
    .where(
        lessons.c.tenant == bindparam("tenant"),
        or_(
            lessons.c.category == bindparam("category"),
            lessons.c.words.like(any_(bindparam("patterns", type_=ARRAY(Text)))),
        ),
    )
    .order_by(lessons.c.seq.desc())
    .limit(bindparam("limit"))
)


def _terms_of(words: str) -> dict[str, object]:
    """The terms of a search as patterns of what holds them."""
    escaped = (re.sub(r"([\\%_])", r"\\\1", term) for term in terms(words))
    return {"patterns": [f"%{term}%" for term in escaped], "limit": LESSONS_TOGETHER}


def _taken(claim: Select[Any]) -> Select[Any]:
    """Rows that nobody else is about to take."""
    return claim.with_for_update(of=outbox, skip_locked=True)


DIALECT = dialect.dialect(
    insert,
    dialect.Search(_LESSONS, _terms_of),
    dialect.Claims(*map(_taken, (s.CLAIM, s.CLAIM_LINE, s.CLAIM_CONVERSATION))),
)
