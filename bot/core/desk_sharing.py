"""Commands about who else may read a case: whom and which one they mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.approving.release import Colleague
from bot.core.cards import desk_cards, sharing_cards
from bot.core.cards.blocks import Card
from bot.core.commands import Command
from bot.core.desk import Desk, Pass, Summary, means
from bot.core.person import Person
from bot.core.sharing.events import SharingOpened, ViewerNamed, ViewerRemoved
from bot.core.sharing.wording import SHARE
from bot.core.stamp import Stamp
from bot.core.words import Text


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom the words of a command `name`, and what comes after: a project. `outside` says that
    they are none of ours.
    """

    name: str = ""
    who: Colleague | None = None
    rest: str = ""
    outside: bool = False


def shown(words: str, cases: Sequence[Summary], shared: Sequence[Summary]) -> Summary | Card | None:
    """The case of somebody else that `show` means, or the question which; None for one's own."""
    if not shared:
        return None
    if not words:
        named = [] if cases else list(shared)
    else:
        named = (
            [] if any(means(c, words) for c in cases) else [c for c in shared if means(c, words)]
        )
    if len(named) > 1:
        return sharing_cards.which_to_read(named)
    return named[0] if named else None


def received(
    person: Person, command: Command, meant: Meant, cases: Sequence[Summary], stamp: Stamp
) -> Desk:
    """What the command comes to. `cases` are their own, those that ended too where it takes back."""
    if command.verb == "uninvite":
        return _taken_back(person, meant, cases, stamp)
    if meant.name and (meant.outside or meant.who is None):
        said = SHARE.outside if meant.outside else SHARE.unknown
        return Desk(person, sharing_cards.sentence(said.fill(name=meant.name[:60])))
    named = [c for c in cases if not meant.rest or means(c, meant.rest)]
    if meant.rest and not named:
        return Desk(person, desk_cards.no_such_case(meant.rest, cases))
    case = _one(person, named)
    if case is None:
        return Desk(person, _which(named) if named else desk_cards.nothing_open(named))
    if meant.who is None:
        return Desk(person, act=Pass(case.id, SharingOpened(stamp)))
    return Desk(person, act=Pass(case.id, ViewerNamed(stamp, "", meant.who)))


def _taken_back(person: Person, meant: Meant, cases: Sequence[Summary], stamp: Stamp) -> Desk:
    if not meant.name:
        return Desk(person, sharing_cards.sentence(SHARE.how))
    pairs = [(c, v, _rest(v, meant)) for c in cases for v in c.viewers]
    found = [(c, v) for c, v, rest in pairs if rest is not None and (not rest or means(c, rest))]
    if not found:
        told = SHARE.not_shared.fill(name=meant.name[:60])
        return Desk(person, sharing_cards.sentence(told))
    case = _one(person, [c for c, _ in found])
    if case is None:
        return Desk(person, _which([c for c, _ in found]))
    who = next(v for c, v in found if c is case)
    return Desk(person, act=Pass(case.id, ViewerRemoved(stamp, who.id)))


def _rest(viewer: Colleague, meant: Meant) -> str | None:
    """The words after this viewer, None where another is meant: by who they are; where nobody is
    known by the words, by the whole name that they were invited under.
    """
    if meant.who is not None:
        return meant.rest if viewer.id == meant.who.id else None
    words, name = meant.name.lstrip("@").split(), viewer.name.lstrip("@").split()
    if not name or [w.casefold() for w in words[: len(name)]] != [n.casefold() for n in name]:
        return None
    return " ".join((*words[len(name) :], meant.rest)).strip()


def _one(person: Person, cases: Sequence[Summary]) -> Summary | None:
    """The only one, or the one at the front."""
    if len(cases) == 1:
        return cases[0]
    return next((c for c in cases if c.id == person.front), None)


def _which(cases: Sequence[Summary]) -> Card:
    names = [c.project or c.customer or "…" for c in cases]
    shown = Text(en=", ".join(names), zh="、".join(names))
    return sharing_cards.sentence(SHARE.which.fill(names=shown))
