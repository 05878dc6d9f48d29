"""Every documented limit of blocks and views: what is built, of which size, and how much is right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.platforms.slack.fake.blocks import Surface
from tests.platforms.slack.fake.payloads import check_blocks, check_message, check_view
from tests.platforms.slack.fake.schema import Findings, Payload


@dataclass(frozen=True, slots=True)
class Limit:
    """A thing of size n is right up to `most` and wrong one past it."""

    name: str
    most: int
    check: Callable[[int], Findings]


def plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text}


def words(size: int) -> Payload:
    return plain("x" * size)


def mrkdwn(size: int) -> Payload:
    return {"type": "mrkdwn", "text": "x" * size}


def section(**more: Any) -> Payload:
    return {"type": "section", **({} if "fields" in more else {"text": mrkdwn(1)}), **more}


def button(number: int = 0, **more: Any) -> Payload:
    return {"type": "button", "action_id": f"a{number}", "text": words(1), **more}


def actions(*elements: Payload) -> Payload:
    return {"type": "actions", "elements": list(elements)}


def field(element: Payload, **more: Any) -> Payload:
    return {"type": "input", "label": words(1), "element": element, **more}


def option(number: int = 0, **more: Any) -> Payload:
    return {"text": words(1), "value": f"v{number}", **more}


def options(count: int) -> list[Payload]:
    return [option(n) for n in range(count)]


def menu(**more: Any) -> Payload:
    more = more if "options" in more or "option_groups" in more else {"options": options(1), **more}
    return {"type": "static_select", "action_id": "menu", **more}


def choice(kind: str, count: int) -> Payload:
    return {"type": kind, "action_id": "choice", "options": options(count)}


def groups(count: int, each: int = 1) -> list[Payload]:
    return [
        {"label": words(1), "options": [option(g * each + n) for n in range(each)]}
        for g in range(count)
    ]


def typed(**more: Any) -> Payload:
    return {"type": "plain_text_input", "action_id": "typed", **more}


def confirm(**more: Any) -> Payload:
    usual = {"title": words(1), "text": mrkdwn(1), "confirm": words(1), "deny": words(1)}
    return {**usual, **more}


def raw(text: str) -> Payload:
    return {"type": "raw_text", "text": text}


def rows(count: int, width: int = 1) -> list[list[Payload]]:
    return [[raw("x")] * width for _ in range(count)]


def table(kind: str = "table", **more: Any) -> Payload:
    caption = {"caption": "x"} if kind == "data_table" else {}
    return {"type": kind, "rows": rows(2), **caption, **more}


def chart(points: int = 1, series: int = 1, *, label: int = 1, **more: Any) -> Payload:
    names = [f"{n:02}" + "x" * max(0, label - 2) for n in range(points)]
    return {
        "type": "data_visualization",
        "title": "x",
        "chart": {
            "type": "bar",
            "series": [
                {"name": f"s{s}", "data": [{"label": n, "value": 1} for n in names]}
                for s in range(series)
            ],
            "axis_config": {"categories": names},
        },
        **more,
    }


def pie(segments: int) -> Payload:
    parts = [{"label": f"p{n}", "value": 1} for n in range(segments)]
    return {"type": "data_visualization", "title": "x", "chart": {"type": "pie", "segments": parts}}


def card(**more: Any) -> Payload:
    return {"type": "card", "title": mrkdwn(1), **more}


def container(**more: Any) -> Payload:
    return {"type": "container", "title": words(1), "child_blocks": [section()], **more}


def modal(**more: Any) -> Payload:
    return {"type": "modal", "title": words(1), "blocks": [section()], **more}


def _in(surface: Surface, *blocks: Payload) -> Findings:
    return check_blocks(list(blocks), surface)


def _message(*blocks: Payload) -> Findings:
    return _in("message", *blocks)


def _modal(**more: Any) -> Findings:
    return check_view(modal(**more))


def _limit(name: str, most: int, check: Callable[[int], Findings]) -> Limit:
    return Limit(name, most, check)


_x = "x".__mul__

MESSAGE_LIMITS = (
    _limit("blocks of a message", 50, lambda n: _message(*[section()] * n)),
    _limit("text object", 3000, lambda n: _message(section(text=mrkdwn(n)))),
    _limit("section fields", 10, lambda n: _message(section(fields=[mrkdwn(1)] * n))),
    _limit("section field", 2000, lambda n: _message(section(fields=[mrkdwn(n)]))),
    _limit("header", 150, lambda n: _message({"type": "header", "text": words(n)})),
    _limit("context", 10, lambda n: _message({"type": "context", "elements": [mrkdwn(1)] * n})),
    _limit("actions", 25, lambda n: _message(actions(*(button(i) for i in range(n))))),
    _limit("block_id", 255, lambda n: _message(section(block_id=_x(n)))),
    _limit("action_id", 255, lambda n: _message(actions(button(action_id=_x(n))))),
    _limit("button text", 75, lambda n: _message(actions(button(text=words(n))))),
    _limit("button value", 2000, lambda n: _message(actions(button(value=_x(n))))),
    _limit("button url", 3000, lambda n: _message(actions(button(url=_x(n))))),
    _limit("button label", 75, lambda n: _message(actions(button(accessibility_label=_x(n))))),
    _limit("options", 100, lambda n: _message(actions(menu(options=options(n))))),
    _limit("option text", 75, lambda n: _message(actions(menu(options=[option(text=words(n))])))),
    _limit("option value", 150, lambda n: _message(actions(menu(options=[option(value=_x(n))])))),
    _limit(
        "option description",
        75,
        lambda n: _message(actions(menu(options=[option(description=words(n))]))),
    ),
    _limit("option groups", 100, lambda n: _message(actions(menu(option_groups=groups(n))))),
    _limit("group options", 100, lambda n: _message(actions(menu(option_groups=groups(1, n))))),
    _limit(
        "group label",
        75,
        lambda n: _message(
            actions(menu(option_groups=[{"label": words(n), "options": options(1)}]))
        ),
    ),
    _limit("placeholder", 150, lambda n: _message(actions(menu(placeholder=words(n))))),
    _limit("overflow", 5, lambda n: _message(actions(choice("overflow", n)))),
    _limit("radio buttons", 10, lambda n: _message(actions(choice("radio_buttons", n)))),
    _limit("checkboxes", 10, lambda n: _message(actions(choice("checkboxes", n)))),
    _limit(
        "confirm title", 100, lambda n: _message(actions(button(confirm=confirm(title=words(n)))))
    ),
    _limit(
        "confirm text", 300, lambda n: _message(actions(button(confirm=confirm(text=mrkdwn(n)))))
    ),
    _limit(
        "confirm yes", 30, lambda n: _message(actions(button(confirm=confirm(confirm=words(n)))))
    ),
    _limit("confirm no", 30, lambda n: _message(actions(button(confirm=confirm(deny=words(n)))))),
    _limit("input label", 2000, lambda n: _message(field(typed(), label=words(n)))),
    _limit("input hint", 2000, lambda n: _message(field(typed(), hint=words(n)))),
    _limit("input length", 3000, lambda n: _message(field(typed(max_length=n)))),
    _limit("input value", 3000, lambda n: _message(field(typed(initial_value=_x(n))))),
    _limit(
        "value within max_length",
        5,
        lambda n: _message(field(typed(initial_value=_x(n), max_length=5))),
    ),
    _limit(
        "image text",
        2000,
        lambda n: _message({"type": "image", "image_url": "x", "alt_text": _x(n)}),
    ),
    _limit(
        "image url",
        3000,
        lambda n: _message({"type": "image", "image_url": _x(n), "alt_text": "x"}),
    ),
    _limit("markdown", 12_000, lambda n: _message({"type": "markdown", "text": _x(n)})),
    _limit(
        "markdown together",
        12_000,
        lambda n: _message(
            {"type": "markdown", "text": _x(6000)}, {"type": "markdown", "text": _x(n - 6000)}
        ),
    ),
    _limit(
        "characters together",
        13_200,
        lambda n: _message(*(section(text=mrkdwn(s)) for s in _split(n))),
    ),
    _limit("table rows", 100, lambda n: _message(table(rows=rows(n)))),
    _limit("table cells", 20, lambda n: _message(table(rows=rows(1, n)))),
    _limit("table columns", 20, lambda n: _message(table(column_settings=[{"align": "left"}] * n))),
    _limit("tables", 1, lambda n: _message(*[table()] * n)),
    _limit("data table rows", 201, lambda n: _message(table("data_table", rows=rows(n)))),
    _limit("data table cells", 20, lambda n: _message(table("data_table", rows=rows(2, n)))),
    _limit("data table page", 100, lambda n: _message(table("data_table", page_size=n))),
    _limit("data table characters", 20_000, lambda n: _in("home", *_data_tables(n))),
    _limit("chart title", 50, lambda n: _message(chart(title=_x(n)))),
    _limit("chart series", 6, lambda n: _message(chart(series=n))),
    _limit("chart points", 20, lambda n: _message(chart(points=n))),
    _limit("chart label", 20, lambda n: _message(chart(label=n))),
    _limit("pie segments", 6, lambda n: _message(pie(n))),
    _limit("charts", 2, lambda n: _message(*[chart()] * n)),
    _limit("card title", 150, lambda n: _message(card(title=mrkdwn(n)))),
    _limit("card subtitle", 150, lambda n: _message(card(subtitle=mrkdwn(n)))),
    _limit("card body", 200, lambda n: _message(card(body=mrkdwn(n)))),
    _limit("card subtext", 200, lambda n: _message(card(subtext=mrkdwn(n)))),
    _limit("card actions", 3, lambda n: _message(card(actions=[button(i) for i in range(n)]))),
    _limit("carousel", 10, lambda n: _message({"type": "carousel", "elements": [card()] * n})),
    _limit("container blocks", 10, lambda n: _message(container(child_blocks=[section()] * n))),
    _limit("container title", 150, lambda n: _message(container(title=words(n)))),
    _limit("container subtitle", 150, lambda n: _message(container(subtitle=mrkdwn(n)))),
)

VIEW_LIMITS = (
    _limit("blocks of a modal", 100, lambda n: _modal(blocks=[section()] * n)),
    _limit(
        "blocks of a Home tab",
        100,
        lambda n: check_view({"type": "home", "blocks": [section()] * n}),
    ),
    _limit("view title", 24, lambda n: _modal(title=words(n))),
    _limit("view submit", 24, lambda n: _modal(submit=words(n))),
    _limit("view close", 24, lambda n: _modal(close=words(n))),
    _limit("private_metadata", 3000, lambda n: _modal(private_metadata=_x(n))),
    _limit("callback_id", 255, lambda n: _modal(callback_id=_x(n))),
    _limit("external_id", 255, lambda n: _modal(external_id=_x(n))),
    _limit("alert", 200, lambda n: _modal(blocks=[{"type": "alert", "text": mrkdwn(n)}])),
    _limit(
        "file input",
        10,
        lambda n: _modal(
            submit=words(1),
            blocks=[field({"type": "file_input", "action_id": "f", "max_files": n})],
        ),
    ),
)

LIMITS = MESSAGE_LIMITS + VIEW_LIMITS


def _data_tables(total: int) -> list[Payload]:
    """Tables of so many characters together."""
    wide = [table("data_table", rows=[[raw(_x(size))]] * 2) for size in _split(total // 2, 2500)]
    odd = [table("data_table", rows=[[raw("xx")], [raw("x")]])] if total % 2 else []
    return wide + odd


def _split(total: int, each: int = 3000) -> list[int]:
    """A number in parts of at most `each`."""
    parts = [each] * (total // each)
    return parts + ([total % each] if total % each else [])


def message(**more: Any) -> Findings:
    """What is wrong with a message."""
    return check_message({"text": "A whole sentence.", **more})
