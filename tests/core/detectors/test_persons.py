"""Without a person in the sentence nobody can be named as the culprit."""

import pytest

from bot.core.coaching.detectors.persons import somebody
from bot.core.words import Language
from tests.core.detectors.hits import subject_of


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Our planner booked the wrong hall.", "en", True),
        ("The wrong hall was booked by Mr Osei.", "en", True),
        ("As usual Chukwudi had the keys.", "en", True),
        ("Yusuf pushed the release on Friday.", "en", True),
        ("yusuf sent the old list", "en", True),
        ("Tuomo erased the disk.", "en", True),
        ("Something erased the disk.", "en", False),
        ("She never read the note.", "en", True),
        ("The drums came with the wrong sheath.", "en", False),
        ("On Monday the belt tore at the second seam.", "en", False),
        ("In March 2026 it broke.", "en", False),
        ("小何抄错了型号。", "zh", True),
        ("是他没复核。", "zh", True),
        ("Kevin改了防火墙没说。", "zh", True),
        ("6月2日密封圈裂了。", "zh", False),
    ],
)
def test_a_person_is_heard_by_name_by_role_or_as_he_and_she(
    text: str, language: Language, expected: bool
) -> None:
    assert somebody(subject_of(text, "cause", language=language), 0) is expected


def test_a_person_in_another_sentence_does_not_count() -> None:
    subject = subject_of("Mr Osei asked on Monday. The belt tore.", "cause")
    assert [somebody(subject, number) for number in range(2)] == [True, False]
