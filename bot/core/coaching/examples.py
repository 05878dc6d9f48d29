"""The examples that entries come with: which of them an entry does not judge as they say."""

from collections.abc import Iterator

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.subject import Task, prepare
from bot.core.coaching.rubric import Coaching, Entry, Place
from bot.core.words import LANGUAGES, Language


def misjudged(entry: Entry, coaching: Coaching) -> Iterator[tuple[Language, str, int]]:
    """Language, "fires" or "quiet", and number of each example that an entry misjudges."""
    place = _place_of(entry, coaching)
    for language in LANGUAGES:
        side = entry.side(language)
        if side is None:
            continue
        for kind, examples, fires in (("fires", side.fires, True), ("quiet", side.quiet, False)):
            for n, text in enumerate(examples):
                subject = prepare(Task(text, place, language, Context()), coaching)
                if subject.has(entry.id) is not fires:
                    yield language, kind, n


def _place_of(entry: Entry, coaching: Coaching) -> Place:
    """A place where the entry is tried."""
    check = coaching.check_of.get(entry.check or "")
    places: tuple[Place, ...] = entry.places or (check.applies if check else ("draft",))
    return places[-1]
