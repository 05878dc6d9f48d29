"""Every sentence about who may read a case; `{slots}` are filled by the caller."""

from typing import Final

from bot.core.words import Text


class SHARE:
    """To the owner, and to whoever may read."""

    colleague: Final = Text(en="A colleague", zh="一位同事")
    invitation: Final = Text(
        en="{owner} invites you to read the delay conversation on {project}.",
        zh="{owner}邀请您查看“{project}”的延期沟通。",
    )
    invitation_how: Final = Text(
        en="You can read it and change nothing, and step out whenever you like.",
        zh="您可以查看，但不能改动，随时可以退出。",
    )
    look: Final = Text(en="Read it", zh="查看")
    look_again: Final = Text(en="Show it as it is now", zh="看最新的")
    step_out: Final = Text(en="Step out", zh="退出")
    stepped_out: Final = Text(
        en="You have stepped out; {project} is no longer shared with you.",
        zh="您已退出，“{project}”不再共享给您。",
    )
    ended: Final = Text(
        en="This conversation is no longer shared with you.", zh="这次沟通已不再共享给您。"
    )
    unshared: Final = Text(
        en="{owner} no longer shares {project} with you.", zh="{owner}不再把“{project}”共享给您。"
    )
    given_up: Final = Text(
        en="{owner} has given {project} up, so it is no longer shared with you.",
        zh="{owner}已放弃“{project}”这次沟通，所以不再共享给您。",
    )
    not_ours: Final = Text(
        en="You are a guest here now, so this is no longer shared with you.",
        zh="您现在是访客，这次沟通不再共享给您。",
    )
    cannot_tell: Final = Text(
        en="I could not make sure just now that you still belong here, so I show nothing. Please "
        "try again in a moment.",
        zh="暂时没能确认您还是本组织的成员，所以先不显示，请稍后再试。",
    )
    view_title: Final = Text(en="{project}, to read", zh="“{project}”（只读）")
    view_from: Final = Text(
        en="{owner} shares this with you, as it stands on {day}. You can read it and change "
        "nothing.",
        zh="{owner}共享给您，截至{day}。您只能查看，不能改动。",
    )
    read_only: Final = Text(
        en="{owner} lets you read this conversation; only they can change it. Nothing was changed.",
        zh="{owner}把这次沟通共享给您查看，只有对方能改动，所以没有改动。",
    )
    status: Final = Text(en="Where it stands", zh="进展到")
    told_on: Final = Text(en="Customer told on", zh="告知客户的时间")
    delivered_on: Final = Text(en="Delivered on", zh="交付的日期")
    new_date: Final = Text(en="New date", zh="新日期")
    draft: Final = Text(en="The message as it reads now", zh="消息目前是这样写的")
    told: Final = Text(en="What the customer was told on {moment}", zh="{moment}告诉客户的内容")
    promised: Final = Text(en="What the customer was promised", zh="答应客户的事")
    you_may_read: Final = Text(en="You may read", zh="您可以查看")
    which_shared: Final = Text(en="Which of these do you want to read?", zh="您要查看哪一个？")
    title: Final = Text(en="Who can read {project}", zh="谁能查看“{project}”")
    fact: Final = Text(en="Shared with", zh="共享给")
    nobody: Final = Text(en="nobody", zh="没有")
    only_you: Final = Text(en="Nobody but you.", zh="只有您自己。")
    besides: Final = Text(
        en="Whoever approves, stands in for you or is your lead sees only what they are asked or "
        "told.",
        zh="审批人、代理人和上级只能看到问他们、告诉他们的那部分。",
    )
    invite_title: Final = Text(en="Let {name} read {project}?", zh="让{name}查看“{project}”吗？")
    will_read: Final = Text(
        en="{name} will be able to read this, and to change nothing:",
        zh="{name}可以查看这些内容，但不能改动：",
    )
    progress: Final = Text(en="Where it stands", zh="进展")
    how_far: Final = Text(en="How far it is, and the dates", zh="到了哪一步，还有各个日期")
    answers: Final = Text(en="Your answers", zh="您的回答")
    all_answers: Final = Text(en="Step by step", zh="每一步的回答")
    message: Final = Text(en="The message", zh="消息")
    both_messages: Final = Text(
        en="As it reads now; once it left, as it was sent", zh="发出前是草稿，发出后是原文"
    )
    promises: Final = Text(en="Promises", zh="承诺")
    all_promises: Final = Text(
        en="What the customer was promised, and until when", zh="答应了客户什么，什么时候兑现"
    )
    kept_back: Final = Text(en="Not shown", zh="不显示")
    kept: Final = Text(
        en="What you wrote for the team only or for one role alone, such as legal; what the coach "
        "says; what approvers and the team remark",
        zh="内部备注，只给某个角色（比如法务）看的回答，教练的提示，审批人和团队的意见",
    )
    reads_now: Final = Text(en="Can read it already", zh="已经可以查看的")
    until: Final = Text(
        en="They see later changes too, until you take it back.",
        zh="之后的改动对方也看得到，直到您收回。",
    )
    yes: Final = Text(en="Invite {name}", zh="邀请{name}")
    no: Final = Text(en="Not now", zh="暂不邀请")
    not_invited: Final = Text(
        en="{name} was not invited and knows nothing of it.",
        zh="没有邀请{name}，对方什么也不知道。",
    )
    not_asked: Final = Text(
        en="That question is settled already. Nothing was changed.",
        zh="这一项已经处理过了，没有改动。",
    )
    since: Final = Text(en="since {day}", zh="{day}起")
    stop: Final = Text(en="Stop sharing with {name}", zh="不再共享给{name}")
    stop_it: Final = Text(en="Stop sharing", zh="取消共享")
    who: Final = Text(en="Colleague", zh="同事")
    who_ask: Final = Text(
        en="Who may read it and change nothing. You see first what they will read.",
        zh="对方可以查看，但不能改动。发出邀请前会先让您看看对方能看到什么。",
    )
    who_such: Final = Text(en="Omar Haddad", zh="林静")
    invite: Final = Text(en="Invite", zh="邀请")
    invited: Final = Text(
        en="{name} can read {project} now; I have told them.",
        zh="{name}现在可以查看“{project}”了，我已经告诉对方。",
    )
    see_all: Final = Text(en="Who can read it", zh="谁能查看")
    how: Final = Text(
        en="Mention a colleague, and the project if you have several: /delay invite @Lin Apollo. To "
        "take it back: /delay uninvite @Lin Apollo.",
        zh="请用@提到一位同事，有几个项目时再写上项目：/delay 邀请 @林静 阿波罗。"
        "要收回：/delay 取消邀请 @林静 阿波罗。",
    )
    unknown: Final = Text(
        en="I do not know “{name}”, or more than one person is called so. Mention them with @: "
        "/delay invite @Lin.",
        zh="不知道“{name}”是谁，或者有几个人同名。请用@提到对方：/delay 邀请 @林静。",
    )
    yourself: Final = Text(
        en="That is you yourself, and the conversation is yours.",
        zh="这就是您自己，本来就是您的沟通。",
    )
    outside: Final = Text(
        en="{name} is not a full member of your organisation, so nothing was shared with them.",
        zh="{name}不是本组织的正式成员，所以没有共享。",
    )
    already: Final = Text(
        en="{name} can read {project} already.", zh="{name}已经可以查看“{project}”。"
    )
    enough: Final = Text(
        en="{count} people can read {project} already. Stop sharing with one of them first.",
        zh="已有{count}个人可以查看“{project}”，请先取消一位。",
    )
    removed: Final = Text(
        en="{name} can no longer read {project}; I have told them.",
        zh="{name}不能再查看“{project}”了，我已经告诉对方。",
    )
    not_shared: Final = Text(
        en="Nothing of yours is shared with “{name}”.", zh="您没有把任何沟通共享给“{name}”。"
    )
    which: Final = Text(
        en="Which project do you mean? Add its name: {names}.",
        zh="您指的是哪个项目？请写上名称：{names}。",
    )
    left: Final = Text(
        en="{name} has stepped out and can no longer read {project}.",
        zh="{name}已退出，不再查看“{project}”。",
    )
    unreached: Final = Text(
        en="I cannot reach {name}, so {project} is not shared with them.",
        zh="消息送不到{name}那里，所以“{project}”没有共享给对方。",
    )
    gone: Final = Text(
        en="{name} is a guest now or has left, so {project} is no longer shared with them.",
        zh="{name}现在是访客或已离开，“{project}”不再共享给对方。",
    )
