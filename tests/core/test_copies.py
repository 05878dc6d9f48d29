"""A changed copy is what the library's own would be."""

import dataclasses
from dataclasses import dataclass
from datetime import time

import pytest

from bot.core.case import Case
from bot.core.copies import replace
from bot.core.pings.manners import Manners
from tests.core.talk import Talk


@dataclass(frozen=True, slots=True)
class Base:
    name: str


@dataclass(frozen=True, slots=True)
class Further(Base):
    size: int = 1


@dataclass(frozen=True)
class Loose:
    name: str
    size: int = 1


def test_a_case_is_copied_with_its_changes_and_the_first_stays_as_it_was() -> None:
    case = Talk().case
    copy = replace(case, zone="Asia/Kolkata", revision=7)
    assert copy == dataclasses.replace(case, zone="Asia/Kolkata", revision=7)
    assert type(copy) is Case
    assert (case.zone, case.revision) != (copy.zone, copy.revision)
    with pytest.raises(dataclasses.FrozenInstanceError):
        copy.zone = "UTC"  # type: ignore[misc]  # frozen: that is what is tried


@pytest.mark.parametrize("value", [Base("a"), Further("a"), Loose("a"), Manners()])
def test_a_class_of_any_kind_is_copied(value: Base | Loose | Manners) -> None:
    assert replace(value) == value
    assert replace(value) is not value


def test_what_a_field_of_an_ancestor_holds_is_kept() -> None:
    assert replace(Further("a", 2), size=3) == Further("a", 3)


def test_what_a_class_sees_to_when_it_is_made_it_sees_to_in_a_copy() -> None:
    with pytest.raises(ValueError, match="work begins before it ends"):
        replace(Manners(), work_from=time(19))


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        replace(Further("a"), colour="red")  # type: ignore[call-arg]  # no such field
