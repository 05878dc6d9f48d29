"""Alembic's way into the migrations."""

from pathlib import Path

from sqlalchemy import Connection


def run(connection: Connection, revision: str) -> None:
    """The migrations up to `revision`, on this connection and in its transaction."""
    from alembic import command  # heavy, and wanted here alone
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
