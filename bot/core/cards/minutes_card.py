"""The minutes of a look back as its owner shares them with the team: without the team's own words."""

from bot.core.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Hint,
    Link,
    Paragraph,
)
from bot.core.case import Case
from bot.core.effects import MinutesScreen
from bot.core.following.clicks import of_case
from bot.core.following.minutes import Action, Minutes, minutes_for_all, seal_of
from bot.core.following.standing import POST
from bot.core.following.voice_words import VOICES
from bot.core.following.wording import FOLLOW
from bot.core.mirroring.mirrored import PAGE
from bot.core.mirroring.wording import MIRRORS
from bot.core.playbook import Playbook
from bot.core.words import Text, same


def minutes_card(playbook: Playbook, case: Case, screen: MinutesScreen) -> Card:
    """What the channel reads, or before it the same to the owner alone, with the button that posts it."""
    found = minutes_for_all(playbook, case)
    blocks: list[Block] = [Heading(found.title), *_told(found)]
    room = same(screen.room.name)
    match screen.state:
        case "posted":
            page = case.mirrored.copies.get(f"{PAGE}{screen.room.number}")
            if page is not None and page.url:
                blocks.append(Link(MIRRORS.page, page.url))
        case "done":
            blocks.append(Hint(VOICES.posted.fill(room=room), "good"))
        case "look" | "changed":
            if screen.state == "changed":
                blocks.append(Hint(VOICES.changed.fill(room=room), "look"))
            now = of_case(case.id, POST, f"{screen.room.number}.{seal_of(found)}")
            post = Button(VOICES.post.fill(room=room), now, "primary")
            blocks += [Hint(VOICES.look_first.fill(room=room)), Buttons((post,))]
    return Card(found.title, tuple(blocks))


def _told(found: Minutes) -> list[Block]:
    blocks: list[Block] = []
    if found.days:
        days = tuple(Fact(label, day) for label, day in found.days)
        blocks += [Paragraph(FOLLOW.time_line), Facts(days)]
    if found.answers:
        blocks.append(Facts(tuple(Fact(ask, same(words)) for ask, words in found.answers)))
    if found.actions:
        rows = tuple(Fact(same(a.what or "…"), _whose(a)) for a in found.actions)
        blocks += [Paragraph(FOLLOW.actions), Facts(rows)]
    return blocks


def _whose(action: Action) -> Text:
    """Who looks after an action, and by when; as much of it as is known."""
    parts = [p for p in (same(action.owner), action.day) if p.en]
    return Text(en=", ".join(p.en for p in parts) or "…", zh="，".join(p.zh for p in parts) or "…")
