"""The honesty clock: how long something is known and not told, and how soon it should be.

Severity and the time to tell are those of the catalogue (coaching, section 2): the highest line
that fits counts. Notice periods are calendar days, as in FIDIC 2017 (clause 20.2), NEC4 (61.3)
and GF-2017-0201 (clause 19); the contract's own figure rules.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.core.reading.calendars import Calendar
from bot.core.reading.formats import show_date, show_days, show_range
from bot.core.words import Text

Severity = Literal["low", "medium", "high", "critical"]
Stage = Literal[
    "quiet",  # nothing is known that would have to be told
    "sign",  # a first sign, and not certain yet
    "sign_late",  # a first sign that is older than a working week
    "today",  # certain since today
    "waiting",  # certain for up to a working week
    "late",  # certain for longer
    "notice_due",
    "notice_over",
    "told_early",  # before it was certain
    "told_at_once",  # by the next working day
    "told",
    "told_late",
]

LATE_AFTER = 5  # working days of silence (rubric, timing.late_notice)
NOTICE_NEAR = 3  # calendar days before the notice is due (rubric, legal.notice_deadline)
LOW_UP_TO, MEDIUM_UP_TO = 5, 20  # working days of slip
CLOSE_OF_DAY = time(18)
WITHIN_HOURS = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Clock:
    """The days that make the honesty clock of one case, as its owner lives them."""

    today: date
    calendar: Calendar
    first_sign: date | None = None  # of a range its first day, from which silence counts
    certain: date | None = None
    told: date | None = None
    notice_days: int | None = None  # calendar days that the contract gives for a written notice
    notice_served: bool = False
    sign_end: date | None = None  # the last day of a range that the first sign was seen in


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock shows. Silence counts from the first sign where nothing is certain yet.

    `notice_left` is in calendar days and below 0 when the day is over.
    """

    stage: Stage
    silent_days: int
    silent_working_days: int
    notice_by: date | None
    notice_left: int | None
    text: Text | None  # the one sentence for the coach; None when there is nothing to say


@dataclass(frozen=True, slots=True)
class Weight:
    """What makes a delay light or heavy for the customer."""

    slip: int | None = None  # working days between the old date and the new one
    earlier_slips: int = 0
    deadline_hit: bool = False  # a date of the customer's own falls before the new one
    notice_due: bool = False
    remedy: bool = False  # a remedy is offered
    term: bool = False  # a term of the contract is touched
    at_stake: bool = False  # the customer's operation, safety, law or a public date


@dataclass(frozen=True, slots=True)
class Verdict:
    """How severe a delay is, why, and what follows: by when, how first, and who tells.

    `channel` leaves room for the way that its owner chose: `{chosen}` or, after a call, `{written}`.
    """

    severity: Severity
    reasons: tuple[Text, ...]
    tell_by: Text
    channel: Text
    who: Text


def read(clock: Clock) -> Reading:
    """How long the silence lasts or lasted, when the notice is due, and one sentence on it.

    An open notice that is near or over goes before everything else, since it can cost a right.
    """
    since = clock.certain or clock.first_sign
    until = clock.told or clock.today
    days = max(0, (until - since).days) if since else 0
    working = max(0, clock.calendar.between(since, until)) if since else 0
    by = _notice_by(clock)
    left = (by - clock.today).days if by else None
    stage = _stage(clock, working, left)
    said = _SENTENCES.get(stage)
    if said:
        said = said.fill(
            working=_days(working),
            since=_since(clock),
            by=span(by, by) if by else "",
            left=_left(left or 0),
        )
    return Reading(stage, days, working, by, left, said)


