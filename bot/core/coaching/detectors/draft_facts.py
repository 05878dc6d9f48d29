"""A draft against the facts: dates, numbers, measures and names that nobody answered."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.coverage import scanned
from bot.core.coaching.detectors.derived_days import derivable
from bot.core.coaching.detectors.fact_numbers import Numbers, known_numbers, rounds
from bot.core.coaching.detectors.grounds import scant, spared
from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.progress import COUNTS_ZH
from bot.core.coaching.detectors.reckoning import follows, otherwise
from bot.core.coaching.detectors.subject import Day, Hit, Subject
from bot.core.message.lexicon import CHINESE_ORGANISATION, CHINESE_TITLES, NOT_A_SURNAME, SURNAMES
from bot.core.message.names import Name, find_names, words_of
from bot.core.reading.numerals import normalise
from bot.core.reading.quantities import Quantity

_GREETING = 80  # characters in which people are addressed
_LOOSE = 3  # up to here a number stands everywhere
_TENTHS = 10  # a whole that stands for no number of its own: seven out of ten
_COUNTS = frozenset("一二两三四五六七八九十几各每这那哪")  # 一位老师
_OF_WEEK = re.compile(r"(?:周|星期|礼拜)[一二三四五六]$")
_NEAR = 40  # characters behind new people that say what they are for
_SHORT = 3  # characters by which somebody known is called
_NO_NAME = frozenset("还得借在把给们要能让从往向都也就再很没不")  # in no house's name
_LONG, _TOLD = 6, 0.6  # characters of a name; share of them that the facts hold
_END = 4  # characters by which a house's name ends
_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w'’&-]+ (?:(?:de|van|von|der|la|&) )?[A-ZÀ-Þ][\w'’&-]+")
_CALLED_ZH = re.compile(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:{CHINESE_TITLES}|[总工])|{CHINESE_ORGANISATION}"
    rf"|[小老][{SURNAMES}]|(?:[由请让派叫]|联系|通知|问过|告诉)[{SURNAMES}]"
)
_NUMBERED = re.compile(r"\d{1,2}号(?=[炉楼线机泵柜车梯桥门库塔仓井馆厅院站段棚组窑槽罐池桩轴船舱])")
_OF_PAPER = re.compile(r"[〕\]】)第]\s?$")  # 〔2026〕7号
_HOLDER_ZH = re.compile(
    rf"(?:总监|经理|主任|总工|工程师|厂长|组长|队长|专家|顾问|副总|部长|主管|负责人)([{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=会|将|已|来|去|带|在|负责|亲自|每|今|明天|明早|本周|下周|到|正|常驻|驻|盯|跟|率|全程|牵头|,|，|接手)"
    rf"|(?:部|科|组|处|中心)(?!周[一二三四五六日末])([{SURNAMES}][\u4e00-\u9fff]{{2}})(?=会|将|已|负责|亲自|全程|牵头|接手)"
)
_COST_ZH = re.compile(r"(?:花|耗|费|搭|赔|折)(?:掉|去|进去|费)?了?(?:我们)?$")
_POINTING = ("这", "那", "该", "本", "我", "贵", "此", "公司", "各", "每", "某", "其")
_ADDRESSED = re.compile(
    r"^(?:请|由|让|叫|派|联系|通知|问过|告诉)+"
)  # is no part of a name: 联系该公司
_OF_TIME_ZH = re.compile("工作日|自然日|月|小时|星期|礼拜|钟头")
_CLOCK = frozenset("月日号年点时:：")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|号|日(?!内|之内|以内))")
_HARD_WORK = re.compile(
    r"\b(?:day and night|(?:a)?round the clock|overtime|late)\b|[连通]夜|通宵|昼夜|加班|赶工|连轴"
)  # what anybody may say of the work that is done now


def unsupported_date(subject: Subject) -> Iterator[Hit]:
    """A date that no fact has and none of them gives."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    known = _known_days(subject.context, subject.today)
    for day in subject.days:
        if derivable(subject, day, known) or _literal(subject, day) or _numbered(subject, day):
            continue
        if _part_of_whole(subject, day):
            continue
        yield Hit("draft.unsupported_fact", day.span, {"x": day.mention.text.strip()})
        return


def _part_of_whole(subject: Subject, day: Day) -> bool:
    """Whether "5/14" is no date but five of the fourteen that the facts count."""
    pair = re.fullmatch(r"(\d{1,2})/(\d{1,2})", day.mention.text.strip())
    numbers = known_numbers(subject.context, subject.today)
    return pair is not None and any({float(pair[1]), float(pair[2])} <= own for own in numbers.each)


