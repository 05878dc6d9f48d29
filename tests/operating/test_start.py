"""What is loaded at a start, and what is not."""

import subprocess
import sys

LISTED = """
import sys
from bot.__main__ import main
sys.argv = ["candor", "check", "--help"]
try:
    main()
except SystemExit:
    pass
print([m for m in sys.modules if m in ("rich", "pygments", "alembic")])
import rich
print("found", rich.__name__)
"""


def test_what_paints_tracebacks_is_left_out_of_a_start_and_can_still_be_loaded() -> None:
    ran = subprocess.run([sys.executable, "-c", LISTED], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-2:] == ["[]", "found rich"]


KERNEL = """
import sys
from bot.__main__ import load_plainly
load_plainly()
import bot.engine.deliver, bot.engine.handle, bot.store.sql, bot.store.sqlite.opening
loaded = {m.partition(".")[0] for m in sys.modules} - sys.stdlib_module_names
print(*sorted(loaded & set(sys.argv[1:])))
seldom = ("bot.papers", "bot.platforms", "bot.sources", "sqlalchemy.ext", "sqlalchemy.orm")
print(*sorted(m for m in sys.modules if m.startswith(seldom)))
"""
ABSENT = (
    "aiohttp", "alembic", "apscheduler", "attr", "cryptography", "docx", "httpx", "jieba", "lark_oapi",
    "mako", "openpyxl", "procrastinate", "prometheus_client", "psycopg", "pygments", "rich",
    "slack_bolt", "slack_sdk", "sse_starlette", "starlette", "typer", "uvicorn", "yaml",
)  # fmt: skip


def test_engine_and_store_load_no_server_no_sdk_and_nothing_that_only_some_need() -> None:
    command = [sys.executable, "-c", KERNEL, *ABSENT]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
