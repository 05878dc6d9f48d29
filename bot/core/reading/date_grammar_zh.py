"""Dates in Chinese: what the text at one place names; each rule reads one form."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from bot.core.reading.date_figures import stretch
from bot.core.reading.date_words import (
    CHINESE_WEEKDAYS,
    FLAGS,
    NUM,
    WEEKDAY_ZH,
    behind,
    habit,
    year_of,
)
from bot.core.reading.numerals import chinese_number
from bot.core.reading.readings import (
    Found,
    Frame,
    Reading,
    chinese_weekday,
    day_of_month,
    distance,
    month_part,
    month_readings,
    next_ordinal,
    numbered_week,
    quarter_readings,
    shift_month,
    this_weekday,
    week_of,
    week_part,
    weekend,
    whole_week,
    year_readings,
)

_YEAR = r"(?:(\d{4}|\d{2}|[一二][〇零一二三四五六七八九]{3})\s?年\s?|(今|明|去|后)年\s?)"
_DAY_FOLLOWS = r"(?=\s?(?:[日号]|[-~]\s?\d{1,2}\s?[日号]|\(|[,;。、!?]|\.(?!\d)|[前之到至]|$))"
_MONTH_DAY = re.compile(rf"{_YEAR}?({NUM})\s?月\s?({NUM}){_DAY_FOLLOWS}\s?[日号]?", FLAGS)
_NEXT_DAY = re.compile(rf"\s?([、,和及与]|[-~到至])\s?(?:({NUM})\s?月\s?)?({NUM})\s?[日号]", FLAGS)
_STRETCH = frozenset("-~到至")
_PART = r"(底|末|最后一天|月?初|上旬|中旬|下旬|中(?!国|心|标|期))"
_PARTS = {"底": "end", "末": "end", "最后一天": "end", "初": "early", "月初": "early", "上旬": "early", "中": "mid",
          "中旬": "mid", "下旬": "late"}  # fmt: skip
_MONTH = re.compile(
    rf"{_YEAR}?({NUM})\s?月(份)?(?:{_PART})?(?!饼|租|薪|均|供|报|度|历|嫂|\s?\d)", FLAGS
)
_THIS_MONTH = re.compile(
    rf"(本|这个?|当|下下个?|下个?|上个?)月(?:{_PART}|\s?({NUM})\s?[日号])?(?!度|报|薪|租)", FLAGS
)
_OFFSETS = {"本": 0, "这": 0, "当": 0, "下": 1, "下下": 2, "上": -1, "上上": -2, "": 0}
_END = re.compile(r"(月|年|季度|季)(底|末)|月(初|中旬|中(?!国))", FLAGS)
_YEAR_END = re.compile(r"(?:(\d{4})年|(今|明|去)年)年?[底末]", FLAGS)
_QUARTER = re.compile(
    r"(?:(?:(\d{4})年|(今|明|去)年)?第?([一二三四1-4])|(本|这个?|下个?|上个?))(?:季度|季)([末底])?",
    FLAGS,
)
_NOT_WEEKDAY = r"(?![次个回遍轮直共般样致些台半律点套件份十]|天(?!前)|期(?![前间])|定(?!稿)|批(?!准)|下(?![午班]))"
_WEEKDAY = re.compile(rf"(下下个?|下个?|上上个?|上个?|本|这个?)?{WEEKDAY_ZH}{_NOT_WEEKDAY}", FLAGS)
_WEEK_CHAIN = re.compile(r"\s?[至到~-]\s?(?:周|星期|礼拜)[一二三四五六日天]", FLAGS)
# 下周二或周三: the second day is of the week that the first one names.
_SAME_WEEK = re.compile(
    r"(下下个?|下个?|上上个?|上个?|本|这个?)(?:周|星期|礼拜)[一二三四五六日天]\s?(?:[、,和或及与至到~-]|或者)\s?$"
)
_IN_CHAIN = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]\s?[至到~-]\s?$")
_WEEK = re.compile(
    r"(下下个?|下个?|上上个?|上个?|本|这个?|当)?(?:周|星期|礼拜)(末|初|中)?(?!期|报|年|边|围|转|例|岁|折)",
    FLAGS,
)
_WEEK_NUMBER = re.compile(r"(?:(\d{4})\s?年\s?)?第\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:个\s?)?(?:周|星期)(?!期|岁|年)", FLAGS)  # fmt: skip
_DISTANCE = re.compile(
    r"(\d{1,4}|[一二两三四五六七八九十百]{1,5}|半)\s?(个)?\s?(半)?(?:多)?"
    r"(工作日|自然日|日历日|日历天|天|日|周|星期|礼拜|月)(?:之|以)?(后|内|前)",
    FLAGS,
)
_UNITS = {"工作日": "working_day", "周": "week", "星期": "week", "礼拜": "week", "月": "month"}
_EVENT = re.compile(r"(?:[后起时]|之日|当日|每|最多|前)\s?(?:的|约|大约)?$")
_DAY_ALONE = re.compile(rf"({NUM})\s?([日号])", FLAGS)
_AFTER_DAY = re.compile(
    r"\s?(?:[,.。、;:!?)~(\U0001F300-\U0001FAFF-]|$|\n|[前之起开到至左右早交完验发给可能就才再那送出复回截当为和及与是的周跟我咱向]|以前|上[午线]|下午|晚|中午)",
    FLAGS,
)
_STEPS = re.compile(
    r"月\d{1,2}[日号][^。;\n]{1,12}[,;、]\s?(?:\d{1,2}号[^。;\n]{1,12}[,;、]\s?)*$", FLAGS
)
_NUMBERED = re.compile(
    r"[楼线机泵柜车梯桥门库塔仓井馆厅院站段棚组窑槽罐池桩轴船舱房室床炉台位令码铺展区层单文卷钻架箱桌口路店厂工样]",
    FLAGS,
)
_LABELLED = re.compile(
    rf"((?:\d{{1,2}}号?[、和及与至到-]){{0,6}}\d{{1,2}})号(?={_NUMBERED.pattern})", FLAGS
)
_LABEL_ENDS = re.compile(r"\s?(?:[、,.。;)]|和|及|与|$)(?!\d{1,2}月)", FLAGS)  # no hour, no "by"
_TODAY = re.compile(r"(大后|大前|今|明|后|昨|前)[天日](?!天|性)")
_DAYS = {"大后": 3, "大前": -3, "今": 0, "明": 1, "后": 2, "昨": -1, "前": -2}
_PART_OF_WORD = {"后": "先以之今然最此背", "前": "目当之以提眼先", "今": "", "明": "声说证文"}


def month_day(frame: Frame, at: int) -> tuple[Found, ...]:
    """12月5日, 2026年12月4日, 明年3月1日, 6月9日到16日, 6月4日、11日."""
    match = _MONTH_DAY.match(frame.text, at)
    month = chinese_number(match[3]) if match else None
    day = chinese_number(match[4]) if match else None
    if match is None or month is None or day is None:
        return ()
    year = _year(frame, match[1], match[2])
    readings, fault = day_of_month(frame, month, day, year)
    return _continued(frame, Found(at, match.end(), readings, fault=fault), month, year)


def month(frame: Frame, at: int) -> tuple[Found, ...]:
    """6月底, 2026年12月, 明年3月中旬, 6月; a month in characters alone needs a part or 份."""
    match = _MONTH.match(frame.text, at)
    number = chinese_number(match[3]) if match else None
    if match is None or number is None or not 1 <= number <= 12:
        return ()
    year = _year(frame, match[1], match[2])
    if frame.running and not (match[3].isdecimal() or year or match[4] or match[5]):
        return ()
    readings = month_readings(frame, number, year, _PARTS.get(match[5], "whole"))
    return (Found(at, match.end(), readings),) if readings else ()


def this_month(frame: Frame, at: int) -> tuple[Found, ...]:
    """本月底, 下月15号, 下个月, 这个月20号."""
    match = _THIS_MONTH.match(frame.text, at)
    if not match:
        return ()
    year, number = shift_month(frame.today, _OFFSETS[match[1].rstrip("个")])
    if match[3]:
        readings, fault = day_of_month(frame, number, chinese_number(match[3]) or 0, year)
        plain = tuple(replace(r, year_given=False) for r in readings)
        return _continued(frame, Found(at, match.end(), plain, fault=fault), number, year)
    part = _PARTS.get(match[2], "whole")
    return (Found(at, match.end(), (month_part(frame, year, number, part, year_given=False),)),)


def period_end(frame: Frame, at: int) -> tuple[Found, ...]:
    """月底, 年底, 季度末, 月初, 明年底."""
    if behind(frame, at, width=1) in {"每", "个", "各"}:
        return ()
    match = _YEAR_END.match(frame.text, at)
    if match:
        year = _year(frame, match[1], match[2]) or frame.today.year
        return (Found(at, match.end(), year_readings(frame, year, given=match[1] is not None)),)
    match = _END.match(frame.text, at)
    if not match:
        return ()
    today = frame.today
    if match[1] == "年":
        readings = year_readings(frame, today.year, given=False)
    elif match[1] in {"季度", "季"}:
        readings = _this_quarter(frame, 0, end=True)
    else:
        part = _PARTS[match[2] or match[3]]
        readings = (month_part(frame, today.year, today.month, part, year_given=False),)
    return (Found(at, match.end(), readings),)


def quarter(frame: Frame, at: int) -> tuple[Found, ...]:
    """一季度末, 本季度末, 2027年第1季度; a quarter without end or year names no time."""
    match = _QUARTER.match(frame.text, at)
    if not match:
        return ()
    end = match[5] is not None
    if match[4]:
        if not end:
            return ()
        readings = _this_quarter(frame, _OFFSETS[match[4].rstrip("个")], end=True)
    else:
        year = _year(frame, match[1], match[2])
        if not end and year is None:
            return ()
        readings = quarter_readings(frame, chinese_number(match[3]) or 1, year, end=end)
    return (Found(at, match.end(), readings),) if readings else ()


def weekday(frame: Frame, at: int) -> tuple[Found, ...]:
    """周五, 下周五, 星期日, 周五（12月4日）, 下周二或周三; not 每周五 and not 周一至周五."""
    match = _WEEKDAY.match(frame.text, at)
    if not match or habit(frame, at, match.end()) or _counted_week(frame, at, match[1]):
        return ()
    number = CHINESE_WEEKDAYS[match[2]]
    dated = _dated(frame, at, match.end(), number)
    if dated:
        return dated
    earlier = _SAME_WEEK.search(behind(frame, at, width=12))
    which = match[1] or (earlier[1] if earlier else None)
    if which is None:
        if _WEEK_CHAIN.match(frame.text, match.end()) or _IN_CHAIN.search(behind(frame, at)):
            return ()
        readings = chinese_weekday(frame.today, number)
    elif _OFFSETS[which.rstrip("个")] == 0:
        readings = this_weekday(frame.today, number)[-1:]
    else:
        monday = week_of(frame.today, _OFFSETS[which.rstrip("个")])
        readings = (Reading(monday + timedelta(days=number)),)
    return (Found(at, match.end(), readings, number),)


def week(frame: Frame, at: int) -> tuple[Found, ...]:
    """下周, 本周末, 周末, 下周初."""
    match = _WEEK.match(frame.text, at)
    if not match or not (match[1] or match[2] == "末") or habit(frame, at, match.end()):
        return ()
    monday = week_of(frame.today, _OFFSETS[(match[1] or "").rstrip("个")])
    if match[2] == "末":
        reading = weekend(monday)
    elif match[2]:
        reading = week_part(frame, monday, {"初": "early", "中": "mid"}[match[2]])
    else:
        reading = whole_week(monday)
    return (Found(at, match.end(), (reading,)),)


def week_number(frame: Frame, at: int) -> tuple[Found, ...]:
    """第23周. In running text 第3周 may count a plan's weeks: from 10 only."""
    match = _WEEK_NUMBER.match(frame.text, at)
    number = chinese_number(match[2]) if match else None
    if match is None or number is None or behind(frame, at, width=1) == "月":
        return ()
    if frame.running and number < 10 and not match[1]:
        return ()
    readings = numbered_week(frame, number, int(match[1]) if match[1] else None)
    return (Found(at, match.end(), readings),) if readings else ()


