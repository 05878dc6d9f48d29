"""What is said between a draft and a message that left, in both languages."""

from typing import Final

from bot.core.approving.release import Reaction, Way
from bot.core.words import Text


class TELL:
    """Every sentence of approval, sending and the record; `{slots}` are filled by the caller."""

    # Passing words
    changed_since: Final = Text(
        en="The text, the recipients or the way have changed since. Please look at it again.",
        zh="内容、收件人或渠道在这之后有变动，请再看一遍。",
    )
    already_asked: Final = Text(
        en="Those who must agree are asked already.", zh="已经在征求批准了。"
    )
    on_its_way: Final = Text(
        en="It is on its way already; nothing is sent twice.", zh="已经在发送了，不会发第二遍。"
    )
    has_left: Final = Text(
        en="It has left already and cannot be called back.", zh="消息已经发出，收不回来了。"
    )
    undone: Final = Text(en="Called back; nothing has left.", zh="已撤回，什么都没有发出。")
    leaves_soon: Final = Text(
        en="It leaves in 60 seconds; until then you can undo it.",
        zh="60秒后发出，在此之前可以撤回。",
    )
    needs_approval: Final = Text(
        en="Not everybody who must agree has agreed, so it stays here.",
        zh="还没有全部批准，先不发。",
    )
    not_now: Final = Text(
        en="Nothing is waiting for this any more. Nothing changed.",
        zh="这一步已经过去了，没有改动。",
    )
    already_delivered: Final = Text(en="The customer has it already.", zh="客户已经收到了。")
    approval_void: Final = Text(
        en="What was agreed to no longer counts: the text, the recipients, the way or who must agree has changed.",
        zh="内容、收件人、渠道或需要批准的人有变动，原来的批准不再有效。",
    )
    nobody_by_name: Final = Text(
        en="I know nobody by that name; write it as your operator has it.",
        zh="没有找到这个人，请按管理员登记的姓名填写。",
    )
    not_yourself: Final = Text(
        en="Nobody agrees to their own message; name somebody else.",
        zh="不能由本人批准自己的消息，请换一位。",
    )
    when_unclear: Final = Text(
        en="I could not read when that was; write a day and a time, such as 27 November 15:20.",
        zh="没看懂是什么时候，请写上日期和时间，例如：11月27日15:20。",
    )

    # To an approver who clicks
    own_message: Final = Text(
        en="This is your own message, so somebody else has to agree to it.",
        zh="这是您自己的消息，需要由别人批准。",
    )
    not_asked: Final = Text(
        en="This question was put to somebody else, so nothing was changed.",
        zh="这件事征求的是另一位同事，没有改动。",
    )
    text_changed: Final = Text(
        en="The message has changed since this was asked, so nothing was agreed to. A new question "
        "comes if one is needed.",
        zh="这条消息在征求之后改过，本次点击没有批准任何内容。如需批准，会再发来新的。",
    )
    decided: Final = Text(
        en="{name} has decided this already, on {moment}.", zh="{name}已于{moment}作了决定。"
    )
    say_what: Final = Text(
        en="Say in a few words what should change; then it can be.", zh="请用几句话说明要改什么。"
    )
    thanks: Final = Text(en="Noted; {owner} can see it now.", zh="已记下，{owner}已经能看到。")
    owner_word: Final = Text(en="the owner", zh="负责人")

    # The owner's card
    title: Final = Text(en="Before it goes to {customer}", zh="发给{customer}之前")
    title_done: Final = Text(en="{customer} has been told", zh="已告知{customer}")
    preview: Final = Text(en="Exactly what they will see", zh="客户将看到的原样")
    by_way: Final = Text(en="How it goes out", zh="发送方式")
    to_whom: Final = Text(en="To", zh="收件人")
    nobody: Final = Text(en="nobody yet", zh="还没有")
    subject: Final = Text(en="Subject", zh="主题")
    their_clock: Final = Text(en="Their clock", zh="客户的时间")
    ahead: Final = Text(en="{hours} ahead of yours ({zone})", zh="比您早{hours}（{zone}）")
    behind: Final = Text(en="{hours} behind yours ({zone})", zh="比您晚{hours}（{zone}）")
    next_good: Final = Text(en="Next good time", zh="下一个合适的时间")
    both_times: Final = Text(
        en="{there} for them, {here} for you", zh="客户当地{there}，您这里{here}"
    )
    must_agree: Final = Text(en="{role} must agree", zh="需要{role}批准")
    nobody_must: Final = Text(
        en="Nobody has to agree before this leaves; your tap is enough.",
        zh="这条消息不需要别人批准，您确认即可。",
    )
    asked_of: Final = Text(en="asked of {name}, {moment}", zh="已请{name}批准，{moment}")
    agreed_by: Final = Text(en="{name} agreed, {moment}", zh="{name}已批准，{moment}")
    change_by: Final = Text(en="{name} wants a change, {moment}", zh="{name}要求修改，{moment}")
    no_one_has: Final = Text(
        en="nobody has this role; name somebody below", zh="这个角色还没有人，请在下面写上姓名"
    )
    would_ask: Final = Text(en="{name} will be asked", zh="将请{name}批准")
    all_agreed: Final = Text(
        en="Everybody who must agree has agreed to exactly these words.",
        zh="对这份原文，该批的都批了。",
    )
    leaves_at: Final = Text(en="It goes out on {moment}.", zh="将在{moment}发出。")
    leaves_at_both: Final = Text(
        en="It goes out on {here} your time, {there} theirs.",
        zh="将在您这里{here}、客户当地{there}发出。",
    )
    leaving: Final = Text(en="It is being sent now.", zh="正在发送。")
    unknown: Final = Text(
        en="It may have gone out: the line was cut before anybody could say. Look whether it "
        "arrived before you send it again.",
        zh="可能已经发出：对方还没确认，连接就断了。请先看看是否已经收到，再决定要不要重发。",
    )
    failed: Final = Text(
        en="It was not delivered: {why} The text is kept as it is.",
        zh="没有送达：{why}内容原样保留。",
    )
    delivered: Final = Text(en="Sent on {moment}.", zh="{moment}已发出。")
    told: Final = Text(en="You told them on {moment}: {how}.", zh="您在{moment}告知了客户：{how}。")
    title_call: Final = Text(en="Before you call {customer}", zh="打给{customer}之前")
    call_sheet: Final = Text(
        en="Your own sheet for the call. It is not for them: do not pass it on.",
        zh="这是您自己看的通话提纲，不是给客户的，请不要转发。",
    )
    owner_calls: Final = Text(en="{owner} calls them", zh="由{owner}打电话告知")
    owner_sends: Final = Text(en="{owner} sends it by hand", zh="由{owner}自己发送")
    sheet_of: Final = Text(
        en="What {owner} has at hand on the phone; the customer does not see this sheet",
        zh="{owner}打电话时用的提纲，客户看不到",
    )
    call_hint: Final = Text(
        en="Call them; then say here when and how. A written message that confirms it comes next.",
        zh="打完电话，请在这里记一下是什么时候、怎么说的；接着再写一份书面确认。",
    )
    promised: Final = Text(
        en="What they can hold you to now. You will be asked about each in time.",
        zh="下面这些日子客户都记下了，到时候会逐一提醒您。",
    )
    promise_new_date: Final = Text(en="New date", zh="新日期")
    promise_milestone: Final = Text(en="Milestone", zh="里程碑")
    promise_update: Final = Text(en="Next update", zh="下次更新")
    promise_remedy: Final = Text(en="Remedy due", zh="补救到位")
    promise_turning: Final = Text(en="Turning point", zh="启动条件")
    promise_other: Final = Text(en="Also said", zh="另外说到")
    asked_of_them: Final = Text(en="Asked of them", zh="请客户做的事")
    asked_by: Final = Text(en="by {day}: {ask}", zh="{day}前，{ask}")
    how_went: Final = Text(en="How did it go?", zh="客户反应如何？")
    went: Final = Text(en="Noted: they {reaction}.", zh="已记下：客户{reaction}。")
    heard: Final = Text(en="Noted, in their words:", zh="已记下客户的原话：")
    typed: Final = Text(
        en="You wrote this below. It is kept. Is it what they said? If it answers a step, open that "
        "step; it will be offered there.",
        zh="您刚才写的这段话已经留着。是客户说的吗？如果是某一步的回答，打开那一步就能放进去。",
    )
    typed_quote: Final = Text(en="Keep it as their words", zh="记为客户的原话")
    typed_drop: Final = Text(en="Leave it out", zh="不用了")
    outside: Final = Text(
        en="{addresses} does not belong to this customer. Is it meant so?",
        zh="{addresses}不是这位客户的地址，确定要发给对方吗？",
    )
    call_first: Final = Text(
        en="Our advice is to call first: {why}. The call is yours to make; this text then confirms "
        "what you said. Sending it does not wait for the call.",
        zh="建议先打电话，因为{why}。电话由您来打，打完再发这份文字作确认；点发送不会等您打电话。",
    )
    write_first: Final = Text(en="Writing first is fine: {why}.", zh="可以先发文字：{why}。")
    before: Final = Text(en="Before", zh="之前")
    in_their_language: Final = Text(
        en="This is in {language}; they read {other}. Switch the draft, or send it so.",
        zh="这份是{language}，客户看的是{other}。可以换成对方的语言，也可以照发。",
    )

    # Buttons
    go: Final = Text(en="Make ready to send", zh="准备发送")
    go_call: Final = Text(en="Make ready to call", zh="准备打电话")
    ask: Final = Text(en="Ask for approval", zh="征求批准")
    ask_again: Final = Text(en="Ask again", zh="再次征求")
    stands: Final = Text(
        en="{names} agreed to exactly these words; that stands, and they are not asked again.",
        zh="{names}已批准这份原文，批准仍然有效，不会再问一遍。",
    )
    withdraw: Final = Text(en="Withdraw the request", zh="收回征求")
    to_draft: Final = Text(en="Back to the draft", zh="回到草稿")
    send: Final = Text(en="Send now", zh="现在发送")
    schedule: Final = Text(en="Send on {moment}", zh="定在{moment}发送")
    schedule_there: Final = Text(en="Send on {moment}, their time", zh="定在客户当地{moment}发送")
    send_how: Final = Text(
        en="After “Send now” there are 60 seconds to undo it.",
        zh="点“现在发送”后，有60秒可以撤回。",
    )
    mail_in_chat: Final = Text(
        en="This is written as an e-mail; in the chat with them it would stand just so.",
        zh="这份是按邮件写的，会原样发到和客户的聊天里。",
    )
    no_mail: Final = Text(
        en="Candor has no mail server here yet, so this e-mail would go into the chat with them.",
        zh="这里还没有配置邮件服务器，这封邮件会发到与客户的对话里。",
    )
    as_chat: Final = Text(en="Take the chat version", zh="换成聊天版")
    undo: Final = Text(en="Undo", zh="撤回")
    mean_it: Final = Text(en="Yes, send it there too", zh="是的，也发给对方")
    give_to: Final = Text(en="Who gets it: addresses, divided by commas", zh="收件地址，用逗号隔开")
    save_to: Final = Text(en="Save the addresses", zh="保存收件人")
    name_for: Final = Text(en="Who can agree as {role}?", zh="谁可以作为{role}来批准？")
    save_name: Final = Text(en="Ask this person", zh="请这位批准")
    file_eml: Final = Text(en="As a mail file", zh="邮件文件")
    file_docx: Final = Text(en="As a letter", zh="信函文档")
    file_ics: Final = Text(en="Invitation to a call", zh="通话邀请")
    no_files: Final = Text(
        en="To take it as a mail file, a letter or an invitation, ask your operator to switch files on "
        "for Candor here.",
        zh="想取邮件文件、信函或日程邀请，请管理员在这里为 Candor 打开文件功能。",
    )
    self_hint: Final = Text(
        en="Copy the text above, or take it as a file; then say that you told them.",
        zh="可以复制上面的原文，或取用文件；告知之后，请在这里记一下。",
    )
    i_told: Final = Text(en="How and when did you tell them?", zh="您是怎么、什么时候告知客户的？")
    i_told_save: Final = Text(en="I told them", zh="我已告知客户")
    arrived: Final = Text(en="It arrived", zh="已经收到")
    again: Final = Text(en="Send again", zh="再发一次")
    quote: Final = Text(en="What did they say, in their words?", zh="客户原话是怎么说的？")
    save_quote: Final = Text(en="Keep it", zh="记下来")
    confirm_call: Final = Text(en="Write the confirming message", zh="写一份确认消息")
    correct: Final = Text(en="Send a correction", zh="发一条更正")
    open_it: Final = Text(en="Show it", zh="查看")

    # The approver's card
    asks: Final = Text(
        en="{owner} asks for your approval: {customer}", zh="{owner}请您批准：{customer}"
    )
    summary: Final = Text(
        en="“{promised}” moves from {before} to {after}.",
        zh="“{promised}”从{before}推迟到{after}。",
    )
    offered: Final = Text(en="Offered", zh="补救")
    limit: Final = Text(en="Within the owner's limit", zh="项目经理的权限")
    limit_none: Final = Text(en="none; this needs you", zh="无权自行决定，需要您批准")
    limit_up_to: Final = Text(en="up to {limit}", zh="不超过{limit}")
    you_as: Final = Text(
        en="You are asked as {role}: {because}.", zh="请您作为{role}批准：{because}。"
    )
    new_since: Final = Text(
        en="Changed since you were last asked:", zh="和上次征求相比，改动如下："
    )
    new_since_yours: Final = Text(
        en="Changed since you last asked:", zh="和您上次征求相比，改动如下："
    )
    same_since: Final = Text(
        en="These are the same words as when you were last asked.",
        zh="和上次征求相比，没有改动。",
    )
    same_since_yours: Final = Text(
        en="Nothing has changed since you last asked.", zh="和您上次征求相比，没有改动。"
    )
    for_role: Final = Text(
        en="{label}, for you only; it goes to no customer:",
        zh="{label}（只给您看，不会发给客户）：",
    )
    approve: Final = Text(en="Approve", zh="批准")
    want_change: Final = Text(en="What should change?", zh="需要改什么？")
    save_change: Final = Text(en="Ask for this change", zh="要求修改")
    pass_on: Final = Text(en="Pass to {name}", zh="转给{name}")
    stamp_approved: Final = Text(en="Approved by {name}, {moment}", zh="{name}已批准，{moment}")
    stamp_change: Final = Text(
        en="{name} asked for a change, {moment}", zh="{name}要求修改，{moment}"
    )
    stamp_void: Final = Text(
        en="No longer asked: the message to {customer} has changed or was taken back.",
        zh="不再需要批准：给{customer}的消息已改动或收回。",
    )
    stamp_passed: Final = Text(en="Passed on to {name}", zh="已转给{name}")

    # Notices to the owner
    note_agreed: Final = Text(
        en="{name} agreed to the message to {customer}.", zh="{name}批准了给{customer}的消息。"
    )
    note_change: Final = Text(
        en="{name} asks for a change in the message to {customer}: “{comment}”",
        zh="{name}要求修改给{customer}的消息：“{comment}”",
    )
    note_passed: Final = Text(
        en="{before} did not answer in time, so {name} is asked now.",
        zh="{before}没有及时回应，已改请{name}批准。",
    )
    note_handed: Final = Text(
        en="{before} handed the question to {name}.", zh="{before}转给了{name}批准。"
    )
    note_silent: Final = Text(
        en="{name} has not answered yet, and nobody else is in line. A word from you may help.",
        zh="{name}还没有回应，也没有下一位可以请，您不妨亲自说一声。",
    )
    note_sent: Final = Text(
        en="Your message to {customer} has gone out.", zh="给{customer}的消息已经发出。"
    )
    note_unknown: Final = Text(
        en="The message to {customer} may have gone out; nobody can say for certain.",
        zh="给{customer}的消息可能已经发出，暂时无法确认。",
    )
    note_failed: Final = Text(
        en="The message to {customer} was not delivered: {why}",
        zh="给{customer}的消息没有送达：{why}",
    )
    note_meeting: Final = Text(
        en="The meeting has changed, and the message to {customer} names it as it was. I have taken "
        "the message back; please look at it once more.",
        zh="会议有变动，而给{customer}的消息里写的还是原来的安排。消息我先撤下了，请再看一遍。",
    )
    note_late: Final = Text(
        en="The message to {customer} should have left at {moment} and could not; send it when it "
        "still fits.",
        zh="给{customer}的消息本该在{moment}发出，当时没能发；如仍合适，请再发送。",
    )


