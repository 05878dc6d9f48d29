"""The commands as a newcomer meets them: real processes, one sentence for trouble, exit code 2."""

import os
import resource
import socket
import stat
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CANDOR = (sys.executable, "-m", "bot")


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end within a minute."""
    return subprocess.run(
        command, cwd=cwd, env=_environment(environment), capture_output=True, text=True, timeout=60
    )


def trouble(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that ended in trouble."""
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("candor: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A served playground; gives its address as it was printed."""
    env = _environment({"CANDOR_BIND": "127.0.0.1:0", "CANDOR_DATA": str(folder)})
    with subprocess.Popen(
        [*CANDOR, "serve"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield line.removeprefix("Candor is at ").strip()
        finally:
            process.terminate()
            assert process.wait(timeout=20) in (0, -15)


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **own}


def test_a_taken_port_is_named_with_another_one(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        bind = f"127.0.0.1:{port}"
        result = run(*CANDOR, "serve", CANDOR_BIND=bind, CANDOR_DATA=str(tmp_path))
    assert f"CANDOR_BIND=127.0.0.1:{port + 1}" in trouble(result)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder", encoding="utf-8")
    result = run(*CANDOR, "serve", CANDOR_BIND="127.0.0.1:0", CANDOR_DATA=str(file / "data"))
    assert str(file / "data") in trouble(result)


def test_an_address_that_others_reach_needs_the_words(tmp_path: Path) -> None:
    result = run(*CANDOR, "serve", CANDOR_BIND="0.0.0.0:0", CANDOR_DATA=str(tmp_path))
    assert "CANDOR_PLAYGROUND_OPEN" in trouble(result)
    assert not (tmp_path / "candor.db").exists()


@pytest.mark.parametrize("bind", ["8765", "here:there", "127.0.0.1:99999", ":1"])
def test_an_address_that_is_none_is_explained(bind: str, tmp_path: Path) -> None:
    result = run(*CANDOR, "serve", CANDOR_BIND=bind, CANDOR_DATA=str(tmp_path))
    assert "CANDOR_BIND: write it as host:port" in trouble(result)


def test_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "candor.db"
    file.write_bytes(b"these are somebody's notes\n" * 100)
    before = file.read_bytes()
    trouble(run(*CANDOR, "serve", CANDOR_BIND="127.0.0.1:0", CANDOR_DATA=str(tmp_path)))
    assert file.read_bytes() == before


def test_a_second_start_is_mostly_its_imports(tmp_path: Path) -> None:
    """To the first answered page: beside a process that only imports the house, in turns.

    The seconds themselves are in the benchmarks; here both share whatever else the machine does.
    """
    with serving(tmp_path) as address:
        assert "ready" in urllib.request.urlopen(f"{address}/readyz", timeout=30).read().decode()
    starts, imports = [], []
    for _ in range(3):
        starts.append(_start(tmp_path))
        imports.append(_imported())
    assert min(wall for wall, _ in starts) < 3 * min(wall for wall, _ in imports)
    assert min(cpu for _, cpu in starts) < 2.5 * min(cpu for _, cpu in imports)


def _imported() -> tuple[float, float]:
    """Seconds by the clock and of the processor to import the wiring in a process of its own."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    assert run(sys.executable, "-c", "import bot.wiring").returncode == 0
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _start(folder: Path) -> tuple[float, float]:
    """Seconds by the clock to the first answered request, and of the processor to the end."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with serving(folder) as address:
        page = urllib.request.urlopen(address, timeout=30).read().decode()
        wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "Candor" in page
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_python_that_is_too_old_is_told_so(tmp_path: Path) -> None:
    old = tmp_path / "bin"
    old.mkdir()
    for name in ("python3", "python", *(f"python3.{n}" for n in range(11, 15))):
        program = old / name
        program.write_text('#!/bin/sh\ncase "$2" in *version_info*) exit 1;; esac\necho 3.9.2\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    venv = tmp_path / "venv"
    result = run("/bin/sh", "deploy/venv.sh", str(venv), PATH=f"{old}:/usr/bin:/bin")
    assert "Python 3.11 or newer is needed, and this machine offers 3.9.2" in trouble(result)
    assert not venv.exists()


def test_a_chromium_that_is_none_is_told_so() -> None:
    result = run(
        "/bin/sh", "deploy/chromium.sh", sys.executable, CANDOR_CHROMIUM="/nowhere/chromium"
    )
    assert result.returncode == 2
    assert "CANDOR_CHROMIUM=/nowhere/chromium is no program" in result.stdout


def test_check_names_file_line_and_remedy(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "playbook.yaml").write_text("id: own\nsteps: [nowhere]\n", encoding="utf-8")
    result = run(*CANDOR, "check", str(tmp_path))
    assert result.returncode == 1
    assert "own/playbook.yaml:1:" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_playbooks_that_come_along_are_in_order() -> None:
    result = run(*CANDOR, "check")
    assert (result.returncode, result.stdout) == (
        0,
        "All playbooks, customers and coaching rules are in order.\n",
    )


@pytest.mark.parametrize(("language", "word"), [("en", "Step 1 of 10"), ("zh", "第1步，共10步")])
def test_the_demonstration_plays_in_either_language(language: str, word: str) -> None:
    result = run(*CANDOR, "play", "--language", language)
    assert result.returncode == 0, result.stderr
    assert word in result.stdout


def test_a_transcript_that_is_none_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "talk.yaml"
    file.write_text("title: only a title\n", encoding="utf-8")
    result = run(*CANDOR, "play", str(file))
    assert result.returncode == 2
    assert "talk.yaml:1:" in result.stderr


@pytest.mark.slow
def test_the_wheel_works_without_a_checkout(tmp_path: Path) -> None:
    built = run(
        sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")
    )
    assert built.returncode == 0, built.stderr
    wheel = next((tmp_path / "dist").glob("*.whl"))
    inside = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(inside)
    assert (inside / "bot" / "platforms" / "playground" / "page" / "index.html").exists()
    assert [*(inside / "bot").rglob("test_*")] == []
    result = run(*CANDOR, "check", cwd=tmp_path, PYTHONPATH=str(inside))
    assert (result.returncode, result.stdout) == (
        0,
        "All playbooks, customers and coaching rules are in order.\n",
    )
    played = run(*CANDOR, "play", cwd=tmp_path, PYTHONPATH=str(inside))
    assert played.returncode == 0, played.stderr