def away(frame: Frame, at: int) -> tuple[Found, ...]:
    """三天后, 3个工作日内, 两周后, 半个月后; in running text not 签字后3天内 and not 3天前."""
    match = _DISTANCE.match(frame.text, at)
    if not match or (match[4] == "月" and not match[2]):
        return ()
    if frame.running and (match[5] == "前" or _EVENT.search(behind(frame, at, width=6))):
        return ()
    back, unit = match[5] == "前", _UNITS.get(match[4], "day")
    count = chinese_number(match[1]) if match[1] != "半" else 0
    if count is None or (match[1] == "半" and unit != "month") or (match[3] and unit != "month"):
        return ()
    if match[1] == "半" or match[3]:
        readings = distance(frame, count * 30 + 15, "day", back=back)
        readings = tuple(replace(r, exact=False) for r in readings)
    else:
        readings = distance(frame, count, unit, back=back)
    if match[5] == "内":
        readings = tuple(replace(r, exact=False) for r in readings)
    return (Found(at, match.end(), readings),) if readings else ()


def day_alone(frame: Frame, at: int) -> tuple[Found, ...]:
    """5号, 15日: in running text only where a day stands, not 3号楼."""
    match = _DAY_ALONE.match(frame.text, at)
    day = chinese_number(match[1]) if match else None
    if match is None or day is None:
        return ()
    if frame.running:
        if behind(frame, at, width=1) in {"第", "每", "编", "近", "前"} or not 1 <= day <= 31:
            return ()
        if not (_AFTER_DAY.match(frame.text, match.end()) or _listed(frame, at, match.end())):
            return ()
        moved = behind(frame, at, width=2).endswith(("到", "在", "于", "定", "为"))
        if not moved and day in _labels(frame.text) and _LABEL_ENDS.match(frame.text, match.end()):
            return ()
    readings, fault = next_ordinal(frame, day)
    return (Found(at, match.end(), readings, fault=fault),)


