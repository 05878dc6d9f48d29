"""Bring a database on a server to this release: under a lock, in one transaction."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.store import upgrade
from bot.store.postgres import opening
from bot.store.postgres.address import Address
from bot.store.revisions import REVISIONS

Also = Callable[[opening.Connection], None]  # on the driver's connection, in the transaction
PATIENCE = timedelta(seconds=30)


def migrate_server(
    address: Address, *, patience: timedelta = PATIENCE, also: Also | None = None
) -> None:
    """Make or migrate a database on a server, in one transaction that others wait for.

    `also` makes what does not belong to the store, in the same transaction. Raises a class of
    Unopenable; a kill in the middle leaves the database as it was.
    """
    opening.examine(address)
    engine = create_engine(
        address.for_sqlalchemy,
        connect_args={"connect_timeout": opening.CONNECT},
        poolclass=NullPool,
        hide_parameters=True,
    )
    with opening.trouble(address), engine.begin() as connection:
        driver = cast("opening.Connection", connection.connection.driver_connection)
        opening.lock(driver, address, patience=patience)
        if opening.standing(driver, address) != "current":
            upgrade.run(connection, REVISIONS[-1])
        if also is not None:
            also(driver)
