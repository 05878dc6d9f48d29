"""Practising the call in the dialogue: who picks up, what they hear, and that nothing gets out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import TypeAdapter

from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core import actions, flow
from bot.core.cards import screens
from bot.core.cards.blocks import Button, Buttons, Card, Facts, Heading, Hint, Paragraph, Quote
from bot.core.case import Case, Variant
from bot.core.dialogue import inputs, live, pings
from bot.core.effects import (
    AskCustomer,
    DraftScreen,
    Effect,
    MovedScreen,
    PracticeScreen,
    ReviewScreen,
    Show,
    StepScreen,
    StoppedScreen,
    Toast,
)
from bot.core.events import (
    DraftOpened,
    EditOpened,
    Event,
    PingDue,
    Resumed,
    Reviewed,
    Stamp,
    Stopped,
    Submitted,
    Typed,
)
from bot.core.message import draft
from bot.core.phrases import SAY
from bot.core.rehearsal import calling
from bot.core.rehearsal.calling import Line
from bot.core.rehearsal.events import CustomerSpoke, PracticeEnded, PracticeOpened
from bot.core.rehearsal.practice import Practice
from bot.core.words import LANGUAGES, EventId, FieldId, Language, StepId, Text, same
from tests.core import rehearsing
from tests.core.rehearsing import EMPTY
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full

CUSTOMERS = default_customers()
LINE = Line(CUSTOMERS, default_coaching())
GOOD: dict[Language, str] = {
    "en": rehearsing.GOOD["en"].replace("18 December", "19 June"),
    "zh": rehearsing.GOOD["zh"].replace("12月18日", "6月12日"),
}
PROUD: dict[Language, str] = {
    "en": "We guarantee it. Our supplier dropped the ball.",
    "zh": "我们保证没问题，都怪供应商不配合。",
}


class Practised:
    """A full case with its draft on the screen, and somebody who practises the call."""

    def __init__(self, language: Language = "en", line: Line = LINE) -> None:
        variant = Variant("call", "day_to_day", language)
        self.case: Case = replace(
            full(language), step=None, phase="reviewing", live=3, variant=variant
        )
        self.language = language
        self.line = line
        self.said: list[Effect] = []
        self._count = 0

    def stamp(self) -> Stamp:
        self._count += 1
        return Stamp(EventId(f"p{self._count}"), AT + timedelta(minutes=self._count), PM)

    def tell(self, event: Event) -> "Practised":
        """Let it happen; the customer is asked and heard as the engine would do it."""
        self.case, effects = flow.reduce(PLAYBOOK, self.case, event)
        self.said = list(effects)
        if any(isinstance(e, AskCustomer) for e in effects):
            spoke = calling.answer(PLAYBOOK, self.case, self.line, stamp=self.stamp(), today=TODAY)
            assert spoke is not None
            self.case, more = flow.reduce(PLAYBOOK, self.case, spoke)
            self.said += more
        return self

    def open(self, persona: str = "") -> "Practised":
        return self.tell(PracticeOpened(self.stamp(), persona, self.case.live))

    def call(self, persona: str = "angry") -> "Practised":
        return self.open().open(persona)

    def type(self, *lines: str) -> "Practised":
        for line in lines:
            self.tell(Typed(self.stamp(), line))
        return self

    def hang_up(self) -> "Practised":
        return self.tell(PracticeEnded(self.stamp(), self.case.live))

    def whole(self, says: str = "", persona: str = "angry") -> "Practised":
        """A whole call in which every reply is the same."""
        self.call(persona)
        while self.practice.calling:
            self.type(says or GOOD[self.language])
        return self

    @property
    def practice(self) -> Practice:
        assert self.case.practice is not None
        return self.case.practice

    @property
    def line_now(self) -> str:
        assert self.practice.rehearsal is not None
        return self.practice.rehearsal.line

    @property
    def toast(self) -> Text | None:
        return next((e.text for e in self.said if isinstance(e, Toast)), None)

    def card(self) -> Card:
        return screens.draw(PLAYBOOK, self.case, live.current(self.case), today=TODAY)

    def shown(self) -> dict[str, object]:
        """The screens by slot, the last one of each."""
        return {e.slot: e.screen for e in self.said if isinstance(e, Show)}


def buttons(card: Card) -> list[Button]:
    return [b for block in card.blocks if isinstance(block, Buttons) for b in block.buttons]


def labels(card: Card) -> list[str]:
    return [b.label.en for b in buttons(card)]


def words(card: Card) -> str:
    """All that stands on a card, in both languages."""
    found = [card.text]
    for block in card.blocks:
        if isinstance(block, Heading | Hint | Paragraph | Quote):
            found.append(block.text)
        elif isinstance(block, Facts):
            found += [text for row in block.rows for text in (row.label, row.value)]
    return "\n".join(side for text in found for side in (text.en, text.zh))


def test_the_draft_offers_to_practise_the_call() -> None:
    sut = Practised()
    (button,) = [b for b in buttons(sut.card()) if b.label == SAY.practise]
    event = actions.event(sut.stamp(), button.action, actions.Click())
    sut.tell(event) if event else None
    assert isinstance(live.current(sut.case), PracticeScreen)


def test_every_customer_is_offered_with_a_sentence() -> None:
    card = Practised().open().card()
    for persona in CUSTOMERS.values():
        assert persona.about.en in words(card)
        assert persona.title.zh in words(card)
    assert labels(card) == [*(p.title.en for p in CUSTOMERS.values()), "Back to the draft"]
    assert "no customer reads it" in words(card)
    assert "客户看不到" in words(card)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_customer_speaks_the_customers_language(language: Language) -> None:
    sut = Practised(language).call()
    (quote,) = [b for b in sut.card().blocks if isinstance(b, Quote)]
    assert quote.language == language
    assert any("\u4e00" <= c <= "\u9fff" for c in quote.text.en) == (language == "zh")


def test_each_line_is_marked_as_practice_and_names_the_customer() -> None:
    sut = Practised().call()
    (head,) = [b for b in sut.card().blocks if isinstance(b, Heading)]
    assert (head.text.en, head.text.zh) == ("Practice · The angry customer", "练习 · 发火的客户")
    assert sut.card().text.en.startswith("Practice · ")
    assert "no customer reads it" in words(sut.card())


def test_the_next_line_stands_below_the_reply_and_the_one_before_stays() -> None:
    sut = Practised().call()
    first, at = sut.line_now, sut.case.live
    sut.type(GOOD["en"])
    assert sut.case.live == at + 1
    shown = sut.shown()
    behind = shown[f"live:{at}"]
    assert isinstance(behind, PracticeScreen)
    card = screens.draw(PLAYBOOK, sut.case, behind, today=TODAY)
    assert first in words(card)
    assert buttons(card) == []
    assert shown[f"live:{at + 1}"] == PracticeScreen(sut.practice)
    assert sut.line_now != first


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_practised_reaches_the_answers_or_the_draft(language: Language) -> None:
    sut = Practised(language)
    before = sut.case
    sut.whole(PROUD[language]).tell(DraftOpened(sut.stamp()))
    assert (sut.case.answers, sut.case.pending) == (before.answers, before.pending)
    assert (sut.case.loose, sut.case.edits, sut.case.variant) == ("", {}, before.variant)
    assert sut.case.practice is None
    assert before.variant is not None
    texts = [draft.text_on_screen(PLAYBOOK, c, before.variant, TODAY) for c in (before, sut.case)]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_afterwards_the_faults_are_shown_word_for_word(language: Language) -> None:
    card = Practised(language).whole(PROUD[language]).card()
    found = words(card)
    assert {"en": "“guarantee” promises", "zh": "“保证”说得太满"}[language] in found
    assert {"en": "puts it on somebody else", "zh": "推给别人"}[language] in found
    assert PROUD[language] in found
    assert labels(card) == ["Practise again", "Another customer", "Back to the draft"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dodged_question_is_shown_with_the_reply(language: Language) -> None:
    sut = Practised(language).whole(EMPTY[language])
    facts = [b for b in sut.card().blocks if isinstance(b, Facts)]
    assert len(facts) == 4
    rows = [(r.label.en, r.value.en) for r in facts[0].rows]
    assert rows[0][0] == "They asked"
    assert rows[1] == ("You said", EMPTY[language])
    assert "2 more replies could be better" in words(sut.card())


def test_one_more_reply_is_said_in_the_singular() -> None:
    sut = Practised().whole()
    heard = sut.practice.debrief
    assert heard is not None
    faults = Practised().whole(EMPTY["en"]).practice.debrief
    assert faults is not None
    heard = replace(heard, remarks=faults.remarks[:5])
    screen = PracticeScreen(replace(sut.practice, debrief=heard))
    assert "One more reply" in words(screens.draw(PLAYBOOK, sut.case, screen, today=TODAY))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_good_call_ends_with_one_good_thing_and_no_remark(language: Language) -> None:
    card = Practised(language).whole().card()
    good = [b for b in card.blocks if isinstance(b, Hint) and b.tone == "good"]
    assert len(good) == 1
    assert not any(isinstance(b, Hint) and b.tone == "look" for b in card.blocks)


def test_without_a_coach_the_call_still_ends_with_what_was_heard() -> None:
    sut = Practised(line=Line(CUSTOMERS)).whole(PROUD["en"])
    assert sut.practice.debrief is not None
    assert not any(r.kind == "promised" for r in sut.practice.debrief.remarks)


def test_the_coach_listens_for_each_fault_once() -> None:
    case = Practised().case
    notice = calling.notice_of(PLAYBOOK, case, LINE, today=TODAY)
    found = [(n.check, n.phrase) for n in notice(PROUD["en"])]
    assert ("promise.certainty", "guarantee") in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("word", ["end the call", "Hang up.", "结束", "挂了吧", "结束练习"])
def test_a_word_ends_the_call_below_it(word: str) -> None:
    sut = Practised().call()
    at = sut.case.live
    sut.type(word)
    assert sut.practice.debrief is not None
    assert sut.case.live == at + 1
    assert "stopped before the first answer" in words(sut.card())


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ("We keep you posted.", "One question, and it is still open."),
        ("We guarantee it, because the belt failed.", "One question, answered. A few words"),
    ],
)
def test_a_call_of_one_question_is_summed_up_in_the_singular(says: str, said: str) -> None:
    assert said in words(Practised().call().type(says).hang_up().card())


def test_the_command_stop_ends_the_call_and_not_the_case() -> None:
    sut = Practised().call().type(EMPTY["en"])
    sut.tell(Stopped(sut.stamp()))
    assert sut.practice.debrief is not None
    assert not sut.case.stopped
    sut.tell(Stopped(sut.stamp()))
    assert live.current(sut.case) == StoppedScreen()
    assert sut.case.practice is None
    sut.tell(Resumed(sut.stamp()))
    assert isinstance(live.current(sut.case), DraftScreen)


def test_the_button_ends_the_call_where_it_stands() -> None:
    sut = Practised().call().type(GOOD["en"])
    at = sut.case.live
    (button, _) = buttons(sut.card())
    event = actions.event(sut.stamp(), button.action, actions.Click())
    assert event == PracticeEnded(replace(event.stamp), at) if event else False
    sut.hang_up()
    assert sut.case.live == at
    card = sut.card()
    assert not any(isinstance(b, Quote) for b in card.blocks)
    assert "One question, answered, and nothing to take back." in words(card)


def test_a_second_click_changes_nothing() -> None:
    sut = Practised().open()
    before = sut.case
    assert sut.open().case is before
    sut.open("angry")
    before = sut.case
    assert sut.open("silent").case is before
    assert sut.toast == SAY.already_settled
    sut.type(GOOD["en"]).hang_up()
    before = sut.case
    assert sut.hang_up().case is before
    assert sut.toast == SAY.already_settled


def test_a_button_of_an_older_message_changes_nothing() -> None:
    sut = Practised().call().type(GOOD["en"])
    before = sut.case
    for event in (PracticeOpened(sut.stamp(), "silent", 1), PracticeEnded(sut.stamp(), 1)):
        assert sut.tell(event).case is before
        assert sut.toast == SAY.moved


@pytest.mark.parametrize("event", [PracticeOpened, PracticeEnded])
def test_without_a_draft_on_the_screen_there_is_nothing_to_practise(
    event: Callable[[Stamp], Event],
) -> None:
    sut = Practised()
    sut.case = replace(sut.case, variant=None)
    before = sut.case
    assert sut.tell(event(sut.stamp())).case is before


def test_a_customer_who_speaks_out_of_turn_is_not_heard() -> None:
    sut = Practised()
    before = sut.case
    assert sut.tell(CustomerSpoke(sut.stamp(), Practice())).case is before
    assert calling.answer(PLAYBOOK, before, LINE, stamp=sut.stamp(), today=TODAY) is None
    sut.call()
    again = sut.case
    assert sut.tell(CustomerSpoke(sut.stamp(), sut.practice)).case is again


@pytest.mark.parametrize(
    ("line", "persona"),
    [
        ("4", "silent"),
        ("angry", "angry"),
        ("发火的客户", "angry"),
        ("The silent customer", "silent"),
    ],
)
def test_a_customer_can_be_named_by_typing(line: str, persona: str) -> None:
    sut = Practised().open().type(line)
    assert sut.practice.persona == persona
    assert sut.practice.calling
    assert MovedScreen() in sut.shown().values()


@pytest.mark.parametrize("line", ["0", "9", "２"])
def test_a_number_that_names_no_customer_is_answered_with_how_to_choose(line: str) -> None:
    sut = Practised().open()
    before = sut.case
    assert sut.type(line).case is before
    assert sut.toast == SAY.practice_choose


@pytest.mark.parametrize("line", ["customer", "x", "nobody of these", "They called at nine."])
def test_words_that_name_no_customer_are_kept_and_answered_with_how_to_choose(line: str) -> None:
    sut = Practised().open().type(line)
    assert (sut.case.loose, sut.case.practice) == (line, sut.practice)
    assert sut.toast == SAY.practice_choose
    assert Quote(same(line)) in sut.card().blocks


@pytest.mark.parametrize(("line", "said"), [("  ", SAY.empty_line), ("…?!", SAY.practice_words)])
def test_a_reply_without_a_word_is_not_a_reply(line: str, said: Text) -> None:
    sut = Practised().call()
    before = sut.case
    assert sut.type(line).case is before
    assert sut.toast == said


def test_a_line_after_the_call_goes_nowhere() -> None:
    sut = Practised().whole()
    before = sut.case
    assert sut.type("One more thing.").case is before
    assert sut.toast == SAY.practice_over


def test_a_second_try_differs_and_the_first_debrief_stays() -> None:
    sut = Practised().whole()
    first, at = sut.practice.rehearsal, sut.case.live
    sut.open("angry")
    assert sut.practice.calling
    assert sut.practice.rehearsal is not None
    assert first is not None
    assert sut.practice.rehearsal.turns[0].said != first.turns[0].said
    behind = sut.shown()[f"live:{at}"]
    assert isinstance(behind, PracticeScreen)
    assert behind.past
    assert "took your own part" in words(screens.draw(PLAYBOOK, sut.case, behind, today=TODAY))


def test_an_opening_that_was_just_heard_gives_way_to_another() -> None:
    sut = Practised().call()
    heard = sut.line_now
    case = replace(sut.case, practised=0, practice=Practice(persona="angry", before=heard))
    spoke = calling.answer(PLAYBOOK, case, LINE, stamp=sut.stamp(), today=TODAY)
    assert spoke is not None
    assert spoke.practice.rehearsal is not None
    assert spoke.practice.rehearsal.line not in ("", heard)


@pytest.mark.parametrize("practised", range(12))
def test_a_second_try_begins_with_other_words(practised: int) -> None:
    sut = Practised()
    sut.case = replace(sut.case, practised=practised)
    sut.call().type(GOOD["en"]).hang_up()
    assert sut.practice.rehearsal is not None
    first = sut.practice.rehearsal.turns[0].said
    assert sut.open("angry").line_now != first
    assert sut.case.practised == practised + 2


def test_a_call_that_was_broken_off_at_once_can_be_tried_again() -> None:
    assert Practised().call().hang_up().open("angry").practice.calling


def test_another_customer_can_be_chosen_afterwards() -> None:
    sut = Practised().whole().open()
    assert "Back to the draft" in labels(sut.card())
    assert sut.open("legalistic").practice.persona == "legalistic"


@pytest.mark.parametrize(
    ("event", "screen"),
    [
        (Reviewed, ReviewScreen),
        (DraftOpened, DraftScreen),
        (lambda stamp: EditOpened(stamp, StepId("plan")), StepScreen),
    ],
)
def test_another_screen_leaves_the_call_and_its_last_line_stays(
    event: Callable[[Stamp], Event], screen: type
) -> None:
    sut = Practised().call()
    at = sut.case.live
    sut.tell(event(sut.stamp()))
    assert sut.case.practice is None
    assert isinstance(live.current(sut.case), screen)
    assert isinstance(sut.shown()[f"live:{at}"], PracticeScreen)


def test_to_go_on_shows_the_line_again_once() -> None:
    sut = Practised().call()
    at = sut.case.live
    sut.tell(Resumed(sut.stamp()))
    assert sut.shown() == {
        f"live:{at}": MovedScreen(),
        f"live:{at + 1}": PracticeScreen(sut.practice),
    }


def test_a_form_from_another_window_does_not_end_the_call() -> None:
    sut = Practised().call()
    boxes = {FieldId("effort"): "Two fitters more since Monday."}
    sut.tell(Submitted(sut.stamp(), boxes, sut.case.revision))
    assert FieldId("effort") in sut.case.answers
    assert sut.practice.calling


def test_a_reply_wakes_a_call_that_was_put_aside_after_reminders() -> None:
    sut = Practised().call()
    sut.case = replace(sut.case, nudges=len(pings.NUDGES) - 1)
    assert sut.tell(PingDue(sut.stamp(), "nudge")).case.stopped
    assert not sut.type(GOOD["en"]).case.stopped
    assert sut.practice.calling


def test_words_about_the_question_are_words_to_the_customer_in_a_call() -> None:
    sut = Practised()
    assert not inputs.picks(PLAYBOOK, sut.case, "What do you mean?")
    sut.call()
    assert inputs.picks(PLAYBOOK, sut.case, "What do you mean?")
    assert inputs.picks(PLAYBOOK, sut.case, "什么意思？")
    assert not inputs.picks(PLAYBOOK, sut.case, "review")


def test_a_customer_nobody_knows_any_more_gives_way_to_the_choice() -> None:
    sut = Practised().call()
    sut.line = Line({"silent": CUSTOMERS["silent"]})
    sut.type(GOOD["en"])
    assert sut.practice == Practice(sut.practice.callers)
    assert labels(sut.card()) == ["The silent customer", "Back to the draft"]


def test_with_no_customers_at_all_there_is_a_way_back() -> None:
    card = Practised(line=Line({})).open().card()
    assert "No customer to practise with is set up here." in words(card)
    assert labels(card) == ["Back to the draft"]


def test_a_practice_without_its_customer_is_still_shown() -> None:
    sut = Practised().call()
    screen = PracticeScreen(replace(sut.practice, callers=()))
    assert "Practice · A customer" in words(screens.draw(PLAYBOOK, sut.case, screen, today=TODAY))


@pytest.mark.parametrize("at", ["choice", "call", "after"])
def test_a_practice_survives_being_written_down(at: str) -> None:
    sut = Practised("zh")
    {"choice": sut.open, "call": sut.call, "after": lambda: sut.whole(PROUD["zh"])}[at]()
    codec = TypeAdapter(Case)
    assert codec.validate_json(codec.dump_json(sut.case)).practice == sut.practice


def test_a_very_long_reply_is_kept_as_far_as_it_is_heard() -> None:
    sut = Practised().call().type("We are late. " * 2000)
    assert sut.practice.rehearsal is not None
    assert len(sut.practice.rehearsal.turns[0].reply or "") <= 4000
