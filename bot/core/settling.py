"""What somebody settles for themselves, as one form: shown as it is now, and read all at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.approving.release import Colleague
from bot.core.cards.blocks import Action, Box, Card, Form, Heading, Option
from bot.core.cards.desk_cards import LEVELS, NO_ZONE
from bot.core.events import Raw
from bot.core.person import Person
from bot.core.pings import wishes
from bot.core.pings.kinds import Level
from bot.core.pings.manners import Manners, Schedule
from bot.core.reading.calendars import UnknownCalendar, calendar, offered
from bot.core.reading.zones import zone_named
from bot.core.standing_in import WORDS, Part, appointed
from bot.core.words import LANGUAGES, FieldId, Language, Text, same

OPEN, SAVE = Action("settings"), Action("settle")
NEVER = FieldId("never")
Boxes = Mapping[FieldId, Raw]
Problems = Mapping[str, Text]
Named = Callable[[str], Colleague | None]  # the one colleague whom these words name

SETTINGS = Text(en="Settings", zh="设置")
SAVED = Text(
    en="Saved. It holds from now on, in your open conversations too.",
    zh="已保存，从现在起生效，进行中的沟通也一样。",
)
_SAVE = Text(en="Save", zh="保存")
_LANGUAGES: Mapping[Language, Text] = {"en": same("English"), "zh": same("中文")}
_LANGUAGE = Text(en="Language", zh="语言")
_LANGUAGE_ASK = Text(
    en="In which I write to you. What the customer reads is settled in each conversation.",
    zh="我给您写消息用的语言。客户看的语言，在每次沟通里另外定。",
)
_ZONE = Text(en="Time zone", zh="时区")
_ZONE_ASK = Text(en="A city in your time zone.", zh="写一个和您同一时间的城市。")
_ZONE_SUCH = Text(en="Europe/Berlin", zh="Asia/Shanghai")
_FROM_PROFILE = Text(en="Taken from your profile.", zh="取自您的个人资料。")
_DAYS = Text(en="Working days", zh="工作日")
_DAYS_ASK = Text(en="Whose public holidays you keep.", zh="按哪里的法定节假日休息。")
_WORK = Text(en="Working hours", zh="工作时间")
_WORK_ASK = Text(en="I remind you only within them.", zh="只在这段时间里提醒您。")
_QUIET = Text(en="Quiet hours", zh="免打扰时段")
_QUIET_ASK = Text(
    en="Working hours in which nothing should reach you. Empty means none.",
    zh="上班时也不想被提醒的时段，空着就是没有。",
)
_LEVEL = Text(en="Reminders", zh="提醒多少")
_LEVEL_ASK = Text(en="How many of them you want.", zh="希望我提醒到什么程度。")
_NEVER = Text(en="Why none", zh="不提醒的原因")
_NEVER_ASK = Text(
    en="Only where you want none at all: a few words.", zh="完全不要提醒时才填，写几个字。"
)
_NEVER_SUCH = Text(en="I work from our own board", zh="我平时看自己的看板")
_NEVER_TITLE = Text(en="No reminders at all: why?", zh="完全不提醒，原因是什么？")
_NEVER_HOW = Text(
    en="A few words are enough; they stand in your settings, for when you wonder why nothing comes. "
    "Everything stays under /delay followups.",
    zh="写几个字就行，会写在您的设置里，哪天奇怪怎么没有提醒，一看就知道。所有事项都还在“/delay 跟进”里。",
)
_NEVER_NEEDED = Text(
    en="A few words, please: why nothing is to come.", zh="请写几个字：为什么不要提醒。"
)
_PAUSED = Text(en="Pause until", zh="暂停到")
_PAUSED_ASK = Text(
    en="No reminder comes before that morning. Empty means no pause.",
    zh="那天早上之前不提醒，空着就是不暂停。",
)
_HOURS_UNCLEAR = Text(
    en="I could not read “{words}”. Write it as 9:00-18:00, the earlier time first.",
    zh="没看懂“{words}”。请写成 9:00-18:00，早的时间在前。",
)
_QUIET_UNCLEAR = Text(
    en="I could not read “{words}”. Write it as 12:00-13:30.",
    zh="没看懂“{words}”。请写成 12:00-13:30。",
)
_NO_TIME = Text(
    en="With these quiet hours there is no time left to reach you; leave some of the day free.",
    zh="这样一来就没有时间能提醒您了，请在工作时间里留出一段。",
)
_NO_DAY = Text(
    en="“{words}” is no day in the coming year. Name one, or leave it empty.",
    zh="“{words}”不是一年之内的某一天。请写一个日期，或者空着。",
)
_DIGESTS = Text(en="Overview", zh="早报和周报")
_DIGESTS_ASK = Text(
    en="What is due, unasked; nothing comes when there is nothing to say.",
    zh="把到时间的事主动发给您，没有事就不发。",
)
_OVERVIEWS: Mapping[str, Text] = {
    "both": Text(en="Each morning and each week", zh="早报和周报都要"),
    "day": Text(en="Each morning", zh="只要早报"),
    "week": Text(en="Each week", zh="只要周报"),
    "none": Text(en="None", zh="都不要"),
}
_LEAD = Text(en="Your lead", zh="上级")
_LEAD_ASK = Text(
    en="Told once when two questions stay unanswered. Empty means nobody.",
    zh="连续两次没答复时，告知对方一次。空着就是不告知。",
)
_DEPUTY = Text(en="Deputy", zh="代理")
_DEPUTY_ASK = Text(
    en="Is asked while you are away. Empty means that what falls due waits for you.",
    zh="您不在时由对方代答。空着的话，到时间的事等您回来。",
)
_UNKNOWN = Text(
    en="I do not know “{name}”, or more than one person is called so. You can also type /delay "
    "{part} and mention them with @.",
    zh="不知道“{name}”是谁，或者有几个人同名。也可以输入“/delay {part}”再用@提到对方。",
)
_PARTS: Mapping[Part, Text] = {
    "lead": Text(en="lead", zh="上级"),
    "deputy": Text(en="deputy", zh="代理"),
}
_PICK = Text(en="Pick one of these.", zh="请从中选一个。")


def card(
    person: Person, *, at: datetime, standing: Boxes | None = None, problems: Problems | None = None
) -> Card:
    """The form; `standing` is what somebody has in it, `problems` why some of it was not taken."""
    boxes = [_standing(box, standing or {}) for box in _boxes(person, at)]
    told = problems or {}
    shown = tuple(replace(box, problem=told.get(box.field)) for box in boxes)
    form = Form("", 0, shown, _SAVE, action=SAVE, again=OPEN)
    return Card(SETTINGS, (Heading(SETTINGS), form))


def why_never(problems: Problems | None = None) -> Card:
    """The form that asks why no reminder is ever to come; it is taken with the reason alone."""
    problem = (problems or {}).get(NEVER)
    box = replace(_never(""), ask=_NEVER_HOW, required=True, problem=problem)
    form = Form("", 0, (box,), _SAVE, asks=NEVER, action=SAVE, again=Action("settings", NEVER))
    return Card(_NEVER_TITLE, (Heading(_NEVER_TITLE), form))


def settled(
    person: Person, given: Boxes, *, at: datetime, named: Named = lambda _: None
) -> tuple[Person, Problems]:
    """The person after the form, and why parts of it cannot be taken; what is left out stays."""
    words = {str(field): _line(raw) for field, raw in given.items()}
    person, problems = _place(person, words)
    manners, more = _manners(person, words, at)
    person, others = _others(replace(person, manners=manners), words, named)
    return person, {**problems, **more, **others}


def facts_of(schedule: Schedule) -> Mapping[str, str]:
    """The hours of a schedule as the form writes them."""
    manners = schedule.manners
    quiet = manners.quiet_from, manners.quiet_until
    return {
        "work": f"{manners.work_from:%H:%M}-{manners.work_until:%H:%M}",
        "quiet": f"{quiet[0]:%H:%M}-{quiet[1]:%H:%M}" if quiet[0] and quiet[1] else "",
    }


def _boxes(person: Person, at: datetime) -> tuple[Box, ...]:
    manners, hours = person.manners, facts_of(person.schedule)
    until = manners.paused_until
    pause = person.schedule.day(until).isoformat() if until is not None and until > at else ""
    levels = tuple(Option(level, text) for level, text in LEVELS.items())
    overviews = tuple(Option(which, text) for which, text in _OVERVIEWS.items())
    tongues = tuple(Option(of, _LANGUAGES[of]) for of in LANGUAGES)
    return (
        Box("language", "choice", _LANGUAGE, _LANGUAGE_ASK, person.language, options=tongues),
        Box(
            "zone", "text", _ZONE, _ZONE_ASK, person.zone,
            placeholder=_ZONE_SUCH,
            hint=None if person.zone_known else _FROM_PROFILE,
        ),
        Box("calendar", "choice", _DAYS, _DAYS_ASK, person.calendar, options=_calendars(person)),
        Box("work", "text", _WORK, _WORK_ASK, hours["work"], placeholder=same("9:00-18:00")),
        Box(
            "quiet", "text", _QUIET, _QUIET_ASK, hours["quiet"],
            placeholder=same("12:00-13:30"),
            required=False,
        ),
        Box("level", "choice", _LEVEL, _LEVEL_ASK, manners.level, options=levels),
        _never(manners.never),
        Box("digests", "choice", _DIGESTS, _DIGESTS_ASK, _overview(manners), options=overviews),
        Box("paused", "date", _PAUSED, _PAUSED_ASK, pause, required=False),
        Box("lead", "person", _LEAD, _LEAD_ASK, _called(manners, "lead"), required=False),
        Box("deputy", "person", _DEPUTY, _DEPUTY_ASK, _called(manners, "deputy"), required=False),
    )  # fmt: skip


def _never(why: str) -> Box:
    return Box(NEVER, "text", _NEVER, _NEVER_ASK, why, placeholder=_NEVER_SUCH, required=False)


def _calendars(person: Person) -> tuple[Option, ...]:
    known = dict(offered())
    if person.calendar not in known:
        known[person.calendar] = person.schedule.days.name
    return tuple(Option(code, name) for code, name in known.items())


def _standing(box: Box, given: Boxes) -> Box:
    field = FieldId(box.field)
    return replace(box, value=_line(given[field]), hint=None) if field in given else box


def _place(person: Person, words: Mapping[str, str]) -> tuple[Person, Problems]:
    """Language, zone and calendar."""
    problems: dict[str, Text] = {}
    language = next((of for of in LANGUAGES if of == words.get("language", person.language)), None)
    if language is None:
        problems["language"] = _PICK
    written = words.get("zone", person.zone)
    zone = person.zone if written == person.zone else zone_named(written)
    if zone is None:
        problems["zone"] = NO_ZONE.fill(word=written[:60])
    code = words.get("calendar", person.calendar)
    if not _is_calendar(code):
        problems["calendar"] = _PICK
    if language is None or zone is None or problems:
        return person, problems
    known = person.zone_known or "zone" in words
    after = replace(person, language=language, zone=zone, calendar=code, zone_known=known)
    return replace(after, guessed=person.guessed and "calendar" not in words), problems


def _manners(
    person: Person, words: Mapping[str, str], at: datetime
) -> tuple[Manners, dict[str, Text]]:
    """Hours, how many reminders, and a pause."""
    now, problems = facts_of(person.schedule), {}
    work = wishes.hours(words.get("work", now["work"]))
    if work is None or work[0] >= work[1]:
        problems["work"] = _HOURS_UNCLEAR.fill(words=words.get("work", "")[:60])
    wanted = words.get("quiet", now["quiet"])
    quiet = wishes.hours(wanted)
    if wanted and (quiet is None or quiet[0] == quiet[1]):
        problems["quiet"] = _QUIET_UNCLEAR.fill(words=wanted[:60])
    level, never, unclear = _level(person.manners, words)
    problems |= unclear
    if work is None or problems:
        return person.manners, problems
    first, last = quiet or (None, None)
    try:
        manners = replace(
            person.manners, work_from=work[0], work_until=work[1],
            quiet_from=first, quiet_until=last, level=level, never=never,
        )  # fmt: skip
    except ValueError:
        return person.manners, {"quiet": _NO_TIME}
    return _paused(replace(person, manners=manners), words.get("paused"), at)


def _level(manners: Manners, words: Mapping[str, str]) -> tuple[Level, str, dict[str, Text]]:
    """How many reminders, and why none where there is to be none; a reason alone means none."""
    levels: dict[str, Level] = {level: level for level in LEVELS}
    alone = NEVER in words and "level" not in words
    level = "off" if alone else levels.get(words.get("level", manners.level))
    if level is None:
        return manners.level, manners.never, {"level": _PICK}
    if level != "off":
        return level, "", {}
    why = words.get(NEVER, manners.never)[: wishes.LONGEST]
    is_said = "level" in words or NEVER in words
    return level, why, {NEVER: _NEVER_NEEDED} if is_said and not why else {}


def _paused(person: Person, words: str | None, at: datetime) -> tuple[Manners, dict[str, Text]]:
    """With the pause that is wished for; None says nothing about it."""
    if words is None:
        return person.manners, {}
    if not words:
        return replace(person.manners, paused_until=None), {}
    found = wishes.paused(words, person.schedule, at)
    if found is None:
        return person.manners, {"paused": _NO_DAY.fill(words=words[:60])}
    return found, {}


def _others(
    person: Person, words: Mapping[str, str], named: Named
) -> tuple[Person, dict[str, Text]]:
    """The digests, and who else is told or asked; a name that stands there already is not looked up."""
    manners, problems = person.manners, dict[str, Text]()
    overview = words.get("digests", _overview(manners))
    if overview not in _OVERVIEWS:
        problems["digests"] = _PICK
    manners = replace(
        manners, morning=overview in ("both", "day"), weekly=overview in ("both", "week")
    )
    for part, called in _PARTS.items():
        wish = words.get(part, _called(manners, part))
        if wish == _called(manners, part):
            continue
        found = named(wish) if wish else None
        if wish and found is None:
            problems[part] = _UNKNOWN.fill(name=wish[:60], part=called)
        elif found is not None and found.id == person.id:
            problems[part] = WORDS.yourself
        else:
            manners = appointed(manners, part, found)
    return (person if problems else replace(person, manners=manners)), problems


def _called(manners: Manners, part: Part) -> str:
    """The lead or the deputy as the form writes them."""
    if part == "lead":
        return manners.lead_name or manners.lead or ""
    return manners.deputy_name or manners.deputy or ""


def _overview(manners: Manners) -> str:
    if manners.morning:
        return "both" if manners.weekly else "day"
    return "week" if manners.weekly else "none"


def _is_calendar(code: str) -> bool:
    try:
        calendar(code)
    except UnknownCalendar:
        return False
    return True


def _line(raw: Raw) -> str:
    """What stands in a box as one line; of a choice that comes as a list, its only pick."""
    if isinstance(raw, str):
        return " ".join(raw.split())
    return next((pick for pick in raw if isinstance(pick, str)), "")
