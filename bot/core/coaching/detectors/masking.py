"""What of a text is not the writer's own: code, quoted mail, quotations; and where sentences end."""

import re
from collections.abc import Iterable

_BLANK = "\x1f"  # takes the place of what is masked, so that every position stays
_CODE = re.compile(r"```[\s\S]{0,20000}?(?:```|\Z)")
_QUOTED_LINE = re.compile(r"^[ \t]{0,3}>[^\n]*", re.MULTILINE)
_REPLY = re.compile(
    r"^[ \t]{0,3}(?:-{2,12} ?(?:original message|forwarded message|原始邮件|转发的?邮件|原邮件)"
    r"|on [^\n]{4,120} wrote:|[^\n]{0,60}(?:写道|来信)[:：][ \t]*$"
    r"|(?:from|发件人)[:：][^\n]{1,200}\n[ \t]{0,3}(?:sent|date|to|subject|发送时间|日期|时间|收件人|主题)[:：]"
    r"|发件人[:：])",
    re.MULTILINE | re.IGNORECASE,
)
_QUOTATIONS = re.compile(
    r"“[^”\n]{1,300}”|「[^」\n]{1,300}」|『[^』\n]{1,300}』|‘[^’\n]{1,300}’|\"[^\"\n]{1,300}\""
    r"|(?<![\w'])'(?=\S)[^'\n]{1,120}'(?!\w)",
    re.ASCII,
)
# What we said or wrote ourselves, though it stands in quotation marks.
_OWN_WORDS = re.compile(
    r"(?<![让叫请要])(?:我们?|我方|我司|咱们?)[^,，。;；不没未]{0,6}(?:回|答|写|发|说|讲|表态|承诺|答应)[了过]?(?:一?[句条行封])?[:：,，]?$"
)
_STOPS = re.compile(r"[.!?。！？；\n]|[\U0001F300-\U0001FAFF](?=\s)")  # an emoji, too
_CLOSED = frozenset(" \n\t\"”’')")
_SHORT_FORMS = ("Mr.", "Ms.", "Dr.", "Mrs.", "No.", "no.", "e.g.", "i.e.")


def visible(text: str) -> str:
    """`text` with code and quoted mail blanked, position by position."""
    shown = _CODE.sub(_blanked, text) if "```" in text else text
    reply = _REPLY.search(shown)
    if reply and reply.start() > 0:
        shown = shown[: reply.start()] + _BLANK * (len(shown) - reply.start())
    return _QUOTED_LINE.sub(_blanked, shown) if ">" in shown else shown


def unquoted(plain: str, text: str) -> str:
    """`plain` with every quotation of `text` blanked: those are somebody's words, or a mention."""
    pieces, at = [], 0
    for match in _QUOTATIONS.finditer(text):
        if _OWN_WORDS.search(text, max(0, match.start() - 12), match.start()):
            continue
        pieces += [plain[at : match.start()], _BLANK * len(match[0])]
        at = match.end()
    return "".join([*pieces, plain[at:]]) if pieces else plain


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a text as spans, in order; a line of its own is one, too."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _STOPS.finditer(text):
        end = match.end()
        if _ends(text, match[0], end) and not text[start:end].isspace():
            found.append((start, end))
            start = end
    if text[start:].strip():
        found.append((start, len(text)))
    return tuple(found)


def _ends(text: str, stop: str, end: int) -> bool:
    """Whether a stop that ends at `end` closes a sentence."""
    follows = text[end : end + 1]
    if stop == "\n":
        return not ("a" <= follows <= "z")
    if stop in "。！？；":
        return True
    if follows and follows not in _CLOSED:
        return False
    return stop != "." or not text.endswith(_SHORT_FORMS, max(0, end - 4), end)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the spans blanked."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            begin = max(start, at)
            pieces += [text[at:begin], _BLANK * (end - begin)]
            at = end
    return "".join([*pieces, text[at:]])


def _blanked(match: re.Match[str]) -> str:
    return _BLANK * len(match[0])
