"""A case of late lifts, and what one detector tells of a sentence in the middle of its draft."""

from bot.core.coaching.detectors.registry import Detector
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

FACTS: Known = {
    "today": "2026-06-08", "original_date": "2026-06-26", "new_date": "2026-07-17",
    "cause": "the drives came with the wrong flange; we tested an old drawing",
    "status": "car and rails are mounted; door drives and fence open",
}  # fmt: skip
FACTS_ZH: Known = {
    **FACTS, "cause": "门机法兰尺寸不对，我们按旧图纸订的货", "status": "轿厢和导轨已安装；门机和围栏未做",
}  # fmt: skip
CHECK = "draft.unsupported_fact"


def told(detector: Detector, sentence: str, known: Known | None = None) -> list[Found]:
    """What a detector tells of a sentence between two others; of an answer it tells nothing."""
    language = language_of(sentence)
    before, after, facts = (
        ("电梯由6月26日改到7月17日。", "谢谢您的耐心。", FACTS_ZH)
        if language == "zh"
        else ("The lifts move from 26 June to 17 July. ", " We thank you for your patience.", FACTS)
    )
    text, facts = before + sentence + after, {**facts, **(known or {})}
    assert hits(detector, subject_of(text, "plan", facts, language=language)) == []
    nothing = {"today": "2026-06-08"}
    assert hits(detector, subject_of(text, "draft", nothing, language=language)) == []
    return hits(detector, subject_of(text, "draft", facts, language=language))


def found(*words: str) -> list[Found]:
    return [Found(CHECK, one, {"x": one}) for one in words]
