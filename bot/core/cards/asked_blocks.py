"""What differs from the message that somebody was last asked about: words, recipients, way."""

from collections.abc import Iterator

from bot.core.approving.diff import changes
from bot.core.approving.release import Release, Surroundings
from bot.core.approving.wording import TELL, WAYS
from bot.core.cards.blocks import Block, Hint, Quote
from bot.core.case import Case
from bot.core.words import Text, same

_SHOWN = 8  # lines that differ, at most
_MARKS = {"gone": "−", "new": "+"}


def asked_blocks(
    case: Case, before: Release | None, now: Release, *, owner: bool = False
) -> list[Block]:
    """What went and came since `before`, to whoever was asked or to the owner; nothing where nobody
    was asked about anything before.
    """
    if before is None:
        return []
    found = list(_differences(case, before, now))
    if not found:
        return [Hint(TELL.same_since_yours if owner else TELL.same_since)]
    lines = found[:_SHOWN] + ([same("…")] if len(found) > _SHOWN else [])
    quote = Text(en="\n".join(x.en for x in lines), zh="\n".join(x.zh for x in lines))
    return [Hint(TELL.new_since_yours if owner else TELL.new_since), Quote(quote)]


def last_asked(case: Case) -> Release | None:
    """The message that anybody was asked about last; None where nobody was."""
    asked = tuple(case.asked_about.values())
    return asked[-1] if asked else None


def _differences(case: Case, before: Release, now: Release) -> Iterator[Text]:
    was, is_now = _head(case, before), _head(case, now)
    yield from (_line("gone", row) for row in was if row not in is_now)
    yield from (_line("new", row) for row in is_now if row not in was)
    yield from (_line(c.what, same(c.text)) for c in changes(before.text, now.text))


def _head(case: Case, release: Release) -> list[Text]:
    """How it goes out, to whom, under which subject: a line each."""
    around = case.surroundings or Surroundings()
    to = ", ".join(release.to)
    if release.to == (around.conversation,):
        to = around.conversation_name or to
    rows = [(TELL.by_way, WAYS[release.way])]
    rows += [(TELL.to_whom, same(to))] if to else []
    rows += [(TELL.subject, same(release.subject))] if release.subject else []
    return [Text(en=f"{label.en}: {said.en}", zh=f"{label.zh}：{said.zh}") for label, said in rows]


def _line(what: str, text: Text) -> Text:
    return Text(en=f"{_MARKS[what]} {text.en}", zh=f"{_MARKS[what]} {text.zh}")
