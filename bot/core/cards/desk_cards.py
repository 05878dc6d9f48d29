"""Cards that belong to no single case: greeting, list, help, what a command could have meant."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.case import Phase
from bot.core.commands import COMMANDS, Unknown
from bot.core.phrases import SAY
from bot.core.pings.kinds import Level
from bot.core.pings.manners import Schedule
from bot.core.reading import formats
from bot.core.sharing.wording import SHARE
from bot.core.words import CaseId, Text, same

_SHOWN = 8  # cases in one list

_GREETING = Text(
    en="I help you tell a customer that something will be late: early, honestly, with a plan.",
    zh="我帮您把“要延期了”这件事告诉客户：说得早、说得实、带着方案。",
)
_PROMISE = Text(
    en="Nothing is sent to a customer without your tap.", zh="没有您点头，任何内容都不会发给客户。"
)
_HOW = Text(
    en="I ask, you answer in your own words, and a message comes out that says only what you said.",
    zh="我来问，您用自己的话回答；写出来的消息，只说您说过的内容。",
)
_LIST = Text(en="Your open conversations", zh="您还没完成的沟通")
_NONE_OPEN = Text(
    en="No conversation is open. When something starts to slip, begin here.",
    zh="现在没有进行中的沟通。一旦有延期的苗头，就从这里开始。",
)
_RESUME = Text(
    en="Go on with an open conversation, or begin a new one?",
    zh="您有还没完成的沟通。接着来，还是新开一个？",
)
_WATCH_WHAT = Text(
    en="Which project shall I watch? Write its name too: /delay watch Rig 7.",
    zh="要盯哪个项目？请带上名称，例如：/delay 盯 七号台。",
)
_WATCHED = Text(en="Or go on with one of these:", zh="或者继续其中一个：")
_WATCHED_ALREADY = Text(
    en="“{project}” is open already. Go on with it, or watch its dates apart?",
    zh="“{project}”已经有了。接着用它，还是另外再盯一份？",
)
_WATCH_ANEW = Text(en="Watch it apart", zh="另外再盯一份")
_IS_WATCHED = Text(en="dates watched", zh="正在盯日期")
_MORE = Text(en="{count} more; type /delay list with a name.", zh="另有{count}个，可输入名称查找。")
_HELP = Text(en="What you can type", zh="可以输入的指令")
_HELP_MORE = Text(
    en="While I ask, you can also type: back, skip, why, example, review.",
    zh="我提问时，还可以输入：上一步、跳过、为什么、例子、全部回答。",
)
_UNKNOWN = Text(en="I do not know “{word}”.", zh="我不认识“{word}”。")
_NEAREST = Text(en="Did you mean one of these?", zh="您要找的是不是：")
_NO_SUCH = Text(
    en="None of your open conversations is called “{word}”.", zh="没有找到名为“{word}”的沟通。"
)
_NO_FRONT = Text(
    en="Which conversation do you mean? Open one of these first.",
    zh="您指的是哪一次沟通？请先打开一个。",
)
_LOOSE = Text(
    en="No conversation is open, so this line went nowhere yet:",
    zh="现在没有进行中的沟通，这一行还没有放到任何地方：",
)
_LANGUAGE = Text(en="From now on in English.", zh="好的，之后用中文。")
_ZONE_SET = Text(
    en="I count days and hours in {zone} from now on.", zh="之后按{zone}计算日期和时间。"
)
NO_ZONE = Text(
    en="I do not know the zone “{word}”. Write a city's, such as Europe/Berlin or Asia/Shanghai.",
    zh="我不认识时区“{word}”。请按城市写，比如 Asia/Shanghai 或 Europe/Berlin。",
)
_NEW_DATE = Text(en="new date {day}", zh="新日期{day}")
_PINGS = Text(en="How I remind you", zh="怎么提醒您")
_PINGS_HOW = Text(
    en="Type for example: /delay pings light, /delay pings 8:30-17:00, /delay pings quiet 12-13:30, "
    "/delay pings pause 12 June, /delay pings digest off, /delay pings weekly off, /delay pings off and why, /delay pings on.",
    zh="可以输入：/delay 提醒 少、/delay 提醒 8:30-17:00、/delay 提醒 免打扰 12-13:30、"
    "/delay 提醒 暂停 6月12日、/delay 提醒 早报 关、/delay 提醒 周报 关、/delay 提醒 关 加上原因、/delay 提醒 开。",
)
_PINGS_UNCLEAR = Text(
    en="I could not read “{words}”, or it would leave no time to reach you; nothing changed.",
    zh="没看懂“{words}”，或者这样就没有时间能提醒您了，没有改动。",
)
_SETTINGS = Text(en="Settings", zh="设置")
_LEVEL = Text(en="Reminders", zh="提醒")
LEVELS: dict[Level, Text] = {
    "light": Text(en="only what the customer was promised", zh="只提醒答应客户的事"),
    "standard": Text(en="everything the playbook has", zh="全部"),
    "off": Text(
        en="none; everything stays under /delay followups", zh="不提醒，都在“/delay 跟进”里"
    ),
}
_NEVER = Text(en="Why none", zh="不提醒的原因")
_HOURS = Text(en="Working hours", zh="工作时间")
_QUIET = Text(en="Quiet", zh="免打扰")
_PAUSED = Text(en="Paused until", zh="暂停到")
_ZONE = Text(en="Time zone", zh="时区")
_CALENDAR = Text(en="Working days", zh="工作日")
_UNNAMED = Text(en="(no name yet)", zh="（还没有名称）")
PHASES: dict[Phase, Text] = {
    "collecting": Text(en="questions still open", zh="正在收集回答"),
    "reviewing": Text(en="ready to review", zh="可以复核了"),
    "awaiting_approval": Text(en="waiting for approval", zh="等待批准"),
    "ready": Text(en="ready to send", zh="可以发送了"),
    "told": Text(en="customer told", zh="已告知客户"),
    "following": Text(en="following up", zh="跟进中"),
    "recovered": Text(en="delivered", zh="已交付"),
    "learning": Text(en="learning from it", zh="复盘中"),
    "closed": Text(en="closed", zh="已结束"),
    "abandoned": Text(en="given up", zh="已放弃"),
}
_BEGIN = Button(SAY.start, Action("new"), "primary")
_LIST_BUTTON = Button(_LIST, Action("list"))


class Listed(Protocol):
    """What a list needs to know of a case."""

    @property
    def id(self) -> CaseId: ...
    @property
    def project(self) -> str: ...
    @property
    def customer(self) -> str: ...
    @property
    def phase(self) -> Phase: ...
    @property
    def new_date(self) -> date | None: ...
    @property
    def watch(self) -> bool: ...


def greeting() -> Card:
    """The first message to a person: what it does, one promise, one button."""
    return _card(
        _GREETING,
        Paragraph(_PROMISE),
        Hint(_HOW),
        Buttons(
            (
                _BEGIN,
                Button(SAY.other_language, Action("language", "switch")),
                Button(_HELP, Action("help")),
            )
        ),
    )


def listed(cases: Sequence[Listed], shared: Sequence[Listed] = ()) -> Card:
    """The open cases, each with a way to go on, and apart those of others, to be read."""
    rest: list[Block] = []
    if shared:
        rest = [Paragraph(SHARE.you_may_read), case_facts(shared, action="show"), *_more(shared)]
    if not cases:
        return _card(_NONE_OPEN, *rest, Buttons((_BEGIN,)))
    return _card(_LIST, case_facts(cases), *_more(cases), *rest, Buttons((_BEGIN,)))


def _more(cases: Sequence[Listed]) -> tuple[Hint, ...]:
    more = len(cases) - _SHOWN
    return (Hint(_MORE.fill(count=more)),) if more > 0 else ()


def resume_or_new(cases: Sequence[Listed], project: str) -> Card:
    """An open case stands: go on, or begin anew?"""
    new = Button(SAY.begin_anew, Action("new", project))
    return _card(_RESUME, case_facts(cases), Buttons((new,)))


def watch_what(cases: Sequence[Listed]) -> Card:
    """Which project is to be watched was not said; those that are watched already."""
    rest: tuple[Block, ...] = (Paragraph(_WATCHED), case_facts(cases)) if cases else ()
    return _card(_WATCH_WHAT, *rest)


def watched_already(cases: Sequence[Listed], project: str) -> Card:
    """A project of that name is open: go on, or begin apart?"""
    anew = Button(_WATCH_ANEW, Action("watch_anew", project))
    head = _WATCHED_ALREADY.fill(project=project[:60])
    return _card(head, case_facts(cases), Buttons((anew,)))


def help_card() -> Card:
    """All commands."""
    rows = tuple(Fact(c.words, c.does) for c in COMMANDS)
    return _card(_HELP, Facts(rows), Hint(_HELP_MORE), Buttons((_BEGIN,)))


def unknown(command: Unknown) -> Card:
    """A word that is no command, with the nearest one as a button, and help."""
    buttons = [Button(SAY.start, Action("new", command.word.lstrip("/")))]
    if command.nearest is not None:
        found = next((c for c in COMMANDS if c.verb == command.nearest), COMMANDS[0])
        name = {"start": "new"}.get(found.verb, found.verb)
        buttons.insert(0, Button(found.words, Action(name), "primary"))
    buttons.append(Button(_HELP, Action("help")))
    return _card(
        _UNKNOWN.fill(word=command.word[:60]), Paragraph(_NEAREST), Buttons(tuple(buttons))
    )


def no_such_case(word: str, cases: Sequence[Listed]) -> Card:
    """No open case has that name."""
    return _card(_NO_SUCH.fill(word=word[:60]), *_some(cases), Buttons((_BEGIN,)))


def nothing_open(cases: Sequence[Listed], line: str = "") -> Card:
    """No case is at the front; a typed line is shown again so that it is not lost."""
    words: tuple[Block, ...] = (Paragraph(_LOOSE), Quote(same(line))) if line else ()
    head = _NO_FRONT if cases else _NONE_OPEN
    return _card(head, *words, *_some(cases), Buttons((_BEGIN,)))


def case_facts(cases: Sequence[Listed], *, action: str = "open") -> Facts:
    """Cases as a list, each with a way to go on."""
    return Facts(
        tuple(
            Fact(
                label=same(c.project) if c.project else _UNNAMED,
                value=_state(c),
                action=Action(action, c.id),
            )
            for c in cases[:_SHOWN]
        )
    )


def pings_set(schedule: Schedule) -> Card:
    """When somebody is reminded, as they have it now."""
    rows = [*settled_rows(schedule), Fact(_ZONE, same(schedule.zone))]
    change = Buttons((Button(_SETTINGS, Action("settings")),))
    return _card(_PINGS, Facts(tuple(rows)), Hint(_PINGS_HOW), change)


def settled_rows(schedule: Schedule) -> tuple[Fact, ...]:
    """Working days, hours, how many reminders, and until when there is none."""
    manners = schedule.manners
    hours = same(f"{manners.work_from:%H:%M}–{manners.work_until:%H:%M}")
    rows = [Fact(_CALENDAR, schedule.days.name), Fact(_HOURS, hours)]
    if manners.quiet_from is not None and manners.quiet_until is not None:
        quiet = same(f"{manners.quiet_from:%H:%M}–{manners.quiet_until:%H:%M}")
        rows.append(Fact(_QUIET, quiet))
    rows.append(Fact(_LEVEL, LEVELS[manners.level]))
    rows += [Fact(_NEVER, same(manners.never))] if manners.never else []
    if manners.paused_until is not None:
        day = manners.paused_until.astimezone(schedule.place).date()
        shown = Text(en=formats.show_date(day, "en"), zh=formats.show_date(day, "zh"))
        rows.append(Fact(_PAUSED, shown))
    return tuple(rows)


def pings_unclear(words: str) -> Card:
    """A wish about reminders that could not be read."""
    return _card(_PINGS_UNCLEAR.fill(words=words[:60]), Hint(_PINGS_HOW))


def language_set() -> Card:
    """The language was changed."""
    return _card(_LANGUAGE)


def zone_set(zone: str) -> Card:
    """The time zone was changed."""
    return _card(_ZONE_SET.fill(zone=zone))


def no_such_zone(words: str) -> Card:
    """No time zone has that name."""
    return _card(NO_ZONE.fill(word=words[:60]))


def _some(cases: Sequence[Listed]) -> tuple[Block, ...]:
    return (case_facts(cases),) if cases else ()


def _state(case: Listed) -> Text:
    parts = [same(case.customer)] if case.customer else []
    if case.new_date is not None:
        day = case.new_date
        shown = Text(en=formats.show_date(day, "en"), zh=formats.show_date(day, "zh"))
        parts.append(_NEW_DATE.fill(day=shown))
    parts.append(_IS_WATCHED if case.watch else PHASES[case.phase])
    return Text(en=" · ".join(p.en for p in parts), zh=" · ".join(p.zh for p in parts))


def _card(head: Text, *blocks: Block) -> Card:
    return Card(text=head, blocks=(Heading(head), *blocks))
