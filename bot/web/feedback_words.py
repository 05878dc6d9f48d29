"""What the page for a customer's feedback says, in both languages."""

from collections.abc import Mapping
from typing import Final

from bot.core.words import Text


class PAGE:
    """Every sentence of the page; `{slots}` are filled by it."""

    name: Final = Text(en="Two questions", zh="两个问题")
    title: Final = Text(en="How we told you about {project}", zh="关于{project}，我们说得怎么样")
    intro: Final = Text(
        en="Two questions, one minute. Your answer goes to the person who wrote to you; you can "
        "change it to the end of {day}.",
        zh="两个问题，一分钟就好。您的回答只有给您发链接的人能看到，{day}当天结束前都可以改。",
    )
    thanks: Final = Text(
        en="Thank you, it has arrived. You can change it here to the end of {day}.",
        zh="谢谢，已经收到。{day}当天结束前，都可以在这里改。",
    )
    missing: Final = Text(
        en="Please choose one answer to each of the two questions.",
        zh="请给两个问题各选一个答案。",
    )
    early: Final = Text(
        en="You heard of the delay early enough to act.", zh="得知延期的时候，时间还够您应对吗？"
    )
    trust: Final = Text(en="You trust the present date.", zh="现在的日期，您信得过吗？")
    quote: Final = Text(
        en="What should we do differently? One line is enough; you may leave it out.",
        zh="我们哪里可以做得更好？一句话就行，也可以不写。",
    )
    send: Final = Text(en="Send", zh="发送")
    other: Final = Text(en="中文", zh="English")
    in_time: Final[Mapping[int, Text]] = {
        5: Text(en="Fully", zh="完全够"),
        4: Text(en="Mostly", zh="大体够"),
        3: Text(en="Partly", zh="一般"),
        2: Text(en="Hardly", zh="不太够"),
        1: Text(en="Not at all", zh="完全不够"),
    }
    trusted: Final[Mapping[int, Text]] = {
        5: Text(en="Fully", zh="完全信得过"),
        4: Text(en="Mostly", zh="大体信得过"),
        3: Text(en="Partly", zh="一般"),
        2: Text(en="Hardly", zh="不太信得过"),
        1: Text(en="Not at all", zh="完全信不过"),
    }
    refused: Final[Mapping[str, Text]] = {
        "unknown": Text(
            en="This link is not known here. Please ask whoever sent it for a new one.",
            zh="这个链接无法识别，请向发给您的人要一个新的。",
        ),
        "over": Text(
            en="This link is over. You can still tell whoever sent it to you.",
            zh="这个链接已经过期，您仍可以直接告诉发给您的人。",
        ),
        "elsewhere": Text(
            en="This answer did not come from our page. Please open the link again and send it there.",
            zh="这个回答不是从我们的页面发来的，请重新打开链接再发送。",
        ),
        "pace": Text(
            en="That was a little fast. Please wait some minutes and open the link again.",
            zh="操作有点快，请过几分钟再打开链接。",
        ),
        "trouble": Text(
            en="Your answer could not be kept just now. Please send it again in a minute.",
            zh="暂时没能保存，请过一分钟再发一次。",
        ),
    }
