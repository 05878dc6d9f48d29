"""The customer's page: looked at as often as one likes, answered once or anew, and closed to others."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from starlette.applications import Starlette

from bot.core.approving.release import Surroundings
from bot.core.cards.blocks import Action
from bot.core.case import Case
from bot.core.following.feedback import Feedback
from bot.core.reading.formats import show_date
from bot.core.words import CaseId
from bot.engine.handle import handle
from bot.engine.inbound import Clicked
from bot.engine.links import Links
from bot.engine.ports import Filed
from bot.web.feedback import Pace, links, routes
from tests.engine.room import HERE, Room
from tests.engine.test_reminding import TUESDAY, follow, run, stored

ADDRESS = "https://candor.example"
FORM = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}


class Visit:
    """A house with one case that was told, and a customer with its link."""

    def __init__(self, room: Room) -> None:
        self.room = room
        room.house = replace(room.house, links=Links(ADDRESS, b"k" * 32))
        app = Starlette(routes=list(routes(room.house, lambda _: None)))
        self.page = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS)
        self.link = ""

    async def begin(self) -> "Visit":
        """The owner asks for a link by the button of the ping."""
        id_ = await follow(self.room, "c1")
        filed = await self.room.store.case(HERE, id_)
        assert filed is not None
        around = replace(filed.case.surroundings or Surroundings(), can_link=True)
        case = replace(filed.case, surroundings=around, revision=filed.case.revision + 1)
        async with self.room.store.turn(HERE) as turn:
            await turn.save(Filed(case, filed.place), was=filed.case.revision)
        self.room.clock.at = TUESDAY
        click = Action("ping", f"{id_}/feedback_told/0/link/")
        await handle(self.room.house, Clicked(self.room.envelope("anna"), id_, click, 0))
        await run(self.room)
        words = str([m.card for m in self.room.channel.messages])
        self.link = words[words.index(ADDRESS) :].split("'")[0].split('"')[0]
        return self

    async def send(self, **fields: str) -> httpx.Response:
        return await self.page.post(self.link, data=fields, headers=FORM)

    async def case(self) -> Case:
        return await stored(self.room, CaseId("c1"))


@pytest.fixture
async def visit(room: Room) -> Visit:
    return await Visit(room).begin()


async def test_the_page_says_only_what_the_customer_knows(visit: Visit) -> None:
    page = await visit.page.get(visit.link)
    case = await visit.case()
    assert page.status_code == 200
    assert "How we told you about Hall 4" in page.text
    inside = ["frame agreement", "internal", case.owner, case.id, str(case.tenant)]
    assert [word for word in inside if word in page.text] == []
    assert "<script" not in page.text
    assert "script" not in page.headers["content-security-policy"]


async def test_both_languages_are_there(visit: Visit) -> None:
    page = await visit.page.get(visit.link + "?lang=zh")
    assert '<html lang="zh">' in page.text
    assert "关于Hall 4，我们说得怎么样" in page.text


async def test_to_look_changes_nothing_and_an_answer_reaches_the_owner_once(visit: Visit) -> None:
    before = await visit.case()
    await visit.page.get(visit.link)
    await visit.page.get(visit.link)
    assert await visit.case() == before
    for _ in range(2):  # the same answer, sent twice
        sent = await visit.send(early="4", trust="3", quote="Tell us on Mondays.")
        assert sent.status_code == 303
    case = await visit.case()
    assert [replace(f, at=before.begun_at) for f in case.feedback] == [
        Feedback(before.begun_at, 4, 3, "Tell us on Mondays.", link=1)
    ]
    told = [m for m in await run(visit.room) if "answered: heard early" in str(m.card)]
    assert len(told) == 1
    assert "Tell us on Mondays." in str(told[0].card)


async def test_a_second_answer_takes_the_place_of_the_first(visit: Visit) -> None:
    await visit.send(early="4", trust="3")
    await visit.send(early="2", trust="2", quote="We had to ask.")
    case = await visit.case()
    assert [(f.early, f.trust, f.quote) for f in case.feedback] == [(2, 2, "We had to ask.")]
    thanks = await visit.page.get(visit.link + "?thanks")
    assert "Thank you" in thanks.text
    assert "We had to ask." in thanks.text


@pytest.mark.parametrize(
    "quote", ['"><script>alert(1)</script>', "</textarea><img src=x onerror=y>"]
)
async def test_what_a_customer_writes_is_shown_as_text(visit: Visit, quote: str) -> None:
    await visit.send(early="4", trust="3", quote=quote)
    page = await visit.page.get(visit.link)
    assert quote not in page.text
    assert page.text.count("<textarea") == page.text.count("</textarea>") == 1


@pytest.mark.parametrize(
    "fields",
    [{"quote": "x"}, {"early": "4"}, {"early": "9", "trust": "3"}, {"early": "٤", "trust": "3"}],
)
async def test_an_answer_that_is_not_whole_is_asked_for_again(
    visit: Visit, fields: dict[str, str]
) -> None:
    page = await visit.send(**fields)
    assert page.status_code == 422
    assert "Please choose one answer" in page.text
    assert (await visit.case()).feedback == ()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ADDRESS, "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_an_answer_from_another_page_is_refused(
    visit: Visit, headers: dict[str, str]
) -> None:
    sent = await visit.page.post(visit.link, data={"early": "1", "trust": "1"}, headers=headers)
    assert sent.status_code == 403
    assert (await visit.case()).feedback == ()


async def test_the_last_day_of_a_link_counts_as_a_whole(visit: Visit) -> None:
    day = (TUESDAY + timedelta(days=14)).astimezone(ZoneInfo((await visit.case()).zone)).date()
    visit.room.clock.at = datetime.combine(day, time(23, 30), ZoneInfo((await visit.case()).zone))
    page = await visit.page.get(visit.link + "?lang=zh")
    assert page.status_code == 200
    assert f"{show_date(day, 'zh')}当天结束前都可以改" in page.text
    assert f"to the end of {show_date(day, 'en')}" in (await visit.page.get(visit.link)).text
    assert (await visit.send(early="4", trust="3")).status_code == 303


async def test_a_link_ends_and_silence_is_told_once(visit: Visit) -> None:
    visit.room.clock.at = TUESDAY + timedelta(days=15)
    assert (await visit.page.get(visit.link)).status_code == 410
    assert (await visit.send(early="4", trust="3")).status_code == 410
    await run(visit.room)
    told = [m for m in await run(visit.room) if "did not use the link" in str(m.card)]
    assert (len(told), (await visit.case()).silences) == (1, 1)


async def test_who_answered_is_not_silent(visit: Visit) -> None:
    await visit.send(early="4", trust="3")
    visit.room.clock.at = TUESDAY + timedelta(days=15)
    await run(visit.room)
    assert (await visit.case()).silences == 0


async def test_a_made_up_link_is_unknown(visit: Visit) -> None:
    page = await visit.page.get(visit.link[:-3] + "xyz")
    assert page.status_code == 404
    assert "This link is not known here." in page.text
    assert "这个链接无法识别" in page.text


async def test_many_requests_are_asked_to_wait(visit: Visit) -> None:
    codes = [(await visit.page.get(visit.link)).status_code for _ in range(62)]
    assert (codes.count(200), codes[-1]) == (60, 429)
    visit.room.clock.at = TUESDAY + timedelta(minutes=11)
    assert (await visit.page.get(visit.link)).status_code == 200


def test_the_oldest_names_are_forgotten(room: Room) -> None:
    pace = Pace(room.house.clock, 1)
    assert pace.allows("first")
    for n in range(5000):
        pace.allows(str(n))
    assert pace.allows("first")


def test_the_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    first = links(ADDRESS, tmp_path / "new" / "links.key")
    again = links(ADDRESS, tmp_path / "new" / "links.key")
    assert first == again
    assert (tmp_path / "new" / "links.key").stat().st_mode & 0o077 == 0
    assert links("", tmp_path / "never.key") is None
    assert not (tmp_path / "never.key").exists()


def test_a_key_that_was_cut_short_is_never_signed_with(tmp_path: Path) -> None:
    (tmp_path / "key").touch()  # made by a process that ended before it wrote
    found = links(ADDRESS, tmp_path / "key")
    assert found is not None
    assert len(found.key) == 32
    assert (tmp_path / "key").read_bytes() == found.key
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


async def test_the_page_is_kept_by_nobody_on_the_way(visit: Visit) -> None:
    page = await visit.page.get(visit.link)
    assert page.headers["cache-control"] == "no-store"


def test_without_an_address_there_is_no_page(room: Room) -> None:
    assert routes(room.house, lambda _: None) == ()
