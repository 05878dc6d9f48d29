"""Names of people, organisations and products in a text, in both languages."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from bot.core.message.lexicon import (
    CHINESE_ORGANISATION,
    CHINESE_TITLES,
    ENDINGS,
    GENERIC_ORGANISATION,
    NOT_A_SURNAME,
    ORDINARY,
    ORGANISATION,
    PARTICLES_ZH,
    SURNAMES,
    TITLES,
)

_WORD = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9]*(?:(?:['’\-&/+]|\.(?=[a-z0-9])|(?<=[A-Z])\.(?=[A-Z]))[A-Za-zÀ-ÖØ-öø-ÿ0-9]+)*"
_WORDS = re.compile(_WORD)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]+"
    r"|(?<![A-Za-z0-9_])[@#][A-Za-z0-9_.-]+"
)
_JOINED = re.compile(
    r"(?:(?<=Mr)\.|(?<=Ms)\.|(?<=Dr)\.|(?<=Mrs)\.|(?<=Prof)\.)?[ \u00a0]{1,2}(?:(?:de|van|von|der|la|&)[ \u00a0])?"
)
_BEFORE_START = re.compile(
    r"(?:^|[.!?…:;。！？：；\n\"“”‘*•·–—-])[\s\"“‘(*•–-]*(?:[A-Za-z0-9]{1,2}[.)]\s+)?$"
)
_ACTS = re.compile(
    r"['’]s\b| (?:will|has|is|was|had|can|may|would|could|should|shall|must|does|did|and|from|at|took|led|said|sent|"
    r"told|left|wrote|found|(?:accept|agree|approve|ask|bring|build|call|check|confirm|decide|deliver|expect|finish|"
    r"fit|fixe|get|help|hope|insist|join|know|lead|leave|manage|need|notice|offer|own|promise|propose|provide|reject|"
    r"replie|report|run|say|see|send|ship|sign|start|suggest|support|take|tell|test|think|visit|want|warn|work|write)"
    r"(?:s|e?d))\b"
)
_ACTS_ALONE = re.compile(r" (?:will|has|is|was|does)\b")
_WITHIN = ("de", "van", "von", "der", "la")
_LONGEST_NAME = 12  # words
_ALONE_AFTER = ("", "\n", ":", "：")
_ALONE = re.compile(r" *(?:\n|$)")
_HAN = "\u4e00-\u9fff"
_AMONG_HAN = re.compile(rf"[{_HAN}]")
_TITLED = re.compile(
    rf"(?<![贵我对甲乙双各多单官])(?:欧阳|司马|上官|诸葛|[{SURNAMES}])"
    rf"(?:(?:[{_HAN}]{{1,2}})??(?:{CHINESE_TITLES})|([总工]))"
)
_FAMILIAR = re.compile(
    rf"(?<![大最较缩变从])[小老][{SURNAMES}](?=[负将会来已在于说表确同承告带牵和与的、，,。：:；;！？\s]|$)"
)
_ACTOR = re.compile(
    rf"(?:(?<=[由请让派叫])|(?<=联系)|(?<=通知)|(?<=问过)|(?<=告诉)|(?<![{_HAN}]))([{SURNAMES}][{_HAN}]{{1,2}}?)"
    r"(?=负责|将|会|来|已|在|于|表示|确认|同意|承诺|告诉|带队|牵头|[，,：:。\n]|$)"
)
_COMPANY = re.compile(rf"([{_HAN}A-Za-z0-9·]{{1,16}}?)({CHINESE_ORGANISATION})")
_AFTER_TITLE = {
    "工": "程作具期地人序艺厂业资况装种时段单商",
    "总": "共体计量数额部线装包价结算成公",
}
_WEEKDAY = re.compile("周[一二三四五六日天末]")
_NOT_BY = frozenset({"由于", "请于", "请查", "请安", "请单", "让车", "派车", "派单"})
_NOT_TITLED = frozenset({"施工", "高工", "包工", "车工", "童工", "石工", "管工", "向总", "于总"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its place; `words` are what must be known for it to be known."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    chinese: bool = False


def find_names(text: str, vocabulary: Set[str] = frozenset()) -> tuple[Name, ...]:
    """The names in a text, in order. `vocabulary` holds words, in lower case, that are no names.

    A capitalised word that begins a sentence counts only where it is no ordinary word and acts
    as a name does: followed by a verb, a possessive or another capitalised word.
    """
    blank = _ADDRESS.sub(lambda m: " " * len(m[0]), text)
    found = [*_chinese(blank), *_latin(blank, vocabulary)]
    found.sort(key=lambda name: (name.start, -name.end))
    kept: list[Name] = []
    for name in found:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return tuple(kept)


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case, possessives off, as `Name.words` has them."""
    return frozenset(_bare(m[0]) for m in _WORDS.finditer(text))


def _latin(text: str, vocabulary: Set[str]) -> Iterator[Name]:
    words = list(_WORDS.finditer(text))
    lower = {m[0].lower() for m in words if m[0].islower()}
    at = 0
    while at < len(words):
        run = _run(words, at, text)
        if not run:
            at += 1
            continue
        at += len(run)
        name = _name(run, text, vocabulary, lower)
        if name is not None:
            yield name


