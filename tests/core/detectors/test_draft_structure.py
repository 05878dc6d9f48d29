"""The shape of a draft: the news first, no gaps, somebody who answers for it, not too long."""

import pytest

from bot.core.coaching.detectors import draft_structure as shape
from bot.core.words import Language
from tests.core.detectors.hits import Found, Known, hits, subject_of, words

MOVED: Known = {"today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18"}


@pytest.mark.parametrize(
    ("rule", "text", "fires"),
    [
        ("the news at once", "The lift is ready on 18 June.", False),
        ("the move at once", "The date of the lift moves by two weeks.", False),
        ("the news within sixty words", "word " * 55 + "18 June.", False),
        ("the news after sixty words", "word " * 60 + "18 June.", True),
        ("the move after sixty words", "word " * 60 + "The date of the lift moves.", True),
        ("another day at once", "The audit is on 9 June.", True),
        ("no news at all", "Hello.", True),
    ],
)
def test_news_stands_in_the_first_sixty_words(rule: str, text: str, fires: bool) -> None:
    subject = subject_of(text, "draft", MOVED)
    found = words(shape.buried_lead, subject)
    assert bool(found) is fires, rule
    assert found == ([text[: 60 * 5] if "word" in text else text] if fires else [])
    assert hits(shape.buried_lead, subject_of(text, "plan", MOVED)) == []


@pytest.mark.parametrize(
    ("before", "fires"),
    [("好" * 119, False), ("好" * 120, True)],
)
def test_news_stands_in_the_first_120_characters(before: str, fires: bool) -> None:
    subject = subject_of(f"{before}6月18日交付。", "draft", MOVED, language="zh")
    assert words(shape.buried_lead, subject) == ([before] if fires else [])


@pytest.mark.parametrize(
    ("rule", "text", "language", "expected"),
    [
        ("brackets", "Dear [Name], hello.", "en", ["[Name]"]),
        ("braces", "Dear {{name}}, hello.", "en", ["{{name}}"]),
        ("to be decided", "Ready TBD.", "en", ["TBD"]),
        ("to be decided by a day", "Ready TBD, told on 9 June.", "en", []),
        ("its day in another sentence", "Ready TBD. Told on 9 June.", "en", ["TBD"]),
        ("the first of two", "Ready XX, by [name].", "en", ["XX"]),
        ("the second where the first has its day", "Ready TBD on 9 June. Dear [Name].", "en", ["[Name]"]),
        ("a gap with its day is a gap", "Dear [Name], on 9 June.", "en", ["[Name]"]),
        ("a figure in brackets", "See [12].", "en", []),
        ("none", "Dear Ms Ode, hello.", "en", []),
        ("待定", "交付日期待定。", "zh", ["待定"]),
        ("待定但有日子", "交付日期待定，6月9日告知。", "zh", []),
        ("书名号里要填", "您好，【客户名】。", "zh", ["【客户名】"]),
        ("标题", "【进度通报】您好。", "zh", []),
        ("标题里要填", "【填写日期】您好。", "zh", ["【填写日期】"]),
        ("标题太短", "【日期】您好。", "zh", ["【日期】"]),
        ("冒号后的标题", "主题：【进度通报】您好。", "zh", []),
        ("句中的词", "您好，【进度通报】见附件。", "zh", ["【进度通报】"]),
        ("别的词", "您好，【重要】请看。", "zh", []),
        ("另一种括号", "您好，［客户名］。", "zh", ["［客户名］"]),
        ("第三种括号", "您好，〔客户名〕。", "zh", ["〔客户名〕"]),
    ],
)  # fmt: skip
def test_no_gap_is_left_open(rule: str, text: str, language: Language, expected: list[str]) -> None:
    known = {"today": "2026-06-03"}
    found = hits(shape.placeholder, subject_of(text, "draft", known, language=language))
    assert found == [Found("draft.placeholder", w, {"x": w}) for w in expected], rule
    assert hits(shape.placeholder, subject_of(text, "plan", known, language=language)) == []


OURS: Known = {"cause": "seals of the wrong rubber were ordered", "cause_party": "Ours"}


