"""What is not ours to tell: internal matters, and the names of other customers."""

import re
from collections.abc import Iterator

from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.message.lexicon import ORDINARY
from bot.core.reading.date_words import WEEKDAYS
from bot.core.reading.numerals import normalise

_ELSEWHERE_EN = re.compile(
    r"\b(?:at|to|on|for|by|into|the|with) (?:the |our )?((?:[A-Z][A-Za-z&'-]{1,18} ?){1,4})"
    r"(?= (?:project|order|account|job|contract|engagement|roll-?out|site|team|deal|programme|program|launch)\b|[,.;](?!\d)| (?:because|since|as|who|and|until|pays?|paid)\b|$)",
)
_TAIL_ZH = "项目|订单|工地|医院|银行|集团|公司|学院|大学|学校|酒店|水族馆|博物馆|美术馆|体育馆|图书馆|机场|商场|乳业|保险|钢铁|制药|食品|汽车|化工|电力|能源|航空|铁路|地铁|物业|影视|传媒|证券|置业|重工|软件|通信|石化|纺织|服饰|家居|家具|餐饮|幼儿园|中学|小学|车站|码头|港口|剧院|药业|科技|电子|地产|单子|标段"
_ELSEWHERE_ZH = re.compile(
    rf"(?:给|去|到|做|帮|为|支援|救|忙|赶|投到|转到|借给|抽到|调到|派到|调去|抽去|派去|忙着|优先保?)([\u4e00-\u9fff A-Za-z]{{2,10}}?(?:{_TAIL_ZH}))"
)
_TAKEN_ZH = re.compile(
    r"被([\u4e00-\u9fff]{2,10}?)(?:那边|那个项目|项目|工地)?(?:叫走|借走|抽走|调走|拉走|抢走|借去|叫去|抽去)"
)
_JOB_EN = re.compile(
    r"\b(?:at|on|for|to|with|over) (?:the |our )?((?:[A-Z][A-Za-z&'’-]{1,18} ){1,4})(?:project|order|job|contract|account|engagement|roll-?out|installation|refit)\b"
)
_JOB_ZH = re.compile(
    r"(?:抽去|调去|派去|借去|拉去|去|在)?(?:赶|忙|支援|救|抢)(?:着|做|去)?([\u4e00-\u9fff]{2,6}?)的[\u4e00-\u9fff]{0,5}?(?:项目|单子|订单|备货|活儿?|货|工期)"
)
_OURS_ZH = re.compile(
    r"本|该|贵|对方|他们|你们|双方|我们|我方|我司|这个|现场|客户|甲方|业主|同|其他|别的|另|几个|多个|各|全|两个|新|供应|厂家|物流|检测|第三方|监理|设计|施工|监督|当地"
)


