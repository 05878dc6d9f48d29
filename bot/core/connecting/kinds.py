"""Everything that a tenant can connect by itself, as one table."""

from collections.abc import Mapping

from bot.core.connecting.further_kinds import FURTHER
from bot.core.connecting.kind import Kind
from bot.core.connecting.tracker_kinds import TRACKERS

KINDS: Mapping[str, Kind] = {kind.id: kind for kind in (*TRACKERS, *FURTHER)}
