"""How much of one text stands in another: content words, pairs of Chinese characters, figures."""

import re
from functools import lru_cache

from bot.core.message.lexicon import IDLE
from bot.core.reading.numerals import normalise

_WORD = re.compile(r"[a-z][a-z']+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_IDLE_EN = IDLE | frozenset(
    [
        "his",
        "her",
        "might",
        "two",
        "just",
        "only",
        "over",
        "under",
        "about",
        "after",
        "before",
        "until",
        "till",
        "where",
        "while",
        "because",
        "since",
        "did",
        "does",
        "doing",
        "without",
        "within",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
_IDLE_ZH = re.compile(
    r"我们|我方|我司|贵方|贵司|您|你们|他们|的|了|在|于|是|和|与|并|也|都|已|经|将|会|要|把|被|由|请|等|这|那|有|对|为|到|至|从|及|或|给|还|就"
)


@lru_cache(maxsize=2048)
def content_words(text: str) -> frozenset[str]:
    """What a text speaks of: stems of English words, pairs of Chinese characters."""
    plain = normalise(text)
    english = {_stem(w) for w in _WORD.findall(plain) if len(w) > 2 and w not in _IDLE_EN}
    if not _HAN.search(plain):
        return frozenset(english)
    chinese = {
        run[n : n + 2]
        for run in _HAN.findall(_IDLE_ZH.sub("\n", plain))
        for n in range(max(1, len(run) - 1))
    }
    return frozenset(english | chinese)


def share(wanted: frozenset[str], here: frozenset[str]) -> float:
    """The part of `wanted` that stands in `here`, 0 to 1; 1 when nothing is wanted."""
    return len(wanted & here) / len(wanted) if wanted else 1.0


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if word.endswith("ss"):
        return word[:7]
    for ending in ("ings", "ing", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending)
            break
    return word[:7]
