"""A draft against the facts: names of one word, and places, that no answer has."""

import re
from collections.abc import Iterator

from bot.core.coaching.detectors.draft_facts import has_facts
from bot.core.coaching.detectors.grounds import claim, grounds, scant
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.message.lexicon import ORDINARY, TITLES

_LONE = re.compile(r"(?<=[a-z,] )[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:['’-][A-Za-zà-ÿ]+)?")
_THEIRS = re.compile(
    r"\b(?:[Yy]our (?:(?:Mr|Ms|Mrs|Miss|Dr|Prof)\.? )?|[Mm]y (?:[a-z]+ )?)$"
)  # their people, or who sits beside me
_ROOT = 5  # letters by which another form of a known name is known
_ENDS = (".", ";", "!")


def lone_name(subject: Subject) -> Iterator[Hit]:
    """A name of one word within a sentence that no fact has."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    told = grounds(subject.context, subject.today).text
    last = len(subject.sentences) - 1
    few = scant(subject.context)
    for match in _LONE.finditer(subject.visible):
        bare = match[0].lower().replace("’", "'").removesuffix("'s")
        if bare[:_ROOT] in told or any(map(_ordinary, (bare, *bare.split("-")))):
            continue
        if few and _THEIRS.search(subject.visible, max(0, match.start() - 18), match.start()):
            continue
        number = subject.number_of(match.start())
        start, end = subject.sentences[number]
        if (
            0 < number < last
            and not subject.among(number, "contact")
            and subject.visible[start:end].rstrip().endswith(_ENDS)
        ):
            yield claim(subject, match.span())


def _ordinary(word: str) -> bool:
    return word in ORDINARY or word.rstrip("s") in ORDINARY or word in TITLES
