"""Days that stood for something else than was meant, or as a machine writes them."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.cards.blocks import Box, Form
from bot.core.cards.screens import draw
from bot.core.cards.shown import in_box, stands_as
from bot.core.case import Case, DateValue, Variant
from bot.core.dialogue.answers import take
from bot.core.dialogue.inputs import read
from bot.core.effects import ReviewScreen, StepScreen
from bot.core.following.minutes import time_line
from bot.core.foresight.weighing import clock_of
from bot.core.message import draft
from bot.core.stamp import Stamp
from bot.core.words import EventId, FieldId, Language, StepId
from bot.platforms.slack.boxes import in_words
from bot.script import printed
from bot.script.play import home, play
from bot.script.transcript import load
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full

SIGN = FieldId("first_sign")
STRETCH = DateValue(date(2026, 5, 12), date(2026, 5, 14))
LANGUAGES: tuple[Language, Language] = ("en", "zh")


def doubted(language: Language) -> Case:
    """A case whose first sign was seen in the course of three days."""
    case = full(language)
    return replace(case, answers={**case.answers, SIGN: replace(case.answers[SIGN], value=STRETCH)})


def box_of_sign(language: Language) -> Box:
    card = draw(PLAYBOOK, doubted(language), StepScreen(StepId("start")), today=TODAY)
    form = next(b for b in card.blocks if isinstance(b, Form))
    return next(b for b in form.boxes if b.field == SIGN)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tue 12 May 2026 to Thu 14 May 2026"),
        ("zh", "2026年5月12日（周二）至2026年5月14日（周四）"),
    ],
)
def test_a_stretch_of_days_is_told_as_one(language: Language, words: str) -> None:
    case, box = doubted(language), box_of_sign(language)
    review = draw(PLAYBOOK, case, ReviewScreen(), today=TODAY)
    clock = clock_of(case, today=TODAY).text
    assert clock is not None
    assert words in clock.to(language)
    assert box.hint is not None
    assert words in box.hint.to(language)
    assert words in str(review)
    assert box.value == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_box_sent_back_as_it_stands_is_the_same_stretch(language: Language) -> None:
    case, box = doubted(language), box_of_sign(language)
    assert isinstance(box.value, str)
    assert read(PLAYBOOK, case, PLAYBOOK.fields[SIGN], box.value, at=AT) == STRETCH


def test_silence_counts_from_its_first_day() -> None:
    one = replace(STRETCH, end=None)
    case = doubted("en")
    first = replace(case, answers={**case.answers, SIGN: replace(case.answers[SIGN], value=one)})
    counted = [clock_of(x, today=TODAY).silent_working_days for x in (case, first)]
    assert counted == [4, 4]


def test_the_time_line_of_the_look_back_names_its_last_day() -> None:
    labels = [label.en for day, label in time_line(doubted("en")) if day == STRETCH.day]
    assert labels == ["First sign, until Thu 14 May 2026"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", ["email", "letter"])
def test_the_day_to_choose_is_not_the_day_by_which_an_impact_is_known(
    language: Language, channel: str
) -> None:
    case = full(language, impact_known="none_known")
    made = draft.assemble(
        PLAYBOOK, case, Variant("letter" if channel == "letter" else "email", "day_to_day", language),
        today=TODAY,
    )  # fmt: skip
    (unknown,) = (x for x in made.sentences if x.sentence.endswith("unknown"))
    assert FieldId("decide_by") not in unknown.answers
    assert not any(letter.isdigit() for letter in unknown.text)


@pytest.mark.parametrize(
    ("raw", "language", "words"),
    [
        ("2026-05-26", "en", "Tue 26 May 2026"),
        ("2026-05-26", "zh", "2026年5月26日（周二）"),
        ("in March", "en", "in March"),
        ("", "zh", ""),
    ],
)
def test_a_cell_in_slack_shows_a_day_in_words(raw: str, language: Language, words: str) -> None:
    assert in_words(raw, language) == words


def test_a_played_conversation_is_written_as_its_language_is() -> None:
    shown = printed.text(play(load(home() / "clinic_forms_zh.yaml")))
    own = [line for line in shown.splitlines() if "“" not in line]
    assert [line for line in own if "项目: " in line or "您: " in line] == []
    assert "原定日期：2026年5月29日（周五）" in shown
    assert "Needle fitted · 2026年5月26日（周二）" in shown
    assert [line for line in own if "2026-05-29" in line] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_free_day_that_was_kept_is_not_asked_about_again(language: Language) -> None:
    name = FieldId("new_date")
    kept = DateValue(date(2026, 6, 15), date(2026, 6, 21))  # ends on a Sunday
    case = full(language)
    case = replace(case, answers={**case.answers, name: replace(case.answers[name], value=kept)})
    card = draw(PLAYBOOK, case, StepScreen(StepId("plan")), today=TODAY)
    box = next(b for x in card.blocks if isinstance(x, Form) for b in x.boxes if b.field == name)
    stamp = Stamp(EventId("e1"), AT, PM)
    after, outcome = take(
        PLAYBOOK, case, PLAYBOOK.fields[name], box.value, stamp=stamp, seen=case.revision
    )
    assert (outcome, after.pending) == ("same", {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_sent_back_with_their_days_in_words_are_the_same(language: Language) -> None:
    case, name = full(language), FieldId("milestones")
    value = case.answers[name].value
    rows = in_box(value)
    assert isinstance(rows, tuple)
    shown = tuple(
        {k: in_words(v, language) for k, v in r.items()} for r in rows if isinstance(r, dict)
    )
    assert shown != rows
    assert stands_as(value, shown)
