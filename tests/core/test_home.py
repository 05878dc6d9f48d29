"""The card of one's own page: the one next thing, what is open, what this week brings, the settings."""

from dataclasses import replace
from datetime import date

from bot.core.cards.blocks import Action, Buttons, Card, Fact, Facts, Heading, Paragraph
from bot.core.cards.home_card import home_card
from bot.core.case import Case
from bot.core.person import Person
from bot.core.pings.reminder import Key
from bot.core.words import PersonId, TenantId
from tests.core.followed import Followed
from tests.core.talk import Talk

MAYA = Person(PersonId("maya"), TenantId("t"), "en", "Europe/London", "GB")


def home(*cases: Case, today: date) -> Card:
    return home_card(MAYA, cases, today=today, note=None)


def under(card: Card, heading: str) -> list[object]:
    """The blocks below a heading, up to the next one."""
    at = next(
        i for i, b in enumerate(card.blocks) if isinstance(b, Heading) and b.text.en == heading
    )
    found: list[object] = []
    for block in card.blocks[at + 1 :]:
        if isinstance(block, Heading):
            break
        found.append(block)
    return found


def rows(blocks: list[object]) -> list[Fact]:
    return [row for b in blocks if isinstance(b, Facts) for row in b.rows]


def buttons(blocks: list[object]) -> list[Action]:
    return [b.action for row in blocks if isinstance(row, Buttons) for b in row.buttons]


def test_without_anything_open_there_is_a_sentence_and_two_buttons() -> None:
    card = home(today=date(2026, 5, 18))
    blocks = under(card, "Nothing is slipping just now")
    assert isinstance(blocks[0], Paragraph)
    assert buttons(blocks) == [Action("new"), Action("help")]


def test_what_waits_for_an_answer_comes_before_everything_else() -> None:
    followed = Followed().tell()
    case = followed.case
    asked = replace(case.reminders[Key("next_update/0")], state="asked")
    waiting = replace(case, reminders={**case.reminders, Key("next_update/0"): asked})
    blocks = under(home(waiting, Talk().case, today=date(2026, 5, 18)), "Next")
    assert buttons(blocks) == [Action("followups")]


def test_the_week_shows_what_was_promised_and_the_next_word_and_nothing_twice() -> None:
    followed = Followed().tell()
    case = followed.case
    promised = {p.date for p in case.given if p.kind == "milestone"}
    update = case.reminders[Key("next_update/0")].day
    for day in (*promised, update):
        found = rows(under(home(case, today=day), "This week"))
        assert str(day.day) in found[0].label.en
        assert len(found) == len(set(found))
    assert any(
        "as promised" in r.value.en
        for r in rows(under(home(case, today=min(promised)), "This week"))
    )


def test_a_case_that_was_delivered_has_no_dates_any_more() -> None:
    case = replace(Followed().tell().case, recovered_at=Followed().at)
    assert rows(under(home(case, today=date(2026, 5, 18)), "This week")) == []


def test_the_settings_stand_below_with_a_way_to_change_them() -> None:
    blocks = under(home(today=date(2026, 5, 18)), "Settings")
    shown = {row.label.en: row.value.en for row in rows(blocks)}
    assert shown["Time zone"] == "Europe/London"
    assert shown["Working hours"] == "09:00–18:00"
    assert Action("settings") in buttons(blocks)
