"""Practise the call: a customer from a script asks, the project manager answers, the bot listens.

A rehearsal is a value. `begin`, `reply` and `stop` give the next one; the lines depend on the seed
and on what was said, never on a clock, so that a rehearsal that is played again is the same one.
Afterwards `debrief.py` says what was heard. Nothing of it reaches a customer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.foresight.chance import Draw, draws, pick
from bot.core.rehearsal.persona import MOST_ASKS, Ask, Persona, sayable
from bot.core.rehearsal.replies import Cue, Ears, Heard, hear
from bot.core.words import Language, Text

MOST_TURNS = 8
_HARD: tuple[Cue, ...] = ("blamed", "promised", "minimised", "offered")
_GOOD: tuple[Cue, ...] = ("owned", "acknowledged")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rehearsal is about: the facts of the case for the slots, and how replies are heard.

    `scenes.scene_of` makes one from a case.
    """

    facts: Mapping[str, Text]
    ears: Ears


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the customer and the reply to it; the closing line asks nothing."""

    said: str
    ask: str = ""  # the id of the question; empty for the closing line
    question: str = ""  # the question alone, without the reaction before it
    again: bool = False
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One practised call, so far. `turns` ends with an open question until it has `ended`."""

    persona: str
    language: Language
    seed: str
    turns: tuple[Turn, ...] = ()
    ended: bool = False

    @property
    def line(self) -> str:
        """What the customer said last."""
        return self.turns[-1].said if self.turns else ""


def begin(persona: Persona, scene: Scene, *, language: Language, seed: str) -> Rehearsal:
    """A new call: the customer's opening and first question."""
    new = Rehearsal(persona.id, language, seed)
    draw = draws(f"{seed}/0")
    first = _plan(persona, scene, new)[0]
    question = _chosen(new, first.lines, scene, draw)
    opening = _chosen(new, persona.opening, scene, draw)
    return replace(new, turns=(Turn(_joined([opening, question], language), first.id, question),))


def reply(persona: Persona, rehearsal: Rehearsal, text: str, *, scene: Scene) -> Rehearsal:
    """The call after one reply: a reaction and the next question, or the closing line.

    A question that was dodged is asked once more while there is room for the others; so the call
    ends after eight turns at most. An ended call, and a reply without a word, change nothing.
    """
    if rehearsal.ended or not any(c.isalnum() for c in text):
        return rehearsal
    now = replace(rehearsal.turns[-1], reply=text.strip())
    spoken = replace(rehearsal, turns=(*rehearsal.turns[:-1], now))
    asks = _plan(persona, scene, spoken)
    at = next((n for n, ask in enumerate(asks) if ask.id == now.ask), len(asks))
    heard = hear(text, asks[at].wants if at < len(asks) else ("nothing",), scene.ears)
    draw = draws(f"{rehearsal.seed}/{len(spoken.turns)}")
    reaction = _reaction(persona, spoken, heard, scene, draw)
    room = len(spoken.turns) + len(asks) - at <= MOST_TURNS  # for one more and all that follow
    if at < len(asks) and not heard.answered and not now.again and room:
        return _asked(spoken, reaction, asks[at], scene, again=True)
    if at + 1 < len(asks):
        return _asked(spoken, reaction, asks[at + 1], scene, again=False)
    return _closed(persona, spoken, scene, draw)


def stop(rehearsal: Rehearsal) -> Rehearsal:
    """The call, ended on request; the open question is dropped."""
    turns = tuple(turn for turn in rehearsal.turns if turn.reply is not None)
    return rehearsal if rehearsal.ended else replace(rehearsal, turns=turns, ended=True)


def heard_in(
    persona: Persona, rehearsal: Rehearsal, scene: Scene
) -> tuple[tuple[Turn, Ask, Heard], ...]:
    """Every turn that was replied to, with its question and what was heard."""
    asks = {ask.id: ask for ask in persona.asks}
    return tuple(
        (turn, asks[turn.ask], hear(turn.reply, asks[turn.ask].wants, scene.ears))
        for turn in rehearsal.turns
        if turn.reply is not None and turn.ask in asks
    )


