"""An operator connects, lists and disconnects what is a tenant's; no key is ever shown."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.engine.keeping.vault import new_key
from tests.sources.fakes import linear
from tests.sources.fakes.vendor import Clock

SEEN = "Linear shows 1 project; read Tram depot: 5 of 10 items done, 0 late."


class Desk:
    """Whoever runs Candor, at a terminal beside a Linear."""

    def __init__(self) -> None:
        self.linear = linear.Linear(Clock())
        for issue in self.linear.issues:
            issue["dueDate"] = None  # the commands go by the machine's own day
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)

    def open(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.linear.start(), self._loop).result(10)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self.linear.stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def candor(self, *words: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, words, input=typed)

    def connect(self, *more: str, key: str = linear.KEY, tenant: str = "T1") -> Result:
        return self.candor("connect", "linear", "--tenant", tenant, *more, typed=f"{key}\n")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk()
    made.open()
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    monkeypatch.setenv("CANDOR_KEYS", new_key())
    monkeypatch.setenv("CANDOR_LINEAR_BASE_URL", made.linear.base)
    yield made
    made.close()


def test_it_is_tried_kept_listed_looked_at_and_removed(desk: Desk, tmp_path: Path) -> None:
    said = [desk.connect(), desk.candor("connected"), desk.candor("doctor")]
    said += [desk.candor("disconnect", "linear", "--tenant", "T1"), desk.candor("connected")]
    assert said[0].output == f"Linear is connected. {SEEN}\n"
    assert said[1].output.startswith("T1  linear  ")
    assert f"T1: {SEEN}" in said[2].output
    assert said[3].output == "Linear is disconnected, and its key is deleted.\n"
    assert said[4].output == "Nothing is connected yet.\n"
    everything = "".join(each.output for each in said).encode()
    everything += b"".join(f.read_bytes() for f in tmp_path.rglob("*") if f.is_file())
    assert linear.KEY.encode() not in everything


def test_a_key_that_does_not_work_is_not_kept_unless_it_is_wanted(desk: Desk) -> None:
    refused = desk.connect(key="wrong")
    assert refused.exit_code == 2
    assert "it does not take the key that was set up" in refused.output
    assert "Nothing was changed." in refused.output
    assert desk.candor("connected").output == "Nothing is connected yet.\n"
    assert desk.connect("--anyway", key="wrong").exit_code == 0
    looked = desk.candor("doctor")
    assert looked.exit_code == 1
    assert "T1: Linear does not work: it does not take the key" in looked.output
    assert "candor connect linear --tenant T1 sets it anew." in looked.output


def test_the_doctor_goes_on_where_a_connection_cannot_be_any_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOR_PRIVATE_TRACKERS", "10.0.0.7")
    jira = ("connect", "jira", "--tenant", "T1", "--set", "base_url=https://10.0.0.7", "--anyway")
    assert desk.candor(*jira, typed="a token\n").exit_code == 0
    monkeypatch.delenv("CANDOR_PRIVATE_TRACKERS")
    assert desk.connect().exit_code == 0
    looked = desk.candor("doctor")
    assert looked.exit_code == 1
    assert f"T1: {SEEN}" in looked.output
    assert "candor connect jira --tenant T1 sets it anew." in looked.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("linear", "--set", "key=lin_api_x"), "stay in the shell's history"),
        (("trello",), "name one of pingcode, worktile, jira"),
        (("linear", "--set", "colour=red"), "--set takes name=value"),
        (("jira",), "base_url is missing; add --set base_url="),
        (("jira", "--set", "base_url=https://10.0.0.7"), "CANDOR_PRIVATE_TRACKERS"),
        (("pingcode", "--set", "client_id=a", "--set", "zone=Mars/Base"), "zone: Name a zone"),
        (
            ("mail", "--set", "host=mail.example", "--set", "from=nobody"),
            "from: Write one e-mail address",
        ),
    ],
)
def test_what_is_off_is_refused_with_a_remedy(desk: Desk, words: Sequence[str], said: str) -> None:
    refused = desk.candor("connect", *words, "--tenant", "T1", typed="a key\n")
    assert refused.exit_code == 2
    assert said in refused.output


def test_without_keys_it_is_refused_in_one_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.connect().exit_code == 0
    monkeypatch.delenv("CANDOR_KEYS")
    refused = desk.connect(tenant="T2")
    assert refused.exit_code == 2
    assert "CANDOR_KEYS is missing; candor rotate-keys --new makes a key" in refused.output
    assert "CANDOR_KEYS is empty and tenants have connected systems" in desk.candor("doctor").output


def test_keys_that_are_rotated_go_on_opening_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.connect()
    newest = new_key()
    monkeypatch.setenv("CANDOR_KEYS", f"{newest},{os.environ['CANDOR_KEYS']}")
    assert desk.candor("rotate-keys").exit_code == 0
    monkeypatch.setenv("CANDOR_KEYS", newest)
    assert f"T1: {SEEN}" in desk.candor("doctor").output
    monkeypatch.setenv("CANDOR_KEYS", new_key())
    assert "T1: no key opens its linear" in desk.candor("doctor").output
    assert "cannot be opened with these keys" in desk.candor("connected").output
