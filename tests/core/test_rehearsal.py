"""Practising the call: how a customer asks, reacts and ends it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.documents import adapter
from bot.content.playbooks import home
from bot.content.rehearsals import load_personas
from bot.core.rehearsal.call import MOST_TURNS, Rehearsal, begin, heard_in, reply, stop
from bot.core.rehearsal.persona import FEWEST_ASKS, Ask, Closing, Persona, problems
from bot.core.words import Language, Text, same
from tests.core.rehearsing import BARE, EMPTY, GOOD, SCENE, play

PERSONAS = load_personas(home() / "rehearsal")
LANGUAGES: tuple[Language, ...] = ("en", "zh")
EACH = [(id_, language) for id_ in PERSONAS for language in LANGUAGES]


def test_four_customers_come_with_candor() -> None:
    assert set(PERSONAS) == {"angry", "legalistic", "silent", "boss_copied_in"}


@pytest.mark.parametrize(("id_", "language"), EACH)
def test_each_customer_has_many_different_lines(id_: str, language: Language) -> None:
    persona = PERSONAS[id_]
    lines = [*persona.opening, *persona.closing.well, *persona.closing.mixed]
    lines += [line for ask in persona.asks for line in (*ask.lines, *ask.again)]
    lines += [line for some in persona.reactions.values() for line in some]
    assert len({line.to(language) for line in lines}) >= 40


@pytest.mark.parametrize(("id_", "language"), EACH)
def test_a_call_of_good_answers_ends_well(id_: str, language: Language) -> None:
    persona = PERSONAS[id_]
    done = play(persona, GOOD[language], language=language)
    assert done.ended
    assert FEWEST_ASKS <= len(done.turns) - 1 <= MOST_TURNS
    assert done.line in {line.to(language) for line in persona.closing.well}
    assert not any(turn.again for turn in done.turns)


@pytest.mark.parametrize(("id_", "language"), EACH)
def test_a_call_of_empty_answers_ends_badly_and_asks_twice(id_: str, language: Language) -> None:
    persona = PERSONAS[id_]
    done = play(persona, EMPTY[language], language=language)
    assert done.line in {line.to(language) for line in persona.closing.badly}
    assert sum(turn.again for turn in done.turns) >= 2
    last = next(ask for ask in persona.asks if ask.place == "last")
    assert done.turns[-2].ask == last.id


@given(
    st.sampled_from(sorted(PERSONAS)),
    st.sampled_from(LANGUAGES),
    st.text(max_size=8),
    st.lists(
        st.sampled_from([*GOOD.values(), *EMPTY.values(), "", "?", "I guarantee it."]), max_size=14
    ),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_every_call_ends_in_time_and_can_be_played_again(
    id_: str, language: Language, seed: str, says: list[str], known: bool
) -> None:
    persona, scene = PERSONAS[id_], SCENE if known else BARE

    def call() -> Rehearsal:
        now = begin(persona, scene, language=language, seed=seed)
        for text in says:
            now = reply(persona, now, text, scene=scene)
        return now

    done = call()
    assert done == call()
    assert sum(bool(turn.ask) for turn in done.turns) <= MOST_TURNS
    assert all("{" not in turn.said and turn.said for turn in done.turns)
    assert done.ended == (not done.turns[-1].ask)
    assert all(turn.reply is not None for turn in done.turns[:-1])


def test_another_seed_gives_another_call() -> None:
    calls = {play(PERSONAS["angry"], GOOD["en"], seed=str(n)).turns for n in range(6)}
    assert len(calls) >= 5


def test_the_facts_of_the_case_come_up() -> None:
    said = " ".join(
        turn.said
        for n in range(8)
        for turn in play(PERSONAS["angry"], GOOD["en"], seed=str(n)).turns
    )
    for fact in ("Friday 4 December", "the opening", "nine of fourteen pumps failed", "once"):
        assert fact in said


def test_without_facts_no_line_needs_one() -> None:
    done = play(PERSONAS["boss_copied_in"], GOOD["zh"], scene=BARE, language="zh")
    assert done.ended
    assert len(done.turns) > FEWEST_ASKS


def test_a_line_comes_once_while_there_are_others() -> None:
    done = play(PERSONAS["silent"], EMPTY["en"])
    said = [turn.question for turn in done.turns if turn.ask]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("says", "cue"),
    [
        ("It is their fault.", "blamed"),
        ("I guarantee 18 December.", "promised"),
        ("It is only a small thing.", "minimised"),
        ("You get dinner.", "offered"),
        ("Because of the pumps; that was our mistake.", "owned"),
        ("I am sorry. The pumps failed.", "acknowledged"),
    ],
)
def test_the_customer_reacts_to_the_tone(says: str, cue: str) -> None:
    persona = PERSONAS["angry"]
    first = begin(persona, SCENE, language="en", seed="4")
    after = reply(persona, first, says, scene=SCENE)
    lines = [line.en for known, some in persona.reactions.items() if known == cue for line in some]
    assert any(after.line.startswith(line) for line in lines)


def test_a_kind_word_does_not_pass_for_an_answer() -> None:
    persona = PERSONAS["angry"]
    first = begin(persona, SCENE, language="en", seed="4")
    after = reply(persona, first, "I am sorry.", scene=SCENE)
    assert after.turns[-1].again
    assert after.line == after.turns[-1].question


def test_a_reply_without_a_word_changes_nothing() -> None:
    first = begin(PERSONAS["angry"], SCENE, language="en", seed="4")
    assert reply(PERSONAS["angry"], first, " … ", scene=SCENE) == first


def test_a_call_can_be_kept_as_text_and_taken_up_again() -> None:
    first = begin(PERSONAS["angry"], SCENE, language="zh", seed="4")
    kept = adapter(Rehearsal).dump_json(reply(PERSONAS["angry"], first, GOOD["zh"], scene=SCENE))
    again: Rehearsal = adapter(Rehearsal).validate_json(kept)
    assert again == reply(PERSONAS["angry"], first, GOOD["zh"], scene=SCENE)


def test_an_ended_call_takes_no_reply() -> None:
    done = play(PERSONAS["angry"], GOOD["en"])
    assert reply(PERSONAS["angry"], done, "Wait.", scene=SCENE) == done
    assert stop(done) == done


def test_a_call_can_be_broken_off() -> None:
    persona = PERSONAS["angry"]
    first = begin(persona, SCENE, language="en", seed="4")
    assert stop(first).turns == ()
    assert stop(first).line == ""
    second = reply(persona, first, GOOD["en"], scene=SCENE)
    stopped = stop(second)
    assert stopped.ended
    assert len(stopped.turns) == 1


def test_a_case_that_changed_under_way_ends_the_call() -> None:
    persona = PERSONAS["angry"]
    first = begin(persona, SCENE, language="en", seed="4")
    gone = replace(first, turns=(replace(first.turns[0], ask="no_longer_there"),))
    assert reply(persona, gone, "Well.", scene=SCENE).ended
    assert heard_in(persona, reply(persona, gone, "Well.", scene=SCENE), SCENE) == ()


HELLO = same("Hello.")


def small(*, asks: tuple[Ask, ...] | None = None, opening: Text = HELLO) -> Persona:
    line = (same("So?"),)
    ask = Ask("first", ("date",), line, line, place="first")
    middle = (replace(ask, id=f"middle{n}", place="middle") for n in range(3))
    some = (ask, *middle, replace(ask, id="last", place="last"))
    closing = Closing(line, line, line)
    return Persona("small", same("Small"), same("Short."), (opening,), asks or some, closing)


def test_a_script_in_order_has_no_problem() -> None:
    assert list(problems(small())) == []


def test_a_fact_that_nobody_knows_is_named() -> None:
    found = list(problems(small(opening=same("{nonsense}"))))
    assert found[0].startswith("persona small: opening: there is no fact nonsense; use one of")
    assert "persona small: opening: no line can be said without a fact; add one" in found


def test_a_question_may_lean_on_the_facts_it_needs() -> None:
    good = small()
    leaning = Ask(
        "leaning", ("yes_no",), (same("{deadline}?"),), (same("Well?"),), needs=("deadline",)
    )
    assert list(problems(replace(good, asks=(*good.asks, leaning)))) == []


def test_a_script_that_is_too_short_is_refused() -> None:
    one = Ask("only", ("date",), (same("When?"),), (same("When?"),))
    found = list(problems(small(asks=(one, one))))
    assert "persona small: has fewer than 10 lines; add some" in found
    assert "persona small: needs 5 questions that need no fact; add some" in found
    assert "persona small: no question has place first; give it to one" in found
    assert "ask only: stands twice; rename one of them" in found


def test_a_question_must_want_something() -> None:
    good = small()
    idle = Ask("idle", (), (same("Hm."),), (same("Hm."),))
    found = list(problems(replace(good, asks=(*good.asks, idle))))
    assert found == ["ask idle: wants nothing; write what would answer it"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("id_", sorted(PERSONAS))
def test_a_date_that_was_given_already_is_not_asked_for(id_: str, language: Language) -> None:
    persona = PERSONAS[id_]
    dated = {ask.id for ask in persona.asks if ask.wants[0] == "date"}
    given = {
        "en": "On 9 November nine pumps failed; you have the hall on 18 December.",
        "zh": "11月9日有9台泵没通过，12月18日交付。",
    }[language]
    for seed in map(str, range(12)):
        call = begin(persona, SCENE, language=language, seed=seed)
        while not call.ended:
            call = reply(persona, call, given, scene=SCENE)
        asked = [turn.ask for turn in call.turns[1:]]
        assert dated.isdisjoint(asked), (seed, asked)


def test_a_call_in_which_no_date_was_named_asks_for_one() -> None:
    persona = PERSONAS["angry"]
    call = begin(persona, BARE, language="en", seed="7")
    while not call.ended:
        call = reply(persona, call, "Because a pump failed its test.", scene=BARE)
    assert "which_day" in [turn.ask for turn in call.turns]