_HOUSE_EN = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][a-z&'’-]{1,15} ){1,3}(?:College|Hospital|Clinic|Bank|Airport|Museum|University|Hotel|School|"
    r"Theatre|Library|Council|Brewery|Dairy|Foods|Shoes|Fashion|Insurance|Group|Motors|Airlines?|Railways?|Stores?|Markets?|"
    r"Pharma|Chemicals|Energy|Power|Water|Telecom|Media|Games|Studios?|Farms?|Clinics|Logistics|Bakery|Stadium|Arena|"
    r"Ltd|Limited|Inc|GmbH|AG|PLC|plc|LLC|Corp|Industries|Holdings?|Retail|Healthcare|Academy|Institute|Ministry)\b"
)
_HOUSE_ZH = re.compile(
    rf"[\u4e00-\u9fff]{{2,6}}?(?:{_TAIL_ZH.replace('项目|订单|工地|', '').replace('|单子|标段', '')}|物流)"
)
_SERVED_BEFORE = re.compile(r"\b(?:for|at|like|as) (?:the )?$|[给跟像为替]$", re.IGNORECASE)
_SERVED_AFTER = re.compile(
    r" (?:has|had|have|gets?|got|pays|paid|took|takes|chose|wants?|wanted|waits?|waited|accepted|opted|"
    r"prefers?|preferred|is (?:also )?waiting)\b|那|(?:的(?:项目|单|货|线|系统))?也(?:一样|在等|被|要)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLAUSES = re.compile(r"[,，;；:：、]")
_LETTERS = 5  # distinct Chinese characters from which a secret is known by them
_SAME = 0.71  # share of them that one clause has
_ALMOST = 0.75  # share of the words of a secret, where its figures are not told
_FIGURES = re.compile(r"\d[\d.,]*\d|\d")
_NAMES = re.compile(r"\b[A-Z][a-zà-ÿ]{3,}\b")
_ROLES = re.compile(r"项目经理|技术总监|交付总监|总工程师|供应商|客户经理|负责人|工程师")
_RUNS, _RUN = re.compile(r"(?:(?![我们没有不的了是在这那为把被给就也都还])[\u4e00-\u9fff]){4,}"), 4
_SHORT_FORM = re.compile(r"[A-Z]{2,5}s")  # LEDs, PLCs
_PLACES = frozenset(["street", "road", "lane", "avenue", "square", "floor", "hall", "gate", "quay", "dock", "yard", "way", "wing", "bay", "block", "building", "phase", "lot", "level", "tower", "annex", "depot", "plant"])  # fmt: skip


def internal(subject: Subject) -> Iterator[Hit]:
    """Anything listed as internal only, told word by word or in other words."""
    for secret in subject.context.internal_only:
        plain = secret.strip().lower()
        at = subject.plain.find(plain)
        if at >= 0:
            yield Hit("disclose.confidential", (at, at + len(plain)), {"x": secret}, certain=True)
            return
        if _told_anyway(subject, secret):
            continue
        wanted = content_words(secret)
        for start, end in subject.sentences:
            shared = share(wanted, content_words(subject.text[start:end]))
            least = (
                _ALMOST
                if _figureless(secret, subject.plain[start:end])
                else subject.threshold("secret_share") / 100
            )
            reworded = len(wanted) > 1 and shared >= least
            if (
                reworded
                or _by_name(subject, secret, start, end)
                or _by_letters(secret, subject.plain[start:end])
            ):
                yield Hit("disclose.confidential", (start, end), {"x": secret}, certain=True)
                return


def _figureless(secret: str, sentence: str) -> bool:
    """Whether a secret is a figure, and a sentence has none of it."""
    figures = _FIGURES.findall(secret)
    return bool(figures) and not any(figure in sentence for figure in figures)


def _by_name(subject: Subject, secret: str, start: int, end: int) -> bool:
    """Whether a sentence has a name that only the secret has: Leipzig, 瀚川风场."""
    told = normalise(" ".join(subject.context.prose))
    text = subject.visible[start:end]
    names = [
        name
        for name in _NAMES.findall(secret)
        if name.lower() not in told and name.lower() not in ORDINARY
    ]
    if any(re.search(rf"(?<=[a-z,] ){name}\b", text) for name in names):
        return True  # where no sentence begins
    runs = (
        run
        for part in _RUNS.findall(_ROLES.sub("\n", secret))
        for run in (part[n : n + _RUN] for n in range(len(part) - _RUN + 1))
    )
    return any(run in text and run not in told for run in runs)


def _by_letters(secret: str, sentence: str) -> bool:
    """Whether one clause has most of the Chinese characters of a secret: 濒临破产, 快破产了."""
    letters = {c for c in secret if _HAN.match(c)}
    most = max((len(letters & set(part)) for part in _CLAUSES.split(sentence)), default=0)
    return len(letters) >= _LETTERS and most >= _SAME * len(letters)


def _told_anyway(subject: Subject, secret: str) -> bool:
    """Whether a fact that may be told says as much."""
    return any(_by_letters(secret, normalise(fact)) for fact in subject.context.prose)


def other_customer(subject: Subject) -> Iterator[Hit]:
    """Another customer's project named where people or priority went."""
    known = normalise(" ".join(subject.context.prose))
    for match in (*_JOB_EN.finditer(subject.visible), *_JOB_ZH.finditer(subject.visible)):
        name = normalise(match[1]).strip()
        ours = _own(name + " job", known) or _OURS_ZH.search(name)
        words = name.split()
        if name in known or ours or (words[-1:] and words[-1] in _PLACES):
            continue
        if all(word in ORDINARY for word in words):
            continue
        yield Hit("disclose.confidential", match.span(1))
        return
    for start, _ in subject.spans("resource_move"):
        number = subject.number_of(start)
        span = _elsewhere(subject, *subject.sentences[number])
        if span:
            yield Hit("disclose.confidential", span)
            return


def other_house(subject: Subject) -> Iterator[Hit]:
    """Another house named beside a job that we do for it."""
    known = " ".join(subject.context.prose).lower()
    cues = [(subject.number_of(start), False) for start, _ in subject.spans("elsewhere_cue")]
    cues += [(subject.number_of(start), True) for start, _ in subject.spans("elsewhere_echo")]
    for number, echo in dict.fromkeys(cues):  # a sentence is looked through once
        sentence = subject.sentences[number]
        for match in _houses(subject.visible, sentence, known):
            if not echo or _is_served(subject.visible, sentence, match.span()):
                yield Hit("disclose.confidential", match.span())
                return


def _houses(text: str, sentence: Span, known: str) -> Iterator[re.Match[str]]:
    """Houses that are named in a sentence and are not those of the case."""
    for pattern in (_HOUSE_EN, _HOUSE_ZH):
        for match in pattern.finditer(text, *sentence):
            name = match[0].lower()
            ours = _own(name, known) or _OURS_ZH.search(match[0][:-2])
            if name not in known and not ours:
                yield match


def _is_served(text: str, sentence: Span, house: Span) -> bool:
    """Whether a house takes something from us, as far as the words beside its name say."""
    before, after = text[sentence[0] : house[0]], text[house[1] : sentence[1]]
    return bool(_SERVED_BEFORE.search(before) or _SERVED_AFTER.match(after))


def _own(name: str, known: str) -> bool:
    """Whether a name is that of the case, in other words: one of its own words is known."""
    words = [word for word in name.split()[:-1] if len(word) > 3]
    return any(word in known for word in words) or (not name.isascii() and name[:2] in known)


def _elsewhere(subject: Subject, start: int, end: int) -> Span | None:
    known = " ".join(subject.context.prose).lower()
    sentence = subject.visible[start:end]
    for match in _ELSEWHERE_EN.finditer(sentence):
        words = [w.lower() for w in match[1].split()]
        if (
            words
            and words[0].removesuffix("s") not in WEEKDAYS
            and not _SHORT_FORM.fullmatch(match[1].strip())
            and words[-1] not in _PLACES
            and not all(w in ORDINARY or w in known for w in words)
        ):
            return (start + match.start(1), start + match.end(1))
    for match in (*_ELSEWHERE_ZH.finditer(sentence), *_TAKEN_ZH.finditer(sentence)):
        if match[1] not in known and not _OURS_ZH.search(match[1]):
            return (start + match.start(1), start + match.end(1))
    return None