def severity(weight: Weight) -> Verdict:
    """The highest line of the catalogue's table that fits, with every reason of that line."""
    slip = weight.slip or 0
    lines: dict[Severity, list[tuple[bool, Text]]] = {
        "critical": [(weight.at_stake, _AT_STAKE)],
        "high": [
            (slip > MEDIUM_UP_TO, _SLIP.fill(slip=_days(slip))),
            (weight.earlier_slips > 0, _AGAIN),
            (weight.deadline_hit, _DEADLINE),
            (weight.notice_due, _NOTICE),
        ],
        "medium": [
            (LOW_UP_TO < slip <= MEDIUM_UP_TO, _SLIP.fill(slip=_days(slip))),
            (weight.remedy and weight.term, _BOTH),
            (weight.remedy and not weight.term, _REMEDY),
            (weight.term and not weight.remedy, _TERM),
        ],
    }
    for level, reasons in lines.items():
        if found := tuple(reason for holds, reason in reasons if holds):
            return Verdict(level, found, *_FOLLOWS[level])
    short = _SLIP.fill(slip=_days(slip)) if slip > 0 else _NOTHING_HIT
    return Verdict("low", (short,), *_FOLLOWS["low"])


def tell_by(level: Severity, known_at: datetime, calendar: Calendar) -> datetime:
    """The moment by which the customer should know, in the zone of `known_at`.

    Low: the end of the next working day. Medium and high: the end of the same working day, or of
    the next one when it became known after hours. Critical: four hours later, at any time.
    """
    if level == "critical":
        return known_at + WITHIN_HOURS
    day = known_at.date()
    in_hours = calendar.is_working(day) and known_at.time() < CLOSE_OF_DAY
    if level == "low" or not in_hours:
        day = calendar.add(day, 1)
    return datetime.combine(day, CLOSE_OF_DAY, tzinfo=known_at.tzinfo)


def span(first: date, last: date) -> Text:
    """A day, or both ends of a stretch of days."""
    if last <= first:
        return Text(en=show_date(first, "en"), zh=show_date(first, "zh"))
    return Text(en=show_range(first, last, "en"), zh=show_range(first, last, "zh"))


def _notice_by(clock: Clock) -> date | None:
    """The last day for the written notice; it runs from when one knew, or should have."""
    aware = clock.certain or clock.first_sign
    if aware is None or clock.notice_days is None or clock.notice_served:
        return None
    return aware + timedelta(days=clock.notice_days)


def _stage(clock: Clock, working: int, left: int | None) -> Stage:
    if left is not None and left <= NOTICE_NEAR:
        return "notice_over" if left < 0 else "notice_due"
    if clock.told is not None:
        return _told_stage(clock, clock.told, working)
    if clock.certain is None:
        if clock.first_sign is None:
            return "quiet"
        return "sign_late" if working > LATE_AFTER else "sign"
    if working == 0:
        return "today"
    return "late" if working > LATE_AFTER else "waiting"


def _told_stage(clock: Clock, told: date, working: int) -> Stage:
    if clock.certain is None or told < clock.certain:
        return "told_early"
    if working <= 1:
        return "told_at_once"
    return "told_late" if working > LATE_AFTER else "told"


def _days(n: int) -> Text:
    return Text(en=show_days(n, "en"), zh=show_days(n, "zh"))


def _left(n: int) -> Text:
    """How many calendar days are left or over: "today is the last day", "2 days are left"."""
    if n == 0:
        return Text(en="today is the last day", zh="今天是最后一天")
    days = Text(
        en=show_days(abs(n), "en", working=False), zh=show_days(abs(n), "zh", working=False)
    )
    if n < 0:
        return Text(en=f"{days.en} ago", zh=f"已过{days.zh}")
    return Text(en=f"{days.en} {'is' if n == 1 else 'are'} left", zh=f"还有{days.zh}")


def _since(clock: Clock) -> Text | str:
    first, last = clock.first_sign, clock.sign_end
    return span(first, last or first) if first is not None else ""


