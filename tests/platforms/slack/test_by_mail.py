"""A mail from Slack to a server that takes the text and never answers: its owner decides, once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.approving.organisation import Known, Member, Organisation
from bot.core.approving.wording import TELL
from bot.core.words import PersonId
from bot.engine.tick import tick
from tests.approval.scene import AT, Scene, plain
from tests.approval.wrong import wrong
from tests.platforms.mail.postoffice import PostOffice, channel, opened
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, Served, has, make_ready, serving

ORGANISATION = Organisation(
    people=(Member(PersonId(MAYA), "Maya", email="maya@house.example"),),
    customers=(Known("Marrow Bakeries", domains=("marrow.example",)),),
)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with opened(PostOffice()) as found:
        yield found


@pytest.fixture
async def candor(tmp_path: Path, office: PostOffice) -> AsyncIterator[Served]:
    """A message of Maya's that is to leave by mail."""
    await Scene(plain()).begin()  # what is read once is read before anybody's three seconds run
    fake = FakeSlack(Clock(lambda: AT))
    mail = channel(office, fake.clock)
    async with (
        running(fake),
        serving(fake, tmp_path, organisation=ORGANISATION, mail=mail) as served,
    ):
        await make_ready(served)
        yield served
        assert fake.violations == []


async def write_to(candor: Served, to: str) -> None:
    """Whom the mail goes to, typed in its window."""
    await candor.press(TELL.give_to.en)
    await candor.slack.people.submit(MAYA, {TELL.give_to.en: to})
    await candor.settle()


async def hang(candor: Served, office: PostOffice) -> None:
    """The message is given to the server, which falls silent after its text."""
    await write_to(candor, "okafor@marrow.example")
    await candor.press("Send now")
    office.temper = "silent"
    await later(candor, seconds=61)
    await later(candor, minutes=30)


async def later(candor: Served, **by: float) -> None:
    candor.slack.clock.move(timedelta(**by))
    await tick(candor.house)
    await candor.settle()


async def test_a_mail_server_that_hangs_after_the_text_leaves_it_to_the_owner(
    candor: Served, office: PostOffice
) -> None:
    await hang(candor, office)
    assert any(TELL.unknown.en in str(m.blocks) for m in candor.told())
    assert any("may have gone out; nobody can say" in str(m.blocks) for m in candor.told())
    assert len(office.arrived) == 1
    card = next(m for m in reversed(candor.told()) if has(m, "It arrived"))
    assert has(card, "Send again")
    await candor.press("It arrived")
    await candor.slack.people.press(MAYA, card, "It arrived")
    await candor.slack.people.press(MAYA, card, "Send again")
    await candor.settle()
    await later(candor, hours=5)
    case = await candor.case()
    assert (case.phase, [d.how for d in case.deliveries]) == ("told", ["said_arrived"])
    assert len(office.arrived) == 1


async def test_a_mail_sent_again_by_its_owner_goes_out_once_more_under_the_same_name(
    candor: Served, office: PostOffice
) -> None:
    await hang(candor, office)
    office.temper = "kind"
    card = next(m for m in reversed(candor.told()) if has(m, "Send again"))
    await candor.slack.people.press(MAYA, card, "Send again")
    await candor.slack.people.press(MAYA, card, "Send again")
    await candor.settle()
    await later(candor, hours=5)
    first, second = office.arrived
    assert first["Message-ID"] == second["Message-ID"]
    case = await candor.case()
    assert (case.phase, [d.how for d in case.deliveries]) == ("told", ["sent"])


async def test_what_cannot_be_written_to_is_named_in_one_sentence_and_nothing_leaves(
    candor: Served, office: PostOffice
) -> None:
    for to, said in wrong():
        await write_to(candor, to)
        assert said in str(candor.live().blocks)
        assert not has(candor.live(), "Send now")
    await later(candor, hours=1)
    assert office.arrived == []