def _numbered(subject: Subject, day: Day) -> bool:
    """Whether 1号 is one of the machines or houses that the text numbers: 1号、2号已改好，3号炉待改."""
    alone = re.fullmatch(r"\d{1,2}号", day.mention.text.strip()) is not None
    of_paper = _OF_PAPER.search(subject.plain, max(0, day.span[0] - 4), day.span[0]) is not None
    return alone and (of_paper or _NUMBERED.search(subject.visible) is not None)


def unsupported_number(subject: Subject) -> Iterator[Hit]:
    """A number, percentage or sum that no fact has and none of them gives."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    numbers = known_numbers(subject.context, subject.today)
    for quantity in subject.quantities:
        if _small(quantity):
            continue
        given = _derived(quantity, numbers) and not otherwise(subject, quantity, numbers)
        known = given or follows(subject, quantity, numbers)
        if known and not _spent(subject, quantity, numbers):
            continue
        if subject.among(subject.number_of(quantity.span[0]), "contact"):
            continue
        x = subject.text[quantity.span[0] : quantity.span[1]]
        if any(x in secret for secret in subject.context.internal_only):
            continue  # known, and another check's
        yield Hit("draft.unsupported_fact", quantity.span, {"x": x})
        return


def unsupported_count(subject: Subject) -> Iterator[Hit]:
    """A count of a known whole that no fact has: 22 rooms, 17 of them done, when it is 15."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    numbers = known_numbers(subject.context, subject.today)
    for match in COUNTS_ZH.finditer(subject.claimed):
        whole, part = float(match[1]), float(match[2])
        if subject.plain[match.end() : match.end() + 1] in _CLOCK or part >= whole:
            continue
        given = frozenset().union(*(own for own in numbers.each if whole in own))
        if whole in numbers.ratios and not {part, whole - part} & given:
            span = match.span(2)
            yield Hit("draft.unsupported_fact", span, {"x": subject.text[span[0] : span[1]]})
            return


def unsupported_measure(subject: Subject) -> Iterator[Hit]:
    """New people, shifts or machines that nobody answered."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    told = [content_words(fact) for fact in subject.context.prose]
    few = scant(subject.context)
    for start, end in subject.spans("new_resource"):
        if few and _HARD_WORK.search(subject.visible, start, end):
            continue
        here = content_words(subject.visible[start:end])
        if _OF_TIME_ZH.match(subject.plain, end):
            continue
        if any(share(here, fact) >= 0.5 for fact in told) or _of_remedy(subject, start, end):
            continue
        if not spared(subject, start):
            yield Hit("draft.unsupported_fact", (start, end), {"x": subject.text[start:end]})
            return


def _of_remedy(subject: Subject, start: int, end: int) -> bool:
    """Whether new people are those of the approved remedy, as far as the words behind them say."""
    known = subject.context
    if not (known.remedy and known.remedy_granted):
        return False
    last = subject.sentences[subject.number_of(start)][1]
    near = content_words(subject.visible[start : min(last, end + _NEAR)])
    return share(content_words(known.remedy), near) >= 0.5


def has_facts(known: Context) -> bool:
    """Whether enough is known of a case to hold a draft against it."""
    return bool(known.cause or known.status or known.new_date)


def _known_days(known: Context, today: date) -> frozenset[date]:
    found = set(known.days)
    for text in known.prose:
        found |= scanned(text, today, known.working)[0]
    return frozenset(found)


def _literal(subject: Subject, day: Day) -> bool:
    """Whether a bare day stands in the facts as it is written, as the number of a room may: 4号."""
    text = normalise(day.mention.text.strip())
    return bool(_ORDINAL.fullmatch(text)) and any(
        text in normalise(f) for f in subject.context.prose
    )


def _derived(quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a quantity is a known number, or a large one rounded; a percentage or sum must be
    given, or be a share of what was given."""
    if quantity.kind == "ratio" and quantity.of is not None:
        value, whole = float(quantity.value), float(quantity.of)
        if whole and round(100 * value / whole) in numbers.percents | numbers.odds:
            return True
        if value < 1:
            value *= whole  # half of the eight
        if (
            whole <= _TENTHS
            and whole not in numbers.given
            and any(abs(value * 100 / whole - n) < 1 for n in numbers.shares)
        ):
            return True
        if whole in numbers.ratios:
            return bool({value, whole - value} & numbers.ratios[whole])
        if {value, whole} <= numbers.given and (
            whole - value in numbers.given or (whole - value == 1 and whole <= _TENTHS)
        ):
            return True  # a whole of one fact, its parts of others
        return any(whole in own and {value, whole - value} & own for own in numbers.each)
    exact = quantity.kind in {"percent", "money"}
    known = (
        numbers.given | numbers.shares | numbers.percents | numbers.odds
        if exact
        else numbers.derived
    )
    return _known(quantity, known, numbers.given | (frozenset() if exact else numbers.weekly))


