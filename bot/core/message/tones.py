"""Tones of a draft: which sentences stand in one, and in the place of which others."""

from collections.abc import Iterable, Iterator

from bot.core.playbook import Playbook, Sentence, Tone


def voiced(playbook: Playbook, tone: Tone, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Those of the sentences that stand in the tone, in their order.

    One that names the tone stands where the first that it replaces stood; in another tone it is
    not there.
    """
    spared = next((t.leave_out for t in playbook.draft.tones if t.tone == tone), ())
    there = [s for s in sentences if not s.tones or tone in s.tones]
    instead = {name: s for s in there for name in s.replaces}
    told: set[str] = set()
    for s in there:
        voice = instead.get(s.id, s)
        if voice.id not in told and voice.part not in spared:
            told.add(voice.id)
            yield voice
