"""What the card says once they were told: their words, a line typed below it, and a call's own sheet."""

from dataclasses import replace
from datetime import date

from bot.core.approving.wording import TELL, WAYS
from bot.core.cards.blocks import Buttons, Card
from bot.core.case import Case
from bot.core.following.closing import missing
from bot.core.words import EventId
from bot.engine.handle import handle
from bot.engine.inbound import Envelope, Said
from tests.approval.scene import HERE, OMAR, PM, Scene, heavy, plain, words


async def told() -> Scene:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    await scene.later(seconds=60)
    return scene


async def typed(scene: Scene, line: str) -> Case:
    """The case after a line below its card."""
    event = EventId(f"typed {line}")
    envelope = Envelope(event, HERE, PM, scene.desk, f"D-{PM}", scene.clock())
    await handle(scene.house, Said(envelope, line))
    await scene.settle()
    return await scene.now()


def labels(card: Card) -> list[str]:
    return [b.label.en for x in card.blocks if isinstance(x, Buttons) for b in x.buttons]


async def test_a_line_typed_below_the_told_card_is_shown_there() -> None:
    scene = await told()
    await typed(scene, "She says fine, but she must ask her boss")
    said = words(scene.card())
    assert TELL.typed.en in said
    assert "She says fine, but she must ask her boss" in said


async def test_the_line_becomes_their_words_after_those_before() -> None:
    scene = await told()
    await scene.choose("quote", text="All right.")
    await typed(scene, "And then: can it be Monday?")
    await scene.choose("typed_quote")
    case = await scene.now()
    assert [o.quote for o in case.outcomes] == ["All right.\nAnd then: can it be Monday?"]
    assert case.loose == ""
    assert TELL.typed.en not in words(scene.card())


async def test_a_press_on_an_old_card_takes_no_newer_line() -> None:
    scene = await told()
    await typed(scene, "One")
    old = next(a for a in scene.actions() if a.name == "typed_quote")
    await typed(scene, "Two")
    await scene.press(old)
    case = await scene.now()
    assert (case.outcomes, case.loose) == ((), "One\nTwo")


async def test_their_words_without_a_reaction_are_no_silence() -> None:
    scene = await told()
    assert "feedback" in missing(replace(await scene.now(), reminders={}))
    await scene.choose("quote", text="Well, thank you for the early word.")
    said = words(scene.card())
    assert TELL.heard.en in said
    assert "they have not answered yet" not in said
    assert "feedback" not in missing(await scene.now())


async def test_a_day_that_is_named_in_what_is_asked_is_still_waited_for() -> None:
    scene = await Scene(plain(ask="choose option A or B by 29 May")).begin()
    await scene.choose("send")
    await scene.later(seconds=60)
    case = await scene.now()
    assert "Please choose option A or B by Friday 29 May." in scene.sent[0]
    assert case.answer_by == date(2026, 5, 29)
    assert "decision" in {r.anchor for r in case.reminders.values()}


async def test_the_way_is_told_once() -> None:
    said = words((await told()).card())
    assert said.count(WAYS["chat"].en) == 1


async def test_only_the_other_ways_are_buttons() -> None:
    scene = await Scene(plain()).begin()
    assert WAYS["chat"].en not in labels(scene.card())
    await scene.choose("way", "self")
    assert WAYS["chat"].en in labels(scene.card())
    assert WAYS["self"].en not in labels(scene.card())


async def test_a_call_sheet_is_never_called_what_they_will_see() -> None:
    scene = await Scene(plain(), files=True).begin()
    await scene.choose("draft", "call")
    await scene.click("make_ready")
    said = words(scene.card())
    assert TELL.call_sheet.en in said
    assert TELL.preview.en not in said
    assert said.startswith("Before you call Marrow Bakeries")
    files = [t.en for t in (TELL.file_eml, TELL.file_docx, TELL.file_ics)]
    assert [name for name in files if name in labels(scene.card())] == [TELL.file_ics.en]


async def test_whoever_must_agree_to_a_call_is_told_that_it_is_one() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("draft", "call")
    await scene.click("make_ready")
    await scene.choose("approval_ask")
    said = words(scene.card(OMAR))
    assert f"{TELL.by_way.en}: Ida Moreau calls them" in said
    assert "the customer does not see this sheet" in said
    assert TELL.preview.en not in said
    assert WAYS["self"].en not in said
