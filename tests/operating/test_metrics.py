"""Figures for an operator: what there is to see, by few labels, and never a word or a name."""

import re
from datetime import timedelta
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot.core.words import CaseId
from bot.engine.deliver import deliver
from bot.engine.errors import BadContent, Later
from bot.engine.measures import ERRORS, FAULT, Measures
from bot.engine.ports import Ping
from bot.engine.tick import tick
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from bot.web.metrics import written
from tests.contracts.rows import AT, HERE, case, filed, letter
from tests.engine.room import Room
from tests.operating.test_health import Database, served

ROOT = Path(__file__).parents[2]
MARK = "Zanzibar"
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def read(text: str) -> Samples:
    """Every sample by its name and labels, as Prometheus' own parser reads them."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def figures(room: Room, watch: Database | SqlStore) -> tuple[str, Samples]:
    """What Prometheus gets."""
    of = watch.watched if isinstance(watch, SqlStore) else watch
    text = (await written(room.house.measures, of, room.clock)).decode()
    return text, read(text)


async def test_a_conversation_is_counted_and_no_word_of_it_is_told() -> None:
    room = Room()
    again = room.envelope(id_=f"{MARK}-1")
    await room.begin(f"{MARK} tower", person=MARK)
    await room.say(f"for {MARK}", again)
    await room.say(f"for {MARK}", again)
    await deliver(room.house)
    await tick(room.house)

    text, found = await figures(room, Database())

    assert MARK not in text
    ended = {
        labels: n for (name, labels), n in found.items() if name == "candor_turn_seconds_count"
    }
    assert ended == {
        (("ended", "done"), ("kind", "commanded")): 1,
        (("ended", "done"), ("kind", "said")): 1,
        (("ended", "repeated"), ("kind", "said")): 1,
    }
    sent = (("platform", "slack"), ("state", "sent"))
    assert found["candor_deliveries_total", sent] >= 1
    assert ("candor_tick_age_seconds", ()) in found


async def test_buckets_grow_to_the_count() -> None:
    measures = Measures()
    for seconds in (0.0004, 0.003, 0.003, 9.0):
        measures.answered("slack", "2xx", seconds)
    found = read((await written(measures, Database(), lambda: AT)).decode())
    buckets = [
        n for (name, _), n in found.items() if name == "candor_acknowledgement_seconds_bucket"
    ]
    assert buckets == sorted(buckets)
    assert (min(buckets), max(buckets)) == (3, 4)
    labels = (("platform", "slack"), ("status", "2xx"))
    assert found["candor_acknowledgement_seconds_count", labels] == 4


async def test_errors_are_counted_by_classes_that_are_known_beforehand() -> None:
    room = Room()
    room.channel.before = [Later(), BadContent(), ValueError(MARK), TimeoutError()]
    for person in ("anna", "ben", "cleo", "dan"):
        await room.begin(person=person)
    await deliver(room.house)
    text, found = await figures(room, Database())
    assert MARK not in text
    classes = {dict(labels)["error"]: n for (name, labels), n in found.items()
               if name == "candor_platform_errors_total"}  # fmt: skip
    assert classes == {"Later": 1, "BadContent": 1, FAULT: 1, "OutcomeUnknown": 1}
    assert {*classes} <= {*ERRORS, FAULT}


async def test_what_waits_in_the_tables_is_told_with_its_age(tmp_path: Path) -> None:
    migrate(tmp_path / "candor.db", at=AT)
    store = SqlStore(tmp_path / "candor.db")
    room = Room(store)
    async with store.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
        await turn.put([letter("l1", "one", at=AT), letter("l2", "two", at=AT)])
        await turn.set_ping(Ping(HERE, CaseId("c1"), "ping:x/1", AT + timedelta(minutes=1)))
    room.clock.at = AT + timedelta(minutes=5)
    _, found = await figures(room, store)
    await store.close()
    assert found["candor_outbox_rows", ()] == 2
    assert found["candor_outbox_oldest_seconds", ()] == 300
    assert found["candor_pings_late", ()] == 1
    assert found["candor_pings_latest_seconds", ()] == 240
    assert found["candor_outbox_dead_rows", ()] == 0
    assert found["candor_database_up", ()] == 1


async def test_without_its_database_the_process_still_tells_its_own_figures() -> None:
    _, found = await figures(Room(), Database(is_there=False))
    assert found["candor_database_up", ()] == 0
    assert ("candor_outbox_rows", ()) not in found


async def test_the_wired_server_serves_them_and_times_its_answers(tmp_path: Path) -> None:
    async with served(tmp_path) as browser:
        await browser.post("/api/say", json={"text": MARK})
        answer = await browser.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = read(answer.text)
    names = {name for name, _ in found}
    assert {"candor_outbox_rows", "process_resident_memory_bytes"} <= names
    labels = (("platform", "playground"), ("status", "4xx"))
    assert found["candor_acknowledgement_seconds_count", labels] == 1


async def test_the_page_of_figures_names_each_of_them_and_no_other() -> None:
    measures = Measures()
    measures.tick()
    text = (await written(measures, Database(alive=2), lambda: AT)).decode()
    told = {f.name for f in text_string_to_metric_families(text) if f.name.startswith("candor_")}
    page = (ROOT / "docs" / "reference" / "metrics.md").read_text(encoding="utf-8")
    named = {name.removesuffix("_total") for name in re.findall(r"^\| `(candor_\w+)`", page, re.M)}
    assert named == told
