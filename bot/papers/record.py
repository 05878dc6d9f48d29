"""The record of a case for people and for other programs: JSON Lines, Markdown, DOCX."""

from collections.abc import Iterator, Sequence
from json import dumps, loads

from bot.core.approving.release import Delivery
from bot.core.approving.wording import REACTIONS, WAYS
from bot.core.case import Case, text_of
from bot.engine.ports import Entry
from bot.engine.record import deliveries
from bot.papers.letter import blank, clean, saved


def json_lines(entries: Sequence[Entry]) -> bytes:
    """Every entry of the case's log, one a line, the linked ones with their links."""
    return "".join(f"{dumps(_line(e), ensure_ascii=False)}\n" for e in entries).encode()


def markdown(case: Case, entries: Sequence[Entry]) -> bytes:
    """Every delivery with its exact text, who agreed, to whom and how, and how it went."""
    parts = [f"# {_inline(_title(case))}", ""]
    for delivery in deliveries(entries):
        parts += [f"## {_head(delivery)}", ""]
        parts += [f"- {name}: {_inline(value)}" for name, value in _facts(case, delivery)]
        parts += ["", *_fenced(delivery), ""]
    if len(parts) == 2:
        parts.append("Nothing has been delivered.")
    return ("\n".join(parts).rstrip() + "\n").encode()


def document(case: Case, entries: Sequence[Entry]) -> bytes:
    """The same as a document for a word processor."""
    made = blank()
    made.add_heading(clean(_title(case)), level=1)
    for delivery in deliveries(entries):
        made.add_heading(clean(_head(delivery)), level=2)
        for name, value in _facts(case, delivery):
            made.add_paragraph(clean(f"{name}: {value}"), style="List Bullet")
        for paragraph in delivery.release.text.split("\n"):
            made.add_paragraph(clean(paragraph))
    return saved(made)


def _line(entry: Entry) -> dict[str, object]:
    line: dict[str, object] = {
        "event": entry.event,
        "kind": entry.kind,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "case": entry.case,
        "revision": entry.revision,
        "body": loads(entry.body),
    }
    return {**line, "link": entry.link} if entry.chained else line


def _title(case: Case) -> str:
    names = [text_of(case, "customer"), text_of(case, "project")]
    return " · ".join(n for n in names if n) or case.id


def _head(delivery: Delivery) -> str:
    corrects = f", corrects {delivery.release.corrects}" if delivery.release.corrects else ""
    return f"Delivery {delivery.number}{corrects}"


def _facts(case: Case, delivery: Delivery) -> Iterator[tuple[str, str]]:
    release = delivery.release
    yield "At", delivery.at.isoformat()
    yield "By", delivery.by
    yield "How", delivery.told_by or WAYS[release.way].en
    if release.to:
        yield "To", ", ".join(release.to)
    if release.subject:
        yield "Subject", release.subject
    for approval in delivery.approvals:
        when = approval.at.isoformat() if approval.at else ""
        yield f"Agreed as {approval.name.en}", f"{approval.by.name if approval.by else ''}, {when}"
    for outcome in case.outcomes:
        if outcome.number == delivery.number:
            said = f": “{outcome.quote}”" if outcome.quote else ""
            yield "They", f"{REACTIONS[outcome.reaction].en}{said}"
    yield "Digest", delivery.digest


def _fenced(delivery: Delivery) -> Iterator[str]:
    """The text in a fence that is longer than any in it."""
    longest = max((len(w) for w in delivery.release.text.split() if set(w) == {"`"}), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (fence, delivery.release.text, fence)


def _inline(text: str) -> str:
    """One line in which no mark of Markdown acts."""
    flat = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in flat)
