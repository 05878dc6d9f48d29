"""Traces for OpenTelemetry: to a collector that is named, of what took long, without a word of anybody."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from pydantic import ValidationError

from bot.assembly.traces import measures
from bot.engine.deliver import deliver
from bot.engine.errors import Later
from bot.settings import Settings
from bot.web.traces import Traces
from tests.engine.room import Room

MARK = "Zanzibar"


class Collector:
    """What takes OTLP over HTTP on this machine, and keeps it as it came."""

    def __init__(self) -> None:
        self.came: list[tuple[str, str, bytes]] = []
        came = self.came

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                came.append((self.path, self.headers["Content-Type"], self.rfile.read(length)))
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Door)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))  # seconds
        self._thread.start()
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}/v1/traces"

    def close(self) -> None:
        """Take no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def spans(self) -> list[Span]:
        """All that came, in order."""
        requests = (ExportTraceServiceRequest.FromString(body) for _, _, body in self.came)
        scopes = (s for r in requests for of in r.resource_spans for s in of.scope_spans)
        return [span for scope in scopes for span in scope.spans]


@pytest.fixture
def collector() -> Iterator[Collector]:
    found = Collector()
    yield found
    found.close()


def labels(span: Span) -> dict[str, str | int]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


async def lived(room: Room, traces: Traces) -> None:
    """Somebody begins and answers, a message goes out, another is put off by its platform."""
    room.house = replace(room.house, measures=replace(room.house.measures, span=traces.span))
    await room.begin(MARK)
    await deliver(room.house)
    await room.say(f"{MARK} Health")
    room.channel.before = [Later()]
    await deliver(room.house)
    traces.flush()


async def test_a_turn_a_delivery_and_a_call_each_have_their_span(collector: Collector) -> None:
    traces = Traces(collector.endpoint)
    await lived(Room(), traces)
    traces.close()
    assert {(path, kind) for path, kind, _ in collector.came} == {
        ("/v1/traces", "application/x-protobuf")
    }
    turns = [labels(span) for span in collector.spans if span.name == "turn"]
    assert turns == [
        {"candor.kind": "commanded", "candor.ended": "done"},
        {"candor.kind": "said", "candor.ended": "done"},
    ]
    deliveries = {span.span_id: labels(span) for span in collector.spans if span.name == "delivery"}
    assert {each["candor.state"] for each in deliveries.values()} == {"sent", "pending"}
    calls = [span for span in collector.spans if span.name == "call"]
    assert calls
    assert all(span.parent_span_id in deliveries for span in calls)
    (failed,) = (span for span in calls if span.status.code == Status.STATUS_CODE_ERROR)
    assert labels(failed)["candor.error"] == "Later"


async def test_no_trace_holds_a_word_or_a_name(collector: Collector) -> None:
    traces = Traces(collector.endpoint)
    await lived(Room(), traces)
    traces.close()
    whole = b"".join(body for _, _, body in collector.came)
    assert b"candor" in whole
    for word in (MARK, "anna", "D-anna", "here"):
        assert word.encode() not in whole


async def test_a_collector_that_is_away_holds_up_nobody() -> None:
    traces = Traces("http://127.0.0.1:9/v1/traces")
    room = Room()
    room.house = replace(room.house, measures=replace(room.house.measures, span=traces.span))
    assert await room.begin()
    assert await deliver(room.house) >= 1
    traces.close()


def test_what_traces_take_is_imported_only_where_they_are_wished_for() -> None:
    code = """
import sys
import bot.wiring
from bot.settings import Settings, SettingsRefused
from bot.assembly.traces import measures
measures(Settings())
assert not [name for name in sys.modules if name.startswith("opentelemetry")]
sys.modules["opentelemetry"] = None  # as where it is not installed
try:
    measures(Settings(traces="http://127.0.0.1:4318/v1/traces"))
except SettingsRefused as refused:
    print(refused)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=100
    )
    assert "pip install 'candor[traces]'" in done.stdout


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="4318"):
        Settings(traces="collector:4318")
    assert measures(Settings(traces="")).turns == {}
