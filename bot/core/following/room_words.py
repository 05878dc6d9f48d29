"""What is said in a project's channel, and of it, in both languages."""

from collections.abc import Mapping
from typing import Final

from bot.core.pings.rooms import Company
from bot.core.words import Text


class ROOMS:
    """Every sentence about a project's channel; `{slots}` are filled by the caller."""

    title: Final = Text(en="Follow-ups: {project}", zh="跟进：{project}")
    first: Final = Text(
        en="{customer} was told that this comes later. Questions about the dates come below this "
        "message; whoever knows may answer.",
        zh="这件事要延期，已经告知{customer}。各个日期会在这条消息下面问，谁清楚谁答。",
    )
    came: Final = Text(
        en="{customer} has it now. Nothing more is asked here about its dates.",
        zh="{customer}那边已经交付，这里不再问日期。",
    )
    over: Final = Text(
        en="This is closed. Nothing more is asked here.", zh="这件事已经结束，这里不再提问。"
    )
    new_date: Final = Text(en="New date", zh="新日期")
    ended: Final = Text(
        en="Follow-ups of {project} no longer come here.", zh="{project}的跟进不再发到这里。"
    )
    bound: Final = Text(
        en="Questions about the dates of {project} now come to {room}, below one message, and "
        "anybody there may answer. What is confidential still comes to you alone.",
        zh="{project}的日期问题之后发到{room}，都在同一条消息下面，群里谁都可以答。不宜公开的事仍只发给您。",
    )
    only_me: Final = Text(en="Only to me again", zh="改回只发给我")
    left: Final = Text(
        en="All follow-ups of {project} come to you alone again.",
        zh="{project}的跟进改回只发给您。",
    )
    how: Final = Text(
        en="To ask the team about the dates: type /delay channel in the project's channel.",
        zh="想让团队直接回答这些日期，就在项目频道里输入“/delay 频道”。",
    )
    stands: Final = Text(en="The team is asked in {room}.", zh="日期问题发在{room}。")
    this: Final = Text(en="this channel", zh="这个频道")
    not_told: Final = Text(
        en="First the customer is told; from then on there are dates to ask the team about.",
        zh="先告知客户，之后才有日期要问团队。",
    )
    which: Final = Text(
        en="Which one? Type /delay channel and its name: {names}.",
        zh="是哪一个？请输入“/delay 频道”加名称：{names}。",
    )
    lost: Final = Text(
        en="Nothing more is posted in {room}: {why} Follow-ups of {project} come to you alone again.",
        zh="不再往{room}发消息：{why}{project}的跟进改回只发给您。",
    )
    risk: Final = Text(en="{who} sees a risk: {what}", zh="{who}觉得有风险：{what}")
    colleague: Final = Text(en="A colleague", zh="一位同事")
    on_track: Final = Text(en="On track, {who} said on {day}.", zh="{who}在{day}说：按计划。")
    done: Final = Text(en="Done, {who} said on {day}.", zh="{who}在{day}说：已完成。")
    at_risk: Final = Text(en="At risk, {who} said on {day}.", zh="{who}在{day}说：有风险。")
    comes_again: Final = Text(en="It comes again on {day}.", zh="{day}再来问。")
    asked_owner: Final = Text(
        en="Nobody answered here, so {owner} was asked too.", zh="这里还没人答，也问了{owner}。"
    )
    asked_again: Final = Text(
        en="Asked again on {day}; {owner} was asked too.", zh="{day}又来问一次，也问了{owner}。"
    )
    word: Final = Text(en="{who}, {day}:", zh="{who}，{day}：")
    back: Final = Text(en="Back", zh="返回")
    how_stands: Final = Text(en="How does it stand? One line", zh="现在怎么样？写一句")
    word_needed: Final = Text(
        en="A few words, please, so that the others know how it stands.",
        zh="请写几个字，别人才知道进展。",
    )


REFUSED: Mapping[Company, Text] = {
    "external": Text(
        en="Somebody from outside can read in {room}, so follow-ups stay with you alone.",
        zh="{room}有外部人员能看到，跟进仍只发给您。",
    ),
    "unknown": Text(
        en="I could not see who reads in {room}, so follow-ups stay with you alone. In a minute you "
        "can try again.",
        zh="没能确认谁能看到{room}，跟进仍只发给您。过一分钟可以再试。",
    ),
    "absent": Text(
        en="I am not in {room} yet. Invite Candor there, then type it once more.",
        zh="Candor 还不在{room}里。请先邀请它，再输入一次。",
    ),
}
