"""The playground's requests: what they do, what they refuse, what they leave alone."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, NoReturn

import httpx
import pytest

from bot.core.words import EventId, PersonId, TenantId
from bot.engine.deliver import deliver
from bot.engine.errors import StoreUnavailable
from bot.engine.handle import handle
from bot.engine.inbound import Envelope, Said
from bot.platforms.playground.app import PAGE, begin
from bot.platforms.playground.guard import LARGEST
from bot.platforms.playground.people import TENANT
from bot.store.memory.store import MemoryStore
from tests.platforms.playground.ground import MONDAY, URL, Ground


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    found = Ground()
    async with found.browser:
        yield found


def form(message: dict[str, Any]) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = message["card"]["blocks"]
    return next(b for b in blocks if b["block"] == "form")


async def test_the_page_and_each_of_its_files_is_served_with_its_type(ground: Ground) -> None:
    types = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
    for file in PAGE.iterdir():
        answer = await ground.browser.get(f"/page/{file.name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(types.get(file.suffix, "image/svg+xml"))
    assert (await ground.browser.get("/")).text == (PAGE / "index.html").read_text("utf-8")


@pytest.mark.parametrize("file", ["app.py", "%2e%2e", "%2e%2e%2fapp.py", "main.js%00", "no.js"])
async def test_nothing_but_the_page_s_own_files_is_served(ground: Ground, file: str) -> None:
    assert (await ground.browser.get(f"/page/{file}")).status_code == 404


async def test_nothing_on_the_page_comes_from_elsewhere() -> None:
    for file in PAGE.iterdir():
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, file.name
        assert "innerHTML" not in text, file.name
        assert "eval(" not in text, file.name


async def test_a_line_is_taken_in_once_however_often_it_is_sent(ground: Ground) -> None:
    command = {"id": ground.fresh(), "text": "/delay Wind farm"}
    first = await ground.post("/api/say", command)
    again = await ground.post("/api/say", command)

    state = await ground.state()
    assert first.json()["taken"]
    assert again.json()["taken"]
    assert len([m for m in state["messages"] if m["kind"] == "card"]) == 1


async def test_a_click_finds_the_case_of_its_message(ground: Ground) -> None:
    await ground.say("/delay Wind farm")
    message = (await ground.state())["messages"][-1]

    why = {"id": ground.fresh(), "message": message["id"], "action": {"name": "why"}}
    await ground.post("/api/click", why)

    after = (await ground.state())["messages"][-1]
    assert after["id"] == message["id"]
    assert after["card"] != message["card"]


async def test_a_form_brings_its_boxes_and_what_it_had_seen(ground: Ground) -> None:
    await ground.say("/delay Wind farm")
    asked = form((await ground.state())["messages"][-1])

    boxes = {"customer": "Hollow Hill", "original_date": "2026-12-04"}
    click = {"id": ground.fresh(), "case": asked["case"], "action": {"name": "submit"}}
    await ground.post("/api/click", {**click, "seen": asked["seen"], "boxes": boxes})

    values = {b["field"]: b["value"] for b in form((await ground.state())["messages"][-1])["boxes"]}
    assert values["customer"] == "Hollow Hill"
    assert values["original_date"] == "2026-12-04"


async def test_what_people_type_stands_before_what_the_bot_answers(ground: Ground) -> None:
    await ground.say("/delay Wind farm")
    await ground.say("Hollow Hill")
    await ground.say("the turbines at the north ridge")

    kinds = [m.get("text") for m in (await ground.state())["messages"]]
    assert kinds.index("Hollow Hill") < kinds.index("the turbines at the north ridge")
    assert kinds[-1] is None


async def test_lines_of_one_person_are_not_shown_to_another(ground: Ground) -> None:
    await ground.say("hello there")

    assert [m["text"] for m in (await ground.state())["messages"]] == ["hello there"]
    assert (await ground.state("omar"))["messages"] == []


async def test_outside_the_own_conversation_only_commands_are_taken(ground: Ground) -> None:
    line = await ground.say("how is it going?", conversation="channel")
    command = await ground.say("/delay list", conversation="channel")

    assert line.status_code == 422
    assert command.status_code == 200
    assert command.json()["cards"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": "1", "text": "x"},
        {"id": "../../x", "text": "x"},
        {"id": 5, "text": "x"},
        {"text": "x", "more": 1},
        {"conversation": "elsewhere", "text": "x"},
    ],
)
async def test_a_body_of_another_shape_is_refused(ground: Ground, body: dict[str, object]) -> None:
    answer = await ground.post("/api/say", body)

    assert answer.status_code == 400
    assert (await ground.state())["messages"] == []


async def test_broken_and_bottomless_json_is_refused(ground: Ground) -> None:
    headers = {
        "Origin": URL,
        "X-Candor-Token": ground.playground.token,
        "Content-Type": "application/json",
    }
    for content in (b"", b"{", b"\xff", b"[" * 100_000, b'{"person": ' * 5_000):
        answer = await ground.browser.post("/api/say", content=content, headers=headers)
        assert answer.status_code == 400


async def test_a_body_without_a_length_is_measured_as_it_comes(ground: Ground) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 65_536 + 2):
            yield b" " * 65_536

    headers = {
        "Origin": URL,
        "X-Candor-Token": ground.playground.token,
        "Content-Type": "application/json",
    }
    answer = await ground.browser.post("/api/say", content=endless(), headers=headers)

    assert answer.status_code == 413


async def test_forty_thousand_characters_are_kept(ground: Ground) -> None:
    text = "词" * 40_000

    assert (await ground.say(text)).status_code == 200

    assert (await ground.state())["messages"][-1]["text"] == text


async def test_while_the_store_is_away_the_page_is_told_that_nothing_was_taken() -> None:
    class Away(MemoryStore):
        def turn(self, tenant: TenantId) -> NoReturn:
            raise StoreUnavailable

    ground = Ground(Away())
    async with ground.browser:
        answer = (await ground.say("/delay Wind farm")).json()

    assert not answer["taken"]
    assert answer["toast"]["en"] == StoreUnavailable.sentence.en


async def test_an_unknown_person_or_conversation_is_the_first_one(ground: Ground) -> None:
    state = await ground.state("nobody", "nowhere")

    assert (state["person"], state["conversation"]) == ("maya", "dm")


async def test_the_language_of_a_person_is_kept_in_the_store(ground: Ground) -> None:
    await ground.post("/api/language", {"id": ground.fresh(), "language": "zh"})

    people = {p["id"]: p["language"] for p in (await ground.state())["people"]}
    assert people["maya"] == "zh"
    assert people["omar"] == "en"


async def test_the_sample_stops_where_somebody_may_take_over(ground: Ground) -> None:
    assert await begin(ground.playground)

    english = (await ground.state("maya"))["messages"]
    chinese = (await ground.state("chenyu"))["messages"]
    boxes = {b["field"]: b["value"] for b in form(english[-1])["boxes"]}
    assert boxes["new_date"] == "next Friday"
    assert "options" in {b["field"] for b in form(chinese[-1])["boxes"]}
    assert [m["text"] for m in english if m["kind"] == "text"][-1] == "next Friday"


@pytest.mark.parametrize("ahead", range(7))
async def test_the_sample_fits_every_day_of_the_week(ahead: int) -> None:
    ground = Ground(at=MONDAY + timedelta(days=ahead))
    async with ground.browser:
        await begin(ground.playground)
        english = form((await ground.state("maya"))["messages"][-1])
        chinese = form((await ground.state("chenyu"))["messages"][-1])

    assert "milestones" in {b["field"] for b in english["boxes"]}
    assert "options" in {b["field"] for b in chinese["boxes"]}
    assert [b["problem"] for b in chinese["boxes"] if b["problem"]] == []


async def test_the_sample_is_laid_out_for_newcomers_only(ground: Ground) -> None:
    await begin(ground.playground)
    before = await ground.state()

    assert not await begin(ground.playground)

    assert (await ground.state())["messages"] == before["messages"]


async def test_reset_leaves_nothing_but_a_fresh_sample(ground: Ground) -> None:
    await begin(ground.playground)
    await ground.say("/delay Wind farm")
    await ground.post("/api/clock", {"to": "monday"})

    answer = await ground.post("/api/reset", {})

    state = await ground.state()
    assert answer.status_code == 200
    assert not state["moved"]
    assert "Wind farm" not in str(state["messages"])
    assert form(state["messages"][-1])["boxes"][0]["field"] == "new_date"


async def test_a_jump_to_the_next_reminder_makes_it_arrive(ground: Ground) -> None:
    await ground.say("/delay Wind farm")
    due = datetime.fromisoformat((await ground.state())["next_ping"])
    before = len((await ground.state())["messages"])

    await ground.post("/api/clock", {"to": "next_ping"})

    state = await ground.state()
    assert datetime.fromisoformat(state["now"]) >= due
    assert len(state["messages"]) == before + 1


async def test_behind_a_conversation_stand_its_case_and_its_outbox(ground: Ground) -> None:
    await ground.say("/delay Wind farm")

    answer = await ground.browser.get("/api/inspect", params={"person": "maya"})

    found = answer.json()
    assert found["cases"][0]["body"]["answers"]["project"]["value"]["text"] == "Wind farm"
    assert found["outbox"][0]["state"] == "sent"


async def test_refusals_stay_refusals_on_every_post(ground: Ground) -> None:
    for path in ("say", "click", "language", "clock", "reset"):
        answer = await ground.browser.post(f"/api/{path}", json={"person": "maya"})
        assert answer.status_code == 403
        wrong: httpx.Response = await ground.browser.get(f"/api/{path}")
        assert wrong.status_code == 405


async def test_what_is_said_before_a_redraw_went_out_stands_on_it(ground: Ground) -> None:
    await ground.say("/delay Apollo")
    house = ground.playground.house
    person = await house.store.person(TENANT, PersonId("maya"))
    assert person is not None
    for words in ("中文", "English", "中文"):
        envelope = Envelope(
            EventId(ground.fresh()), TENANT, person.id, "playground", person.conversation, ground.at
        )
        await handle(house, Said(envelope, words))
    await deliver(house)
    [card] = [m["card"] for m in (await ground.state())["messages"] if m["kind"] == "card"]
    assert "第1步" in str(card)
    await ground.say("Acme Health")
    assert "Acme Health" in str((await ground.state())["messages"])
