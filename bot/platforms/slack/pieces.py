"""The small parts that blocks are made of, as Slack writes them. Pure."""

from collections.abc import Sequence

from bot.platforms.slack.texts import Payload, clean, cut, plain

SECTION = 3000  # characters of a section or a remark
CHART_LABEL = 20


def run(text: str, *, bold: bool = False) -> Payload:
    """A run of text."""
    made: Payload = {"type": "text", "text": clean(text) if text.strip() else text or "–"}
    return made | {"style": {"bold": True}} if bold else made


def marked(text: str, spans: Sequence[tuple[int, int]]) -> list[Payload]:
    """A text in runs, the marked spans in bold."""
    runs: list[Payload] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if not start < end <= len(text):
            continue
        if text[at:start]:
            runs.append({"type": "text", "text": text[at:start]})
        runs.append({"type": "text", "text": text[start:end], "style": {"bold": True}})
        at = end
    if text[at:] or not runs:
        runs.append({"type": "text", "text": text[at:]})
    return [r | {"text": clean(r["text"]) if r["text"].strip() else r["text"] or "–"} for r in runs]


def section(runs: list[Payload]) -> Payload:
    """Runs as one line of rich text."""
    return {"type": "rich_text_section", "elements": runs}


def rich(sections: Sequence[Payload]) -> Payload:
    """Sections below each other; a line break ends each but the last."""
    ended = [
        {**s, "elements": [*s["elements"], {"type": "text", "text": "\n"}]} for s in sections[:-1]
    ]
    return {"type": "rich_text", "elements": [*ended, *sections[-1:]]}


def quote(runs: list[Payload]) -> Payload:
    """Runs set off as somebody's words."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": runs}]}


def paragraph(text: str) -> Payload:
    """A sentence or a few."""
    return {"type": "section", "text": plain(text, SECTION)}


def context(text: str) -> Payload:
    """A remark in small letters."""
    return {"type": "context", "elements": [plain(text, SECTION)]}


def actions(elements: list[Payload]) -> Payload:
    """Buttons in a row."""
    return {"type": "actions", "elements": elements}


def link(label: str, url: str) -> Payload:
    """A button that opens an address; that it was pressed is of no interest."""
    button = {"type": "button", "action_id": "go:link", "text": plain(label, 75), "url": url}
    return actions([button])


def bars(title: str, labels: Sequence[str], values: Sequence[int]) -> Payload:
    """A native chart of bars."""
    data = [{"label": x, "value": value} for x, value in zip(labels, values, strict=True)]
    chart = {
        "type": "bar",
        "series": [{"name": cut(title, CHART_LABEL), "data": data}],
        "axis_config": {"categories": list(labels)},
    }
    return {"type": "data_visualization", "title": title, "chart": chart}


def bars_in_words(title: str, labels: Sequence[str], values: Sequence[int]) -> list[Payload]:
    """The same bars where none can be drawn."""
    lines = [f"{label}: {value}%" for label, value in zip(labels, values, strict=True)]
    return [rich([section([run(title, bold=True)])]), context("\n".join(lines) or "–")]


def has_chart(payload: Payload) -> bool:
    """Whether a native chart is in a message."""
    return any(block["type"] == "data_visualization" for block in payload.get("blocks", ()))


def without_charts(payload: Payload) -> Payload:
    """The message with its native charts in words."""
    drawn: list[Payload] = []
    for block in payload.get("blocks", ()):
        match block:
            case {"type": "data_visualization", "title": title, "chart": {"series": [one]}}:
                labels = [str(point["label"]) for point in one["data"]]
                values = [int(point["value"]) for point in one["data"]]
                drawn += bars_in_words(str(title), labels, values)
            case _:
                drawn.append(block)
    return {**payload, "blocks": drawn} if "blocks" in payload else payload
