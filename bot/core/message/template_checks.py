"""What is wrong with the sentences of a playbook, found when it is loaded."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from bot.core.case import (
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
    YesNoValue,
)
from bot.core.message.draft import DERIVED
from bot.core.message.templates import OUTPUT_LIMIT, TemplateRefused, column_problems, names, render
from bot.core.message.views import AmountView, DateView, Showing, View, view
from bot.core.playbook import Column, Field, Playbook, Sentence
from bot.core.words import LANGUAGES, Language

_TODAY = date(2026, 11, 23)
_LEFT = "{{", "{%", "{#"


def check_templates(playbook: Playbook) -> Iterator[str]:
    """Every fault in the templates of the sentences, one line each, naming the sentence."""
    for sentence in playbook.draft.sentences:
        clean = True
        for language in LANGUAGES:
            for problem in _problems(sentence, playbook, language):
                clean = False
                yield f"sentence {sentence.id} ({language}): {problem}"
        if clean:
            yield from _one_sided(sentence)


def _problems(sentence: Sentence, playbook: Playbook, language: Language) -> Iterator[str]:
    source = sentence.text.to(language)
    fields = {str(k): f for k, f in playbook.fields.items()}
    try:
        used = names(source, language)
        found = [
            *_name_problems(sentence, used, fields),
            *column_problems(source, language, fields),
        ]
        yield from found
        if not found:
            _try_out(sentence, language, fields)
    except TemplateRefused as error:
        yield str(error)


def _name_problems(
    sentence: Sentence, used: frozenset[str], fields: Mapping[str, Field]
) -> Iterator[str]:
    allowed = {*sentence.needs, *sentence.may}
    for name in sorted(used):
        if name in DERIVED:
            missing = [f for f in DERIVED[name] if f not in sentence.needs]
            if missing:
                yield f"{name} rests on {' and '.join(missing)}; name them in needs"
        elif name not in fields:
            yield f"there is no field named {name}"
        elif fields[name].internal:
            yield f"{name} is internal and may not reach the customer"
        elif name not in allowed:
            yield f"it uses {name}, which stands neither in needs nor in may"


def _one_sided(sentence: Sentence) -> Iterator[str]:
    """Answers that only one language tells the customer."""
    en, zh = (
        {f for n in names(sentence.text.to(x), x) for f in DERIVED.get(n, (n,))} for x in LANGUAGES
    )
    for only, language, other in ((en - zh, "English", "Chinese"), (zh - en, "Chinese", "English")):
        if only:
            told = ", ".join(sorted(only))
            yield f"sentence {sentence.id}: {told} stands in {language} only; {other} misses it"


def _try_out(sentence: Sentence, language: Language, fields: Mapping[str, Field]) -> None:
    """Fill the sentence with samples: all answers there, none of `may`, each of `may` missing.

    Raises TemplateRefused with the first fault.
    """
    may = [str(f) for f in sentence.may]
    for left_out in (
        (),
        tuple(may),
        *((name,) for name in may),
        *(tuple(m for m in may if m != n) for n in may),
    ):
        for full in (True, False):
            values = _samples(sentence, language, fields, full=full)
            for name in left_out:
                values.pop(name, None)
            text = render(sentence.text.to(language), language, values, limit=OUTPUT_LIMIT)
            if not left_out and full and not text.strip():
                raise TemplateRefused("it comes out empty although all its answers are there")
            if any(mark in text for mark in _LEFT):
                raise TemplateRefused("a brace is left over in its text")


def _samples(
    sentence: Sentence, language: Language, fields: Mapping[str, Field], *, full: bool
) -> dict[str, View]:
    """A value for each variable; not `full` leaves optional cells out and says no."""
    showing = Showing(language, _TODAY)
    values: dict[str, View] = {
        str(name): view(_sample(fields[name], full=full), fields[name], showing)
        for name in (*sentence.needs, *sentence.may)
    }
    values["today"] = DateView(_TODAY, None, _TODAY, language)
    values["target_date"] = DateView(_TODAY, None, _TODAY, language)
    if full:
        values["well_founded"] = "three a day"
        values["update_due"] = DateView(_TODAY, None, _TODAY, language)
        values["decision_was_due"] = DateView(_TODAY, None, _TODAY, language)
        values["update_late_days"] = AmountView(Decimal(2), None, "working_days", language)
    values["slip_days"] = AmountView(Decimal(14), None, "days", language)
    values["slip_working_days"] = AmountView(Decimal(10), None, "working_days", language)
    return values


def _sample(field: Field, *, full: bool) -> Value:
    match field.kind:
        case "choices":
            return ChoicesValue(tuple(c.id for c in field.choices[: None if full else 1]))
        case "percent":
            return PercentValue(Decimal(60))
        case "yes_no":
            return YesNoValue(full)
        case "rows":
            row = {c.id: _cell(c, full=full) for c in field.columns if full or c.required}
            return RowsValue((row, row) if full else (row,))
        case "text" | "long_text":
            return TextValue("test rig")
        case _:
            return _cell(field, full=full)


def _cell(of: Field | Column, *, full: bool) -> Cell:
    match of.kind:
        case "date":
            return DateValue(_TODAY, _TODAY + timedelta(days=4) if full else None)
        case "money":
            return MoneyValue(Decimal(1200), "EUR")
        case "number":
            return NumberValue(Decimal(9), "units" if full else None)
        case "choice":
            return ChoiceValue(of.choices[0 if full else -1].id if of.choices else "none")
        case "person":
            return PersonValue("Ada")
        case _:
            return TextValue("test rig")
