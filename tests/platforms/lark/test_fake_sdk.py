"""lark-oapi works against the fake, and falls into the traps that we have to step round.

Each trap of its own is a reason for a line in `bot/platforms/lark`; when a release mends one, the
test says so. All of them are tried in one process (`sdk.py`), once for this module.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

Tried = dict[str, dict[str, Any]]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tried() -> Tried:
    """What the SDK did."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.platforms.lark.sdk"],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: Tried = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_card_is_sent_and_patched(tried: Tried) -> None:
    assert tried["client"]["card"] == [0, 0, 2]


def test_a_rate_limit_and_a_fault_come_back_as_answers(tried: Tried) -> None:
    assert tried["client"]["rate limit"] == 99991400
    assert tried["client"]["server fault"] == 500


def test_an_answer_that_is_no_json_raises(tried: Tried) -> None:
    assert tried["client"]["gateway fault"] == "JSONDecodeError"


def test_no_answer_raises_after_the_time_limit(tried: Tried) -> None:
    assert tried["client"]["hang"] == "ReadTimeout"


def test_a_revoked_token_is_used_again_and_again(tried: Tried) -> None:
    assert tried["client"]["revoked"] == [99991663, 99991663]
    assert tried["client"]["token calls"] == 1


def test_the_loop_stands_still_while_a_token_is_fetched(tried: Tried) -> None:
    assert tried["blocked"]["longest"] >= 0.3


def test_a_sealed_and_signed_event_is_taken_even_from_1970(tried: Tried) -> None:
    assert tried["dispatcher"]["usual"] == 200
    assert tried["dispatcher"]["old"] == 200


def test_an_async_handler_never_runs_and_is_answered_with_200(tried: Tried) -> None:
    assert tried["dispatcher"]["async"] == 200
    assert "async" not in tried["dispatcher"]["ran"]


def test_an_event_that_nobody_registered_is_a_fault(tried: Tried) -> None:
    assert tried["dispatcher"]["unknown"] == 500


def test_a_handler_s_error_goes_back_in_json_that_is_none(tried: Tried) -> None:
    assert tried["dispatcher"]["failed"] == [500, False]


def test_header_names_in_lower_case_are_a_fault(tried: Tried) -> None:
    assert tried["dispatcher"]["lower case"] == 500


def test_a_button_with_a_string_is_a_fault(tried: Tried) -> None:
    assert tried["dispatcher"]["string value"] == 500


def test_a_challenge_with_quotes_is_not_escaped(tried: Tried) -> None:
    assert tried["dispatcher"]["challenge"] is False


def test_our_frames_are_those_of_the_sdk(tried: Tried) -> None:
    assert tried["frame"] == {"written": True, "read": True}


def test_events_whole_and_in_pieces_and_presses_come_over_the_long_connection(
    tried: Tried,
) -> None:
    assert tried["connection"]["event"] == ""
    assert tried["connection"]["pieces"] == ""
    assert tried["connection"]["press"] == [0, "好"]
    assert tried["connection"]["violations"] == []


def test_a_dropped_connection_is_made_again(tried: Tried) -> None:
    assert tried["connection"]["after a drop"] == ""


def test_handlers_run_one_after_the_other_and_the_last_answers_are_late(tried: Tried) -> None:
    faults = tried["connection"]["slow handlers"]
    assert faults[0] == ""
    assert faults[-1] == "too slow"


def test_a_frame_of_the_older_callbacks_is_dropped_in_silence(tried: Tried) -> None:
    assert tried["connection"]["card frame"] == "too slow"


def test_a_wrong_secret_ends_the_connection_for_good(tried: Tried) -> None:
    assert tried["connection"]["wrong secret"] == "ClientException 514: auth failed"


def test_a_client_cannot_be_started_in_a_running_loop_nor_stopped(tried: Tried) -> None:
    assert tried["connection"]["running loop"] == "This event loop is already running"
    assert tried["connection"]["can be stopped"] is False
