"""How a person says when they want to be reminded: "light", "8:30-17:00", "quiet 12-13:30"."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.core.pings.kinds import Level
from bot.core.pings.manners import Manners, Schedule
from bot.core.reading import dates

_LEVELS: dict[str, Level] = {
    "light": "light", "few": "light", "少": "light", "少一点": "light",
    "standard": "standard", "on": "standard", "normal": "standard", "正常": "standard",
    "开": "standard", "打开": "standard", "开启": "standard", "全部": "standard",
}  # fmt: skip
_NEVER = re.compile(
    r"^(?:off|none|never|关闭|关|不再提醒|永不)(?:$|[\s,，.。:：;；—–-]+|(?=[(（]|因为|because\b))"
    r"(?P<given>because(?: of)?\b|since\b|因为)?(?P<why>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(
    r"(?:the )?(?:(?:morning|daily|weekly) )?(?:digests?|weekly|quiet)\b|早报|周报|免打扰|勿扰",
    re.IGNORECASE,
)
_WHILE = re.compile(  # what ends by itself, or comes back
    r"(?:until|till|on|at|before|after|between|during|today|tonight)\b"
    r"|(?:(?:for|over|this|next) .*)?\b(?:now|days?|weeks?|weekends?|months?|hours?|while|nights?|holidays?)$"
    r"|直到|到|暂时|先|今晚|晚上|夜里|周末|.{0,4}(?:天|周|个月|小时)$",
    re.IGNORECASE,
)
LONGEST = 200  # characters of a reason
_HOURS = re.compile(
    r"(?P<h1>\d{1,2})(?:[:：.](?P<m1>\d{2}))?\s*(?:-|–|—|~|to|至|到)\s*"
    r"(?P<h2>\d{1,2})(?:[:：.](?P<m2>\d{2}))?"
)
_QUIET = re.compile(r"^(?:quiet|免打扰|勿扰)\s*", re.IGNORECASE)
_PAUSE = re.compile(
    r"^(?:pause|until|暂停|停到|暂停到|(?:off|关闭|关)\s*(?:until|till|直到|到))\s*", re.IGNORECASE
)
_UNTIL = re.compile(r"^(?:until|till|to|直到|到)\s*", re.IGNORECASE)
_MORNING = {"digest on": True, "早报 开": True, "digest off": False, "早报 关": False}
_WEEKLY = {"weekly on": True, "周报 开": True, "weekly off": False, "周报 关": False}
_NO_QUIET = ("quiet off", "quiet none", "免打扰关", "勿扰关")
_GO_ON = ("resume", "go on", "继续", "恢复")


def wished(words: str, schedule: Schedule, at: datetime) -> Manners | None:
    """The manners after this wish; None for words that say none, or hours that leave no time."""
    manners, line = schedule.manners, " ".join(words.split()).casefold()
    if line in _LEVELS:
        return replace(manners, level=_LEVELS[line], never="")
    if line in _MORNING or line in _WEEKLY:
        morning = _MORNING.get(line, manners.morning)
        return replace(manners, morning=morning, weekly=_WEEKLY.get(line, manners.weekly))
    if line in _NO_QUIET:
        return replace(manners, quiet_from=None, quiet_until=None)
    if line in _GO_ON:
        return replace(manners, paused_until=None)
    if _PAUSE.match(line):
        return paused(_PAUSE.sub("", line), schedule, at)
    return _hours(line, manners)


def never(words: str, schedule: Schedule, at: datetime) -> str | None:
    """Why no reminder is ever to come; empty where no reason was given, None for another wish.

    A part of them, a day or a while is no reason, unless it is called one.
    """
    found = _NEVER.match(" ".join(words.split()))
    if found is None:
        return None
    why = found["why"].strip(" ,，.。:：;；—–-()（）")
    if not any(c.isalpha() for c in why):
        return ""
    if not found["given"] and (_PART.match(why) or _is_a_while(why, schedule, at)):
        return None
    return why[:LONGEST]


def _is_a_while(words: str, schedule: Schedule, at: datetime) -> bool:
    """Whether the words begin with a day, or say how long something lasts."""
    days = dates.scan(words, today=schedule.day(at), calendar=schedule.days)
    return bool(_WHILE.match(words)) or any(m.span[0] == 0 for m in days)


def hours(words: str) -> tuple[time, time] | None:
    """Two times of a day, such as "8:30-17:00"; None for words that say none."""
    found = _HOURS.fullmatch(words.strip())
    first = _clock(found["h1"], found["m1"]) if found else None
    last = _clock(found["h2"], found["m2"]) if found else None
    return (first, last) if first is not None and last is not None else None


def _hours(line: str, manners: Manners) -> Manners | None:
    """Hours of work, or quiet ones; None where they are none or leave no time."""
    found = hours(_QUIET.sub("", line))
    if found is None:
        return None
    first, last = found
    try:
        if _QUIET.match(line):
            return replace(manners, quiet_from=first, quiet_until=last)
        return replace(manners, work_from=first, work_until=last)
    except ValueError:
        return None


def paused(words: str, schedule: Schedule, at: datetime) -> Manners | None:
    """No reminder until the morning of that day; None for words that say none in the next year."""
    until = _morning(words, schedule, at)
    return replace(schedule.manners, paused_until=until) if until is not None else None


def away(words: str, schedule: Schedule, at: datetime) -> Manners | None:
    """Away until the morning of that day; None for words that say none in the next year."""
    until = _morning(_UNTIL.sub("", words), schedule, at)
    return replace(schedule.manners, away_until=until) if until is not None else None


def _morning(words: str, schedule: Schedule, at: datetime) -> datetime | None:
    """The morning of the first day to come that the words name, in the next year."""
    today = schedule.day(at)
    found = dates.scan(words, today=today, calendar=schedule.days)
    ahead = [r.day for m in found for r in m.readings if today < r.day]
    if not ahead or ahead[0] > today + timedelta(days=366):
        return None
    return datetime.combine(ahead[0], time(0), tzinfo=schedule.place)


def _clock(hour: str, minute: str | None) -> time | None:
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None
