"""The filters a sentence's template may use, one set for each language."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from jinja2.runtime import Undefined

from bot.core.message.deadlines import undated
from bot.core.message.fitting import advice, amid, clause, labelled, request
from bot.core.message.views import (
    AmountKind,
    AmountView,
    ChoiceView,
    DateView,
    show_amount,
    show_day,
    show_short_day,
)
from bot.core.reading import formats
from bot.core.words import Language

Filter = Callable[..., str]

_END = ".!?…。！？"
_CLOSING = "\"'”’）)」』》"
_LOOSE = ",，;；、:： \n"


def sentence(text: object, language: Language) -> str:
    """The text as a sentence: a capital first letter, and an end mark where there is none."""
    words = _plain(text).strip().rstrip(_LOOSE)
    if not words:
        return ""
    if language == "en":
        words = capital(words)
    if words.rstrip(_CLOSING)[-1:] in _END:
        return words
    return words + ("." if language == "en" else "。")


def capital(text: str) -> str:
    """The text with a capital first letter; a first word such as iOS keeps its shape."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[0].upper() + text[1:] if first and first == first.lower() else text


def inline(text: object) -> str:
    """The text without its end mark, to stand inside a sentence; an ellipsis goes too."""
    return _plain(text).strip().rstrip(_END + _LOOSE)


def printed(language: Language) -> Callable[[object], str]:
    """What a bare `{{ name }}` prints. The function raises TypeError for what has no plain form."""

    def show(value: object) -> str:
        match value:
            case Undefined() | str() | DateView() | AmountView() | ChoiceView():
                return str(value)
            case bool() | None:
                raise TypeError(f"it prints {value}; test it with if")
            case int() | Decimal():
                return formats.show_number(Decimal(value), language)
            case tuple():
                return listed(value, language)
            case _:
                raise TypeError(f"it prints a {type(value).__name__}; choose a filter")

    return show


def listed(values: object, language: Language) -> str:
    """The texts joined as one writes a list."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return _plain(values)
    return formats.join([_plain(v) for v in values], language)


def _filters(language: Language) -> Mapping[str, Filter]:
    return {
        "sentence": lambda text: sentence(text, language),
        "inline": inline,
        "amid": lambda text: amid(inline(text), language),
        "clause": lambda text: _after_colon(text, language),
        "advice": lambda text: clause(
            sentence(advice(_plain(text).strip(), language), language), language, lettered=True
        ),
        "request": lambda text, by, how="plain": request(
            inline(text), by, language, formal=how == "formal"
        ),
        "undated": lambda text, by: undated(inline(text), by, language),
        "labelled": lambda text, label, nothing="": labelled(
            inline(text), label, nothing, language
        ),
        "day": lambda value: show_day(_date(value)),
        "short_day": lambda value: show_short_day(_date(value)),
        "number": lambda value: _amount(value, "number", language),
        "percent": lambda value: _amount(value, "percent", language),
        "money": lambda value: _amount(value, "money", language),
        "label": _label,
        "labels": lambda values: listed(values, language),
        "join": lambda values: listed(values, language),
        "days": lambda count: _days(count, language),
        "letter": _letter,
    }


def _after_colon(text: object, language: Language) -> str:
    """The text as a sentence after a colon: what was typed small stays so."""
    typed, found = _plain(text).strip(), sentence(text, language)
    if language == "en" and typed[:1].islower():
        return typed[0] + found[1:]
    return clause(found, language)


def _amount(value: object, kind: AmountKind, language: Language) -> str:
    match value:
        case AmountView():
            if value.kind != kind:
                raise TypeError(f"{value} is a {value.kind}, not a {kind}")
            return show_amount(value)
        case int() | Decimal() if kind != "money" and not isinstance(value, bool):
            return show_amount(AmountView(Decimal(value), None, kind, language))
        case _:
            raise TypeError(f"a {type(value).__name__} is not a {kind}")


def _date(value: object) -> DateView:
    if not isinstance(value, DateView):
        raise TypeError(f"a {type(value).__name__} is not a date")
    return value


def _label(value: object) -> str:
    if not isinstance(value, ChoiceView):
        raise TypeError(f"a {type(value).__name__} is not a choice")
    return value.label


def _days(count: object, language: Language) -> str:
    """A count of days; a bare number counts working days."""
    if isinstance(count, AmountView) and count.kind in ("days", "working_days"):
        return show_amount(count)
    if not isinstance(count, int) or isinstance(count, bool):
        raise TypeError(f"a {type(count).__name__} is not a number of days")
    return formats.show_days(count, language)


def _letter(index: object) -> str:
    """A for 1, B for 2; after Z the number itself."""
    if not isinstance(index, int) or isinstance(index, bool):
        raise TypeError(f"a {type(index).__name__} is not an index")
    return chr(ord("A") + index - 1) if 1 <= index <= 26 else str(index)


def _plain(value: object) -> str:
    match value:
        case Undefined() | str() | DateView() | AmountView() | ChoiceView():
            return str(value)  # an Undefined raises here, with the name of the field
        case _:
            raise TypeError(f"a {type(value).__name__} is not a text")


FILTERS: Mapping[Language, Mapping[str, Filter]] = {
    "en": _filters("en"),
    "zh": _filters("zh"),
}
