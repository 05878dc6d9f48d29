"""Somebody who holds two roles got two cards, and had to press twice."""

from dataclasses import replace

import pytest

from bot.core.approving.release import Approval, Colleague
from bot.core.approving.several import merged, parted
from bot.core.words import PersonId, Text
from tests.approval.scene import IDA, LIN, OMAR, ORGANISATION, Scene, heavy, pressable, words

BOTH = "delivery director and finance"


async def asked(*after: PersonId) -> Scene:
    """Omar directs the delivery and holds the purse, where Lin is next; others direct after him."""
    roles = {**ORGANISATION.roles, "finance": (OMAR, LIN), "delivery_director": (OMAR, *after)}
    scene = await Scene(
        heavy(goodwill="longer_warranty"), organisation=replace(ORGANISATION, roles=roles)
    ).begin()
    await scene.choose("approval_ask")
    return scene


def questions(scene: Scene, person: PersonId) -> list[str]:
    """The cards of a person on which something can be approved."""
    cards = [m.card for m in scene.messages(person) + scene.messages(f"D-{person}")]
    return [words(c) for c in cards if any(a.name == "approve" for a in pressable(c))]


@pytest.mark.parametrize("after", [(), (IDA,), (LIN,)])
async def test_two_roles_of_one_person_are_one_card_and_one_press(
    after: tuple[PersonId, ...],
) -> None:
    scene = await asked(*after)
    (question,) = questions(scene, OMAR)
    assert BOTH in question.casefold()
    await scene.choose("approve", by=OMAR)
    case = await scene.now()
    assert case.phase == "ready"
    assert case.outgoing is not None
    given = [(a.role, a.by.id) for a in case.outgoing.approvals if a.by]
    assert given == [("delivery_director+finance", OMAR)]


async def test_who_stays_silent_is_followed_in_each_role_by_its_own_next() -> None:
    scene = await asked(IDA)
    await scene.later(hours=20)
    assert questions(scene, OMAR) == []
    assert ["as finance" in q.casefold() for q in questions(scene, LIN)] == [True]
    assert ["delivery director" in q.casefold() for q in questions(scene, IDA)] == [True]
    await scene.choose("approve", by=LIN)
    assert (await scene.now()).phase == "awaiting_approval"
    await scene.choose("approve", by=IDA)
    assert (await scene.now()).phase == "ready"


async def test_a_role_that_nobody_else_has_stays_with_who_is_silent() -> None:
    scene = await asked()
    await scene.later(hours=20)
    (question,) = questions(scene, OMAR)
    assert "finance:" not in question.casefold()
    await scene.choose("approve", by=LIN)
    await scene.choose("approve", by=OMAR)
    assert (await scene.now()).phase == "ready"


async def test_a_role_given_to_somebody_who_is_asked_already_counts_with_the_same_press() -> None:
    roles = {**ORGANISATION.roles, "finance": (OMAR,), "delivery_director": ()}
    scene = await Scene(
        heavy(goodwill="longer_warranty"), organisation=replace(ORGANISATION, roles=roles)
    ).begin()
    await scene.choose("approval_ask")
    await scene.choose("approver_name", text="Omar Haddad")
    await scene.choose("approve", by=OMAR)
    assert (await scene.now()).phase == "ready"
    assert questions(scene, OMAR) == []


def one(role: str, *line: str) -> Approval:
    people = tuple(Colleague(PersonId(name), name) for name in line)
    return Approval(role, Text(en=role, zh=role), (), "digest", people)


def test_roles_whose_reasons_are_gone_are_not_parted() -> None:
    (both,) = merged([one("a", "omar", "lin"), one("b", "omar")])
    assert parted(both, [one("a", "omar", "lin")]) == (both,)
    assert parted(both, [one("a", "omar"), one("b", "omar")])[0].role == "a+b"


def test_two_roles_nobody_has_stay_two() -> None:
    assert len(list(merged([one("a"), one("b")]))) == 2
