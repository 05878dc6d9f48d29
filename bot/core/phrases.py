"""The bot's own wording, in both languages. A playbook's wording lives in the playbook."""

from typing import Final

from bot.core.words import Text


class SAY:
    """Every sentence the bot says by itself; `{slots}` are filled by the caller."""

    # Short words that pass by
    empty_line: Final = Text(
        en="That line was empty, so nothing changed.", zh="这一行是空的，没有改动。"
    )
    empty_edit: Final = Text(
        en="An empty text changes nothing. To undo your wording, press “Back to the assembled text”.",
        zh="空的内容不会改动什么。要撤销改写，请点“恢复自动生成的文本”。",
    )
    already_saved: Final = Text(en="Already saved.", zh="已经保存过了。")
    already_settled: Final = Text(
        en="That is settled already. Nothing changed.", zh="这件事已经定过了，没有改动。"
    )
    blank_keeps: Final = Text(
        en="An empty box keeps the old answer. To take it out, press Clear.",
        zh="空着提交会保留原来的回答。要去掉它，请点“清空”。",
    )
    at_the_start: Final = Text(en="This is the first step.", zh="这已经是第一步。")
    nothing_open: Final = Text(en="No question is open right now.", zh="现在没有正在问的问题。")
    not_skippable: Final = Text(
        en="This step cannot be skipped: the message needs it.",
        zh="这一步不能跳过，给客户的消息要用到它。",
    )
    saved: Final = Text(en="Saved.", zh="已保存。")

    # Buttons
    save_next: Final = Text(en="Save and continue", zh="保存并继续")
    back: Final = Text(en="Back", zh="上一步")
    skip: Final = Text(en="Skip", zh="跳过")
    stop: Final = Text(en="Save and stop", zh="保存，先停一下")
    why: Final = Text(en="Why do you ask?", zh="为什么问这个？")
    example: Final = Text(en="Show me an example", zh="看个例子")
    resume: Final = Text(en="Continue", zh="继续")
    review: Final = Text(en="Review all answers", zh="查看全部回答")
    draft: Final = Text(en="Write the message", zh="生成消息")
    edit: Final = Text(en="Change", zh="修改")
    clear: Final = Text(en="Clear {label}", zh="清空“{label}”")
    clear_yes: Final = Text(en="Clear it", zh="清空")
    keep: Final = Text(en="Keep it", zh="保留")
    no_skip: Final = Text(en="Answer it after all", zh="还是回答吧")
    take_offer: Final = Text(en="Use these", zh="沿用这些")
    use_other: Final = Text(en="Use “{value}”", zh="改用“{value}”")
    keep_this: Final = Text(en="Keep “{value}”", zh="保留“{value}”")
    use_this: Final = Text(en="Use this one", zh="改用这一版")
    keep_present: Final = Text(en="Keep the present one", zh="保留现在这版")
    put_in: Final = Text(en="It answers: {label}", zh="这是“{label}”的回答")
    let_go: Final = Text(en="It answers nothing", zh="哪一项都不是")
    begin_anew: Final = Text(en="Begin a new one", zh="新开一个")
    start: Final = Text(en="Start a delay conversation", zh="开始一次延期沟通")
    yes: Final = Text(en="Yes", zh="是")
    no: Final = Text(en="No", zh="否")
    other_language: Final = Text(en="中文", zh="English")
    save_edit: Final = Text(en="Save my wording", zh="保存我的措辞")
    undo_yes: Final = Text(en="Give up my wording", zh="放弃我的措辞")
    undo_ask: Final = Text(
        en="Your own wording then goes from this version of the message. The log keeps it.",
        zh="这一版消息里您改过的措辞将不再保留；记录里仍会留着。",
    )
    undo_edit: Final = Text(en="Back to the assembled text", zh="恢复自动生成的文本")

    # A step
    progress: Final = Text(
        en="Step {place} of {count} · {title}", zh="第{place}步，共{count}步 · {title}"
    )
    next_question: Final = Text(en="Next: {question}", zh="接着：{question}")
    still_open: Final = Text(en="Still open: {labels}.", zh="还没回答：{labels}。")
    type_it: Final = Text(
        en="You can also just type. A typed line answers: {label}.",
        zh="也可以直接打字，打的这一行会作为“{label}”的回答。",
    )
    type_rows: Final = Text(
        en="You can also type {label}, a line each, the parts set apart by “;”: {columns}.",
        zh="也可以直接打字填“{label}”，每行一条，各部分用“；”隔开：{columns}。",
    )
    type_rows_least: Final = Text(
        en="You can also type {label}: at least {least}, a line each, in one message or one after the "
        "other; the parts set apart by “;”: {columns}.",
        zh="也可以直接打字填“{label}”：至少{least}条，每行一条，一次发完或分几次发都行；"
        "各部分用“；”隔开：{columns}。",
    )
    stale: Final = Text(
        en="Something this rests on has changed. Is it still right?",
        zh="它依据的内容改过了，这条还对吗？",
    )
    from_origin: Final = Text(en="From {origin}. Please check.", zh="来自{origin}，请核对。")
    offered: Final = Text(
        en="You answered these last time ({origin}):", zh="上次您是这样填的（{origin}）："
    )
    last_case: Final = Text(
        en="your last case with {customer}: {project}, {day}",
        zh="您上一次与{customer}的延期沟通：{project}，{day}",
    )
    two_windows: Final = Text(
        en="Two windows gave two answers for {label}. Which one counts?",
        zh="两个窗口对“{label}”给了不同的回答，以哪个为准？",
    )
    two_wordings: Final = Text(
        en="Another window saved this wording. Which one counts?",
        zh="另一个窗口保存了下面这版措辞，以哪一版为准？",
    )
    which_reading: Final = Text(
        en="“{raw}” can be read in more than one way. Which one do you mean?",
        zh="“{raw}”有不止一种读法，您指的是哪一个？",
    )
    loose_line: Final = Text(
        en="The line below could be meant for more than one answer. It is kept. "
        "Which one shall it be?",
        zh="下面这一行不确定是答哪一项的，已经留着。要作为哪一项的回答？",
    )
    loose_elsewhere: Final = Text(
        en="You wrote the line below while no question was open. It is kept; open the step it "
        "belongs to and it will be offered there.",
        zh="下面这一行是在没有提问时写的，已经留着。打开它所属的步骤，就可以放进去。",
    )
    why_title: Final = Text(en="Why this is asked", zh="为什么问这个")
    good_example: Final = Text(en="A good answer", zh="好的回答")
    weak_example: Final = Text(en="A weak one", zh="不够好的回答")
    long_kept: Final = Text(
        en="… ({count} characters, all of them kept)", zh="……（共{count}个字符，全部保留）"
    )

    # Recap, skip, clear, stop
    recap_empty: Final = Text(en="{title}: nothing written yet", zh="{title}：还没有填")
    recap: Final = Text(en="{title}: saved", zh="{title}：已保存")
    skipped: Final = Text(en="skipped ({reason})", zh="已跳过（{reason}）")
    left_empty: Final = Text(en="left empty", zh="未填")
    done: Final = Text(en="done", zh="已完成")
    open_: Final = Text(en="open", zh="待回答")
    look: Final = Text(en="needs a look", zh="需要再看一眼")
    moved: Final = Text(en="This goes on further down.", zh="请看下面，对话在那里继续。")
    skip_ask: Final = Text(
        en="Why leave it out? Pick a reason or type one.", zh="为什么跳过？选一个原因，或者直接写。"
    )
    skip_title: Final = Text(en="Skip {title}?", zh="跳过“{title}”？")
    not_known: Final = Text(en="Not known yet", zh="还不清楚")
    not_relevant: Final = Text(en="Does not apply here", zh="这里不适用")
    later: Final = Text(en="I will answer later", zh="晚点再回答")
    clear_title: Final = Text(en="Clear “{label}”?", zh="清空“{label}”？")
    clear_ask: Final = Text(
        en="This takes the answer out of the case. The log keeps it.",
        zh="清空后，这个回答就不在案例里了；记录里仍会保留。",
    )
    stopped_title: Final = Text(en="Saved: {project}", zh="已保存：{project}")
    stopped: Final = Text(
        en="Everything is kept. {done} of {count} steps are done. "
        "Continue here at any time, or type /delay.",
        zh="内容都已保存，{count}步里完成了{done}步。随时可以在这里继续，也可以输入 /delay。",
    )
    no_project: Final = Text(en="a project without a name yet", zh="还没填名称的项目")

    # The coach
    note: Final = Text(en="“{phrase}”: {message}", zh="“{phrase}”：{message}")
    note_again: Final = Text(
        en="The same habit as before: “{phrase}”.", zh="和前面同样的说法：“{phrase}”。"
    )
    note_again_whole: Final = Text(en="The same as before: {message}", zh="和前面一样：{message}")
    note_instead: Final = Text(en="Perhaps:", zh="可以这样说：")
    note_use: Final = Text(en="Use this", zh="就用这句")
    note_keep: Final = Text(en="Keep mine", zh="保留我的")
    notes_more: Final = Text(en="Show {count} more", zh="再看{count}条")
    note_blocks: Final = Text(
        en="This holds the message back until it is changed, or kept with a reason in words.",
        zh="改好之前，这条消息先不能发；要保留，请写明理由。",
    )
    keep_why: Final = Text(
        en="Say in one sentence why it is right here: type it in the message box. The reason is kept.",
        zh="请用一句话写明为什么这里这样说是对的，理由会留存。",
    )
    held_back: Final = Text(
        en="Not ready to send: {count} of the remarks below must be settled first.",
        zh="还不能发：下面有{count}处要先处理。",
    )
    grade_ready: Final = Text(en="The coach has nothing to add.", zh="写得清楚，没有要补充的。")

    scorecard: Final = Text(en="Show the scorecard", zh="看看评分")
    card_clear: Final = Text(en="clear", zh="没有问题")
    card_nearly: Final = Text(en="nearly there", zh="差一点")
    card_missing: Final = Text(en="missing", zh="还没做到")
    card_evidence: Final = Text(en="“{phrase}”", zh="“{phrase}”")
    grade: Final = Text(
        en="Grade {grade}. A: no remarks; B: one or two hints; C: fix first; D: do not send.",
        zh="等级{grade}。A：没有提示；B：一两处小提示；C：先修改；D：还不能发。",
    )

    # Review and draft
    review_title: Final = Text(en="All answers · {project}", zh="全部回答 · {project}")
    review_open: Final = Text(
        en="Still open: {labels}. The message leaves out what they would say.",
        zh="还没回答：{labels}。消息里会缺少这部分内容。",
    )
    review_done: Final = Text(
        en="Every step is done. Look it over, change what you like, then write the message.",
        zh="每一步都完成了。请过一遍，需要改的随时改，然后生成消息。",
    )
    draft_title: Final = Text(
        en="Message to {customer} · {channel} · {reader}",
        zh="给{customer}的消息 · {channel} · {reader}",
    )
    draft_not_sent: Final = Text(
        en="Nothing has been sent. When it is right, copy it and send it yourself, or make it ready to send from here.",
        zh="还没有发出任何内容。确认无误后，可以复制文本自行发送，也可以在这里准备发送。",
    )
    draft_not_called: Final = Text(
        en="Nothing has been sent. This sheet is for your eyes; have it before you when you call.",
        zh="还没有发出任何内容。这份提纲只给您自己看，打电话时放在手边。",
    )
    draft_empty: Final = Text(
        en="There is not enough to write a message yet. It needs at least the new date.",
        zh="现在的内容还不足以写成消息，至少需要新的日期。",
    )
    draft_budget: Final = Text(
        en="{count} words; {budget} are plenty for this channel.",
        zh="{count}字；这个渠道一般不超过{budget}字。",
    )
    draft_over: Final = Text(
        en="{count} words, and {budget} are plenty for this channel. Shorten what matters least.",
        zh="{count}字，这个渠道一般不超过{budget}字，可以删掉最不要紧的内容。",
    )
    traced: Final = Text(
        en="Every date, number, name and promise in it comes from your answers.",
        zh="里面的每个日期、数字、名字和承诺，都来自您的回答。",
    )
    foreign_claim: Final = Text(
        en="“{words}” comes from no answer. If it is true, add it to the case; if not, take it out.",
        zh="“{words}”在您的回答里找不到来源。属实就补进案例，不属实就删掉。",
    )
    changed_claim: Final = Text(
        en="“{words}” is not what you answered to “{label}”. Change the answer or the text.",
        zh="“{words}”和您对“{label}”的回答不一致，请改回答或改文本。",
    )
    reworded_claim: Final = Text(
        en="You changed “{words}” by hand. Compare it with your answer to “{label}”.",
        zh="“{words}”是手动改过的，请和您对“{label}”的回答核对一下。",
    )
    left_out: Final = Text(
        en="Not in the text: “{words}” It rests on your answer to “{label}”.",
        zh="文本里没有“{words}”这句，它来自您对“{label}”的回答。",
    )
    own_words: Final = Text(
        en="No answer says “{words}” Keep it if it is true.",
        zh="“{words}”这句在您的回答里没有依据，属实再保留。",
    )
    internal_claim: Final = Text(
        en="“{words}” is marked internal. The customer must not read it.",
        zh="“{words}”标为内部信息，不能让客户看到。",
    )
    missing_claim: Final = Text(
        en="Your answer to “{label}” is no longer in the text.",
        zh="您对“{label}”的回答，文本里已经没有了。",
    )
    more_claims: Final = Text(en="{count} more like this.", zh="类似的还有{count}处。")
    edited: Final = Text(en="Your own wording.", zh="这是您改过的措辞。")
    edited_stale: Final = Text(
        en="Your own wording. Answers have changed since; compare before you use it.",
        zh="这是您改过的措辞。之后回答有改动，使用前请对照一下。",
    )
    foreign_words: Final = Text(
        en="The customer reads {language}, but these answers are in the other language: {labels}. "
        "Write them in {language}, or the message mixes two languages.",
        zh="客户读的是{language}，但这几项是用另一种语言写的：{labels}。请用{language}重写，否则消息会夹杂两种语言。",
    )
    english: Final = Text(en="English", zh="英文")
    chinese: Final = Text(en="Chinese", zh="中文")
    edit_draft: Final = Text(en="Change the wording", zh="修改措辞")
    variants: Final = Text(en="Other versions", zh="其他版本")
    executive: Final = Text(en="for a decision maker", zh="给决策者")
    day_to_day: Final = Text(en="for the daily contact", zh="给日常对接人")
    technical: Final = Text(en="for a technical contact", zh="给技术对接人")

    # Practising the call
    practise: Final = Text(en="Practise the call", zh="练一练这通电话")
    practice_choose: Final = Text(
        en="Choose a customer above, or type their number.", zh="请在上面选一位客户，或输入编号。"
    )
    practice_words: Final = Text(
        en="The customer is waiting for a few words.", zh="对方还等着您开口，说几个字就行。"
    )
    practice_over: Final = Text(
        en="The call is over, so nobody heard that. Practise again, or go back to the draft.",
        zh="电话已经挂了，这句对方没听到。可以再练一次，或者回到草稿。",
    )

    # Nudges
    nudge: Final = Text(
        en="Your conversation about {project} waits at “{title}”. Shall we go on? "
        "The sooner the customer knows, the more they can still do.",
        zh="“{project}”的延期沟通还停在“{title}”。要接着来吗？客户越早知道，能做的安排越多。",
    )
    nudge_last: Final = Text(
        en="I will not remind you of {project} again. Everything is kept; type /delay to go on.",
        zh="“{project}”这件事我不再提醒了。内容都在，输入 /delay 就能继续。",
    )