def _run(words: list[re.Match[str]], at: int, text: str) -> list[re.Match[str]]:
    """The capitalised words from `at` on with nothing but a space or "van" between."""
    run: list[re.Match[str]] = []
    while at < len(words) and len(run) < _LONGEST_NAME:
        word = words[at]
        at += 1
        if run and word[0] in _WITHIN:
            continue
        if not _capital(word[0]):
            break
        if run and not _JOINED.fullmatch(text, run[-1].end(), word.start()):
            break
        run.append(word)
        if word[0].endswith(("'s", "’s")):
            break
    return run


def _name(
    run: list[re.Match[str]], text: str, vocabulary: Set[str], lower: Set[str]
) -> Name | None:
    """The name in a run of capitalised words, the ordinary words at its ends off."""
    whole = run
    while run and _bare(run[0][0]) not in TITLES and _is_ordinary(run[0][0], vocabulary):
        run = run[1:]
    kept = run
    while run and _is_ordinary(run[-1][0], vocabulary) and not _ends_organisation(run):
        run = run[:-1]
    if not run or all(len(_bare(m[0])) < 2 for m in run):
        return _organisation(whole, text)
    if _bare(run[0][0]) in TITLES:
        return _made(run, text) if len(run) > 1 else None
    if len(kept) == 1 and kept == whole and _begins_sentence(run[0], text):
        return _made(run, text) if _begins_as_name(run[0], text, lower) else None
    return _made(run, text)


def _begins_sentence(word: re.Match[str], text: str) -> bool:
    """Whether a capital may be owed to the place alone; among Chinese it never is."""
    if _AMONG_HAN.search(text, max(0, word.start() - 4), word.end() + 4):
        return False
    return _BEFORE_START.search(text, max(0, word.start() - 12), word.start()) is not None


def _organisation(run: list[re.Match[str]], text: str) -> Name | None:
    """Ordinary words that end like an organisation: "Green Valley Bank", "First Light Ltd"."""
    if len(run) > 1 and _bare(run[0][0]) not in ("the", "our", "your") and _strict_ending(run):
        return _made(run, text)
    return None


def _made(run: list[re.Match[str]], text: str) -> Name:
    start, end = run[0].start(), run[-1].end()
    if text[:end].endswith(("'s", "’s")):
        end -= 2
    return Name(
        start, end, text[start:end], tuple(w for m in run if (w := _bare(m[0])) not in TITLES)
    )


def _begins_as_name(word: re.Match[str], text: str, lower: Set[str]) -> bool:
    bare = _bare(word[0])
    if not word[0][1:].islower():  # NorthWind, SAP: the shape says it
        return True
    if bare in lower or bare.endswith(ENDINGS):
        return False
    if _ALONE.match(text, word.end()) and text[: word.start()].rstrip(" ")[-1:] in _ALONE_AFTER:
        return True  # a signature, or "Owner: Pavel"
    acts = _ACTS_ALONE if bare.endswith("s") else _ACTS  # "Electricians finished" are many
    return word[0].endswith(("'s", "’s")) or acts.match(text, word.end()) is not None


def _is_ordinary(word: str, vocabulary: Set[str]) -> bool:
    bare = _bare(word)
    return (
        len(bare) < 2
        or bare in ORDINARY
        or bare in vocabulary
        or (bare.endswith("s") and bare[:-1] in ORDINARY)
        or all(part in ORDINARY or part in vocabulary for part in re.split(r"[-/&]", bare))
    )


def _ends_organisation(run: list[re.Match[str]]) -> bool:
    return len(run) > 1 and _bare(run[-1][0]) in ORGANISATION


def _strict_ending(run: list[re.Match[str]]) -> bool:
    return _bare(run[-1][0]) in {
        "ltd",
        "inc",
        "gmbh",
        "plc",
        "llc",
        "corp",
        "bank",
        "clinic",
        "university",
    }


def _capital(word: str) -> bool:
    return word[0].isupper() or (len(word) > 2 and any(c.isupper() for c in word[1:]))


def _bare(word: str) -> str:
    word = word.lower().replace("’", "'")
    return word[:-2] if word.endswith("'s") else word.rstrip("'.")


def _chinese(text: str) -> Iterator[Name]:
    for match in _TITLED.finditer(text):
        after = text[match.end() : match.end() + 1]
        wordlike = match[0] in _NOT_TITLED or match[0][:2] in NOT_A_SURNAME
        if not wordlike and not (after and after in _AFTER_TITLE.get(match[1] or "", "")):
            yield _han(match.start(), match.end(), text)
    for match in _FAMILIAR.finditer(text):
        if match[0] != "小时":
            yield _han(match.start(), match.end(), text)
    for match in _ACTOR.finditer(text):
        pair = text[match.start(1) - 1 : match.start(1) + 1] if match.start(1) else ""
        if (
            pair not in _NOT_BY
            and not _WEEKDAY.match(match[1])
            and not any(match[1].startswith(word) for word in NOT_A_SURNAME)
        ):
            yield _han(match.start(1), match.end(1), text)
    for match in _COMPANY.finditer(text):
        own = re.split(rf"[{PARTICLES_ZH}]", match[1])[-1]
        if own and own not in GENERIC_ORGANISATION and not own.isdigit():
            yield _han(match.end(1) - len(own), match.end(), text)


def _han(start: int, end: int, text: str) -> Name:
    return Name(start, end, text[start:end], (text[start:end],), chinese=True)
