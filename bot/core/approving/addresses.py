"""Addresses and header lines, held against what a mail may carry. Pure; nothing is looked up."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.words import Text

MOST = 20  # recipients of one message; more is a mailing, and not a conversation
_SHAPE = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_LONGEST = 254  # characters (RFC 5321, 4.5.3.1)
_DIVIDERS = re.compile(r"[,;，；、\n]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")

_NOBODY = Text(
    en="Nobody is named yet: write the address of whoever should read it.",
    zh="还没有收件人，请写上收件地址。",
)
_MANY = Text(
    en="{count} addresses are more than {most}; name only those who have to know.",
    zh="收件人有{count}个，超过{most}个；请只写需要知道的人。",
)
_NO_ADDRESS = Text(
    en="“{word}” is no e-mail address; write it like name@example.com.",
    zh="“{word}”不是邮件地址，请写成 name@example.com 的样子。",
)
_LINES = Text(
    en="The subject and the names must stand on one line each; take the line break out.",
    zh="主题和姓名都只能是一行，请去掉换行。",
)


def split(text: str) -> tuple[str, ...]:
    """The addresses in a line or several, each once, as they were written."""
    found = (part.strip() for part in _DIVIDERS.split(text))
    return tuple(dict.fromkeys(part for part in found if part))


def problem(to: Sequence[str]) -> Text | None:
    """Why these cannot be written to, in one sentence; None when they can."""
    if not to:
        return _NOBODY
    if len(to) > MOST:
        return _MANY.fill(count=len(to), most=MOST)
    for word in to:
        if len(word) > _LONGEST or not _SHAPE.fullmatch(word):
            return _NO_ADDRESS.fill(word=_CONTROL.sub(" ", word)[:80])
    return None


def header_problem(lines: Iterable[str]) -> Text | None:
    """Why these cannot stand in a header; None when each is one line."""
    return _LINES if any(_CONTROL.search(line) for line in lines) else None


def domain(address: str) -> str:
    """What stands behind the @, in lower case."""
    return address.rpartition("@")[2].casefold()


def outside(to: Sequence[str], domains: Sequence[str], own: Sequence[str]) -> Iterator[str]:
    """Those that belong neither to the customer nor to the own house.

    Where no domain of the customer is known, the first address tells it.
    """
    known = [d.casefold() for d in domains] or [domain(a) for a in to[:1]]
    allowed = (*known, *(d.casefold() for d in own))
    for address in to:
        name = domain(address)
        if not any(name == d or name.endswith(f".{d}") for d in allowed):
            yield address
