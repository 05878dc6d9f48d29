"""The default playbook: complete in both languages, and its drafts fit to be sent."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from itertools import combinations, product

import pytest

from bot.core.actions import TONES
from bot.core.case import Case, ChoiceValue, Pending, TextValue, Variant
from bot.core.dialogue.inputs import read
from bot.core.dialogue.path import asked
from bot.core.message.claims import check, facts
from bot.core.message.composing import Draft
from bot.core.message.draft import assemble
from bot.core.playbook import Channel, Field, Reader
from bot.core.words import LANGUAGES, FieldId, Language, StepId, Text
from tests.delivery_cases import PLAYBOOK, TODAY, again, full, least, without

CHANNELS: tuple[Channel, ...] = ("email", "chat", "letter", "call")
READERS: tuple[Reader, ...] = ("executive", "day_to_day", "technical")
MESSAGES: tuple[Channel, ...] = ("email", "chat", "letter")
VARIANTS = list(product(CHANNELS, READERS, LANGUAGES))
CASES: tuple[Callable[[Language], Case], ...] = (full, again, least)

FIELDS = {
    "start": "project customer promised original_date moved_before first_sign",
    "audience": "reader_name reader customer_language channel contract_ref notice_clause notice_days",
    "cause": "cause_kind cause cause_party own_part late_word internal_note",
    "status": "done left percent_done",
    "impact": "impact_known impact customer_deadline customer_deadline_what",
    "plan": "new_date remaining pace date_basis confidence milestones what_changed what_was_wrong",
    "contingency": "options recommended trigger ask decide_by",
    "remedy": "goodwill goodwill_detail remedy_approved approver contract_term contract_detail",
    "effort": "effort",
    "follow_up": "cadence follow_up_channel next_update sender feedback",
}
CHINESE = re.compile(r"[\u3400-\u9fff]")
HALF = re.compile(r"[\u3400-\u9fff）”][,;:!?()]|[,;:!?()][\u3400-\u9fff（“]")
UNFILLED = ("{", "}", "[", "]", "None", "True", "False", "TBD", "TODO", "View(")
DOUBLED = re.compile(r"[.。;；:：,，!！?？、]\s*[.。;；,，、]|  ")
EMPTY_WORDS = (
    "guarantee", "we will do everything", "do our best", "rest assured", "any inconvenience",
    "unforeseen", "as soon as possible", "keep you posted", "保证", "一定会", "尽快", "竭尽全力",
    "带来的不便", "敬请谅解", "高度重视", "随时同步", "放心",
)  # fmt: skip


def draft(case: Case, channel: Channel, reader: Reader = "day_to_day") -> Draft:
    return assemble(PLAYBOOK, case, Variant(channel, reader, case.language), today=TODAY)


def told(case: Case, name: str) -> str:
    value = case.answers[FieldId(name)].value
    assert isinstance(value, TextValue)
    return value.text.rstrip(".。")


def texts(value: object) -> Iterator[Text]:
    """All texts below a value."""
    match value:
        case Text():
            yield value
        case tuple():
            for item in value:
                yield from texts(item)
        case _ if is_dataclass(value):
            for f in fields(value):
                yield from texts(getattr(value, f.name))
        case _:
            return


def test_steps_and_fields_are_those_that_the_rest_relies_on() -> None:
    assert {s.id: " ".join(f.id for f in s.fields) for s in PLAYBOOK.steps} == FIELDS


def test_every_question_has_a_placeholder_or_choices() -> None:
    assert [
        f.id for f in PLAYBOOK.fields.values() if not (f.placeholder or f.choices or f.columns)
    ] == []
    assert [c.id for f in PLAYBOOK.fields.values() for c in f.columns if not c.placeholder] == []


READ = ("text", "long_text", "date", "percent", "person", "rows")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", [f for f in PLAYBOOK.fields.values() if f.kind in READ])
def test_a_good_example_can_be_typed_as_it_stands(field: Field, language: Language) -> None:
    case = without(full(language), *(s.id for s in PLAYBOOK.steps))
    at = datetime(2026, 2, 16, 9, 0, tzinfo=UTC)
    value = read(PLAYBOOK, case, field, field.example.good.to(language), at=at)
    assert value is not None
    assert not isinstance(value, Pending), value


@pytest.mark.parametrize("field", [f for f in PLAYBOOK.fields.values() if f.choices])
def test_a_word_typed_means_one_choice(field: Field) -> None:
    ways = [{w.casefold() for w in (c.id, c.label.en, c.label.zh, *c.words)} for c in field.choices]
    twice = {w for one, other in combinations(ways, 2) for w in one & other}
    assert twice == set()


def test_only_what_and_to_whom_cannot_be_skipped() -> None:
    assert [s.id for s in PLAYBOOK.steps if not s.skippable] == ["start", "audience"]


def test_what_is_carried_belongs_to_the_customer() -> None:
    carried = {f.id for f in PLAYBOOK.fields.values() if f.carried}
    assert carried == {"reader_name", "reader", "customer_language", "channel", "sender"}


def test_what_touches_the_team_is_internal() -> None:
    internal = {f.id for s in PLAYBOOK.steps for f in s.fields if f.internal}
    assert internal == {"first_sign", "internal_note", "approver", "contract_detail"}
    later = {s.id: s.fields for s in PLAYBOOK.later}
    assert not any(f.internal for f in later.pop(StepId("update")))  # written for the customer
    assert all(f.internal for fields in later.values() for f in fields)  # told to nobody outside


@pytest.mark.parametrize(
    ("field", "kind"), [("goodwill", "goodwill"), ("contract_term", "contract")]
)
def test_remedies_to_choose_are_those_of_the_catalogue(field: str, kind: str) -> None:
    choices = {c.id for c in PLAYBOOK.fields[FieldId(field)].choices}
    assert choices - {"other"} == {r.id for r in PLAYBOOK.remedies if r.kind in (kind, "none")}


def test_what_has_no_limit_the_owner_may_not_give_alone() -> None:
    free = [r.id for r in PLAYBOOK.remedies if r.owner_may_approve and r.limit is None]
    assert free == ["none"]


def test_both_languages_are_written_as_themselves() -> None:
    for text in texts(replace(PLAYBOOK, draft=replace(PLAYBOOK.draft, sentences=()))):
        assert not CHINESE.search(text.en), text
        assert CHINESE.search(text.zh) or text.zh == text.en, text
        assert not HALF.search(text.zh), text
        assert "!" not in text.en + text.zh, text
        assert "！" not in text.zh, text


def test_no_sentence_promises_what_no_answer_backs() -> None:
    for text in texts(PLAYBOOK.draft):
        found = [w for w in EMPTY_WORDS if w in text.en.lower() or w in text.zh]
        assert found == [], text


@pytest.mark.parametrize(("channel", "reader", "language"), VARIANTS)
@pytest.mark.parametrize("case", CASES)
def test_a_draft_has_no_gap_and_no_slip_of_the_pen(
    case: Callable[[Language], Case], channel: Channel, reader: Reader, language: Language
) -> None:
    text = draft(case(language), channel, reader).text
    assert [mark for mark in UNFILLED if mark in text] == []
    assert not DOUBLED.search(text), text
    assert bool(CHINESE.search(text)) == (language == "zh")
    if language == "zh":
        assert not HALF.search(text), text


@pytest.mark.parametrize(("channel", "reader", "language"), VARIANTS)
@pytest.mark.parametrize("case", [full, least])
def test_a_first_delay_stays_within_the_budget(
    case: Callable[[Language], Case], channel: Channel, reader: Reader, language: Language
) -> None:
    made = draft(case(language), channel, reader)
    assert 0 < made.words <= made.budget


@pytest.mark.parametrize(("channel", "reader", "language"), VARIANTS)
def test_all_that_can_be_told_stays_within_a_fifth_above(
    channel: Channel, reader: Reader, language: Language
) -> None:
    made = draft(again(language), channel, reader)
    assert made.words <= made.budget * 1.2


@pytest.mark.parametrize(("channel", "reader", "language"), VARIANTS)
@pytest.mark.parametrize("case", CASES)
def test_the_first_sentence_carries_the_news_and_the_new_date(
    case: Callable[[Language], Case], channel: Channel, reader: Reader, language: Language
) -> None:
    lines = draft(case(language), channel, reader).sentences
    first = next(x for x in lines if x.part not in ("subject", "greeting"))
    assert first.part == "news"
    assert {"promised", "original_date", "new_date"} <= set(first.answers)


@pytest.mark.parametrize(("channel", "reader", "language"), VARIANTS)
def test_next_update_and_request_come_with_their_days(
    channel: Channel, reader: Reader, language: Language
) -> None:
    lines = draft(full(language), channel, reader).sentences
    assert any(x.part == "follow_up" and "next_update" in x.answers for x in lines)
    assert any(x.part == "ask" and {"ask", "decide_by"} <= set(x.answers) for x in lines)


@pytest.mark.parametrize("party", ["ours", "shared", "supplier"])
@pytest.mark.parametrize(("channel", "language"), list(product(MESSAGES, LANGUAGES)))
def test_our_part_is_owned_in_so_many_words(
    channel: Channel, language: Language, party: str
) -> None:
    case = full(language, cause_party=party)
    (line,) = [x for x in draft(case, channel).sentences if "own_part" in x.answers]
    assert line.text.startswith(told(case, "own_part"))
    assert re.search(r"responsib|That part is ours|That is on us|责任", line.text)


@pytest.mark.parametrize("party", ["customer", "force_majeure"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_that_is_not_asked_for_is_not_told(language: Language, party: str) -> None:
    case = full(language, cause_party=party)
    assert all(told(case, "own_part") not in draft(case, c).text for c in CHANNELS)


@pytest.mark.parametrize(("channel", "reader", "language"), VARIANTS)
def test_a_remedy_is_told_only_when_it_is_approved(
    channel: Channel, reader: Reader, language: Language
) -> None:
    case = full(language, remedy_approved="not_yet")
    assert told(case, "goodwill_detail") not in draft(case, channel, reader).text


@pytest.mark.parametrize(
    ("channel", "language"), list(product(("email", "letter", "call"), LANGUAGES))
)
def test_an_approved_remedy_is_told(channel: Channel, language: Language) -> None:
    case = full(language)
    detail = told(case, "goodwill_detail")[1:]  # a sentence may begin with a capital
    assert all(detail in draft(case, channel, r).text for r in READERS)


@pytest.mark.parametrize(("channel", "language"), list(product(CHANNELS, LANGUAGES)))
def test_a_technical_reader_sees_no_commercial_terms(channel: Channel, language: Language) -> None:
    case = full(language, goodwill="credit")
    text = draft(case, channel, "technical").text
    assert told(case, "goodwill_detail")[1:] not in text
    assert ("cost:" if language == "en" else "费用：") not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_executive_is_spared_the_work_and_its_steps(language: Language) -> None:
    parts = [(x.part, x.sentence) for x in draft(full(language), "email", "executive").sentences]
    assert not any(part == "effort" or "milestones" in id_ for part, id_ in parts)


@pytest.mark.parametrize(("channel", "reader", "language"), VARIANTS)
def test_what_is_internal_stays_inside(
    channel: Channel, reader: Reader, language: Language
) -> None:
    case = again(language)
    text = draft(case, channel, reader).text
    assert told(case, "internal_note") not in text
    assert told(case, "contract_detail") not in text
    assert ("Petra" if language == "en" else "陈立") not in text


@pytest.mark.parametrize(("channel", "reader", "language"), VARIANTS)
@pytest.mark.parametrize("case", CASES)
def test_every_claim_of_a_draft_traces_to_an_answer(
    case: Callable[[Language], Case], channel: Channel, reader: Reader, language: Language
) -> None:
    made = draft(case(language), channel, reader)
    ledger = check(made.text, facts(PLAYBOOK, case(language), today=TODAY), draft=made)
    assert ledger.entries
    assert ledger.flagged == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", CHANNELS)
def test_without_a_new_date_the_message_says_so_and_when_it_goes_on(
    channel: Channel, language: Language
) -> None:
    made = draft(without(full(language), "plan"), channel)
    news = next(x for x in made.sentences if x.part == "news")
    assert re.search("cannot yet give you a new date|新日期今天还定不下来|新日期。", news.text)
    assert any("next_update" in x.answers for x in made.sentences)


@pytest.mark.parametrize("step", [s.id for s in PLAYBOOK.steps if s.skippable])
@pytest.mark.parametrize(("channel", "language"), list(product(CHANNELS, LANGUAGES)))
def test_a_skipped_step_leaves_no_gap(step: str, channel: Channel, language: Language) -> None:
    text = draft(without(again(language), step), channel).text
    assert [mark for mark in UNFILLED if mark in text] == []
    assert not DOUBLED.search(text), text


def test_the_samples_answer_all_that_is_asked() -> None:
    for language in LANGUAGES:
        for case in (full(language), again(language), least(language)):
            asked_for = {f.id for f in _walked() if asked(case, f) and f.required}
            assert asked_for <= set(case.answers)
        everything = {f.id for f in _walked() if asked(again(language), f)}
        assert everything == set(again(language).answers)


def _walked() -> Iterator[Field]:
    """The fields that the walk asks, before the customer is told."""
    yield from (f for s in PLAYBOOK.steps for f in s.fields)


def _many(language: Language) -> Iterator[Case]:
    """Cases that together need every sentence of the playbook."""
    yield from (again(language), least(language), without(full(language), "plan"))
    yield without(again(language), "plan", "remedy")
    for field in ("cause_party", "moved_before", "confidence", "remedy_approved"):
        for choice in PLAYBOOK.fields[FieldId(field)].choices:
            case = full(language)
            answer = case.answers[FieldId(field)]
            changed = replace(answer, value=ChoiceValue(choice.id))
            yield replace(case, answers={**case.answers, FieldId(field): changed})
    yield without(full(language, impact_known="none_known", channel="letter"), "plan")
    yield full(language, customer_deadline=date(2026, 6, 8))  # before the new date


def test_every_sentence_is_used_by_some_case() -> None:
    used = {
        line.sentence
        for case in _many("en")
        for channel, reader in product(CHANNELS, READERS)
        for line in draft(case, channel, reader).sentences
    }
    used |= {
        line.sentence
        for tone, reader in product(TONES, READERS)
        for line in assemble(
            PLAYBOOK, full("en"), Variant("email", reader, "en", tone), today=TODAY
        ).sentences
    }
    of_a_delay = {s.id for s in PLAYBOOK.draft.sentences if "delay" in s.about}
    assert of_a_delay - used == set()