WAYS: dict[Way, Text] = {
    "chat": Text(en="In the chat with them", zh="发到和客户的聊天里"),
    "email": Text(en="By e-mail", zh="电子邮件"),
    "self": Text(en="I send it myself", zh="我自己发"),
}
REACTIONS: dict[Reaction, Text] = {
    "accepted": Text(en="accepted it", zh="接受了"),
    "wants_call": Text(en="want a call", zh="想通个电话"),
    "disputes": Text(en="dispute the cause", zh="不认同原因"),
    "asks_remedy": Text(en="ask for a remedy", zh="要求补救"),
    "no_answer": Text(en="have not answered yet", zh="还没有回复"),
}
WHY: dict[str, Text] = {
    "Refused": Text(
        en="the address or the conversation does not take it.", zh="对方地址或会话拒收。"
    ),
    "outsiders": Text(en="somebody from outside can read there.", zh="那里有外部人员能看到。"),
    "gone": Text(en="that conversation is not there any more.", zh="那个会话已经不在了。"),
    "archived": Text(
        en="the channel is archived; whoever manages it can open it again.",
        zh="频道已归档，频道管理者可以重新打开。",
    ),
    "not_in": Text(
        en="Candor is not in that channel; somebody there can write /invite @Candor.",
        zh="Candor 不在那个频道里，频道成员可以输入 /invite @Candor。",
    ),
    "not_in_group": Text(
        en="Candor is not in that group; somebody there can add it in the group's settings.",
        zh="Candor 不在那个群里，群成员可以在群设置里添加它。",
    ),
    "no_sharing": Text(
        en="Candor may not write in groups with people from outside; an admin can turn external "
        "sharing on.",
        zh="Candor 还不能在有外部成员的群里发言，管理员可以打开对外共享。",
    ),
    "muted": Text(
        en="that group does not let Candor speak; its owner can allow it.",
        zh="那个群没有让 Candor 发言，群主可以放开。",
    ),
    "encrypted": Text(
        en="that chat is encrypted and takes no messages of apps.",
        zh="那个会话已加密，不接收应用的消息。",
    ),
    "not_available": Text(
        en="that person is outside the app's availability; an admin can add them.",
        zh="对方不在应用的可用范围内，管理员可以添加。",
    ),
    "stopped": Text(
        en="that person has stopped Candor's messages; they can allow them again in its profile.",
        zh="对方已停止接收 Candor 的消息，可以在它的资料页重新打开。",
    ),
    "closed": Text(
        en="that person's account is closed; an admin can open it again.",
        zh="对方账号已停用，管理员可以重新启用。",
    ),
    "not_allowed": Text(
        en="Candor may not write there; an admin of the workspace can allow it.",
        zh="Candor 没有在那里发言的权限，工作区管理员可以放行。",
    ),
    "BadContent": Text(en="the way out refuses how it is built.", zh="发送渠道不接受这条消息。"),
    "expired": Text(
        en="the way out could not be reached in time.", zh="渠道在有效时间内没能连上。"
    ),
    "no channel": Text(en="the way out is not set up.", zh="发送渠道还没有配置。"),
}
WHY_ELSE = Text(en="something failed on the way.", zh="发送途中出了问题。")
