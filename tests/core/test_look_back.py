"""The team's part in a look back: asked when it is due, each in their own words, shown to its owner."""

from copy import copy
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.core.cards import screens
from bot.core.cards.blocks import Action, Buttons, Card, Facts, Form
from bot.core.case import TextValue
from bot.core.effects import AgendaScreen, OfferScreen, Screen, Show, VoicesScreen
from bot.core.following import agenda
from bot.core.following.events import Closed, LookBackAnswered, RoomBound, RoomLeft, RoomLost
from bot.core.following.later import lesson_of
from bot.core.following.minutes import minutes
from bot.core.following.wording import FOLLOW
from bot.core.pings.rooms import Here
from bot.core.playbook import Playbook
from bot.core.words import FieldId, Language, PersonId, Text
from tests import delivery_cases
from tests.core.followed import Followed
from tests.core.test_later import LOOK_BACK, delivered, fill

HERE = Here("slack", "C0TEAM", "#apollo", "internal")
ELSEWHERE = Here("slack", "C0OTHER", "#other", "internal")
DUE = date(2026, 6, 23)
ANONYMOUS = replace(
    delivery_cases.PLAYBOOK,
    digest="anonymous",
    agendas=tuple(
        replace(a, anonymous=a.id == "retrospective") for a in delivery_cases.PLAYBOOK.agendas
    ),
)


def bound(playbook: Playbook = delivery_cases.PLAYBOOK) -> Followed:
    """A case that was delivered and bound to its channel, before the look back is due."""
    done = unbound(playbook)
    return done.give(RoomBound(done.stamp(), HERE))


def unbound(playbook: Playbook = delivery_cases.PLAYBOOK) -> Followed:
    """A case that was delivered."""
    done = again(_delivered(), playbook)
    done.case = replace(done.case, digest=playbook.digest)
    return done


def due(playbook: Playbook = delivery_cases.PLAYBOOK) -> Followed:
    return again(_due(playbook.agendas[0].anonymous), playbook)


@cache
def _delivered() -> Followed:
    return delivered()


@cache
def _due(anonymous: bool) -> Followed:
    return bound(ANONYMOUS if anonymous else delivery_cases.PLAYBOOK).until(DUE)


def again(told: Followed, playbook: Playbook = delivery_cases.PLAYBOOK) -> Followed:
    """The same once more, to go on from; its case is a value."""
    other = copy(told)
    other.playbook = playbook
    other.alarms, other.boards = dict(told.alarms), dict(told.boards)
    other.asked, other.shows = list(told.asked), list(told.shows)
    return other


def say(told: Followed, by: str, *, alias: str = "", name: str = "", **boxes: str) -> Followed:
    stamp = replace(told.stamp(), by=PersonId("" if alias else by))
    words = {FieldId(f"voice_{prompt}"): text for prompt, text in boxes.items()}
    return told.give(LookBackAnswered(stamp, words, name, alias))


def shown(told: Followed, slot: str) -> list[Screen]:
    return [s.screen for s in told.shows if s.slot == slot]


def card(told: Followed, screen: Screen) -> Card:
    return screens.draw(told.playbook, told.case, screen, today=DUE)


def asking(told: Followed) -> Card:
    return card(told, shown(told, "room:1:look_back")[-1])


def owners(told: Followed) -> Card:
    return card(told, AgendaScreen("retrospective"))


def test_the_team_is_asked_once_when_the_look_back_is_due() -> None:
    before = bound()
    assert shown(before, "room:1:look_back") == []
    asked = before.until(date(2026, 6, 26))
    assert [type(s) for s in shown(asked, "room:1:look_back")] == [VoicesScreen]
    (form,) = [b for b in asking(asked).blocks if isinstance(b, Form)]
    assert form.submit == Text(en="Add my answer", zh="写下我的看法")
    assert [(b.longest, b.required) for b in form.boxes] == [(1000, False)] * 3


def test_without_a_channel_only_its_owner_is_asked() -> None:
    alone = again(_delivered()).until(DUE).press("retrospective/0", "retrospective")
    assert not [s for s in alone.shows if isinstance(s.screen, VoicesScreen)]
    assert alone.case.step == "retrospective"


def test_its_owner_may_begin_before_it_is_due() -> None:
    early = bound().press("/", "retrospective")
    assert len(shown(early, "room:1:look_back")) == 1


def test_the_team_sees_what_happened_when_and_nothing_that_is_internal() -> None:
    told = due()
    words = str(asking(told))
    for seen in ("Customer told", "Delivered", "Time line (15 min)"):
        assert seen in words
    days = next(b for b in asking(told).blocks if isinstance(b, Facts))
    assert FOLLOW.first_sign not in [row.label for row in days.rows]
    assert "from the first sign" not in words
    inside = [a.value for f, a in told.case.answers.items() if told.playbook.fields[f].internal]
    texts = [v.text for v in inside if hasattr(v, "text")]
    assert texts
    assert not [t for t in texts if t in words]


