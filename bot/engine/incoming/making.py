"""A file that somebody takes away: made while others have their turns, and taken once it is there.

What fails in the making counts as not taken: its inbound stays free, and can come again.
"""

from dataclasses import replace

from bot.engine.inbound import Reply
from bot.engine.incoming.looking import Making
from bot.engine.papers import File


class Unmade(Exception):
    """A file is wanted that has still to be made; the turn is undone until it is."""

    def __init__(self, making: Making) -> None:
        super().__init__()
        self.making = making


def with_file(reply: Reply, made: File | None) -> Reply:
    """The reply with its file, where it has one; raises Unmade as long as that is not made."""
    if reply.making is None:
        return reply
    if made is None:
        raise Unmade(reply.making)
    return replace(reply, file=made, making=None)
