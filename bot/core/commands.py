"""Words that are commands, in both languages: after `/delay`, or typed in the conversation."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from bot.core.words import Text

Verb = Literal[
    "start", "new", "list", "show", "draft", "help", "quit",
    "back", "skip", "why", "example", "review", "resume", "language",
    "followups", "snooze", "lessons", "report", "watch", "watch_anew", "update", "pings",
    "zone", "settings", "connections", "channel", "lead", "deputy", "away", "invite", "uninvite",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """A verb and what follows it."""

    verb: Verb
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that is no command, with the nearest one if any comes near."""

    word: str
    nearest: Verb | None


@dataclass(frozen=True, slots=True)
class Described:
    """One command as help and the palette show it."""

    verb: Verb
    words: Text  # how to write it
    does: Text


COMMANDS: tuple[Described, ...] = (
    Described(
        "start",
        Text(en="/delay", zh="/delay"),
        Text(en="start, or go on where you were", zh="开始，或接着上次继续"),
    ),
    Described(
        "start",
        Text(en="/delay <project>", zh="/delay <项目>"),
        Text(en="start with a project or customer", zh="直接带上项目或客户开始"),
    ),
    Described(
        "list",
        Text(en="/delay list", zh="/delay 列表"),
        Text(en="your open conversations", zh="您还没完成的沟通"),
    ),
    Described(
        "show",
        Text(en="/delay show", zh="/delay 查看"),
        Text(en="all answers of one conversation", zh="查看一次沟通的全部回答"),
    ),
    Described(
        "draft",
        Text(en="/delay draft", zh="/delay 草稿"),
        Text(en="the message to the customer", zh="给客户的消息"),
    ),
    Described(
        "followups",
        Text(en="/delay followups [project]", zh="/delay 跟进 [项目]"),
        Text(
            en="what was promised, and what waits for your answer", zh="答应过的事，和等您答复的事"
        ),
    ),
    Described(
        "update",
        Text(en="/delay update [project]", zh="/delay 进展 [项目]"),
        Text(
            en="the next update to the customer, half written", zh="给客户的下一次进展，已写好一半"
        ),
    ),
    Described(
        "snooze",
        Text(en="/delay snooze <project> <day>", zh="/delay 暂缓 <项目> <日期>"),
        Text(en="ask nothing about a project until then", zh="这个项目到那天再提醒"),
    ),
    Described(
        "pings",
        Text(
            en="/delay pings [light | off <why> | 8:30-17:00 | quiet 12-13:30 | pause 12 June]",
            zh="/delay 提醒 [少 | 关 <原因> | 8:30-17:00 | 免打扰 12-13:30 | 暂停 6月12日]",
        ),
        Text(en="when and how often I remind you", zh="什么时候、多久提醒您一次"),
    ),
    Described(
        "channel",
        Text(en="/delay channel [project | off]", zh="/delay 频道 [项目 | 关]"),
        Text(
            en="in a project's channel: ask the team there about the dates",
            zh="在项目频道里输入：日期问题发到这里，由团队来答",
        ),
    ),
    Described(
        "away",
        Text(en="/delay away until <12 June>", zh="/delay 不在 到<6月12日>"),
        Text(en="somebody else is asked until you are back", zh="这段时间请别人代答"),
    ),
    Described(
        "deputy",
        Text(en="/delay deputy <name>", zh="/delay 代理 <姓名>"),
        Text(en="who is asked while you are away", zh="您不在时由谁代答"),
    ),
    Described(
        "lead",
        Text(en="/delay lead <name>", zh="/delay 上级 <姓名>"),
        Text(en="who is told when you stay silent", zh="您一直没答复时告知谁"),
    ),
    Described(
        "invite",
        Text(en="/delay invite <name> [project]", zh="/delay 邀请 <姓名> [项目]"),
        Text(en="who else may read a conversation", zh="让同事也能查看这次沟通"),
    ),
    Described(
        "uninvite",
        Text(en="/delay uninvite <name> [project]", zh="/delay 取消邀请 <姓名> [项目]"),
        Text(en="take that back", zh="不再让对方查看"),
    ),
    Described(
        "watch",
        Text(en="/delay watch <project>", zh="/delay 盯 <项目>"),
        Text(
            en="be asked before each date, while nothing is late", zh="还没晚时，每个日期前问一下"
        ),
    ),
    Described(
        "lessons",
        Text(en="/delay lessons <words>", zh="/delay 经验 <关键词>"),
        Text(en="what others have learned", zh="别人留下的经验"),
    ),
    Described(
        "report",
        Text(en="/delay report [month]", zh="/delay 报告 [月份]"),
        Text(en="a month of delays in numbers", zh="一个月的延期情况"),
    ),
    Described(
        "quit",
        Text(en="/delay quit", zh="/delay 退出"),
        Text(en="save and stop for now", zh="保存，先停一下"),
    ),
    Described(
        "settings",
        Text(en="/delay settings", zh="/delay 设置"),
        Text(
            en="language, time zone, working days and hours, reminders",
            zh="语言、时区、工作日、工作时间和提醒",
        ),
    ),
    Described(
        "connections",
        Text(en="/delay connections", zh="/delay 外部系统"),
        Text(
            en="for admins: your own tracker, mail server and meeting system",
            zh="管理员用：贵公司自己的项目工具、邮件服务器和会议系统",
        ),
    ),
    Described(
        "zone",
        Text(en="/delay zone <Europe/Berlin>", zh="/delay 时区 <Asia/Shanghai>"),
        Text(en="the time zone that I count in", zh="设置按哪个时区计算"),
    ),
    Described(
        "help", Text(en="/delay help", zh="/delay 帮助"), Text(en="this list", zh="这份说明")
    ),
)

