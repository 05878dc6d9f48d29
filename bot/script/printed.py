"""A played conversation as text for a terminal, in the person's language."""

from collections.abc import Iterator
from datetime import date
from textwrap import indent, wrap

from bot.core.cards.blocks import (
    Action,
    Block,
    Box,
    Buttons,
    Card,
    Chart,
    Divider,
    Editor,
    Facts,
    Form,
    Heading,
    Hint,
    Link,
    Paragraph,
    Quote,
)
from bot.core.dialogue.scalars import local_day
from bot.core.playbook import Playbook
from bot.core.reading import formats
from bot.core.words import CaseId, FieldId, Language, Text
from bot.engine.inbound import Clicked, Commanded, Said
from bot.script.performance import PERSON, Drafted, Played, pressable
from bot.script.table import Message, Moment

WIDTH = 96
_WIDE = 0x2E80  # from here on a character takes two columns
_QUIET = frozenset({"back", "skip", "stop", "why", "example", "review", "clear"})

_YOU = Text(en="You", zh="您")
_CLOCK = Text(en="(the clock)", zh="（时间到）")
_EDITED = Text(en="(above, now)", zh="（上面的消息改为）")
_ALSO = Text(en="Also asked here: {labels}.", zh="这一步还会问：{labels}。")
_TO = Text(en="(to {name})", zh="（发给{name}）")
_ROOM = Text(en="(in the team's channel)", zh="（在项目频道里）")
_ONLY_YOU = Text(en="(only you see this)", zh="（仅您可见）")
_DRAFT = Text(en="The message · {variant}", zh="给客户的消息 · {variant}")
_COLON = Text(en=": ", zh="：")
_NOTE = Text(en=" ({})", zh="（{}）")
_FIRST = Text(en="Nothing has been sent by playing this.", zh="播放过程不会发出任何消息。")


def text(played: Played) -> str:
    """The whole conversation, then the drafts it ends with, then what was expected in vain."""
    script = played.transcript.script
    language = script.language
    parts = [f"{script.title}\n{'═' * _width(script.title)}", *wrap(script.about, WIDTH)]
    parts.append(_FIRST.to(language))
    day = None
    for moment in played.moments:
        case = next((c for c in played.cases if c.id == moment.case), None)
        today = local_day(case, moment.at) if case else moment.at.date()
        if today != day:
            parts.append(f"\n── {formats.show_date(today, language)} ──")
            day = today
        parts.extend(_moment(moment, played, language))
    parts.extend(_drafted(d, language) for d in played.drafts)
    parts.extend(f"✗ {problem}" for problem in played.problems)
    return "\n".join(parts) + "\n"


def _moment(moment: Moment, played: Played, language: Language) -> Iterator[str]:
    yield ""
    yield from _said(moment, played, language)
    if moment.toast is not None:
        yield f"   · {moment.toast.to(language)}"
    if moment.reply is not None:
        yield _card(moment.reply, language, _ONLY_YOU.to(language))
    for message in moment.messages:
        if message.edited:
            yield _edit(message, language)
    for message in moment.messages:
        if not message.edited:
            yield _card(message.card, language, _mark(message, played, language))


def _said(moment: Moment, played: Played, language: Language) -> Iterator[str]:
    colon = _COLON.to(language)
    who = _YOU.to(language)
    sender = moment.inbound.envelope.person if moment.inbound else PERSON
    if sender != PERSON:
        who = sender
    who += colon
    match moment.inbound:
        case None:
            yield f"▸ {_CLOCK.to(language)}"
        case Commanded(words=words):
            yield f"▸ {who}/delay {words}".rstrip()
        case Said(text=line):
            yield f"▸ {who}" + line[:400].replace("\n", "\n  ") + ("…" if len(line) > 400 else "")
        case Clicked(action=action, boxes=boxes) if action.name == "submit":
            yield f"▸ {who}".rstrip()
            for name, raw in boxes.items():
                yield from _filled(played.playbook, name, raw, language)
        case Clicked(action=action):
            label = _label(action, moment, played)
            yield f"▸ {who}[{label.to(language) if label else action.name}]"


def _filled(playbook: Playbook, name: FieldId, raw: object, language: Language) -> Iterator[str]:
    label = playbook.fields[name].label.to(language) + _COLON.to(language)
    if not isinstance(raw, tuple):
        labels = {c.id: c.label.to(language) for c in playbook.fields[name].choices}
        yield f"    {label}{labels.get(str(raw)) or _day(str(raw), language)}"
        return
    yield f"    {label.rstrip()}"
    for row in (r for r in raw if not isinstance(r, dict) or any(r.values())):
        cells = row.values() if isinstance(row, dict) else (row,)
        yield f"      - {' · '.join(_day(cell, language) for cell in cells)}"


def _label(wanted: Action, moment: Moment, played: Played) -> Text | None:
    """The words on the button that was pressed, from the cards that stood before it."""
    before = played.moments[: played.moments.index(moment)]
    for earlier in reversed(before):
        cards = [m.card for m in reversed(earlier.messages)]
        for card in [*cards, *([earlier.reply] if earlier.reply else [])]:
            found = next((label for label, action in pressable(card) if action == wanted), None)
            if found is not None:
                return found
    return None


def _mark(message: Message, played: Played, language: Language) -> str:
    """Where a message stands that is not the person's own, else which case it belongs to."""
    if message.room:
        return _ROOM.to(language)
    if message.to:
        return _TO.to(language).format(name=message.to)
    return _number(message.case, played)


