"""The only reader of the environment: every setting, its default and what it may be."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.reading.calendars import UnknownCalendar, calendar

OPEN_WORDS = "anyone who can reach this address may read and write every case"


class SettingsRefused(Exception):
    """A setting is off; the message says which one and what to do."""


def _bind(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError("write it as host:port, for example 127.0.0.1:8765")
    return value


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("name a zone such as Europe/Berlin or Asia/Shanghai")
    return value


def _hosts(value: str) -> str:
    if any(c in value for c in ":/"):
        raise ValueError("write names alone, such as candor.example, divided by commas")
    return value


def _calendar(value: str) -> str:
    try:
        calendar(value)
    except UnknownCalendar as error:
        raise ValueError("name a country such as CN or GB, or none for weekends only") from error
    return value


class Settings(BaseSettings):
    """What the environment says. Every name begins with CANDOR_."""

    model_config = SettingsConfigDict(env_prefix="CANDOR_", extra="ignore", frozen=True)

    bind: Annotated[str, AfterValidator(_bind)] = Field(
        default="127.0.0.1:8765", description="Address and port to serve on, as host:port."
    )
    data: Path = Field(
        default=Path("var"), description="Folder for the database and its backups; made if missing."
    )
    database_url: str = Field(
        default="",
        description="Where the cases are kept: sqlite:///path. Empty: candor.db in CANDOR_DATA.",
    )
    playbooks: Path | None = Field(
        default=None, description="A folder of further playbooks, beside those that come along."
    )
    zone: Annotated[str, AfterValidator(_zone)] = Field(
        default="UTC", description="Time zone of a person of whom the platform names none."
    )
    calendar: Annotated[str, AfterValidator(_calendar)] = Field(
        default="none",
        description="Working calendar (a country code such as CN or GB) where none is known; "
        "none: only weekends are free.",
    )
    playground: Literal["auto", "on", "off"] = Field(
        default="auto",
        description="Whether the playground is served. auto: only while no other platform is "
        "configured, since its page has no sign-in.",
    )
    playground_open: str = Field(
        default="",
        description="The playground has no sign-in and binds to this machine only. To serve it on "
        f"another address all the same, set this to the words: {OPEN_WORDS}.",
    )

    hosts: Annotated[str, AfterValidator(_hosts)] = Field(
        default="",
        description="Further host names under which browsers reach the playground, divided by "
        "commas: candor.example.",
    )

    @property
    def host(self) -> str:
        """The host to bind, without brackets."""
        return self.bind.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port to bind; 0 lets the system choose."""
        return int(self.bind.rpartition(":")[2])

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names that are served besides those of this machine."""
        named = tuple(name.strip() for name in self.hosts.split(",") if name.strip())
        return named if self.on_this_machine else (self.host, *named)

    @property
    def has_playground(self) -> bool:
        """Whether the playground is served."""
        return self.playground != "off"

    @property
    def on_this_machine(self) -> bool:
        """Whether only this machine can reach the address."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data / 'candor.db'}"

    def refuse_open_playground(self) -> None:
        """Raise SettingsRefused when the playground would be reachable from elsewhere unasked."""
        if (
            not self.has_playground
            or self.on_this_machine
            or self.playground_open.strip() == OPEN_WORDS
        ):
            return
        raise SettingsRefused(
            f"CANDOR_BIND={self.bind} can be reached from other machines, and the playground has "
            "no sign-in. Bind 127.0.0.1, or set CANDOR_PLAYGROUND_OPEN to the words: "
            f"{OPEN_WORDS}."
        )
