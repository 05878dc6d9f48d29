"""A coaching file that is off ends the start in its own sentence; a turn never waits for one."""

from pathlib import Path

import pytest

from bot import cli, wiring
from bot.content.coaching import load_coaching
from bot.content.documents import BadFile
from bot.settings import Settings


def bad() -> None:
    raise BadFile(["coaching/checks/tone.yaml:3: no severity; add one"])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, bind="127.0.0.1:0")


@pytest.mark.parametrize("what", ["load_coaching", "default_customers"])
def test_the_house_is_not_built_on_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(wiring, what, bad)
    with pytest.raises(BadFile, match=r"tone\.yaml:3"):
        wiring.served(settings)


def test_the_command_says_where_and_ends_with_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wiring, "load_coaching", bad)
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    monkeypatch.setenv("CANDOR_BIND", "127.0.0.1:0")
    with pytest.raises(SystemExit) as caught:
        cli.serve()
    assert caught.value.code == 2
    assert capsys.readouterr().err == (
        "candor: coaching/checks/tone.yaml:3: no severity; add one\n"
    )


def test_what_is_read_in_the_background_is_there_when_the_house_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []

    def load() -> object:
        read.append(load_coaching())
        return read[0]

    monkeypatch.setattr(wiring, "load_coaching", load)
    wiring.served(settings)
    assert len(read) == 1
