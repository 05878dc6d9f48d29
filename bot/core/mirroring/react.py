"""What a case becomes when its copies in other systems are written."""

from dataclasses import replace
from typing import assert_never

from bot.core.case import Case
from bot.core.dialogue.live import Turned
from bot.core.effects import Effect, MinutesScreen, OfferScreen, Show
from bot.core.mirroring.events import CopyWritten, MirrorBegun, MirrorEnded, MirrorEvent
from bot.core.mirroring.mirrored import PAGE, Mirrored
from bot.core.mirroring.wording import MIRRORS
from bot.core.words import same


def react(case: Case, event: MirrorEvent) -> Turned:
    """The case with what was written, and what is drawn anew because of it."""
    before = case.mirrored
    match event:
        case MirrorBegun(until=until):
            return replace(case, mirrored=replace(before, until=until)), ()
        case CopyWritten(key=key, copy=copy):
            copies = {**before.copies, key: copy}
            after = replace(case, mirrored=replace(before, copies=copies, failed=0))
            return after, _page_shown(after, key) if copy.url else ()
        case MirrorEnded():
            after = replace(case, mirrored=_ended(before, event))
            return after, _page_missing(after, event)
        case _:
            assert_never(event)


def _ended(before: Mirrored, event: MirrorEnded) -> Mirrored:
    failed = before.failed + 1 if event.why is not None else 0
    number = _number(event.key)
    pages = tuple(
        n for n in before.pages if n != number
    )  # a page is tried once, by a person's press
    return replace(before, until=event.until, why=event.why, failed=failed, pages=pages)


def _page_shown(case: Case, key: str) -> tuple[Effect, ...]:
    """The minutes in the channel once more, with the link."""
    room = case.room
    if room is None or _number(key) != room.number:
        return ()
    screen = MinutesScreen(room, "posted")
    return (Show(f"{room.slot}:minutes", screen, room=room),)


def _page_missing(case: Case, event: MirrorEnded) -> tuple[Effect, ...]:
    """To the owner: why no page came of the minutes, and the file in its place."""
    number = _number(event.key)
    if number is None or event.why is None:
        return ()
    around = case.surroundings
    files = around is not None and around.takes_files
    offers = ("team.docx", "share") if files else ("share",)
    name = case.room.name if case.room is not None and case.room.number == number else "…"
    told = MIRRORS.no_page_file if files else MIRRORS.no_page
    told = told.fill(room=same(name), why=event.why)
    return (Show(f"page:{case.revision + 1}", OfferScreen(told, offers)),)


def _number(key: str) -> int | None:
    number = key.removeprefix(PAGE)
    return int(number) if key.startswith(PAGE) and number.isdecimal() else None