_SLASH: dict[str, Verb] = {
    "list": "list", "列表": "list", "清单": "list",
    "show": "show", "查看": "show", "看": "show",
    "draft": "draft", "草稿": "draft", "消息": "draft",
    "help": "help", "帮助": "help", "?": "help", "？": "help",
    "quit": "quit", "exit": "quit", "stop": "quit", "退出": "quit", "停止": "quit",
    "followups": "followups", "followup": "followups", "跟进": "followups",
    "retrospective": "followups", "retro": "followups", "回顾": "followups", "复盘": "followups",
    "snooze": "snooze", "暂缓": "snooze", "稍后": "snooze",
    "lessons": "lessons", "lesson": "lessons", "经验": "lessons",
    "report": "report", "报告": "report", "pings": "pings", "提醒": "pings", "watch": "watch", "盯": "watch", "关注": "watch",
    "update": "update", "进展": "update",
    "new": "new", "新建": "new", "新开": "new",
    "zone": "zone", "时区": "zone", "settings": "settings", "设置": "settings",
    "connections": "connections", "connection": "connections", "外部系统": "connections", "连接": "connections",
    "lead": "lead", "上级": "lead", "deputy": "deputy", "代理": "deputy", "代答": "deputy",
    "away": "away", "不在": "away", "休假": "away",
    "invite": "invite", "share": "invite", "邀请": "invite", "共享": "invite",
    "uninvite": "uninvite", "unshare": "uninvite", "取消邀请": "uninvite", "取消共享": "uninvite",
    "channel": "channel", "group": "channel", "频道": "channel", "群": "channel",
}  # fmt: skip
_ALSO_A_TOPIC = ("retrospective", "retro", "回顾", "复盘")  # typed alone, they can be an answer
_PLAIN: dict[str, Verb] = {
    **{word: verb for word, verb in _SLASH.items() if verb not in ("lessons", "report", "snooze", "watch", "pings", "update", "channel", "lead", "deputy", "away", "invite", "uninvite", "connections") and word not in _ALSO_A_TOPIC},
    "back": "back", "go back": "back", "返回": "back", "上一步": "back", "后退": "back",
    "skip": "skip", "skip this": "skip", "跳过": "skip",
    "why": "why", "为什么": "why",
    "example": "example", "例子": "example", "示例": "example", "举例": "example",
    "review": "review", "审阅": "review", "全部回答": "review", "检查": "review",
    "resume": "resume", "continue": "resume", "go on": "resume", "继续": "resume",
    "save and stop": "quit", "保存": "quit", "先停一下": "quit",
    "english": "language", "中文": "language",
}  # fmt: skip
_LEADING: dict[str, Verb] = {
    "start": "start", "begin": "start", "开始": "start", "发起": "start",
    "resume": "resume", "continue": "resume", "继续": "resume",
}  # fmt: skip
_TAKES_ARGUMENT: frozenset[Verb] = frozenset(
    {
        "show",
        "draft",
        "zone",
        "followups",
        "snooze",
        "lessons",
        "report",
        "watch",
        "pings",
        "update",
        "channel",
        "lead",
        "deputy",
        "away",
        "invite",
        "uninvite",
    }
)
_DELAY = re.compile(r"^(?:/\s?(?:delay|延期)|延期)(?:\s+(?P<rest>.*))?$", re.IGNORECASE | re.DOTALL)
_WHY = re.compile(
    r"why (?:do|are|would) you (?:ask|need|want)\b.{0,40}|why (?:is|does) (?:this|that)\b.{0,40}"
    r"|what do you mean\b.{0,40}|what does (?:this|that|it) mean|what is this for|what for"
    r"|(?:你|您)?为(?:什么|啥)(?:要|会)?(?:问|填|写|需要).{0,12}|(?:这是|这个|这)?(?:是)?什么意思"
    r"|问这个(?:干嘛|干什么|做什么|有什么用)",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:can you |could you |please )?(?:show|give) me an? example\b.{0,20}|an example|for example"
    r"|like what|such as what|(?:给|举|看|来)(?:我)?(?:一)?(?:个)?(?:看)?(?:例子|示例)|比如(?:呢)?"
    r"|(?:这个)?(?:怎么|该怎么|应该怎么)(?:写|填|回答)",
    re.IGNORECASE,
)


