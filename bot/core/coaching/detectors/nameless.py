"""A text with its names blanked, so that what is said of one person is heard of any other."""

import re
from collections.abc import Iterator, Set

from bot.core.coaching.frames import Span
from bot.core.message.lexicon import NOT_A_SURNAME, ORDINARY, SURNAMES

NAME = "\x1e"  # each character of a name
_CAPITAL = re.compile(
    r"(?<![\w@/&.-])(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][a-zà-ÿ'’]{1,15}(?![\w@/&]|\.\w)"
)
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr)\b")
_WITHIN = re.compile(r"[a-zà-ÿ,;:)\d] $")  # what stands before a word in the middle of a sentence
_POSSESSIVE = re.compile(r"['’]s$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CHINESE = re.compile(
    rf"[小老阿][{SURNAMES}](?![\u4e00-\u9fff]?[区院校店厂板号])|[{SURNAMES}](?:工|总|姐|哥|师傅|经理|主任|老师|科长|处长|院长|校长|厂长|店长|律师|医生|主管)"
    r"|(?<![A-Za-z])[A-Z][a-z]{2,11}(?![A-Za-z])"
)


def nameless(claimed: str, visible: str, given: Set[str]) -> str:
    """`claimed` with every character of a name blanked; `visible` is the same text with its capitals.

    `given` holds the given names that begin a sentence, where any word has a capital.
    """
    parts, at = [], 0
    for start, end in sorted(_names(visible, given)):
        if start >= at:
            parts += [claimed[at:start], NAME * (end - start)]
            at = end
    return "".join([*parts, claimed[at:]])


def _names(visible: str, given: Set[str]) -> Iterator[Span]:
    han = _HAN.search(visible) is not None
    for match in _CHINESE.finditer(visible) if han else ():
        if match[0][:2] not in NOT_A_SURNAME and match[0].lower() not in ORDINARY:
            yield match.span()
    for match in _CAPITAL.finditer(visible):
        word = _POSSESSIVE.sub("", match[0])
        within = _WITHIN.search(visible, max(0, match.start() - 2), match.start())
        if _TITLE.match(word) or word.lower() in given or (within and word.lower() not in ORDINARY):
            yield match.start(), match.start() + len(word)
