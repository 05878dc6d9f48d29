"""How a setting is written. Each function gives it as it is used, or says how to write it."""

from urllib.parse import parse_qsl, urlsplit
from zoneinfo import available_timezones

from bot.core.mirroring.mirrored import is_register
from bot.core.reading.calendars import UnknownCalendar, calendar


def bind(value: str) -> str:
    """An address and a port. Raises ValueError that says how to write it."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError("write it as host:port, for example 127.0.0.1:8765")
    return value


def parted(bind: str) -> tuple[str, int]:
    """Host, without brackets, and port; port 0 lets the system choose."""
    host, _, port = bind.rpartition(":")
    return host.strip("[]"), int(port)


def maybe_bind(value: str) -> str:
    """The same, or nothing."""
    return bind(value) if value else ""


def zone(value: str) -> str:
    """A time zone. Raises ValueError that says how to write it."""
    if value not in available_timezones():
        raise ValueError("name a zone such as Europe/Berlin or Asia/Shanghai")
    return value


def hosts(value: str) -> str:
    """Names of hosts, divided by commas. Raises ValueError that says how to write it."""
    if any(c in value for c in ":/"):
        raise ValueError("write names alone, such as candor.example, divided by commas")
    return value


API_PATHS = ("", "api", "open-apis")  # that a base address may end in: where the methods lie


def public(value: str) -> str:
    """Where customers reach the server; empty where they do not. Raises ValueError that says how to write it."""
    return base_url(value) if value else ""


def collector(value: str) -> str:
    """The address that traces go to, or none."""
    parts = urlsplit(value)
    if value and not (parts.scheme in ("http", "https") and parts.hostname):
        raise ValueError("write the collector's address, such as http://127.0.0.1:4318/v1/traces")
    return value


def base_url(value: str) -> str:
    """A platform's address, without its path. Raises ValueError that says how to write it."""
    found = urlsplit(value)
    here = found.hostname in ("127.0.0.1", "::1", "localhost")
    if found.scheme != "https" and not (found.scheme == "http" and here):
        raise ValueError("write https:// and the host's name; http only on this machine")
    if not found.hostname or found.path.strip("/") not in API_PATHS or found.query:
        raise ValueError("write the host alone, such as https://open.larksuite.com")
    return f"{found.scheme}://{found.netloc}"


def register(value: str) -> str:
    """A table of a Base, "app_token/table_id". Raises ValueError that says how to write it."""
    found = urlsplit(value)
    parts = found.path.strip("/").split("/")
    if found.scheme == "https" and len(parts) >= 2 and parts[-2] == "base":
        table = dict(parse_qsl(found.query)).get("table", "")
        value = f"{parts[-1]}/{table}"
    if value and not is_register(value):
        raise ValueError(
            "write app_token/table_id, or the table's address with /base/ and table= in it"
        )
    return value


def calendar_code(value: str) -> str:
    """A working calendar. Raises ValueError that says how to write it."""
    try:
        calendar(value)
    except UnknownCalendar as error:
        raise ValueError("name a country such as CN or GB, or none for weekends only") from error
    return value
