"""Traces for OpenTelemetry: a span for each turn, each delivery and each call to a platform.

They hold kinds, platforms, states and classes of errors; nothing that somebody wrote, and nobody's name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import StatusCode

from bot.engine.measures import Labels

PATIENCE: Final = 5  # seconds that the collector may take


class Traces:
    """Spans on their way to a collector; they are sent from a thread, some at a time."""

    def __init__(self, endpoint: str) -> None:
        """`endpoint` takes OTLP over HTTP; what is under way is sent when the process ends."""
        exporter = OTLPSpanExporter(endpoint=endpoint, timeout=PATIENCE)
        self._provider = TracerProvider(resource=Resource.create({SERVICE_NAME: "candor"}))
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("candor")

    @contextmanager
    def span(self, name: str, labels: Labels) -> Iterator[None]:
        """Inside, something is done that ends with these labels as they are then."""
        started = self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        )
        with started as span:
            try:
                yield
            except BaseException as error:
                span.set_status(StatusCode.ERROR)
                span.set_attribute("candor.error", type(error).__name__)
                raise
            finally:
                for label, value in labels.items():
                    span.set_attribute(f"candor.{label}", value)

    def flush(self) -> None:
        """Send what has ended so far."""
        self._provider.force_flush()

    def close(self) -> None:
        """Send what has ended, and end."""
        self._provider.shutdown()
