"""Fields of a vendor's JSON, read tolerantly: what is missing or of another type is None, never 0.

Nothing here raises, whatever the value is.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONGEST = 300  # characters of a name that are kept
ADDRESS = 2_000  # characters of an address that is handed on as it is
MOST = 10_000_000  # beyond which a count is none
_LAST = 4_102_444_800  # 2100, in Unix seconds
_MILLISECONDS = 10**11  # from here on a number counts those
NOTHING: Mapping[str, object] = {}


def record(value: object) -> Mapping[str, object]:
    """An object of JSON; an empty one for anything else."""
    return value if isinstance(value, dict) else NOTHING


def rows(value: object) -> Iterator[Mapping[str, object]]:
    """The objects in a list; nothing for anything else."""
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield one


def text(value: object) -> str:
    """A text on one line, cut to what a screen takes; empty for anything else."""
    if not isinstance(value, str):
        return ""
    clean = value[: LONGEST * 4].replace("\x00", "").encode("utf-8", "replace").decode()
    return " ".join(clean.split())[:LONGEST]


def name(value: object) -> str:
    """An id or a word, which some callers write as a number."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return text(value)


def link(value: object) -> str | None:
    """An address of the web that can be opened; None for anything else."""
    found = text(value)
    return found if found.startswith(("https://", "http://")) and " " not in found else None


def address(value: object) -> str:
    """An address of the web, whole and untouched, so that it still opens; empty for anything else."""
    if not isinstance(value, str) or len(value) > ADDRESS:
        return ""
    is_plain = value.isascii() and value.isprintable() and not set(value) & set(' "<>\\^`{|}')
    host = value.partition("://")[2].partition("/")[0]
    return value if is_plain and value.startswith(("https://", "http://")) and host else ""


def flag(value: object) -> bool:
    """Whether it is set: true, or 1."""
    return value is True or (isinstance(value, int) and value == 1)


def whole(value: object) -> int | None:
    """A whole number from 0; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) < 12:
        value = int(value)
    if isinstance(value, float):
        value = int(value) if value == value // 1 and abs(value) < MOST else None
    return value if isinstance(value, int) and 0 <= value <= MOST else None


def whole_text(value: object) -> str:
    """A whole number above 0 of any size, as its digits, also where it is written as a text; else empty."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18:
        value = str(value)
    if not isinstance(value, str) or not value.isascii() or not value.isdecimal():
        return ""
    return value if len(value) <= 18 else ""


def counts(done: object, total: object) -> tuple[int | None, int | None]:
    """Done and total where both are counts that agree; else neither."""
    part, all_ = whole(done), whole(total)
    if part is None or all_ is None or part > all_:
        return None, None
    return part, all_


def instant(value: object) -> datetime | None:
    """An instant of Unix seconds or milliseconds, a number or a text; None for 0 and the rest."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) < 16:
        value = int(value)
    if isinstance(value, float):
        value = int(value) if abs(value) < 10**15 else None  # false for what is no number, too
    if not isinstance(value, int) or value <= 0 or value > 10**15:
        return None
    seconds = value / 1000 if value >= _MILLISECONDS else value
    return datetime.fromtimestamp(seconds, UTC) if seconds < _LAST else None


def day_at(value: object, zone: ZoneInfo) -> date | None:
    """The day of an instant, in the zone of the project."""
    at = instant(value)
    return at.astimezone(zone).date() if at is not None else None


def day(value: object) -> date | None:
    """A day that is written as YYYY-MM-DD, with or without a time behind it."""
    if not isinstance(value, str) or len(value) < 10 or not value[:10].isascii():
        return None
    try:
        return date.fromisoformat(value[:10]) if value[4] == value[7] == "-" else None
    except ValueError:
        return None


def moment(value: object) -> datetime | None:
    """An instant that is written in ISO's way, with its zone; None for one without."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
