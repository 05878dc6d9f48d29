"""A text made ready: its sentences, dates and numbers, and where the signs stand in them."""

from datetime import date

import pytest

from bot.core.coaching.detectors.subject import LONGEST, Day
from bot.core.coaching.rubric import Place
from tests.core.detectors.hits import Known, language_of, subject_of

DAY: Known = {"today": "2026-06-03"}
SPOKEN = "We skip it. Ms Ode said “we skip it”; then we skip it."


@pytest.mark.parametrize(
    ("channel", "claimed"),
    [
        ("email", "we skip it. ms ode said ############; then we skip it."),
        (None, "we skip it. ms ode said ############; then we skip it."),
        ("meeting", "we skip it. ms ode said “we skip it”; then we skip it."),
        ("call", "we skip it. ms ode said “we skip it”; then we skip it."),
    ],
)
def test_what_is_quoted_is_claimed_only_where_the_text_is_spoken(
    channel: str | None, claimed: str
) -> None:
    subject = subject_of(SPOKEN, "draft", DAY, channel=channel)
    assert subject.claimed.replace("\x1f", "#") == claimed
    assert subject.plain == SPOKEN.lower()
    assert subject.visible == subject.text == SPOKEN


def test_what_lies_beyond_a_hundred_thousand_characters_is_not_read() -> None:
    subject = subject_of("a" * (LONGEST + 9), "draft", DAY)
    assert len(subject.text) == len(subject.claimed) == LONGEST == 100_000


@pytest.mark.parametrize(
    ("place", "channel", "draft", "brief"),
    [
        ("draft", "email", True, False),
        ("draft", "im", True, True),
        ("draft", "chat", True, True),
        ("plan", None, False, False),
    ],
)
def test_message_on_a_chat_is_brief(
    place: Place, channel: str | None, draft: bool, brief: bool
) -> None:
    subject = subject_of("It moves.", place, DAY, channel=channel)
    assert (subject.is_draft, subject.brief) == (draft, brief)


@pytest.mark.parametrize(
    ("rule", "known", "today"),
    [
        ("known", {"today": "2026-06-03", "original_date": "2026-06-05"}, date(2026, 6, 3)),
        ("the agreed day", {"original_date": "2026-06-05", "new_date": "2026-06-18"}, date(2026, 6, 5)),
        ("the new day", {"new_date": "2026-06-18", "aware_date": "2026-06-01"}, date(2026, 6, 18)),
        ("the day it was known", {"aware_date": "2026-06-01"}, date(2026, 6, 1)),
        ("none at all", {}, date(2026, 1, 1)),
    ],
)  # fmt: skip
def test_text_is_read_on_a_day_of_the_case(rule: str, known: Known, today: date) -> None:
    assert subject_of("It moves.", "plan", known).today == today, rule


def days(text: str, known: Known) -> list[tuple[str, date, date, bool]]:
    """Each date: its words, its first and last day, whether it is one named day."""
    subject = subject_of(text, "draft", known, language=language_of(text))
    return [(text[slice(*d.span)], d.first, d.last, d.single) for d in subject.days]


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("a day", "By 9 June.", DAY, [("9 June", date(2026, 6, 9), date(2026, 6, 9), True)]),
        ("a range", "From 9 to 11 June.", DAY, [("9 to 11 June", date(2026, 6, 9), date(2026, 6, 11), False)]),
        ("in quoted mail", "By 9 June.\n> By 10 June.", DAY, [("9 June", date(2026, 6, 9), date(2026, 6, 9), True)]),
        ("a slash, in order", "Not 18/6 but 9 June, and 20/6.", {**DAY, "new_date": "2026-06-18"},
         [("18/6", date(2026, 6, 18), date(2026, 6, 18), True), ("9 June", date(2026, 6, 9), date(2026, 6, 9), True), ("20/6", date(2026, 6, 20), date(2026, 6, 20), True)]),
        ("a point", "改到6.18，9号发。", {**DAY, "new_date": "2026-06-18"},
         [("6.18", date(2026, 6, 18), date(2026, 6, 18), True), ("9号", date(2026, 6, 9), date(2026, 6, 9), True)]),
        ("a point where nothing is known", "改到6.18。", {}, []),
        ("a point in the day of a fact", "新件6.16到。", {**DAY, "date_basis": "新件6月16日到"}, [("6.16", date(2026, 6, 16), date(2026, 6, 16), True)]),
    ],
)  # fmt: skip
def test_dates_are_found_in_order(
    rule: str, text: str, known: Known, expected: list[tuple[str, date, date, bool]]
) -> None:
    assert days(text, known) == expected, rule