def _known(quantity: Quantity, numbers: frozenset[float], given: frozenset[float]) -> bool:
    """Whether each value is one of the numbers, or rounds one that was given."""
    for value in (quantity.value, quantity.of):
        if value is None or float(value) in numbers:
            continue
        if not rounds(float(value), given):
            return False
    return True


def _spent(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether days are said to have been spent, which only an answer can tell: not what lies
    between two dates of the case."""
    start = quantity.span[0]
    cost = _COST_ZH.search(subject.plain, max(0, start - 6), start)
    long = quantity.kind == "duration" and float(quantity.value) not in numbers.given
    return long and cost is not None


def _small(quantity: Quantity) -> bool:
    """Whether a number is too small or too loose to be a claim: "one", "two things"."""
    few = quantity.value <= 3 and quantity.value * 2 % 1 == 0
    loose = quantity.kind in {"number", "count", "duration"} and few
    tiny = quantity.kind == "ratio" and (quantity.of or 0) <= 3
    return loose or tiny or quantity.value == 0


def unsupported_name(subject: Subject) -> Iterator[Hit]:
    """A person or an organisation that no fact names."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    told = normalise(" ".join(subject.context.prose))
    for name in _names(subject, told):
        ends = _at_an_end(subject, name.start)
        known = all(normalise(word) in told for word in name.words) or _mostly(name, told)
        known = known or _familiar(name, subject.context)
        before = subject.visible[: name.start][-1:]
        counted = (
            before.isdecimal()
            or (before in _COUNTS and not _OF_WEEK.search(subject.visible[: name.start]))
            or "的" in name.text
        )
        if known or counted or ends or not _is_person_or_house(name):
            continue
        yield Hit("draft.unsupported_fact", (name.start, name.end), {"x": name.text})
        return


def unsupported_holder(subject: Subject) -> Iterator[Hit]:
    """A person with an office who will do something, and whom no fact names: 技术总监邹明会去."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    told = normalise(" ".join(subject.context.prose))
    for match in _HOLDER_ZH.finditer(subject.visible):
        who = match[1] or match[2]
        if who not in told and who[:2] not in NOT_A_SURNAME:
            yield Hit("draft.unsupported_fact", match.span(match.lastindex or 1), {"x": who})
            return


def _names(subject: Subject, told: str) -> Iterator[Name]:
    """The names of the sentences in which somebody is called in Chinese, or two capital words
    stand together that no fact has: to look for names takes long."""
    text = subject.visible
    places = [m.start() for m in _CAPITALS.finditer(text) if m[0].lower() not in told]
    if not text.isascii():
        places.extend(match.start() for match in _CALLED_ZH.finditer(text))
    vocabulary = words_of(told) if places else frozenset()
    for number in sorted(set(map(subject.number_of, places))):
        start, end = subject.sentences[number]
        for name in find_names(text[start:end], vocabulary):
            yield replace(name, start=name.start + start, end=name.end + start)


def _at_an_end(subject: Subject, start: int) -> bool:
    """Whether a name stands where people are addressed or a letter is signed."""
    return start < _GREETING or subject.number_of(start) in {0, len(subject.sentences) - 1}


def _mostly(name: Name, told: str) -> bool:
    """Whether a long Chinese house's name is rather a clause that the facts tell in other words."""
    letters = set(name.text)
    if not name.chinese:
        return False
    if any(letter in _NO_NAME for letter in name.text):
        return True
    if len(name.text) > _END and name.text[-_END:] in told:
        return True
    return len(letters) > _LONG and len(letters & set(told)) >= _TOLD * len(letters)


def _familiar(name: Name, known: Context) -> bool:
    """Whether a short Chinese name calls somebody of the case: 老周, 周工 for 周启明."""
    own = name.text[1:2] if name.text[:1] in "小老" else name.text[:1]
    return name.chinese and len(name.text) <= _SHORT and own in f"{known.sender}{known.customer}"


def _is_person_or_house(name: Name) -> bool:
    """Whether a name is surely one: two words or more, or Chinese with a title or a house's end."""
    if name.chinese:
        return not _ADDRESSED.sub("", name.text).startswith(_POINTING)
    return len(name.words) > 1
