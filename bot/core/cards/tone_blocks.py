"""The tones of a draft as buttons, and what one of them changes against the plain one."""

from dataclasses import replace
from datetime import date

from bot.core.actions import draft_action
from bot.core.approving.diff import changes
from bot.core.cards.blocks import Block, Button, Buttons, Hint, Quote
from bot.core.case import Case, Variant
from bot.core.message import draft
from bot.core.playbook import Playbook
from bot.core.words import Text, same

_PLAIN = Text(en="Plain", zh="平实")
_CHANGED = Text(en="What changed against the plain version:", zh="和平实版相比，改动如下：")
_SAME = Text(
    en="This tone changes nothing here: the channel has one wording only.",
    zh="换成这种语气，内容没有变化：这个渠道没有另外的写法。",
)
_MINE = Text(en="What you changed by hand:", zh="您改动的地方：")
_SHOWN = 10  # sentences that differ, at most


def tone_buttons(playbook: Playbook, variant: Variant) -> list[Block]:
    """One button a tone; none where the playbook has no other."""
    tones = [(t.tone, t.label) for t in playbook.draft.tones]
    if not tones:
        return []
    buttons = tuple(
        Button(label, draft_action(tone=tone), "primary" if tone == variant.tone else "plain")
        for tone, label in (("plain", _PLAIN), *tones)
    )
    return [Buttons(buttons)]


def changed_blocks(
    playbook: Playbook, case: Case, on_screen: draft.OnScreen, *, today: date
) -> list[Block]:
    """Which sentences went and came: by hand against the assembled text, else by the tone."""
    if on_screen.edited:
        return _shown(_MINE, on_screen.draft.text, on_screen.text)
    variant = on_screen.draft.variant
    if variant.tone == "plain":
        return []
    plain = draft.assemble(playbook, case, replace(variant, tone="plain"), today=today)
    return _shown(_CHANGED, plain.text, on_screen.text) or [Hint(_SAME)]


def _shown(title: Text, before: str, now: str) -> list[Block]:
    found = changes(before, now)
    if not found:
        return []
    marks = {"gone": "−", "new": "+"}
    lines = [f"{marks[c.what]} {c.text}" for c in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append("…")
    return [Hint(title), Quote(same("\n".join(lines)))]
