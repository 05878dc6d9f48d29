"""How the body of a row says that its card is drawn later, whoever wrote or reads it."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.cards.blocks import Card, Paragraph
from bot.core.effects import StepScreen
from bot.core.words import StepId, same
from bot.store import codec

SCREENS = st.builds(StepScreen, st.text(min_size=1).map(StepId), st.sampled_from(["", "why"]))
WORDS = st.one_of(
    st.text(min_size=1),
    st.sampled_from(["later", ',"later":{"step":"x"}', '"later"', '\\","later":']),
)


def body(words: str) -> str:
    return codec.dump(codec.CARD, Card(same(words), (Paragraph(same(words)),)))


@given(WORDS, SCREENS, SCREENS)
def test_it_says_the_last_screen_and_keeps_the_card_before(
    words: str, first: StepScreen, last: StepScreen
) -> None:
    kept = body(words)
    found = codec.put_off(codec.put_off(kept, first), last)
    assert codec.later(found) == last
    assert found == codec.put_off(kept, last)
    assert codec.load(codec.CARD, found) == codec.load(codec.CARD, kept)


@example("later")
@given(WORDS)
def test_a_card_of_an_earlier_release_is_sent_as_it_is(words: str) -> None:
    assert codec.later(body(words)) is None


@given(WORDS, SCREENS, SCREENS)
def test_a_body_that_somebody_was_taken_out_of_says_it_still(
    words: str, first: StepScreen, last: StepScreen
) -> None:
    rewritten = json.dumps(json.loads(codec.put_off(body(words), first)), ensure_ascii=False)
    assert codec.later(rewritten) == first
    found = codec.put_off(rewritten, last)
    assert codec.later(found) == last
    assert codec.load(codec.CARD, found) == codec.load(codec.CARD, body(words))
