"""Write what any message of a delay says, whatever the case: `python -m tests.coaching.learning.plain`.

The words of sound drafts that their own facts do not hold: regret, thanks, time, duty. A clause that
holds none of the facts and other words than these tells of something that nobody gave
(bot/core/coaching/detectors/draft_claims.py).
"""

import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.coach.lines import task_of
from bot.coach.score import read_item
from bot.content.coaching import FOLDER, default_coaching
from bot.content.playbooks import home
from bot.core.coaching.coach import Task
from bot.core.coaching.detectors.grounds import grounds
from bot.core.coaching.detectors.subject import prepare
from bot.core.coaching.rubric import Coaching
from bot.core.words import LANGUAGES, Language
from tests.coaching.learning.house import drafts

TEXTS = Path(__file__).parents[1]
_UNSOUND = {"draft.unsupported_fact", "draft.buried_lead"}  # with words that are none of the matter
_LEAST = 2  # drafts; what one alone says may be of its matter
_HEAD = """\
# Stems of words, pairs of characters in Chinese, that sound drafts use beside their facts; made by
# `python -m tests.coaching.learning.plain`. One more may be added by hand.
words:
  - id: plain
"""


def plain(coaching: Coaching, language: Language) -> Counter[str]:
    """In how many drafts each word stands that their facts do not hold."""
    found: Counter[str] = Counter()
    for task in _sound(coaching):
        if task.language == language:
            subject = prepare(task, coaching)
            found.update(subject.word_set - grounds(subject.context, subject.today).words)
    return found


def _sound(coaching: Coaching) -> Iterator[Task]:
    for path in sorted(TEXTS.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = read_item(json.loads(line))
            if item.place == "draft" and not item.flags & _UNSOUND:
                yield task_of(item)
    yield from (task for _, task in drafts(coaching))


def written(coaching: Coaching) -> str:
    """The file's text."""
    parts = [_HEAD]
    for language in LANGUAGES:
        often = (word for word, times in plain(coaching, language).items() if times >= _LEAST)
        words = " ".join(sorted(often))
        lines = textwrap.wrap(words, 96, break_long_words=False, break_on_hyphens=False)
        parts.append(f"    {language}:\n" + "".join(f'      - "{line}"\n' for line in lines))
    return "".join(parts)


if __name__ == "__main__":
    target = home() / FOLDER / "words" / "plain.yaml"
    target.write_text(written(default_coaching()), encoding="utf-8")
