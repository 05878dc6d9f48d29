"""Where a person arrives: commands over all their cases, and which case a line belongs to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.core import settling, standing_in
from bot.core.approving.release import Colleague
from bot.core.cards import desk_cards
from bot.core.cards import room_card as room_cards
from bot.core.cards.blocks import Card
from bot.core.case import Case, Phase, day_of, text_of
from bot.core.commands import Command, Unknown, Verb
from bot.core.events import (
    DraftOpened,
    Event,
    ExampleAsked,
    Raw,
    Resumed,
    Reviewed,
    SkipAsked,
    Stamp,
    Stopped,
    WentBack,
    WhyAsked,
)
from bot.core.following.events import LaterOpened, PingSnoozed, RoomBound, RoomLeft
from bot.core.person import Person as Person
from bot.core.pings import wishes
from bot.core.pings.manners import Manners
from bot.core.pings.rooms import Here
from bot.core.reading.zones import zone_named
from bot.core.words import CaseId, FieldId, Language, StepId, Text

_ENDS = ("off", "none", "关", "关闭", "取消")
_AGAIN = timedelta(minutes=1)  # in which a second click is taken for the first one
_BEGUN = Text(
    en="A new conversation is open already; its first question stands below.",
    zh="新的沟通已经开好了，第一个问题就在下面。",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """One open case as a list shows it."""

    id: CaseId
    project: str
    customer: str
    phase: Phase
    new_date: date | None
    stopped: bool
    touched_at: datetime
    told: bool = False  # the customer knows of it
    room: str = ""  # what its project's channel is called, where it is bound to one
    is_blank: bool = False  # nothing was told in it but the project
    watch: bool = False  # its dates are watched; nothing is late yet
    viewers: tuple[Colleague, ...] = ()  # who else may read it


@dataclass(frozen=True, slots=True)
class Begin:
    """A new case is wished for."""

    project: str
    watch: bool = False  # nothing is late yet; its dates are to be watched


@dataclass(frozen=True, slots=True)
class Pass:
    """This event goes to this case, which comes to the front."""

    case: CaseId
    event: Event


@dataclass(frozen=True, slots=True)
class Look:
    """Something over many cases is wished for, that only the tables know."""

    what: Literal["followups", "lessons", "report"]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What comes of a command: the person as they are now, a card only for them, a word that
    passes, an act.
    """

    person: Person
    reply: Card | None = None
    act: Begin | Pass | Look | None = None
    toast: Text | None = None


def summary(case: Case) -> Summary:
    """The case as a list shows it."""
    return Summary(
        id=case.id,
        project=text_of(case, "project"),
        customer=text_of(case, "customer"),
        phase=case.phase,
        new_date=day_of(case, "new_date"),
        stopped=case.stopped,
        touched_at=case.touched_at,
        told=case.told_at is not None,
        room=case.room.name if case.room else "",
        is_blank=_is_blank(case),
        watch=case.watch,
        viewers=tuple(Colleague(id_, v.name) for id_, v in case.sharing.viewers.items()),
    )


def _is_blank(case: Case) -> bool:
    told = case.answers.keys() - {"project"}
    return not (told or case.pending or case.passed or case.skips or case.offers or case.loose)


def receive(
    person: Person,
    command: Command | Unknown,
    cases: Sequence[Summary],
    stamp: Stamp,
    here: Here | None = None,
) -> Desk:
    """What a command comes to. `cases` are the person's open cases, the latest first; `here` is the
    channel in which a command about it was written.
    """
    if isinstance(command, Unknown):
        return Desk(person, desk_cards.unknown(command))
    match command.verb:
        case "start" | "new":
            return _start(person, command, cases, stamp)
        case "list" | "help":
            shown = desk_cards.listed(cases) if command.verb == "list" else desk_cards.help_card()
            return Desk(person, shown)
        case "language" | "zone" | "settings":
            return _settings(person, command, stamp)
        case "channel":
            return _channel(person, command.rest, cases, stamp, here)
        case _:
            return _further(person, command, cases, stamp)


