"""Every sentence about meetings; `{slots}` are filled by the caller."""

from collections.abc import Mapping
from typing import Final

from bot.core.meetings.events import Pressed
from bot.core.meetings.meeting import Asking, Purpose
from bot.core.words import Text


class MEET:
    """The sentences."""

    schedule: Final = Text(en="Schedule a meeting", zh="约个会")
    schedule_call: Final = Text(en="Schedule the call", zh="约通话时间")
    open_it: Final = Text(en="The meeting", zh="看会议")
    how: Final = Text(
        en="Nothing is booked before you press “{button}”. Times are in your zone, {zone}.",
        zh="您按下“{button}”才会预约。时间按您的时区（{zone}）。",
    )
    how_to_move: Final = Text(
        en="The meeting stays where it is until you press “{button}”. Times are in your zone, {zone}.",
        zh="按下“{button}”之前，会议时间不变。时间按您的时区（{zone}）。",
    )
    topic: Final = Text(en="Topic", zh="主题")
    topic_ask: Final = Text(en="Everybody you invite reads it.", zh="受邀的人都会看到。")
    day: Final = Text(en="Day", zh="日期")
    day_ask: Final = Text(en="On which day?", zh="哪一天？")
    time: Final = Text(en="Time", zh="时间")
    time_ask: Final = Text(en="When does it begin?", zh="几点开始？")
    time_such: Final = Text(en="14:30", zh="14:30")
    minutes: Final = Text(en="Minutes", zh="时长（分钟）")
    minutes_ask: Final = Text(en="How long is it?", zh="开多久？")
    people: Final = Text(en="People", zh="参会人")
    people_ask: Final = Text(
        en="E-mail addresses, divided by commas.",
        zh="邮箱地址，用逗号隔开。",
    )
    book: Final = Text(en="Book it", zh="预约")
    move_it: Final = Text(en="Move it", zh="改到这个时间")
    leave_it: Final = Text(en="Leave it as it is", zh="先不改")
    all_the_same: Final = Text(en="Book it all the same", zh="仍然约这个时间")
    move_all_the_same: Final = Text(en="Move it all the same", zh="仍然改到这个时间")
    no_topic: Final = Text(en="A few words on what it is about, please.", zh="请写一下会议主题。")
    no_day: Final = Text(
        en="I could not read a day to come in that; write one such as 12 March.",
        zh="没看懂是哪天，请写一个今天或以后的日期，例如3月12日。",
    )
    no_time: Final = Text(
        en="I could not read a time in that; write one such as 14:30.",
        zh="没看懂是几点，请写成14:30这样。",
    )
    past: Final = Text(en="That moment has passed.", zh="这个时间已经过了。")
    no_minutes: Final = Text(
        en="Write a number of minutes from 5 to 480.", zh="请写5到480之间的分钟数。"
    )
    day_off: Final = Text(en="{day} is no working day for you.", zh="{day}您这边不是工作日。")
    their_day_off: Final = Text(
        en="{day} is no working day for {customer}.", zh="{day}{customer}那边不是工作日。"
    )
    outside: Final = Text(en="{time} is outside of working hours.", zh="{time}不在上班时间内。")
    their_outside: Final = Text(
        en="For {customer} it is {time} then, outside of working hours.",
        zh="那时{customer}当地是{time}，不在上班时间内。",
    )
    remark: Final = Text(
        en="{remarks} Change it, or book it all the same.", zh="{remarks}可以改一下，也可以照约。"
    )
    when: Final = Text(en="When", zh="时间")
    there: Final = Text(en="Their clock", zh="对方当地")
    moment: Final = Text(
        en="{moment} ({zone}), {minutes} minutes", zh="{moment}（{zone}），{minutes}分钟"
    )
    join: Final = Text(en="Join", zh="入会链接")
    number: Final = Text(en="Number", zh="会议号")
    asked: Final = Text(en="People", zh="参会人")
    booked: Final = Text(en="Booked in {label}.", zh="已在{label}里约好。")
    noted: Final = Text(
        en="The date is kept here. Send the calendar file to whoever should come.",
        zh="时间已记下。请把日历文件发给参会的人。",
    )
    noted_only: Final = Text(
        en="The date is kept here. Give the time and the link to whoever should come.",
        zh="时间已记下。请把时间和链接告诉参会的人。",
    )
    no_link: Final = Text(
        en="No meeting link is set up here: say yourself where you meet.",
        zh="这里没有配置会议链接，请自己告诉对方在哪里开。",
    )
    invites: Final = Text(en="{label} sends the invitations.", zh="邀请由{label}发出。")
    no_invites: Final = Text(
        en="{label} sends no invitations: give the link to whoever should come.",
        zh="{label}不发邀请，请把链接发给参会的人。",
    )
    doing: Final[Mapping[Asking, Text]] = {
        "schedule": Text(en="Booking …", zh="正在预约……"),
        "move": Text(en="Moving it to {moment} …", zh="正在改到{moment}……"),
        "cancel": Text(en="Cancelling …", zh="正在取消……"),
    }
    refused: Final[Mapping[Asking, Text]] = {
        "schedule": Text(
            en="It could not be booked in {label}: {why}.", zh="没能在{label}里约上：{why}。"
        ),
        "move": Text(
            en="It could not be moved in {label}: {why}.", zh="没能在{label}里改时间：{why}。"
        ),
        "cancel": Text(
            en="It could not be cancelled in {label}: {why}.", zh="没能在{label}里取消：{why}。"
        ),
    }
    stands: Final[Mapping[Asking, Text]] = {
        "schedule": Text(en="{said}", zh="{said}"),
        "move": Text(en="{said} The old time stands.", zh="{said}原来的时间不变。"),
        "cancel": Text(en="{said} It still stands.", zh="{said}会议还在。"),
    }
    unsure: Final = Text(
        en="It may have been done all the same; trying again finds out, and books nothing twice.",
        zh="也可能其实已经成了；再试一次就能知道，不会重复预约。",
    )
    by_file: Final = Text(
        en="Or keep the date with a calendar file and your usual link.",
        zh="也可以用日历文件加您平时的会议链接。",
    )
    by_file_unsure: Final = Text(
        en="Or keep the date with a calendar file and your usual link: if it turns up in {label} after all, "
        "I cancel it there.",
        zh="也可以用日历文件加您平时的会议链接。万一{label}里其实约上了，我会把那边的取消。",
    )
    stray: Final[Mapping[str, Text]] = {
        "": Text(
            en="The meeting of {moment} may stand in {label} all the same. I look there again, and cancel it "
            "if I find it.",
            zh="{moment}的会议也可能已经在{label}里约上了。稍后我再去查，查到就取消。",
        ),
        "cancelled": Text(
            en="The meeting of {moment} had been booked in {label} after all. It is cancelled there.",
            zh="{moment}的会议其实在{label}里约上了，已经在那边取消。",
        ),
        "nothing": Text(
            en="I looked again: the meeting of {moment} was not booked in {label}.",
            zh="又查过了，{moment}的会议没有在{label}里约上。",
        ),
        "unknown": Text(
            en="I could not find out whether the meeting of {moment} stands in {label}. Please look there, and "
            "cancel it if it does.",
            zh="没能查到{label}里有没有{moment}的会议。请您到那边看一下，有的话请取消。",
        ),
    }
    cancel_ask: Final = Text(en="Cancel the meeting of {moment}?", zh="要取消{moment}的会议吗？")
    over_ask: Final = Text(
        en="This is not followed up any more. Cancel the meeting of {moment} as well?",
        zh="这件事不再跟进了，{moment}的会议也取消吗？",
    )
    move_ask: Final = Text(
        en="The reminder has moved. Move the meeting of {moment} to {to}?",
        zh="提醒改了日子，{moment}的会议也改到{to}吗？",
    )
    moves_to: Final = Text(en="Move it to {to}", zh="改到{to}")
    cancelled: Final = Text(en="Cancelled: {moment}.", zh="已取消：{moment}。")
    tell_them: Final = Text(
        en="Send the calendar file once more to whoever had it: it takes the date out.",
        zh="请把新的日历文件再发给收到过的人，日历里就会去掉。",
    )
    tell_them_yourself: Final = Text(
        en="Tell those who meant to come.", zh="请告诉本来要参加的人。"
    )
    anew: Final = Text(en="Schedule another", zh="另约时间")
    today: Final = Text(en="{topic}: {moment}.", zh="{topic}：{moment}。")
    enter: Final = Text(en="Join the meeting", zh="进入会议")
    today_code: Final = Text(en="Number {code}", zh="会议号{code}")
    from_meeting: Final = Text(en="the meeting you scheduled", zh="您约好的会议")
    gone: Final = Text(
        en="That is settled already. Nothing changed.", zh="这件事已经处理过了，没有改动。"
    )
    busy: Final = Text(en="One moment, it is being done.", zh="稍等，正在处理。")


