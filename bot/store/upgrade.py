"""Alembic's way into the migrations, which takes longer to import than the rest of a start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def run(connection: Connection, revision: str) -> None:
    """The migrations up to `revision`, on this connection and in its transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
