"""What the customer of a practised call answers: persona, case and coach put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.core.case import Case, customer_language
from bot.core.coaching.coach import Finding, review
from bot.core.coaching.detectors.subject import Task
from bot.core.coaching.rubric import Coaching, Place
from bot.core.dialogue import notes
from bot.core.events import Stamp
from bot.core.message import draft
from bot.core.playbook import Playbook
from bot.core.rehearsal import scenes
from bot.core.rehearsal.call import Rehearsal, Scene, begin, reply
from bot.core.rehearsal.debrief import debrief
from bot.core.rehearsal.events import CustomerSpoke
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.practice import Caller, Practice
from bot.core.rehearsal.replies import Notice

Customers = Mapping[str, Persona]
_PLACES: tuple[Place, ...] = ("cause", "impact", "remedy")  # where each check of a reply is at home


@dataclass(frozen=True, slots=True)
class Line:
    """Who can be on the other end of it, and the coach who listens; without one nobody does."""

    customers: Customers
    coaching: Coaching | None = None


def answer(
    playbook: Playbook, case: Case, line: Line, *, stamp: Stamp, today: date
) -> CustomerSpoke | None:
    """What happens next in the practised call of a case; None when none is open.

    A customer whom nobody knows any more gives way to the choice of another.
    """
    now = case.practice
    if now is None:
        return None
    callers = tuple(Caller(p.id, p.title, p.about) for p in line.customers.values())
    persona = line.customers.get(now.persona)
    if persona is None:
        return CustomerSpoke(stamp, Practice(callers))
    scene = scenes.scene_of(
        case,
        today=today,
        notice=notice_of(playbook, case, line, today=today),
        approved=draft.is_approved(playbook, case),
    )
    return CustomerSpoke(stamp, _next(case, replace(now, callers=callers), persona, scene))


def notice_of(playbook: Playbook, case: Case, line: Line, *, today: date) -> Notice:
    """How the coach listens to a reply: for blame, certainty and gifts, each finding once."""
    coaching = line.coaching
    if coaching is None:
        return lambda _: ()
    language, known = customer_language(case), notes.context(playbook, case, today=today)

    @cache
    def notice(text: str) -> Sequence[Finding]:
        found = [
            finding
            for place in _PLACES
            for finding in review(Task(text, place, language, known), coaching).findings
            if finding.phrase
        ]
        return tuple({(f.check, f.phrase): f for f in found}.values())

    return notice


def _next(case: Case, now: Practice, persona: Persona, scene: Scene) -> Practice:
    call = now.rehearsal
    if call is None:
        call = _begun(case, now, persona, scene)
    elif now.said:
        call = reply(persona, call, now.said, scene=scene)
    heard = debrief(persona, call, scene=scene) if call.ended else None
    return replace(now, said="", rehearsal=call, debrief=heard)


def _begun(case: Case, now: Practice, persona: Persona, scene: Scene) -> Rehearsal:
    """A new call; a second try begins with other words."""
    seed = f"{case.begun_at.isoformat()}/{case.practised}"
    language = customer_language(case)
    call = begin(persona, scene, language=language, seed=seed)
    if call.line != now.before:
        return call
    return begin(persona, scene, language=language, seed=f"{seed}/other")