def appoint(person: Person, command: Command, found: Colleague | None, stamp: Stamp) -> Desk:
    """What comes of a word on who stands in for somebody; `found` is whom its words name."""
    if command.verb == "away":
        after, card = standing_in.away(person, command.rest, stamp.at)
    else:
        part: standing_in.Part = "lead" if command.verb == "lead" else "deputy"
        after, card = standing_in.appoint(person, part, command.rest, found)
    return Desk(after, card)


def settle(
    person: Person,
    boxes: Mapping[FieldId, Raw],
    stamp: Stamp,
    *,
    named: settling.Named,
) -> Desk:
    """What the form of settings comes to: all of it, or the form again with what was not taken."""
    after, problems = settling.settled(person, boxes, at=stamp.at, named=named)
    if problems and not boxes.keys() - {settling.NEVER}:
        return Desk(person, settling.why_never(problems))
    if problems:
        return Desk(person, settling.card(person, at=stamp.at, standing=boxes, problems=problems))
    return Desk(after, toast=settling.SAVED)


def _further(person: Person, command: Command, cases: Sequence[Summary], stamp: Stamp) -> Desk:
    """A command over what was told, or one that goes to a case."""
    match command.verb:
        case "followups" | "lessons" | "report":
            return Desk(person, act=Look(command.verb, command.rest))
        case "pings":
            return _pings(person, command.rest.strip(), stamp)
        case "watch" | "watch_anew":
            return _watch(person, command, cases, stamp)
        case "snooze":
            return _snooze(person, command.rest, cases, stamp)
        case _:
            return _to_case(person, command, cases, stamp)


def _start(person: Person, command: Command, cases: Sequence[Summary], stamp: Stamp) -> Desk:
    if command.verb == "new":
        return _anew(person, command.rest, cases, stamp)
    if not cases:
        return Desk(person, act=Begin(command.rest))
    found = [c for c in cases if means(c, command.rest)] if command.rest else list(cases)
    if not found:
        return Desk(person, act=Begin(command.rest))
    return Desk(person, desk_cards.resume_or_new(found, command.rest))


def _watch(person: Person, command: Command, cases: Sequence[Summary], stamp: Stamp) -> Desk:
    """Dates of a project that has a name; one that is open already is offered first."""
    project = command.rest.strip()
    if not project:
        return Desk(person, desk_cards.watch_what([c for c in cases if c.watch]))
    there = [c for c in cases if c.project.casefold() == project.casefold()]
    blank = any(c.is_blank and c.watch for c in there)
    if there and not blank and command.verb == "watch":
        return Desk(person, desk_cards.watched_already(there, project))
    return _anew(person, project, cases, stamp, watch=True)


def _anew(
    person: Person, project: str, cases: Sequence[Summary], stamp: Stamp, *, watch: bool = False
) -> Desk:
    """A new case, once: where one stands in which nothing is told yet, that one is meant."""
    alike = (c for c in cases if c.is_blank and c.project == project and c.watch == watch)
    blank = next(alike, None)
    if blank is None:
        return Desk(person, act=Begin(project, watch=watch))
    person = replace(person, front=blank.id)
    if not blank.stopped and stamp.at - blank.touched_at < _AGAIN:
        return Desk(person, toast=_BEGUN)
    return Desk(person, act=Pass(blank.id, Resumed(stamp)))


def _to_case(person: Person, command: Command, cases: Sequence[Summary], stamp: Stamp) -> Desk:
    named = [c for c in cases if command.rest and means(c, command.rest)]
    if command.rest and not named:
        return Desk(person, desk_cards.no_such_case(command.rest, cases))
    if len(named) > 1:
        return Desk(person, desk_cards.listed(named))
    id_ = named[0].id if named else _front(person, cases)
    if id_ is None:
        return Desk(person, desk_cards.nothing_open(cases))
    return Desk(replace(person, front=id_), act=Pass(id_, _event(command, stamp)))


def _pings(person: Person, words: str, stamp: Stamp) -> Desk:
    """When this person wants to be reminded; without a wish, as it is now. Never wants a reason."""
    why = wishes.never(words, person.schedule, stamp.at)
    if why == "":
        return Desk(person, settling.why_never())
    if why is not None:
        manners: Manners | None = replace(person.manners, level="off", never=why)
    else:
        manners = wishes.wished(words, person.schedule, stamp.at) if words else person.manners
    if manners is None:
        return Desk(person, desk_cards.pings_unclear(words))
    after = replace(person, manners=manners)
    return Desk(after, desk_cards.pings_set(after.schedule))


