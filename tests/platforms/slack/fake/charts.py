"""The blocks of figures: table, data_table and data_visualization.

Slack's page of the last speaks of 6 series and segments, younger lists of 12; this takes the
smaller number, and the smaller of the other limits too, since what passes here passes there.
"""

from typing import Any

from tests.platforms.slack.fake.objects import identifier, raw_number, raw_text
from tests.platforms.slack.fake.rich_text import rich_text
from tests.platforms.slack.fake.schema import (
    Check,
    Findings,
    Shape,
    boolean,
    broken,
    by_type,
    items,
    number,
    one_of,
    string,
    whole,
)

MOST_SERIES = 6
MOST_POINTS = 20
CELLS_TOGETHER = 20_000  # characters in all data tables of one payload

_table_cell = by_type({"rich_text": rich_text, "raw_text": raw_text, "raw_number": raw_number})
_column = Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _same_width(value: Any, pointer: str, findings: Findings) -> None:
    rows = value.get("rows")
    if isinstance(rows, list) and len({len(r) for r in rows if isinstance(r, list)}) > 1:
        broken(findings, f"{pointer}/rows", "all rows must have the same number of cells")


def _plain_header(value: Any, pointer: str, findings: Findings) -> None:
    rows = value.get("rows")
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    for index, cell in enumerate(first):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            broken(findings, f"{pointer}/rows/0/{index}", "header cells must not be rich_text")


table = Shape(
    {"type": one_of("table"), "rows": items(items(_table_cell, 20), 100)},
    {"block_id": identifier, "column_settings": items(_column, 20)},
    (_same_width,),
)
data_table = Shape(
    {
        "type": one_of("data_table"),
        "caption": string(3000),
        "rows": items(items(_table_cell, 20), 201, 2),
    },
    {
        "block_id": identifier,
        "page_size": whole(1, 100),
        "row_header_column_index": whole(0, 19),
    },
    (_same_width, _plain_header),
)

_label = string(20)
_series = Shape(
    {
        "name": _label,
        "data": items(Shape({"label": _label, "value": number}), MOST_POINTS),
    }
)
_axis = Shape(
    {"categories": items(_label, MOST_POINTS)}, {"x_label": string(50), "y_label": string(50)}
)


def _positive(value: Any, pointer: str, findings: Findings) -> None:
    if isinstance(value.get("value"), int | float) and value["value"] <= 0:
        broken(findings, f"{pointer}/value", "must be greater than 0")


def _points_match_categories(value: Any, pointer: str, findings: Findings) -> None:
    try:
        categories = list(value["axis_config"]["categories"])
        labels = [[point["label"] for point in each["data"]] for each in value["series"]]
        names = [each["name"] for each in value["series"]]
    except (KeyError, TypeError):
        return  # said already
    for index, found in enumerate(labels):
        if found != categories:
            broken(findings, f"{pointer}/series/{index}/data", "labels must match the categories")
    if len(set(names)) < len(names):
        broken(findings, f"{pointer}/series", "series names must be unique")


def _plotted(kind: str) -> Check:
    return Shape(
        {"type": one_of(kind), "series": items(_series, MOST_SERIES), "axis_config": _axis},
        {},
        (_points_match_categories,),
    )


_segment = Shape({"label": _label, "value": number}, {}, (_positive,))
_charts: dict[str, Check] = {
    "pie": Shape({"type": one_of("pie"), "segments": items(_segment, MOST_SERIES)}),
    **{kind: _plotted(kind) for kind in ("bar", "area", "line")},
}
data_visualization = Shape(
    {"type": one_of("data_visualization"), "title": string(50), "chart": by_type(_charts)},
    {"block_id": identifier},
)
