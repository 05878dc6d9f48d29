"""What counts as acknowledged."""

import json

import pytest

from bot.engine.errors import StoreUnavailable
from tests.platforms.slack.fake.sending import Answer
from tests.soak.roads import Kept, why_not


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(200), ""),
        (Answer(200, json.dumps({"text": "The project is begun."})), ""),
        (Answer(503), "status 503"),
        (Answer(0, reason="connection_failed"), "connection_failed"),
        (
            Answer(200, json.dumps({"text": StoreUnavailable.sentence.en})),
            "told that it is not taken in",
        ),
        (
            Answer(200, json.dumps({"text": StoreUnavailable.sentence.zh})),
            "told that it is not taken in",
        ),
    ],
)
def test_what_was_taken_in_is_told_from_what_was_not(answer: Answer, why: str) -> None:
    assert why_not(answer) == why


def test_what_was_written_counts_once_it_is_acknowledged() -> None:
    kept = Kept()
    kept.note({"text": "zqa1x1"}, "status 503")
    kept.note({"text": "zqa2x2"}, "")
    assert kept.acknowledged == {"zqa2x2"}
    assert kept.refused == {"status 503": 1}
