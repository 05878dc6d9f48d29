"""The address of a PostgreSQL database: as its drivers want it, and as it may be shown."""

from dataclasses import dataclass

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

SCHEMES = ("postgresql", "postgres")


class BadAddress(ValueError):
    """What was written is no address; the message says what to write."""


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """An address with its secrets; shown, it has none."""

    _url: URL

    @classmethod
    def read(cls, written: str) -> "Address":
        """The address that was written. Raises BadAddress."""
        try:
            url = make_url(written)
        except ArgumentError:
            raise BadAddress("write postgresql://user:password@host:5432/database") from None
        if url.drivername not in SCHEMES or not url.database:
            raise BadAddress("write postgresql://user:password@host:5432/database")
        return cls(url.set(drivername="postgresql"))

    @property
    def for_sqlalchemy(self) -> URL:
        """With the driver."""
        return self._url.set(drivername="postgresql+psycopg")

    @property
    def for_libpq(self) -> str:
        """As PostgreSQL's own programs take it."""
        return self._url.render_as_string(hide_password=False)

    def __str__(self) -> str:
        parts = self._url.username, None, self._url.host, self._url.port, self._url.database
        return URL.create("postgresql", *parts).render_as_string()

    def __repr__(self) -> str:
        return f"Address({self})"