def _plan(persona: Persona, scene: Scene, rehearsal: Rehearsal) -> tuple[Ask, ...]:
    """The questions of this call in order: a first one, some of the others, a last one.

    One that would ask for a date that was named already gives way to another.
    """
    fitting = [ask for ask in persona.asks if set(ask.needs) <= set(scene.facts)]
    draw = draws(f"{rehearsal.seed}/plan")
    first, middle, last = (
        _shuffled([ask for ask in fitting if ask.place == place], draw)
        for place in ("first", "middle", "last")
    )
    # A question that rests on this very case is worth more than one that fits any.
    middle = sorted(middle, key=lambda ask: (not ask.always, not ask.needs))
    chosen = (first[0], *_shuffled(middle[: MOST_ASKS - 2], draw), last[0])
    others = iter(ask for ask in middle[MOST_ASKS - 2 :] if ask.wants[0] != "date")
    asked = {turn.ask for turn in rehearsal.turns}
    kept = (
        next(others, None) if ask.id not in asked and _is_given(ask, rehearsal, scene) else ask
        for ask in chosen
    )
    return tuple(ask for ask in kept if ask is not None)


def _is_given(ask: Ask, rehearsal: Rehearsal, scene: Scene) -> bool:
    """Whether a question asks for the date that somebody has named already, the customer included."""
    new_date = scene.facts.get("new_date")
    if ask.wants[0] != "date" or scene.ears.new_date is None or new_date is None:
        return False
    if any(new_date.to(rehearsal.language) in turn.said for turn in rehearsal.turns):
        return True
    heard = (hear(t.reply, ("date",), scene.ears) for t in rehearsal.turns if t.reply is not None)
    return any(h.answered and not h.deferred and not h.other_date for h in heard)


def _shuffled(asks: Sequence[Ask], draw: Draw) -> list[Ask]:
    return [ask for _, ask in sorted(((draw(), ask) for ask in asks), key=lambda pair: pair[0])]


def _asked(
    rehearsal: Rehearsal, reaction: str, ask: Ask, scene: Scene, *, again: bool
) -> Rehearsal:
    draw = draws(f"{rehearsal.seed}/{len(rehearsal.turns)}/{ask.id}")
    question = _chosen(rehearsal, ask.again if again else ask.lines, scene, draw)
    said = _joined([reaction, question], rehearsal.language)
    turn = Turn(said, ask.id, question, again=again)
    return replace(rehearsal, turns=(*rehearsal.turns, turn))


def _closed(persona: Persona, rehearsal: Rehearsal, scene: Scene, draw: Draw) -> Rehearsal:
    """The call with its closing line, by how it went."""
    heard = [one for _, _, one in heard_in(persona, rehearsal, scene)]
    faults = sum(not one.answered for one in heard) + sum(
        bool(one.phrases(cue)) for one in heard for cue in _HARD
    )
    closing = persona.closing
    lines = closing.well if faults == 0 else closing.mixed if faults < 3 else closing.badly
    turn = Turn(_chosen(rehearsal, lines, scene, draw))
    return replace(rehearsal, turns=(*rehearsal.turns, turn), ended=True)


def _reaction(
    persona: Persona, rehearsal: Rehearsal, heard: Heard, scene: Scene, draw: Draw
) -> str:
    """What the customer says to the tone of a reply; nothing where the words gave no cause."""
    for cue in (*_HARD, *(_GOOD if heard.answered else ())):
        lines = persona.reactions.get(cue, ())
        if lines and heard.phrases(cue):
            return _chosen(rehearsal, lines, scene, draw)
    return ""


def _chosen(rehearsal: Rehearsal, lines: Sequence[Text], scene: Scene, draw: Draw) -> str:
    """One of the lines that can be said, filled; a line that was not said yet goes first."""
    said = " ".join(turn.said for turn in rehearsal.turns)
    can = [line.fill(**scene.facts).to(rehearsal.language) for line in sayable(lines, scene.facts)]
    fresh = [line for line in can if line not in said]
    return pick(fresh or can, draw)


def _joined(parts: Sequence[str], language: Language) -> str:
    return (" " if language == "en" else "").join(part for part in parts if part)