NO_CUSTOMER = Text(en="the customer", zh="客户")
WHAT: Mapping[Purpose, Text] = {
    "call": Text(en="Call with {customer}", zh="和{customer}通话"),
    "follow_up": Text(en="Follow-up with {customer}", zh="和{customer}开进展会"),
    "retrospective": Text(en="Looking back at {project}", zh="{project}复盘会"),
    "customer_meeting": Text(en="Meeting {customer}", zh="和{customer}会面"),
}
TOPIC: Mapping[Purpose, Text] = {  # as the guests read it
    "call": Text(en="A call about {project}", zh="关于{project}的通话"),
    "follow_up": Text(en="{project}: where it stands", zh="{project}进展沟通"),
    "retrospective": Text(en="Look back at {project}", zh="复盘{project}"),
    "customer_meeting": Text(en="Meeting about {project}", zh="关于{project}的会面"),
}
PRESS: Mapping[Pressed, Text] = {
    "move": Text(en="Move", zh="改时间"),
    "cancel": Text(en="Cancel the meeting", zh="取消会议"),
    "yes": Text(en="Cancel the meeting", zh="取消会议"),
    "no": Text(en="Keep it", zh="保留"),
    "again": Text(en="Try again", zh="再试一次"),
    "by_file": Text(en="Use a calendar file", zh="改用日历文件"),
    "change": Text(en="Change it", zh="修改"),
    "back": Text(en="Not now", zh="先不约"),
}
ICS_FILE = Text(en="ICS file", zh="日历文件（ICS）")
