"""JSON lines in and out, and a text that somebody has written."""

import io
import json
from typing import Any

from bot.coach.lines import coach_lines, coach_text

_ITEM = {
    "id": "a",
    "lang": "zh",
    "kind": "answer",
    "step": "plan",
    "text": "尽快吧。",
    "fields": {},
}


def _run(*lines: str) -> tuple[int, list[dict[str, Any]], str]:
    out, err = io.StringIO(), io.StringIO()
    wrong = coach_lines(lines, out, err)
    return wrong, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_answer_gets_its_flags_and_findings_in_its_language() -> None:
    wrong, lines, _ = _run(json.dumps(_ITEM))
    assert wrong == 0
    (line,) = lines
    assert line["flags"] == ["plan.no_date"]
    assert "grade" not in line
    (finding,) = line["findings"]
    assert finding["phrase"] == "尽快"
    assert finding["span"] == [0, 2]
    assert "哪一天" in finding["question"]


def test_draft_gets_a_grade() -> None:
    draft = {
        "id": "d",
        "lang": "en",
        "kind": "draft",
        "channel": "im",
        "text": "Hello",
        "facts": {},
    }
    _, (line,), _ = _run(json.dumps(draft))
    assert line["grade"] == "C"


def test_malformed_line_is_told_with_its_number_and_the_rest_goes_on() -> None:
    wrong, lines, err = _run("{", json.dumps(_ITEM), '["x"]', '{"lang":"fr","text":"x"}', "")
    assert wrong == 3
    assert [line["id"] for line in lines] == ["a"]
    assert err.count("\n") == 3
    assert "line 1: is not JSON" in err
    assert "line 4: lang is 'fr'" in err


def test_unknown_step_and_fields_that_are_no_object_are_malformed() -> None:
    wrong, _, err = _run(
        json.dumps({**_ITEM, "step": "dance"}), json.dumps({**_ITEM, "fields": [1]})
    )
    assert wrong == 2
    assert "step is 'dance'" in err
    assert "fields and facts must be objects" in err


def test_text_without_facts_is_judged_by_its_wording() -> None:
    review = coach_text("13 March is guaranteed, no question.", "email", "en")
    assert "promise.certainty" in review.flags
    assert "draft.missing_fact" not in review.flags
    assert "draft.unsupported_fact" not in review.flags
