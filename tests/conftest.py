"""What holds for every test: how hypothesis draws its examples, and a PostgreSQL server for whoever wants it."""

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from bot.store.postgres.address import Address

# A red check must be about the change at hand, so CI draws the same examples each time; anywhere
# else they are drawn anew, and what they find becomes a test in `tests/issues`. No example has a
# deadline: the machine is shared, and each test as a whole has one.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The address of a server that the whole test run shares."""
    from tests import postgres  # its wheel is heavy, and most workers want it for few tests

    return postgres.server(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())))


@pytest.fixture(scope="session")
def _postgres_database(postgres_server: str) -> "Address":
    from tests import postgres

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return postgres.prepared(postgres_server, f"candor_test_{worker}")


@pytest.fixture
def postgres_database(_postgres_database: "Address") -> "Address":
    """This worker's database, without a row."""
    from tests import postgres

    postgres.empty(_postgres_database)
    return _postgres_database
