"""What an invitation to read makes of the case: who is told what, and what stands nowhere any more."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot.core.cards.shown import project_name
from bot.core.case import Case
from bot.core.dialogue import live
from bot.core.dialogue.live import Turned
from bot.core.effects import (
    Effect,
    InvitedScreen,
    InviteScreen,
    MovedScreen,
    OfferScreen,
    ReviewScreen,
    SharedScreen,
    SharingScreen,
    Show,
    Toast,
    ViewScreen,
)
from bot.core.sharing.events import (
    ByOwner,
    InvitationDropped,
    ReadingOver,
    SharingEvent,
    SharingOpened,
    ViewerInvited,
    ViewerLeft,
    ViewerLooked,
    ViewerLost,
    ViewerNamed,
    ViewerRemoved,
)
from bot.core.sharing.viewers import MOST, Named, Viewer
from bot.core.sharing.wording import SHARE
from bot.core.words import PersonId, Text, same

INVITED, VIEW = "invited", "view"  # slots of what a viewer is told and shown


def react(case: Case, event: SharingEvent) -> Turned:
    """The case as it may be read from now on."""
    match event:
        case ViewerLooked():
            return _looked(case, event)
        case ViewerLeft():
            return _left(case, event)
        case ViewerLost():
            return _lost(case, event)
        case ReadingOver():
            return _over(case)
        case _:
            return _by_owner(case, event)


def _by_owner(case: Case, event: ByOwner) -> Turned:
    match event:
        case SharingOpened():
            return _opened(case, event)
        case ViewerNamed():
            return _named(case, event)
        case ViewerInvited():
            return _invited(case, event)
        case InvitationDropped():
            return _dropped(case, event)
        case ViewerRemoved():
            return _removed(case, event)
        case _:
            assert_never(event)


def kept(before: Case, turned: Turned) -> Turned:
    """With nobody left to read a case that was given up just now."""
    case, effects = turned
    sharing = case.sharing
    if case.phase != "abandoned" or not (sharing.viewers or sharing.named):
        return turned
    told = SHARE.given_up.fill(owner=owner_of(case), project=project_name(case))
    shows: list[Effect] = []
    for id_, viewer in before.sharing.viewers.items():
        shows += [*_ended(id_, viewer), _told(id_, viewer, told)]
    if sharing.named is not None:
        shows.append(Show(sharing.named.slot, MovedScreen()))
    return replace(case, sharing=replace(sharing, viewers={}, named=None)), (*effects, *shows)


def why_not(case: Case, event: ViewerNamed) -> Text | None:
    """The sentence to the owner on somebody who cannot be invited; None where they can."""
    name = same(event.who.name if event.who is not None else event.name[:60])
    if event.outside:
        return SHARE.outside.fill(name=name)
    if event.who is None:
        return SHARE.unknown.fill(name=name) if event.name.strip() else SHARE.how
    if event.who.id == case.owner:
        return SHARE.yourself
    if event.who.id in case.sharing.viewers:
        return SHARE.already.fill(name=name, project=project_name(case))
    if len(case.sharing.viewers) >= MOST:
        return SHARE.enough.fill(count=MOST, project=project_name(case))
    return None


def owner_of(case: Case) -> Text:
    """What the owner is called before those who may read."""
    around = case.surroundings
    name = case.sharing.owner or (around.owner_name if around is not None else "")
    return same(name) if name else SHARE.colleague


def viewer_told(slot: str) -> bool:
    """Whether a message is one by which somebody reads a case."""
    return slot.partition(":")[0] in (INVITED, VIEW)


def viewer_in(case: Case, slot: str) -> PersonId | None:
    """Who was told or shown the case in this message, as long as they may read it."""
    kind, _, rest = slot.partition(":")
    number = rest.partition(":")[0]
    found = (i for i, v in case.sharing.viewers.items() if str(v.number) == number)
    return next(found, None) if kind in (INVITED, VIEW) else None


def _opened(case: Case, event: SharingOpened) -> Turned:
    old, slot = case.sharing.shown, f"sharing:{event.stamp.id}"
    after = replace(case, sharing=replace(case.sharing, shown=slot))
    moved = (Show(old, MovedScreen()),) if old else ()
    return after, (*moved, Show(slot, SharingScreen()))


def _named(case: Case, event: ViewerNamed) -> Turned:
    """Nobody reads before the owner has seen who will and what, and agreed."""
    refused, who, old = why_not(case, event), event.who, case.sharing.named
    if refused is not None or who is None:
        return case, (Toast(refused or SHARE.how),)
    named = Named(who.id, who.name, f"invite:{event.stamp.id}")
    after = replace(case, sharing=replace(case.sharing, named=named))
    moved = (Show(old.slot, MovedScreen()),) if old is not None else ()
    return after, (*moved, Show(named.slot, InviteScreen(who.id, who.name)))


def _invited(case: Case, event: ViewerInvited) -> Turned:
    named = case.sharing.named
    if named is None or named.id != event.who:
        return case, (Toast(SHARE.not_asked),)
    number = case.sharing.invited + 1
    owner = event.owner or case.sharing.owner
    sharing = replace(case.sharing, invited=number, owner=owner, named=None)
    viewers = {**case.sharing.viewers, named.id: Viewer(named.name, number, event.stamp.at)}
    after = _with(replace(case, sharing=sharing), viewers)
    told = SHARE.invited.fill(name=named.name, project=project_name(case))
    invitation = Show(f"{INVITED}:{number}", InvitedScreen(), to=named.id)
    said = Show(named.slot, SharedScreen(told, more=True))
    return after, (invitation, said, *_listed(after), Toast(told))


def _dropped(case: Case, event: InvitationDropped) -> Turned:
    named = case.sharing.named
    if named is None or named.id != event.who:
        return case, (Toast(SHARE.not_asked),)
    after = replace(case, sharing=replace(case.sharing, named=None))
    told = SHARE.not_invited.fill(name=named.name, project=project_name(case))
    return after, (Show(named.slot, SharedScreen(told, more=True)),)


def _removed(case: Case, event: ViewerRemoved) -> Turned:
    viewer = case.sharing.viewers.get(event.who)
    if viewer is None:
        return case, (*_listed(case), Toast(SHARE.not_asked))
    after = _without(case, event.who)
    told = SHARE.unshared.fill(owner=owner_of(case), project=project_name(case))
    said = SHARE.removed.fill(name=viewer.name, project=project_name(case))
    shows = (*_ended(event.who, viewer), _told(event.who, viewer, told))
    return after, (*shows, *_listed(after), Toast(said))


def _looked(case: Case, event: ViewerLooked) -> Turned:
    """The case shown to a viewer: in the message whose button it was, else below; never in two."""
    id_ = event.stamp.by
    viewer = case.sharing.viewers.get(id_)
    if viewer is None:
        return case, ()
    if viewer.looks and event.on == viewer.looks:
        return case, (Show(_view(viewer), ViewScreen(id_), to=id_),)
    now = replace(viewer, looks=viewer.looks + 1)
    after = _with(case, {**case.sharing.viewers, id_: now})
    moved = (Show(_view(viewer), MovedScreen(), to=id_),) if viewer.looks else ()
    return after, (*moved, Show(_view(now), ViewScreen(id_), to=id_))


def _left(case: Case, event: ViewerLeft) -> Turned:
    id_ = event.stamp.by
    viewer = case.sharing.viewers.get(id_)
    if viewer is None:
        return case, ()
    after = _without(case, id_)
    told = SHARE.left.fill(name=viewer.name, project=project_name(case))
    toast = Toast(SHARE.stepped_out.fill(project=project_name(case)))
    return after, (*_ended(id_, viewer), *_owner_told(after, viewer, told), toast)


def _lost(case: Case, event: ViewerLost) -> Turned:
    """Nobody reads behind a closed door: the owner hears so, and what stands there is taken away."""
    viewer = case.sharing.viewers.get(event.who)
    if viewer is None:
        return case, ()
    after = _without(case, event.who)
    said = SHARE.gone if event.outside else SHARE.unreached
    told = said.fill(name=viewer.name, project=project_name(case))
    shows = _ended(event.who, viewer) if event.outside else ()
    return after, (*shows, *_owner_told(after, viewer, told))


def _over(case: Case) -> Turned:
    """Nobody is told, for nobody did anything: what stands with those who may read is taken away."""
    sharing = case.sharing
    if not sharing.viewers:
        return case, ()
    ends = [show for id_, viewer in sharing.viewers.items() for show in _ended(id_, viewer)]
    return replace(case, sharing=replace(sharing, viewers={}, named=None)), tuple(ends)


def _owner_told(case: Case, viewer: Viewer, text: Text) -> tuple[Show, ...]:
    told = Show(f"unshared:{viewer.number}:owner", OfferScreen(text, ()))
    return (told, *_listed(case))


def _listed(case: Case) -> tuple[Show, ...]:
    """The messages in which the owner sees who may read, as it is now."""
    shown, screen = case.sharing.shown, live.current(case)
    listed = (Show(shown, SharingScreen()),) if shown else ()
    return (*listed, Show(live.slot(case), screen)) if isinstance(screen, ReviewScreen) else listed


def _ended(id_: PersonId, viewer: Viewer) -> tuple[Show, ...]:
    """Nothing of the case in the messages of somebody who may not read it any more."""
    screen = SharedScreen(SHARE.ended)
    invitation = Show(f"{INVITED}:{viewer.number}", screen, to=id_)
    return (invitation, Show(_view(viewer), screen, to=id_)) if viewer.looks else (invitation,)


def _told(id_: PersonId, viewer: Viewer, text: Text) -> Show:
    return Show(f"unshared:{viewer.number}", SharedScreen(text), to=id_)


def _view(viewer: Viewer) -> str:
    return f"{VIEW}:{viewer.number}:{viewer.looks}"


def _with(case: Case, viewers: Mapping[PersonId, Viewer]) -> Case:
    return replace(case, sharing=replace(case.sharing, viewers=viewers))


def _without(case: Case, id_: PersonId) -> Case:
    return _with(case, {k: v for k, v in case.sharing.viewers.items() if k != id_})
