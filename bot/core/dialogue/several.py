"""A typed line that answers another question than the open one, or several at once."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.case import Case
from bot.core.dialogue import answers
from bot.core.dialogue.path import asked, is_open
from bot.core.dialogue.scalars import cleaned, find_choice, is_named, near_choice
from bot.core.playbook import Field, Playbook
from bot.core.stamp import Stamp
from bot.core.words import FieldId

_SHORT = ("text", "person", "date", "choice", "number", "percent", "money")
_SEPARATORS = " \t\r\n,;，；、。"
_UNKNOWN = re.compile(
    r"[?？]\s?$|\b(?:not (?:yet )?(?:sure|clear)|no idea)\b|(?:n't|\bnot) (?:really |yet )?(?:know|tell|say)\b"
    r"|^(?:can|could|what|why|how|which|who|do|does|is|are|should)\b"
    r"|不(?:太|大|是很|怎么)?(?:清楚|知道|确定|明白|懂)|说不[清准好]|还没(?:查|搞|弄|问)",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MANY_WORDS, _MANY_HAN = 4, 6  # from which a line tells something, and is no pick
_LONGEST = 1_000  # characters of a line in which labels are looked for


def _parts(
    playbook: Playbook, case: Case, field: Field, line: str
) -> tuple[tuple[Field, str], ...]:
    """The answers in a line, each with its field; none where the line is all for the open field.

    "Apollo, customer: Ms Brandt" names the customer beside the project. What happened, written
    where one picks a kind, is the account that is asked for next. What names a pick of another question
    alone, such as "WeChat" where the rhythm is asked for, answers that one.
    """
    text = cleaned(line)
    if field.told_in is not None:
        account = playbook.fields[field.told_in]
        waits = account.id not in case.answers and account.id not in case.pending
        if waits and _tells(text) and find_choice(field.choices, text) is None:
            near = near_choice(field.choices, text)  # to be asked about, beside the account
            return ((account, line), *(((field, line),) if near is not None else ()))
    if field.kind not in _SHORT or len(text) > _LONGEST:
        return ()
    step = playbook.step_of[field.id]
    beside = tuple(
        f for f in step.fields if f.kind in _SHORT and is_open(case, f) and asked(case, f)
    )
    if field.kind == "choice" and find_choice(field.choices, text) is None:
        picks = [f for f in beside if _is_list(f) and any(is_named(c, text) for c in f.choices)]
        if len(picks) == 1 and near_choice(field.choices, text) is None:
            return ((picks[0], line),)
    found = tuple(_labelled(field, beside, text))
    named = [f.id for f, _ in found]
    several = any(f.id != field.id for f, _ in found)
    return found if several and len({*named}) == len(named) else ()


def _tells(text: str) -> bool:
    """Whether a line tells what happened: neither a pick, nor a question, nor that nobody knows."""
    if _UNKNOWN.search(text):
        return False
    return len(text.split()) >= _MANY_WORDS or len(_HAN.findall(text)) >= _MANY_HAN


def _is_list(field: Field) -> bool:
    """Whether its picks are things by name; "ok" to one question is no yes to another."""
    return not {"yes", "no", "none"} & {choice.id for choice in field.choices}


def taken(
    playbook: Playbook, case: Case, field: Field, line: str, *, stamp: Stamp
) -> tuple[Case, tuple[FieldId, ...]]:
    """The case after the answers in a line were put in, and the fields that have them now."""
    after, done = case, []
    for of, words in _parts(playbook, case, field, line) or ((field, line),):
        after, outcome = answers.take(playbook, after, of, words, stamp=stamp, seen=case.revision)
        if outcome == "same":
            after = answers.settled(after, of.id)
        if outcome != "pending":
            done.append(of.id)
    return after, tuple(done)


def _labelled(field: Field, beside: tuple[Field, ...], text: str) -> Iterator[tuple[Field, str]]:
    """The stretches of a text that begin with a label, and what stands before the first of them."""
    words = tuple(word for f in beside for word in _labels(f))
    marks = list(_marks(words).finditer(text)) if words else []
    ends = [m.start() for m in marks] + [len(text)]
    first = text[: ends[0]].strip(_SEPARATORS)
    if first:
        yield field, first
    for mark, end in zip(marks, ends[1:], strict=True):
        said = text[mark.end() : end].strip(_SEPARATORS)
        if said:
            yield next(f for f in beside if (mark[1] or mark[2]).casefold() in _labels(f)), said


@lru_cache(maxsize=64)
def _marks(words: tuple[str, ...]) -> re.Pattern[str]:
    """Where one of these words names what follows it."""
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    told = rf"(?:^|[\n,;，；。])[^\S\n]*((?i:{either}))\s*(?:[:：=]|是|叫)\s*"
    # Without a colon only in small letters after something else: "Customer Portal" is a name.
    bare = rf"[\n,;，；。][^\S\n]*({either})\s+(?:is\s+|called\s+)?(?=[A-Z0-9\u4e00-\u9fff])"
    return re.compile(rf"{told}|{bare}")


def _labels(field: Field) -> tuple[str, ...]:
    return field.label.en.casefold(), field.label.zh, field.id.replace("_", " ")
