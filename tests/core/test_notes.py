"""The coach in the dialogue: what it says of an answer, and what the person does with it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.content.coaching import default_coaching
from bot.core import flow
from bot.core.cards import screens
from bot.core.cards.blocks import Buttons, Card, Hint, Quote
from bot.core.case import Case, TextValue
from bot.core.coaching.events import NoteKept, NotesOpened, NoteUsed
from bot.core.coaching.told import Coached as Spoken
from bot.core.coaching.told import Note
from bot.core.dialogue import live, notes, path
from bot.core.effects import AskCoach, Effect, RecapScreen, Show, StepScreen, Toast
from bot.core.events import (
    DraftEdited,
    DraftOpened,
    EditOpened,
    Event,
    Stamp,
    Submitted,
    Typed,
)
from bot.core.phrases import SAY
from bot.core.words import EventId, FieldId, Language, StepId, same
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full

CAUSE = StepId("cause")
SURE = "On 12 May the belt failed its test. We guarantee that it never happens again."


class Coached:
    """A full case in which somebody talks and the coach listens."""

    def __init__(self, language: Language = "en") -> None:
        self.case: Case = replace(full(language), step=None, phase="reviewing", live=3)
        self.said: list[Effect] = []
        self._count = 0

    def stamp(self) -> Stamp:
        self._count += 1
        return Stamp(EventId(f"n{self._count}"), AT + timedelta(minutes=self._count), PM)

    def tell(self, event: Event) -> "Coached":
        """Let it happen; the coach is asked and heard as the engine would do it."""
        self.case, effects = flow.reduce(PLAYBOOK, self.case, event)
        self.said = list(effects)
        for question in [e for e in effects if isinstance(e, AskCoach)]:
            spoke = notes.answer(
                PLAYBOOK, self.case, question, default_coaching(), stamp=self.stamp(), today=TODAY
            )
            self.case, more = flow.reduce(PLAYBOOK, self.case, spoke)
            self.said += more
        return self

    def answer(self, **boxes: str) -> "Coached":
        """Open the cause, and send these boxes of it."""
        self.tell(EditOpened(self.stamp(), CAUSE))
        empty = {f.id: "" for f in path.visible(self.case, PLAYBOOK.by_id[CAUSE])}
        sent = {**empty, **{FieldId(k): v for k, v in boxes.items()}}
        return self.tell(Submitted(self.stamp(), sent, self.case.revision))

    def checks(self, about: str = "cause") -> list[str]:
        return [n.check for n in notes.standing_notes(self.case, about)]

    def recap(self) -> Card:
        return screens.draw(PLAYBOOK, self.case, RecapScreen(CAUSE), today=TODAY)

    def live_card(self) -> Card:
        return screens.draw(PLAYBOOK, self.case, live.current(self.case), today=TODAY)


def actions(card: Card) -> list[str]:
    return [b.action.name for x in card.blocks if isinstance(x, Buttons) for b in x.buttons]


def hints(card: Card) -> str:
    return "\n".join(x.text.en for x in card.blocks if isinstance(x, Hint))


def test_a_good_answer_is_left_alone() -> None:
    talk = Coached().answer(cause="On 12 May the cooling belt failed its test at 80 degrees.")
    assert talk.checks() == []


def test_a_note_names_the_exact_words_on_the_recap() -> None:
    talk = Coached().answer(cause=SURE)
    assert "promise.certainty" in talk.checks()
    note = notes.standing_notes(talk.case, "cause")[0]
    assert note.phrase
    assert note.phrase in SURE
    assert note.phrase in hints(talk.recap())
    assert {"edit", "note_keep"} <= set(actions(talk.recap()))


def test_the_recap_is_drawn_again_and_nothing_is_posted_twice() -> None:
    talk = Coached().answer(cause=SURE)
    slots = [e.slot for e in talk.said if isinstance(e, Show)]
    assert talk.case.recaps[CAUSE] in slots
    assert len(set(slots)) == 2  # the recap and the new live message, however often drawn


def test_keeping_ones_words_settles_the_note_and_keeps_the_reason() -> None:
    talk = Coached().answer(cause=SURE)
    check = talk.checks()[0]
    talk.tell(NoteKept(talk.stamp(), "cause", check, "it is true here"))
    assert check not in talk.checks()
    assert list(talk.case.kept.values()) == ["it is true here"]
    talk.tell(NoteKept(talk.stamp(), "cause", check, "again"))
    assert any(isinstance(e, Toast) for e in talk.said)


def test_a_kept_note_is_of_those_words_only() -> None:
    talk = Coached().answer(cause=SURE)
    talk.tell(NoteKept(talk.stamp(), "cause", "promise.certainty", "agreed with legal"))
    talk.answer(cause="On 12 May the belt failed its test. It will definitely be ready by 19 June.")
    assert "promise.certainty" in talk.checks()


def test_a_rewording_replaces_only_the_words_it_speaks_of() -> None:
    talk = Coached().answer(cause="On 12 May the belt failed. A hiccup only.")
    used = [n for n in notes.standing_notes(talk.case, "cause") if n.rewording]
    assert used, talk.checks()
    talk.tell(NoteUsed(talk.stamp(), "cause", used[0].check))
    value = talk.case.answers[FieldId("cause")].value
    assert isinstance(value, TextValue)
    assert used[0].rewording in value.text
    assert value.text.startswith("On 12 May the belt failed.")
    assert used[0].phrase not in value.text


def test_a_rewording_of_words_that_changed_changes_nothing() -> None:
    talk = Coached().answer(cause="On 12 May the belt failed. A hiccup only.")
    used = next(n for n in notes.standing_notes(talk.case, "cause") if n.rewording)
    answers = dict(talk.case.answers)
    answers[FieldId("cause")] = replace(answers[FieldId("cause")], value=TextValue("Other words."))
    talk.case = replace(talk.case, answers=answers)
    before = talk.case
    talk.tell(NoteUsed(talk.stamp(), "cause", used.check))
    assert talk.case is before
    assert any(isinstance(e, Toast) for e in talk.said)


HICCUP = "On 12 May the belt failed. A hiccup only."


def reworded(talk: Coached, *, seen: int | None = None) -> Coached:
    """The first rewording of the cause, taken over by somebody who saw the case at `seen`."""
    used = next(n for n in notes.standing_notes(talk.case, "cause") if n.rewording)
    return talk.tell(NoteUsed(talk.stamp(), "cause", used.check, seen))


def test_a_rewording_leaves_the_answer_of_another_window() -> None:
    talk = Coached().answer(cause=HICCUP)
    late = {FieldId("cause"): "The belt tore on 11 May."}
    talk.tell(Submitted(talk.stamp(), late, talk.case.revision - 3))
    assert FieldId("cause") in talk.case.others
    reworded(talk, seen=talk.case.revision)
    assert "tore on 11 May" in str(talk.case.others)
    assert "hiccup" not in str(talk.case.answers[FieldId("cause")].value)


def test_a_rewording_of_an_answer_that_changed_since_is_not_taken() -> None:
    talk = Coached().answer(cause=HICCUP)
    seen = talk.case.revision
    talk.answer(cause=f"{HICCUP} It tore.")
    before = talk.case
    assert reworded(talk, seen=seen).case is before
    assert [e for e in talk.said if isinstance(e, Toast)] == [Toast(SAY.already_settled)]


def test_a_rewording_asks_again_what_rests_on_the_answer() -> None:
    talk = Coached()
    detail = talk.case.answers[FieldId("goodwill_detail")].value
    assert isinstance(detail, TextValue)
    word = detail.text.split()[0]
    note = Note(
        "tone.minimise", "minor", "P1", word, same("m"), same("q"), "Rather",
        FieldId("goodwill_detail"), (0, len(word)),
    )  # fmt: skip
    talk.case = replace(talk.case, coached={"remedy": Spoken((note,))})
    talk.tell(NoteUsed(talk.stamp(), "remedy", "tone.minimise"))
    assert str(talk.case.answers[FieldId("goodwill_detail")].value).count("Rather") == 1
    assert FieldId("remedy_approved") in talk.case.stale
    assert talk.case.phase == "collecting"


def test_a_note_that_blocks_is_kept_with_typed_words_only() -> None:
    talk = Coached().answer(cause="We keep quiet about it until they ask.")
    assert "timing.withhold" in talk.checks()
    talk.tell(NoteKept(talk.stamp(), "cause", "timing.withhold", ""))
    assert "timing.withhold" in talk.checks()
    assert "Say in one sentence why" in hints(talk.recap())
    talk.tell(Typed(talk.stamp(), "Legal told them already, in writing."))
    assert "timing.withhold" not in talk.checks()
    assert list(talk.case.kept.values()) == ["Legal told them already, in writing."]
    assert talk.case.asking is None


def test_two_notes_are_shown_and_the_rest_on_request() -> None:
    talk = Coached().answer(
        cause="We tell nobody until they ask. Sorry for any inconvenience. "
        "It will definitely be done by 19 June.",
    )
    assert len(talk.checks()) > 2
    assert actions(talk.recap()).count("note_keep") == 2
    talk.tell(NotesOpened(talk.stamp(), "cause"))
    assert actions(talk.recap()).count("note_keep") == len(talk.checks())


def test_a_changed_answer_is_read_again() -> None:
    talk = Coached().answer(cause=SURE)
    assert talk.checks()
    talk.answer(
        cause="On 12 May the cooling belt failed its test.",
        own_part="We ran that test three weeks too late.",
    )
    assert talk.checks() == []


def test_notes_stand_on_the_step_that_is_open_again() -> None:
    talk = Coached().answer(cause=SURE)
    talk.tell(EditOpened(talk.stamp(), CAUSE))
    assert isinstance(live.current(talk.case), StepScreen)
    assert notes.standing_notes(talk.case, "cause")[0].phrase in hints(talk.live_card())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_draft_of_a_full_case_has_nothing_to_mend(language: Language) -> None:
    talk = Coached(language).tell(DraftOpened(Coached().stamp()))
    about = next(k for k in talk.case.coached if k.startswith("email"))
    assert talk.case.coached[about].grade == "A", talk.checks(about)
    assert any(isinstance(x, Quote) and x.copy for x in talk.live_card().blocks)


def test_a_blocker_in_a_hand_edit_holds_the_draft_back() -> None:
    talk = Coached()
    talk.tell(DraftOpened(talk.stamp()))
    draft = next(x for x in talk.live_card().blocks if isinstance(x, Quote) and x.language)
    talk.tell(DraftEdited(talk.stamp(), draft.text.en + "\n\nWe pay all your losses."))
    about = next(k for k in talk.case.coached if k.startswith("email"))
    assert "legal.liability_admission" in talk.checks(about)
    assert talk.case.coached[about].grade == "D"
    assert not any(isinstance(x, Quote) and x.copy for x in talk.live_card().blocks)
    assert "must be settled first" in hints(talk.live_card())


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("Your safety officer has approved a second exit.", True),
        ("Three other hospitals were moved back, too.", True),
        ("Thank you for the frank words on the phone.", False),
    ],
)
def test_what_a_hand_edit_adds_and_nobody_answered_holds_the_draft_back(
    sentence: str, *, held: bool
) -> None:
    talk = Coached()
    talk.tell(DraftOpened(talk.stamp()))
    draft = next(x for x in talk.live_card().blocks if isinstance(x, Quote) and x.language)
    lines = draft.text.en.split("\n\n")
    edited = "\n\n".join([*lines[:2], sentence, *lines[2:]])
    talk.tell(DraftEdited(talk.stamp(), edited))
    about = next(k for k in talk.case.coached if k.startswith("email"))
    assert ("draft.unsupported_fact" in talk.checks(about)) is held
    assert (talk.case.coached[about].grade == "D") is held


def test_the_scorecard_comes_on_request_in_words() -> None:
    talk = Coached()
    talk.tell(DraftOpened(talk.stamp()))
    assert "Grade" not in hints(talk.live_card())
    about = next(k for k in talk.case.coached if k.startswith("email"))
    talk.tell(NotesOpened(talk.stamp(), about))
    assert "Grade A" in hints(talk.live_card())