@lru_cache(maxsize=16)
def _labels(text: str) -> frozenset[int]:
    """The numbers that a text gives its machines and houses: 7号、8号梯."""
    rows = _LABELLED.findall(text)
    return frozenset(int(n) for row in rows for n in re.findall(r"\d{1,2}", row))


def _listed(frame: Frame, at: int, end: int) -> bool:
    """Whether a day goes on with a list of dated steps: 11月27号竣工,6号封闭,18号试验; not 3号楼."""
    before = behind(frame, at, width=40)
    return _STEPS.search(before) is not None and _NUMBERED.match(frame.text, end) is None


def named(frame: Frame, at: int) -> tuple[Found, ...]:
    """今天, 明天, 后天, 大后天, 昨天, 前天; not inside 先天 or 目前天气."""
    match = _TODAY.match(frame.text, at)
    if not match or (at and frame.text[at - 1] in _PART_OF_WORD.get(match[1], "")):
        return ()
    day = frame.today + timedelta(days=_DAYS[match[1]])
    return (Found(at, match.end(), (Reading(day),)),)


def _year(frame: Frame, figures: str | None, word: str | None) -> int | None:
    if word:
        return frame.today.year + {"今": 0, "明": 1, "去": -1, "后": 2}[word]
    if figures and not figures.isdecimal():
        return chinese_number(figures)
    return year_of(frame, figures)


