"""Who answers while somebody is away, and who is told when they stay silent: settled by themselves."""

from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from bot.core.approving.release import Colleague
from bot.core.cards.blocks import Card, Fact, Facts, Heading, Hint, Paragraph
from bot.core.person import Person
from bot.core.pings import wishes
from bot.core.pings.manners import Manners
from bot.core.reading.formats import show_date
from bot.core.words import Text, same

Part = Literal["lead", "deputy"]
ENDS = ("off", "none", "nobody", "关", "关闭", "取消", "无")


class WORDS:
    """Every sentence of this; `{slots}` are filled by the caller."""

    title: Final = Text(en="When you cannot answer", zh="您没法答复的时候")
    lead: Final = Text(en="Told when you stay silent", zh="您一直没答复时告知")
    deputy: Final = Text(en="Answers while you are away", zh="您不在时代答")
    away: Final = Text(en="Away, back on", zh="不在，回来的日子")
    nobody: Final = Text(en="nobody", zh="没有")
    how: Final = Text(
        en="Type for example: /delay lead Omar Haddad, /delay deputy Lin Jing, /delay away until "
        "12 June, /delay away off.",
        zh="可以输入：/delay 上级 王敏、/delay 代理 林静、/delay 不在 到6月12日、/delay 不在 关。",
    )
    waits: Final = Text(
        en="Nobody answers for you yet, so what falls due waits until you are back.",
        zh="还没有人代您答复，到时间的事会等您回来。",
    )
    unknown: Final = Text(
        en="I do not know “{name}”, or more than one person is called so. Mention them with @.",
        zh="不知道“{name}”是谁，或者有几个人同名。请用@提到对方。",
    )
    yourself: Final = Text(en="That is you yourself.", zh="这就是您自己。")
    day_unclear: Final = Text(
        en="I could not read a day to come in “{words}”; write one such as 12 June.",
        zh="没看懂“{words}”是哪天，请写一个以后的日期，例如6月12日。",
    )
    stands_in: Final = Text(
        en="{owner} is away until {day}, so you are asked.", zh="{owner}{day}回来，这段时间问您。"
    )
    lost: Final = Text(
        en="I cannot reach {deputy}, so nobody answers for you now: what falls due waits until you "
        "are back. To name somebody else, type /delay deputy and their name.",
        zh="消息送不到{deputy}那里，现在没有人代您答复，到时间的事会等您回来。"
        "要换一个人，请输入“/delay 代理”加姓名。",
    )


def appoint(person: Person, part: Part, words: str, found: Colleague | None) -> tuple[Person, Card]:
    """The person with their lead or deputy; `found` is whom the words name, if anybody."""
    wish = " ".join(words.split())
    if not wish:
        return person, _standing(person)
    if wish.casefold() in ENDS:
        return _with(person, part, None)
    if found is None:
        return person, _sentence(WORDS.unknown.fill(name=wish[:60]))
    if found.id == person.id:
        return person, _sentence(WORDS.yourself)
    return _with(person, part, found)


def appointed(manners: Manners, part: Part, found: Colleague | None) -> Manners:
    """With this lead or deputy, or without one."""
    id_, name = (found.id, found.name) if found is not None else (None, "")
    if part == "lead":
        return replace(manners, lead=id_, lead_name=name)
    return replace(manners, deputy=id_, deputy_name=name)


def away(person: Person, words: str, at: datetime) -> tuple[Person, Card]:
    """The person, away until the morning of the day that the words name, or back."""
    wish = " ".join(words.split())
    if not wish:
        return person, _standing(person)
    if wish.casefold() in ENDS:
        after = replace(person, manners=replace(person.manners, away_until=None))
        return after, _standing(after)
    manners = wishes.away(wish, person.schedule, at)
    if manners is None:
        return person, _sentence(WORDS.day_unclear.fill(words=wish[:60]))
    after = replace(person, manners=manners)
    return after, _standing(after)


def rows(person: Person) -> tuple[Fact, ...]:
    """Who stands in and who is told, as it is now."""
    manners = person.manners
    found = [
        Fact(WORDS.lead, _name(manners.lead, manners.lead_name)),
        Fact(WORDS.deputy, _name(manners.deputy, manners.deputy_name)),
    ]
    if manners.away_until is not None:
        found.append(Fact(WORDS.away, day_back(person, manners.away_until)))
    return tuple(found)


def day_back(person: Person, until: datetime) -> Text:
    """The day on which they are there again, as it is for them."""
    day = person.schedule.day(until)
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))


def _with(person: Person, part: Part, found: Colleague | None) -> tuple[Person, Card]:
    after = replace(person, manners=appointed(person.manners, part, found))
    return after, _standing(after)


def _standing(person: Person) -> Card:
    alone = person.manners.away_until is not None and person.manners.deputy is None
    waits = (Hint(WORDS.waits, "look"),) if alone else ()
    blocks = (Heading(WORDS.title), Facts(rows(person)), *waits, Hint(WORDS.how))
    return Card(WORDS.title, blocks)


def _name(id_: str | None, name: str) -> Text:
    return same(name or id_) if id_ else WORDS.nobody


def _sentence(text: Text) -> Card:
    return Card(text, (Paragraph(text), Hint(WORDS.how)))
