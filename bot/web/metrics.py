"""The figures of this process and of the tables it works on, as Prometheus reads them.

Imported when they are first asked for. Labels are kinds, platforms, states and classes; there is
no tenant, no case and no person in any.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from prometheus_client import GC_COLLECTOR, PLATFORM_COLLECTOR, PROCESS_COLLECTOR
from prometheus_client.core import (
    CollectorRegistry,
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from bot.engine.errors import CandorError
from bot.engine.measures import Measures, Spread, Standing, Watch


async def written(measures: Measures, watch: Watch, clock: Callable[[], datetime]) -> bytes:
    """All figures; where the database does not answer, those of the process alone."""
    now = clock()
    try:
        standing: Standing | None = await watch.standing(now)
        workers = await watch.workers()
    except CandorError:
        standing = workers = None
    found = [*_of_process(measures), *_of_tables(standing, now)]
    if workers is not None:
        found.append(_gauge("candor_workers", "Workers that give signs of life.", workers))
    registry = CollectorRegistry()
    registry.register(_Figures(found))
    for general in (PROCESS_COLLECTOR, PLATFORM_COLLECTOR, GC_COLLECTOR):
        registry.register(general)
    return bytes(generate_latest(registry))


class _Figures(Collector):
    def __init__(self, found: Sequence[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        return self._found


def _of_process(measures: Measures) -> Iterator[Metric]:
    turns = HistogramMetricFamily(
        "candor_turn_seconds", "One inbound taken in, committed.", labels=["kind", "ended"]
    )
    yield _filled(turns, measures.turns)
    answers = HistogramMetricFamily(
        "candor_acknowledgement_seconds",
        "From a platform's request to the first byte of its answer.",
        labels=["platform", "status"],
    )
    yield _filled(answers, measures.answers)
    sent = CounterMetricFamily(
        "candor_deliveries", "What became of rows of the outbox.", labels=["platform", "state"]
    )
    erred = CounterMetricFamily(
        "candor_platform_errors", "Calls that ended in an error.", labels=["platform", "error"]
    )
    for family, counts in ((sent, measures.deliveries), (erred, measures.errors)):
        for labels, count in sorted(counts.items()):
            family.add_metric(labels, count)
        yield family
    flooded = CounterMetricFamily(
        "candor_turned_away", "Inbounds above a limit, by whose it was.", labels=["limit"]
    )
    for limit, count in sorted(measures.too_many.items()):
        flooded.add_metric([limit], count)
    yield flooded
    since = measures.since_tick
    if since is not None:
        yield _gauge(
            "candor_tick_age_seconds", "Since what is due was looked at.", since.total_seconds()
        )


def _of_tables(standing: Standing | None, now: datetime) -> Iterator[Metric]:
    yield _gauge("candor_database_up", "Whether the database answers.", standing is not None)
    if standing is None:
        return
    rows = "Rows of the outbox"
    yield _gauge("candor_outbox_rows", f"{rows} still to be sent or looked up.", standing.open)
    yield _gauge(
        "candor_outbox_oldest_seconds", "Age of the oldest of them.", _age(standing.oldest, now)
    )
    yield _gauge("candor_outbox_dead_rows", f"{rows} that an operator must mend.", standing.dead)
    yield _gauge(
        "candor_outbox_unknown_rows", f"{rows} of unknown fate, for a person.", standing.unknown
    )
    yield _gauge("candor_pings_late", "Pings that are due and not yet fired.", standing.late)
    yield _gauge(
        "candor_pings_latest_seconds", "How late the latest of them is.", _age(standing.latest, now)
    )


def _filled(
    family: HistogramMetricFamily, spreads: Mapping[tuple[str, str], Spread]
) -> HistogramMetricFamily:
    for labels, spread in sorted(spreads.items()):
        below, buckets = 0, []
        for bound, count in zip((*spread.bounds, "+Inf"), spread.counts, strict=True):
            below += count
            buckets.append((str(bound), below))
        family.add_metric(labels, buckets=buckets, sum_value=spread.total)
    return family


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=float(value))


def _age(at: datetime | None, now: datetime) -> float:
    """Seconds since then; 0 for none."""
    return max((now - at).total_seconds(), 0.0) if at is not None else 0.0
