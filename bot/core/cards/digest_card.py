"""The digest as a message of its own, or as one sentence above what is asked on the same morning."""

from collections.abc import Sequence
from datetime import date

from bot.core.cards.blocks import Action, Block, Button, Buttons, Card, Fact, Facts, Heading, Hint
from bot.core.dialogue.scalars import both
from bot.core.following.digest import SHOWN, Line
from bot.core.following.wording import FOLLOW
from bot.core.pings.kinds import Digest
from bot.core.words import Text

_TODAY = Text(en="Today", zh="今天")
_SILENT = Text(en="Not answered: {count}", zh="{count}件没有答复")
_ANSWER = Text(en="Answer now", zh="现在答复")
_ALSO = Text(en="Also coming up: {lines}.", zh="另外还有：{lines}。")
_ON = Text(en="{words} (on {day})", zh="{words}（{day}）")


def digest_card(digest: Digest, lines: Sequence[Line], *, today: date) -> Card:
    """Each date with its day, then what has stayed without an answer, with the way there."""
    rows = tuple(Fact(_head(line, today), line.words) for line in lines[:SHOWN])
    blocks: list[Block] = [Heading(digest.title), Facts(rows)]
    more = len(lines) - SHOWN
    blocks += [Hint(FOLLOW.more.fill(count=more))] if more > 0 else []
    if any(line.day is None for line in lines):
        blocks.append(Buttons((Button(_ANSWER, Action("followups"), "primary"),)))
    said = Text(
        en="; ".join(line.words.en for line in lines[:SHOWN]),
        zh="；".join(line.words.zh for line in lines[:SHOWN]),
    )
    text = Text(en=f"{digest.title.en}: {said.en}", zh=f"{digest.title.zh}：{said.zh}")
    return Card(text, tuple(blocks))


def note(lines: Sequence[Line], *, today: date) -> Text | None:
    """The same in one sentence; None where there is nothing to say."""
    if not lines:
        return None
    told = [_sentence(line, today) for line in lines[:SHOWN]]
    return _ALSO.fill(
        lines=Text(en="; ".join(t.en for t in told), zh="；".join(t.zh for t in told))
    )


def _sentence(line: Line, today: date) -> Text:
    if line.day is None or line.day == today:
        return line.words
    return _ON.fill(words=line.words, day=both(line.day))


def _head(line: Line, today: date) -> Text:
    if line.day is None:
        return _SILENT.fill(count=line.count)
    return _TODAY if line.day == today else both(line.day)