def test_each_says_it_in_their_own_words_and_the_channel_shows_the_number_alone() -> None:
    told = say(due(), "bo", name="Bo Hansen", helped="The call before the mail.")
    say(told, "ida", name="Ida", hindered="Nobody owned the test.", change="Test first.")
    texts = [card(told, s).text.en for s in shown(told, "room:1:voices")]
    assert texts == ["2 people have answered."] * 2  # drawn as it stands now
    for part in ("form", "count"):
        assert told.case.room is not None
        words = str(card(told, VoicesScreen(told.case.room, "form" if part == "form" else "count")))
        assert "The call before" not in words
        assert "Bo Hansen" not in words


def test_who_sends_again_changes_their_own_and_an_empty_box_stays_as_it_was() -> None:
    told = say(due(), "bo", name="Bo Hansen", helped="The call.", change="Test first.")
    say(told, "bo", name="Bo Hansen", helped="The early call.", change="  ")
    back = told.case.look_back
    assert back is not None
    (voice,) = back.in_order
    assert voice.words == {"voice_helped": "The early call.", "voice_change": "Test first."}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "All boxes were empty, so nothing was changed."),
        (
            "x" * 1001,
            "An answer holds up to 1000 characters; yours was longer, so nothing was changed.",
        ),
    ],
)
def test_what_cannot_be_kept_changes_nothing_and_says_so(words: str, said: str) -> None:
    told = due()
    before = told.case
    assert say(told, "bo", name="Bo Hansen", helped=words).toasts == [said]
    assert told.case is before


def test_a_thousand_characters_are_kept() -> None:
    told = say(due(), "bo", helped="字" * 1000)
    assert told.case.look_back is not None
    assert len(told.case.look_back.voices) == 1


def test_the_owners_card_shows_each_answer_with_its_name_and_is_drawn_anew() -> None:
    told = due().press("retrospective/0", "retrospective")
    (first,) = [s for s in told.shows if isinstance(s.screen, AgendaScreen)]
    assert "Nobody has answered yet." in str(owners(told))
    say(told, "bo", name="Bo Hansen", helped="The call before the mail.")
    assert [s for s in told.effects if isinstance(s, Show) and s.slot == first.slot]
    words = str(owners(told))
    assert "Bo Hansen" in words
    assert "What helped: The call before the mail." in words
    assert "什么有用：The call before the mail." in words


def test_anonymous_words_are_kept_under_an_alias_without_any_name() -> None:
    told = due(ANONYMOUS)
    assert "Your name is not kept with your words" in str(asking(told))
    say(told, "bo", name="Bo Hansen", alias="f00d", helped="The call.")
    say(told, "bo", name="Bo Hansen", alias="f00d", helped="The early call.")
    say(told, "ida", name="Ida", alias="beef", helped="The plan.")
    back = told.case.look_back
    assert back is not None
    assert set(back.voices) == {"f00d", "beef"}
    assert {v.name for v in back.voices.values()} == {""}
    assert [v.words["voice_helped"] for v in back.in_order] == ["The plan.", "The early call."]
    assert "Without a name" in str(owners(told))


def test_anonymous_words_without_an_alias_are_not_kept_at_all() -> None:
    told = due(ANONYMOUS)
    before = told.case
    assert say(told, "bo", name="Bo Hansen", helped="The call.").case is before


def test_the_minutes_hold_what_the_team_says() -> None:
    told = say(due(), "bo", name="Bo Hansen", helped="The call.", change="Test first.")
    (said,) = minutes(told.playbook, told.case).voices
    assert said.who.en == "Bo Hansen"
    assert [(ask.en, words) for ask, words in said.words] == [
        ("What helped", "The call."),
        ("What to do differently", "Test first."),
    ]


def test_a_lesson_does_not_name_who_looked_back() -> None:
    told = say(due(), "bo", name="Torvald Hansen", helped="The call.")
    told.press("/", "lesson")
    told.act(Action("submit"))
    answers = dict(told.case.answers)
    answers[FieldId("lesson_advice")] = replace(
        answers[FieldId("project")], value=TextValue("Ask Torvald Hansen first.")
    )
    lesson = lesson_of(told.playbook, replace(told.case, answers=answers), told.stamp())
    assert "Torvald" not in lesson.advice


def test_words_of_the_team_do_not_count_as_the_owners_own() -> None:
    told = due()
    touched = told.case.touched_at
    assert say(told, "bo", helped="The call.").case.touched_at == touched


