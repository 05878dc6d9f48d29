"""What is said after a rehearsal."""

import pytest

from bot.content.playbooks import home
from bot.content.rehearsals import load_personas
from bot.core.rehearsal.call import begin, reply, stop
from bot.core.rehearsal.debrief import Debrief, debrief
from bot.core.words import Language
from tests.core.rehearsing import EMPTY, GOOD, SCENE, play

PERSONAS = load_personas(home() / "rehearsal")
ANGRY, SILENT = PERSONAS["angry"], PERSONAS["silent"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def after(says: str, *, language: Language = "en", seed: str = "1") -> Debrief:
    return debrief(ANGRY, play(ANGRY, says, language=language, seed=seed), scene=SCENE)


def kinds(found: Debrief) -> list[str]:
    return [remark.kind for remark in found.remarks]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_good_call_has_strengths_and_nothing_to_take_back(language: Language) -> None:
    found = after(GOOD[language], language=language)
    assert found.remarks == ()
    assert found.answered == found.asked == 6
    assert "nothing to take back" in found.text.en
    assert "You took your own part" in found.strengths[0].en


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dodged_question_is_shown_with_the_reply(language: Language) -> None:
    found = after(EMPTY[language], language=language)
    assert found.answered == 0
    assert set(kinds(found)) == {"dodged"}
    assert len(found.remarks) == found.asked
    assert all(remark.question and remark.reply == EMPTY[language] for remark in found.remarks)
    assert found.text.en == f"0 of {found.asked} questions got an answer."
    assert "对方想听的是" in found.remarks[0].text.zh


def test_too_much_promised_and_blame_are_shown_word_for_word() -> None:
    found = after("I guarantee 18 December. It was their fault.")
    first = found.remarks[0]
    assert (first.kind, first.phrase) == ("promised", "guarantee")
    assert "“guarantee” promises more than anybody can know" in first.text.en
    assert {"promised", "blamed"} <= set(kinds(found))
    assert kinds(found).index("promised") < kinds(found).index("blamed")


def test_words_that_belittle_and_gifts_are_shown() -> None:
    found = after("It is only a small thing, have dinner with us.")
    assert {"minimised", "offered"} <= set(kinds(found))


def test_all_answered_with_a_slip_of_the_tongue_is_said_so() -> None:
    found = after(f"{GOOD['en']} I guarantee it.")
    assert found.answered == found.asked
    assert "worth another look" in found.text.en


def test_a_question_answered_at_the_second_try_counts_and_is_remarked() -> None:
    first = begin(ANGRY, SCENE, language="en", seed="1")
    again = reply(ANGRY, first, EMPTY["en"], scene=SCENE)
    then = reply(ANGRY, again, "Because the pumps failed.", scene=SCENE)
    found = debrief(ANGRY, stop(then), scene=SCENE)
    assert (found.asked, found.answered) == (1, 1)
    assert kinds(found) == ["asked_twice"]


def test_a_date_that_is_not_in_the_message_is_shown_beside_it() -> None:
    found = after("It comes on 11 December.")
    remark = next(one for one in found.remarks if one.kind == "other_date")
    assert remark.phrase == "11 December"
    assert "your message says Fri 18 Dec 2026" in remark.text.en


def test_who_fills_the_silence_is_told() -> None:
    long = f"{GOOD['en']} " + "And there is more to it, as you know. " * 8
    found = debrief(SILENT, play(SILENT, long), scene=SCENE)
    assert kinds(found).count("filled_silence") == 2
    assert "filled_silence" not in kinds(after(long))


def test_silence_is_no_question() -> None:
    short = debrief(SILENT, play(SILENT, GOOD["en"]), scene=SCENE)
    assert short.asked == 4


def test_a_kind_word_and_an_honest_not_yet_are_strengths() -> None:
    found = after("I am sorry. I do not know yet, you hear from me by Thursday.")
    assert [text.en[:30] for text in found.strengths] == [
        "You said what you do not know,",
        "You let them be upset before y",
    ]
    assert found.answered == found.asked


def test_a_call_that_was_never_answered_says_so_kindly() -> None:
    found = debrief(ANGRY, stop(begin(ANGRY, SCENE, language="en", seed="1")), scene=SCENE)
    assert (found.asked, found.remarks, found.strengths) == (0, (), ())
    assert "Come back" in found.text.en


def test_a_plain_answer_is_the_strength_where_nothing_else_stands_out() -> None:
    found = after("18 December, at nine. No. Because the pumps failed; for you it means a wait.")
    assert [text.en[:30] for text in found.strengths] == ["This one you answered straight"]


def test_an_answer_with_a_fault_in_it_is_no_strength() -> None:
    assert after("We guarantee 18 December.").strengths == ()
