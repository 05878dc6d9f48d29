"""A calendar that nobody knows is refused at the start, not at the first case."""

import pytest

from bot import cli
from bot.settings import Settings


@pytest.mark.parametrize("code", ["Germany", "XX", ""])
def test_it_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    monkeypatch.setenv("CANDOR_CALENDAR", code)
    with pytest.raises(SystemExit) as caught:
        cli.serve()
    assert caught.value.code == 2
    assert "CANDOR_CALENDAR: name a country" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["none", "CN", "GB", "DE-BY"])
def test_known_ones_are_taken(code: str) -> None:
    assert Settings(calendar=code).calendar == code
