"""The chain of a case's record: each link names its entry and every linked entry before it.

Whoever changes, takes out or puts in an entry afterwards breaks the chain at that place.
"""

from collections.abc import Sequence
from hashlib import sha256
from json import dumps

from bot.engine.ports import Entry

FIRST = ""  # what stands before the first link


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
    before = FIRST
    for entry in entries:
        if not entry.chained:
            continue
        if entry.link != link(before, entry):
            return entry
        before = entry.link
    return None
