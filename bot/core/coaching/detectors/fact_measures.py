"""Measures in drafts and facts: which unit stands beside a number, and how much that is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from bot.core.reading.numerals import normalise
from bot.core.reading.quantities import Quantity

_UNITS: Mapping[str, Mapping[str, float]] = {
    "length": {
        "mm|millimet(?:re|er)s?|毫米": 0.001, "cm|centimet(?:re|er)s?|厘米|公分": 0.01,
        "m|met(?:re|er)s?|米": 1, "km|kilomet(?:re|er)s?|公里|千米": 1000,
    },
    "imperial length": {"inch(?:es)?|英寸": 0.0254, "feet|foot|ft|英尺": 0.3048, "yards?|码": 0.9144, "miles?|英里": 1609.344},
    "area": {"m²|m2|sqm|square met(?:re|er)s?|平方米|平米|平方": 1, "ha|hectares?|公顷": 10_000, "km²|square kilomet(?:re|er)s?|平方公里": 1e6, "亩": 666.7},
    "volume": {
        "ml|millilit(?:re|er)s?|毫升": 0.001, "cl|centilit(?:re|er)s?": 0.01, "l|lit(?:re|er)s?|升": 1,
        "hl|hectolit(?:re|er)s?": 100, "m³|m3|cubic met(?:re|er)s?|立方米|立方|方": 1000,
    },
    "mass": {"g|grams?|克": 0.001, "kg|kilos?|kilograms?|公斤|千克": 1, "t|tons?|tonnes?|吨": 1000, "斤": 0.5},
    "energy": {"kwh|kilowatt[- ]hours?|度电?|千瓦时": 1, "mwh|megawatt[- ]hours?|兆瓦时": 1000, "gwh|gigawatt[- ]hours?": 1e6},
    "power": {"kw|kilowatts?|千瓦": 1, "mw|megawatts?|兆瓦": 1000},
    "pressure": {"bar": 0.1, "mpa|megapascals?|兆帕": 1, "kpa|kilopascals?|千帕": 0.001},
    "data": {"kb|kilobytes?": 0.001, "mb|megabytes?": 1, "gb|gigabytes?": 1000, "tb|terabytes?": 1e6},
    "time": {"seconds?|secs?|秒钟?": 1, "minutes?|mins?|分钟": 60, "hours?|hrs?|个?(?:半)?小时|个?钟头": 3600},
}  # fmt: skip
_SIZES = tuple(
    (kind, size) for kind, units in _UNITS.items() for size in units.values()
)  # by the number of its group
_WORDS = "|".join(f"({words})" for units in _UNITS.values() for words in units)
_UNIT = re.compile(
    rf"[\s-]?(?:(?:more|further|full|extra|additional|other|[a-z]{{4,10}})\s)??(?:{_WORDS})(?![a-z\d²³])"
)
_MOST = 12  # measures that are added and compared with each other
_COUNTED = frozenset(["number", "count", "ratio"])
_IMPERIAL = "imperial "
_CLOSE, _ACROSS = 0.001, 0.04  # share by which a measure may be off, in one system and between two


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of what: 1,200 of length, for 1.2 km."""

    kind: str
    size: float
    imperial: bool = False

    def same(self, other: "Measure", room: float = 0.0) -> bool:
        """Whether both are as much of the same, as exactly as their units and `room` allow."""
        room = max(room, _CLOSE if self.imperial == other.imperial else _ACROSS)
        return self.kind == other.kind and abs(self.size - other.size) <= room * other.size

    def times(self, number: float) -> "Measure":
        """So many times as much."""
        return Measure(self.kind, self.size * number, self.imperial)


def measures(text: str, quantity: Quantity) -> Iterator[Measure]:
    """What a quantity of a normalised text measures, and the whole it is a part of."""
    unit = _unit_of(text, quantity)
    for value in (quantity.value, quantity.of):
        if unit is not None and value is not None:
            yield Measure(unit.kind, float(value) * unit.size, unit.imperial)


def _unit_of(text: str, quantity: Quantity) -> Measure | None:
    """One of the unit that stands beside the number."""
    match = _UNIT.fullmatch(quantity.unit) if quantity.unit else None
    if match is None and quantity.kind in _COUNTED:
        match = _UNIT.match(text, quantity.span[1])
    if match is None or match.lastindex is None:
        return None
    kind, size = _SIZES[match.lastindex - 1]
    return Measure(kind.removeprefix(_IMPERIAL), size, kind.startswith(_IMPERIAL))


def measured(text: str, found: tuple[Quantity, ...]) -> tuple[Measure, ...]:
    """All that the quantities of a text measure."""
    plain = normalise(text)
    return tuple(one for quantity in found for one in measures(plain, quantity))


def with_sums(known: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Measures, what lies between two of a kind, and both together."""
    pairs = [(a, b) for a, b in combinations(known[:_MOST], 2) if a.kind == b.kind]
    sizes = ((a, size) for a, b in pairs for size in (abs(a.size - b.size), a.size + b.size))
    return (*known, *(Measure(a.kind, size, a.imperial) for a, size in sizes))
