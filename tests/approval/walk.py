"""Review, walked by hand over any platform: what stands on each screen, and what an edit brings."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.core.case import Case, TextValue, Variant
from bot.core.message import draft
from bot.core.phrases import SAY
from bot.core.words import FieldId
from tests.approval.scene import AT, plain
from tests.delivery_cases import PLAYBOOK

VERSIONS = (
    "Chat message", "Formal letter", "Call sheet", "E-mail", SAY.executive.en, SAY.technical.en,
    SAY.day_to_day.en, "Shorter", "More formal", "Warmer",
)  # fmt: skip
REPLY = "We guarantee the hall by 3 July."
EDIT = (
    "Subject: Hall 4\n\nHall 4 is ready on 26 June. We guarantee it, and Jonas gives you 400 EUR."
)


@dataclass(frozen=True, slots=True)
class Hands:
    """Somebody's hands and eyes on a platform."""

    press: Callable[[str], Awaitable[None]]  # a button, by its label
    edit: Callable[[str], Awaitable[None]]  # the draft, in a window or a box
    say: Callable[[str], Awaitable[None]]
    shown: Callable[[], Awaitable[str]]  # all that stands on the newest screen
    case: Callable[[], Awaitable[Case]]


def mixed() -> Case:
    """An English message, one of whose answers was written in Chinese."""
    case, name = plain(), FieldId("impact")
    answer = replace(case.answers[name], value=TextValue("夜班要用老线烤到6月19日。"))
    return replace(case, answers={**case.answers, name: answer})


async def walk(hands: Hands) -> None:
    """Through the whole review of `mixed`, from the answers to a text of one's own."""
    await _all_on_one_screen(hands)
    await hands.press("Write the message")
    assert _flat("these answers are in the other language") in _flat(await hands.shown())
    for label in VERSIONS:
        await hands.press(label)
        await _reads_as_assembled(hands)
    assert "What changed against the plain version" in await hands.shown()
    await hands.press("Chinese")
    await _reads_as_assembled(hands)
    await hands.press("English")
    await hands.press("Plain")
    await hands.edit(EDIT)
    shown = _flat(await hands.shown())
    for words in ("26 June", "400 EUR", "guarantee", "What you changed by hand:"):
        assert _flat(words) in shown, words
    case = await hands.case()
    key = "email.day_to_day.en"
    assert {n.phrase for n in case.coached[key].notes} & {"We guarantee it", "guarantee"}
    await hands.say(REPLY)
    assert case.edits == (await hands.case()).edits
    await hands.press("Add it to the text")
    assert (await hands.case()).edits[key].text == f"{EDIT}\n\n{REPLY}"
    assert _flat("3 July") in _flat(await hands.shown())


async def _all_on_one_screen(hands: Hands) -> None:
    """Every answer and the message, with what mixes two languages named and open."""
    shown, case = _flat(await hands.shown()), await hands.case()
    for name in ("project", "promised", "own_part", "impact"):
        value = case.answers[FieldId(name)].value
        assert isinstance(value, TextValue)
        assert _flat(value.text.rstrip(".。")) in shown, name
    found = draft.assemble(PLAYBOOK, case, Variant("email", "day_to_day", "en"), today=AT.date())
    news = next(line for line in found.sentences if line.part == "news")
    assert _flat(news.text) in shown
    for words in ("these answers are in the other language", SAY.look.en):
        assert _flat(words) in shown, words


async def _reads_as_assembled(hands: Hands) -> None:
    """The text on the screen is the one that the answers make of this version."""
    case = await hands.case()
    assert case.variant is not None
    found = draft.assemble(PLAYBOOK, case, case.variant, today=AT.date())
    shown = _flat(await hands.shown())
    for line in found.sentences:
        for row in line.text.splitlines():
            assert _flat(row) in shown, (case.variant, row)


def _flat(text: str) -> str:
    """Letters and digits alone, whatever a platform puts round and between them."""
    return re.sub(r"(?:&amp;|&lt;|&gt;|\\[nu]|[^\w])+", "", text)