def _continued(frame: Frame, first: Found, month: int, year: int | None) -> tuple[Found, ...]:
    """The date with the days that follow it without a month: 6月9日到16日, 6月4日、11日."""
    found = [first]
    for _ in range(12):
        match = _NEXT_DAY.match(frame.text, found[-1].end)
        joined = match is not None and match[1] in _STRETCH
        if match is None or (match[2] and not joined):
            break
        month = (chinese_number(match[2]) or 0) if match[2] else month
        day = chinese_number(match[3]) or 0
        readings, fault = day_of_month(frame, month, day, year)
        if not match[2] and not first.readings:
            break
        here = Found(match.start(3), match.end(), readings, fault=fault)
        whole = stretch(found[-1], here) if joined else None
        if whole:
            found[-1] = whole
        else:
            found.append(here)
    return tuple(found)


def _dated(frame: Frame, at: int, end: int, number: int) -> tuple[Found, ...]:
    """The date right after a weekday: 周五（12月4日）, 周五12月4日."""
    bracket = frame.text.startswith("(", end)
    here = end + 1 if bracket or frame.text.startswith((" ", ","), end) else end
    found = month_day(frame, here)
    if not found or (bracket and not frame.text.startswith(")", found[0].end)):
        return ()
    last = found[0].end + 1 if bracket else found[0].end
    return (replace(found[0], start=at, end=last, weekday=number), *found[1:])


def _counted_week(frame: Frame, at: int, which: str | None) -> bool:
    """Whether the sign for week is counted: 两周, 第3周, 一周一次."""
    before = behind(frame, at, width=1)
    return which is None and before in set("一二两三四五六七八九十几多半整个0123456789")


def _this_quarter(frame: Frame, offset: int, *, end: bool) -> tuple[Reading, ...]:
    index = frame.today.year * 4 + (frame.today.month - 1) // 3 + offset
    readings = quarter_readings(frame, index % 4 + 1, index // 4, end=end)
    return tuple(replace(r, year_given=False) for r in readings)
