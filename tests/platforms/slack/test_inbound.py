"""Payloads into what the engine takes in: words as typed, whose they are, and which they are."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards.blocks import Action
from bot.core.words import CaseId
from bot.engine.inbound import Clicked
from bot.platforms.slack import boxes, inbound, marks, payloads, written
from bot.platforms.slack.marks import Opener, Slip
from bot.platforms.slack.payloads import CommandBody, EventBody, InteractionBody
from tests.platforms.slack.fake.escaping import escaped

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def interaction(**more: Any) -> InteractionBody:
    known = {"type": "block_actions", "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "t1"}
    return InteractionBody.model_validate({**known, "team": {"id": "T1", "domain": "acme"}, **more})


@given(st.text())
def test_what_was_typed_comes_back_as_it_was_typed(words: str) -> None:
    assert written.typed(escaped(words)) == words


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("see <https://a.example/x>", "see https://a.example/x"),
        ("see <http://a.example|a.example>", "see a.example"),
        ("<https://a.example|our plan>", "our plan (https://a.example)"),
        ("<mailto:ann@a.example|ann@a.example>", "ann@a.example"),
        ("<@U123|maya> said", "@maya said"),
        ("<@U123>", "@U123"),
        ("<#C1|general>", "#general"),
        ("<!here>", "@here"),
        ("<!subteam^S1|@leads>", "@leads"),
        ("&amp;lt; is not &lt;", "&lt; is not <"),
        ("a &lt; b > c", "a < b > c"),
    ],
)
def test_slacks_own_marks_are_undone_once(sent: str, typed: str) -> None:
    assert written.typed(sent) == typed


@pytest.mark.parametrize(
    ("more", "tenant"),
    [
        ({}, "T1"),
        ({"enterprise_id": "E1"}, "T1"),
        ({"enterprise_id": "E1", "is_enterprise_install": "true"}, "E1"),
        ({"is_enterprise_install": "true"}, "T1"),
    ],
)
def test_rows_belong_to_the_workspace_or_to_the_enterprise_that_installed_it(
    more: dict[str, str], tenant: str
) -> None:
    command = {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "t", **more}
    assert payloads.tenant_of(CommandBody.model_validate(command)) == tenant
    whole = more.get("is_enterprise_install") == "true"
    event = {
        "event_id": "Ev1",
        "team_id": "T1",
        "enterprise_id": more.get("enterprise_id"),
        "event": {"type": "message"},
        "authorizations": [{"is_enterprise_install": whole}],
    }
    assert payloads.tenant_of(EventBody.model_validate(event)) == tenant
    press = interaction(
        enterprise={"id": more["enterprise_id"]} if "enterprise_id" in more else None,
        is_enterprise_install=whole,
    )
    assert payloads.tenant_of(press) == tenant


def test_a_press_twice_has_two_names_and_a_delivery_twice_has_one() -> None:
    value = marks.press(Action("stop", "3"), CaseId("c1"))
    press = {"actions": [{"action_id": "do:stop:0", "value": value, "action_ts": "1.2"}]}
    first, again = (inbound.pressed(interaction(**press), AT, None) for _ in range(2))
    other = inbound.pressed(interaction(**press, trigger_id="t2"), AT, None)
    assert isinstance(first, Clicked)
    assert isinstance(again, Clicked)
    assert isinstance(other, Clicked)
    assert first.envelope.id == again.envelope.id != other.envelope.id
    assert (first.case, first.action) == ("c1", Action("stop", "3"))


def test_a_form_sent_twice_has_one_name_and_one_drawn_anew_another() -> None:
    slip = marks.slip(Slip(Opener("form", "row-1"), CaseId("c1"), seen=4))
    names = []
    for hash_ in ("h1", "h1", "h2"):
        view: dict[str, Any] = {
            "id": "V1",
            "hash": hash_,
            "private_metadata": slip,
            "state": {"values": {}},
        }
        found = inbound.submitted(interaction(type="view_submission", view=view), AT, None)
        assert found is not None
        assert (found.case, found.seen) == ("c1", 4)
        names.append(found.envelope.id)
    assert names[0] == names[1] != names[2]


@given(st.text(max_size=3000), st.text(max_size=300))
def test_a_buttons_value_keeps_its_action_or_is_cut_to_fit(argument: str, case: str) -> None:
    value = marks.press(Action("new", argument), CaseId(case))
    assert len(value) <= marks.LONGEST
    press = marks.pressed(value)
    assert press is not None
    assert press.action.name == "new"
    assert argument.encode(errors="replace").decode().startswith(press.action.argument)


@given(st.text())
def test_values_that_are_not_ours_come_to_nothing(value: str) -> None:
    for found in (marks.opened(value), marks.read_slip(value)):
        assert found is None
    action = {"action_id": "do:stop:0", "value": value}
    pressed = inbound.pressed(interaction(actions=[action]), AT, None)
    assert pressed is None or isinstance(pressed, Clicked)


def test_words_beside_a_day_win_and_an_empty_table_row_is_left_out() -> None:
    state: dict[str, dict[str, dict[str, Any]]] = {
        "box|new_date|d|1": {"box": {"type": "datepicker", "selected_date": "2026-12-01"}},
        "box|new_date|w|1": {"box": {"type": "plain_text_input", "value": "next Friday"}},
        "box|first_sign|d|1": {"box": {"type": "datepicker", "selected_date": "2026-12-01"}},
        "box|first_sign|w|1": {"box": {"type": "plain_text_input", "value": None}},
        "box|steps|r1.name|1": {"box": {"type": "plain_text_input", "value": "Test"}},
        "box|steps|r0.name|1": {"box": {"type": "plain_text_input", "value": None}},
        "box|many|v|1": {"box": {"selected_options": [{"value": "a"}, {"value": "b"}]}},
        "box|one|v|1": {"box": {"type": "static_select", "selected_option": None}},
        "other": {"box": {"value": "x"}},
    }
    assert boxes.read(state) == {
        "new_date": "next Friday",
        "first_sign": "2026-12-01",
        "steps": ({"name": "Test"},),
        "many": ("a", "b"),
        "one": "",
    }