def slash(words: str) -> Command | Unknown:
    """The command in the words after `/delay`; any other words begin a case for that project."""
    words = words.strip()
    first, _, rest = words.partition(" ")
    verb = _SLASH.get(first.casefold())
    if verb is not None and (not rest or verb in _TAKES_ARGUMENT or verb == "new"):
        return Command(verb, rest.strip())
    led = _LEADING.get(first.casefold())
    if led is not None and (rest or led == "start"):  # the word is no part of a project's name
        return Command(led, rest.strip())
    whole = _PLAIN.get(" ".join(words.casefold().split()))
    if whole is not None:
        return Command(whole, words if whole == "language" else "")
    if words and not rest:
        near = get_close_matches(first.casefold(), list(_SLASH), n=1, cutoff=0.7)
        if near and len(first) > 2 and first.isascii():
            return Unknown(words, _SLASH[near[0]])
    return Command("start", words)


def typed(text: str) -> Command | Unknown | None:
    """The command that a typed line is; None for a line that is an answer.

    A line in quotation marks is never a command, so that any word can be an answer.
    """
    line = " ".join(text.split())
    if len(line) > 80:
        return None
    delay = _DELAY.match(line)
    if delay:
        return slash(delay.group("rest") or "")
    bare = line.strip("?？.。!！ ").casefold() or line
    if line.startswith("/"):
        return _slashed(line)
    verb = _PLAIN.get(bare)
    if verb is not None:
        return Command(verb, line if verb == "language" else "")
    if _WHY.fullmatch(bare):
        return Command("why")
    return Command("example") if _EXAMPLE.fullmatch(bare) else None


def _slashed(line: str) -> Command | Unknown:
    word, _, rest = line[1:].strip().partition(" ")
    verb = _PLAIN.get(word.casefold())
    if verb is not None:
        return Command(verb, rest)
    near = get_close_matches(word.casefold(), ["delay", *_PLAIN], n=1, cutoff=0.6)
    if not near:
        return Unknown(line, None)
    return Unknown(line, "start" if near[0] == "delay" else _PLAIN[near[0]])
