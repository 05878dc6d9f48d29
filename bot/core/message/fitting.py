"""How an answer fits the words that a sentence puts around it; never what the answer says."""

import re

from bot.core.message.deadlines import undated
from bot.core.message.lexicon import ORDINARY
from bot.core.message.requests_zh import begins_with_verb
from bot.core.words import Language

# Words that carry no name: after a colon they stand small.
_SMALL_WORDS = """
all also an and any as at because before both but by during each every few first for from half
how however if in instead it its it's many more most much my neither next no nobody not
nothing now of on once only or our people possibly probably since so some such that that's the
their then there there's these they this those three to today tomorrow two under until we we're
what when where which while who with within without work you your one four five six seven
eight nine ten eleven twelve an building doing finishing getting installing making moving repeating running
starting taking testing waiting working writing
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_CAPITAL_WORDS = """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday
sunday mon tue wed thu fri sat sun african american asian british chinese dutch english european
french german indian italian japanese spanish christmas easter
"""
_CAPITAL = frozenset(_CAPITAL_WORDS.split())  # ordinary words that are never small
_LEADS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:(?:we|i)(?:\s+would)?\s+(?:recommend|suggest|advise|propose)|"
        r"(?:our|my)\s+(?:advice|recommendation|suggestion|proposal)(?:\s+is)?)"
        r"(?:\s+that\s+you|\s+you|\s+to\s+you)?\s*[:,]?\s+(?:to\s+)?",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"(?:我们|我方|我司|我|本人)?(?:的)?(?:建议|推荐)(?:您|你|贵方|是|为)?\s*[:：，,]?\s*"
    ),
}
_VERBS_WORDS = """
accept acknowledge add adjust agree allow approve arrange ask assign attend bring choose come
confirm consider decide deliver discuss extend fill find get give inform invite join keep let
make nominate pay postpone prepare provide put read reschedule respond say select send
submit take talk tell verify wait write
"""
_VERBS = frozenset(_VERBS_WORDS.split())  # what begins with one of them asks for something
_BOTH_WORDS = """
answer book call cancel check clear comment complete contact finish forward free grant hand hold
look mark meet move name note open order pass pick plan place release reply report reserve return
review schedule set share shift show sign start stop supply switch test try update use
"""
_BOTH = frozenset(_BOTH_WORDS.split())  # verbs that are also nouns, adjectives or names
_OBJECTS_WORDS = """
a all an any at back both by each either every four his how if in into it its me my no off on
one or our out over that the their them these this those three two up us what when where whether
which who with your
"""
_OBJECTS = frozenset(_OBJECTS_WORDS.split())  # after which such a word is surely a verb
_NOUN_BEFORE = frozenset({"of", "is", "are", "was", "were", "will", "has", "needs", "must"})
_WHERE = frozenset({"at", "back", "both", "in", "off", "out", "over", "up"})
_TOGETHER = frozenset({("move", "to"), ("reply", "to"), ("switch", "to")})
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|must|may|needs?|do|does)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(  # what comes after it is no part of what is asked
    r"[,:(–—]|\b(?:by|before|until|otherwise|because|since|so|if|when|as|unless|while|then|but)\b",
    re.IGNORECASE,
)
_THINGS_WORDS = (
    "a an the your one two three four five access approval confirmation consent feedback"
)
_THINGS = frozenset(_THINGS_WORDS.split())
_COURTESY_EN = re.compile(r"(?:please|kindly|could you|can you|you to|to)\s+", re.IGNORECASE)
_DOES_ZH = "那边|确认|回复|答复|批准|同意|提供|选|决定|签|盖章|安排|告知|通知|派|开放|提交|尽快|先"
_COURTESY_ZH = re.compile(  # each only where it is no part of a longer word: 对方案, 客户经理, 请求
    r"(?:麻烦|烦请|敬请|请(?![求示假款])|需要(?!量))?"
    r"(?:(?:您|你)(?:们(?!的)|(?!们|的))|(?:贵方|贵司)(?!的)|"
    rf"(?:对方|客户)(?=(?:{_DOES_ZH})(?!的)))?(?:那边)?"
)
_THING_ZH = re.compile(r"(?:您们?|你们?|贵方|贵司|客户|对方)的|[一两三]?[份个次名位]|书面")
_QUESTION_ZH = re.compile(  # 两个方案选哪个: an answer is wanted, not a thing
    r"(?:选|要|用|是|定|走|到|在)哪[个种条天家位些一]|^(?:是否|能否|可否|能不能|可不可以|要不要|哪)|还是|吗$"
)
_ELSE_ZH = ("客户", "请求", "请示", "需要")  # what begins so is no sentence after "please"
_LONG_ZH = 40  # characters of a request that still reads as one sentence
_NONE = frozenset(
    {"none", "no", "nothing", "n/a", "-", "0", "无", "没有", "没", "不变", "不用", "不需要", "无需", "暂无"}
)  # fmt: skip


def clause(text: str, language: Language, *, lettered: bool = False) -> str:
    """A sentence as it stands after a colon: small where its first word is surely no name.

    Where ways are `lettered`, "A" is one of them.
    """
    first, blank, rest = text.partition(" ")
    small = first.lower() in _SMALL or (first == "A" and not lettered)
    if language == "en" and blank and small and not rest[:1].isupper():
        return first[:1].lower() + text[1:]
    return text


def amid(text: str, language: Language) -> str:
    """An answer in the midst of a sentence: small where its first word is an ordinary one.

    What holds further capitals may be a name as a whole and keeps its own.
    """
    first, blank, rest = text.partition(" ")
    kept = first[1:] != first[1:].lower() or first.lower() in _CAPITAL or len(text) == 1
    kept = kept or first == "I"
    if language != "en" or kept:
        return text
    small = (first.lower() in _SMALL or first == "A") and blank and not rest[:1].isupper()
    named = any(len(word) > 1 and not word.islower() for word in re.findall(r"[^\W\d_]+", rest))
    plain = {first.lower(), first.lower().removesuffix("ing")} & (ORDINARY | _VERBS)
    return first.lower() + blank + rest if small or (plain and not named) else text


def advice(text: str, language: Language) -> str:
    """An advice without the words that announce it, for a sentence that announces it itself."""
    lead = _LEADS[language].match(text)
    rest = text[lead.end() :] if lead else text
    return rest if rest.strip() else text


def request(text: str, by: str, language: Language, *, formal: bool) -> str:
    """What is asked of the customer by a day, as a sentence without its end mark."""
    text = undated(text, by, language)
    if language == "en":
        return _asked_en(text, by)
    you, before = ("贵方", f"于{by}前") if formal else ("您", f"{by}前")
    thing = _THING_ZH.match(text)
    words = text if thing else text[_end_of_courtesy(text) :]
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in words)
    listed = len(words) > _LONG_ZH or any(mark in words for mark in "。；;\n")
    verb = begins_with_verb(words)
    if chinese and not listed and not verb and _QUESTION_ZH.search(words):
        return f"请{you}{before}告诉我们：{words}"
    if thing and chinese and not listed:
        return f"{by}前，需要{words}"
    if not chinese or listed or words.startswith(_ELSE_ZH) or not verb:
        return f"请{you}{before}配合：{words}"
    if "还是" in words and words.startswith("选"):
        words = f"告诉我们{words}"
    return f"请{you}{before}{words}"


def _end_of_courtesy(text: str) -> int:
    found = _COURTESY_ZH.match(text)
    return found.end() if found else 0


def _asked_en(text: str, by: str) -> str:
    """A sentence where the words surely make one; else they stand as they are, after a colon."""
    words = _COURTESY_EN.sub("", text, count=1) if _COURTESY_EN.match(text) else text
    first, _, rest = words.partition(" ")
    plain = f"{first.lower()} {rest}".strip()
    if any(mark in words for mark in (". ", "; ", "\n")):
        return f"What we need from you by {by}: {words}"
    if first.lower() in _THINGS and not _FINITE.search(rest) and not _TAIL.search(rest):
        return f"We need {plain} by {by}"
    if not _is_asked(first, rest):
        return f"What we need from you by {by}: {words}"
    return f"By {by}, please {plain}" if _TAIL.search(rest) else f"Please {plain} by {by}"


def _is_asked(first: str, rest: str) -> bool:
    """Whether the first word is surely a verb that asks for something."""
    following = [word.lower().strip(",") for word in rest.split()[:2]]
    second = following[0] if following else ""
    if first.lower() in _VERBS:
        return second not in _NOUN_BEFORE
    if first.lower() not in _BOTH:
        return False
    if second in ("and", "or"):  # "review and sign the plan", but "review and approval"
        return len(following) > 1 and _is_asked(following[1], " ".join(rest.split()[2:]))
    if second in _WHERE and _FINITE.search(rest):  # "test in two halls is done"
        return False
    return second in _OBJECTS or (first.lower(), second) in _TOGETHER


_SAYS: dict[str, tuple[str, ...]] = {
    "cost": ("cost", "costs", "charge", "free"),
    "scope": ("scope",),
    "费用": ("费", "钱"),
    "范围": ("范围",),
}  # words that say by themselves what a label would say


def labelled(text: str, label: str, nothing: str, language: Language) -> str:
    """An answer behind its label, once: "cost: €200".

    `nothing`, where it is given, stands for an answer that there is none; it may not promise
    anything that the answer does not, such as that there is no cost.
    """
    plain = _plain(text)
    if nothing and plain in _NONE:
        return nothing
    words = plain if language == "zh" else plain.split()
    if any(said in words for said in _SAYS.get(label, ())):
        return text
    return f"{label}: {text}" if language == "en" else f"{label}：{text}"


def is_none(text: str) -> bool:
    """Whether an answer is that there is none."""
    return _plain(text) in _NONE


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .。")