def test_date_covers_the_days_of_any_of_its_readings() -> None:
    (found,) = subject_of("From 9 to 11 June.", "draft", DAY).days
    assert [found.covers(date(2026, 6, n)) for n in (8, 9, 10, 11, 12)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert not found.covers(None)
    (week,) = subject_of("Next week.", "draft", DAY).days
    assert not week.single
    assert not Day((0, 0), found.first, found.first, exact=False, mention=found.mention).single


def test_numbers_of_dates_are_no_quantities() -> None:
    subject = subject_of("Two lamps by 9 June, 3 of 9.", "draft", DAY)
    assert [subject.text[slice(*q.span)] for q in subject.quantities] == ["Two lamps", "3 of 9"]


TWO = "We guarantee it. It leaked. We guarantee it, or it leaked."


def test_signs_are_found_in_their_sentences() -> None:
    subject = subject_of(TWO, "draft", DAY)
    sure = ((3, 12), (31, 40))
    assert subject.matches["certainty"] == subject.spans("certainty") == sure
    assert subject.first("certainty") == sure[0]
    assert subject.spans("mechanism") == ((20, 26), (51, 57))
    assert subject.spans("mechanism", "certainty") == ((3, 12), (20, 26), (31, 40), (51, 57))
    assert subject.first("mood", "mechanism") == (20, 26)
    assert (subject.spans("mood"), subject.first("mood")) == ((), (0, 0))


def test_a_text_has_a_sign_where_any_of_them_stands() -> None:
    subject = subject_of(TWO, "draft", DAY)
    assert subject.has("mood", "certainty")
    assert not subject.has("mood")
    assert not subject.has()


@pytest.mark.parametrize(
    ("number", "entries", "stands"),
    [
        (0, ("certainty",), True),
        (1, ("certainty",), False),
        (2, ("certainty",), True),
        (1, ("mechanism",), True),
        (0, ("mechanism",), False),
        (0, ("mechanism", "certainty"), True),
        (0, ("mood",), False),
        (9, ("certainty",), False),
        (0, (), False),
    ],
)
def test_sentence_is_asked_for_its_own_signs(
    number: int, entries: tuple[str, ...], stands: bool
) -> None:
    assert subject_of(TWO, "draft", DAY).among(number, *entries) is stands


@pytest.mark.parametrize(
    ("position", "number"), [(0, 0), (15, 0), (16, 1), (26, 1), (27, 2), (99, 2), (-1, 0)]
)
def test_every_position_has_its_sentence(position: int, number: int) -> None:
    assert subject_of(TWO, "draft", DAY).number_of(position) == number


def test_text_without_a_sentence_has_no_other() -> None:
    subject = subject_of("", "draft", DAY)
    assert (subject.number_of(0), subject.sentences, subject.days) == (0, (), ())
    assert subject.windows == (frozenset(),)


@pytest.mark.parametrize(
    ("rule", "text", "reach", "expected"),
    [
        ("one behind the other", "The schedule is unchanged.", 4, ["schedule is unchanged"]),
        ("too far by one", "The schedule is unchanged.", 3, []),
        ("the other way round", "Unchanged is the schedule.", 20, []),
        ("in the next sentence", "The schedule. Unchanged.", 20, []),
        ("the next one counts", "The schedule is unchanged, unchanged.", 20, ["schedule is unchanged"]),
        ("each with its own", "The schedule is unchanged. The schedule is unchanged.", 4, ["schedule is unchanged"] * 2),
    ],
)  # fmt: skip
def test_pairs_stand_close_in_one_sentence(
    rule: str, text: str, reach: int, expected: list[str]
) -> None:
    subject = subject_of(text, "draft", DAY)
    found = [text[slice(*span)] for span in subject.pairs("time_noun", "unchanged", reach)]
    assert found == expected, rule


def test_days_are_asked_for_by_sentence() -> None:
    subject = subject_of("By 9 June or 10 June. Nothing. By 11 June.", "draft", DAY)
    found = [[day.first.day for day in subject.days_in(number)] for number in range(4)]
    assert found == [[9, 10], [], [11], []]


def test_words_are_told_by_text_by_sentence_and_by_three_sentences() -> None:
    subject = subject_of("Lamps hang. Pumps leak. Doors fit. Walls dry.", "draft", DAY)
    each = [{"lamp", "hang"}, {"pump", "leak"}, {"door", "fit"}, {"wall", "dry"}]
    assert [set(words) for words in subject.sentence_words] == each
    assert subject.word_set == frozenset().union(*each)
    assert subject.windows == (frozenset().union(*each[:3]), frozenset().union(*each[1:]))
    short = subject_of("Lamps hang. Pumps leak.", "draft", DAY)
    assert short.windows == (frozenset().union(*each[:2]),)


def test_names_are_blanked_for_the_judge_as_the_coaching_files_have_them() -> None:
    subject = subject_of("Kevin lost the “file”.", "cause", DAY)
    assert subject.nameless == "\x1e" * 5 + " lost the " + "\x1f" * 6 + "."


def test_word_list_is_told_in_both_languages_and_a_threshold_as_it_stands() -> None:
    subject = subject_of("It moves.", "plan", DAY)
    words = subject.words("empty_words")
    assert {"the", "的"} <= set(words)
    assert subject.threshold("options") == 2
