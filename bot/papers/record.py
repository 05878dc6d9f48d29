"""The record of a case for people and for other programs: JSON Lines, Markdown, DOCX."""

from collections.abc import Iterator, Sequence
from json import dumps, loads

from bot.core.approving.release import Delivery
from bot.core.approving.showing import when
from bot.core.approving.wording import REACTIONS, TELL, WAYS
from bot.core.cards.promise_facts import promise_fact
from bot.core.case import Case, text_of
from bot.core.words import Text
from bot.engine.keeping.record import deliveries
from bot.engine.ports import Entry
from bot.papers.paper import blank, body, clean, facts, saved

_DELIVERY = Text(en="Delivery {number}", zh="第{number}次发送")
_CORRECTION = Text(
    en="Delivery {number}, corrects {before}", zh="第{number}次发送，更正第{before}次"
)
_NOTHING = Text(en="Nothing has been delivered.", zh="还没有发送过。")
_PROMISED = Text(en="Promised, as it counts now", zh="目前有效的承诺")
_AT = Text(en="When", zh="时间")
_BY = Text(en="By", zh="发送人")
_HOW = Text(en="How", zh="方式")
_AGREED = Text(en="Agreed as {role}", zh="{role}批准")
_THEY = Text(en="They", zh="客户")
_DIGEST = Text(en="Digest", zh="摘要值")


def json_lines(entries: Sequence[Entry]) -> bytes:
    """Every entry of the case's log, one a line, the linked ones with their links."""
    return "".join(f"{dumps(_line(e), ensure_ascii=False)}\n" for e in entries).encode()


def markdown(case: Case, entries: Sequence[Entry]) -> bytes:
    """Every delivery with its exact text, who agreed, to whom and how, and how it went.

    In the owner's language; the texts in that in which they left.
    """
    parts = [f"# {inline(_title(case))}", ""]
    for delivery in deliveries(entries):
        parts += [f"## {_head(case, delivery)}", ""]
        parts += [f"- {name}{_colon(case)}{inline(value)}" for name, value in _rows(case, delivery)]
        parts += ["", *_fenced(delivery), ""]
    if len(parts) == 2:
        parts.append(_NOTHING.to(case.language))
    if case.given:
        parts += [f"## {_PROMISED.to(case.language)}", ""]
        parts += [f"- {name}{_colon(case)}{inline(value)}" for name, value in _promises(case)]
    return ("\n".join(parts).rstrip() + "\n").encode()


def document(case: Case, entries: Sequence[Entry]) -> bytes:
    """The same as a document for a word processor."""
    made = blank()
    made.add_heading(clean(_title(case)), level=1)
    found = deliveries(entries)
    for delivery in found:
        made.add_heading(clean(_head(case, delivery)), level=2)
        facts(made, _rows(case, delivery))
        body(made, delivery.release.text, inset=0.8)
    if not found:
        made.add_paragraph(_NOTHING.to(case.language))
    if case.given:
        made.add_heading(_PROMISED.to(case.language), level=2)
        facts(made, _promises(case))
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


def _head(case: Case, delivery: Delivery) -> str:
    corrects = delivery.release.corrects
    said = _CORRECTION.fill(number=delivery.number, before=corrects) if corrects else None
    return (said or _DELIVERY.fill(number=delivery.number)).to(case.language)


def _rows(case: Case, delivery: Delivery) -> Iterator[tuple[str, str]]:
    """What is known of a delivery, each with its name, in the owner's language."""
    for name, value in _facts(case, delivery):
        yield name.to(case.language), value.to(case.language) if isinstance(value, Text) else value


def _facts(case: Case, delivery: Delivery) -> Iterator[tuple[Text, Text | str]]:
    release, zone = delivery.release, case.zone
    yield _AT, f"{when(delivery.at, zone).to(case.language)} ({zone})"
    around = case.surroundings
    is_owner = around is not None and around.owner_name and delivery.by == case.owner
    yield _BY, around.owner_name if around and is_owner else delivery.by
    yield _HOW, delivery.told_by or WAYS[release.way]
    if release.to:
        yield TELL.to_whom, _whom(case, delivery)
    if release.subject:
        yield TELL.subject, release.subject
    for approval in delivery.approvals:
        by = approval.by.name if approval.by else ""
        moment = f"{by}, {when(approval.at, zone).to(case.language)}" if approval.at else by
        yield _AGREED.fill(role=approval.name), moment
    for outcome in case.outcomes:
        if outcome.number == delivery.number:
            took = REACTIONS[outcome.reaction].to(case.language)
            yield _THEY, f"{took}{_colon(case)}“{outcome.quote}”" if outcome.quote else took
    yield _DIGEST, delivery.digest


def _whom(case: Case, delivery: Delivery) -> str:
    """The addresses, or the conversation by its name with its id."""
    to = ", ".join(delivery.release.to)
    named = case.surroundings.conversation_name if case.surroundings else ""
    is_chat = delivery.release.way == "chat" and named not in ("", to)
    return f"{named} ({to})" if is_chat else to


def _promises(case: Case) -> Iterator[tuple[str, str]]:
    """What counts after the last text, each with its day."""
    for promise in case.given:
        fact = promise_fact(promise)
        yield fact.label.to(case.language), fact.value.to(case.language)


def _colon(case: Case) -> str:
    return "：" if case.language == "zh" else ": "


def _fenced(delivery: Delivery) -> Iterator[str]:
    """The text in a fence that is longer than any in it."""
    longest = max((len(w) for w in delivery.release.text.split() if set(w) == {"`"}), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (fence, delivery.release.text, fence)


def inline(text: str) -> str:
    """One line in which no mark of Markdown acts."""
    flat = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in flat)
