"""What a server writes about its work: lines that a machine reads, and no word of anybody in them."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARK = "Zanzibar"
BEGUN = "import io, logging, sys, structlog; from bot import logs; logs.begin(sys.stderr); "


def lines(code: str) -> list[dict[str, str]]:
    """What a process of its own logs, for it settles the logs of all that it runs."""
    done = subprocess.run(
        [sys.executable, "-c", BEGUN + code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == ""
    assert MARK not in done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_an_event_is_one_line_of_json_with_its_time_level_and_fields() -> None:
    (line,) = lines(
        "structlog.get_logger('x').warning('outbox cannot be read', case='c1\\nforged', tries=3)"
    )
    at = line.pop("at")
    assert at.endswith("Z")
    assert line == {
        "event": "outbox cannot be read",
        "case": "c1 forged",
        "tries": 3,
        "level": "warning",
    }


def test_a_library_is_heard_without_its_words() -> None:
    spoke, failed, served = lines(
        f"logging.getLogger('slack_sdk.web').warning('token {MARK} is bad');\n"
        "try:\n"
        f"    raise ValueError('{MARK}')\n"
        "except ValueError:\n"
        "    logging.getLogger('uvicorn.error').exception('Exception in ASGI application')\n"
        "logging.getLogger('uvicorn.error').warning('Invalid HTTP request received.')"
    )
    assert (spoke["event"], spoke["library"]) == ("a library spoke", "slack_sdk.web")
    assert (failed["error"], failed["level"]) == ("ValueError", "error")
    assert failed["at_line"].startswith("<string>:")
    assert served["event"] == "Invalid HTTP request received."


def test_a_fault_that_ends_the_process_is_told_without_its_words() -> None:
    (line,) = lines(f"raise RuntimeError('{MARK}')")
    assert (line["event"], line["error"]) == ("the server ended by a fault", "RuntimeError")


def test_a_terminal_gets_words_in_place_of_json() -> None:
    code = (
        "import io, structlog\n"
        "from bot import logs\n"
        "class Terminal(io.StringIO):\n"
        "    def isatty(self): return True\n"
        "out = Terminal(); logs.begin(out)\n"
        "structlog.get_logger().warning('outbox cannot be read', case='c1')\n"
        "print(out.getvalue())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "outbox cannot be read" in done.stdout
    assert not done.stdout.startswith("{")
