"""Promises in a text: a commitment of ours, or something of value that is given away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.core.message.lexicon import IDLE, ORDINARY

_CLAUSE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)[.!?](?=\s|$|[\"”'’)])|[;:\n。！？；：，]|,(?=\s(?:and|but|so|while|which)\s(?:we|i|you|our|the|it)\b)"
    r"|,(?=\s(?:we|i|you'll|our)\b)|\s(?=and\s(?:we|i|you'll|our|you\swill)\b)",
    re.IGNORECASE,
)
_DOERS = (
    r"(?:we|i|our\s[\w' -]{1,30}?|(?:the|my|a|an|another|two|three|both)\s(?:[\w'-]+\s){0,3}?"
    r"(?:team|engineers?|developers?|colleagues?|manager|director|specialists?|technicians?|crew)"
    r"|(?-i:[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?))"
)
_ACTION_EN = re.compile(
    rf"\b{_DOERS}\s(?:(?:also|now|both|all|then|gladly)\s)?(?:will|shall|won't|are\sgoing\sto|am\sgoing\sto|is\sgoing\sto)\b"
    r"|\b(?:we|i)'ll\b|\b(?:joined|and|then)\swill\b"
    r"|\byou(?:'ll|\swill|\sshall)\s(?:get|receive|have|be\sgiven|be\sable)\b"
    r"|\b(?:will|shall)\sbe\s(?:ready|done|finished|delivered|live|available|fixed|solved|complete[d]?|there|with\syou)\b"
    r"|\b(?:we|i)\s(?:(?!cannot|not|never|must)\w+\s)?(?:commit|promise|guarantee|pledge|undertake|ensure|offer|give|pay|cover|add)\b"
    r"|\b(?:rely|count)\son\s(?:us|me|it)\b|\b(?:it|that|this)'ll\b"
    r"|(?<!n't\s)(?<!not\s)(?<!no\s)(?<!to\s)\b(?:guarantee[ds]?|promise[ds]?|committed)\b",
    re.IGNORECASE,
)
# A word that every action has; without one, the long pattern need not be tried.
_ACTION_HINT = re.compile(
    r"will|shall|won't|'ll|going|commit|promis|guarant|pledge|undertak|ensure|offer|give|pay|cover|add"
    r"|rely|count",
    re.IGNORECASE,
)
_VALUE_EN = re.compile(
    r"\brest\sassured\b|\b(?:my|our)\sword\b|\b(?:my|our)\sguarantee\b"
    r"|\b(?:won't|will\s(?:not|never))\s(?:happen|slip|move|be\slate|occur)\b"
    r"|\b(?:free\sof\scharge|(?<!feel\s)(?<!-)free(?!\s(?:to|up|text|again|float|slot|time)\b)|no\s(?:extra\s|additional\s)?(?:charge|cost)|refund\w*|"
    r"credit(?:s|ed)?(?!\scard)|discount\w*|waive\w*|compensat\w*|reimburs\w*|extend(?:ed|s)?|on\sthe\shouse|at\sour\s(?:own\s)?(?:expense|cost)|(?<![\d.])[\d.]{1,8}\s?%\soff|rebate\w*|voucher\w*)\b",
    re.IGNORECASE,
)
_OURS_ZH = r"(?:我|本公司|团队|工程师|同事|专人|小组|项目组|技术人员|客服|[一二两三四五六七八九十\d]{1,4}(?:名|位|个人))"
_DONE_ZH = r"(?:交付|完成|提供|安排|派|上线|发|给|送|修|解决|汇报|更新|通知|补|退|赔|到场|驻场|验收|负责|加|增|延|免|承担|支付)"
_WILL_ZH = r"(?:将(?!就|近|来|信|军)|(?<![机社协工学大开议宴晚展约早例周年])会(?!议|面|计|谈|诊|员|场|客|合|后|前|签|审|务|所|展|费|不会))"
_ACTION_ZH = re.compile(
    rf"{_OURS_ZH}[^。！？；，]{{0,12}}?{_WILL_ZH}|{_WILL_ZH}[^。！？；，]{{0,14}}?{_DONE_ZH}"
    r"|(?:天|周|月|日|时|之?前|之?内)[^。！？；，\d]{0,4}给(?:您|贵)|我们?(?:方|司)?来?(?:赔|付|出钱)"
    r"|您(?:将|会|可以|可)(?:收到|得到|拿到|获得)|(?<![不法能没敢“])(?:承诺|保证(?!金|书|期)|确保)|一定(?!程度|的|要求)|必定|包(?:赔|退|换)"
)
_VALUE_ZH = re.compile(
    r"免费|免除|减免|免收|赔偿|赔付|补偿|退款|退还|退费|折扣|打折|[一二三四五六七八九\d]折|优惠|延长|增派|加派|赠送|赠予|抵扣|返还|免单|(?:不会|绝不|不)再(?:延|拖|改|推迟)|负责到底|代金券|"
    r"(?:由|我们|我方|我司)来?承担(?!的)|送(?:您|贵方|你们)|退(?:您|贵方|还您)|不收|"
    r"(?:质保|保修)[^。，]{0,3}延|(?:我们|我方|我司)来?赔"
)
_WORD = re.compile(r"[a-zà-ÿ][a-zà-ÿ'-]+", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_IDLE_ZH = re.compile(
    r"我们|我方|我司|贵方|贵司|您|你们|他们|我|将|会|并|也|都|已|再|的|了|在|于|向|给|为|把|对|是|和|与|并且|同时|以及|这|那|之|前|后|内|起|从|到|至|由|请|可以|承诺|保证|确保|一定|告诉|汇报|通知|联系"
)
_CONTACT = frozenset(
    [
        "call",
        "write",
        "tell",
        "inform",
        "report",
        "update",
        "hear",
        "send",
        "mail",
        "email",
        "contact",
        "know",
        "keep",
        "let",
        "speak",
        "phone",
        "message",
        "come",
        "touch",
        "posted",
        "informed",
    ]
)
_IDLE = IDLE | frozenset(
    [
        "shall",
        "going",
        "able",
        "promise",
        "promised",
        "commit",
        "committed",
        "guarantee",
        "guaranteed",
        "sure",
        "best",
        "them",
        "soon",
        "own",
        "via",
        "make",
        "made",
    ]
)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise with its place: the clause it stands in, its content and what it gives away."""

    start: int
    end: int
    text: str
    content: frozenset[str]
    gives: frozenset[str]  # words of value, as stems
    chinese: bool = False


