"""A real Chromium, and a served playground for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chat import Visitors
from tests.browser.served import Server, served

PATIENCE = 20_000  # milliseconds; a busy machine is slow, a broken page is for ever

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each module: while Playwright is at work, no other loop may run in this thread."""
    expect.set_options(timeout=PATIENCE)
    path = os.environ.get("CANDOR_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with served(tmp_path) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visitors]:
    """Opens the page for a person; any error on the page's console fails the test."""
    with Visitors(browser, server.url) as visitors:
        yield visitors
