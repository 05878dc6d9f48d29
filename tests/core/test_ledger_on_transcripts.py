"""The claim ledger over every written conversation and every invented case of the playbook.

Nothing that a case says is flagged; whatever is changed, dropped or put in is found.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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
from bot.core.message.by_hand import by_hand
from bot.core.message.claims import check, facts, missing
from bot.core.message.composing import Draft
from bot.core.message.draft import assemble, is_told
from bot.core.playbook import Channel, Field, Reader
from bot.core.words import LANGUAGES, FieldId, Language
from bot.script import performance, transcript
from tests import delivery_cases
from tests.core.test_claims import FOREIGN, boundaries

PLAYBOOK = delivery_cases.PLAYBOOK
FOLDER = Path(__file__).parent.parent / "transcripts"
CHANNELS: tuple[Channel, ...] = ("email", "chat", "letter", "call")
READERS: tuple[Reader, ...] = ("executive", "day_to_day", "technical")
FIGURES = (DateValue, NumberValue, PercentValue, MoneyValue, PersonValue)


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
@pytest.mark.parametrize("how", ["otherwise", "slightly", "as_another"])
def test_every_changed_answer_is_found_in_the_text_of_before(name: str, how: str) -> None:
    story = stories()[name]
    old = story.draft(own_variant(story))
    before = check(old.text, facts(PLAYBOOK, story.case, today=story.today), draft=old).entries
    for field in told(old):
        stood = [e.claim.span for e in before if e.answers == (field,)]
        for value in changes(story, old, field)[how]:
            found = Found(old, replace(story, case=with_value(story.case, field, value)))
            assert found.unmarked() == [], (field, value)
            assert found.unnamed(field) == [], (field, value)
            if how != "otherwise" and isinstance(value, FIGURES):
                assert found.silent(field, stood) == [], (field, value)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dropped_answer_is_found_in_the_text_of_before(name: str, language: Language) -> None:
    story = stories()[name]
    old = story.draft(Variant("email", "day_to_day", language))
    for field in told(old):
        answers = {k: v for k, v in story.case.answers.items() if k != field}
        found = Found(old, replace(story, case=replace(story.case, answers=answers)))
        assert found.unmarked() == [], field
        assert all(field not in e.answers for e in found.ledger.entries), field


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


class Found:
    """What the check finds in a text that was assembled before the answers were changed."""

    def __init__(self, old: Draft, changed: Story) -> None:
        self.old = old
        self.now = changed.draft(old.variant)
        base = facts(PLAYBOOK, changed.case, today=changed.today)
        self.ledger = check(old.text, base, draft=self.now)
        self.missing = missing(old.text, base, self.now)
        self.by_hand = by_hand(old.text, self.now)

    def unmarked(self) -> list[str]:
        """The sentences of before that the draft says no more, and at which nothing is found."""
        said = {line.text for line in self.now.sentences}
        places = [e.claim.span for e in self.ledger.flagged]
        places += [x.span for x in self.by_hand.reworded] + [x.span for x in self.by_hand.own]
        gone = [line for line in self.old.sentences if line.text not in said]
        return [x.text for x in gone if not any(meets(place, x.span) for place in places)]

    def unnamed(self, field: FieldId) -> list[str]:
        """The sentences that the answer makes now, and that nothing says are lacking."""
        said = {line.text for line in self.old.sentences}
        named = {f for x in self.by_hand.reworded for f in x.answers}
        named |= {f for x in self.by_hand.left_out for f in x.answers}
        if field in named or field in self.missing:
            return []
        return [x.text for x in self.now.sentences if x.text not in said and field in x.answers]

    def silent(self, field: FieldId, stood: Sequence[tuple[int, int]]) -> list[str]:
        """The places where the old figure stood and is not flagged, unless the new one is missed."""
        said = {line.text for line in self.now.sentences}
        gone = [line.span for line in self.old.sentences if line.text not in said]
        places = [at for at in stood if any(meets(at, span) for span in gone)]
        spans = [e.claim.span for e in self.ledger.flagged]
        lost = [at for at in places if not any(meets(span, at) for span in spans)]
        return [] if field in self.missing else [self.old.text[slice(*at)] for at in lost]


def meets(place: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a place and a span have something in common."""
    return place[0] < span[1] and span[0] < place[1]


def with_value(case: Case, name: FieldId, value: Value) -> Case:
    """The case with another value in the place of an answer."""
    new = replace(case.answers[name], value=value)
    return replace(case, answers={**case.answers, name: new})


def changes(story: Story, draft: Draft, name: FieldId) -> Mapping[str, list[Value]]:
    """What the answer could be changed to: something else, nearly the same, another's figure."""
    value = story.case.answers[name].value
    beside = {f for line in draft.sentences if name in line.answers for f in line.answers}
    days = {f: a.value for f, a in story.case.answers.items() if isinstance(a.value, DateValue)}
    near = [day for f, day in days.items() if f in beside]
    dates = [days[f] for f in told(draft) if f in days and days[f] not in near]
    nearly = nudged(value, story.case)
    return {
        "otherwise": [other(value, PLAYBOOK.fields[name])],
        "slightly": [] if nearly is None else [nearly],
        "as_another": [*dates] if isinstance(value, DateValue) else [],
    }


def nudged(value: Value, case: Case) -> Value | None:
    """The value off by the least: the next day or number, another last letter or figure."""
    match value:
        case RowsValue(rows=rows):
            first = {k: n for k, c in rows[0].items() if (n := nudged_cell(c, case)) is not None}
            name = next(iter(first), None)
            return RowsValue(({**rows[0], name: first[name]}, *rows[1:])) if name else None
        case PercentValue(percent=percent):
            return PercentValue(percent - 1 if percent else percent + 1)
        case ChoiceValue() | ChoicesValue() | YesNoValue():
            return None
        case _:
            return nudged_cell(value, case)


def nudged_cell(cell: Cell, case: Case) -> Cell | None:
    """As `nudged`, of one cell. The day is the next one that no answer names."""
    match cell:
        case DateValue(day=day, end=end):
            named = {a.value.day for a in case.answers.values() if isinstance(a.value, DateValue)}
            days = next(n for n in range(1, 99) if day + timedelta(n) not in named)
            return DateValue(day + timedelta(days), end + timedelta(days) if end else None)
        case NumberValue(number=number, unit=unit):
            return NumberValue(number + 1, unit)
        case MoneyValue(amount=amount, currency=currency):
            return MoneyValue(amount + 1, currency)
        case PersonValue(name=name):
            return PersonValue(name[:-1] + ("x" if name[-1].isascii() else "甲"))
        case TextValue(text=text):
            figures = list(re.finditer(r"\d+", text))
            at = figures[-1].span() if figures else None
            return (
                TextValue(f"{text[: at[0]]}{int(text[slice(*at)]) + 1}{text[at[1] :]}")
                if at
                else None
            )
        case ChoiceValue():
            return None


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
