"""What is said while a promise is followed up, in both languages."""

from collections.abc import Mapping
from typing import Final, Literal

from bot.core.following.watching import Confidence
from bot.core.pings.kinds import Press
from bot.core.pings.manners import Snooze
from bot.core.words import Text


class FOLLOW:
    """Every sentence of the follow-up; `{slots}` are filled by the caller."""

    one: Final = Text(en="A word on {project}", zh="{project}：有一件事")
    several: Final = Text(en="{count} things are due", zh="有{count}件事到时间了")
    again: Final = Text(en="Asked once before.", zh="之前问过一次。")
    gone_on: Final = Text(en="This goes on further down.", zh="这件事在下面继续。")
    on_track: Final = Text(en="On track, as you said on {day}.", zh="{day}您说：按计划。")
    done: Final = Text(en="Done, as you said on {day}.", zh="{day}您说：已完成。")
    was_at_risk: Final = Text(en="At risk, as you said on {day}.", zh="{day}您说：有风险。")
    snoozed: Final = Text(en="It comes again on {day}.", zh="{day}再提醒您。")
    stopped: Final = Text(en="Not asked again: {reason}", zh="不再提醒：{reason}")
    parked: Final = Text(
        en="I will not ask again; you find it under /delay followups.",
        zh="不再追问，可在“/delay 跟进”里找到。",
    )
    lapsed: Final = Text(en="Settled meanwhile.", zh="这件事已经不用问了。")
    lead: Final = Text(
        en="{owner} has not answered twice{about}: {what}",
        zh="{about}问了{owner}两次，还没有答复：{what}",
    )
    lead_deputy: Final = Text(
        en="Asked twice{about} and still open: {what} {owner} is away until {day}; "
        "{deputy} was asked meanwhile and may not have got to it.",
        zh="{about}有件事问了两次，还没有答复：{what}{owner}要到{day}才回来，"
        "这段时间问的是{deputy}，可能还没顾上。",
    )
    about: Final = Text(en=" about {names}", zh="关于{names}，")
    their_deputy: Final = Text(en="their deputy", zh="代理人")
    owner_lost: Final = Text(
        en="{owner}'s account is closed, so nobody is reminded about {project} ({customer}) any "
        "more. What the customer was promised still stands. An admin can open the account again.",
        zh="{owner}的账号已停用，{project}（{customer}）不会再有人收到提醒。答应客户的事依然有效。"
        "管理员可以重新启用这个账号。",
    )
    somebody: Final = Text(en="The owner", zh="负责人")
    when: Final = Text(en="When shall it come again?", zh="什么时候再提醒？")
    why_stop: Final = Text(
        en="Why not again? One line is enough.", zh="为什么不用再提醒？一句话就行。"
    )
    because: Final = Text(en="Reason", zh="原因")
    another_day: Final = Text(en="Another day", zh="别的日子")
    keep_asking: Final = Text(en="Keep asking", zh="还是提醒吧")
    save: Final = Text(en="Save", zh="保存")
    day_unclear: Final = Text(
        en="I could not read a day to come in that; write one such as 12 March.",
        zh="没看懂是哪天，请写一个以后的日期，例如3月12日。",
    )
    reason_needed: Final = Text(
        en="A word on why, please, so that others understand it later.",
        zh="请写一句原因，以后别人才看得懂。",
    )
    no_link: Final = Text(
        en="No link can be made here; write down what they said instead.",
        zh="这里还不能生成链接，请直接记下对方的话。",
    )
    link_title: Final = Text(en="A link for {customer}", zh="给{customer}的链接")
    link_words: Final = Text(
        en="Two short questions on how we told you about {project}; it takes a minute: {url}",
        zh="关于{project}的延期，想请您花一分钟回答两个问题：{url}",
    )
    link_how: Final = Text(
        en="Send these words yourself. The page needs no account and works to the end of {day}; what they "
        "answer comes to you alone.",
        zh="请您自己把这段话发给对方。页面不用登录，截至{day}当天有效；对方的回答只有您看到。",
    )
    link_silent: Final = Text(
        en="{customer} did not use the link. A short call tells you more.",
        zh="{customer}没有用那个链接。打个短电话能问到更多。",
    )
    heard: Final = Text(
        en="{customer} answered: heard early enough {early} of 5, trust in the date {trust} of 5.",
        zh="{customer}回答了（满分5分）：告知得够不够早，{early}分；对日期的信心，{trust}分。",
    )
    with_quote: Final = Text(en="{told} In their words: “{quote}”", zh="{told}原话：“{quote}”")
    update_title: Final = Text(
        en="Update for {customer} · {channel} · {reader}",
        zh="给{customer}的进展 · {channel} · {reader}",
    )
    from_updates: Final = Text(en="the plan and what you answered", zh="计划和您的答复")
    half_written: Final = Text(
        en="This is what the plan and your answers say. Change what is different.",
        zh="这些来自计划和您的答复，不对的请改。",
    )
    write_update: Final = Text(en="Update for {project}", zh="写{project}的进展")
    has_changed: Final = Text(
        en="A date was called at risk since then, so something has changed: here is the update.",
        zh="上次之后有日期标了“有风险”，不能说没有变化：请看这份进展。",
    )
    on_its_way: Final = Text(
        en="A message to this customer is on its way already; settle that one first.",
        zh="已经有一条消息要发给这位客户，请先处理那一条。",
    )
    already: Final = Text(
        en="That was answered already. Nothing changed.", zh="这件事已经答过了，没有改动。"
    )
    nothing: Final = Text(en="Nothing is followed up here yet.", zh="这里还没有要跟进的事。")
    kept: Final = Text(en="Noted.", zh="记下了。")
    tell_before: Final = Text(
        en="Tell {customer} before {day} passes: a date that is moved in time costs less trust.",
        zh="请在{day}之前告诉{customer}：提前改期，伤的信任少。",
    )
    moves_again: Final = Text(en="The date moves: begin the conversation", zh="日期要改：开始沟通")
    change_plan: Final = Text(en="Only the plan changes", zh="只改计划")
    from_case: Final = Text(en="the conversation of {day}", zh="{day}的那次沟通")
    from_watch: Final = Text(en="the dates you watched", zh="您盯的日期")
    began_next: Final = Text(
        en="A new conversation on the same promise, with what this one knows.",
        zh="同一个承诺的新沟通，已带上这次的内容。",
    )
    closed: Final = Text(en="Closed. All of it stays on record.", zh="已结束，整件事的记录都留着。")
    close_named: Final = Text(en="Close {project}", zh="结束{project}")
    nothing_missing: Final = Text(
        en="Nothing is missing any more; it can be closed.", zh="没有还差的了，可以结束。"
    )
    case_closed: Final = Text(en="This case is closed.", zh="这次沟通已结束。")
    sign_done: Final = Text(
        en="The conversation has begun; it goes on below.", zh="已经开始沟通，请看下面。"
    )
    delivery_noted: Final = Text(en="The delivery is noted.", zh="交付已记下。")
    not_yet: Final = Text(
        en="Before it can be closed, this is still missing: {missing}.",
        zh="结束之前还差：{missing}。",
    )
    coming: Final = Text(en="I ask on {day}", zh="{day}提醒您")
    title_all: Final = Text(en="Follow-ups", zh="跟进")
    followups: Final = Text(
        en="{waiting} wait for your answer, {coming} are still to come.",
        zh="{waiting}件等您答复，{coming}件还没到时间。",
    )
    none_open: Final = Text(
        en="Nothing is followed up. Once a customer is told, the promises stand here.",
        zh="没有要跟进的事。告知客户之后，答应的事会列在这里。",
    )
    promised: Final = Text(en="Promised: {project}", zh="答应的日期：{project}")
    comes_next: Final = Text(en="Still to come", zh="接下来")
    rest: Final = Text(en="{count} more to come", zh="后面还有{count}件")
    never: Final = Text(
        en="No reminders come, as you wished: {why}. To have them again: /delay pings on.",
        zh="按您的意思，现在不发提醒：{why}。要恢复，输入“/delay 提醒 正常”。",
    )
    never_before: Final = Text(
        en="No reminders come, as you wished. To have them again: /delay pings on.",
        zh="按您的意思，现在不发提醒。要恢复，输入“/delay 提醒 正常”。",
    )
    more: Final = Text(en="{count} more wait.", zh="还有{count}件在等。")
    more_rows: Final = Text(en="{count} more in the CSV.", zh="另有{count}条，见CSV。")
    lessons: Final = Text(en="Lessons on “{words}”", zh="关于“{words}”的经验")
    no_lesson: Final = Text(
        en="No lesson was kept on “{words}” yet.", zh="还没有关于“{words}”的经验。"
    )
    report: Final = Text(en="Delays in {month}", zh="{month}的延期")
    report_coming: Final = Text(
        en="I am putting the report together. It comes here in a moment.",
        zh="正在整理报告，好了就发到这里。",
    )
    report_failed: Final = Text(
        en="The report could not be put together, sorry. Please ask for it once more.",
        zh="抱歉，报告没有做成。请再要一次。",
    )
    report_cases: Final = Text(
        en="Delays: {cases} ({states}); the customer knows of {told}.",
        zh="共{cases}起（{states}），其中{told}起已告知客户。",
    )
    report_none: Final = Text(en="There was no delay.", zh="没有延期。")
    report_silent: Final = Text(
        en="From first sign to telling it took a median of {silent} working days",
        zh="从最早的苗头到告知客户，中位数是{silent}个工作日",
    )
    report_silent_one: Final = Text(
        en="From first sign to telling it took a median of one working day",
        zh="从最早的苗头到告知客户，中位数是1个工作日",
    )
    report_not_told: Final = Text(
        en="From first sign to telling there is nothing to count yet",
        zh="从最早的苗头到告知客户用了多久，暂无数据",
    )
    report_held: Final = Text(
        en="{held} of {known} new dates held.", zh="{known}个新日期中守住了{held}个。"
    )
    report_none_due: Final = Text(en="no new date has come due yet.", zh="新日期都还没到。")
    report_scores: Final = Text(
        en="Customers felt told early enough: {score} of 5 ({count} answers).",
        zh="客户觉得告知够早：{score}分（满分5分，{count}份反馈）。",
    )
    report_few: Final = Text(
        en="Answers of customers: {count}; scores are shown from five on.",
        zh="客户反馈{count}份，满5份才显示分数。",
    )
    report_took: Final = Text(en="How customers took it: {took}.", zh="客户的反应：{took}。")
    report_unused: Final = Text(
        en="Links to feedback that nobody used: {count}.", zh="没有人用的反馈链接：{count}个。"
    )
    report_no_answers: Final = Text(
        en="No customer has said yet how they took it.", zh="还没有客户反馈。"
    )
    causes: Final = Text(en="Causes", zh="原因")
    as_file: Final = Text(en="Download {kind}", zh="下载{kind}")
    report_causes: Final = Text(en="Causes, share of cases", zh="原因占比")
    which_month: Final = Text(
        en="I could not read a month in “{words}”; write one such as 2026-05.",
        zh="没看懂“{words}”是哪个月，请写成2026-05这样。",
    )
    sign: Final = Text(
        en="“{what}” is no longer sure. An early word costs least, and it may say “may”.",
        zh="“{what}”没那么稳了。早打招呼代价最小，可以只说“可能”。",
    )
    how_sure: Final = Text(en="How sure are you?", zh="有多大把握？")
    watch_title: Final = Text(en="Watching {project}", zh="正在盯“{project}”")
    watch_how: Final = Text(
        en="I ask ten, five and two working days before each; two taps.",
        zh="每个日期前10、5、2个工作日各问一次，点两下就行。",
    )
    not_asked: Final = Text(en="not asked yet", zh="还没问到")
    earlier: Final = Text(en="A day earlier", zh="早一天")
    later: Final = Text(en="A day later", zh="晚一天")
    all_earlier: Final = Text(en="All a day earlier", zh="全部早一天")
    all_later: Final = Text(en="All a day later", zh="全部晚一天")
    one_alone: Final = Text(
        en="To move or to end all of one: /delay followups and its name.",
        zh="要整体提前、推后或不再提醒某一个：输入“/delay 跟进”加它的名称。",
    )
    stop_all: Final = Text(en="Ask nothing more about this case", zh="这次沟通不再提醒")
    meet: Final = Text(en="Meeting about {project}", zh="关于{project}的会面")
    look_back: Final = Text(en="Look back at {project}", zh="复盘{project}")
    actions: Final = Text(en="Actions", zh="行动")
    time_line: Final = Text(en="Time line", zh="时间线")
    silent_for: Final = Text(
        en="{days} working days from the first sign to telling the customer.",
        zh="从最早的苗头到告知客户，{days}个工作日。",
    )
    told_at_once: Final = Text(
        en="The customer was told on the day of the first sign.",
        zh="苗头出现的当天就告知了客户。",
    )
    first_sign: Final = Text(en="First sign", zh="最早的苗头")
    begun: Final = Text(en="Conversation begun", zh="开始准备")
    first_date: Final = Text(en="First promised for", zh="最初答应")
    told: Final = Text(en="Customer told", zh="告知客户")
    new_date: Final = Text(en="Then promised for", zh="后来答应")
    came: Final = Text(en="Delivered", zh="实际交付")
    milestone: Final = Text(en="Milestone, as planned: {name}", zh="计划中的里程碑：{name}")
    looked_back: Final = Text(
        en="Noted; each action comes back on its day. Would it help somebody else?",
        zh="记下了，每条行动到期会提醒。要不要写成经验，帮到别人？",
    )
    lesson_look: Final = Text(
        en="This is how it would be kept. Look it over: is nobody named?",
        zh="会这样保存，请看一眼：没有点到谁吧？",
    )
    lesson_kept: Final = Text(en="Kept as a lesson", zh="已存为经验")
    who_sees: Final = Text(
        en="Once kept, everybody in your organisation who uses Candor can find it. The names that I know are "
        "taken out.",
        zh="保存后，本单位用 Candor 的同事都能找到；我知道的人名和客户名已经去掉。",
    )
    from_others: Final = Text(en="From an earlier case", zh="以前的经验")
    helped: Final = Text(en="Helpful", zh="有用")
    helped_not: Final = Text(en="Not helpful", zh="没用")
    first_met: Final = Text(
        en="The first milestone is met: a good moment to ask {customer} whether the plan holds for them.",
        zh="第一个里程碑完成了，正好问问{customer}：这个计划对他们还合适吗？",
    )
    delivered_now: Final = Text(
        en="Delivered; that promise is kept. In a few days I ask you what {customer} says.",
        zh="已交付，这个承诺兑现了。过几天我再来问您：{customer}怎么说？",
    )
    missing: Final[Mapping[str, Text]] = {
        "delivered": Text(en="the delivery", zh="交付"),
        "remedy": Text(en="the remedy that was promised", zh="答应的补救"),
        "feedback": Text(en="what the customer says", zh="客户的反馈"),
        "lesson": Text(en="what was learned", zh="经验教训"),
    }