def test_in_another_channel_it_is_asked_anew_and_what_was_said_stays() -> None:
    told = say(due(), "bo", name="Bo Hansen", helped="The call.")
    told.give(RoomBound(told.stamp(), ELSEWHERE))
    assert "no longer come here" in str(asking(told))
    assert len(shown(told, "room:2:look_back")) == 1
    assert card(told, shown(told, "room:2:voices")[-1]).text.en == "One person has answered."


def test_out_of_the_channel_the_form_is_gone_there() -> None:
    told = due()
    told.give(RoomLeft(told.stamp()))
    assert not [b for b in asking(told).blocks if isinstance(b, Form)]


def test_a_channel_that_is_lost_hears_nothing_more() -> None:
    told = due()
    told.give(RoomLost(told.stamp(), 1, Text(en="Gone.", zh="没了。")))
    assert not [e for e in told.effects if isinstance(e, Show) and e.room is not None]


def test_once_the_case_is_closed_nothing_more_is_taken() -> None:
    told = due()
    told.give(Closed(told.stamp(), anyway=True))
    assert "is over" in asking(told).text.en
    assert not [b for b in asking(told).blocks if isinstance(b, Form)]
    before = told.case
    assert say(told, "bo", helped="The call.").case is before


def test_a_playbook_without_prompts_asks_nobody() -> None:
    bare = replace(
        delivery_cases.PLAYBOOK,
        agendas=tuple(replace(a, prompts=()) for a in delivery_cases.PLAYBOOK.agendas),
    )
    told = bound(bare).until(DUE)
    assert told.case.look_back is None
    assert shown(told, "room:1:look_back") == []


def test_prompts_that_cannot_be_meant_are_named_with_their_remedy() -> None:
    words = Text(en="What helped", zh="什么有用")
    prompts = [agenda.Prompt(id_, words, words) for id_ in ("a", "a", "b~c", "d", "e", "f")]
    found = list(agenda.problems([agenda.Agenda("retrospective", words, (), tuple(prompts))]))
    assert found == [
        "agenda retrospective: prompt a stands twice; rename one of them",
        "agenda retrospective: nobody fills 6 boxes; ask at most 5 prompts",
        "agenda retrospective: prompt 'b~c' is no id; write it in snake_case",
    ]


def looked_back() -> Followed:
    """The look back is written down, and one of the team has said something."""
    told = say(due(), "bo", name="Bo Hansen", helped="Ringing them first.")
    told.press("retrospective/0", "retrospective")
    return fill(fill(told, LOOK_BACK), {"retro_keep": "The call before the mail."})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_minutes_go_to_the_channel_once_their_owner_has_seen_them(language: Language) -> None:
    done = looked_back().press("/", "share")
    (look,) = [s for s in done.shows if s.slot.startswith("share:")]
    assert look.room is None
    assert "ping" in str(card(done, look.screen))
    assert shown(done, "room:1:minutes") == []
    (post,) = next(b for b in card(done, look.screen).blocks if isinstance(b, Buttons)).buttons
    done.act(post.action)
    (posted,) = [s for s in done.shows if s.slot == "room:1:minutes"]
    assert posted.room == done.case.room
    words = said(card(done, posted.screen), language)
    for seen in ("The load test came after the order.", "The call before the mail.", "Ida"):
        assert seen in words
    for kept in ("Ringing", "Hansen", FOLLOW.first_sign.to(language)):
        assert kept not in words


def test_in_another_channel_than_the_button_names_nothing_is_posted_before_a_look() -> None:
    done = looked_back().press("/", "share")
    done.give(RoomBound(done.stamp(), ELSEWHERE)).press("/", "share_now", "1")
    assert [s for s in done.shows if s.slot.endswith(":minutes")] == []
    (_, again) = [s for s in done.shows if s.slot.startswith("share:")]
    (post,) = next(b for b in card(done, again.screen).blocks if isinstance(b, Buttons)).buttons
    assert post.label.en == "Post it in #other"
    done.act(post.action)
    (posted,) = [s for s in done.shows if s.slot.endswith(":minutes")]
    assert posted.room == done.case.room


def said(card: Card, language: Language) -> str:
    rows = [row for b in card.blocks if isinstance(b, Facts) for row in b.rows]
    return " ".join(f"{r.label.to(language)} {r.value.to(language)}" for r in rows)


def test_without_a_channel_the_minutes_are_nowhere_to_be_shared() -> None:
    done = looked_back()
    done.give(RoomLeft(done.stamp())).press("/", "share_now", "1")
    assert shown(done, "room:1:minutes") == []
    alone = again(_delivered()).until(DUE).press("retrospective/0", "retrospective")
    fill(fill(alone, LOOK_BACK), {"retro_keep": "The call before the mail."})
    offers = [s.screen for s in alone.shows if isinstance(s.screen, OfferScreen)]
    assert "share" not in offers[-1].offers
