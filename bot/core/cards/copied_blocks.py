"""Where follow-ups stand besides: in the owner's tasks and calendar, and whether those are up to date."""

from collections.abc import Sequence

from bot.core.cards.blocks import Block, Hint
from bot.core.case import Case
from bot.core.mirroring.wording import MIRRORS


def copied_hints(cases: Sequence[Case]) -> list[Block]:
    """A word on each, where there is something to say."""
    standing = [key for c in cases for key, copy in c.mirrored.copies.items() if copy.ref]
    tasks = any(key.startswith("task:") for key in standing)
    entries = any(key.startswith("entry:") for key in standing)
    blocks: list[Block] = []
    if tasks or entries:
        one = MIRRORS.tasks if tasks else MIRRORS.entries
        where = MIRRORS.both if tasks and entries else one
        blocks.append(Hint(MIRRORS.copied.fill(where=where)))
    why = next((c.mirrored.why for c in cases if c.mirrored.why is not None), None)
    if why is not None:
        blocks.append(Hint(MIRRORS.not_copied.fill(why=why), "look"))
    return blocks