def _number(case: CaseId, played: Played) -> str:
    """Which case a message belongs to, where there are several."""
    ids = [c.id for c in played.cases]
    return f"#{ids.index(case) + 1}" if len(ids) > 1 else ""


def _edit(message: Message, language: Language) -> str:
    """An edited message in one line or two: what it says now."""
    lines = list(_lines(message.card, language))
    if message.slot.startswith("live:") and any(_waits(b) for b in message.card.blocks):
        return _box(lines, _EDITED.to(language))
    head = [message.card.text.to(language)]
    facts = [line for line in lines if line.startswith("• ")]
    found = _shortened(" ".join([*head, *facts]) if facts else head[0])
    return f"   ↑ {_EDITED.to(language)} {found}"


def _waits(block: Block) -> bool:
    """Whether a person is to answer here: in a form, or to the customer of a practised call."""
    if isinstance(block, Buttons):
        return any(b.action.name == "practise_end" for b in block.buttons)
    return isinstance(block, Form)


def _card(card: Card, language: Language, mark: str = "") -> str:
    return _box(list(_lines(card, language)), mark)


def _box(lines: list[str], mark: str) -> str:
    folded = [part for line in lines for row in line.splitlines() for part in _folded(row)]
    first, rest = (folded[0], folded[1:]) if folded else ("", [])
    head = f"{first}  {mark}".rstrip()
    return indent("\n".join([f"┌ {head}", *(f"│ {line}" for line in rest), "└"]), "   ")


def _facts(block: Facts, language: Language) -> Iterator[str]:
    for row in block.rows:
        note = _NOTE.to(language).format(row.note.to(language)) if row.note else ""
        said = row.value.to(language) + note
        yield f"• {row.label.to(language)}{_COLON.to(language)}{said}"


def _lines(card: Card, language: Language) -> Iterator[str]:
    for block in card.blocks:
        match block:
            case Heading(text=words) | Paragraph(text=words):
                yield words.to(language)
            case Link(label=words, url=url):
                yield f"{words.to(language)}{_COLON.to(language)}{url}"
            case Hint(text=words, tone=tone):
                yield ("! " if tone in ("look", "problem") else "· ") + words.to(language)
            case Facts():
                yield from _facts(block, language)
            case Quote(text=words):
                yield from (f"“ {line}" for line in words.to(language).splitlines())
            case Chart(title=words, bars=bars):
                yield f"{words.to(language)}{_COLON.to(language).rstrip()}"
                for bar in bars:
                    drawn = "█" * round(bar.value / 5)
                    yield f"  {bar.label.to(language)} {drawn} {bar.value}%"
            case Buttons(buttons=buttons) | Editor(beside=buttons):
                shown = [
                    f"[{b.label.to(language)}]" for b in buttons if b.action.name not in _QUIET
                ]
                yield " ".join(shown)  # an empty line is folded away
            case Form():
                yield from _form(block, language)
            case Divider():
                pass


def _form(form: Form, language: Language) -> Iterator[str]:
    """The boxes that hold something, the one that is asked for in full, the rest by name."""
    waiting = [b for b in form.boxes if not b.value and not b.aside]
    first = next((b for b in waiting if b.field == form.asks), waiting[0] if waiting else None)
    for box in form.boxes:
        if box.value:
            mark, label = "…" if box.problem else "✓", box.label.to(language)
            yield f"{mark} {label}{_COLON.to(language)}{_value(box, language)}"
        elif box is first:
            yield f"? {box.ask.to(language)}"
            if box.options:
                yield "  " + " / ".join(o.label.to(language) for o in box.options)
        if box.hint is not None and (box.value or box is first):
            yield f"  {box.hint.to(language)}"
        if box.problem is not None and box.kind != "rows":  # told above the form
            yield f"  ! {box.problem.to(language)}"
    rest = [b.label.to(language) for b in waiting if b is not first]
    if rest:
        labels = formats.join(rest, language)
        yield _ALSO.to(language).format(labels=labels)


def _value(box: Box, language: Language) -> str:
    if isinstance(box.value, str):
        chosen = next((o.label.to(language) for o in box.options if o.id == box.value), box.value)
        return _shortened(_day(chosen, language))
    cells = ([*row.values()] if isinstance(row, dict) else [row] for row in box.value)
    rows = (" · ".join(_day(cell, language) for cell in row) for row in cells)
    return _shortened(" | ".join(rows))


def _day(written: str, language: Language) -> str:
    """What stands in a box; a day as people read it."""
    try:
        return formats.show_date(date.fromisoformat(written), language)
    except ValueError:
        return written


def _drafted(drafted: Drafted, language: Language) -> str:
    variant = drafted.draft.variant
    name = " · ".join((variant.channel, variant.reader, variant.language))
    head = _DRAFT.to(language).format(variant=name)
    body = "\n".join(p for line in drafted.draft.text.splitlines() for p in _folded(line) or [""])
    return f"\n══ {head} ══\n{body}"


def _shortened(line: str) -> str:
    return " ".join(line.split()) if len(line) <= 160 else " ".join(line[:160].split()) + "…"


def _folded(line: str) -> list[str]:
    """The line in pieces that fit; Chinese is cut anywhere, English between words."""
    if _width(line) <= WIDTH:
        return [line] if line else []
    if all(ord(c) < _WIDE for c in line):
        return wrap(line, WIDTH)
    pieces, piece = [], ""
    for character in line:
        if _width(piece) + 2 > WIDTH and character not in "，。、；：！？”）":
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


def _width(line: str) -> int:
    return sum(2 if ord(c) >= _WIDE else 1 for c in line)
