"""The units and guards of quantities in English and Chinese."""

import re

from bot.core.reading.date_words import FLAGS, MONTHS

CURRENCIES = {
    "cn¥": "CNY", "¥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "元": "CNY", "块钱": "CNY", "yuan": "CNY", "us$": "USD", "$": "USD", "usd": "USD", "美元": "USD",
    "美金": "USD", "dollars": "USD", "dollar": "USD", "€": "EUR", "eur": "EUR", "欧元": "EUR",
    "euros": "EUR", "euro": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP", "pounds": "GBP",
    "hk$": "HKD", "hkd": "HKD", "港币": "HKD", "港元": "HKD", "jp¥": "JPY", "jpy": "JPY",
    "日元": "JPY", "yen": "JPY", "sgd": "SGD", "s$": "SGD", "chf": "CHF", "aud": "AUD",
    "a$": "AUD", "cad": "CAD", "ca$": "CAD", "krw": "KRW", "₩": "KRW", "inr": "INR", "₹": "INR",
    "台币": "TWD", "twd": "TWD", "nt$": "TWD",
}  # fmt: skip
_DURATIONS_EN = {
    "working_day": ("working day", "business day", "work day", "workday", "working-day"),
    "person_day": ("person-day", "person day", "man-day", "man day", "staff day"),
    "person_month": ("person-month", "man-month", "person month"),
    "person_hour": ("person-hour", "man-hour", "person hour"),
    "day": ("day", "calendar day"),
    "week": ("week", "wk"),
    "fortnight": ("fortnight",),
    "month": ("month",),
    "year": ("year",),
    "hour": ("hour", "hr"),
    "minute": ("minute", "min"),
}
DURATIONS = {
    word + plural: unit
    for unit, words in _DURATIONS_EN.items()
    for word in words
    for plural in ("", "s")
} | {
    "个工作日": "working_day", "工作日": "working_day", "人天": "person_day", "人日": "person_day",
    "工日": "person_day", "人月": "person_month", "人时": "person_hour", "工时": "person_hour",
    "个自然日": "day", "自然日": "day", "天": "day", "周": "week", "个周": "week",
    "个星期": "week", "星期": "week", "个礼拜": "week", "礼拜": "week", "个月": "month",
    "个人天": "person_day", "个人月": "person_month", "年": "year", "个小时": "hour", "小时": "hour",
    "个钟头": "hour", "分钟": "minute",
}  # fmt: skip
PERCENTS = ("%", "percent", "per cent", "pct", "percentage points", "percentage point",
            "个百分点", "个点")  # fmt: skip
SCALES = {"万": 10**4, "亿": 10**8, "千": 1000, "百万": 10**6, "千万": 10**7, "十万": 10**5,
          "百": 100, "k": 1000, "bn": 10**9, "mn": 10**6, "thousand": 1000, "hundred": 100,
          "million": 10**6, "billion": 10**9, "dozen": 12}  # fmt: skip
# Units of measure; other nouns are kept as they were typed.
MEASURES = ("平方米", "立方米", "平米", "公里", "千米", "公斤", "千克", "毫米", "厘米", "米", "吨", "升",
            "度")  # fmt: skip
CLASSIFIERS = "个台间套次名位份张条项批件人层栋座根块片箱组处家只支辆艘扇页轮字票单户米吨度"
# Words after a number that are no noun of it.
_NOT_NOUNS = """
a about additional after ago all already also an and any are around as at be because been
before between both but by can could did do does done down during each earlier extra for
from further had has have he her here his how i if in instead into is it its just later
left less may might more must my no not now of on only onto or other our out over per
remain remaining remains run runs shall she should since so some still than that the their
then there these they this those through till to too under until up very was we were when
where which while who whose why will with without would yes you your
"""
NO_NOUN = frozenset(_NOT_NOUNS.split()) | MONTHS.keys()

