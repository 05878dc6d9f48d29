"""Where a case stands, as blocks of a card: the clock, the weight, the forecast, what was told."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from bot.core.actions import settles
from bot.core.cards.blocks import (
    Bar,
    Block,
    Button,
    Buttons,
    Chart,
    Fact,
    Facts,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.cards.shown import shortened
from bot.core.case import Case, Outlook, day_of, first_day_of, text_of
from bot.core.foresight import ledger, told
from bot.core.foresight.forecast import COMMIT, Start
from bot.core.foresight.forecast_words import chart_text, how_good, two_dates
from bot.core.foresight.honesty import Severity, span
from bot.core.foresight.outlook import offered_commit, pace_read
from bot.core.foresight.outside import outside_view
from bot.core.foresight.weighing import clock_of, tell_by, verdict_of
from bot.core.message.draft import NEW_DATE, working_calendar
from bot.core.message.overdue import late_update
from bot.core.phrases import SAY
from bot.core.reading.formats import show_date, show_days
from bot.core.words import Text, same


def loose_blocks(case: Case) -> list[Block]:
    """A line that no question could take, where none is open to take it."""
    if not case.loose:
        return []
    return [Hint(SAY.loose_elsewhere, "look"), Quote(same(shortened(case.loose)))]


def clock_blocks(case: Case, *, today: date) -> list[Block]:
    """The one sentence of the honesty clock, with the contract's notice while it is still far.

    A heads-up that says "may" is no advice any more once a new date is known.
    """
    found = clock_of(case, today=today)
    near = found.stage in ("notice_due", "notice_over")
    firm = found.stage == "sign" and day_of(case, NEW_DATE) is not None
    said = [found.text] if found.text is not None and not firm else []
    since, until = first_day_of(case, "first_sign"), day_of(case, "first_sign")
    if said and since and until and found.stage == "sign" and told.earlier_slips(case):
        said = [_SIGN_AGAIN.fill(since=span(since, until))]
    if found.notice_by is not None and not near:
        said.append(_NOTICE.fill(day=_day(found.notice_by)))
    tone: Literal["look", "plain"] = "plain"
    if near or found.stage in ("sign_late", "late"):
        tone = "look"
    return [Hint(_joined(*said), tone)] if said else []


def late_blocks(case: Case, *, today: date) -> list[Block]:
    """On an update that is late: by how much, and that its message owns it."""
    found = late_update(case, today, working_calendar(case))
    if found is None:
        return []
    day, count = found
    days = Text(en=show_days(count, "en"), zh=show_days(count, "zh"))
    said = _LATE.fill(day=_day(day), days=days) if count > 0 else _DUE.fill(day=_day(day))
    return [Hint(said, "look")]


def weight_blocks(case: Case, *, today: date) -> list[Block]:
    """How severe the delay is and why, by when they should know, how and by whom."""
    found = verdict_of(case, today=today)
    if found is None:
        return []
    reasons = Text(
        en="; ".join(r.en for r in found.reasons), zh="；".join(r.zh for r in found.reasons)
    )
    rows = (
        Fact(_WEIGHT, _WHY.fill(level=_LEVELS[found.severity], reasons=reasons)),
        Fact(_TELL, _BY.fill(moment=_moment(tell_by(case, found)), rule=found.tell_by)),
        Fact(_HOW, _way(case, found.channel)),
        Fact(_WHO, found.who),
    )
    return [Facts(rows)]


def _way(case: Case, advised: Text) -> Text:
    """How to tell them: a call before the chosen way where the weight asks for one."""
    chosen = text_of(case, "channel")
    return advised.fill(
        chosen=_CHOSEN.get(chosen, _CHOSEN["email"]),
        written=_WRITTEN.get(chosen, _WRITTEN["email"]),
    )


def tell_blocks(case: Case, *, today: date) -> list[Block]:
    """On the draft: the clock, and by when they should know."""
    found = verdict_of(case, today=today)
    clock = clock_blocks(case, today=today)
    if found is None or case.told_at is not None:
        return clock
    by = tell_by(case, found)
    said = (_TOLD_LATE if by.date() < today else _TELL_BY).fill(moment=_moment(by))
    match clock:
        case [Hint(text=text, tone=tone)]:
            return [Hint(_joined(text, said), tone)]
        case _:
            return [Hint(said)]


def promise_blocks(case: Case) -> list[Block]:
    """What this customer was told of this promise before."""
    said = ledger.history(told.before(case))
    return [Hint(said, "look" if ledger.slips(told.before(case)) else "plain")] if said else []


def outside_blocks(case: Case, *, today: date) -> list[Block]:
    """What became of earlier dates, held against the new one; nothing with too few of them."""
    new = day_of(case, NEW_DATE)
    if new is None:
        return []
    start = Start(today, working_calendar(case))
    found = outside_view(new, told.outcomes(case, today=today), start=start)
    if found is None:
        return []
    return [Hint(found.text, "look" if found.careful_overrun > 0 else "good")]


def repeat_blocks(case: Case) -> list[Block]:
    """On the draft of a further slip: who should look at it. Whether to call is said on sending."""
    repeat = told.repeat_of(case)
    if repeat is None:
        return []
    said = _ONE_UP if repeat.levels_up == 1 else _HIGHER.fill(levels=repeat.levels_up)
    return [Hint(said, "look")]


def outlook_blocks(case: Case, *, whole: bool) -> list[Block]:
    """What the measured pace says of the date; `whole` with the chart and what was read."""
    found = case.outlook
    if found is None:
        return []
    if found.problem is not None:
        return [Hint(found.problem, "look")]
    if found.target is None or found.commit is None:
        return []
    blocks: list[Block] = [Paragraph(two_dates(found.target, found.commit, runs=found.runs))]
    new = day_of(case, NEW_DATE)
    if new is not None and found.share is not None:
        tone: Literal["good", "look"] = "good" if found.share >= COMMIT else "look"
        blocks.append(Hint(how_good(new, found.share, commit=found.commit), tone))
    if whole:
        blocks.append(_chart(found))
        read = pace_read(case)
        blocks += [Hint(_READ.fill(figures=read))] if read else []
    commit = offered_commit(case)
    if commit is not None:
        label = _TAKE.fill(day=_day(commit))
        blocks.append(Buttons((Button(label, settles("commit", commit.isoformat(), case)),)))
    return blocks


def _chart(found: Outlook) -> Chart:
    bars = tuple(Bar(_day(b.label), round(b.cumulative * 100)) for b in found.bars)
    return Chart(_CHART, bars, chart_text(found.bars))


def _day(day: date) -> Text:
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))


def _moment(at: datetime) -> Text:
    day = _day(at.date())
    return Text(en=f"{day.en}, {at:%H:%M}", zh=f"{day.zh}{at:%H:%M}")


def _joined(*said: Text) -> Text:
    return Text(en=" ".join(t.en for t in said), zh="".join(t.zh for t in said))


_LEVELS: dict[Severity, Text] = {
    "low": Text(en="low", zh="轻微"),
    "medium": Text(en="medium", zh="中等"),
    "high": Text(en="high", zh="严重"),
    "critical": Text(en="critical", zh="紧急"),
}
_LATE = Text(
    en="It was due on {day}; the message says that it comes {days} late.",
    zh="原定{day}发，消息里会写明晚了{days}。",
)
_DUE = Text(
    en="It was due on {day}; the message says that it comes only now.",
    zh="原定{day}发，消息里会写明今天才发。",
)
_WEIGHT = Text(en="How serious it is", zh="影响程度")
_WHY = Text(en="{level}: {reasons}", zh="{level}：{reasons}")
_TELL = Text(en="Tell them by", zh="最晚告知")
_BY = Text(en="{moment} ({rule})", zh="{moment}（{rule}）")
_HOW = Text(en="How (our advice)", zh="建议怎么说")
_WHO = Text(en="Who (our advice)", zh="建议谁去说")
_WRITTEN: Mapping[str, Text] = {
    "email": Text(en="your e-mail", zh="邮件"),
    "chat": Text(en="your chat message", zh="即时消息"),
    "letter": Text(en="your letter", zh="正式函件"),
    "call": Text(en="a short text that confirms it", zh="一段文字作确认"),
}
_CHOSEN = {**_WRITTEN, "call": Text(en="your call", zh="打电话")}
_SIGN_AGAIN = Text(
    en="The first sign is from {since}, and this date has moved before. Say “may” now, and by phone: "
    "a doubt that comes to nothing is forgiven, a second surprise is not.",
    zh="苗头是{since}出现的，而且这个日期以前改过。现在就打电话说“可能”：虚惊一场客户能谅解，再来一次意外就难了。",
)
_NOTICE = Text(
    en="The contract wants its written notice by {day}.", zh="合同要求{day}前发书面通知。"
)
_TELL_BY = Text(en="They should know by {moment}.", zh="请在{moment}前让客户知道。")
_TOLD_LATE = Text(
    en="They should have known by {moment}; today is better than tomorrow.",
    zh="本该在{moment}前让客户知道，今天说总比明天好。",
)
_ONE_UP = Text(
    en="Have it checked one level higher than usual before it goes out.",
    zh="发出前，请比平时高一级的负责人过目。",
)
_HIGHER = Text(
    en="Have it checked {levels} levels higher than usual before it goes out.",
    zh="发出前，请比平时高{levels}级的负责人过目。",
)
_CHART = Text(en="Done by then, of 100 simulated futures", zh="100次模拟里，到那天已完成的次数")
_READ = Text(en="Read as: {figures}.", zh="读到的数据：{figures}。")
_TAKE = Text(en="Take {day} as the new date", zh="把{day}定为新日期")
