"""The next contact: whether there is one, and whether it comes often enough."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from bot.core.coaching.detectors.coverage import scanned
from bot.core.coaching.detectors.grounds import claim, grounds
from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.reading.date_words import CHINESE_WEEKDAYS, WEEKDAYS
from bot.core.reading.formats import show_days
from bot.core.reading.numerals import WORDS, chinese_number, normalise
from bot.core.words import Text

_EN_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|weds|wed|thurs|thur|thu|fri"
_LIST_EN = re.compile(
    rf"\b(?:{_EN_DAYS})s?\b(?:\s?(?:,|and|&|\+|/|or)\s?(?:on\s|every\s)?(?:{_EN_DAYS})s?\b){{1,6}}"
)
_ONE_EN = re.compile(
    rf"\b(?:(?:each|every)\s(other\s|second\s)?(?:{_EN_DAYS})\b|(?:{_EN_DAYS})s\b|(?:{_EN_DAYS})\s(?:notes?|reports?|updates?|calls?|mails?)\b)"
)
_DAY_EN = re.compile(rf"(?:{_EN_DAYS})")
_WHOLE_DAY_EN = re.compile(rf"\b(?:{_EN_DAYS})s?\b")
_LIST_ZH = re.compile(
    r"(双|两|隔)?(?:周|星期|礼拜)(?!天天)([一二三四五六日天])((?:\s?[、,和及/]?\s?(?:每?(?:周|星期|礼拜))?(?!一[封报通条])[一二三四五六日天](?![个次天周小份件台点项回人]))*)"
)
_INTERVALS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"\bdaily\b|\b(?:every|each)\s(?:working\s|business\s|week)?day\b|\b(?:every|each)\s(?:morning|evening|afternoon|night|24 hours)\b|\btwice\sa\sday\b|\bhourly\b|每[天日]|每个?工作日|逐日|日报|每晚|每早|每日|天天|日日|夜夜|一[天日][一两二三四]?[次报回]|早晚各|早[上晨]?\d{1,2}点、晚"), 1),
    (re.compile(r"\bevery\s(?:other|second|2nd|two)\sdays?\b|隔天|隔日|每两天|每隔一天"), 2),
    (re.compile(r"\bthree\stimes\sa\sweek\b|[一每]周三[次回趟]"), 3),
    (re.compile(r"\btwice\s(?:a|per|every)\s?week\b|\btwice\sweekly\b|\btwo\stimes\sa\sweek\b|[一每]周[^,，。;；一二三四五六日天]{0,4}?(?:两|2)[次回趟]"), 4),
    (re.compile(r"\bfortnightly\b|\bfortnight\b(?! (?:after|later|before|behind|late|ago|from|than|on|instead))|\bbi-?weekly\b|\bevery\s(?:two|2|other|second)\s(?:weeks?|tuesday|monday|wednesday|thursday|friday)\b|每两周|每2周|每隔一周|隔周|双周|半个?月(?:一次|报)?"), 14),
    (re.compile(r"\bmonthly\b|\b(?:per|every|each)\smonth\b|\b(?:once|mail|note|report|call|update|letter)\sa\smonth\b|\bof\s(?:every|each|the)\smonth\b|每个?月|一个?月(?:一次|报|发)|月报|月度|月例会|按月"), 30),
    (re.compile(r"\bquarterly\b|\b(?:every|each|per|a)\squarter\b|每个?季度|季度例会|季报"), 90),
    (re.compile(r"(?<!bi)(?<!bi-)\bweekly\b|\b(?:per|every|each)\sweek\b|\b(?:once|one\s\w+|mail|note|report|call|update|letter)\sa\sweek\b|每周(?![两2])|每个?星期|每个?礼拜|一周一次|一周一[封份]|周报|周例会|按周"), 7),
)  # fmt: skip
_EVERY_EN = re.compile(
    r"\bevery\s(\d{1,2}|two|three|four|five|six|ten)\s(days|weeks|months|working days|hours)\b"
)
_EVERY_ZH = re.compile(
    r"每隔?([一二两三四五六七八十\d]{1,2})个?(天|日|周|星期|月|工作日|小时)"
    r"|(?<![周期拜])([一二两三四五六七八十\d]{1,2})个?(天|周|星期|个月|工作日)[^第,。;\d\s]{0,3}一[次封份报]"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TOLD = 0.34  # share of a sentence's words that makes it one of the facts
_UNIT = {
    "days": 1,
    "working days": 1,
    "weeks": 7,
    "months": 30,
    "hours": 0,
    "天": 1,
    "日": 1,
    "工作日": 1,
    "周": 7,
    "星期": 7,
    "月": 30,
    "个月": 30,
    "小时": 0,
}
_SLIP = Text(en="With a slip of {days}", zh="推迟了{days}")
_AS_IT_STANDS = Text(en="As things stand", zh="照现在的情况")


def contact(subject: Subject) -> Iterator[Hit]:
    """No interval and no day for the next contact, or a rhythm too slow for the slip."""
    if subject.task.place not in {"followup", "draft"}:
        return
    rhythms = _rhythms(subject)
    if subject.is_draft:
        yield from _other_rhythm(subject, rhythms)
    gap = max((gap for gaps in rhythms.values() for gap in gaps), default=None)
    if gap is None:
        if _rhythm_holds(subject):
            return  # the first day of a rhythm that was answered
        gap = next_contact(subject)
    if gap is None:
        yield Hit("followup.no_cadence", subject.first("keep_posted"))
        return
    limit = allowed(subject)
    if limit is None or gap <= limit:
        return
    yield Hit("followup.too_sparse", _rhythm(subject), {"limit": limit, "why": _why(subject)})


def _rhythm_holds(subject: Subject) -> bool:
    """Whether a draft names the next day of contact as it was answered, in a rhythm that is close
    enough.
    """
    if not subject.is_draft or next(_as_answered(subject), None) is None:
        return False
    known, limit = subject.context, allowed(subject)
    told = normalise(known.next_update or "")
    days = scanned(told, subject.today, known.working)[0]
    ahead = [(day - subject.today).days for day in days if day >= subject.today]
    gap = max(_gaps(told), default=min(ahead, default=None))
    return gap is not None and (limit is None or gap <= limit)


def _rhythm(subject: Subject) -> Span:
    """The words of the rhythm, where contact is spoken of: not 每天 where work is counted."""
    numbers = _contact_sentences(subject)
    spans = subject.spans("cadence")
    return next((s for s in spans if subject.number_of(s[0]) in numbers), (0, 0))


def _why(subject: Subject) -> Text:
    """What the customer should not wait so long for: the slip, counted as the house counts it."""
    slip = subject.context.slip
    if slip is None or slip <= 0:
        return _AS_IT_STANDS
    return _SLIP.fill(days=Text(en=show_days(slip, "en"), zh=show_days(slip, "zh")))


def allowed(subject: Subject) -> int | None:
    """The longest gap in calendar days; None while neither severity nor slip is known."""
    severity = (subject.context.severity or "").lower()
    if severity in {"low", "medium", "high", "critical"}:
        return subject.threshold(f"gap_{severity}")
    slip = subject.context.slip
    if slip is None:
        return None
    small = slip <= subject.threshold("small_slip")
    return subject.threshold("gap_small_slip" if small else "gap_large_slip")


def interval(subject: Subject) -> int | None:
    """The longest gap of the rhythm in the text, in calendar days; None without a rhythm."""
    return max((gap for gaps in _rhythms(subject).values() for gap in gaps), default=None)


def _rhythms(subject: Subject) -> Mapping[int, Sequence[int]]:
    """The gaps of each sentence that is about the next contact."""
    return {n: _gaps(_part(subject, n)) for n in _contact_sentences(subject)}


def _other_rhythm(subject: Subject, rhythms: Mapping[int, Sequence[int]]) -> Iterator[Hit]:
    """Another rhythm of reports than the one that was answered."""
    told = normalise(subject.context.next_update or "")
    given = _gaps(told)
    words = grounds(subject.context, subject.today).words
    for number in range(len(subject.sentences)) if given else ():
        spoken = subject.among(number, "contact") and subject.among(number, "cadence")
        if not spoken and number not in rhythms:
            continue
        part = _part(subject, number)
        if number not in rhythms and share(content_words(part), words) >= _TOLD:
            continue  # the work's rhythm, as it was answered
        gaps = _gaps(part)
        spoken = spoken or bool(_days_of(part))
        if not gaps or not spoken or any(abs(a - b) <= 1 for a in given for b in gaps):
            continue
        if not _days_of(part) <= _days_of(told) or not _days_of(part):
            yield claim(subject, subject.sentences[number])


@lru_cache(maxsize=1024)
def _days_of(text: str) -> frozenset[str]:
    """The weekdays that a text names, however; kept, as a sentence is asked again and again."""
    english = {match[0][:3] for match in _WHOLE_DAY_EN.finditer(text)}
    chinese = {
        day for match in _LIST_ZH.finditer(text) for day in match[0] if day in CHINESE_WEEKDAYS
    }
    return frozenset(english | chinese)


def next_contact(subject: Subject) -> int | None:
    """Calendar days to the next contact that is named with its day; None when none is."""
    found = []
    for number in _contact_sentences(subject):
        for day in subject.days_in(number):
            if day.first >= subject.today and not (subject.is_draft and _other(subject, day.first)):
                found.append((day.first - subject.today).days)
    if not found:
        return None
    return min(found) if subject.context.today else 0


def _other(subject: Subject, day: date) -> bool:
    """Whether a date of a draft is the delivery's, not the contact's too."""
    known = subject.context
    if day in scanned(known.next_update or "", subject.today, known.working)[0]:
        return False
    return day in {known.new_date, known.original_date, known.customer_deadline, known.ask_by}


def _contact_sentences(subject: Subject) -> list[int]:
    numbers = range(len(subject.sentences))
    if not subject.is_draft:
        return list(numbers)
    answered = list(_as_answered(subject))
    return answered or [n for n in numbers if _of_contact(subject, n)]


def _as_answered(subject: Subject) -> Iterator[int]:
    """The sentences that name the weekday, or a day of its own, that was answered for contact."""
    known = subject.context
    told = normalise(known.next_update or "")
    days = scanned(told, subject.today, known.working)[0] - {known.new_date, known.original_date}
    weekdays = _days_of(told)
    for number, (start, end) in enumerate(subject.sentences):
        named = weekdays and weekdays <= _days_of(subject.plain[start:end])
        if not told or _on_delivery(subject, number, named=bool(named)):
            continue
        of_it = any(day.covers(one) for day in subject.days_in(number) for one in days)
        asked = known.ask_by in days and _only_asks(subject, number)
        if named or (of_it and not asked):
            yield number


def _only_asks(subject: Subject, number: int) -> bool:
    """Whether a sentence asks for something by a day that is one of contact too, and tells no contact."""
    return subject.among(number, "customer_action") and not subject.among(
        number, "contact", "cadence"
    )


def _on_delivery(subject: Subject, number: int, *, named: bool) -> bool:
    """Whether a sentence tells that the date moves, with the new one, or with the old one and no
    weekday of the rhythm; without a date, whether nothing in it is of contact.
    """
    if not subject.among(number, "date_moves"):
        return False
    known, days = subject.context, tuple(subject.days_in(number))
    if any(day.covers(known.new_date) for day in days):
        return True
    if known.new_date is None and any(day.covers(known.date_known_by) for day in days):
        return False
    old = any(day.covers(known.original_date) for day in days)
    return not named if old else not subject.among(number, "contact")


def _of_contact(subject: Subject, number: int) -> bool:
    """Whether a sentence of a draft is about the next contact; 每天 alone may count other things."""
    part = _part(subject, number)
    english = subject.among(number, "cadence") and not _HAN.search(part)
    return subject.among(number, "contact") or _weekly(part) or english


def _part(subject: Subject, number: int) -> str:
    start, end = subject.sentences[number]
    return subject.claimed[start:end]


def _weekly(text: str) -> bool:
    """Whether a rhythm by weekdays stands in a sentence: "Tuesdays and Fridays", 每周二、五."""
    if _LIST_EN.search(text) or _ONE_EN.search(text):
        return True
    return any(_habitual(text, match) for match in _LIST_ZH.finditer(text))


@lru_cache(maxsize=1024)
def _gaps(text: str) -> tuple[int, ...]:
    """The gaps of all rhythms in a sentence, in calendar days; sentences come again at each edit."""
    found: list[int] = []
    singles: list[int] = []  # 书面的每周一，电话每周四: one rhythm of two days
    for match in _LIST_EN.finditer(text):
        found.append(_largest([WEEKDAYS[w] for w in _DAY_EN.findall(match[0])]))
    for match in _LIST_ZH.finditer(text):
        if _habitual(text, match):
            days = [match[2], *re.findall("[一二三四五六日天]", match[3])]
            twice = 14 if match[1] or re.search(r"(?:每两|双|隔)\s?$", text[: match.start()]) else 0
            found.append(twice or _largest([CHINESE_WEEKDAYS[d] for d in days]))
            singles.extend(CHINESE_WEEKDAYS[d] for d in days if len(days) == 1 and not twice)
    if len(set(singles)) > 1 and len(singles) == len(found):
        found = [_largest(singles)]
    if not found:
        for match in _ONE_EN.finditer(text):
            found.append(14 if match[1] else 7)
    known = [gap for pattern, gap in _INTERVALS if pattern.search(text)]
    if found and 7 in known:
        known.remove(7)
    if 14 in known or 30 in known:
        found = [gap for gap in found if gap != 7]
    for match in (*_EVERY_EN.finditer(text), *_EVERY_ZH.finditer(text)):
        count, unit = (group for group in match.groups() if group)
        number = WORDS.get(count) or chinese_number(count)
        if number:
            known.append(max(1, number * _UNIT[unit]))
    return (*found, *known)


def _habitual(text: str, match: re.Match[str]) -> bool:
    at = match.start()
    before = text[max(0, at - 4) : at]
    after = text[at : at + 12]
    return (
        any(sign in before for sign in ("每", "逢", "隔", "起"))
        or bool(match[3])
        or "各" in after
        or "两" in before
        or before.endswith(("以后", "往后", "之后"))
        or "都" in after[:6]
    )


def _largest(days: list[int]) -> int:
    """The longest gap of a weekly rhythm on the given weekdays."""
    known = sorted(set(days))
    gaps = [(b - a) % 7 or 7 for a, b in zip(known, [*known[1:], known[0]], strict=True)]
    return max(gaps)
