"""The claim ledger over every written conversation and every invented case of the playbook.

Nothing that a case says is flagged; whatever is changed, dropped or put in is found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from bot.content import playbooks as content
from bot.core.case import (
    Answer,
    Case,
    Cell,
    ChoicesValue,
    ChoiceValue,
    DateValue,
    MoneyValue,
    NumberValue,
    PercentValue,
    PersonValue,
    RowsValue,
    TextValue,
    Value,
    Variant,
    YesNoValue,
    customer_language,
)
from bot.core.dialogue.scalars import local_day
from bot.core.message.claims import check, facts, missing
from bot.core.message.draft import Draft, assemble, is_told, reworded
from bot.core.playbook import Channel, Field, Reader
from bot.core.reading.dates import Mention
from bot.core.words import LANGUAGES, FieldId, Language
from bot.script import performance, transcript
from tests import delivery_cases
from tests.core.test_claims import FOREIGN, boundaries

PLAYBOOK = delivery_cases.PLAYBOOK
FOLDER = Path(__file__).parent.parent / "transcripts"
CHANNELS: tuple[Channel, ...] = ("email", "chat", "letter", "call")
READERS: tuple[Reader, ...] = ("executive", "day_to_day", "technical")


@dataclass(frozen=True, slots=True)
class Story:
    """A case that can be told, and the day on which it is."""

    case: Case
    today: date

    def draft(self, variant: Variant) -> Draft:
        """The draft of one variant."""
        return assemble(PLAYBOOK, self.case, variant, today=self.today)


@cache
def stories() -> Mapping[str, Story]:
    """The cases of all transcripts at their end, and the invented ones."""
    found: dict[str, Story] = {}
    for language in LANGUAGES:
        for name in ("full", "again", "least"):
            case = getattr(delivery_cases, name)(language)
            found[f"{name}_{language}"] = Story(case, delivery_cases.TODAY)
    for path in sorted(FOLDER.glob("*.yaml")):
        played = performance.play(
            transcript.load(path), content.load_all(thorough=False)["delivery_delay"]
        )
        for number, case in enumerate(played.cases):
            if is_told(PLAYBOOK, case, FieldId("original_date")):
                found[f"{path.stem}_{number}"] = Story(case, local_day(case, case.touched_at))
    return found


def own_variant(story: Story) -> Variant:
    """The e-mail in the customer's language: the variant that tells most."""
    return Variant("email", "day_to_day", customer_language(story.case))


NAMES = sorted(stories())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_a_case_says_is_flagged(name: str, language: Language) -> None:
    story = stories()[name]
    base = facts(PLAYBOOK, story.case, today=story.today)
    for channel in CHANNELS:
        for reader in READERS:
            draft = story.draft(Variant(channel, reader, language))
            assert check(draft.text, base, draft=draft).flagged == ()
            assert check(draft.text, base).flagged == ()


@pytest.mark.parametrize("name", NAMES)
def test_each_claim_names_an_answer_that_its_sentence_is_made_of(name: str) -> None:
    story = stories()[name]
    base = facts(PLAYBOOK, story.case, today=story.today)
    draft = story.draft(own_variant(story))
    for entry in check(draft.text, base, draft=draft).entries:
        start, end = entry.claim.span
        line = next(x for x in draft.sentences if x.span[0] <= start and end <= x.span[1])
        own = not line.answers or set(entry.answers) & set(line.answers)
        assert own or entry.claim.key == str(story.today), entry


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_put_in_is_found_at_its_place(name: str) -> None:
    story = stories()[name]
    variant = own_variant(story)
    base = facts(PLAYBOOK, story.case, today=story.today)
    draft = story.draft(variant)
    foreign = FOREIGN[variant.language]
    block = "\n".join(sentence for _, sentence, _ in foreign)
    for at in boundaries(draft.text):
        text = f"{draft.text[:at]} {block}\n{draft.text[at:]}"
        found = check(text, base, draft=draft).flagged
        for kind, inserted, words in foreign:
            first = text.index(inserted, at) + inserted.index(words)
            spans = [e.claim.span for e in found if e.claim.kind == kind]
            assert any(a <= first + 1 and first < b for a, b in spans), (
                inserted,
                text[at - 9 : at],
            )


