"""The team's part in a look back: asked in the project's channel, answered by each in their words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.core.case import Case, text_of
from bot.core.dialogue.live import Turned
from bot.core.effects import AgendaScreen, MinutesScreen, Show, Toast, VoicesScreen
from bot.core.events import Event, Raw
from bot.core.following.agenda import Agenda
from bot.core.following.events import LookBackAnswered, MinutesShared, RoomLost
from bot.core.following.later import RETROSPECTIVE
from bot.core.following.minutes import minutes_for_all, seal_of
from bot.core.following.room_words import ROOMS
from bot.core.following.standing import POST, Standing
from bot.core.following.voice_words import VOICES
from bot.core.following.voices import LONGEST, LookBack, Voice, VoiceKey
from bot.core.pings.rooms import Room
from bot.core.playbook import Playbook
from bot.core.words import FieldId, same

OVER = ("closed", "abandoned")
_AGENDA = AgendaScreen(RETROSPECTIVE)  # as its owner sees it


def agenda_of(playbook: Playbook) -> Agenda | None:
    """What the look back is about; None where the playbook asks the team nothing."""
    found = next((a for a in playbook.agendas if a.id == RETROSPECTIVE), None)
    return found if found is not None and found.prompts else None


def react(playbook: Playbook, case: Case, event: LookBackAnswered | MinutesShared) -> Turned:
    """What one of the team says, or the minutes for all of them."""
    if isinstance(event, MinutesShared):
        return _shared(playbook, case, event)
    return _answered(playbook, case, event)


def kept(playbook: Playbook, before: Case, turned: Turned, event: Event) -> Turned:
    """The same, with the look back begun once it is due, and shown where it is to be seen now."""
    after, effects = turned
    agenda = agenda_of(playbook)
    if after.look_back is None and agenda is not None and _is_due(playbook, before, after):
        after = replace(after, look_back=LookBack(agenda.anonymous))
    back = after.look_back
    if back is None:
        return after, effects
    agendas = (e for e in effects if isinstance(e, Show) and e.screen == _AGENDA)
    slot = next((e.slot for e in agendas), back.shown)
    if slot != back.shown:
        back = replace(back, shown=slot)
        after = replace(after, look_back=back)
    shows = tuple(_shows(before, after, back, is_lost=isinstance(event, RoomLost)))
    return after, (*effects, *shows)


def _answered(playbook: Playbook, case: Case, event: LookBackAnswered) -> Turned:
    """What one person says, in the place of what they said there before; empty boxes change nothing."""
    back, agenda = case.look_back, agenda_of(playbook)
    if back is None or agenda is None or case.phase in OVER:
        project = text_of(case, "project") or "…"
        return case, (Toast(VOICES.over.fill(project=project)),)
    if back.anonymous and not event.alias:
        return case, ()  # without an alias it could only be kept under a name
    words = {p.id: text for p in agenda.prompts if (text := _plain(event.boxes, p.id))}
    if not words:
        return case, (Toast(VOICES.empty),)
    if any(len(text) > LONGEST for text in words.values()):
        return case, (Toast(VOICES.too_long.fill(most=LONGEST)),)
    key = VoiceKey(event.alias if back.anonymous else event.stamp.by)
    before = back.voices.get(key, Voice({}))
    voice = Voice({**before.words, **words}, "" if back.anonymous else _name(case, event))
    kept = Toast(VOICES.kept_nameless if back.anonymous else VOICES.kept)
    if voice == before:
        return case, (kept,)
    voices = {**back.voices, key: voice}
    return replace(case, look_back=replace(back, voices=voices)), (kept,)


def _shared(playbook: Playbook, case: Case, event: MinutesShared) -> Turned:
    """The minutes below the first message of the channel, once their owner has seen these very words
    and where they go; with other words or another channel since then, they look once more.
    """
    room = case.room
    if room is None:
        return case, (Toast(ROOMS.how),)
    found = minutes_for_all(playbook, case)
    seal = seal_of(found)
    looks = [slot for slot, one in case.offered.items() if one.offers == (POST,)]
    if (event.agreed, event.seal) == (room.number, seal):
        posted = Show(f"{room.slot}:minutes", MinutesScreen(room, "posted"), room=room)
        over = (Show(slot, MinutesScreen(room, "done")) for slot in looks)
        told = Toast(VOICES.posted.fill(room=same(room.name)))
        return _posted(case, room, looks), (posted, *over, told)
    seen = [slot for slot in looks if event.agreed or case.offered[slot].seal == seal]
    slot = seen[-1] if seen else f"share:{case.revision + 1}"
    look = Show(slot, MinutesScreen(room, "changed" if event.agreed == room.number else "look"))
    offered = {**case.offered, slot: Standing(found.title, (POST,), seal)}
    return case if offered == case.offered else replace(case, offered=offered), (look,)


def _posted(case: Case, room: Room, looks: Sequence[str]) -> Case:
    """With no look at them left to press, and a page of them wished for, once for each channel."""
    around, mirrored = case.surroundings, case.mirrored
    if around is not None and around.takes_pages and room.number not in mirrored.pages:
        case = replace(case, mirrored=replace(mirrored, pages=(*mirrored.pages, room.number)))
    rest = {slot: one for slot, one in case.offered.items() if slot not in looks}
    return replace(case, offered=rest) if looks else case


def _name(case: Case, event: LookBackAnswered) -> str:
    """As the platform or the house calls them; of its owner, as the case does."""
    owner = case.surroundings.owner_name if case.surroundings else ""
    return event.name or (owner if event.stamp.by == case.owner else "")


def _shows(before: Case, after: Case, back: LookBack, *, is_lost: bool) -> Iterator[Show]:
    """What has to be drawn anew; the card with the form only where it changes what can be done."""
    begun, moved = before.look_back is None, before.room != after.room
    said = before.look_back is not None and before.look_back.voices != back.voices
    over = after.phase in OVER and before.phase not in OVER
    if before.room is not None and moved and not begun and not is_lost:
        yield _asking(before.room)
    if after.room is not None and (begun or moved or over):
        yield _asking(after.room)
    if after.room is not None and back.voices and (said or moved):
        yield Show(f"{after.room.slot}:voices", VoicesScreen(after.room, "count"), room=after.room)
    if said and back.shown:
        yield Show(back.shown, _AGENDA)


def _asking(room: Room) -> Show:
    return Show(f"{room.slot}:look_back", VoicesScreen(room, "form"), room=room)


def _is_due(playbook: Playbook, before: Case, after: Case) -> bool:
    """Whether its owner was just asked to look back, or has just begun to."""
    if after.step == RETROSPECTIVE and before.step != RETROSPECTIVE:
        return True
    if after.reminders is before.reminders:
        return False
    for key, reminder in after.reminders.items():
        was = before.reminders.get(key)
        if len(reminder.asked) > len(was.asked if was else ()):
            kind = playbook.pings.kind(reminder.kind)
            if kind is not None and "retrospective" in kind.buttons:
                return True
    return False


def _plain(boxes: Mapping[FieldId, Raw], name: str) -> str:
    raw = boxes.get(FieldId(name), "")
    return raw.replace("\r\n", "\n").strip() if isinstance(raw, str) else ""
