"""What is not the writer's own, and where sentences end: every position stays."""

import pytest

from bot.core.coaching.detectors.masking import blank, sentences, unquoted, visible

X = "\x1f"


def cut(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("rule", "text", "gone"),
    [
        ("code", "a ```b``` c", "```b```"),
        ("code without an end", "a ```b c", "```b c"),
        ("a quoted line", "a\n> b\nc", "> b"),
        ("a quoted line after three blanks", "a\n   > b\nc", "   > b"),
        ("more than three blanks are no quote", "a\n     > b", ""),
        ("a sign in a line is no quote", "a > b", ""),
        ("all that follows a reply's head", "a\nOn Monday Ms Ode wrote:\nb", "On Monday Ms Ode wrote:\nb"),
        ("all that follows its original", "a\n-- Original Message --\nb", "-- Original Message --\nb"),
        ("all that follows a sender and a subject", "a\nFrom: b\nSubject: c\nd", "From: b\nSubject: c\nd"),
        ("a sender alone is a word", "a\nFrom: the site", ""),
        ("发件人以下", "正文\n发件人：王\n旧文", "发件人：王\n旧文"),
        ("写道以下", "正文\n王总写道：\n旧文", "王总写道：\n旧文"),
        ("a head at the very beginning hides nothing", "On Monday Ms Ode wrote:\nb", ""),
        ("plain", "a b", ""),
        ("a head after an empty line hides what follows", "\nOn Monday Ms Ode wrote:\nb", "On Monday Ms Ode wrote:\nb"),
    ],
)  # fmt: skip
def test_code_and_quoted_mail_are_blanked(rule: str, text: str, gone: str) -> None:
    assert visible(text) == (text.replace(gone, X * len(gone)) if gone else text), rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('say "yes" now', f"say {X * 5} now"),
        ("“是”和“否”", f"{X * 3}和{X * 3}"),
        ("「是」『否』‘也’", X * 9),
        ("it's the site's", "it's the site's"),
        ("say 'yes' now", f"say {X * 5} now"),
        ('"open\nclose"', '"open\nclose"'),
        ("none", "none"),
        ("我们回：“好的”", "我们回：“好的”"),
        ("5日我们在会上说了一句：“能交”", "5日我们在会上说了一句：“能交”"),
        ("我方书面承诺：“能交”，他们说“好”", f"我方书面承诺：“能交”，他们说{X * 3}"),
        ("客户让我们回：“好的”", f"客户让我们回：{X * 4}"),
        ("我们没说“能交”", f"我们没说{X * 4}"),
        ("我们收到，她说“能交”", f"我们收到，她说{X * 4}"),
    ],
)
def test_quotations_are_blanked(text: str, expected: str) -> None:
    assert unquoted(text, text) == expected


def test_quotations_are_those_of_the_text_as_written() -> None:
    assert unquoted("say yes. now", "say “es. now”"[:12]) == "say yes. now"
    assert unquoted("ABCDEFG", '"b" d f') == f"{X * 3}DEFG"


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("stops", "One. Two! Three? Four", ["One.", " Two!", " Three?", " Four"]),
        ("Chinese stops need no blank", "一。二！三？四；五", ["一。", "二！", "三？", "四；", "五"]),
        ("a figure's point is no stop", "It is 2.5 m. Done", ["It is 2.5 m.", " Done"]),
        ("a short form is no stop", "Mr. Ode and e.g. No. 5 wait. Done", ["Mr. Ode and e.g. No. 5 wait.", " Done"]),
        ("a mark before a closing sign is one", "He says “yes.” Fine", ["He says “yes.", "” Fine"]),
        ("an exclamation in a word is none", "Ya!hoo works", ["Ya!hoo works"]),
        ("a line that goes on in small letters goes on", "We wait\nfor it", ["We wait\nfor it"]),
        ("a line that begins anew is a sentence", "We wait\nThen go", ["We wait\n", "Then go"]),
        ("letters at both ends of the alphabet go on", "x\na\nz", ["x\na\nz"]),
        ("an empty line is none", "One.\n\n Two.", ["One.", "\n\n Two."]),
        ("only blanks", " \n ", []),
        ("nothing", "", []),
    ],
)  # fmt: skip
def test_sentences_end_where_they_end(rule: str, text: str, expected: list[str]) -> None:
    assert cut(text) == expected, rule


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "abcdef"),
        ([(1, 3)], f"a{X * 2}def"),
        ([(4, 5), (1, 2)], f"a{X}cd{X}f"),
        ([(1, 4), (2, 3)], f"a{X * 3}ef"),
        ([(1, 3), (2, 5)], f"a{X * 4}f"),
        ([(1, 3), (3, 4)], f"a{X * 3}ef"),
        ([(0, 6)], X * 6),
    ],
)
def test_spans_are_blanked_once_in_any_order(spans: list[tuple[int, int]], expected: str) -> None:
    assert blank("abcdef", spans) == expected