@pytest.mark.parametrize("name", NAMES)
def test_every_changed_answer_is_found_in_the_text_of_before(name: str) -> None:
    story = stories()[name]
    variant = own_variant(story)
    old = story.draft(variant)
    for field in told(old):
        changed = replace(story, case=with_value(story.case, field))
        now = changed.draft(variant)
        base = facts(PLAYBOOK, changed.case, today=story.today)
        found = {f for e in check(old.text, base, draft=now).flagged for f in e.answers}
        found |= set(missing(old.text, base, now))
        if PLAYBOOK.fields[field].kind in ("choice", "choices", "yes_no"):
            found |= set(reworded(old, now))
        assert field in found or old.text == now.text, field


@pytest.mark.parametrize("name", NAMES)
def test_every_dropped_answer_is_found_in_the_text_of_before(name: str) -> None:
    story = stories()[name]
    variant = own_variant(story)
    old = story.draft(variant)
    before = facts(PLAYBOOK, story.case, today=story.today)
    for field in told(old):
        answers = {k: v for k, v in story.case.answers.items() if k != field}
        dropped = replace(story, case=replace(story.case, answers=answers))
        now = dropped.draft(variant)
        assert field in reworded(old, now) or old.text == now.text, field
        base = facts(PLAYBOOK, dropped.case, today=story.today)
        ledger = check(old.text, base)
        assert all(field not in e.answers for e in ledger.entries), field
        days = {d.first for d in base.told.days} | {d.last for d in base.told.days}
        for entry in check(old.text, before, draft=old).entries:
            meaning = entry.claim.meaning
            if isinstance(meaning, Mention) and entry.answers == (field,):
                held = any(r.covers(day) for r in meaning.readings for day in days)
                assert held or entry.claim.span in {e.claim.span for e in ledger.flagged}, entry


@pytest.mark.parametrize("name", NAMES)
def test_internal_answers_are_in_no_variant(name: str) -> None:
    story = stories()[name]
    secret = "Quokka Zephyr 88123"
    hidden = [f.id for f in PLAYBOOK.fields.values() if f.internal]
    assert hidden
    answers = {
        f: Answer(TextValue(secret), story.case.begun_at, story.case.owner, 1) for f in hidden
    }
    case = replace(story.case, answers={**story.case.answers, **answers})
    base = facts(PLAYBOOK, case, today=story.today)
    for channel in CHANNELS:
        for reader in READERS:
            for language in LANGUAGES:
                text = assemble(
                    PLAYBOOK, case, Variant(channel, reader, language), today=story.today
                ).text
                assert not any(word in text for word in secret.split())
    told_anyway = check("Ask Quokka Zephyr.\nThere are 88123 units.", base).flagged
    assert {e.verdict for e in told_anyway} == {"internal"}


def told(draft: Draft) -> Iterator[FieldId]:
    """The answers that stand in a draft."""
    yield from dict.fromkeys(f for line in draft.sentences for f in line.answers)


def with_value(case: Case, name: FieldId) -> Case:
    """The case with an answer that says something else."""
    field = PLAYBOOK.fields[name]
    old = case.answers[name]
    new = Answer(other(old.value, field), old.at, old.by, old.revision)
    return replace(case, answers={**case.answers, name: new})


def other(value: Value, field: Field) -> Value:
    """Another value of the same kind."""
    match value:
        case RowsValue(rows=rows):
            return RowsValue(tuple({k: other_cell(c) for k, c in row.items()} for row in rows))
        case ChoiceValue(id=id_):
            return ChoiceValue(next(c.id for c in field.choices if c.id != id_))
        case ChoicesValue(ids=ids):
            return ChoicesValue(tuple(c.id for c in field.choices if c.id not in ids))
        case PercentValue(percent=percent):
            return PercentValue(Decimal(7) if percent != 7 else Decimal(8))
        case YesNoValue(yes=yes):
            return YesNoValue(not yes)
        case _:
            return other_cell(value)


def other_cell(cell: Cell) -> Cell:
    """Another cell of the same kind."""
    match cell:
        case TextValue():
            return TextValue("Zanzibar warehouse roofing leaks badly")
        case PersonValue():
            return PersonValue("Thorvald Abernathy")
        case DateValue(day=day):
            return DateValue(day + timedelta(days=1234))
        case NumberValue(number=number, unit=unit):
            return NumberValue(number + 911, unit)
        case MoneyValue(amount=amount, currency=currency):
            return MoneyValue(amount + 7421, currency)
        case ChoiceValue():
            return cell