def _channel(
    person: Person,
    words: str,
    cases: Sequence[Summary],
    stamp: Stamp,
    here: Here | None,
) -> Desk:
    """The case that the words name goes to this channel, or out of its own; else how it is done."""
    wish = words.strip()
    ends = wish.casefold() in _ENDS
    fitting = [c for c in cases if (bool(c.room) if ends else c.told)]
    named = [c for c in fitting if wish and means(c, wish)] if not ends else fitting
    found = named if wish else fitting
    front = next((c for c in found if c.id == person.front), None)
    case = found[0] if len(found) == 1 else front
    if here is None and not ends:
        return Desk(person, room_cards.how())
    if not fitting:
        return Desk(person, room_cards.nothing_told())
    if case is None:
        return Desk(person, room_cards.which(found or fitting))
    if ends:
        return Desk(person, room_cards.left(case), act=Pass(case.id, RoomLeft(stamp)))
    if here is None or here.company != "internal":
        return Desk(person, room_cards.refused(here))
    return Desk(person, room_cards.bound(case, here), act=Pass(case.id, RoomBound(stamp, here)))


def _snooze(person: Person, words: str, cases: Sequence[Summary], stamp: Stamp) -> Desk:
    """Nothing is asked about the case that the words name until the day that they name."""
    folded = words.casefold()
    named = [
        c
        for c in cases
        if c.id in words.split()
        or any(n and n.casefold() in folded for n in (c.project, c.customer))
    ]
    id_ = named[0].id if len(named) == 1 else None if named else _front(person, cases)
    if id_ is None:
        return Desk(person, desk_cards.nothing_open(named or cases))
    return Desk(person, act=Pass(id_, PingSnoozed(stamp, None, "date", words)))


def _event(command: Command, stamp: Stamp) -> Event:
    return _EVENTS.get(command.verb, Resumed)(stamp)


def _front(person: Person, cases: Sequence[Summary]) -> CaseId | None:
    if any(c.id == person.front for c in cases):
        return person.front
    return cases[0].id if len(cases) == 1 else None


def _settings(person: Person, command: Command, stamp: Stamp) -> Desk:
    match command.verb:
        case "language":
            return _language(person, command.rest)
        case "zone":
            return _zone(person, command.rest)
        case _ if command.rest == settling.NEVER:
            return Desk(person, settling.why_never())
        case _:
            return Desk(person, settling.card(person, at=stamp.at))


def _language(person: Person, wish: str) -> Desk:
    wish = wish.strip().casefold()
    other: Language = "en" if person.language == "zh" else "zh"
    chosen = other if wish == "switch" else _LANGUAGES.get(wish)
    if chosen is None:
        return Desk(person, desk_cards.unknown(Unknown(wish, None)))
    return Desk(replace(person, language=chosen), desk_cards.language_set())


def _zone(person: Person, wish: str) -> Desk:
    name = zone_named(wish)
    if name is None:
        return Desk(person, desk_cards.no_such_zone(wish))
    return Desk(replace(person, zone=name, zone_known=True), desk_cards.zone_set(name))


def means(case: Summary, words: str) -> bool:
    """Whether the words name this case, by its id or by its project or customer."""
    if words.strip() == case.id:
        return True
    wanted = words.casefold().strip()
    return any(name and wanted in name.casefold() for name in (case.project, case.customer))


_LANGUAGES: Mapping[str, Language] = {
    "en": "en", "english": "en", "英文": "en", "英语": "en",
    "zh": "zh", "chinese": "zh", "中文": "zh", "汉语": "zh",
}  # fmt: skip
_EVENTS: Mapping[Verb, Callable[[Stamp], Event]] = {
    "show": Reviewed,
    "review": Reviewed,
    "draft": lambda stamp: DraftOpened(stamp, typed=True),
    "update": lambda stamp: LaterOpened(stamp, StepId("update")),
    "quit": Stopped,
    "back": WentBack,
    "skip": lambda stamp: SkipAsked(stamp, typed=True),
    "why": WhyAsked,
    "example": ExampleAsked,
}
