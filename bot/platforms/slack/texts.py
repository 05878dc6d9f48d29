"""Texts as Slack takes them: plain_text objects that nothing is parsed in, cut to their limits."""

from typing import Any

from bot.core.words import Text

Payload = dict[str, Any]

MORE = "…"


def size(text: str) -> int:
    """The length as Slack's clients count it: in UTF-16 units, never less than the characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def cut(text: str, most: int) -> str:
    """The text, with its end replaced by an ellipsis where it is longer than `most`."""
    if size(text) <= most:
        return text
    kept = text[: most - 1]
    while size(kept) > most - 1:
        kept = kept[: len(kept) - max(1, (size(kept) - most + 1) // 2)]
    return kept.rstrip() + MORE


def clean(text: str) -> str:
    """The text without what cannot travel in JSON to Slack; never empty."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    text = text.replace("\0", "").replace("\r\n", "\n")
    return text if text.strip() else "–"


def plain(text: str, most: int = 3000) -> Payload:
    """A plain_text object: shown as it is, no markup, no emoji codes."""
    return {"type": "plain_text", "text": cut(clean(text), most), "emoji": False}


def escaped(text: str, most: int) -> str:
    """A top-level `text`, which Slack reads as markup: its three control characters are escaped."""
    shown = cut(clean(text), most)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def decoded(text: str) -> str:
    """What a person typed, from the escaped form in which Slack hands it over; once only."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


OPEN = Text(en="Open", zh="打开")
CHOOSE = Text(en="Choose this", zh="选这个")
FORM = Text(en="Answer in a form", zh="填表回答")
CHANGE = Text(en="Change this", zh="更改")
COPY = Text(en="Copy the text", zh="复制文本")
WHOLE = Text(en="Show all of it", zh="查看全部")
CUT = Text(
    en="This is longer than one message here may be; nothing of it is lost.",
    zh="内容比这里的一条消息长，全文都保留着。",
)
LEAVE_OPEN = Text(
    en="Leave out what you do not know yet. What is still needed I ask for afterwards.",
    zh="现在不知道的可以先空着，还需要的我之后再问。",
)
PICK = Text(en="Pick a day", zh="选择日期")
OR_WORDS = Text(en="{label}, in words", zh="{label}（用文字）")
WORDS_WIN = Text(
    en="As you would say it, such as “next Friday”. What you write here is taken, not the day above.",
    zh="照平时说的写，比如“下周五”。这里写了，就以这里为准，不看上面选的日子。",
)
PART = Text(en="{label}, part {number}", zh="{label}，第{number}部分")
WRITTEN = Text(en="You wrote “{words}”.", zh="您写的是“{words}”。")
ADD_ROW = Text(en="Add a row", zh="加一行")
ROW = Text(en="{label} {number}", zh="{label} {number}")
CLOSE = Text(en="Close", zh="关闭")
COPY_HOW = Text(
    en="Click into the text, select all, copy. Nothing is sent from here.",
    zh="点进文本，全选，复制。这里不会发出任何内容。",
)
DONE = Text(en="Done. It goes on in our conversation.", zh="好了，我们在对话里继续。")
YES = Text(en="Yes", zh="是")
NO = Text(en="No", zh="否")
IN_OURS = Text(
    en="It goes on in our direct conversation: open “Candor” under Apps.",
    zh="我们在私聊里继续：请在“应用”里打开 Candor。",
)
TO_OURS = Text(en="Open the conversation", zh="打开对话")
AT_HOME = Text(
    en="It goes on under Messages, one tab to the right.", zh="我们在旁边的“消息”标签页继续。"
)
FOREIGN = Text(
    en="Candor belongs to another organisation here, so nothing was changed.",
    zh="Candor 属于另一个组织，没有改动。",
)
NOT_INSTALLED = Text(
    en="Candor is not installed in this workspace, so nothing was begun. Whoever runs it has the "
    "link to install it.",
    zh="这个工作区没有安装 Candor，所以什么都没有开始。安装链接请向负责 Candor 的人要。",
)
NOT_YET = Text(
    en="Candor has only just started, so nothing was changed. Please press it again in a moment.",
    zh="Candor 刚刚启动，没有改动。请稍后再点一次。",
)
TRY_AGAIN = Text(
    en="Slack did not open the window just now. Please press it once more.",
    zh="Slack 刚才没有打开窗口，请再点一次。",
)
NOT_A_MEMBER = Text(
    en="Only full members of your own organisation, not guests, can be your lead or deputy, so "
    "nothing was changed.",
    zh="只有本组织的正式成员才能做您的上级或代理，访客不行，所以没有改动。",
)
CANNOT_TELL = Text(
    en="Slack did not say just now whether they belong to your organisation, so nothing was "
    "changed; please try again in a minute.",
    zh="Slack 刚才没有说明对方是否属于本组织，所以没有改动，请过一分钟再试。",
)
