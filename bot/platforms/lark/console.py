"""What the app's console must hold: scopes, events, callbacks and menu, each with its reason.

`deploy/lark-setup.md` lists the same, held against this by a test; `candor doctor` compares.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.words import Text

SCOPES: Mapping[str, Text] = {
    "im:message:send_as_bot": Text(
        en="to send and change its own cards", zh="发送并更新自己的卡片"
    ),
    "im:message.p2p_msg:readonly": Text(
        en="to read what somebody writes to it alone", zh="读取别人私信给它的内容"
    ),
    "im:message.group_at_msg:readonly": Text(
        en="to hear it when it is mentioned in a group", zh="在群里被@时能收到"
    ),
    "im:message:readonly": Text(
        en="to look whether a message arrived, before it is sent a second time, and to fetch a "
        "file with dates that somebody sends",
        zh="再次发送之前，先确认上一条是否已送达；读取别人发来的日期文件",
    ),
    "im:chat:readonly": Text(
        en="to know which groups have people from outside, where nothing internal is said",
        zh="判断哪些群有外部成员，内部内容不会发到那里",
    ),
    "im:user_agent:read": Text(
        en="to begin in the language of somebody's client", zh="按对方客户端的语言开始对话"
    ),
    "application:app_slash_command:read": Text(
        en="to see whether /delay is registered", zh="查看 /delay 是否已注册"
    ),
    "application:app_slash_command:write": Text(en="to register /delay", zh="注册 /delay"),
    "application:application:self_manage": Text(
        en="for candor doctor, to read the app's own subscriptions",
        zh="供 candor doctor 读取应用自身的订阅",
    ),
}
# Only with CANDOR_LARK_DOCUMENTS.
DOCUMENT_SCOPES: Mapping[str, Text] = {
    "docx:document:create": Text(
        en="to make a document for a text that no card holds", zh="卡片放不下时新建文档"
    ),
    "docx:document:write_only": Text(en="to write the text into it", zh="把全文写进文档"),
    "docs:permission.member:create": Text(
        en="to let its one reader open it, or the people of the channel that its owner shares it with",
        zh="让它唯一的读者，或本人分享到的频道成员能打开",
    ),
}
# Only with CANDOR_LARK_FILES.
FILE_SCOPES: Mapping[str, Text] = {
    "im:resource:upload": Text(
        en="to bring a file that somebody takes away", zh="把别人要取走的文件传过来"
    ),
}
# Only with CANDOR_LARK_MEETINGS or CANDOR_LARK_CALENDAR, or a tenant's lark_calendar.
MEETING_SCOPES: Mapping[str, Text] = {
    "calendar:calendar:read": Text(en="to find the calendar of its own", zh="找到应用自己的日历"),
    "calendar:calendar.event:create": Text(
        en="to enter a meeting that somebody books and ask those who should come, or a follow-up",
        zh="为发起人新建会议日程并邀请参会人，或写入跟进事项",
    ),
    "calendar:calendar.event:read": Text(
        en="to read the link of the video meeting, and who is asked already",
        zh="读取视频会议链接，以及已邀请了谁",
    ),
    "calendar:calendar.event:update": Text(
        en="to move a meeting or a follow-up", zh="给会议或跟进事项改期"
    ),
    "calendar:calendar.event:delete": Text(
        en="to cancel a meeting, or take out a follow-up that is over",
        zh="取消会议，或删去已结束的跟进事项",
    ),
}
# Only with CANDOR_LARK_RESERVES.
RESERVE_SCOPES: Mapping[str, Text] = {
    "vc:reserve": Text(
        en="to reserve a video meeting, move it and cancel it", zh="预约视频会议、改期和取消"
    ),
}
# Only with CANDOR_LARK_TASKS, or a tenant's lark_tasks.
TASK_SCOPES: Mapping[str, Text] = {
    "task:task:write": Text(
        en="to write follow-ups as tasks of their owner, and to move, complete and delete those",
        zh="把跟进事项写成负责人的任务，并随之改期、完成、删除",
    ),
}
# Only with CANDOR_LARK_REGISTER, or a tenant's lark_register.
REGISTER_SCOPES: Mapping[str, Text] = {
    "base:field:read": Text(en="to see which columns the register has", zh="查看登记表有哪些列"),
    "base:field:create": Text(en="to add the columns that it lacks", zh="补上登记表缺少的列"),
    "base:record:retrieve": Text(
        en="to look whether a case has its row already", zh="查看一件事是否已登记"
    ),
    "base:record:create": Text(en="to add the row of a case", zh="为每件事登记一行"),
    "base:record:update": Text(en="to keep that row up to date", zh="更新那一行"),
}
EVENTS: Mapping[str, Text] = {
    "im.message.receive_v1": Text(en="messages to it", zh="发给它的消息"),
    "im.chat.access_event.bot_p2p_chat_entered_v1": Text(
        en="the first opening of its chat, to greet", zh="首次打开会话时打招呼"
    ),
    "application.bot.menu_v6": Text(en="its menu", zh="机器人菜单"),
    "im.chat.member.bot.added_v1": Text(en="being added to a group", zh="被加入群"),
    "im.chat.member.bot.deleted_v1": Text(en="being removed from a group", zh="被移出群"),
}
CALLBACKS: Mapping[str, Text] = {
    "card.action.trigger": Text(en="presses on its cards", zh="卡片上的点击"),
}
MENU: Mapping[str, Text] = {
    "delay_start": Text(en="Start a delay conversation", zh="发起延期沟通"),
    "delay_list": Text(en="My conversations", zh="我的事项"),
    "delay_settings": Text(en="Settings", zh="设置"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator switched on, each of which needs scopes of its own."""

    documents: bool = False
    files: bool = False
    meetings: bool = False
    reserves: bool = False
    entries: bool = False
    tasks: bool = False
    register: bool = False


USUAL = Wanted()


def scopes(wanted: Wanted) -> frozenset[str]:
    """All that the app needs."""
    more = (
        (wanted.documents, DOCUMENT_SCOPES),
        (wanted.files, FILE_SCOPES),
        (wanted.meetings or wanted.entries, MEETING_SCOPES),
        (wanted.reserves, RESERVE_SCOPES),
        (wanted.tasks, TASK_SCOPES),
        (wanted.register, REGISTER_SCOPES),
    )
    return frozenset({*SCOPES, *(name for is_on, part in more if is_on for name in part)})


def scopes_file(wanted: Wanted) -> str:
    """The scopes as the console imports them at once (Permissions & Scopes, batch import)."""
    tenant = sorted(scopes(wanted))
    return json.dumps({"scopes": {"tenant": tenant, "user": []}}, indent=2) + "\n"


def page(base_url: str) -> str:
    """Where an app is created."""
    return f"{base_url.rstrip('/')}/app"
