"""A played conversation that does not come to what its file expects ends with exit code 1."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.script import play as stage


@pytest.mark.parametrize(("problems", "code"), [((), 0), (("step 2: no such card",), 1)])
def test_the_exit_code_says_it(
    monkeypatch: pytest.MonkeyPatch, problems: tuple[str, ...], code: int
) -> None:
    monkeypatch.setattr(stage, "show", lambda _transcript, _echo: problems)
    file: Path = stage.demonstration("en")
    assert CliRunner().invoke(cli.app, ["play", str(file)]).exit_code == code
