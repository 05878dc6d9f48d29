"""What a colleague who may read a case is told of where it stands."""

from dataclasses import replace
from datetime import date

from bot.core.cards.blocks import Quote
from bot.core.cards.sharing_cards import sharing_card
from bot.core.effects import ViewScreen
from bot.core.sharing.viewers import Sharing, Viewer
from bot.core.words import PersonId
from tests.core.followed import Followed

BEN = PersonId("ben")


def view(*, delivered: bool) -> str:
    told = Followed().tell()
    came = told.at if delivered else None
    shared = Sharing(viewers={BEN: Viewer("Ben Ode", 1, told.at)})
    case = replace(told.case, recovered_at=came, sharing=shared)
    return str(sharing_card(told.playbook, case, ViewScreen(BEN), today=date(2026, 6, 30)))


def test_whoever_may_read_a_case_sees_on_which_day_it_was_delivered() -> None:
    assert "Delivered on" in view(delivered=True)
    assert "Delivered on" not in view(delivered=False)


def test_whoever_may_read_a_case_reads_the_first_telling_and_the_last() -> None:
    told = Followed().tell()
    (first,) = told.case.deliveries
    later = [
        replace(first, number=n, release=replace(first.release, text=f"Update {n}")) for n in (2, 3)
    ]
    shared = Sharing(viewers={BEN: Viewer("Ben Ode", 1, told.at)})
    case = replace(told.case, deliveries=(first, *later), sharing=shared)
    card = sharing_card(told.playbook, case, ViewScreen(BEN), today=date(2026, 6, 30))
    quotes = [b.text.en for b in card.blocks if isinstance(b, Quote)]
    assert quotes == [first.release.text, "Update 3"]
