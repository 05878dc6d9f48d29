"""What a server writes about its work, to standard error: JSON, or words where a terminal reads.

What a library says comes without its message, which may hold what people wrote or a secret: its
name, its place in the code and the class of an error are enough to find it. The few that speak of
the server alone are let through.
"""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Final, TextIO

import structlog
from structlog.typing import Processor

LONGEST: Final = 300  # characters of a field
PLAIN: Final = ("uvicorn", "apscheduler")  # whose messages name no person and hold no words

Fields = MutableMapping[str, Any]


def begin(out: TextIO) -> None:
    """From now on, everything that is logged in this process is a line of `out`."""
    written: list[Processor] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if out.isatty()
        else [structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _short,
            *written,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(out),
    )
    root = logging.getLogger()
    root.handlers[:] = [_Handler()]
    root.setLevel(logging.WARNING)
    sys.excepthook = _last


@contextmanager
def quietly() -> Iterator[None]:
    """Within this, only faults are logged: a command tells the rest in sentences of its own."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    try:
        yield
    finally:
        structlog.configure(**before)


class _Handler(logging.Handler):
    """A library's record as one of our lines."""

    def emit(self, record: logging.LogRecord) -> None:
        fields = {"library": record.name, "where": f"{record.module}:{record.lineno}"}
        error = record.exc_info[0] if record.exc_info else None
        if error is not None:
            fields["error"] = error.__name__
            fields["at_line"] = _place(record.exc_info[2] if record.exc_info else None)
        plain = record.name.split(".")[0] in PLAIN and error is None
        said = record.getMessage() if plain else "a library spoke"
        structlog.get_logger().log(record.levelno, said, **fields)


def _last(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What ends the process, without its words."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log = structlog.get_logger()
    log.critical("the server ended by a fault", error=kind.__name__, at_line=_place(trace))


def _place(trace: TracebackType | None) -> str:
    """Where an error was raised: the file and the line."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""


def _short(_: object, __: str, fields: Fields) -> Fields:
    """No field runs on, and none begins a line of its own."""
    for name, value in fields.items():
        if isinstance(value, str):
            line = " ".join(value.split()) if "\n" in value or "\r" in value else value
            fields[name] = line[:LONGEST]
    return fields