def find_promises(text: str) -> tuple[Commitment, ...]:
    """The promises in a text, one clause each, in order; a clause without content is none."""
    return tuple(_commitments(text))


@lru_cache(maxsize=4096)
def content_of(text: str) -> frozenset[str]:
    """What a text speaks of: English stems, and pairs of Chinese characters."""
    words = (m[0].lower().replace("’", "'") for m in _WORD.finditer(text))
    stems = {stem(w) for w in words if len(w) > 2 and w not in _IDLE and w not in _CONTACT}
    pairs = {
        run[i : i + 2]
        for part in _HAN.findall(_IDLE_ZH.sub("\n", text))
        for run in (part,)
        for i in range(max(1, len(run) - 1))
    }
    return frozenset(stems | pairs)


def gives_of(text: str) -> frozenset[str]:
    """The words of value in a text, as stems: free, refund, 免费, 延长."""
    english = {stem(m[0].lower().split()[0]) for m in _VALUE_EN.finditer(text)}
    return frozenset(english | {m[0] for m in _VALUE_ZH.finditer(text)})


def stem(word: str) -> str:
    """The word without its commonest endings."""
    word = word.removesuffix("'s")
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word.removesuffix(ending)
    return word


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a text as spans, without the spaces and list marks around them."""
    start = 0
    for end in [*(m.start() for m in _CLAUSE_END.finditer(text)), len(text)]:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip(" \t\n.!?;:,。！？；：，-•*”\"'’)"))
        if piece[left:].strip():
            yield start + left, start + len(piece.rstrip())
        start = end


def _commitments(text: str) -> Iterator[Commitment]:
    for start, end in clauses(text):
        clause = text[start:end].replace("’", "'")
        gives = gives_of(clause)
        if not gives and not _acts(clause):
            continue
        content = content_of(clause)
        if content or gives or any(c.isdigit() for c in clause):
            chinese = _HAN.search(clause) is not None
            yield Commitment(start, end, text[start:end], content, gives, chinese)


def _acts(clause: str) -> bool:
    match = _ACTION_EN.search(clause) if _ACTION_HINT.search(clause) else None
    while match is not None:
        doer = match[0].split()[0].lower()
        if not _thing(match[0], doer):
            return True
        match = _ACTION_EN.search(clause, match.end())
    return _ACTION_ZH.search(clause) is not None


def _thing(found: str, doer: str) -> bool:
    """Whether the first word is a thing or "you": "Delivery will", "You will need to"."""
    words = found.lower().split()
    if words[0].startswith(("guarant", "promis", "commit")):
        return False
    if doer == "you":
        return words[-1] in ("will", "shall")
    own = {"we", "i", "our", "will", "shall", "the", "my", "we'll", "i'll", "and", "joined", "then"}
    counted = {"a", "an", "another", "two", "three", "both"}
    teams = ("team", "engineer", "developer", "colleague", "manager", "director", "crew")
    if doer in counted:
        return not any(team in found.lower() for team in teams)
    return doer in ORDINARY and doer not in own
