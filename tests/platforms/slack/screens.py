"""One card of each screen, as the written conversations come to it, for the pictures in the docs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from bot.core import effects
from bot.core.cards.blocks import Card
from bot.core.cards.home_card import home_card
from bot.core.cards.screens import draw
from bot.core.cards.shown import project_name
from bot.core.case import Case, text_of
from bot.core.dialogue.scalars import both, local_day
from bot.core.effects import (
    InvitedScreen,
    InviteScreen,
    LeadScreen,
    LinkScreen,
    MinutesScreen,
    RoomScreen,
    SharedScreen,
    SharingScreen,
    Show,
    ShowBoard,
    ViewScreen,
    VoicesScreen,
)
from bot.core.following.voices import LookBack
from bot.core.following.wording import FOLLOW
from bot.core.person import Person
from bot.core.pings.rooms import Room
from bot.core.settling import card as settings_card
from bot.core.sharing.viewers import Sharing, Viewer
from bot.core.sharing.wording import SHARE
from bot.core.words import CaseId, Language, PersonId, same
from bot.platforms.slack import answers, windows
from bot.platforms.slack.render import Sheet, message
from bot.platforms.slack.texts import Payload
from bot.script.performance import PERSON, TENANT
from tests.platforms.slack import cards

KINDS: dict[str, str] = {
    kind.__name__: str(kind.__doc__).partition("\n")[0].rstrip(".")
    for kind in get_args(effects.Screen)
}  # with what each is, as the caption of its picture
TOLD: dict[Language, str] = {"en": "quay_kept_en", "zh": "pump_again_zh"}
READER = PersonId("lin")
PINGS, HOME, SETTINGS = "Questions that are due", "Home tab", "Settings, a window"


def first_cards(language: Language) -> dict[str, Card]:
    """Of each screen the first card in a conversation of this language, else in any."""
    own: dict[str, Card] = {}
    other: dict[str, Card] = {}
    for file in cards.FILES:
        is_own = cards.played(file).transcript.script.language == language
        for name, card in _of(file.stem):
            (own if is_own else other).setdefault(name, card)
    return other | own


def _of(stem: str) -> Iterator[tuple[str, Card]]:
    file = next(f for f in cards.FILES if f.stem == stem)
    for moment in cards.played(file).moments:
        said: dict[tuple[CaseId | None, str], Card] = {
            (m.case, m.slot): m.card for m in moment.messages
        }
        for effect in moment.effects:
            if isinstance(effect, Show) and (moment.case, effect.slot) in said:
                yield type(effect.screen).__name__, said[moment.case, effect.slot]
            if isinstance(effect, ShowBoard):
                card = said.get((effect.board.case, effect.board.slot))
                if card is not None:
                    yield PINGS, card


def made_up(case: Case, language: Language) -> dict[str, Card]:
    """The screens that no written conversation comes to."""
    today = local_day(case, case.touched_at)
    lost = FOLLOW.owner_lost.fill(
        owner="Maya Lindqvist", project=project_name(case), customer=text_of(case, "customer")
    )
    url = "https://candor.example/f/7Qm2c"
    words = FOLLOW.link_words.fill(project=project_name(case), url=url).to(language)
    how = FOLLOW.link_how.fill(day=both(today))
    room = Room("slack", "C0TEAM", "quay-wall", 1)
    reader = "林静" if language == "zh" else "Omar Haddad"
    sharing = Sharing({READER: Viewer(reader, 1, case.touched_at, 1)}, 1, "Maya Lindqvist")
    case = replace(case, room=room, rooms=1, look_back=LookBack(), sharing=sharing)
    ended = SHARE.unshared.fill(owner="Maya Lindqvist", project=project_name(case))
    shown: tuple[effects.Screen, ...] = (
        LeadScreen(lost),
        LinkScreen(same(words), how, language),
        RoomScreen(room),
        VoicesScreen(room, "form"),
        MinutesScreen(room, "look"),
        SharingScreen(),
        InviteScreen(PersonId("kim"), "Kim Roe"),
        InvitedScreen(),
        ViewScreen(READER),
        SharedScreen(ended),
    )
    return {type(s).__name__: draw(cards.PLAYBOOK, case, s, today=today) for s in shown}


def drawn(language: Language) -> list[tuple[str, Payload]]:
    """Every screen as Slack gets it: messages, the Home tab, the window of the settings."""
    told = cards.played(next(f for f in cards.FILES if f.stem == TOLD[language]))
    case, middle = told.cases[0], told.moments[len(told.moments) // 2]
    today = min(p.date for p in case.given if p.kind == "milestone")
    known = first_cards(language) | made_up(case, language)
    found = [
        (KINDS.get(name, name), message(card, Sheet(language, key="row-1")))
        for name, card in known.items()
        if name in (*KINDS, PINGS)
    ]
    zone, calendar = ("Asia/Shanghai", "CN") if language == "zh" else ("Europe/London", "GB")
    person = Person(PERSON, TENANT, language, zone, calendar)
    open_ = [replace(case, recovered_at=None, closed_at=None, phase="following")]
    home = home_card(person, open_, open_, today=today, note=None)
    found.append((HOME, answers.home(home, language)))
    window = windows.asked(settings_card(person, at=middle.at), language)
    assert window is not None
    return [*found, (SETTINGS, window)]