_SENTENCES: dict[Stage, Text] = {
    "sign": Text(
        en="The first sign is from {since}. A heads-up can say “may”, it admits nothing, and it "
        "gives them time to plan.",
        zh="苗头是{since}出现的。先打个招呼，说“可能”就行，不等于认责，客户也好早做准备。",
    ),
    "sign_late": Text(
        en="The first sign is from {since}, {working} ago. They will ask why they hear it now; say "
        "it before they ask.",
        zh="苗头是{since}出现的，已经过了{working}。客户会问为什么现在才说，与其等他问，不如自己先讲。",
    ),
    "today": Text(
        en="You have known since today. It will not get easier to tell than it is now.",
        zh="您是今天确认的，现在说最容易开口。",
    ),
    "waiting": Text(
        en="You have known for {working}. Each day you wait is a day less for them to adjust.",
        zh="您知道已经{working}了。晚说一天，客户就少一天安排。",
    ),
    "late": Text(
        en="You have known for {working}; the customer will ask why they hear it now. Say it "
        "before they ask.",
        zh="您知道已经{working}了，客户会问为什么现在才说。与其等他问，不如自己先讲。",
    ),
    "notice_due": Text(
        en="The contract wants a written notice by {by}: {left}. A friendly mail does not replace it.",
        zh="合同要求{by}前发书面通知，{left}。平常的邮件不能代替它。",
    ),
    "notice_over": Text(
        en="The day for the contract's written notice was {by}, {left}. Ask legal today what can "
        "still be kept.",
        zh="合同规定的书面通知日是{by}，{left}。今天就请法务看看还能保住什么。",
    ),
    "told_early": Text(
        en="You told them before it was certain. That is what they will remember.",
        zh="还没完全确定您就先说了，客户会记得这一点。",
    ),
    "told_at_once": Text(
        en="You told them as soon as you were sure.", zh="您一确认就告诉了客户。"
    ),
    "told": Text(
        en="They heard it {working} after you were sure. Should they ask, say so plainly.",
        zh="从您确认到告诉客户隔了{working}。对方问起，照实说就好。",
    ),
    "told_late": Text(
        en="They heard it {working} after you were sure. One sentence that owns this is worth "
        "more than any explanation.",
        zh="从您确认到告诉客户隔了{working}。主动承认一句“说晚了”，胜过任何解释。",
    ),
}  # fmt: skip
_SLIP = Text(en="the date moves by {slip}", zh="日期推迟{slip}")
_NOTHING_HIT = Text(en="no date of theirs is hit so far", zh="目前没有影响客户的日期")
_AGAIN = Text(en="this date has moved before", zh="这个日期不是第一次推迟")
_DEADLINE = Text(
    en="a deadline of the customer's own falls before the new date", zh="客户自己的期限早于新日期"
)
_NOTICE = Text(en="a contract notice is due", zh="合同通知期将到")
_REMEDY = Text(en="a remedy is in play", zh="涉及补救")
_TERM = Text(en="a term of the contract is in play", zh="涉及合同条款")
_BOTH = Text(en="a remedy and a term of the contract are in play", zh="涉及补救和合同条款")
_AT_STAKE = Text(
    en="the customer's operation, safety, the law or a public date is at stake",
    zh="关系到客户的运营、安全、法规或对外公布的日期",
)
_FOLLOWS: dict[Severity, tuple[Text, Text, Text]] = {
    "low": (
        Text(en="by the next working day", zh="下一个工作日之前"),
        Text(en="{chosen} is enough", zh="{chosen}就可以"),
        Text(en="the project manager", zh="项目经理"),
    ),
    "medium": (
        Text(en="the same working day", zh="当天下班前"),
        Text(en="call first, then {written}", zh="先打电话，再发{written}"),
        Text(en="the project manager", zh="项目经理"),
    ),
    "high": (
        Text(en="the same working day", zh="当天下班前"),
        Text(en="meet or call first, then {written}", zh="先见面或打电话，再发{written}"),
        Text(
            en="the project manager with the account lead; executive to executive the same day",
            zh="项目经理和客户经理一起，当天由双方高层沟通",
        ),
    ),
    "critical": (
        Text(en="within hours", zh="几小时之内"),
        Text(
            en="call at once, then {written}, then updates at fixed times",
            zh="马上打电话，再发{written}，之后定时通报",
        ),
        Text(
            en="a senior lead of equal rank, with the project manager beside them",
            zh="由与对方同级或更高的负责人出面，项目经理配合",
        ),
    ),
}  # fmt: skip
