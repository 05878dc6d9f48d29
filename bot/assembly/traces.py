"""What a process counts and traces: with CANDOR_TRACES set, OpenTelemetry is imported, else never."""

from bot.engine.measures import Measures
from bot.settings import Settings, SettingsRefused


def measures(settings: Settings) -> Measures:
    """The counts of this process, whose spans go where the settings say. Raises SettingsRefused."""
    if not settings.traces:
        return Measures()
    try:
        from bot.web.traces import Traces
    except ImportError as error:
        raise SettingsRefused(
            "CANDOR_TRACES names a collector, and what it takes is not installed; run "
            "pip install 'candor[traces]'."
        ) from error
    return Measures(span=Traces(settings.traces).span)