CASE_FILE = "case_file"  # the action that takes a file of the case away, "retro.md"
PAGE = "retro.page"  # the minutes as a page of the platform
CASE_FILES: tuple[Literal["retro.md", "retro.docx", "team.docx", "meeting.ics"], ...] = (
    "retro.md", "retro.docx", "team.docx", "meeting.ics",
)  # fmt: skip
OFFERS: Mapping[str, Text] = {
    "lesson": Text(en="Make it a lesson", zh="写成经验"),
    "retro.page": Text(en="Minutes as a document", zh="复盘文档"),
    "retro.md": Text(en="Minutes (Markdown)", zh="复盘记录（Markdown）"),
    "retro.docx": Text(en="Minutes (DOCX)", zh="复盘记录（DOCX）"),
    "team.docx": Text(en="Minutes for the team (DOCX)", zh="团队版复盘记录（DOCX）"),
    "meeting.ics": Text(en="Invitation (ICS)", zh="会议邀请（ICS）"),
    "share": Text(en="Share in the channel", zh="发到项目频道"),
    "keep": Text(en="Keep it", zh="就这样保存"),
    "close": Text(en="Close this case", zh="结束这次沟通"),
    "close_anyway": Text(en="Close it all the same", zh="仍然结束"),
    "delivered": Text(en="It has been delivered", zh="已经交付"),
    "retrospective": Text(en="Look back now", zh="现在复盘"),
    "feedback": Text(en="What they said", zh="记下对方的话"),
    "link": Text(en="Link to ask them", zh="给对方的链接"),
    "sign": Text(en="Begin the conversation", zh="开始沟通"),
    "next": Text(en="The date moves: begin the conversation", zh="日期要改：开始沟通"),
}
PRESS: Mapping[Press, Text] = {
    "on_track": Text(en="On track", zh="按计划"),
    "at_risk": Text(en="At risk", zh="有风险"),
    "done": Text(en="Done", zh="已完成"),
    "write": Text(en="Write the update", zh="写进展"),
    "no_news": Text(en="Nothing new", zh="没有变化"),
    "feedback": Text(en="What they said", zh="记下对方的话"),
    "link": Text(en="Link to ask them", zh="给对方的链接"),
    "retrospective": Text(en="Look back", zh="开始复盘"),
    "agenda": Text(en="What to talk about", zh="谈什么"),
    "meet": Text(en="Schedule a meeting", zh="约个会"),
    "update": Text(en="Update", zh="说说进展"),
    "snooze": Text(en="Snooze", zh="稍后"),
    "stop": Text(en="Do not ask again", zh="不再提醒"),
}
SURE: Mapping[Confidence, Text] = {
    "high": Text(en="Sure", zh="有把握"),
    "medium": Text(en="Fairly", zh="差不多"),
    "low": Text(en="Hardly", zh="没什么把握"),
}
SURE_OF: Mapping[int, Text] = {
    3: Text(en="sure", zh="有把握"),
    2: Text(en="fairly sure", zh="差不多"),
    1: Text(en="hardly sure", zh="没什么把握"),
    0: Text(en="at risk", zh="有风险"),
}
SNOOZE: Mapping[Snooze, Text] = {
    "later_today": Text(en="Later today", zh="今天晚点"),
    "tomorrow": Text(en="Tomorrow", zh="明天"),
    "next_working_day": Text(en="Next working day", zh="下个工作日"),
    "date": Text(en="Another day", zh="别的日子"),
}
