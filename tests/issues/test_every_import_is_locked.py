"""What the bot imports is in the lock that it is installed by, not only in that of the tests."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported() -> set[str]:
    """The packages that are not Python's own, which any module of the bot names."""
    names: set[str] = set()
    for file in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"bot"}


def locked(name: str) -> set[str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==", text, re.MULTILINE))


def on_wish(extra: str) -> set[str]:
    """The distributions of an extra that the server's lock leaves out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[^a-z0-9._-]", one)[0] for one in project["optional-dependencies"][extra]}


def test_each_package_that_the_bot_imports_is_in_the_lock_of_the_server() -> None:
    found = packages_distributions()
    lock = locked("server.txt")
    known = lock | on_wish("traces")
    missing = {
        name
        for name in imported()
        if not {d.lower().replace("_", "-") for d in found.get(name, [])} & known
    }
    assert missing == set()
    assert locked("run.txt") <= lock
