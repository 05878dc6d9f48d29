"""Empty answers: what is left when the words that say nothing are taken away."""

import pytest

from bot.core.coaching.detectors import emptiness
from bot.core.coaching.detectors.emptiness import content
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of, words

DAYS: Known = {"today": "2026-06-03"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pump valve", 2),
        ("pump pump", 1),
        ("it is so", 0),
        ("泵阀门轴", 2),
        ("泵阀门轴管", 2),
        ("泵", 0),
        ("", 0),
        ("pump 泵阀", 2),
        ("realities of it", 0),
        ("it seemed so", 0),
        ("it is happening", 0),
        ("many holidays", 0),
        ("newly", 0),
        ("used", 1),
        ("the situation's pump", 1),
        ("the matters' pump", 1),
        ("it's we've pump", 1),
    ],
)
def test_content_counts_words_and_pairs_of_characters(text: str, said: int) -> None:
    assert content(subject_of(text, "cause"), "empty_words") == said


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("circumstances", "Due to unforeseen circumstances.", ["unforeseen circumstances"]),
        ("hardly a word", "Various issues.", ["Various issues"]),
        ("event and mechanism", "The seal of pump 2 tore on 3 May because the rubber was wrong.", []),
        ("open, with the day of the answer", "We do not know the cause yet; we know it on 9 June.", []),
        ("open, without a day", "We do not know the cause yet.", [""]),
        ("原因很多", "由于各种原因。", ["各种原因"]),
        ("有经过", "5月3日密封圈破裂，泵漏水。", []),
        ("going in a circle", "It took longer than planned.", ["took longer"]),
        ("empty before it goes in a circle", "We fell behind: various issues.", ["fell behind"]),
        ("words that say nothing of a cause", "Complex challenges, many problems, resources.", ["Complex challenges"]),
        ("nine words beside an empty one", "Unforeseen circumstances with pump, valve, seal, wire, drum, belt, fan, cable and gauge.", ["Unforeseen circumstances"]),
        ("ten words beside an empty one", "Unforeseen circumstances with pump, valve, seal, wire, drum, belt, fan, cable, gauge and rope.", []),
        ("one word and a day", "Unforeseen circumstances with the pump on 3 May.", ["Unforeseen circumstances"]),
        ("two words and a day", "Unforeseen circumstances with pump and valve on 3 May.", []),
        ("two words and a number", "Unforeseen circumstances in hall 4 with a pump.", []),
        ("four words", "Pump, valve, seal, wire.", [""]),
        ("five words", "Pump, valve, seal, wire, drum.", []),
        ("one word and a number", "Hall 4.", [""]),
        ("our own part", "We should have known.", []),
        ("our own part and an empty word", "We should have known the unforeseen circumstances.", ["unforeseen circumstances"]),
        ("原地打转", "时间不够。", ["时间不够"]),
        ("我们自己的", "我们没抓好。", []),
        ("还没查清，但有日子", "原因还不清楚，6月9日告诉您。", []),
    ],
)  # fmt: skip
def test_cause_says_what_happened(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "cause", DAYS, language=language_of(text))
    assert words(emptiness.vague_cause, subject) == expected, rule
    other = subject_of(text, "draft", DAYS, language=language_of(text))
    assert hits(emptiness.vague_cause, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("an empty word", "It moves due to unforeseen circumstances.", {}, ["unforeseen circumstances"]),
        ("an empty word and a mechanism", "The seal tore because the rubber was wrong, in unforeseen circumstances.", {}, []),
        ("the answered cause is told", "Unforeseen circumstances: the seals of pump two leaked.", {"cause": "seals of pump two leaked"}, []),
        ("the answered cause is not told", "It moves due to unforeseen circumstances.", {"cause": "seals of pump two leaked"}, ["unforeseen circumstances"]),
        ("no empty word", "It moves by a week.", {}, []),
        ("由于一些原因", "由于一些原因，日期要改。", {}, ["一些原因"]),
        ("in a word on the next contact", "You hear from me whatever unforeseen circumstances come up, every Friday.", {}, []),
        ("in a word that we keep in touch", "We keep you posted on unforeseen circumstances.", {}, []),
        ("in touch, and then an empty word", "We keep you posted on unforeseen circumstances. It moves due to various issues.", {}, ["various issues"]),
        ("two empty words are told once", "It moves due to unforeseen circumstances and various issues.", {}, ["unforeseen circumstances"]),
        ("a mechanism in another sentence", "The seal tore. It moves due to unforeseen circumstances.", {}, ["unforeseen circumstances"]),
        ("a mechanism that is not the answered one", "It broke in unforeseen circumstances.", {"cause": "seals of pump two leaked"}, ["unforeseen circumstances"]),
        ("出什么事都告诉您", "有各种原因我们随时告诉您。", {}, []),
    ],
)  # fmt: skip
def test_only_reason_of_a_draft_is_no_empty_word(
    rule: str, text: str, known: Known, expected: list[str]
) -> None:
    subject = subject_of(text, "draft", known, language=language_of(text))
    assert words(emptiness.vague_cause_draft, subject) == expected, rule
    other = subject_of(text, "cause", known, language=language_of(text))
    assert hits(emptiness.vague_cause_draft, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("a mood", "Almost there.", ["Almost there"]),
        ("hardly a word", "It goes on.", [""]),
        ("a count", "Almost there: 8 of 9.", []),
        ("a count in words", "Almost there: eight doors hang.", []),
        ("a figure of speech is no count", "We go on step by step.", ["step by step"]),
        ("a finished part", "The foundation is finished.", []),
        ("差不多了", "差不多了。", ["差不多"]),
        ("七七八八不是数", "干得七七八八了。", ["七七八八"]),
        ("有数", "9樘装了8樘。", []),
        ("five words beside a mood", "Almost there with pump, valve, seal, wire and drum.", ["Almost there"]),
        ("six words beside a mood", "Almost there with pump, valve, seal, wire, drum and belt.", []),
        ("words of a mood say nothing", "Good progress, steady, promising, solid: pump, valve, seal.", ["Good progress"]),
        ("three words", "Pump, valve, seal.", [""]),
        ("four words", "Pump, valve, seal, wire.", []),
        ("finished, but nobody says what", "It is finished.", [""]),
        ("进展顺利", "进展顺利。", ["顺利"]),
        ("验收了什么", "屋顶已验收。", []),
    ],
)  # fmt: skip
def test_status_is_no_mood(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "status", DAYS, language=language_of(text))
    assert words(emptiness.vague_status, subject) == expected, rule
    other = subject_of(text, "draft", DAYS, language=language_of(text))
    assert hits(emptiness.vague_status, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("some impact", "There is some impact.", ["some impact"]),
        ("hardly a word", "It matters.", [""]),
        ("who and what", "Your dispatchers sort parcels by hand until 18 June.", []),
        ("our own trouble", "Our team has to work overtime.", ["Our team"]),
        ("our trouble and theirs", "Our team works overtime, and your staff sorts parcels by hand.", []),
        ("unknown, with its day", "We do not know the impact yet; we ask you on 9 June.", []),
        ("some impact and a figure", "Some impact: 40 parcels.", []),
        ("有一定影响", "有一定影响。", ["影响"]),
        ("谁和什么", "你们的分拣员要手工分拣包裹。", []),
        ("three words beside an empty one", "Some impact on pump, valve and seal.", ["Some impact"]),
        ("four words beside an empty one", "Some impact on pump, valve, seal and wire.", []),
        ("one word", "Pump.", [""]),
        ("two words", "Pump, valve.", []),
        ("words that say nothing of an effect", "Customers will be annoyed, clients unhappy, users disrupted.", ["annoyed"]),
        ("some impact on a day", "Some impact next Tuesday.", []),
        ("some impact, counted in words", "Some impact on three guests.", []),
        ("unknown, without a day", "We do not know yet.", [""]),
        ("denied, which is another fault", "No impact on them at all.", []),
        ("for us, though a place of theirs is named", "For us, the hospital closes.", ["For us"]),
        ("我们要加班", "我们要加班。", ["我们要加班"]),
        ("我们加班，他们手工", "我们要加班，客户要手工分拣。", []),
        ("问了再说", "6月9日问客户，还不清楚。", []),
    ],
)  # fmt: skip
def test_impact_says_who_and_what(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "impact", DAYS, language=language_of(text))
    found = hits(emptiness.vague_impact, subject)
    assert found == [Found("impact.vague", w, {}) for w in expected], rule
    other = subject_of(text, "draft", DAYS, language=language_of(text))
    assert hits(emptiness.vague_impact, other) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("a high percentage", "The wiring is nearly done. 90% done.", ["nearly done"]),
        ("a count beside it", "The wiring is nearly done: 18 of 20 rooms, 90%.", []),
        ("a number of what is left", "Nearly done, 90%; two rooms are left.", []),
        ("a low percentage", "The wiring is nearly done. 40% of all done.", []),
        ("no percentage", "The wiring is nearly done.", []),
        ("no mood", "The wiring is 90% done.", []),
        ("差不多", "布线差不多做完了。完成90%。", ["差不多做完"]),
        ("数得出来", "布线差不多做完了，20间布了18间，完成90%。", []),
        ("尽快", "尽快做好。完成90%。", []),
    ],
)  # fmt: skip
def test_nearly_done_is_no_count(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "status", DAYS, language=language_of(text))
    assert words(emptiness.nearly_done, subject) == expected, rule
    assert hits(emptiness.nearly_done, subject_of(text, "plan", DAYS)) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("five words and no burden", "Lamps hang over doors here.", ["Lamps hang over doors here."]),
        ("the first sentence is shown", "Lamps hang over doors. Fine for everybody.", ["Lamps hang over doors."]),
        ("four words are too few to tell", "Lamps hang over doors.", []),
        ("a burden", "Lamps have to hang over doors.", []),
        ("a burden of four letters", "Lamps hang over half their doors.", []),
        ("a burden in another form", "Lamps interrupted everybody over their doors.", []),
        ("a short word that begins like a burden", "Lamps hang over mood doors here.", []),
        ("a short word is a burden only as a whole", "Lamps hang over hits and doors.", ["Lamps hang over hits and doors."]),
        ("a figure", "Lamps hang over doors in hall 4 here.", []),
        ("a count in words", "Lamps hang over two doors right here.", []),
        ("a day", "Lamps hang over doors here next Tuesday.", []),
        ("an empty effect is vague, not denied", "There is some impact over green doors.", []),
        ("unknown", "Whose doors, nobody could say: unknown.", []),
        ("our own trouble", "The team hangs lamps, that costs us.", []),
        ("somebody was asked", "Ms Ode confirmed: lamps hang over doors.", []),
        ("没有负担的词表", "一切照常进行，和原来一样运转。", []),
    ],
)  # fmt: skip
def test_effect_without_a_burden_is_waved_away(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "impact", DAYS, language=language_of(text))
    found = hits(emptiness.waved_away, subject)
    assert found == [Found("impact.unfounded_denial", w, {}) for w in expected], rule
    assert hits(emptiness.waved_away, subject_of(text, "plan", DAYS)) == []