_NUMBER_WORD = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    "fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    "ninety|hundred|thousand|million|billion|dozen"
)
_CHINESE = "零〇一二两三四五六七八九十百千万亿"
# Every way to write a number; the group says which.
NUMBER = re.compile(
    rf"百分之\s?(?P<percent>\d{{1,4}}(?:\.\d{{1,6}})?|[{_CHINESE}]{{1,5}})(?:点(?P<decimals>[{_CHINESE}]{{1,4}}))?|(?P<whole>百分百)"
    r"|(?<![\d.])(?P<tenths>\d(?:\.\d)?|[一二两三四五六七八九]{1,2})\s?(?:成(?P<half_tenth>半)?(?![立本功果为品员绩套熟型分交都长份千])|(?P<off>折)(?![叠旧算腾扣价]))"
    r"|(?P<figures>(?:(?<![\w)\]])-)?(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?|\d{1,3}(?: \d{3})+(?![\d.,])|\d{1,15}(?:\.\d{1,9})?))"
    r"(?:\s?(?P<scale_zh>百万|千万|十万|万|亿|千|百)|\s?(?P<scale_letter>k|bn|mn)(?![a-z\d])|\s{1,2}(?P<scale_word>hundred|thousand|million|billion|dozen)\b)?"
    rf"|(?<![a-z\d'-])(?P<words>half\sa\sdozen|half(?:\san?)?|(?:an?\s{{1,2}}(?=(?:dozen|hundred|thousand|million|billion)\b))?(?:{_NUMBER_WORD})"
    rf"(?:(?:-|\s{{1,2}}|\s{{1,2}}and\s{{1,2}})(?:{_NUMBER_WORD})){{0,6}})(?![a-z])"
    rf"|(?P<half>一半)|(?P<half_unit>半)(?=个?(?:月|天|年|小时|工作日))|(?P<han>[{_CHINESE}]{{1,12}})",
    FLAGS,
)

# What makes a number a place in a document, an ordinal, a version or a name, not a quantity.
LABEL_BEFORE = re.compile(
    r"(?:\b(?:clause|section|article|paragraph|appendix|annex|chapter|phase|version|release|rev|page|figure|table|item|"
    r"option|room|bay|gate|floor|milestone|sprint|week|ticket|invoice|c?python|iso|iec|gb/t)\s{1,2}|\b(?:no|nr|art|sec|cl)\.\s?"
    r"|[第§#]\s?|(?:方案|选项|编号|版本|型号|图|表|步骤|阶段|里程碑|附件|条款)\s?)$",
    FLAGS,
)
YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|of|by|from|year|fy|before|after|during)\s{1,2}$", FLAGS
)
# Stretches of text in which no number is a quantity.
CLOSED = re.compile(
    r"(?:https?://|www\.)\S{1,300}|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,100}"
    r"|^[ ]{0,8}(?:[-*]\s)?(?:\d{1,2}(?:[.)](?!\d)|、)|[一二三四五六七八九十]{1,2}、)|\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)(?=\s?[^\s\d.,;:)])"
    r"|(?<![a-z\d])(?!(?:usd|eur|gbp|rmb|cny|hkd|jpy|sgd|chf)[-.]?\d)[a-z][a-z_]{0,20}[-_/.]?\d[a-z0-9]{0,40}(?:[-._/][a-z0-9]{1,40}){0,8}"
    r"|(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,8}|24/7|\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\s?(?:am|pm|o'clock)\b"
    r"|\+\d{8,14}|\+\d{1,3}(?:[- ]\d{2,5}){1,3}(?:-\d{2,8})?|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{3}-\d{3,4}-\d{4}(?!\d)"
    r"|(?<!\d)(?:[01]?\d|2[0-4])\s?[点时](?!位|间|\d*[台个])(?:半|\d{1,2}分?)?|(?<!\d)\d{1,5}\s?号|\d{1,4}(?:st|nd|rd|th)\b",
    FLAGS | re.MULTILINE,
)
