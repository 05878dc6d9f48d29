"""What the bot says in Lark alone: about groups, zones, files; all of it short."""

from bot.core.cards.blocks import Action, Button, Buttons, Card, Heading, Paragraph
from bot.core.words import Text, same

TAKEN = Text(en="Taken in", zh="已收到")
AGAIN = Text(en="Already taken in", zh="已经收到过了")
LOST = Text(
    en="That button belongs to an older message. Nothing was changed.",
    zh="这个按钮来自较早的消息，没有改动。",
)
_GROUP = Text(
    en="I have written to you alone: what is said about a delay stays between us until you send it.",
    zh="我已经私信您了：在您发出之前，延期的内容只在我们之间。",
)
_JOINED = Text(
    en="Hello. I help with telling a customer early that something will be late. Type “@{name} /delay” "
    "here, or write to me alone; drafts stay between us.",
    zh="大家好。我帮忙把延期尽早告诉客户。在这里输入“@{name} /delay”，或直接私信我；草稿只有本人能看到。",
)
_OUTSIDE = Text(
    en="The group you added me to has people from outside. I will say nothing there by myself; "
    "copy a message from here when you want to share it.",
    zh="您把我拉进的群里有外部成员。我不会主动在那里发言；需要分享时，请从这里复制。",
)
_LEFT = Text(
    en="I was removed from a group, so nothing of mine reaches it any more. Add me again when you need me there.",
    zh="我被移出了一个群，之后不会再在那里发消息。需要的话请重新添加我。",
)
_NO_WORDS = Text(
    en="I can only read words. Please write it here, in a line or a few.",
    zh="我只能读文字。请用一两句话写在这里。",
)
OUTSIDER = Text(
    en="I can only talk with people of this organisation.", zh="我只能和本企业的同事对话。"
)
_ZONE = Text(
    en="Your client says that you are in {zone}; I count your days in {before}. Which is right?",
    zh="您的客户端显示时区是 {zone}，我目前按 {before} 计算日期。哪个对？",
)

_NO_FILE = Text(
    en="I could not bring the file here. {why} The text above can be copied meanwhile.",
    zh="文件没能传过来。{why}可以先复制上面的文字。",
)


_NO_PAGE = Text(
    en="No document came of it. {why} The same comes as a file instead.",
    zh="文档没能生成。{why}改为发文件给您。",
)


def no_page(why: Text) -> Card:
    """That no document was made, why, and what comes instead."""
    return said(_NO_PAGE.fill(why=why))


def no_file(why: Text) -> Card:
    """That a file was not brought, and why."""
    return said(_NO_FILE.fill(why=why))


def said(text: Text) -> Card:
    """A card that is one sentence."""
    return Card(text, (Paragraph(text),))


def moved() -> Card:
    """In a group: it goes on in the person's own conversation."""
    return said(_GROUP)


def joined(name: str) -> Card:
    """In a group of the own tenant that it was added to."""
    return said(_JOINED.fill(name=name))


def outside() -> Card:
    """To whoever added it to a group with people from outside."""
    return said(_OUTSIDE)


def left() -> Card:
    """To whoever removed it from a group."""
    return said(_LEFT)


def no_words() -> Card:
    """Something came that holds no words."""
    return said(_NO_WORDS)


def outsider() -> Card:
    """To somebody of another tenant."""
    return said(OUTSIDER)


def zone(found: str, before: str) -> Card:
    """Which zone to count in; asked once."""
    text = _ZONE.fill(zone=found, before=before)
    buttons = Buttons(
        (
            Button(same(found), Action("zone", found), "primary"),
            Button(same(before), Action("zone", before)),
        )
    )
    return Card(text, (Heading(same(found)), Paragraph(text), buttons))
