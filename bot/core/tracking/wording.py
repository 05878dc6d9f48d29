"""Every sentence about trackers; `{slots}` are filled by the caller."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.reading.formats import write_date
from bot.core.tracking.tracked import Origin
from bot.core.words import Text


class TRACK:
    """The sentences."""

    take: Final = Text(en="Take the facts from {tracker}", zh="从{tracker}取数据")
    which: Final = Text(en="Which project in {tracker} is it?", zh="是{tracker}里的哪个项目？")
    looking: Final = Text(en="Looking through {tracker} …", zh="正在{tracker}里找项目……")
    reading: Final = Text(
        en="Reading {project} in {tracker}. You can go on meanwhile.",
        zh="正在从{tracker}读取“{project}”，您可以先往下填。",
    )
    nothing: Final = Text(
        en="{tracker} shows no project to us. Please tell me yourself.",
        zh="{tracker}里没有我们能看到的项目，请您自己填一下。",
    )
    failed: Final = Text(
        en="{tracker} could not be read: {why}. So I ask you.",
        zh="没能读取{tracker}：{why}。还是请您来填。",
    )
    failed_again: Final = Text(
        en="{tracker} could not be read again: {why}. These are its facts of {moment}.",
        zh="这次没能读取{tracker}：{why}。用的是{moment}的数据。",
    )
    goes_by: Final = Text(
        en="{project} in {tracker}, read {moment}: {said}.",
        zh="{tracker}里的“{project}”（{moment}读取）：{said}。",
    )
    done: Final = Text(en="{done} of {total} items done", zh="{total}项里完成{done}项")
    late_one: Final = Text(en="one is past its day", zh="有1项过期")
    late: Final = Text(en="{count} are past their day", zh="有{count}项过期")
    none_late: Final = Text(en="nothing is past its day", zh="没有过期的")
    uncounted: Final = Text(en="how much is done is not counted there", zh="那里没有完成数")
    more_late: Final = Text(en="perhaps more", zh="可能更多")
    next_page: Final = Text(en="More", zh="更多")
    first_page: Final = Text(en="From the start", zh="回到开头")
    none_of_these: Final = Text(en="None of these", zh="都不是")
    many: Final = Text(
        en="There are more. If yours is missing, type its name as the project, then look again.",
        zh="还有更多项目。没有您的，就先填项目名，再找一次。",
    )
    again: Final = Text(en="Read it again", zh="再读一次")
    other: Final = Text(en="Leave {tracker} out", zh="不用{tracker}")
    offered: Final = Text(en="From {origin}:", zh="来自{origin}：")
    origin: Final = Text(en="{tracker}, {moment}", zh="{tracker}，{moment}")
    done_text: Final = Text(
        en="{done} of {total} items are done.", zh="{total}项里已完成{done}项。"
    )
    left_text: Final = Text(
        en="Still open and past their day: {items}.", zh="已过期、还没完成的：{items}。"
    )
    left_and: Final = Text(en="{items}, and {count} more", zh="{items}，另有{count}项")
    differs: Final = Text(
        en="{tracker} says {theirs}, you said {ours}", zh="{tracker}上是{theirs}，您填的是{ours}"
    )
    about: Final = Text(en="{label}: {said}.", zh="{label}：{said}。")
    ends_later: Final = Text(
        en="{tracker} has the end of the project on {theirs}, after the new date of {ours}.",
        zh="{tracker}上项目{theirs}才结束，晚于新日期{ours}。",
    )
    read_at: Final = Text(en="As {tracker} stood {moment}.", zh="{tracker}的数据读于{moment}。")
    rests: Final = Text(
        en="{tracker} asks not to be read again so soon. These are its facts of {moment}.",
        zh="{tracker}要求隔一段时间再读，用的是{moment}的数据。",
    )
    moved: Final = Text(
        en="{tracker} now has “{what}” on {new}; it was {old}.",
        zh="{tracker}里“{what}”从{old}改到了{new}。",
    )
    slipped: Final = Text(
        en="“{what}” was due on {day} in {tracker} and is not done.",
        zh="{tracker}里“{what}”应在{day}完成，现在还没完成。",
    )
    too_slow: Final = Text(
        en="{left} items are left in {tracker}. At the pace of the last {days} working days ({count} "
        "items) they need until {until}; due is {due}.",
        zh="{tracker}里还剩{left}项。按最近{days}个工作日完成{count}项的速度，要到{until}，计划是{due}。",
    )
    sign: Final = Text(
        en="{project}: {what} Shall we think through how to tell the customer?",
        zh="{project}：{what}要不要一起想想怎么告诉客户？",
    )


def opening(said: Text) -> Text:
    """A sentence that begins with a tracker, with its capital: some are called by plain words."""
    return Text(en=said.en[:1].upper() + said.en[1:], zh=said.zh)


def moment(at: datetime, zone: str) -> Text:
    """An instant as it is told: "Monday 4 May 09:10"."""
    local = at.astimezone(ZoneInfo(zone))
    day = local.date()
    return Text(
        en=f"{write_date(day, 'en', day)} {local:%H:%M}",
        zh=f"{write_date(day, 'zh', day)}{local:%H:%M}",
    )


def origin(of: Origin, at: datetime, zone: str) -> Text:
    """Where a value comes from: "PingCode, Monday 4 May 09:10"."""
    return TRACK.origin.fill(tracker=of.label, moment=moment(at, zone))
