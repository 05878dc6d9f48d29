"""The chain of a case's record: each link names its entry and every linked entry before it.

Whoever changes, takes out or puts in an entry afterwards breaks the chain at that place; but for
what an entry of the chain itself says was erased (see redaction.py).
"""

from collections.abc import Sequence
from hashlib import sha256
from json import dumps

from pydantic import BaseModel, ValidationError

from bot.engine.ports import Entry

FIRST = ""  # what stands before the first link
RECORD = "Delivery"  # the kind of entries that are chained: what was delivered
ERASED = "Erased"  # the kind of entries that vouch for what was erased


class _Vouched(BaseModel):
    links: dict[str, str] = {}


def link(before: str, entry: Entry) -> str:
    """The link of an entry after the one before: SHA-256 over both, 64 digits."""
    parts = {
        "before": before,
        "event": entry.event,
        "kind": entry.kind,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "case": entry.case,
        "revision": entry.revision,
        "body": entry.body,
    }
    canonical = dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def first_broken(entries: Sequence[Entry]) -> Entry | None:
    """The first linked entry whose link does not hold; None when all do."""
    before, vouched = FIRST, _vouched(entries)
    for entry in entries:
        if not entry.chained:
            continue
        now = link(before, entry)
        if now not in (entry.link, vouched.get(entry.link)):
            return entry
        before = entry.link
    return None


def _vouched(entries: Sequence[Entry]) -> dict[str, str]:
    """What each erased entry's link would be now, as the latest word on it says.

    Such a word is an entry of the chain like any other, so that a forged one breaks it.
    """
    found: dict[str, str] = {}
    for entry in entries:
        if entry.chained and entry.kind == ERASED:
            try:
                found |= _Vouched.model_validate_json(entry.body).links
            except ValidationError:
                continue
    return found
