"""The card of somebody's own page: the one next thing, open cases, the week's dates, settings."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Card,
    Divider,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
)
from bot.core.cards.desk_cards import case_facts, settled_rows
from bot.core.case import Case, day_of, text_of
from bot.core.desk import Person, summary
from bot.core.phrases import SAY
from bot.core.reading.formats import show_date
from bot.core.sharing.wording import SHARE
from bot.core.words import Text, same

WEEK = timedelta(days=7)
_DATES: tuple[tuple[str, Text], ...] = (
    ("next_update", Text(en="Tell {customer} how it stands", zh="向{customer}通报进展")),
    ("decide_by", Text(en="{customer} decides", zh="{customer}作决定")),
    ("new_date", Text(en="The new date for {customer}", zh="{customer}的新日期")),
)


def home_card(
    person: Person,
    cases: Sequence[Case],
    shared: Sequence[Case] = (),
    *,
    today: date,
    note: Text | None,
) -> Card:
    """Everything somebody may want to do next; `note` says what became of the last press, `shared`
    are cases of others that they may read.
    """
    blocks: list[Block] = [Hint(note, "good")] if note is not None else []
    if not cases:
        blocks += [Heading(_EMPTY_TITLE), Paragraph(_EMPTY), Buttons((_BEGIN, _HOW))]
    else:
        blocks += _next(cases, today)
        blocks += [Heading(_OPEN), case_facts([summary(c) for c in cases])]
        blocks += [*_silent(cases), *_week(cases, today)]
        blocks.append(Buttons((_BEGIN, _HOW)))
    if shared:
        rows = case_facts([summary(c) for c in shared], action="show")
        blocks += [Heading(SHARE.you_may_read), rows]
    blocks += [Divider(), Heading(_SETTINGS), *_settings(person)]
    return Card(_EMPTY if not cases else _OPEN, tuple(blocks))


def _next(cases: Sequence[Case], today: date) -> list[Block]:
    """What waits for an answer; else the date that comes first within the week, or the conversation
    touched last.
    """
    asked = sum(r.state == "asked" for case in cases for r in case.reminders.values())
    if asked:
        look = Button(_ANSWER, Action("followups"), "primary")
        said = _ONE_WAITS if asked == 1 else _WAITING.fill(count=asked)
        return [Heading(_NEXT), Paragraph(said), Buttons((look,))]
    dated = sorted(_dated(cases, today), key=lambda found: found[0])
    case = dated[0][1] if dated else cases[0]
    said = dated[0][2] if dated else _GO_ON.fill(name=_name(case))
    day = _day(dated[0][0]) if dated else None
    text = Text(en=f"{said.en}: {day.en}", zh=f"{said.zh}：{day.zh}") if day else said
    go_on = Button(SAY.resume, Action("open", case.id), "primary")
    return [Heading(_NEXT), Paragraph(text), Buttons((go_on,))]


def _silent(cases: Sequence[Case]) -> list[Block]:
    """Where questions stayed without an answer and are not asked any more."""
    found = [(c, sum(r.state == "parked" for r in c.reminders.values())) for c in cases]
    rows = tuple(Fact(_name(c), _PARKED.fill(count=n)) for c, n in found if n)
    if not rows:
        return []
    look = Button(_ANSWER, Action("followups"), "primary")
    return [Heading(_SILENT), Facts(rows), Buttons((look,))]


def _week(cases: Sequence[Case], today: date) -> list[Block]:
    rows = [
        Fact(_day(day), Text(en=f"{said.en} · {name.en}", zh=f"{said.zh} · {name.zh}"))
        for day, case, said in sorted(_dated(cases, today), key=lambda found: found[0])
        for name in (_name(case),)
    ]
    return [Heading(_THIS_WEEK), Facts(tuple(rows)) if rows else Hint(_NOTHING)]


def _dated(cases: Sequence[Case], today: date) -> list[tuple[date, Case, Text]]:
    return [
        (day, case, said)
        for case in cases
        for day, said in dict.fromkeys(_dates_of(case))
        if today <= day <= today + WEEK
    ]


def _dates_of(case: Case) -> Iterator[tuple[date, Text]]:
    """What is to happen in a case and when: as answered, and once it is told, as promised."""
    customer = text_of(case, "customer") or _name(case)
    is_told = case.told_at is not None
    if case.recovered_at is not None:
        return
    for name, said in _DATES:
        day = day_of(case, name)
        if day is not None and not (is_told and name == "next_update"):
            yield day, said.fill(customer=customer)
    for reminder in case.reminders.values():
        if reminder.anchor == "next_update" and reminder.is_open:
            yield reminder.day, _DATES[0][1].fill(customer=customer)
    for promise in case.given:
        if promise.kind == "milestone" and promise.what:
            yield promise.date, _PROMISED.fill(what=promise.what)


def _settings(person: Person) -> list[Block]:
    zone = Fact(_ZONE, same(person.zone), None if person.zone_known else _GUESSED)
    schedule = settled_rows(person.schedule)
    buttons = [] if person.zone_known else [Button(_RIGHT, Action("zone", person.zone))]
    return [
        Facts((Fact(_LANGUAGE, _SPOKEN), zone, *schedule)),
        Buttons(
            (
                Button(_CHANGE, Action("settings")),
                *buttons,
                Button(SAY.other_language, Action("language", "switch")),
            )
        ),
    ]


def _name(case: Case) -> Text:
    found = text_of(case, "project") or text_of(case, "customer")
    return same(found) if found else _UNNAMED


def _day(day: date) -> Text:
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))


_NEXT = Text(en="Next", zh="接下来")
_ONE_WAITS = Text(
    en="One question about what you promised waits for your answer.",
    zh="您答应过的事里，有1件在等您答复。",
)
_WAITING = Text(
    en="{count} questions about what you promised wait for your answer.",
    zh="您答应过的事里，有{count}件在等您答复。",
)
_GO_ON = Text(en="Go on with “{name}”.", zh="继续“{name}”。")
_OPEN = Text(en="Open conversations", zh="进行中的沟通")
_THIS_WEEK = Text(en="This week", zh="本周")
_SILENT = Text(en="Still waiting for you", zh="还在等您答复")
_PARKED = Text(en="not answered: {count}", zh="{count}件没有答复")
_ANSWER = Text(en="Answer now", zh="现在答复")
_PROMISED = Text(en="“{what}”, as promised", zh="答应过的“{what}”")
_NOTHING = Text(en="No date falls into the next seven days.", zh="未来七天没有要到的日子。")
_SETTINGS = Text(en="Settings", zh="设置")
_LANGUAGE = Text(en="Language", zh="语言")
_SPOKEN = Text(en="English", zh="中文")
_ZONE = Text(en="Time zone", zh="时区")
_GUESSED = Text(en="from your profile", zh="取自您的个人资料")
_CHANGE = Text(en="Change settings", zh="更改设置")
_RIGHT = Text(en="That is my zone", zh="这是我的时区")
_UNNAMED = Text(en="(no name yet)", zh="（还没有名称）")
_EMPTY_TITLE = Text(en="Nothing is slipping just now", zh="目前没有要延期的事")
_EMPTY = Text(
    en="When something starts to, begin here: ten minutes later there is an honest message, and "
    "nothing is sent to a customer without your tap.",
    zh="一旦有苗头，就从这里开始：十分钟后会有一份实在的说明；没有您点头，不会发给客户。",
)
_BEGIN = Button(SAY.start, Action("new"), "primary")
_HOW = Button(Text(en="What you can type", zh="可以输入的指令"), Action("help"))