@pytest.mark.parametrize(
    ("rule", "text", "known", "fires"),
    [
        ("nobody", "The seals leak.", {}, True),
        ("shared", "The seals leak.", {"cause_party": "shared"}, True),
        ("our supplier's", "The seals leak.", {"cause_party": "supplier"}, True),
        ("the customer's", "The seals leak.", {"cause_party": "customer"}, False),
        ("nobody knows whose", "The seals leak.", {"cause_party": None}, False),
        ("we did it", "We ordered seals of the wrong rubber.", {}, False),
        ("we did something else", "We will repaint the wall. Seals of the wrong rubber were ordered.", {}, True),
        ("one word in common is not the cause", "We painted the seals.", {}, True),
        ("our thing", "Our store ordered seals of the wrong rubber.", {}, False),
        ("our fault", "An error on our side.", {}, False),
        ("the cause is unknown", "Seals of the wrong rubber were ordered.", {"cause": None}, True),
    ],
)  # fmt: skip
def test_somebody_answers_for_our_part(rule: str, text: str, known: Known, fires: bool) -> None:
    subject = subject_of(text, "draft", {**OURS, **known})
    found = [hit.check for hit in hits(shape.no_ownership, subject)]
    assert found == (["draft.no_ownership"] if fires else []), rule
    assert hits(shape.no_ownership, subject_of(text, "plan", {**OURS, **known})) == []


@pytest.mark.parametrize(
    ("channel", "language", "most"),
    [
        ("im", "en", 120), ("chat", "en", 120), ("email", "en", 300), ("letter", "en", 450),
        ("im", "zh", 250), ("chat", "zh", 250), ("email", "zh", 600), ("letter", "zh", 900),
    ],
)  # fmt: skip
def test_draft_is_as_long_as_people_read_on_its_channel(
    channel: str, language: Language, most: int
) -> None:
    def found(size: int) -> list[Found]:
        text = "word " * size if language == "en" else "字" * size
        subject = subject_of(text, "draft", language=language, channel=channel)
        return hits(shape.too_long, subject)

    assert found(most) == []
    assert found(most + 1) == [Found("draft.too_long", "", {"n": most + 1})]


def test_length_is_asked_of_written_drafts_alone() -> None:
    text = "word " * 2000
    assert hits(shape.too_long, subject_of(text, "draft", channel="call")) == []
    assert hits(shape.too_long, subject_of(text, "draft")) == []
    assert hits(shape.too_long, subject_of(text, "plan", channel="email")) == []


LETTER = "Dear Ms Ode,\nunder contract no. 4711 the lift moves.\nSincerely, Ida Berg"


@pytest.mark.parametrize(
    ("rule", "text", "sender", "channel", "fires"),
    [
        ("all there", LETTER, "Ida Berg", "letter", False),
        ("signed by nobody known", LETTER, None, "letter", False),
        ("signed by another", LETTER, "Olga Hahn", "letter", True),
        ("no reference", LETTER.replace("contract no. 4711", "this"), "Ida Berg", "letter", True),
        ("no addressee", LETTER.replace("Dear Ms Ode,\n", ""), "Ida Berg", "letter", True),
        ("a mail needs none", "Hello", "Ida Berg", "email", False),
    ],
)
def test_letter_has_its_formal_parts(
    rule: str, text: str, sender: str | None, channel: str, fires: bool
) -> None:
    subject = subject_of(text, "draft", {"sender": sender}, channel=channel)
    wanted = [Found("draft.formal_elements", "", {})] if fires else []
    assert hits(shape.formal_elements, subject) == wanted, rule
    answer = subject_of(text, "plan", {"sender": sender}, channel=channel)
    assert hits(shape.formal_elements, answer) == []


@pytest.mark.parametrize("text", ["请于【】月【】日前选定。", "加固（   ）天。"])
def test_empty_brackets_are_a_gap(text: str) -> None:
    assert hits(shape.placeholder, subject_of(text, "draft", MOVED, language="zh"))


@pytest.mark.parametrize(
    ("text", "owned"),
    [
        ("Valves on the wrong line, drawing error, ours.", True),
        ("Whatever it is, we'll own it.", True),
        ("We take this on us.", True),
        ("Nobody on our side could have known.", False),
        ("Nothing we could've done.", False),
    ],
)
def test_somebody_answers_for_it(text: str, *, owned: bool) -> None:
    known = {**MOVED, "cause_party": "shared", "cause": "bolts came with the wrong thread"}
    assert bool(hits(shape.no_ownership, subject_of(text, "draft", known))) is not owned
