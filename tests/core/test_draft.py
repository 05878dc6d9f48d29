"""From answers to a message."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.case import ChoiceValue, Edit, MoneyValue, RowsValue, TextValue, Variant
from bot.core.message.draft import assemble, internal, key, standing, text_on_screen
from bot.core.message.mixed import foreign
from bot.core.message.template_checks import check_templates
from bot.core.message.tongues import count_words, is_foreign
from bot.core.playbook import Condition, Playbook, Sentence
from bot.core.words import FieldId, Language, Text, same
from tests.core.delay_sample import (
    AT,
    LANGUAGES,
    TODAY,
    english,
    field,
    full,
    playbook,
    sentence,
    variants,
    with_answer,
    without,
)

EMAIL = Variant("email", "day_to_day", "en")
EMAIL_ZH = Variant("email", "day_to_day", "zh")


def altered(*more: Sentence) -> Playbook:
    """The sample with further sentences."""
    plain = playbook()
    draft = replace(plain.draft, sentences=(*plain.draft.sentences, *more))
    return replace(plain, draft=draft)


def faults(en: str, zh: str = "好") -> list[str]:
    """What `check_templates` says of one sentence that needs a project and options."""
    added = sentence("odd", "news", en, zh, needs="project", may="options")
    return [p for p in check_templates(altered(added)) if "stands in" not in p]


def test_first_sentence_carries_the_news_and_both_dates() -> None:
    draft = assemble(playbook(), english(), EMAIL, today=TODAY)
    news = next(line for line in draft.sentences if line.part == "news")
    assert news.text == (
        "The booking app moves from Friday 4 December to Friday 18 December, 10 working days later."
    )
    assert news.answers == ("project", "original_date", "new_date")


@pytest.mark.parametrize(
    ("variant", "first"),
    [
        (EMAIL, "Subject: The booking app: Fri 18 Dec 2026 instead of Fri 4 Dec 2026\n\n"),
        (EMAIL_ZH, "主题：冷库监控系统改为2026年12月16日（周三）至2026年12月18日（周五），原"),
        (Variant("chat", "day_to_day", "en"), "Dear Ms Brandt,\n\n"),
    ],
)
def test_email_has_a_subject_line_and_chat_has_none(variant: Variant, first: str) -> None:
    draft = assemble(playbook(), full(variant.language), variant, today=TODAY)
    assert draft.text.startswith(first)
    assert bool(draft.subject) == (variant.channel == "email")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_span_holds_its_own_line(language: Language) -> None:
    for variant in variants(language):
        draft = assemble(playbook(), full(language), variant, today=TODAY)
        ends = [0]
        for line in draft.sentences:
            assert draft.text[slice(*line.span)] == line.text
            assert line.span[0] >= ends[-1]
            ends.append(line.span[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentence_is_left_out_whole_when_an_answer_it_needs_is_gone(language: Language) -> None:
    variant = Variant("email", "day_to_day", language)
    for name in full(language).answers:
        case = without(full(language), name)
        draft = assemble(playbook(), case, variant, today=TODAY)
        gone = {s.id for s in playbook().draft.sentences if name in s.needs}
        assert not gone & {line.sentence for line in draft.sentences}
        assert "{{" not in draft.text
        assert "None" not in draft.text


def test_a_row_stands_in_a_line_of_its_own() -> None:
    draft = assemble(playbook(), english(), EMAIL, today=TODAY)
    rows = draft.text.splitlines()
    assert "- Firmware test: Tue 8 Dec 2026, Carlos Mendes" in rows
    assert "- Trial week at Pinewood: Mon 14 Dec 2026" in rows
    assert "A. Go live without refunds, on Wednesday 9 December, for €0." in rows


def test_executive_draft_leaves_out_what_the_layout_says() -> None:
    brief = assemble(playbook(), english(), replace(EMAIL, reader="executive"), today=TODAY)
    assert "effort" not in {line.part for line in brief.sentences}


@pytest.mark.parametrize("state", ["open", None])
def test_remedy_stays_out_until_it_is_approved(state: str | None) -> None:
    case = without(english(), "remedy_approved")
    if state:
        case = with_answer(case, "remedy_approved", ChoiceValue(state))
    careless = altered(
        sentence("slip_1", "remedy", "{{ remedy }}", "{{ remedy }}", needs="remedy"),
        sentence("slip_2", "effort", "{{ remedy }}", "{{ remedy }}", may="remedy"),
    )
    for variant in variants("en"):
        draft = assemble(careless, case, variant, today=TODAY)
        assert "phone support" not in draft.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_internal_answers_never_reach_a_customer(language: Language) -> None:
    careless = altered(
        sentence(
            "leak", "cause", "{{ cause_internal }}", "{{ cause_internal }}", may="cause_internal"
        )
    )
    assert any("internal" in p for p in check_templates(careless))
    for variant in variants(language):
        draft = assemble(playbook(), full(language), variant, today=TODAY)
        assert "Jonas" not in draft.text
        assert "老周" not in draft.text
        assert "45,000" not in draft.text


@settings(deadline=None)  # a busy machine is no fault
@given(
    secret=st.text("abcdefghijk", min_size=12, max_size=20),
    amount=st.integers(10**7, 10**9),
    variant=st.sampled_from([*variants("en"), *variants("zh")]),
)
def test_no_internal_text_is_in_any_variant(secret: str, amount: int, variant: Variant) -> None:
    case = with_answer(full(variant.language), "cause_internal", TextValue(secret))
    case = with_answer(case, "penalty", MoneyValue(Decimal(amount), "EUR"))
    draft = assemble(playbook(), case, variant, today=TODAY)
    assert secret not in draft.text
    assert f"{amount:,}" not in draft.text
    told = internal(playbook(), case, language=variant.language, today=TODAY).text
    assert secret in told
    assert f"{amount:,}" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_internal_version_tells_every_answer(language: Language) -> None:
    told = internal(playbook(), full(language), language=language, today=TODAY)
    assert {line.field for line in told.lines} == set(full(language).answers)
    assert {line.field for line in told.lines if line.internal} == {"cause_internal", "penalty"}


def test_an_answer_that_is_no_longer_asked_for_is_not_told() -> None:
    plain = playbook()
    start = plain.steps[0]
    hidden = field("extra", when=(Condition(FieldId("channel"), ("chat",)),))
    steps = (replace(start, fields=(*start.fields, hidden)), *plain.steps[1:])
    book = replace(
        altered(sentence("x", "ask", "{{ extra }}", "{{ extra }}", needs="extra")), steps=steps
    )
    case = with_answer(english(), "extra", TextValue("Only for the chat"))
    assert "Only for the chat" not in assemble(book, case, EMAIL, today=TODAY).text
    case = with_answer(case, "channel", ChoiceValue("chat"))
    assert "Only for the chat" in assemble(book, case, EMAIL, today=TODAY).text


def test_hand_edit_stays_and_says_when_the_answers_changed_since() -> None:
    before = assemble(playbook(), english(), EMAIL, today=TODAY)
    edit = Edit("My own words", before.digest, AT, english().owner)
    case = replace(english(), edits={key(EMAIL): edit})
    shown = text_on_screen(playbook(), case, EMAIL, TODAY)
    assert (shown.text, shown.edited, shown.outdated) == ("My own words", True, False)
    changed = with_answer(case, "impact", TextValue("two more weeks by hand"))
    assert text_on_screen(playbook(), changed, EMAIL, TODAY).outdated
    assert not text_on_screen(playbook(), case, replace(EMAIL, channel="chat"), TODAY).edited


def test_the_same_case_gives_the_same_digest_and_another_day_only_another_year() -> None:
    one = assemble(playbook(), english(), EMAIL, today=TODAY)
    two = assemble(playbook(), english(), EMAIL, today=date(2026, 11, 24))
    assert one.digest == two.digest
    later = assemble(playbook(), english(), EMAIL, today=date(2027, 11, 24))
    assert "Friday 18 December 2026" in later.text


def test_answers_in_the_other_language_are_named() -> None:
    case = with_answer(english(), "impact", TextValue("贵司前台每天要手工登记一百二十笔付款"))
    assert foreign(playbook(), case, EMAIL) == ("impact",)
    assert foreign(playbook(), english(), EMAIL) == ()
    assert "cause_detail" in foreign(playbook(), english(), EMAIL_ZH)
    assert "cause_internal" not in foreign(playbook(), english(), EMAIL_ZH)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Atlas CRM", "zh", False),
        ("Atlas CRM Release Candidate", "zh", False),
        ("the card reader is late", "zh", True),
        ("读卡器晚到 Atlas CRM", "zh", False),
        ("海棠", "en", True),
        ("王经理 asked for a new test run", "en", False),
        ("", "en", False),
    ],
)
def test_a_name_is_no_foreign_text(text: str, language: Language, expected: bool) -> None:
    assert is_foreign(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("It moves to 4 December.", "en", 5),
        ("改到12月4日，Atlas完成", "zh", 9),
        ("", "zh", 0),
        ("- a – b", "en", 2),
    ],
)
def test_words_are_counted_as_the_language_counts(
    text: str, language: Language, expected: int
) -> None:
    assert count_words(text, language) == expected


def test_the_sample_has_no_fault() -> None:
    assert list(check_templates(playbook())) == []


@pytest.mark.parametrize(
    ("en", "said"),
    [
        ("{{ project.__class__.__mro__ }}", "attribute"),
        ("{{ project.upper }}", "attribute upper"),
        ("{{ project['__class__'] }}", "attribute __class__"),
        ("{{ (project ~ 'x').upper }}", "attribute of an expression"),
        ("{{ project | attr('__class__') }}", "no filter attr"),
        ("{% for x in range(10 ** 9) %}a{% endfor %}", "loops over an expression"),
        ("{% for x in project %}a{% endfor %}", "no rows"),
        ("{% for x in options %}{% for y in options %}a{% endfor %}{% endfor %}", "loop inside"),
        ("{% for x in options %}{{ x.colour }}{% endfor %}", "no column colour"),
        ("{{ project * 99999999 }}", "uses mul"),
        ("{{ 9 ** 9999999 }}", "uses pow"),
        ("{{ cycler('a') }}", "calls"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "uses macro"),
        ("{% include 'x' %}", "uses include"),
        ("{{ projekt }}", "no field named projekt"),
        ("{{ impact }}", "neither in needs nor in may"),
        ("{{ penalty }}", "internal"),
        ("{{ slip_days | days }}", "name them in needs"),
        ("{{ project | day }}", "not a date"),
        ("{% for x in options %}{{ x.cost }}{% endfor %}", "None"),
        ("{{ project | wash }}", "no filter wash"),
        ("{% if project %}", "not a template"),
        ("{{ " + "(" * 900 + "project", "not a template"),
        ("{{ project }}" + "x" * 3000, "characters"),
        ("{% if not project %}x{% endif %}", "comes out empty"),
    ],
)
def test_a_template_that_leaves_its_corner_is_refused_with_its_name(en: str, said: str) -> None:
    found = faults(en)
    assert found
    assert all(p.startswith("sentence odd (en): ") for p in found)
    assert said in found[0]


def test_an_answer_told_in_one_language_only_is_found() -> None:
    odd = sentence("odd", "news", "{{ project }}", "好", needs="project")
    assert list(check_templates(altered(odd))) == [
        "sentence odd: project stands in English only; Chinese misses it"
    ]


@pytest.mark.parametrize(
    "text", ["x" * 40_000, "👍", "\u202eabc", "{{ 7 * 7 }}", "<b>&amp; x", "\ud800"]
)
def test_any_answer_passes_as_it_was_typed(text: str) -> None:
    case = with_answer(english(), "impact", TextValue(text))
    draft = assemble(playbook(), case, EMAIL, today=TODAY)
    assert text in draft.text


def test_no_rows_and_empty_cells_are_no_fault() -> None:
    case = with_answer(english(), "options", RowsValue(({"name": TextValue("wait")}, {})))
    draft = assemble(playbook(), case, EMAIL, today=TODAY)
    assert "A. wait." in draft.text
    assert "B. " not in draft.text
    empty = with_answer(english(), "options", RowsValue(({},)))
    assert "You can choose" not in assemble(playbook(), empty, EMAIL, today=TODAY).text


def test_a_channel_without_layout_still_gives_every_sentence() -> None:
    plain = playbook()
    bare = replace(plain, draft=replace(plain.draft, layouts=()))
    draft = assemble(bare, english(), EMAIL, today=TODAY)
    assert {line.sentence for line in draft.sentences} == {
        s.id for s in standing(bare, english(), EMAIL)
    }


def test_a_text_ends_as_its_language_ends() -> None:
    case = with_answer(english(), "effort", TextValue("we tested all night"))
    assert "We tested all night. " in assemble(playbook(), case, EMAIL, today=TODAY).text
    book = altered(
        Sentence("z", "ask", Text(en="a", zh="{{ project | sentence }}"), (FieldId("project"),))
    )
    assert "冷库监控系统。" in assemble(book, full("zh"), EMAIL_ZH, today=TODAY).text
    assert same("a").en == "a"
