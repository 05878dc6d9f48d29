"""The statements that SQLite has its own way of writing."""

import json

from sqlalchemy import text
from sqlalchemy.dialects.sqlite import insert

from bot.core.lessons.lesson import terms
from bot.engine.ports import LESSONS_TOGETHER
from bot.store import dialect
from bot.store import statements as s
from bot.store.tables import lessons

NOTHING = '"\uffff\uffff\uffff"'  # what no text holds

_LESSONS = text(
    "SELECT body FROM lessons WHERE tenant = :tenant AND ("
    " category = :category"
    " OR seq IN (SELECT rowid FROM lessons_found WHERE lessons_found MATCH :long)"
    " OR EXISTS (SELECT 1 FROM json_each(:short) WHERE instr(words, value) > 0)"
    ") ORDER BY seq DESC LIMIT :limit"
).columns(lessons.c.body)


def _terms_of(words: str) -> dict[str, object]:
    """The terms of a search: of three letters and more for the index, shorter ones as a list."""
    found = terms(words)
    long = [f'"{term}"' for term in found if len(term) > 2]
    short = json.dumps([term for term in found if len(term) <= 2])
    return {"long": " OR ".join(long) or NOTHING, "short": short, "limit": LESSONS_TOGETHER}


DIALECT = dialect.dialect(
    insert,
    dialect.Search(_LESSONS, _terms_of),
    dialect.Claims(s.CLAIM, s.CLAIM_LINE, s.CLAIM_CONVERSATION),
)
