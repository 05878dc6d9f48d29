"""A typed line that looks like a second thought about a pick made before, not like an answer here."""

import re
from datetime import datetime

from bot.core.case import Case, Pending
from bot.core.dialogue.inputs import read
from bot.core.dialogue.path import visible
from bot.core.dialogue.scalars import is_named
from bot.core.playbook import Field, Playbook

_LEAD = re.compile(
    r"(?:(?:(?:sorry|no|oops|wait|actually|correction|rather|i meant?|i would say|make (?:it|that)|"
    r"change (?:it|that) to|it should be|should be|it is|it's)\b|"
    r"不对|不是|错了|写错了|选错了|更正|改成|改为|改一下|应该是|应该选|我是说|我想选|抱歉|还是|是|选)"
    r"[\s,:;.，：；。]*)+",
    re.IGNORECASE,
)
_WORDS = ("text", "long_text", "person", "rows")


def meant_elsewhere(
    playbook: Playbook, case: Case, field: Field, line: str, *, at: datetime
) -> tuple[Field, ...]:
    """The answered picks that a line names word for word, where the open question asks for more.

    They are looked for in the open step and in the one that was answered last.
    """
    picks = [f for f in _lately(playbook, case) if f.id != field.id and _names(f, line)]
    if not picks or any(is_named(c, line) for c in field.choices):
        return ()
    if field.kind not in _WORDS:
        found = read(playbook, case, field, line, at=at)
        if not isinstance(found, Pending) or found.readings:
            return ()
    return tuple(picks)


def _lately(playbook: Playbook, case: Case) -> tuple[Field, ...]:
    """The answered picks of the open step, and of the step of the newest answer."""
    answered = [(s.id, f) for s in playbook.steps for f in visible(case, s) if f.id in case.answers]
    newest = max((case.answers[f.id].revision for _, f in answered), default=0)
    last = [step for step, f in answered if case.answers[f.id].revision == newest][-1:]
    return tuple(f for step, f in answered if f.choices and step in (case.step, *last))


def _names(field: Field, line: str) -> bool:
    lead = _LEAD.match(line)
    ways = (line, line[lead.end() :]) if lead else (line,)
    return any(is_named(c, way) for c in field.choices for way in ways if way.strip())


def without_lead(field: Field, line: str) -> str:
    """The line as the pick it names: without "actually" or "改成" before it."""
    lead = _LEAD.match(line)
    rest = line[lead.end() :] if lead else line
    named = any(is_named(c, line) for c in field.choices)
    return rest if not named and any(is_named(c, rest) for c in field.choices) else line
